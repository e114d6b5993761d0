"""The nodes above a place in a tree, for many places one after another.

`Node.parent` walks down from the root, so each step up with it costs the depth. A cursor goes up at no cost, and one
that stays where the last question ended makes names that stand in each other as cheap as names in a row.
"""

from tree_sitter import Node, TreeCursor


class Trails:
    """The way up from places in one tree at a time; asked of another root, it begins anew."""

    def __init__(self) -> None:
        self._root: Node | None = None

    def up(self, root: Node, at: int, count: int) -> list[Node]:
        """The leaf at a byte and the nodes above it, so many in all; the first node behind it where there is none."""
        cursor = self._above(root, at, at + 1)
        # The cursor goes down without making nodes of what is passed.
        while cursor.goto_first_child_for_byte(at) is not None:
            pass
        nodes: list[Node] = []
        while (node := cursor.node) is not None:
            nodes.append(node)
            if len(nodes) >= count or not cursor.goto_parent():
                break
        return nodes

    def named(self, root: Node, start: int, end: int) -> Node | None:
        """The smallest named node that holds these bytes."""
        cursor = self._above(root, start, end)
        while cursor.goto_first_child_for_byte(start) is not None:
            node = cursor.node
            if node is None or not node.start_byte <= start <= end <= node.end_byte:
                cursor.goto_parent()
                break
        node = cursor.node
        while node is not None and not node.is_named and cursor.goto_parent():
            node = cursor.node
        return node

    def _above(self, root: Node, start: int, end: int) -> TreeCursor:
        """The cursor, at a node that holds these bytes, or at the root."""
        if self._root is None or self._root != root:
            self._root = root
            self._cursor = root.walk()
        cursor = self._cursor
        node = cursor.node
        while node is not None and not node.start_byte <= start <= end <= node.end_byte and cursor.goto_parent():
            node = cursor.node
        return cursor
