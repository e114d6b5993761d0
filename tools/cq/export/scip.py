"""A SCIP index of a project: every name that is resolved, with the symbol that it refers to."""

import re
from collections.abc import Iterator
from typing import Any

from cq.export.scip_schema import scip_messages
from cq.lanes.lines import Lines
from cq.rows.resolution import Target
from cq.symbols.resolvers import Resolvers
from cq.version import __version__

_WORD = re.compile(rb"[^\W\d][\w\x80-\xff]*|[\x80-\xff][\w\x80-\xff]*")
_SIMPLE = re.compile(r"[\w+$-]+", re.ASCII)
_UTF8, _UTF32_OFFSETS, _DEFINITION = 1, 3, 1

# By cq's kinds: the suffix of the symbol's last descriptor, and SCIP's number for the kind.
_KINDS = {
    "function": ("().", 17), "method": ("().", 26), "class": ("#", 7), "struct": ("#", 49), "enum": ("#", 11),
    "union": ("#", 59), "trait": ("#", 53), "type": ("#", 54), "type-alias": ("#", 55), "variant": ("#", 12),
    "module": ("/", 29), "macro": ("!", 25), "constant": (".", 8), "static": (".", 82), "field": (".", 15),
    "attribute": (".", 15), "property": (".", 41), "parameter": (".", 37), "variable": (".", 61),
}  # fmt: skip
_OTHER = (".", 0)


class ScipExport:
    """Writes the index piece by piece: messages of protobuf may be joined, so no more than one file is in memory."""

    def __init__(self, resolvers: Resolvers) -> None:
        self._resolvers = resolvers
        self._messages = scip_messages()
        self._kinds: dict[str, str] = {}  # of qualified names
        self.documents = self.occurrences = 0

    def pieces(self, languages: tuple[str, ...]) -> Iterator[bytes]:
        """The encoded index of the files in these languages. Their joined bytes are one Index message."""
        yield self._head()
        project = self._resolvers.project
        paths = [(path, language) for language in languages for path in project.paths(language)]
        # The kind of what stands around a symbol is part of its name, so all definitions come first.
        for path, _ in paths:
            for start, _ in self._names(path):
                for each in self._resolvers.definitions_at(path, start)[:1]:
                    if each.target.path == path and each.target.start_byte == start:
                        self._kinds[each.target.qualified_name] = each.target.kind
        external: dict[str, Target] = {}
        for path, language in paths:
            yield self._document(path, language, external)
        index = self._messages.index()
        for symbol, target in sorted(external.items()):
            index.external_symbols.add(symbol=symbol, display_name=target.name, kind=_KINDS.get(target.kind, _OTHER)[1])
        yield index.SerializeToString()

    def _head(self) -> bytes:
        index = self._messages.index()
        index.metadata.tool_info.name = "cq"
        index.metadata.tool_info.version = __version__
        index.metadata.project_root = f"file://{self._resolvers.project.root}"
        index.metadata.text_document_encoding = _UTF8
        encoded: bytes = index.SerializeToString()
        return encoded

    def _names(self, path: str) -> Iterator[tuple[int, int]]:
        data = self._resolvers.project.read(path)
        if data is not None:
            for word in _WORD.finditer(data):
                yield word.span()

    def _document(self, path: str, language: str, external: dict[str, Target]) -> bytes:
        index = self._messages.index()
        document: Any = index.documents.add(
            relative_path=path, language=language.capitalize(), position_encoding=_UTF32_OFFSETS
        )
        data = self._resolvers.project.read(path) or b""
        lines = Lines(data)
        locals_of: dict[int, str] = {}
        for start, end in self._names(path):
            found = self._resolvers.definitions_at(path, start)
            # Candidates are no statement of fact, and SCIP has no word for doubt.
            if not found or found[0].confidence == "possible":
                continue
            target = found[0].target
            is_definition = (target.path, target.start_byte) == (path, start)
            if target.local:
                symbol = locals_of.setdefault(target.start_byte, f"local {len(locals_of)}")
            else:
                symbol = self._symbol(target)
                if not target.path:
                    external[symbol] = target
            line, column, _ = lines.position(start)
            width = len(data[start:end].decode("utf-8", "replace"))
            document.occurrences.add(
                range=(line - 1, column - 1, column - 1 + width),
                symbol=symbol,
                symbol_roles=_DEFINITION if is_definition else 0,
            )
            if is_definition:
                document.symbols.add(symbol=symbol, display_name=target.name, kind=_KINDS.get(target.kind, _OTHER)[1])
        self.documents += 1
        self.occurrences += len(document.occurrences)
        encoded: bytes = index.SerializeToString()
        return encoded

    def _symbol(self, target: Target) -> str:
        separator = "::" if "::" in target.qualified_name else "."
        parts = target.qualified_name.split(separator)
        descriptors = []
        for number, part in enumerate(parts, 1):
            # Of what comes from outside only the name is known: with no dot in it, it is a package.
            last = target.kind or ("" if number > 1 else "module")
            kind = last if number == len(parts) else self._kinds.get(separator.join(parts[:number]), "module")
            descriptors.append(_identifier(part) + _KINDS.get(kind, _OTHER)[0])
        return "cq . . . " + "".join(descriptors)


def _identifier(name: str) -> str:
    return name if _SIMPLE.fullmatch(name) else "`" + name.replace("`", "``") + "`"
