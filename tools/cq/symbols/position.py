"""Places as users write them, `path:line:column`, and the names that stand there."""

import re
from typing import NamedTuple

from cq.errors import CqError

_PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d+)(?::(?P<column>\d+))?:?")
_WORD = re.compile(r"\w+")


WHOLE = -1  # as a line: all of the file


class Place(NamedTuple):
    """A place in a file. Lines and columns are 1-based, a column counts code points; 0 is none given."""

    path: str
    line: int
    column: int = 0


def parse_place(text: str) -> Place | None:
    """What `src/app.py:120:8` means; None when it is no place."""
    found = _PLACE.fullmatch(text)
    if found is None:
        return None
    return Place(found["path"], int(found["line"]), int(found["column"] or 0))


def names_at(data: bytes, place: Place) -> list[tuple[int, str]]:
    """The start byte and text of the name at the place; without a column those of all names of the line, in order.

    Raises CqError when there is no such line, or no name at the column.
    """
    lines = data.split(b"\n")
    if not 1 <= place.line <= len(lines):
        count = len(lines) - (not lines[-1])  # behind the last line break no line begins
        raise CqError(f"{place.path} has no line {place.line}", f"it has {count} line{'s' * (count != 1)}")
    raw = lines[place.line - 1]
    text = raw.decode("utf-8", "surrogateescape")
    begin = sum(map(len, lines[: place.line - 1])) + place.line - 1
    shift = 3 if place.line == 1 and text.startswith("\ufeff") else 0
    words = [
        (begin + len(text[: word.start()].encode("utf-8", "surrogateescape")), word)
        for word in _WORD.finditer(text.lstrip("\ufeff") if shift else text)
    ]
    if not place.column:
        return [(start + shift, word.group()) for start, word in words]
    # Behind the last letter of a name still means that name, as in editors.
    for start, word in words:
        if word.start() < place.column <= word.end() + 1:
            return [(start + shift, word.group())]
    raise CqError(f"no name at {place.path}:{place.line}:{place.column}", "a column counts characters from 1")
