"""What a target of `cq source` is: a name, a place, lines of a file, or a whole file."""

import os
import re
from typing import NamedTuple

from cq.errors import CqError
from cq.symbols.position import Place, parse_place

_LINES = re.compile(r"(?P<path>.+?):(?P<first>\d+)-(?P<last>\d+)")


class Wanted(NamedTuple):
    """One target. Without a path it is a name; without lines a whole file."""

    text: str  # as it was given
    path: str = ""  # absolute
    place: Place | None = None
    lines: tuple[int, int] = (0, 0)


def wanted(text: str, base: str) -> Wanted:
    """What a text means; paths are relative to `base`. Raises CqError for a place in no file."""
    of_lines = _LINES.fullmatch(text)
    if of_lines is not None:
        first, last = int(of_lines["first"]), int(of_lines["last"])
        if not 1 <= first <= last:
            raise CqError(f"{text}: no such lines", "path:FIRST-LAST, both from 1")
        return Wanted(text, _file(of_lines["path"], base), lines=(first, last))
    place = parse_place(text)
    if place is not None:
        return Wanted(text, _file(place.path, base), place)
    path = os.path.normpath(os.path.join(base, text))
    if os.path.isfile(path):
        return Wanted(text, path)
    if os.path.isdir(path) and "/" in text:
        raise CqError(f"{text} is a folder", f"cq outline {text} shows what is defined in it")
    if "/" in text:
        return Wanted(text, _file(text, base))
    return Wanted(text)


def _file(path: str, base: str) -> str:
    found = os.path.normpath(os.path.join(base, path))
    if not os.path.isfile(found):
        raise CqError(f"no such file: {path}", "TARGET is a name, path, path:line, path:line:column or path:FIRST-LAST")
    return found
