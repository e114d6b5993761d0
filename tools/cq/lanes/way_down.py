"""What stands above and before nodes of one tree, without going down from its root for each.

`Node.parent` and `Node.prev_sibling` begin at the root, so that asking them of each of many definitions within each
other takes the square of their number. Here the way down to the last node is kept, and goes on from there.
"""

import bisect
from collections.abc import Iterator, Sequence

from tree_sitter import Node

from cq.grammar.flat import is_flat


class WayDown:
    """The ways from a root to one node after another. Fast where they are asked for in the order of the text."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self._cursor = root.walk()
        self._nodes = [root]

    def to(self, node: Node) -> Sequence[Node]:
        """The nodes from the root to this one, until the next call; only itself where it is not found."""
        nodes, cursor = self._nodes, self._cursor
        start, end = node.start_byte, node.end_byte
        while len(nodes) > 1 and nodes[-1] != node and not _holds(nodes[-1], start, end):
            cursor.goto_parent()
            nodes.pop()
        while nodes[-1] != node:
            if is_flat(nodes[-1]) or cursor.goto_first_child_for_byte(start) is None:
                return (node,)
            below = cursor.node
            if below is None or below.start_byte > start or below.end_byte < end:
                cursor.goto_parent()
                return (node,)
            nodes.append(below)
        return nodes


def _holds(node: Node, start: int, end: int) -> bool:
    """Whether it is more than this span. One of the same span may stand below the node that is looked for."""
    return node.start_byte <= start and end <= node.end_byte and (node.start_byte < start or end < node.end_byte)


def nodes_before(node: Node, way: Sequence[Node]) -> Iterator[Node]:
    """What stands before a node that is the last of a way, beside it, the nearest first."""
    if len(way) < 2:
        at = node.prev_sibling
        while at is not None:
            yield at
            at = at.prev_sibling
        return
    children = way[-2].children  # which it remembers
    for index in range(bisect.bisect_left(children, node.start_byte, key=_start) - 1, -1, -1):
        yield children[index]


def _start(node: Node) -> int:
    return node.start_byte
