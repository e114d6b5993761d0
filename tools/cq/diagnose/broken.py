"""What is broken in a tree: its ERROR and MISSING nodes, and its tokens. Iterative: trees can be very deep."""

from collections.abc import Iterator
from typing import NamedTuple

from tree_sitter import Node


class Token(NamedTuple):
    """One leaf of a tree; a string or comment counts as one."""

    start: int
    end: int
    kind: str  # as the grammar has it: "(" or "identifier"
    line: int  # from 0
    column: int  # in bytes, from 0
    is_text: bool  # a string or a comment


def broken_nodes(root: Node) -> Iterator[Node]:
    """The ERROR and MISSING nodes in text order; those in an ERROR node come after it."""
    stack = [root] if root.has_error else []
    while stack:
        node = stack.pop()
        if node.is_error or node.is_missing:
            yield node
        if node.has_error:
            stack.extend(child for child in reversed(node.children) if _is_broken(child))


def count_broken(root: Node) -> int:
    """How many there are."""
    return sum(1 for _ in broken_nodes(root))


def first_broken(root: Node) -> Node | None:
    """The first one."""
    return next(broken_nodes(root), None)


def _is_broken(node: Node) -> bool:
    return node.has_error or node.is_error or node.is_missing


def tokens_of(root: Node, text_kinds: frozenset[str]) -> Iterator[Token]:
    """The leaves in text order, without those that have no text. What is in a string is left out, unless it is broken.

    The code in a string (an interpolation) counts as part of the string: brackets that match do so within it.
    """
    cursor = root.walk()
    while True:
        node = cursor.node
        assert node is not None
        opaque = node.type in text_kinds and not node.has_error
        if (opaque or not node.child_count) and node.end_byte > node.start_byte:
            point = node.start_point
            yield Token(node.start_byte, node.end_byte, node.type, point.row, point.column, opaque)
        if not opaque and cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return
