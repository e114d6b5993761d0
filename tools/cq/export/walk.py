"""A tree as a stream: its nodes, parents first, and the text that they are made of, with nothing held back.

In go a tree and the bytes of the file; out come nodes and pieces of text. The pieces follow one another without a hole
and without an overlap: joined they are the bytes. What is in no node that is shown is a piece between the tokens.
"""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec
from tree_sitter import Node, Point, Tree


class ExportPlan(msgspec.Struct, frozen=True, kw_only=True):
    """Which part of a tree is wanted, and all that the rows depend on besides the file."""

    named: bool = False  # no nodes that only stand for a word or a sign
    tokens: bool = False  # nodes without children only
    lines: tuple[int, int] | None = None  # first and last, from 1
    depth: int | None = None  # levels
    limit: int | None = None  # nodes, or tokens when there are no others


class Visit(NamedTuple):
    """One node that is shown."""

    id: int  # its number in the whole tree, parents first
    parent: int | None  # the nearest node above it that is shown
    nth: int  # among those of the same parent that are shown, from 0
    depth: int
    field: str
    node: Node
    is_leaf: bool
    cut: bool  # it has children, and none of them is shown for the depth's sake


class Piece(NamedTuple):
    """A stretch of text: of a leaf that is shown, or between them."""

    start: int
    end: int
    start_point: Point
    end_point: Point
    leaf: Visit | None
    parent: int | None  # of what is no leaf: the innermost node that is shown around it


class _Open:
    """A node whose children are being visited. One that is not shown lends its place to the one above it."""

    __slots__ = ("end", "end_point", "id", "is_shown", "shown")

    def __init__(self, number: int | None, end: int, end_point: Point, lent_by: "_Open | None" = None) -> None:
        self.id: int | None = lent_by.id if lent_by else number
        self.end = end
        self.end_point = end_point
        self.is_shown = lent_by is None
        self.shown: int = lent_by.shown if lent_by else 0  # children so far


def walk(tree: Tree, data: bytes, plan: ExportPlan) -> Iterator[Visit | Piece]:
    """The nodes and the text of a tree, in the order of the text; a node comes before what is in it.

    Without recursion, and without a look upwards: trees may be 100,000 levels deep.
    """
    first, last = _bytes_of(data, plan.lines)
    whole = plan.lines is None
    cursor = tree.walk()
    ground = _Open(None, len(data), _end_of(data))
    opened = [ground]
    number = 0
    at, at_point = 0, Point(0, 0)

    def gap(end: int, end_point: Point, parent: int | None) -> Iterator[Piece]:
        if at < end and (whole or (at < last and end > first)):
            yield Piece(at, end, at_point, end_point, None, parent)

    while True:
        node = cursor.node
        assert node is not None
        start, end = node.start_byte, node.end_byte
        top = opened[-1]
        descend = False
        if whole or (start < last and end > first) or (start == end and first <= start <= last and first < len(data)):
            depth = len(opened) - 1
            children = node.child_count
            descend = children > 0 and (plan.depth is None or depth + 1 < plan.depth)
            shown = node.is_named or not plan.named
            if shown:
                cut = children > 0 and not descend
                field = cursor.field_name or ""
                visit = Visit(number, top.id, top.shown, depth, field, node, not children, cut)
                top.shown += 1
                if start > at:
                    yield from gap(start, node.start_point, top.id)
                    at, at_point = start, node.start_point
                yield visit
                if not descend:
                    leaf = visit if not children else None
                    if leaf is not None or end > at:
                        yield Piece(at, end, at_point, node.end_point, leaf, number)
                    at, at_point = end, node.end_point
            if descend:
                opened.append(_Open(number, end, node.end_point, None if shown else top))
        else:
            yield from gap(start, node.start_point, top.id)
            at, at_point = end, node.end_point
        if descend:
            number += 1
            cursor.goto_first_child()
            continue
        number += node.descendant_count
        while not cursor.goto_next_sibling():
            closed = opened.pop()
            if closed.is_shown and closed.end > at:
                yield from gap(closed.end, closed.end_point, closed.id)
                at, at_point = closed.end, closed.end_point
            if not opened:
                return
            if not closed.is_shown:
                opened[-1].shown = closed.shown
            cursor.goto_parent()


def _bytes_of(data: bytes, lines: tuple[int, int] | None) -> tuple[int, int]:
    """Where these lines begin and end."""
    if lines is None:
        return 0, len(data)
    first, last = lines
    start = _skip_lines(data, 0, first - 1)
    return start, _skip_lines(data, start, last - first + 1)


def _skip_lines(data: bytes, at: int, lines: int) -> int:
    for _ in range(lines):
        at = data.find(b"\n", at) + 1
        if not at:
            return len(data)
    return at


def _end_of(data: bytes) -> Point:
    return Point(data.count(b"\n"), len(data) - data.rfind(b"\n") - 1)
