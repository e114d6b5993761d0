"""Match the brackets of a file, and say which have no partner and where that most likely belongs.

The grammar is not asked: after a bracket is lost it often sees the error far below. Who wrote the file says with
the indentation of its lines where each bracket was to be closed; that is what is believed here first.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cq.diagnose.broken import Token
from cq.diagnose.facts import DiagnosticFacts


class Suspect(NamedTuple):
    """A bracket that has no partner, by one reading of the file."""

    missing: str  # the bracket that lacks
    partner: int  # start byte of the one that is there
    low: int  # the missing one belongs into these bytes
    high: int
    place: int  # and most likely to the line of this byte
    own_line: int = -1  # the indentation, when it likely stands on a line of its own
    is_sure: bool = True  # false when the brackets match and only the indentation is odd
    column: int = -1  # of the one that is there, when it is the first of its line


class _Open(NamedTuple):
    kind: str
    at: int
    line: int
    indent: int  # of the line, or of the line where what the line goes on with was begun
    align: int  # column of what follows it on its line; -1 at the end of the line
    end: int
    in_header: bool  # on a line that begins a block


class Matching:
    """The stack of open brackets while the tokens of a file pass."""

    def __init__(self, pairs: Mapping[str, str], facts: DiagnosticFacts) -> None:
        self._pairs = pairs
        self._openers = {closer: opener for opener, closer in pairs.items()}
        self._words = frozenset(facts.statement_words)
        self._continues = frozenset(facts.continuation_words)
        self._headers_begin = frozenset(facts.block_words)
        self._header_ends = facts.block_opener
        self._first = ""  # kind of the first token of the line
        self._last = ""  # of the last one before
        self._goes_on = False
        self._stack: list[_Open] = []
        self._headers: dict[int, int] = {}  # indentation -> start of the last line that has it
        self._misaligned: list[tuple[_Open, int]] = []
        self.suspects: list[Suspect] = []
        self.depth = 0

    def run(self, tokens: Sequence[Token], data: bytes) -> list[Suspect]:
        """The suspects of a file, in the order in which they show."""
        line = -1
        indent = 0
        for number, token in enumerate(tokens):
            kind = token.kind
            is_first = token.line > line
            if is_first:
                line, indent = token.line, token.column
                self._begin_line(token)
                # A line below another, further to the right, and not in a block: it goes on with that one.
                self._goes_on = self._last not in ("", "{", ";", self._header_ends)
                self._first = kind
                if not token.is_text:
                    for deeper in [each for each in self._headers if each > indent]:
                        del self._headers[deeper]
            if kind in self._pairs:
                following = tokens[number + 1] if number + 1 < len(tokens) else None
                align = following.column if following is not None and following.line == line else -1
                in_header = self._first in self._headers_begin
                self._stack.append(_Open(kind, token.start, line, indent, align, token.end, in_header))
                self.depth = max(self.depth, len(self._stack))
            elif kind in self._openers:
                closed = self._close(token, indent, is_first)
                if closed is not None:
                    indent = min(indent, closed.indent)
            if is_first and kind not in self._openers and not token.is_text:
                self._headers[indent] = token.start
            self._last = self._last if token.is_text else kind
            line = max(line, token.line + data.count(b"\n", token.start, token.end) if token.is_text else line)
        for opened in reversed(self._stack):
            self._unclosed(opened, len(data), opened.indent if opened.align < 0 else -1)
        self._stack.clear()
        return self.suspects

    def _begin_line(self, token: Token) -> None:
        """What a new line says of the brackets that are open."""
        if token.kind in self._openers or token.is_text:
            return
        is_block = bool(self._header_ends) and self._last == self._header_ends
        is_statement = token.kind in self._words
        while self._stack:
            top = self._stack[-1]
            if top.kind == "{" and not is_statement and token.kind in self._continues:
                break
            is_over = top.indent >= token.column or (is_statement and self._is_inner(top))
            if not (top.line < token.line and (is_over or (is_block and top.in_header))):
                break
            self._stack.pop()
            self._unclosed(top, token.start, top.indent if top.align < 0 else -1)
        for below in self._stack[:-1]:
            top = self._stack[-1]
            if top.line < token.line and top.align > token.column == below.align and below.at != top.at:
                self._misaligned.append((top, token.start))
                break

    def _is_inner(self, opened: _Open) -> bool:
        """Whether no statement may stand in this bracket."""
        return opened.kind != "{" or bool(self._words)

    def _close(self, token: Token, indent: int, is_first: bool) -> _Open | None:
        wanted = self._openers[token.kind]
        if is_first:
            # A bracket at the start of a line closes what was opened on a line that is indented as far.
            fitting = next(
                (k for k in range(len(self._stack) - 1, -1, -1) if self._stack[k].indent <= token.column), -1
            )
            if fitting >= 0 and self._stack[fitting].kind == wanted and self._stack[fitting].indent == token.column:
                # On one line several may be open: `foo(|x| {`.
                while fitting + 1 < len(self._stack) and self._stack[fitting + 1].indent <= token.column:
                    fitting += 1
                for opened in reversed(self._stack[fitting + 1 :]):
                    self._unclosed(opened, token.start, opened.indent if opened.align < 0 else -1)
                del self._stack[fitting + 1 :]
        if self._stack and self._stack[-1].kind == wanted:
            closed = self._stack.pop()
            is_odd = closed.indent < token.column if is_first else closed.align < 0
            if is_odd and closed.line < token.line:
                self._unopened(token, is_first, is_sure=False)
            return closed
        inner = next((k for k in range(len(self._stack) - 1, -1, -1) if self._stack[k].kind == wanted), -1)
        if inner < 0 or (is_first and self._stack[inner].indent < token.column):
            self._unopened(token, is_first, is_sure=True)
            return None
        above = self._stack[inner + 1 :]
        if any(each.line < token.line and each.align < 0 for each in above) and not is_first:
            # A block is open in between: rather is this bracket the one too many.
            self._unopened(token, is_first, is_sure=True)
            return None
        for opened in reversed(above):
            self._unclosed(opened, token.start, -1)
        self._unopened(token, is_first, is_sure=False)
        del self._stack[inner + 1 :]
        return self._stack.pop()

    def _unclosed(self, opened: _Open, high: int, own_line: int) -> None:
        closer = self._pairs[opened.kind]
        for inner, before in self._misaligned:
            if opened.at < inner.at and before <= high and self._pairs[inner.kind] == closer:
                self.suspects.append(Suspect(closer, inner.at, inner.end, before, inner.at))
        place = opened.at if own_line < 0 else high
        self.suspects.append(Suspect(closer, opened.at, opened.end, high, place, own_line))

    def _unopened(self, token: Token, is_first: bool, is_sure: bool) -> None:
        header = self._headers.get(token.column) if is_first else None
        if header is None:
            below = sorted(start for start in self._headers.values() if start < token.start)
            header = below[-1] if below else 0
            if not is_first and len(below) > 1 and self._goes_on:
                header = below[-2]
        self.suspects.append(
            Suspect(
                self._openers[token.kind],
                token.start,
                header,
                token.start,
                header if is_first else token.start,
                is_sure=is_sure,
                column=token.column if is_first else -1,
            )
        )
