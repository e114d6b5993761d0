"""From the characters that ast-grep counts to lines, columns and bytes, in any order."""

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import NamedTuple

from cq.settings import TEXT_LIMIT

_WIDE = re.compile(r"[^\x00-\x7f]")
_BOM = "\ufeff"


class Position(NamedTuple):
    """Line and column from 1, the column in code points; the byte from 0."""

    line: int
    column: int
    byte: int


class SourceText:
    """The text of one file. Bytes that are no UTF-8 stand as `?`, one each, so that every position is true."""

    def __init__(self, data: bytes) -> None:
        text = data.decode("utf-8", "surrogateescape")
        self.is_utf8 = text.isascii() or not any("\udc80" <= each <= "\udcff" for each in set(_WIDE.findall(text)))
        self.text = text if self.is_utf8 else re.sub("[\udc80-\udcff]", "?", text)

    @cached_property
    def _wide(self) -> tuple[list[int], list[int]]:
        """The characters of more than one byte, and how many bytes there are more than characters behind each."""
        at, more = [], [0]
        if not self.text.isascii():
            for found in _WIDE.finditer(self.text):
                at.append(found.start())
                code = ord(found[0])
                more.append(more[-1] + (1 if code < 0x800 else 2 if code < 0x10000 else 3))
        return at, more

    @cached_property
    def _lines(self) -> list[int]:
        """Where each line begins."""
        starts = [0]
        at = self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def byte(self, index: int) -> int:
        """The byte at which a character begins."""
        at, more = self._wide
        return index + more[bisect_left(at, index)]

    def position(self, index: int) -> Position:
        """Where a character stands."""
        line = bisect_right(self._lines, index)
        begin = self._lines[line - 1]
        # A byte order mark is no column.
        column = index - begin + 1 - (line == 1 and index > 0 and self.text.startswith(_BOM))
        return Position(line, column, self.byte(index))

    def line_text(self, start: int) -> tuple[str, int]:
        """The line in which a character stands, and the column at which the text begins: of a long line a part."""
        line = bisect_right(self._lines, start)
        begin = self._lines[line - 1]
        if begin == 0 and self.text.startswith(_BOM):
            begin = 1
        end = self._lines[line] - 1 if line < len(self._lines) else len(self.text)
        if end - begin <= TEXT_LIMIT:
            return self.text[begin:end].rstrip("\r"), 1
        first = max(begin, min(start - TEXT_LIMIT // 4, end - TEXT_LIMIT))
        return self.text[first : min(end, first + TEXT_LIMIT)].rstrip("\r"), first - begin + 1

    def part(self, start: int, end: int) -> str:
        """The text between two characters, cut when it is long."""
        whole = end - start <= TEXT_LIMIT
        return self.text[start:end] if whole else self.text[start : start + TEXT_LIMIT - 1] + "…"
