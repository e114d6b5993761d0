"""How deep a tree may be for the rules that compare nodes with each other, or climb from each node."""

from cq.grammar.language import load_language
from cq.grammar.parse import parse

# Comparing trees of 10,000 levels takes a tenth of the stack, and climbing out of each node of one some seconds.
MOST_LEVELS = 10_000
# Fewer bytes hold no such tree: a level takes at least half a byte.
_SMALL_BYTES = MOST_LEVELS // 2


def is_too_deep(grammar: str, data: bytes) -> bool:
    """Whether the tree of a file has more levels than rules can be trusted with."""
    if len(data) < _SMALL_BYTES:
        return False
    # Only a node with so many others in it can be so deep, and most files have few: down along those.
    left = [(parse(load_language(grammar), data).root_node, 0)]
    while left:
        node, depth = left.pop()
        if depth > MOST_LEVELS:
            return True
        left += ((child, depth + 1) for child in node.children if child.descendant_count > MOST_LEVELS - depth)
    return False
