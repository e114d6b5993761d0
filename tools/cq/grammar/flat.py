"""Broken trees that a query would take for ever for: many nodes side by side in one error."""

from tree_sitter import Node

_MANY = 1_000  # children of one node


def pieces_of(root: Node) -> list[Node]:
    """The nodes to ask a query of: the root, or the many nodes that lie flat in an error.

    The query engine takes the square of the number of children of an ERROR node.
    """
    if not root.has_error or not (is_flat(root) or any(is_flat(child) for child in root.children)):
        return [root]
    pieces: list[Node] = []
    for child in root.children:
        if is_flat(child):
            pieces.extend(inner for inner in child.children if inner.named_child_count)
        elif child.named_child_count:
            pieces.append(child)
    return pieces


def is_flat(node: Node) -> bool:
    """Whether many nodes lie side by side in this error."""
    return node.is_error and node.child_count >= _MANY
