"""Edits: what was replaced between two versions of a file's bytes, and where unchanged bytes stand afterwards.

Edits of one list are in order and do not overlap. All their offsets count in the old bytes, as if each were the only
one: `new_end_byte - start_byte` is the length of the text that takes the place of `start_byte` to `old_end_byte`.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tree_sitter import Point, Tree

from cq.errors import CqError

Span = tuple[int, int]  # start and end byte, half-open

# A larger middle is one edit: comparing its lines would cost more than to parse and query it again.
_MIDDLE_BYTES = 64_000
_MIDDLE_LINES = 400


class Edit(NamedTuple):
    """One piece of text in place of another."""

    start_byte: int
    old_end_byte: int
    new_end_byte: int

    @property
    def delta(self) -> int:
        """How far what follows is moved."""
        return self.new_end_byte - self.old_end_byte


def check_edits(edits: Sequence[Edit], size: int) -> None:
    """Raise CqError for edits that no file of this size can have."""
    last = 0
    for edit in edits:
        start, old_end, new_end = edit
        if start < 0 or old_end > size:
            raise CqError(f"an edit of bytes {start} to {old_end} is outside of the file, which has {size} bytes")
        if old_end < start or new_end < start:
            raise CqError(f"an edit ends before its start: {start} to {min(old_end, new_end)}")
        if start < last:
            raise CqError(f"an edit at byte {start} overlaps the one before it, or is out of order")
        last = old_end


def check_edits_turn(edits: Sequence[Edit], old: bytes, new: bytes) -> None:
    """Raise CqError for edits that do not lead from the old bytes to the new ones."""
    check_edits(edits, len(old))
    if len(old) + sum(edit.delta for edit in edits) != len(new):
        raise CqError(f"these edits do not turn a file of {len(old)} bytes into one of {len(new)}")
    at = delta = 0
    for start, end, move in [*((edit.start_byte, edit.old_end_byte, edit.delta) for edit in edits), (len(old), 0, 0)]:
        if old[at:start] != new[at + delta : start + delta]:
            raise CqError(f"the bytes {at} to {start} are not part of any edit, and changed")
        at, delta = end, delta + move


def apply_edits(old: bytes, edits: Sequence[Edit], texts: Sequence[bytes]) -> bytes:
    """The old bytes with each edit's text in place. Raises CqError when the edits do not fit the bytes or the texts."""
    check_edits(edits, len(old))
    if [len(text) for text in texts] != [edit.new_end_byte - edit.start_byte for edit in edits]:
        raise CqError("the texts are not as long as their edits say")
    pieces: list[bytes] = []
    at = 0
    for edit, text in zip(edits, texts, strict=True):
        pieces += old[at : edit.start_byte], text
        at = edit.old_end_byte
    return b"".join((*pieces, old[at:]))


def edits_between(old: bytes, new: bytes) -> tuple[Edit, ...]:
    """Edits that turn the old bytes into the new ones: line by line where little changed, otherwise one."""
    return tuple(_edits(old, new, 0, _MIDDLE_LINES))


def _edits(old: bytes, new: bytes, offset: int, most_lines: int) -> list[Edit]:
    if old == new:
        return []
    before = _common_start(old, new)
    after = _common_end(old[before:], new[before:])
    start, old_end, new_end = before, len(old) - after, len(new) - after
    whole = [Edit(start + offset, old_end + offset, new_end + offset)]
    if max(old_end, new_end) - start > _MIDDLE_BYTES or not most_lines:
        return whole
    old_lines, new_lines = old[start:old_end].splitlines(True), new[start:new_end].splitlines(True)
    if min(len(old_lines), len(new_lines)) < 2 or max(len(old_lines), len(new_lines)) > most_lines:
        return whole
    from difflib import SequenceMatcher  # only edits of several lines need it

    edits: list[Edit] = []
    at = start  # of the old lines from the next one on
    done = 0  # old lines before it
    for _, first, last, new_first, new_last in SequenceMatcher(None, old_lines, new_lines, False).get_opcodes():
        at += sum(map(len, old_lines[done:first]))
        done = first
        edits += _edits(b"".join(old_lines[first:last]), b"".join(new_lines[new_first:new_last]), at + offset, 0)
    return edits


def _common_start(old: bytes, new: bytes) -> int:
    """How many bytes both begin with. By halves: comparing slices is far faster than comparing bytes."""
    least, most = 0, min(len(old), len(new))
    while least < most:
        middle = (least + most + 1) // 2
        if old[least:middle] == new[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least


def _common_end(old: bytes, new: bytes) -> int:
    least, most = 0, min(len(old), len(new))
    while least < most:
        middle = (least + most + 1) // 2
        if old[len(old) - middle : len(old) - least] == new[len(new) - middle : len(new) - least]:
            least = middle
        else:
            most = middle - 1
    return least


def new_spans(edits: Iterable[Edit]) -> list[Span]:
    """Where the text of each edit stands in the new bytes."""
    delta = 0
    spans: list[Span] = []
    for edit in edits:
        spans.append((edit.start_byte + delta, edit.new_end_byte + delta))
        delta += edit.delta
    return spans


def shifted(span: Span, edits: Iterable[Edit]) -> Span | None:
    """Where a span of old bytes stands in the new ones; None when it touches an edit."""
    start, end = span
    delta = 0
    for edit in edits:
        if edit.start_byte > end:
            break
        if edit.old_end_byte >= start:
            return None
        delta += edit.delta
    return start + delta, end + delta


def covered(span: Span, edits: Iterable[Edit]) -> Span:
    """The span of new bytes that holds what is left of a span of old bytes, and the text of the edits in it."""
    start, end = span
    new_start, new_end = start, end
    delta = 0
    for edit in edits:
        if edit.start_byte > end:
            break
        if edit.start_byte <= start <= edit.old_end_byte:
            new_start = edit.start_byte + delta
        delta += edit.delta
        if edit.old_end_byte < start:
            new_start = start + delta
        new_end = max(end, edit.old_end_byte) + delta
    return new_start, new_end


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, those that overlap or touch made one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


def edited_copy(tree: Tree, old: bytes, new: bytes, edits: Sequence[Edit]) -> Tree:
    """A copy of the tree of the old bytes that knows of the edits: what an incremental parse begins with."""
    copy = tree.copy()
    # From the last to the first, so that the positions of those to come are still those of the old bytes.
    for edit, (start, end) in reversed([*zip(edits, new_spans(edits), strict=True)]):
        old_start = _point(old, edit.start_byte)
        copy.edit(*edit, old_start, _point(old, edit.old_end_byte), _behind(old_start, new[start:end]))
    return copy


def _point(data: bytes, at: int) -> Point:
    return Point(data.count(b"\n", 0, at), at - data.rfind(b"\n", 0, at) - 1)


def _behind(start: Point, text: bytes) -> Point:
    """The point at the end of a text that begins at a point."""
    rows = text.count(b"\n")
    return Point(start.row + rows, len(text) - text.rfind(b"\n") - 1 + (0 if rows else start.column))
