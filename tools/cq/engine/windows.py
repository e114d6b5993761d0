"""Byte windows: the parts of a file in which a query is run."""

from collections.abc import Iterable, Iterator


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
