"""The difference of two texts as git writes it, so that `git apply` and `patch` read it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cq.rows.findings import TextEdit

_CONTEXT = 3


class _Change(NamedTuple):
    """Lines of the old text, half-open from 0, and the lines of the new one in their place."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def unified(path: str, old: bytes, new: bytes, edits: Sequence[TextEdit] = ()) -> Iterator[str]:
    """The lines of the difference, without their line breaks; none when the texts are the same.

    A carriage return before a line break is part of its line. Bytes that are no UTF-8 come as surrogates, which go out
    as they came in. With the edits that lead from old to new nothing needs to be compared.
    """
    if old == new:
        return
    old_lines, new_lines = _lines(old), _lines(new)
    changes = _edited(old, len(new_lines), edits) if edits else _compared(old_lines, new_lines)
    yield f"diff --git {_quoted(f'a/{path}')} {_quoted(f'b/{path}')}"
    # As in git: a name with a blank ends with a tab, or what follows it could be a date.
    tab = "\t" * (" " in path)
    yield f"--- {_quoted(f'a/{path}')}{tab}"
    yield f"+++ {_quoted(f'b/{path}')}{tab}"
    for hunk in _hunks(list(_trimmed(changes, old_lines, new_lines))):
        yield from _hunk_text(hunk, old_lines, new_lines)


def _hunk_text(hunk: list[_Change], old: list[bytes], new: list[bytes]) -> Iterator[str]:
    start = max(0, hunk[0].old_start - _CONTEXT)
    end = min(len(old), hunk[-1].old_end + _CONTEXT)
    new_start = start + hunk[0].new_start - hunk[0].old_start
    new_end = end + hunk[-1].new_end - hunk[-1].old_end
    yield f"@@ -{_range(start, end)} +{_range(new_start, new_end)} @@"
    at = start
    for change in hunk:
        yield from _marked(" ", old[at : change.old_start])
        yield from _marked("-", old[change.old_start : change.old_end])
        yield from _marked("+", new[change.new_start : change.new_end])
        at = change.old_end
    yield from _marked(" ", old[at:end])


def _marked(mark: str, lines: list[bytes]) -> Iterator[str]:
    for line in lines:
        yield mark + line.removesuffix(b"\n").decode("utf-8", "surrogateescape")
        if not line.endswith(b"\n"):
            yield "\\ No newline at end of file"


def _range(start: int, end: int) -> str:
    """As a hunk's head has it: of no lines it names the line before."""
    count = end - start
    first = start + 1 if count else start
    return str(first) if count == 1 else f"{first},{count}"


def _hunks(changes: list[_Change]) -> Iterator[list[_Change]]:
    """Changes whose context touches stand in one hunk."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.old_start - hunk[-1].old_end > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _edited(old: bytes, new_count: int, edits: Sequence[TextEdit]) -> Iterator[_Change]:
    """The changes that edits make: of whole lines, so that edits of one line are one change."""
    starts = [0]
    at = old.find(b"\n")
    while at >= 0:
        starts.append(at + 1)
        at = old.find(b"\n", at + 1)
    if starts[-1] == len(old):
        starts.pop()
    last = max(0, len(starts) - 1)
    shift = 0  # how many lines the edits so far have added
    groups: list[tuple[int, int, int]] = []  # first line, end line, how many line breaks more
    for edit in edits:
        first = max(0, min(bisect_right(starts, edit.start_byte) - 1, last))
        # The line of the end, too: what stands behind the edit on its line moves with it.
        end = min(bisect_right(starts, edit.end_byte), len(starts))
        more = edit.text.count("\n") - old.count(b"\n", edit.start_byte, edit.end_byte)
        if groups and first < groups[-1][1]:
            groups[-1] = (groups[-1][0], max(end, groups[-1][1]), groups[-1][2] + more)
        else:
            groups.append((first, end, more))
    for first, end, more in groups:
        # Whether the last line ends with a line break makes no difference to how many lines there are.
        yield _Change(first, end, first + shift, new_count if end == len(starts) else end + shift + more)
        shift += more


def _compared(old: list[bytes], new: list[bytes]) -> Iterator[_Change]:
    from difflib import SequenceMatcher  # not needed where the edits are known

    for tag, *lines in SequenceMatcher(None, old, new).get_opcodes():
        if tag != "equal":
            yield _Change(*lines)


def _trimmed(changes: Iterator[_Change], old: list[bytes], new: list[bytes]) -> Iterator[_Change]:
    """Without the lines at either end of a change that are the same in both."""
    for change in changes:
        old_start, old_end, new_start, new_end = change
        while old_start < old_end and new_start < new_end and old[old_start] == new[new_start]:
            old_start, new_start = old_start + 1, new_start + 1
        while old_start < old_end and new_start < new_end and old[old_end - 1] == new[new_end - 1]:
            old_end, new_end = old_end - 1, new_end - 1
        if old_start < old_end or new_start < new_end:
            yield _Change(old_start, old_end, new_start, new_end)


def _lines(data: bytes) -> list[bytes]:
    """The lines with their line breaks; only a line feed ends one."""
    lines = [line + b"\n" for line in data.split(b"\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _quoted(name: str) -> str:
    if not any(character < " " or character in '"\\\x7f' for character in name):
        return name
    short = {"\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
    quoted = (short.get(each) or (f"\\{ord(each):03o}" if each < " " or each == "\x7f" else each) for each in name)
    return f'"{"".join(quoted)}"'
