"""Lines and columns (1-based, in code points) of the tree's positions, asked for in any order."""

from tree_sitter import Point

_BOM = b"\xef\xbb\xbf"
# Of a longer line the code points are counted once, up to marks this many bytes apart.
_STEP_BYTES = 512
# No character of UTF-8 has more bytes behind its first one.
_MOST_FOLLOWING = 3


class Places:
    """From points of the tree to lines and columns: a byte is not decoded more often for a long line's sake."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._ascii = data.isascii()
        self._first = len(_BOM) if data.startswith(_BOM) else 0
        self._marks: dict[int, list[tuple[int, int]]] = {}  # line's first byte -> (byte, code points before it)

    def place(self, point: Point, byte: int) -> tuple[int, int]:
        """The line and column of a byte that stands at this point."""
        row, column = point
        if self._ascii:
            return row + 1, column + 1
        begin = byte - column
        if row == 0:
            begin = min(self._first, byte)
        if byte - begin <= _STEP_BYTES:
            return row + 1, self._length(begin, byte) + 1
        at, passed = self._mark_before(begin, byte)
        return row + 1, passed + self._length(at, byte) + 1

    def _mark_before(self, begin: int, byte: int) -> tuple[int, int]:
        marks = self._marks.setdefault(begin, [(begin, 0)])
        while (following := self._character_at(begin + len(marks) * _STEP_BYTES)) <= byte:
            at, passed = marks[-1]
            marks.append((following, passed + self._length(at, following)))
        mark = marks[min((byte - begin) // _STEP_BYTES, len(marks) - 1)]
        return mark if mark[0] <= byte else marks[marks.index(mark) - 1]

    def _character_at(self, byte: int) -> int:
        """The byte, or the first one of the character that it is in the middle of."""
        for back in range(_MOST_FOLLOWING + 1):
            if byte - back < len(self._data) and self._data[byte - back] & 0xC0 != 0x80:
                return byte - back
        return byte

    def _length(self, start: int, end: int) -> int:
        text = self._data[start:end]
        return len(text) if text.isascii() else len(text.decode("utf-8", "replace"))
