"""The definitions of a file as rows: one each, with the chunks of the partition that it is in.

A definition that is too large shows its members without their bodies, and if that is still too much its beginning.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import NamedTuple

from tree_sitter import Node

from cq.chunking.atoms import units_of
from cq.chunking.definitions import places_of
from cq.chunking.file import CutFile
from cq.chunking.headers import doc_of
from cq.chunking.ids import again, chunk_id, content_hash
from cq.chunking.kinds import CANDIDATE
from cq.chunking.languages import ChunkLanguage
from cq.chunking.options import ChunkOptions
from cq.chunking.pieces import Scope
from cq.chunking.rows import Made, RowMaker, text_of, whole_of
from cq.chunking.size import Measure
from cq.rows.chunk import ChunkRow

_ELLIPSIS = "…"


class DefinitionPlace(NamedTuple):
    """A definition, and where it ends."""

    scope: Scope
    end: int  # without the blank lines behind it


def definition_rows(
    maker: RowMaker, file: CutFile, language: ChunkLanguage | None, partition: list[Made], options: ChunkOptions,
    measure: Measure,
) -> list[Made]:  # fmt: skip
    """A row for each definition of a file, in the order of the text, outer ones first."""
    if file.tree is None or file.finder is None or language is None:
        return []
    found = definitions_of(file, language)
    inner: dict[Scope, list[DefinitionPlace]] = {}
    for each in found:
        if each.scope.outer is not None:
            inner.setdefault(each.scope.outer, []).append(each)
    ids = _ids(maker, found)
    starts = [made.row.start_byte for made in partition]
    made: list[Made] = []
    line = 1
    at = 0
    for index, (scope, end) in enumerate(found):
        line += (
            file.data.count(b"\n", at, scope.start) if scope.start >= at else -file.data.count(b"\n", scope.start, at)
        )
        at = scope.start
        said = maker.said_of(scope)
        members = inner.get(scope, [])
        header, text, is_elided = _fitting(maker, file.data, scope, end, members, options, measure)
        first = chunk_id(file.language, said.route, said.kind, content_hash(text))
        size = measure.count(whole_of(header, "", text))
        plain, encoded = text_of(text)
        overlapped = range(max(0, bisect_right(starts, scope.start) - 1), bisect_left(starts, end))
        row = ChunkRow(
            id=maker.ordinals.unique(first),
            path=maker.path,
            index=index,
            language=file.language,
            form="definition",
            kind=said.kind,
            name=said.name,
            route=said.route,
            qualified_name=language.separator.join(said.route),
            signature=said.signature,
            doc=doc_of(file.data, scope),
            definition=ids[scope],
            parent=ids[scope.outer] if scope.outer is not None else "",
            start_line=line,
            end_line=line + file.data.count(b"\n", scope.start, end) - (file.data[end - 1] == 10),
            start_byte=scope.start,
            end_byte=end,
            size=size,
            tokens=size if measure.name == "tokens" else 0,
            tokens_exact=measure.name == "tokens" and measure.is_exact,
            content_hash=content_hash(text),
            has_error=maker.has_error(scope.start, end),
            parse="errors" if file.errors else "ok",
            fallback=file.fallback,
            chunks=tuple(partition[number].row.id for number in overlapped),
            children=tuple(ids[member.scope] for member in members),
            elided=is_elided,
            header=header,
            text=plain,
            base64=encoded,
        )
        made.append(Made(row, first))
    return made


def _ids(maker: RowMaker, found: list[DefinitionPlace]) -> dict[Scope, str]:
    """The id of each definition; of those with one route and signature the second has another, and so on."""
    ids: dict[Scope, str] = {}
    seen: dict[str, int] = {}
    for each in found:
        first = maker.said_of(each.scope).id
        number = seen.get(first, 0)
        seen[first] = number + 1
        ids[each.scope] = again(first, number) if number else first
    return ids


def definitions_of(file: CutFile, language: ChunkLanguage) -> list[DefinitionPlace]:
    """Every definition with what documents it. Only nodes with a definition in them are looked into."""
    assert file.tree is not None and file.finder is not None
    finder = file.finder
    places = places_of(finder, language.language, file.tree.root_node)
    kinds = language.kinds(finder)
    marks = kinds.marks
    found: list[DefinitionPlace] = []
    stack: list[tuple[list[Node], int, Scope | None]] = [(file.tree.root_node.children, 0, None)]
    while stack:
        nodes, start, outer = stack.pop()
        for unit in units_of(file.data, kinds, nodes, start):
            for number, node in enumerate(unit.nodes):
                scope = outer
                inner = node
                head = finder.of(node) if marks[node.kind_id] & CANDIDATE else None
                if head is not None:
                    begin = unit.start if not number else node.start_byte
                    if not file.data[begin : unit.lead].strip():
                        begin = unit.lead  # blank lines, when there is nothing else
                    scope = Scope(outer, head, node, max(begin, start), node.end_byte)
                    found.append(DefinitionPlace(scope, _end(file.data, node.end_byte)))
                    inner = head.node
                # A block may begin where its first definition does; a definition is not looked for in itself.
                after = bisect_right if head is not None else bisect_left
                first = after(places, inner.start_byte) if places is not None else 0
                if places is None or (first < len(places) and places[first] < inner.end_byte):
                    stack.append((inner.children, inner.start_byte, scope))
    found.sort(key=lambda each: (each.scope.start, -each.end))
    return found


def _end(data: bytes, end: int) -> int:
    """Behind the line break after a definition, when nothing stands before that."""
    stop = data.find(b"\n", end, end + 200) + 1
    return stop if stop and not data[end:stop].strip() else end


def _fitting(
    maker: RowMaker,
    data: bytes,
    scope: Scope,
    end: int,
    members: list[DefinitionPlace],
    options: ChunkOptions,
    measure: Measure,
) -> tuple[str, bytes, bool]:
    """Header and text of a definition that are no more than they should be, and whether something was left out.

    Not the hard limit but the size that chunks should have: what is larger is found worse by what is asked of it
    (benchmarks/chunk_retrieval.py), and all of it is in the partition.
    """
    most = max(options.target, options.most // 2)
    whole = data[scope.start : end]
    collapsed = _collapsed(data, scope, end, members)
    used = maker.used_between(scope.start, end)
    for text in (whole, collapsed):
        for header in maker.headers(scope.outer, "", used):
            if measure.count(whole_of(header, "", text)) <= most:
                return header, text, text is not whole
    header = next(
        (one for one in maker.headers(scope.outer, "") if measure.count(whole_of(one, "", b"")) <= most // 2),
        "",
    )
    return header, _beginning(collapsed, most, header, measure), True


def _collapsed(data: bytes, scope: Scope, end: int, members: list[DefinitionPlace]) -> bytes:
    """A definition with the bodies of its members left out."""
    pieces: list[bytes] = []
    at = scope.start
    for member in members:
        body = member.scope.head.body
        if body is None or member.scope.start < at or body.start_byte >= body.end_byte:
            continue
        pieces.append(data[at : body.start_byte].rstrip())
        text = data[body.start_byte : body.end_byte]
        in_braces = text.startswith(b"{") and text.endswith(b"}")
        pieces.append(f" {{ {_ELLIPSIS} }}".encode() if in_braces else f" {_ELLIPSIS}".encode())
        at = body.end_byte
    pieces.append(data[at:end])
    return b"".join(pieces)


def _beginning(text: bytes, most: int, header: str, measure: Measure) -> bytes:
    """As many whole lines of a text as fit with the header, and a sign that there is more."""
    tail = f"{_ELLIPSIS}\n".encode()

    def fits(stop: int) -> bool:
        return measure.count(whole_of(header, "", text[:stop] + tail)) <= most

    stops = [0]
    at = 0
    while (at := text.find(b"\n", at) + 1) > 0:
        stops.append(at)
    low = _last(lambda number: fits(stops[number]), len(stops) - 1)
    if stops[low]:
        return text[: stops[low]] + tail
    stop = _last(fits, len(text))
    while stop and text[stop : stop + 1] and text[stop] & 0xC0 == 0x80:
        stop -= 1
    return text[:stop] + tail


def _last(holds: Callable[[int], bool], most: int) -> int:
    """The largest number for which it holds, of those from 0 for which it holds one after the other."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low
