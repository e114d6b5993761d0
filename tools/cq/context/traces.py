"""From a text to the places that its stack traces name: which file of the project, which line, which function."""

import os
import re
import tomllib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from cq.errors import CqError

_MOST_FRAMES = 60


class Frame(NamedTuple):
    """One place that the text names."""

    path: str  # as it stands there
    line: int
    name: str = ""


class _Format(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pattern: str
    innermost_last: bool = False


class _Formats(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    traces: tuple[_Format, ...]


def frames_in(text: str, data_file: str) -> tuple[list[Frame], str]:
    """The places that are named in the text, the innermost first, and the text without them.

    Raises CqError when the data file is wrong.
    """
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, Frame]] = []
    for regex, is_reversed in _regexes(data_file):
        matches = list(regex.finditer(text))
        for match in reversed(matches) if is_reversed else matches:
            start, end = match.span()
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            taken.append((start, end))
            said = match.groupdict()
            # Those of a trace come first: a log or a warning that names more places may follow it.
            found.append(
                (
                    -start if is_reversed else start,
                    Frame(said["path"], int(said["line"]), (said.get("name") or "").strip()),
                )
            )
            if len(found) >= _MOST_FRAMES:
                break
    found.sort(key=lambda each: each[0])
    rest, at = [], 0
    for start, end in sorted(taken):
        rest.append(text[at:start])
        at = end
    return list(dict.fromkeys(frame for _, frame in found)), "\n".join((*rest, text[at:]))


def file_of(path: str, files_by_name: dict[str, list[str]]) -> str:
    """The file of the project that a path, as another machine wrote it, names: the one with most folders in common."""
    parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    if not parts:
        return ""
    best, length, is_tie = "", 0, False
    for candidate in files_by_name.get(parts[-1], ()):
        common = _common_tail(parts, candidate.split("/"))
        if common > length:
            best, length, is_tie = candidate, common, False
        elif common == length:
            is_tie = True
    # A name alone may be of any folder.
    return "" if is_tie else best


def by_name(paths: Iterable[str]) -> dict[str, list[str]]:
    """The paths by the names of their files."""
    found: dict[str, list[str]] = {}
    for path in paths:
        found.setdefault(os.path.basename(path), []).append(path)
    return found


def _common_tail(first: Sequence[str], second: Sequence[str]) -> int:
    count = 0
    for one, other in zip(reversed(first), reversed(second), strict=False):
        if one != other:
            break
        count += 1
    return count


def _regexes(data_file: str) -> list[tuple[re.Pattern[str], bool]]:
    try:
        with open(data_file, "rb") as file:
            formats = msgspec.convert(tomllib.load(file), _Formats)
        found = [(re.compile(each.pattern), each.innermost_last) for each in formats.traces]
    except (OSError, tomllib.TOMLDecodeError, msgspec.ValidationError, re.error) as error:
        raise CqError(f"{data_file}: {error}", "each of [[traces]] has a `pattern` with `path` and `line`") from error
    for regex, _ in found:
        if not {"path", "line"} <= regex.groupindex.keys():
            raise CqError(f"{data_file}: a pattern without `path` or `line`: {regex.pattern}")
    return found
