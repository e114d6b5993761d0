"""Ranges as options have them: `10:40`, `10:` and `:40`, both ends in."""

import re

from cq.errors import CqError

_RANGE = re.compile(r"([0-9]*):([0-9]*)\Z")
# Beyond every file that is parsed.
_END = 1 << 31


def range_of(word: str, flag: str) -> tuple[int, int]:
    """The two numbers; an end that is left open is as far as any file goes. Raises CqError for anything else."""
    found = _RANGE.match(word)
    if found is None or word == ":":
        raise CqError(f"{flag} {word}: not a range", f"{flag} 10:40, {flag} 10: or {flag} :40")
    start, end = min(int(found[1] or 0), _END), min(int(found[2] or _END), _END)
    if end < start:
        raise CqError(f"{flag} {word}: ends before it begins", f"{flag} {end}:{start}")
    return start, end


def lines_of(word: str) -> tuple[int, int]:
    """The first and the last line of `--lines`, from 1. Raises CqError for anything else."""
    start, end = range_of(word, "--lines")
    if word.startswith("0") or not end:
        raise CqError(f"--lines {word}: lines are counted from 1")
    return max(start, 1), end
