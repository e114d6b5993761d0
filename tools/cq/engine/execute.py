"""Run one query over the windows of a tree, within limits."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from tree_sitter import Node, QueryCursor

from cq.engine.limits import MOST_MATCH_LIMIT, Limits, StoppedBy, Watch
from cq.engine.windows import ByteWindow, WindowMode, split
from cq.packs.query import Match, PackQuery
from cq.settings import DEEPEST


class Tally(msgspec.Struct):
    """What running queries came to, added up over files."""

    windows: int = 0  # that there were to run
    windows_run: int = 0
    captures: int = 0
    matches: int = 0
    exceeded: int = 0  # windows for which the match limit was too low at first
    stopped_by: StoppedBy = ""  # the first reason

    def add(self, other: "Tally") -> None:
        """Add what another run came to."""
        self.windows += other.windows
        self.windows_run += other.windows_run
        self.captures += other.captures
        self.matches += other.matches
        self.exceeded += other.exceeded
        self.stopped_by = self.stopped_by or other.stopped_by


def execute(
    pack: PackQuery,
    root: Node,
    windows: Sequence[ByteWindow],
    mode: WindowMode,
    limits: Limits,
    watch: Watch,
    tally: Tally,
) -> Iterator[list[Match]]:
    """The matches in each window, window by window; the rows of all windows are those of one, without duplicates.

    A match that touches two windows comes twice: whoever makes rows of them drops what it has. Goes on until the
    watch says stop; `tally.stopped_by` has the reason then.
    """
    # A limit that the user set counts, even where it takes long.
    most = min(MOST_MATCH_LIMIT, pack.most_in_progress) if limits.retry else limits.match_limit
    cursor = QueryCursor(pack.query, match_limit=min(most, limits.match_limit))
    if limits.max_start_depth is not None:
        cursor.set_max_start_depth(limits.max_start_depth)
    splits = limits.splits if pack.may_be_split else 1
    parts = [list(split(window, splits)) for window in windows]
    tally.windows += sum(map(len, parts))
    for window, within in zip(windows, parts, strict=True):
        contained = 0
        if mode != "intersection":
            cursor.set_containing_byte_range(*window)
        for part in within:
            stop = watch.stopped_by()
            if stop:
                tally.stopped_by = tally.stopped_by or stop
                return
            found = _matches(pack, cursor, root, part, most, tally)
            contained += sum(bool(captures) for _, captures in found)  # one that captured nothing gives no row
            yield found
        if mode == "containment-preferred" and not contained:
            cursor.set_containing_byte_range(0, 0xFFFFFFFF)
            tally.windows += len(within)
            for part in within:
                yield _matches(pack, cursor, root, part, most, tally)


def _matches(
    pack: PackQuery, cursor: QueryCursor, root: Node, window: ByteWindow, most: int, tally: Tally
) -> list[Match]:
    cursor.set_byte_range(*window)
    found = pack.matches(cursor, root, root)
    if cursor.did_exceed_match_limit:
        tally.exceeded += 1
        if cursor.match_limit < most:
            cursor.match_limit = most
            found = pack.matches(cursor, root, root)
        if cursor.did_exceed_match_limit:
            tally.stopped_by = tally.stopped_by or "match_limit"
    tally.windows_run += 1
    tally.matches += len(found)
    return found


def matches_in(
    pack: PackQuery,
    root: Node,
    windows: Iterable[tuple[int, int]],
    tally: Tally | None = None,
    reach: int = DEEPEST,
) -> Iterator[Match]:
    """The matches that touch a window, window by window, without limits of time; none begins below `reach` levels."""
    cursor = QueryCursor(pack.query, match_limit=MOST_MATCH_LIMIT)
    cursor.set_max_start_depth(min(reach, DEEPEST))
    for start, end in windows:
        cursor.set_byte_range(start, end)
        found = pack.matches(cursor, root, root)
        if tally is not None:
            tally.windows += 1
            tally.windows_run += 1
            tally.matches += len(found)
        yield from found


def matches_at(pack: PackQuery, node: Node) -> list[Match]:
    """The matches of patterns whose root is this very node."""
    cursor = QueryCursor(pack.query, match_limit=MOST_MATCH_LIMIT)
    cursor.set_max_start_depth(0)
    return pack.matches(cursor, node, node)


def side_by_side(captures: dict[str, list[Node]], name: str = "name") -> bool:
    """Whether @before and @after touch the name. Most touch to the byte, and to ask for a sibling is slow."""
    node = captures[name][0]
    before, after = captures.get("before"), captures.get("after")
    if before and before[0].end_byte != node.start_byte and node.prev_sibling != before[0]:
        return False
    return not after or after[0].start_byte == node.end_byte or node.next_sibling == after[0]
