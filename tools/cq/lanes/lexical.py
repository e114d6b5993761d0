"""Judge a hit by the text of its line, where there is no grammar: a guess, and the row says so."""

import re

from cq.lanes.table import Lexical
from cq.lanes.verdict import Verdict

_LAST_WORD = re.compile(rb"([\w!]+)[\s*&]*$")
_QUOTES = re.compile(rb"\\.|[\"'`]")
# So much of the beginning of a line and of what stands before a word is looked at.
_SHORT = 400


class _Place:
    """How far a file was read: the line, and whether a quote is open. Words come in ascending order."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = self.line = 0
        self.quote = b""

    def go_on_to(self, start: int) -> None:
        """Read on: no quote goes on over the end of a line."""
        newline = self.data.rfind(b"\n", self.at, start)
        if newline >= 0:
            self.at = self.line = newline + 1
            self.quote = b""
        for found in _QUOTES.finditer(self.data, self.at, start):
            mark = found.group()
            if mark.startswith(b"\\"):
                continue
            if not self.quote:
                self.quote = mark
            elif mark == self.quote:
                self.quote = b""
        self.at = start


class LexicalReader:
    """The rules for files in a language that cq has no entry for."""

    def __init__(self, rules: Lexical) -> None:
        self._definitions = frozenset(word.encode() for word in rules.definition_words)
        self._imports = frozenset(word.encode() for word in rules.import_words)
        self._comments = tuple(word.encode() for word in rules.line_comments)
        self._place = _Place(b"")

    def verdict(self, data: bytes, start: int, end: int) -> Verdict:
        """The likely role of the word at these bytes."""
        if data is not self._place.data or start < self._place.at:
            self._place = _Place(data)
        self._place.go_on_to(start)
        line = self._place.line
        before = data[max(line, start - _SHORT) : start]
        after = data[end : end + 80].split(b"\n", 1)[0]
        stripped = data[line : min(start, line + _SHORT)].lstrip()
        if stripped.startswith(self._comments) or any(b" " + mark + b" " in before for mark in self._comments[:2]):
            return Verdict("comment")
        if self._place.quote:
            return Verdict("string")
        word = _LAST_WORD.search(before)
        if word is not None and word.group(1) in self._definitions:
            return Verdict("definition", word.group(1).decode())
        first = stripped.split(None, 1)
        if first and first[0] in self._imports:
            return Verdict("import")
        if after.lstrip().startswith(b"("):
            return Verdict("call")
        return Verdict("reference")
