"""The rows of one file's chunks: route, header, overlap, sizes and ids."""

import base64
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

import msgspec

from cq.chunking.file import CutFile, whole_scope
from cq.chunking.headers import BETWEEN, PART, doc_of, headers_of, imports_note, signature_of
from cq.chunking.ids import Ordinals, chunk_id, content_hash, definition_id
from cq.chunking.options import ChunkOptions
from cq.chunking.pieces import Scope
from cq.chunking.plan import Cut
from cq.chunking.size import Measure
from cq.chunking.uses import FileUses
from cq.rows.chunk import ChunkRow
from cq.rows.shared import as_text

_NAMES_SHOWN = 40


class Made(msgspec.Struct, frozen=True, gc=False):
    """A row, and the id that it would have if no other were the same."""

    row: ChunkRow
    first: str


class _Named(msgspec.Struct, frozen=True, gc=False):
    """What is said of a definition in many rows, made once."""

    kind: str
    name: str
    signature: str
    route: tuple[str, ...]
    qualified_name: str
    id: str
    parent: str


_NOTHING = _Named("", "", "", (), "", "", "")


class _Above(msgspec.Struct, frozen=True, gc=False):
    """What stands above many chunks: all that a header says but the number of the part, and what that weighs."""

    text: str
    weight: int


class RowMaker:
    """Makes the rows of one file."""

    def __init__(
        self,
        path: str,
        file: CutFile,
        options: ChunkOptions,
        measure: Measure,
        comment: str,
        separator: str,
        uses: FileUses | None = None,
    ) -> None:
        """With `uses` the headers say what chunks use of the file's imports."""
        self.path = as_text(path)
        self._shown_path = " ".join(self.path.splitlines())
        self._file = file
        self._options = options
        self._measure = measure
        self._counts_tokens = measure.name == "tokens"
        self._adds_up = measure.adds_up
        self._scale = measure.scale
        self._comment = comment
        self._separator = separator
        self._uses = uses
        self._named: dict[Scope, _Named] = {}
        self._fullest: dict[Scope | None, _Above] = {}
        self._above: dict[str, int] = {}  # what headers and their ends weigh: many chunks have the same
        self._errors = [start for start, _ in file.errors]
        self._parse = "none" if file.tree is None else "errors" if file.errors else "ok"
        self._is_exact = self._counts_tokens and measure.is_exact
        self.ordinals = Ordinals()

    def rows(self) -> list[Made]:
        """The rows of the partition, in order."""
        found: list[Made] = []
        line = 1
        file = self._file
        data, cuts = file.data, file.cuts
        wholes = [whole_scope(cut, file.finder) if cut.is_one else None for cut in cuts]
        parts = _parts(cuts, wholes)
        for index, cut in enumerate(cuts):
            text = data[cut.start : cut.end]
            breaks = text.count(b"\n")
            found.append(self._row(index, cut, text, wholes[index], parts[index], line, breaks))
            line += breaks
        return found

    def said_of(self, scope: Scope) -> _Named:
        """What rows say of a definition."""
        known = self._named.get(scope)
        if known is None:
            outer = self.said_of(scope.outer) if scope.outer is not None else None
            name, signature = scope.head.name, signature_of(self._file.data, scope)
            route = (*outer.route, name) if outer is not None else (name,)
            own = definition_id(self._file.language, route, scope.kind, signature)
            qualified = self._separator.join(route)
            known = _Named(scope.kind, name, signature, route, qualified, own, outer.id if outer is not None else "")
            self._named[scope] = known
        return known

    def _row(
        self, index: int, cut: Cut, text: bytes, whole: Scope | None, part: tuple[int, int], line: int, breaks: int
    ) -> Made:
        file, data = self._file, self._file.data
        scope = whole or cut.scope
        said = self.said_of(scope) if scope is not None else _NOTHING
        defines: tuple[str, ...] = ()
        if whole is not None:
            form = "definition"
        elif part[1]:
            form = "part"
        elif file.tree is None:
            form = "text"
        else:
            form = "code"
        if whole is None and cut.nodes and file.finder is not None:
            name_of = file.finder.name_of
            names = [name_of(node, data) for node in cut.nodes[:_NAMES_SHOWN]]
            defines = tuple([name for name in names if name is not None])
            if form == "code" and len(cut.nodes) > 1:
                form = "group"
        hashed = content_hash(text)
        first = chunk_id(file.language, said.route, said.kind, hashed)
        header, overlap_start, size = self._fitting(index, cut, scope if whole is None else whole.outer, part, text)
        overlap = data[overlap_start : cut.start].decode("utf-8", "replace") if overlap_start is not None else ""
        plain, encoded = text_of(text)
        row = ChunkRow(
            id=self.ordinals.unique(first),
            path=self.path,
            index=index,
            language=file.language,
            form=form,
            kind=said.kind,
            name=said.name,
            route=said.route,
            qualified_name=said.qualified_name,
            signature=said.signature,
            doc=doc_of(data, scope) if scope is not None and part[0] <= 1 else "",
            definition=said.id,
            parent=said.parent,
            part=part[0],
            parts=part[1],
            defines=defines,
            start_line=line,
            end_line=line + breaks - text.endswith(b"\n"),
            start_byte=cut.start,
            end_byte=cut.end,
            size=size,
            tokens=size if self._counts_tokens else 0,
            tokens_exact=self._is_exact,
            content_hash=hashed,
            split=cut.split,
            has_error=self.has_error(cut.start, cut.end) if self._errors else False,
            parse=self._parse,
            fallback=file.fallback,
            header=header,
            overlap=overlap,
            overlap_start=overlap_start,
            text=plain,
            base64=encoded,
        )
        return Made(row, first)

    def headers(self, around: Scope | None, numbered: str, used: str = "") -> Iterator[str]:
        """The headers there are for what stands in a definition, the fullest first; "" when there is room for none.

        `used`: what is said of imports, as long as there is room for it.
        """
        if self._options.header:
            scopes = [(said.signature, said.name) for said in map(self.said_of, around.chain())] if around else ()
            headers = list(headers_of(self._comment, self._shown_path, scopes, numbered))
            if used:
                yield headers[0] + used
                yield headers[-1] + used
            yield from headers
        yield ""

    def used_between(self, start: int, end: int) -> str:
        """What a header says of the imports that a stretch uses; "" when headers say nothing of them."""
        return imports_note(self._uses.imports_used(start, end)) if self._uses is not None else ""

    def _fullest_above(self, around: Scope | None) -> _Above:
        """The first of the headers, without the number of a part; many chunks have the same."""
        known = self._fullest.get(around)
        if known is not None:
            return known
        if not self._options.header:
            text, weight = "", 0
        elif around is None:
            text = f"{self._comment} {self._shown_path}" if self._comment else self._shown_path
            weight = self._weight_above(f"{text}\n") if self._adds_up else 0
        else:
            outer, signature = self._fullest_above(around.outer), self.said_of(around).signature
            text = f"{outer.text}{BETWEEN}{signature}"
            if not self._adds_up:
                weight = 0  # what does not add up is counted as a whole
            elif self._counts_tokens:
                weight = outer.weight + self._weight_above(f"{BETWEEN}{signature}")
            else:
                weight = self._weight_above(f"{text}\n")
        known = self._fullest[around] = _Above(text, weight)
        return known

    def has_error(self, start: int, end: int) -> bool:
        """Whether there is a syntax error between two bytes."""
        at = bisect_right(self._errors, start) - 1
        if at >= 0 and self._file.errors[at][1] > start:
            return True
        at = bisect_left(self._errors, start)
        return at < len(self._errors) and self._errors[at] < end

    def _fitting(
        self, index: int, cut: Cut, around: Scope | None, part: tuple[int, int], text: bytes
    ) -> tuple[str, int | None, int]:
        """The fullest header and overlap that there is room for, and the size of all of it."""
        options, count = self._options, self._measure.count
        most = options.most
        # Nothing but whole lines: the sum is what the whole would come to.
        adds_up = self._adds_up and cut.split != "chars" and (not cut.start or self._file.data[cut.start - 1] == 10)
        # What the text says itself need not stand above it.
        if around is not None and cut.scope is around and cut.start <= around.head.node.start_byte < cut.end:
            around = around.outer
        numbered = f"{PART}{part[0]}/{part[1]})" if part[1] > 1 else ""
        used = self.used_between(cut.start, cut.end) if self._uses is not None else ""
        above = self._fullest_above(around)
        header = above.text + numbered + used if above.text else ""
        if adds_up and not used and (not numbered or self._counts_tokens) and PART not in above.text:
            weight = cut.weight + above.weight
            if numbered and header:
                weight += self._weight_above(numbered)
            size = -(-weight // self._scale)
        else:
            size = self._sized(header, text, adds_up, cut.weight)
        if size > most:
            for header in self.headers(around, numbered, used):
                size = self._sized(header, text, adds_up, cut.weight)
                if size <= most:
                    break
        if not options.overlap or not index:
            return header, None, size
        start = self._overlap_start(cut, self._file.cuts[index - 1])
        data = self._file.data
        while start < cut.start:
            whole = count(whole_of(header, data[start : cut.start].decode("utf-8", "replace"), text))
            if whole <= most:
                return header, start, whole
            start = data.find(b"\n", start, cut.start) + 1 or cut.start
        return header, None, size

    def _sized(self, header: str, text: bytes, adds_up: bool, weight: int) -> int:
        """The size of a chunk with its header; the text weighs so much, where weights add up."""
        if not adds_up:
            return self._measure.count(whole_of(header, "", text))
        if header:
            # The number of a part is not weighed with all that stands before it.
            base, part, number = header.partition(PART) if self._counts_tokens else (header, "", "")
            weight += self._weight_above(f"{base}\n")
            if part:
                weight += self._weight_above(part + number)
        return -(-weight // self._scale)

    def _weight_above(self, text: str) -> int:
        known = self._above.get(text)
        if known is None:
            data = text.encode("utf-8", "replace")
            known = self._above[text] = self._measure.ruler(data).weight(0, len(data))
        return known

    def _overlap_start(self, cut: Cut, before: Cut) -> int:
        """Where the whole lines before a chunk begin that are no more than the overlap; all within the chunk before."""
        data = self._file.data
        start = cut.start
        while start > before.start:
            line = data.rfind(b"\n", before.start, start - 1) + 1 or before.start
            if self._measure.count(data[line : cut.start]) > self._options.overlap:
                break
            start = line
        return start


def whole_of(header: str, overlap: str, text: bytes) -> bytes:
    """All that a reader of a chunk is given."""
    return (f"{header}\n{overlap}" if header else overlap).encode("utf-8", "replace") + text


def whole_text(row: ChunkRow) -> str:
    """All that a reader of a chunk is given, as text."""
    text = row.text if row.text is not None else bytes_of(row).decode("utf-8", "replace")
    return f"{row.header}\n{row.overlap}{text}" if row.header else row.overlap + text


def text_of(data: bytes) -> tuple[str | None, str | None]:
    """The text of some bytes; when they are no UTF-8, nothing and their base64."""
    try:
        return data.decode(), None
    except UnicodeDecodeError:
        return None, base64.b64encode(data).decode("ascii")


def bytes_of(row: ChunkRow) -> bytes:
    """The bytes that a row stands for."""
    return base64.b64decode(row.base64) if row.base64 is not None else (row.text or "").encode()


def _parts(cuts: list[Cut], wholes: list[Scope | None]) -> list[tuple[int, int]]:
    """Of each chunk that is a part of a definition: which one, and of how many."""
    if all(cut.scope is None for cut in cuts):
        return [(0, 0)] * len(cuts)
    numbers: dict[Scope, int] = {}
    found = []
    for cut, whole in zip(cuts, wholes, strict=True):
        scope = cut.scope if whole is None else None
        number = 0
        if scope is not None:
            number = numbers[scope] = numbers.get(scope, 0) + 1
        found.append((scope, number))
    return [(number, numbers[scope] if scope is not None else 0) for scope, number in found]
