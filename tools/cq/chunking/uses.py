"""What stretches of a file use: the calls in them, the names, and those of the names that the file imports.

By the packs `calls` and `imports` of a language, and its kinds of identifiers; a language without packs has names only.
"""

from bisect import bisect_left
from functools import cached_property
from typing import NamedTuple

from tree_sitter import Language, Node, Tree

from cq.engine.execute import matches_in, side_by_side
from cq.packs.pattern import split_patterns
from cq.packs.query import PackQuery, known_kinds
from cq.packs.source import PackSource

# Of one chunk and of each sort.
_MOST_NAMES = 200
_LONGEST_NAME = 100
_NO_MORE = (1 << 62, 1 << 62)


class Uses(NamedTuple):
    """What one stretch uses, each in order of its first place."""

    imports: tuple[str, ...]
    calls: tuple[str, ...]
    names: tuple[str, ...]


class FileUses:
    """The names of one file, to be asked by stretches."""

    def __init__(
        self,
        calls: list[tuple[int, str]],
        names: list[tuple[int, str]],
        imported: frozenset[str],
        importing: list[tuple[int, int]],
    ) -> None:
        """All in order of their places; `importing`: the spans in which names are only imported."""
        self._calls = calls
        self._names = names
        self._imported = imported
        self._importing = importing

    @cached_property
    def _used(self) -> list[tuple[int, str]]:
        """The places of imported names but for those where they are imported."""
        found = []
        spans = iter(self._importing)
        start, end = next(spans, _NO_MORE)
        for at, name in self._names:
            while end <= at:
                start, end = next(spans, _NO_MORE)
            if at < start and name in self._imported:
                found.append((at, name))
        return found

    def imports_used(self, start: int, end: int) -> tuple[str, ...]:
        """The imported names that are used between two bytes."""
        return _between(self._used, start, end)

    def between(self, start: int, end: int) -> Uses:
        """What stands between two bytes."""
        names = _between(self._names, start, end)
        return Uses(
            imports=tuple(name for name in names if name in self._imported),
            calls=_between(self._calls, start, end),
            names=names,
        )


def _between(places: list[tuple[int, str]], start: int, end: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for at in range(bisect_left(places, (start,)), len(places)):
        if places[at][0] >= end or len(found) >= _MOST_NAMES:
            break
        found[places[at][1]] = None
    return tuple(found)


class UseReader:
    """Reads the uses of files of one language. Owns queries: made once per process."""

    def __init__(self, language: Language, packs: PackSource, name: str) -> None:
        calls, imports = packs.patterns(name, "calls"), packs.patterns(name, "imports")
        keep = frozenset(("name", "before", "after", "within.import"))
        self._calls = PackQuery(language, calls, keep=keep) if calls else None
        self._imports = PackQuery(language, imports, keep=keep) if imports else None
        kinds = sorted(kind for kind in known_kinds(language) if kind.endswith("identifier"))
        text = f"[{' '.join(f'({kind})' for kind in kinds)}] @name"
        self._names = PackQuery(language, split_patterns("identifiers", text)) if kinds else None

    def read(self, tree: Tree) -> FileUses:
        """The uses of one file."""
        names = [(node.start_byte, _text(node)) for node in _captured(self._names, tree) if not node.child_count]
        calls = [(node.start_byte, _text(node)) for node in _captured(self._calls, tree)]
        imported: set[str] = set()
        importing: list[tuple[int, int]] = []
        spans: list[tuple[int, int]] = []
        if self._imports is not None:
            for _, captures in matches_in(self._imports, tree.root_node, [(0, tree.root_node.end_byte)]):
                for node in captures.get("name", ()):
                    imported.add(_text(node))
                    importing.append(node.byte_range)
                spans.extend(node.byte_range for node in captures.get("within.import", ()))
            names.sort()
            for start, end in spans:  # a whole declaration: every name in it
                imported.update(_between(names, start, end))
        return FileUses(sorted(calls), sorted(names), frozenset(imported), sorted((*importing, *spans)))


def _captured(query: PackQuery | None, tree: Tree) -> list[Node]:
    if query is None:
        return []
    found = []
    for _, captures in matches_in(query, tree.root_node, [(0, tree.root_node.end_byte)]):
        if "name" in captures and side_by_side(captures):
            found.extend(captures["name"])
    return found


def _text(node: Node) -> str:
    return (node.text or b"")[: 4 * _LONGEST_NAME].decode("utf-8", "replace")[:_LONGEST_NAME]
