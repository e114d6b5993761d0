"""One version of a broken file, as the search for a repair sees it: bytes, tree, tokens, lines, and pieces of it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

from tree_sitter import Language, Node

from cq.diagnose.broken import Token, tokens_of
from cq.diagnose.facts import DiagnosticFacts

_PAIRS = {"(": ")", "[": "]", "{": "}"}
_WORD = re.compile(rb"[\w\x80-\xff]+|[^\w\s\x80-\xff]")
_FIRST_WORD = re.compile(rb"[ \t]*([\w\x80-\xff]+|[^\s])")


class Grammar:
    """What the diagnosis knows of a language: its grammar and the facts in its folder. Made once per process."""

    def __init__(self, name: str, language: Language, facts: DiagnosticFacts) -> None:
        self.name = name
        self.language = language
        self.facts = facts
        kinds = [language.node_kind_for_id(number) or "" for number in range(language.node_kind_count)]
        self.text_kinds = frozenset(
            kind
            for number, kind in enumerate(kinds)
            if language.node_kind_is_named(number)
            and (("string" in kind and "content" not in kind) or "comment" in kind or kind in facts.string_kinds)
        )
        anonymous = {kind for number, kind in enumerate(kinds) if not language.node_kind_is_named(number)}
        self.keywords = frozenset(kind for kind in anonymous if kind.isalpha() and len(kind) > 1)
        self.pairs = {opener: closer for opener, closer in _PAIRS.items() if {opener, closer} <= anonymous}
        self.starts = frozenset(word.encode() for word in (*facts.continuation_words, *self.pairs.values(), "{"))
        self.attached = frozenset(word.encode() for word in facts.attached_words)
        self.statement_words = frozenset(word.encode() for word in facts.statement_words)


class Source:
    """The bytes of a file and the tree of all or of a part of them. What costs a walk is made when asked for."""

    def __init__(self, grammar: Grammar, data: bytes, root: Node) -> None:
        self.grammar = grammar
        self.data = data
        self.root = root

    @cached_property
    def tokens(self) -> list[Token]:
        """The leaves of the tree that have text."""
        return list(tokens_of(self.root, self.grammar.text_kinds))

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer(rb"\n", self.data))]

    @cached_property
    def _tops(self) -> list[int]:
        """Where a piece of the file may begin: lines without indentation that begin something new."""
        return [at for at in self._plain_tops if self._may_begin(at)]

    @cached_property
    def _plain_tops(self) -> list[int]:
        """The same, when the tree is not to be trusted: a quote that is lost turns strings inside out."""
        tops: list[int] = []
        is_attached = False
        for found in re.finditer(rb"(?m)^([\w\x80-\xff]+|[^\s])", self.data):
            if found[1] not in self.grammar.starts and not (is_attached and found[1] not in self.grammar.attached):
                tops.append(found.start())
            if found[1] not in self.grammar.starts:
                is_attached = found[1] in self.grammar.attached
        return tops

    @cached_property
    def _text_spans(self) -> list[Token]:
        return [token for token in self.tokens if token.is_text]

    @cached_property
    def _text_starts(self) -> list[int]:
        return [token.start for token in self._text_spans]

    @cached_property
    def words(self) -> frozenset[bytes]:
        """The words of the file."""
        return frozenset(re.findall(rb"[A-Za-z_]\w*", self.data))

    def line_of(self, at: int) -> int:
        """The number of a byte's line, from 0."""
        return bisect_right(self._line_starts, at) - 1

    def line_start(self, line: int) -> int:
        """Where a line begins."""
        return self._line_starts[max(0, min(line, len(self._line_starts) - 1))]

    def line_end(self, line: int) -> int:
        """Where the text of a line ends, without the line break."""
        end = self._line_starts[line + 1] if line + 1 < len(self._line_starts) else len(self.data)
        start = self.line_start(line)
        while end > start and self.data[end - 1] in b"\r\n":
            end -= 1
        return end

    def line_text(self, line: int) -> bytes:
        """The text of a line."""
        return self.data[self.line_start(line) : self.line_end(line)]

    @property
    def line_count(self) -> int:
        """How many lines there are."""
        return len(self._line_starts)

    def code_end(self, line: int) -> int:
        """Where the code of a line ends: before a comment at its end, and the space before that."""
        start, end = self.line_start(line), self.line_end(line)
        mark = self.grammar.facts.line_comment.encode()
        token = self.token_before(end)
        if token is not None and token.is_text and token.start >= start and mark:
            end = token.start if self.data.startswith(mark, token.start) else end
        return start + len(self.data[start:end].rstrip())

    def token_before(self, at: int) -> Token | None:
        """The last token that begins before a byte."""
        number = bisect_left(self._token_starts, at) - 1
        return self.tokens[number] if number >= 0 else None

    def tokens_between(self, start: int, end: int) -> list[Token]:
        """The tokens that begin in these bytes."""
        return self.tokens[bisect_left(self._token_starts, start) : bisect_left(self._token_starts, end)]

    def in_text(self, at: int) -> bool:
        """Whether a place is within a string or a comment."""
        number = bisect_left(self._text_starts, at) - 1
        return number >= 0 and self._text_spans[number].end > at

    def word_ends(self, low: int, high: int) -> Iterator[int]:
        """The ends of the words and signs in these bytes."""
        for found in _WORD.finditer(self.data, low, high):
            yield found.end()

    def word_starts(self, low: int, high: int) -> Iterator[int]:
        """Where they begin."""
        for found in _WORD.finditer(self.data, low, high):
            yield found.start()

    def first_word(self, line: int) -> bytes:
        """What a line begins with."""
        found = _FIRST_WORD.match(self.data, self.line_start(line), self.line_end(line))
        return found[1] if found else b""

    def indent(self, line: int) -> int:
        """How many bytes of space a line begins with; -1 of an empty line."""
        text = self.line_text(line)
        stripped = text.lstrip()
        return len(text) - len(stripped) if stripped else -1

    def piece(self, low: int, high: int, by_text: bool = False) -> tuple[int, int]:
        """The smallest part of the file that holds these bytes and stands on its own."""
        tops = self._plain_tops if by_text else self._tops
        before = bisect_right(tops, low) - 1
        start = tops[before] if before >= 0 else 0
        after = bisect_left(tops, max(high, self.line_end(self.line_of(low)) + 1))
        return start, tops[after] if after < len(tops) else len(self.data)

    def is_balanced(self, low: int, high: int) -> bool:
        """Whether each bracket in these bytes has its partner in them."""
        pairs = self.grammar.pairs
        closers = frozenset(pairs.values())
        stack: list[str] = []
        for token in self.tokens_between(low, high):
            if token.kind in pairs:
                stack.append(pairs[token.kind])
            elif token.kind in closers and (not stack or stack.pop() != token.kind):
                return False
        return not stack

    def _may_begin(self, at: int) -> bool:
        if self.data[at : at + 1] in (b'"', b"'"):
            return False
        token = self.token_before(at + 1)
        return token is None or token.start >= at or token.end <= at
