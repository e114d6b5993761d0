"""Merge conflicts: where a version control system left both sides in the file."""

import re
from typing import NamedTuple

_MARK = re.compile(rb"^(<{7}|\|{7}|={7}|>{7})(?:[ \t\r][^\n]*)?$", re.MULTILINE)


class Conflict(NamedTuple):
    """One conflict, from the start of its first mark to the end of its last one."""

    start: int
    end: int
    ours: tuple[int, int]  # the bytes of the first side


def conflicts_in(data: bytes) -> list[Conflict]:
    """The conflicts of a file, in order. A mark that is left over alone is one, too."""
    found: list[Conflict] = []
    opened = -1
    side_start = side_end = -1
    for mark in _MARK.finditer(data):
        sign = mark[1][:1]
        if sign == b"<":
            opened, side_start, side_end = mark.start(), mark.end(), -1
        elif opened >= 0 and sign in (b"|", b"="):
            side_end = mark.start() if side_end < 0 else side_end
        elif opened >= 0:
            ours = (side_start, side_end if side_end >= 0 else mark.start())
            found.append(Conflict(opened, mark.end(), ours))
            opened = -1
        elif sign in (b"<", b">"):
            found.append(Conflict(mark.start(), mark.end(), (mark.end(), mark.end())))
    if opened >= 0:
        end = data.find(b"\n", opened)
        end = len(data) if end < 0 else end
        found.append(Conflict(opened, end, (end, end)))
    return found


def without_conflicts(data: bytes, conflicts: list[Conflict]) -> bytes:
    """The file with the first side of each, all else of them blanked out: every byte stays where it is."""
    pieces: list[bytes] = []
    at = 0
    for conflict in conflicts:
        first, last = conflict.ours
        pieces += data[at : conflict.start], _blank(data[conflict.start : first]), data[first:last]
        pieces.append(_blank(data[last : conflict.end]))
        at = conflict.end
    return b"".join((*pieces, data[at:]))


def _blank(text: bytes) -> bytes:
    return re.sub(rb"[^\r\n]", b" ", text)
