"""From byte positions to lines and columns, walking forward through one file."""

from cq.settings import TEXT_LIMIT

_BOM = b"\xef\xbb\xbf"


class Lines:
    """Positions in one file. Asked in ascending order each newline is counted once."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self._line = 1
        self._first = len(_BOM) if data.startswith(_BOM) else 0

    def position(self, byte: int) -> tuple[int, int, int]:
        """Line and column (1-based, column in code points) of a byte, and where its line begins."""
        if byte < self._at:
            self._at, self._line = 0, 1
        self._line += self._data.count(b"\n", self._at, byte)
        self._at = byte
        begin = self._data.rfind(b"\n", 0, byte) + 1
        if begin == 0:
            begin = self._first
        return self._line, _length(self._data[begin:byte]) + 1, begin

    def text(self, begin: int, start: int, end: int) -> tuple[str, int]:
        """The line that begins at `begin`, and the column at which the text begins.

        Of a very long line it is the part around the bytes from `start` to `end`.
        """
        stop = self._data.find(b"\n", end)
        if stop < 0:
            stop = len(self._data)
        if stop - begin <= TEXT_LIMIT:
            return _decode(self._data[begin:stop]), 1
        # Cut on bytes first: a minified line may be the whole file.
        left = max(begin, start - 4 * TEXT_LIMIT)
        line = _decode(self._data[left : min(stop, end + 4 * TEXT_LIMIT)])
        before = len(_decode(self._data[left:start]))
        column = _length(self._data[begin:left]) + 1
        if len(line) <= TEXT_LIMIT and left == begin:
            return line, 1
        name = len(_decode(self._data[start:end]))
        first = max(0, before - max(0, TEXT_LIMIT - name) // 2)
        return line[first : first + max(TEXT_LIMIT, name)], column + first

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
