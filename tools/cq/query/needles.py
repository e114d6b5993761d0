"""Words without which a file cannot have a match: looked for in its bytes, so that most files are never parsed."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cq.packs.pattern import Clause, PatternText, parts_of
from cq.packs.score import PatternScore

_ANY_OF = ("eq?", "any-of?")


class _Words(NamedTuple):
    """Words of which a match needs one."""

    words: tuple[bytes, ...]
    whole: re.Pattern[bytes] | None  # how they stand as whole words; slower than `in`

    def stand_in(self, data: bytes) -> bool:
        if not any(word in data for word in self.words):
            return False
        return self.whole is None or self.whole.search(data) is not None


class Needles(NamedTuple):
    """For each pattern the words that a match needs, one for each predicate that says so."""

    patterns: tuple[tuple[_Words, ...], ...]

    def may_match(self, data: bytes) -> bool:
        """Whether the words of at least one pattern stand in a file."""
        return any(all(words.stand_in(data) for words in groups) for groups in self.patterns)


def may_have_needles(patterns: Iterable[PatternText]) -> bool:
    """Whether `needles_of` may have something to say: cheaper than to compile the patterns for it."""
    return all("eq?" in pattern.text or "any-of?" in pattern.text for pattern in patterns)


def needles_of(patterns: Sequence[PatternText], scores: Iterable[PatternScore]) -> Needles | None:
    """The needles of a query, or None when one of its patterns can match in any file.

    What counts is `#eq?` with a text and `#any-of?`, asked of a capture that every match has: of a node that is not
    there a predicate holds.
    """
    found = []
    for pattern, score in zip(patterns, scores, strict=True):
        words = tuple(
            _words(pattern, clause)
            for clause in parts_of(pattern).predicates
            if clause.name in _ANY_OF
            and score.captures.get(clause.arguments[0].value) in ("", "+")
            and not any(word.is_capture for word in clause.arguments[1:])
        )
        if not words:
            return None
        found.append(words)
    return Needles(tuple(found))


def _words(pattern: PatternText, clause: Clause) -> _Words:
    values = [word.value for word in clause.arguments[1:]]
    words = tuple(value.encode() for value in values)
    # An identifier stands alone; any other node may begin or end within a word, as parts of strings do.
    capture = re.escape(clause.arguments[0].value)
    structure = parts_of(pattern).structure
    nodes = re.findall(rf"\S*\s*@{capture}(?![\w.-])", structure)
    identifiers = re.findall(rf"\(\w*identifier\)\s*@{capture}(?![\w.-])", structure)
    if len(nodes) != len(identifiers) or not all(value.isascii() and value.isidentifier() for value in values):
        return _Words(words, None)
    return _Words(words, re.compile(rb"(?<![0-9A-Za-z_])(?:" + b"|".join(words) + rb")(?![0-9A-Za-z_])"))
