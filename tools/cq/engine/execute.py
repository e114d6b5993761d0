"""Run one query over the windows of a tree."""

from collections.abc import Iterable, Iterator

from tree_sitter import Node, QueryCursor

from cq.packs.query import Match, PackQuery

# In-progress matches; far above what the shipped packs need, a bound on what a user's can take.
_MATCH_LIMIT = 16_384


def matches_in(pack: PackQuery, root: Node, windows: Iterable[tuple[int, int]]) -> Iterator[Match]:
    """The matches that touch a window, window by window. A match that touches two windows comes twice."""
    cursor = QueryCursor(pack.query, match_limit=_MATCH_LIMIT)
    for start, end in windows:
        cursor.set_byte_range(start, end)
        yield from pack.matches(cursor, root, root)


def matches_at(pack: PackQuery, node: Node) -> list[Match]:
    """The matches of patterns whose root is this very node."""
    cursor = QueryCursor(pack.query, match_limit=_MATCH_LIMIT)
    cursor.set_max_start_depth(0)
    return pack.matches(cursor, node, node)
