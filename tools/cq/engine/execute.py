"""Run one query over the windows of a tree."""

from collections.abc import Iterable, Iterator

from tree_sitter import Node, Query, QueryCursor

Match = tuple[int, dict[str, list[Node]]]

# In-progress matches; far above what the shipped packs need, a bound on what a user's can take.
_MATCH_LIMIT = 16_384


def matches_in(query: Query, root: Node, windows: Iterable[tuple[int, int]]) -> Iterator[Match]:
    """The matches that touch a window, window by window. A match that touches two windows comes twice."""
    cursor = QueryCursor(query, match_limit=_MATCH_LIMIT)
    for start, end in windows:
        cursor.set_byte_range(start, end)
        yield from cursor.matches(root)


def matches_at(query: Query, node: Node) -> list[Match]:
    """The matches of patterns whose root is this very node."""
    cursor = QueryCursor(query, match_limit=_MATCH_LIMIT)
    cursor.set_max_start_depth(0)
    return cursor.matches(node)
