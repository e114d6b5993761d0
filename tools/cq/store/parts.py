"""What the index keeps of where files may be cut (`lanes.parts`), and which parts of one a search has to parse."""

import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence

import msgspec

_KIND_BITS = 2
_KINDS = (1 << _KIND_BITS) - 1
_PART, _MEMBER, _TAIL = range(3)  # as in `lanes.parts`, which a search may do without

Span = tuple[int, int]


def packed(marks: Iterable[tuple[int, int]]) -> bytes:
    """Where parts begin, ascending, and what begins there: four bytes for each."""
    numbers = array("I", [start << _KIND_BITS | kind for start, kind in marks])
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def spans_of(kept: bytes, starts: Iterable[int], size: int, members: bool) -> list[Span]:
    """The spans of a file that have to be parsed to understand the names that begin at these bytes (ascending).

    With `members`, single ones of a class or block: it ends elsewhere then, which only its own facts tell.
    """
    if len(kept) % 4:
        raise msgspec.DecodeError("not whole numbers")
    marks = array("I", kept)
    if sys.byteorder == "big":
        marks.byteswap()
    spans: list[Span] = []
    wanted: list[int] = []  # members of the part at hand
    first = end = -1  # the marks of the part at hand
    whole = False
    leaf = -1  # the mark behind which the last name stands
    for start in starts:
        at = bisect_right(marks, start << _KIND_BITS | _KINDS, max(leaf, 0)) - 1
        if at == leaf and end >= 0:
            continue
        leaf = at
        if at >= end or end < 0:
            if end >= 0:
                _add(spans, marks, first, end, wanted, whole, size)
            first = end = at
            while first >= 0 and marks[first] & _KINDS != _PART:
                first -= 1
            end += 1
            while end < len(marks) and marks[end] & _KINDS != _PART:
                end += 1
            wanted, whole = [], False
        if members and at >= 0 and marks[at] & _KINDS == _MEMBER:
            wanted.append(at)
        else:
            whole = True
    if end >= 0:
        _add(spans, marks, first, end, wanted, whole, size)
    return spans


def _add(
    spans: list[Span], marks: Sequence[int], first: int, end: int, wanted: Sequence[int], whole: bool, size: int
) -> None:
    """Add a part, from one mark up to another: all of it, or what is around its members and those that are wanted."""

    def byte(mark: int) -> int:
        return 0 if mark < 0 else marks[mark] >> _KIND_BITS if mark < len(marks) else size

    if whole:
        _join(spans, byte(first), byte(end))
        return
    for mark in range(first, end):
        if mark < 0 or marks[mark] & _KINDS != _MEMBER or mark in wanted:
            _join(spans, byte(mark), byte(mark + 1))


def _join(spans: list[Span], start: int, end: int) -> None:
    if spans and spans[-1][1] == start:
        spans[-1] = (spans[-1][0], end)
    elif start < end:
        spans.append((start, end))
