"""Windows: the parts of a file in which a query is run, by bytes or by points."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from cq.errors import CqError

# "intersection": matches that touch the window; "containment-required": only matches that lie wholly in it;
# "containment-preferred": those when there are any, else those that touch it.
WindowMode = Literal["intersection", "containment-preferred", "containment-required"]
WINDOW_MODES: tuple[WindowMode, ...] = ("intersection", "containment-preferred", "containment-required")


class ByteWindow(NamedTuple):
    """Half-open, 0-based."""

    start_byte: int
    end_byte: int


class PointWindow(NamedTuple):
    """Half-open; rows are 0-based and columns are bytes, as tree-sitter has them."""

    start_row: int
    start_column: int
    end_row: int
    end_column: int


def aligned(data: bytes, by_bytes: ByteWindow | None, by_points: PointWindow | None) -> ByteWindow | None:
    """The bytes that both windows cover; all of the file when there is neither, None when they have none in common.

    Raises CqError for a window that ends before it begins.
    """
    start, end = 0, len(data)
    if by_bytes is not None:
        if not 0 <= by_bytes.start_byte <= by_bytes.end_byte:
            raise CqError(f"no window of bytes: {by_bytes.start_byte} to {by_bytes.end_byte}", "START:END, START first")
        start, end = by_bytes.start_byte, min(end, by_bytes.end_byte)
    if by_points is not None:
        first, last = by_points[:2], by_points[2:]
        if min(by_points) < 0 or first > last:
            raise CqError(f"no window of points: {first} to {last}", "START:END, START first")
        lines = _line_starts(data)
        start, end = max(start, _offset(lines, len(data), *first)), min(end, _offset(lines, len(data), *last))
    return ByteWindow(start, end) if start < end or (start == end == 0 == len(data)) else None


def joined(windows: Iterable[ByteWindow]) -> list[ByteWindow]:
    """The same bytes as windows that do not overlap, in order."""
    return [ByteWindow(*window) for window in windows_around(sorted(windows), 1)]


def split(window: ByteWindow, parts: int) -> Iterator[ByteWindow]:
    """A window in so many parts, none of them empty: one for an empty window, fewer for a small one."""
    size = window.end_byte - window.start_byte
    parts = max(1, min(parts, size))
    edges = [window.start_byte + size * part // parts for part in range(parts + 1)]
    for start, end in pairwise(edges):
        yield ByteWindow(start, end)


def windows_around(spans: Iterable[tuple[int, int]], gap_bytes: int) -> Iterator[tuple[int, int]]:
    """Join spans (sorted, half-open) that are less than `gap_bytes` apart into windows that cover them."""
    start = end = -1
    for first, last in spans:
        if start < 0:
            start, end = first, last
        elif first - end < gap_bytes:
            end = max(end, last)
        else:
            yield start, end
            start, end = first, last
    if start >= 0:
        yield start, end


def _line_starts(data: bytes) -> list[int]:
    starts = [0]
    at = data.find(b"\n")
    while at >= 0:
        starts.append(at + 1)
        at = data.find(b"\n", at + 1)
    return starts


def _offset(lines: Sequence[int], size: int, row: int, column: int) -> int:
    """The byte at a point; that of the line's end when the line is shorter, of the file's when there is no such row."""
    if row >= len(lines):
        return size
    end = lines[row + 1] - 1 if row + 1 < len(lines) else size
    return min(lines[row] + column, max(end, lines[row]))
