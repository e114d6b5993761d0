"""From byte positions to lines and columns, walking forward through one file."""

from cq.settings import TEXT_LIMIT

_BOM = b"\xef\xbb\xbf"


class Lines:
    """Positions in one file. Asked in ascending order each byte is looked at once, also in a file of one line."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._first = len(_BOM) if data.startswith(_BOM) else 0
        self._at = self._begin = self._first
        self._line = 1
        self._passed = 0  # code points between the beginning of the line and `_at`
        self._end = (-1, -1)  # where a line begins and where it ends
        self._plain = (0, -1)  # the line at hand, when it is short and ASCII: there a column is a difference
        self._text = (-1, "")  # where a line begins, and the line

    def position(self, byte: int) -> tuple[int, int, int]:
        """Line and column (1-based, column in code points) of a byte, and where its line begins."""
        if self._plain[0] <= byte <= self._plain[1]:
            return self._line, byte - self._begin + 1, self._begin
        if byte < self._at:
            self._at = self._begin = self._first
            self._line, self._passed = 1, 0
            self._plain = (0, -1)
        newlines = self._data.count(b"\n", self._at, byte)
        if newlines:
            self._line += newlines
            self._at = self._begin = self._data.rfind(b"\n", self._at, byte) + 1
            self._passed = 0
            stop = self._line_end(self._begin, byte)
            if stop - self._begin <= TEXT_LIMIT and self._data[self._begin : stop].isascii():
                self._plain = (self._begin, stop)
        self._passed += _length(self._data[self._at : byte])
        self._at = max(self._at, byte)
        return self._line, self._passed + 1, self._begin

    def text(self, begin: int, start: int, end: int) -> tuple[str, int]:
        """The line that begins at `begin`, and the column at which the text begins.

        Of a very long line it is the part around the bytes from `start` to `end`.
        """
        if self._text[0] == begin == self._end[0] and end <= self._end[1]:
            return self._text[1], 1
        stop = self._line_end(begin, end)
        if stop - begin <= TEXT_LIMIT:
            self._text = (begin, _decode(self._data[begin:stop]))
            return self._text[1], 1
        # Cut on bytes first: a minified line may be the whole file.
        left = max(begin, start - 4 * TEXT_LIMIT)
        while left < start and self._data[left] & 0xC0 == 0x80:
            left += 1  # not within a character
        line = _decode(self._data[left : min(stop, end + 4 * TEXT_LIMIT)])
        if len(line) <= TEXT_LIMIT and left == begin:
            return line, 1
        before = _length(self._data[left:start])
        column = self.position(start)[1] - before
        name = _length(self._data[start:end])
        first = max(0, before - max(0, TEXT_LIMIT - name) // 2)
        return line[first : first + max(TEXT_LIMIT, name)], column + first

    def _line_end(self, begin: int, end: int) -> int:
        if self._end[0] != begin or self._end[1] < end:
            stop = self._data.find(b"\n", end)
            self._end = (begin, stop if stop >= 0 else len(self._data))
        return self._end[1]

    def around(self, begin: int, end: int, before: int, after: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Up to so many lines before the line that begins at `begin`, and after the one that holds `end`."""
        earlier: list[str] = []
        at = begin
        while len(earlier) < before and at > self._first:
            previous = self._data.rfind(b"\n", 0, at - 1) + 1 or self._first
            earlier.append(_short(self._data[previous : at - 1]))
            at = previous
        later: list[str] = []
        at = self._data.find(b"\n", end)
        while len(later) < after and 0 <= at < len(self._data) - 1:
            following = self._data.find(b"\n", at + 1)
            later.append(_short(self._data[at + 1 : following if following >= 0 else len(self._data)]))
            at = following
        return tuple(reversed(earlier)), tuple(later)


def _short(line: bytes) -> str:
    return _decode(line[: 4 * TEXT_LIMIT])[:TEXT_LIMIT]


def _decode(line: bytes) -> str:
    return line.rstrip(b"\r").decode("utf-8", "replace")


def _length(text: bytes) -> int:
    return len(text) if text.isascii() else len(text.decode("utf-8", "replace"))
