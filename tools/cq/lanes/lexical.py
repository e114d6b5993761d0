"""Judge a hit by the text of its line, where there is no grammar: a guess, and the row says so."""

import re

from cq.lanes.table import Lexical
from cq.lanes.verdict import Verdict

_LAST_WORD = re.compile(rb"([\w!]+)[\s*&]*$")
_QUOTES = re.compile(rb"\\.|[\"'`]")


class LexicalReader:
    """The rules for files in a language that cq has no entry for."""

    def __init__(self, rules: Lexical) -> None:
        self._definitions = frozenset(word.encode() for word in rules.definition_words)
        self._imports = frozenset(word.encode() for word in rules.import_words)
        self._comments = tuple(word.encode() for word in rules.line_comments)

    def verdict(self, data: bytes, start: int, end: int) -> Verdict:
        """The likely role of the word at these bytes."""
        line_start = data.rfind(b"\n", 0, start) + 1
        before = data[max(line_start, start - 400) : start]
        after = data[end : end + 80].split(b"\n", 1)[0]
        stripped = before.lstrip()
        if stripped.startswith(self._comments) or any(b" " + mark + b" " in before for mark in self._comments[:2]):
            return Verdict("comment")
        if _inside_quotes(before):
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


def _inside_quotes(before: bytes) -> bool:
    quote = b""
    for found in _QUOTES.finditer(before):
        mark = found.group()
        if mark.startswith(b"\\"):
            continue
        if not quote:
            quote = mark
        elif mark == quote:
            quote = b""
    return bool(quote)
