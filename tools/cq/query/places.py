"""From byte spans in one file to encoded evidence rows."""

from typing import NamedTuple

import msgspec

from cq.lanes.lines import Lines
from cq.rows.query import EvidenceRow
from cq.rows.shared import as_text
from cq.settings import TEXT_LIMIT

_encode_row = msgspec.json.Encoder().encode


class Said(NamedTuple):
    """What a row says of its pattern."""

    pack: str
    pattern: int
    role: str
    kind: str


class Places:
    """Makes the rows of one file."""

    def __init__(self, path: str, data: bytes, language: str) -> None:
        self._path = as_text(path)
        self._data = data
        self._language = language
        self._lines = Lines(data)

    def evidence(self, start: int, end: int, said: Said, number: int) -> bytes:
        """The row of a pack's pattern."""
        line, column, begin = self._lines.position(start)
        name = self._text(start, end)
        end_line, end_column = self._end(start, end, line, column, name)
        text, _ = self._lines.text(begin, start, end if end_line == line else start)
        return _encode_row(
            EvidenceRow(
                path=self._path,
                line=line,
                column=column,
                end_line=end_line,
                end_column=end_column,
                start_byte=start,
                end_byte=end,
                language=self._language,
                pack=said.pack,
                pattern=said.pattern,
                match=number,
                role=said.role,
                kind=said.kind,
                name=name,
                text=text.strip(),
            )
        )

    def row(self, start: int, end: int, capture: str, node: str, said: Said, number: int) -> bytes:
        """The row of a captured node of this kind."""
        line, column, _ = self._lines.position(start)
        text = self._text(start, end)
        end_line, end_column = self._end(start, end, line, column, text)
        return _encode_row(
            EvidenceRow(
                path=self._path,
                line=line,
                column=column,
                end_line=end_line,
                end_column=end_column,
                start_byte=start,
                end_byte=end,
                language=self._language,
                capture=capture,
                node=node,
                pattern=said.pattern,
                match=number,
                text=text,
            )
        )

    def _end(self, start: int, end: int, line: int, column: int, text: str) -> tuple[int, int]:
        """Line and column of the end of a span that begins there and holds this text, which may be cut."""
        if len(text) == end - start and "\n" not in text:  # all of it, and ASCII
            return line, column + end - start
        newlines = self._data.count(b"\n", start, end)
        last = self._data.rfind(b"\n", start, end) + 1 if newlines else start
        width = len(self._data[last:end].decode("utf-8", "replace"))
        return line + newlines, width + 1 if newlines else column + width

    def _text(self, start: int, end: int) -> str:
        text = self._data[start : min(end, start + 4 * TEXT_LIMIT)].decode("utf-8", "replace")
        whole = end - start <= 4 * TEXT_LIMIT and len(text) <= TEXT_LIMIT
        return text if whole else text[: TEXT_LIMIT - 1] + "…"
