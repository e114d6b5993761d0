"""How deep a tree may be for the rules that compare nodes with each other, or climb from each node."""

from ast_grep_py import SgNode

from cq.rules.astgrep import span_of

# Comparing trees of 10,000 levels takes a tenth of the stack, and climbing out of each node of one some seconds.
MOST_LEVELS = 10_000
# Fewer characters hold no such tree: a level takes at least half of one.
_SMALL = MOST_LEVELS // 2


def is_too_deep(root: SgNode) -> bool:
    """Whether a tree has more levels than rules can be trusted with."""
    # Only a large node can be so deep, and most files have few: down along those.
    left = [(root, 0)]
    while left:
        node, depth = left.pop()
        if depth > MOST_LEVELS:
            return True
        for child in node.children():
            start, end = span_of(child)
            if end - start > _SMALL - depth // 2:
                left.append((child, depth + 1))
    return False
