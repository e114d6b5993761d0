"""The analysis behind `cq outline`: the definitions of one file as a tree."""

import msgspec

from cq.grammar.parse import first_error
from cq.lanes.definitions import definitions_of
from cq.lanes.lanes import Lanes
from cq.lanes.table import lane_table
from cq.rows.listing import OutlineRow
from cq.rows.shared import Diagnostic
from cq.settings import DEEPEST, PARSE_LIMIT_BYTES

_MAX_DEPTH = 50


class OutlinePlan(msgspec.Struct, frozen=True):
    """All that a worker needs to know of an outline."""

    folders: tuple[str, ...]
    depth: int = 0  # levels that are asked for; 0: what is usual in each language


class FileOutline(msgspec.Struct, frozen=True):
    """The definitions of one file, outermost ones at the top."""

    path: str
    language: str
    rows: tuple[OutlineRow, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


class _Item(msgspec.Struct):
    start: int
    end: int
    row: OutlineRow
    children: list["_Item"]


class OutlineAnalysis:
    """Outlines single files. Owns the lanes: made once per process."""

    def __init__(self, plan: OutlinePlan) -> None:
        self._table = lane_table(plan.folders)
        self._depth = plan.depth
        self._lanes = Lanes(self._table)

    def run(self, path: str, data: bytes) -> FileOutline:
        """The outline of one file; a file without a lane has none, and a diagnostic says so."""
        language = self._table.by_content(path, data, self._table.data)
        if not language:
            return FileOutline(
                path, "", (), (_diagnostic(path, "unknown-language", "no grammar for this language: not outlined"),)
            )
        if len(data) > PARSE_LIMIT_BYTES:
            return FileOutline(path, language, (), (_diagnostic(path, "too-large-to-parse", "not parsed"),))
        parsed = self._lanes.parsed(language, data)
        if parsed is None:
            return FileOutline(path, language, (), (self._table.without_grammar(path, language, "not outlined"),))
        lane, tree = parsed
        facts = self._lanes.facts(lane.name)
        entry = lane.entry
        items: list[_Item] = []
        # Not all keys of a large file of data are made for the few that are shown.
        bounded = entry.outline_depth and self._depth <= entry.outline_depth
        reach = entry.outline_reach if bounded else 0
        for each in definitions_of(lane, data, tree.root_node, reach or DEEPEST):
            said = facts.head(data, each.node, tree.root_node)
            row = OutlineRow(
                path=path,
                line=each.line,
                column=each.column,
                end_line=each.end_line,
                kind=each.verdict.kind,
                name=each.name,
                qualified_name=each.qualified_name(lane.entry.separator),
                signature=said.signature,
                doc=said.doc,
            )
            items.append(_Item(*each.span, row, []))
        named = {(item.start, item.end) for item in items}
        for anchor, label, node in lane.scopes(data, tree.root_node):
            if node.byte_range in named:
                continue  # what it is called stands here already
            row = OutlineRow(
                path=path,
                line=node.start_point.row + 1,
                column=node.start_point.column + 1,
                end_line=node.end_point.row + 1,
                kind="scope",
                name=label,
                qualified_name=data[anchor[0] : anchor[1]].decode("utf-8", "replace"),
                signature=label,
            )
            items.append(_Item(*node.byte_range, row, []))
        diagnostics: list[Diagnostic] = []
        # What is wrong in a template or a dialect of data is nobody's concern here.
        if not entry.data and first_error(tree.root_node) is not None:
            diagnostics.append(_diagnostic(path, "syntax-error", "parsed with errors"))
        rank = {kind: number for number, kind in enumerate(entry.levels)}
        if rank:
            _to_the_next(items, rank, len(data), data.count(b"\n") + (not data.endswith(b"\n")))
        rows = _nested(items)
        if not self._depth and entry.outline_depth:
            rows, left_out = _usual(rows, entry.outline_depth, entry.outline_most)
            if left_out:
                message = f"{left_out:,} left out beside {entry.outline_most} of the same level; --depth shows all"
                diagnostics.append(_diagnostic(path, "truncated", message))
        return FileOutline(path, language, rows, tuple(diagnostics))


def _to_the_next(items: list[_Item], rank: dict[str, int], end: int, end_line: int) -> None:
    """Let what has a rank, such as a heading, go on up to the next of the same or a higher rank."""
    items.sort(key=lambda item: item.start)
    opened: list[_Item] = []

    def close(item: _Item, at: int, line: int) -> None:
        item.end = at
        item.row = msgspec.structs.replace(item.row, end_line=max(line, item.row.line))

    for item in items:
        if item.row.kind in rank:
            while opened and rank[opened[-1].row.kind] >= rank[item.row.kind]:
                close(opened.pop(), item.start, item.row.line - 1)
            opened.append(item)
    for item in opened:
        close(item, end, end_line)


def _usual(rows: tuple[OutlineRow, ...], depth: int, most: int) -> tuple[tuple[OutlineRow, ...], int]:
    """The rows of so many levels, and of each level the first ones; and how many were left out beside those."""
    left_out = max(0, len(rows) - most) if most else 0
    kept = []
    for row in rows[: most or None]:
        children, more = _usual(row.children, depth - 1, most) if depth > 1 else ((), 0)
        left_out += more
        kept.append(msgspec.structs.replace(row, children=children))
    return tuple(kept), left_out


def _nested(items: list[_Item]) -> tuple[OutlineRow, ...]:
    items.sort(key=lambda item: (item.start, -item.end))
    top: list[_Item] = []
    stack: list[_Item] = []
    for item in items:
        while stack and stack[-1].end < item.end:
            stack.pop()
        # Two names of one node, as in `int a, b;`, stand beside each other.
        while stack and (stack[-1].end <= item.start or (stack[-1].start, stack[-1].end) == (item.start, item.end)):
            stack.pop()
        # Deeper ones become siblings: rows are built and written by recursion.
        parent = stack[min(len(stack), _MAX_DEPTH) - 1] if stack else None
        (parent.children if parent is not None else top).append(item)
        stack.append(item)
    return tuple(map(_built, top))


def _built(item: _Item) -> OutlineRow:
    return msgspec.structs.replace(item.row, children=tuple(map(_built, item.children)))


def _diagnostic(path: str, code: str, message: str) -> Diagnostic:
    return Diagnostic(path=path, code=code, message=message)
