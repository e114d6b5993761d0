"""How near two places of a tree of folders are, by the steps of their paths."""

from collections.abc import Sequence


def shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many steps two paths have in common from the start."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def apart(one: Sequence[str], other: Sequence[str]) -> int:
    """How many steps it takes from one path to the other."""
    return len(one) + len(other) - 2 * shared(one, other)
