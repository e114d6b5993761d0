"""A patch as git and diff write it, applied to bytes in memory. What does not apply is named: hunk, file and line."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from cq.errors import CqError
from cq.rows.shared import as_text

_HUNK = re.compile(rb"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v"}
_PREFIXES = (b"a/", b"b/", b"c/", b"i/", b"o/", b"w/", b"1/", b"2/")
_NOWHERE = b"/dev/null"
_SHOWN = 60


class Hunk(NamedTuple):
    """Lines that are replaced, with their line breaks, and where they stood when the patch was made."""

    number: int  # in its file, from 1
    line: int  # in the patch, from 1
    start: int  # in the old file, from 1
    old: list[bytes]
    new: list[bytes]


class FilePatch(NamedTuple):
    """What a patch says of one file; paths are as they are written, without a/ and b/."""

    old: str | None  # None: the file is new
    new: str | None  # None: it is deleted
    hunks: list[Hunk]
    line: int  # of the patch
    is_binary: bool = False
    is_copy: bool = False


def patched(patch: bytes, read: Callable[[str], bytes | None], name: str) -> dict[str, bytes | None]:
    """The files that a patch changes as they are then, None for a deleted one; `read` gives them as they are.

    Raises CqError when it does not apply, or is none; `name` is how messages call it.
    """
    made: dict[str, bytes | None] = {}

    def now(path: str) -> bytes | None:
        return made[path] if path in made else read(path)

    files = list(_parsed(patch, name))
    if not files:
        raise CqError(f"{name}: not a patch", "the output of git diff or diff -u, a folder, or JSON: {path: text}")
    for file in files:
        if file.is_binary:
            path = as_text(file.new or file.old or "")
            raise CqError(f"{name}:{file.line}: a binary patch of {path}", "leave it out: a binary file has no rows")
        old = None if file.old is None else _there(file.old, now)
        new = file.new
        if old != file.old and new is not None:
            new = new.partition("/")[2] or new
        data = b"" if old is None else now(old)
        if data is None:
            raise CqError(
                f"{name}:{file.line}: {as_text(file.old or '')} is not there",
                "paths of a patch are those from the root of the repository; --root takes another folder",
            )
        if old is None and new is not None and now(new) is not None:
            raise CqError(f"{name}:{file.line}: {as_text(new)} is new in the patch, and is there", "is it applied?")
        result = _applied(data, file, name)
        if old is not None and new != old and not file.is_copy:
            made[old] = None
        if new is not None:
            made[new] = result
    return made


def _there(path: str, now: Callable[[str], bytes | None]) -> str:
    """The path, or without its first part when that is where the file is: diff -u old/a.py new/a.py."""
    rest = path.partition("/")[2]
    return rest if rest and now(path) is None and now(rest) is not None else path


def _parsed(patch: bytes, name: str) -> Iterator[FilePatch]:
    lines = patch.split(b"\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.startswith(b"diff --git "):
            at, file = _git_header(lines, at)
        elif line.startswith(b"--- ") and at + 1 < len(lines) and lines[at + 1].startswith(b"+++ "):
            file = FilePatch(*_names(lines, at), [], at + 1)
            at += 2
        elif _HUNK.match(line):
            raise CqError(f"{name}:{at + 1}: a hunk without the name of its file", "--- a/path, then +++ b/path")
        else:
            at += 1
            continue
        while at < len(lines) and (found := _HUNK.match(lines[at])):
            at, hunk = _hunk(lines, at, found, len(file.hunks) + 1, name)
            file.hunks.append(hunk)
        yield file


def _git_header(lines: list[bytes], at: int) -> tuple[int, FilePatch]:
    """What stands before the hunks of a file in a patch of git's."""
    begin = at
    names = _both(lines[at])
    old: str | None = names
    new: str | None = names
    is_binary = is_copy = False
    at += 1
    while at < len(lines) and not lines[at].startswith((b"diff --git ", b"@@ ")):
        line = lines[at].rstrip(b"\r")
        if line.startswith((b"rename from ", b"copy from ")):
            old, is_copy = _text(line.partition(b" from ")[2]), line.startswith(b"copy")
        elif line.startswith((b"rename to ", b"copy to ")):
            new = _text(line.partition(b" to ")[2])
        elif line.startswith(b"new file mode"):
            old = None
        elif line.startswith(b"deleted file mode"):
            new = None
        elif line.startswith((b"GIT binary patch", b"Binary files ")):
            is_binary = True
        elif line.startswith(b"--- ") and at + 1 < len(lines) and lines[at + 1].startswith(b"+++ "):
            old, new = _names(lines, at)
            at += 2
            break
        elif line in (b"-- ", b"") and not is_binary:
            break
        at += 1
    return at, FilePatch(old, new, [], begin + 1, is_binary, is_copy)


def _names(lines: list[bytes], at: int) -> tuple[str | None, str | None]:
    return _name(lines[at][4:]), _name(lines[at + 1][4:])


def _name(written: bytes) -> str | None:
    written = written.rstrip(b"\r")
    path = written if written.startswith(b'"') else written.partition(b"\t")[0]
    return None if path == _NOWHERE else _text(path, True)


def _both(line: bytes) -> str:
    """The path in `diff --git a/x b/x`, when it is one; a rename says both again."""
    said = line.rstrip(b"\r")[len(b"diff --git ") :]
    if said.startswith(b'"'):
        return _text(said[: said.index(b'"', 1) + 1], True)
    return _text(said[: len(said) // 2], True)


def _text(path: bytes, prefixed: bool = False) -> str:
    if path.startswith(b'"'):
        path = _ESCAPE.sub(_unescaped, path.strip(b'"'))
    if prefixed and path.startswith(_PREFIXES):
        path = path[2:]
    return path.decode("utf-8", "surrogateescape")


def _unescaped(found: re.Match[bytes]) -> bytes:
    code = found[1]
    return bytes((int(code, 8) & 0xFF,)) if code.isdigit() else _ESCAPED.get(code, code)


def _hunk(lines: list[bytes], at: int, found: re.Match[bytes], number: int, name: str) -> tuple[int, Hunk]:
    begin = at + 1
    start = int(found[1])
    left = [int(found[2] if found[2] is not None else 1), int(found[4] if found[4] is not None else 1)]
    sides: tuple[list[bytes], list[bytes]] = ([], [])
    at += 1
    while left != [0, 0] or (at < len(lines) and lines[at].startswith(b"\\")):
        line = lines[at] if at < len(lines) else None
        if line is None or (not line and at == len(lines) - 1):
            raise CqError(f"{name}:{begin}: the patch ends within this hunk", "is all of it there?")
        if line.startswith(b"\\"):  # of the line before: it has no line break
            for side, marks in zip(sides, (b" -", b" +"), strict=True):
                if side and lines[at - 1][:1] in (marks[:1], marks[1:]):
                    side[-1] = side[-1].removesuffix(b"\n")
        else:
            mark = line[:1] or b" "  # mail eats blanks at the ends of lines
            if mark not in (b" ", b"-", b"+"):
                raise CqError(f"{name}:{at + 1}: not a line of a hunk", "it begins with a blank, + or -")
            for number_of, marks in enumerate((b" -", b" +")):
                if mark in (marks[:1], marks[1:]):
                    sides[number_of].append(line[1:] + b"\n")
                    left[number_of] -= 1
            if min(left) < 0:
                raise CqError(f"{name}:{at + 1}: more lines than the hunk says it has", "is all of it there?")
        at += 1
    return at, Hunk(number, begin, start, *sides)


def _applied(data: bytes, file: FilePatch, name: str) -> bytes:
    lines = data.splitlines(keepends=True) if b"\r" not in data else _lines(data)
    made: list[bytes] = []
    done = shift = 0
    for hunk in file.hunks:
        # Without old lines the place is behind the line that is named.
        expected = (hunk.start - 1 if hunk.old else hunk.start) + shift
        at = _place(lines, hunk.old, expected, done)
        if at is None:
            path = as_text(file.old or file.new or "")
            raise CqError(
                f"{name}:{hunk.line}: hunk {hunk.number} of {len(file.hunks)} of {path} does not apply",
                _why(lines, hunk.old, max(expected, done)),
            )
        shift += at - expected
        made += lines[done:at]
        made += hunk.new
        done = at + len(hunk.old)
    return b"".join(made + lines[done:])


def _lines(data: bytes) -> list[bytes]:
    """Lines end at line feeds only."""
    lines = [line + b"\n" for line in data.split(b"\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _place(lines: list[bytes], old: list[bytes], expected: int, least: int) -> int | None:
    """Where the old lines stand: where they are expected, or the nearest place."""
    last = len(lines) - len(old)
    for distance in range(max(expected - least, last - expected, 0) + 1):
        for at in (expected - distance, expected + distance):
            if least <= at <= last and lines[at : at + len(old)] == old:
                return at
    return None


def _why(lines: list[bytes], old: list[bytes], at: int) -> str:
    for number, line in enumerate(old, at):
        there = lines[number] if number < len(lines) else None
        if there != line:
            said = "the file ends" if there is None else f"`{_short(there)}`"
            return f"line {number + 1} is to be `{_short(line)}`, and there is {said}"
    return "its lines stand before those of an earlier hunk"


def _short(line: bytes) -> str:
    return line.decode("utf-8", "replace").strip()[:_SHOWN]
