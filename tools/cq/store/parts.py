"""What the index keeps of where files may be cut (`lanes.parts`), and which parts of one a search has to parse."""

import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from cq.lanes.parts import Mark

# Of a mark, below where it is: whether it stays, and its level.
_BITS = 3
_STAYS = 1
_LEVEL = 1  # from which bit on

Span = tuple[int, int]


def packed(marks: Iterable["Mark"]) -> bytes:
    """Where a file may be cut, in order: four bytes for each place."""
    numbers = array("I", [start << _BITS | level << _LEVEL | stays for start, level, stays in marks])
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def spans_of(kept: bytes, starts: Iterable[int], size: int, members: bool) -> list[Span]:
    """The spans of a file that have to be parsed to understand the names that begin at these bytes (ascending).

    With `members` only those of a class or function in which the names stand: all the same but for what is said of
    its other members.
    """
    if len(kept) % 4:
        raise msgspec.DecodeError("not whole numbers")
    marks = array("I", kept)
    if sys.byteorder == "big":
        marks.byteswap()
    places = [mark >> _BITS for mark in marks]
    places.append(size)
    # What is before the first mark is a part, too.
    wanted = {bisect_right(places, start, 0, len(marks)) - 1 for start in starts}
    spans: list[Span] = []
    if -1 in wanted:
        _join(spans, 0, places[0])
    for part, end in pairwise([at for at, mark in enumerate(marks) if not _level(mark)] + [len(marks)]):
        if not any(at in wanted for at in range(part, end)):
            continue
        if not members:
            _join(spans, places[part], places[end])
            continue
        _join(spans, places[part], places[part + 1])
        at = part + 1
        while at < end:
            # A member, and the members of it.
            behind = at + 1
            while behind < end and _level(marks[behind]) > 1:
                behind += 1
            if marks[at] & _STAYS or any(each in wanted for each in range(at, behind)):
                for each in range(at, behind):
                    if each == at or marks[each] & _STAYS or each in wanted:
                        _join(spans, places[each], places[each + 1])
            at = behind
    return spans


def _level(mark: int) -> int:
    return (mark & (1 << _BITS) - 1) >> _LEVEL


def _join(spans: list[Span], start: int, end: int) -> None:
    if spans and spans[-1][1] == start:
        spans[-1] = (spans[-1][0], end)
    elif start < end:
        spans.append((start, end))
