"""The words of a text: what counts as one, and all that a file holds."""

import functools
import re
import unicodedata
from collections.abc import Iterable

# Raised when `words_of` changes: kept words of another definition are of no use.
WORDS = f"1 {unicodedata.unidata_version}"

_IN_RUN = rb"0-9A-Za-z_\x80-\xff"
_RUN = re.compile(rb"[%b]" % _IN_RUN)
_IS_IN_RUN = bytes(bool(_RUN.match(bytes((byte,)))) for byte in range(256))
# With all other bytes as blanks: to split at these takes half the time of finding runs.
_SPACED = bytes(byte if _IS_IN_RUN[byte] else 0x20 for byte in range(256))
# The same, but for the bracket behind what is called.
BRACKET = b"("
_BRACKETED = bytes(byte if byte == BRACKET[0] else _SPACED[byte] for byte in range(256))
# What follows on the name of a definition.
_MARKS = rb"(:<{=\[;"
# The characters of a word, as Unicode's annex 18 and ripgrep have it: `x` with a combining macron is not `x`.
_WORD_CATEGORIES = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "Pc"))
# A shorter word is no name that many files share, but one of prose, or a variable.
SHORTEST = 3
_JOINERS = "\u200c\u200d"


def words_of(data: bytes) -> set[bytes]:
    """The distinct words of a file."""
    runs = set(data.translate(_SPACED).split())
    if data.isascii():
        return runs
    words = set()
    for run in runs:
        if run.isascii():
            words.add(run)
            continue
        # Among the bytes beyond ASCII are letters, but also dashes, quotes and arrows.
        text = run.decode("utf-8", "surrogateescape")
        parts = "".join(character if is_word_character(character) else " " for character in text).split()
        words.update(part.encode("utf-8", "surrogateescape") for part in parts)
    return words


def starts_of(data: bytes, words: Iterable[bytes]) -> list[int]:
    """Where these words stand in a file, ascending. Not beside a byte beyond ASCII: that may belong to the word."""
    starts: list[int] = []
    last = len(data)
    for word in words:
        size = len(word)
        at = data.find(word)
        while at >= 0:
            end = at + size
            if not (at and _IS_IN_RUN[data[at - 1]]) and not (end < last and _IS_IN_RUN[data[end]]):
                starts.append(at)
            at = data.find(word, end)
    starts.sort()
    return starts


def with_brackets(data: bytes) -> list[bytes]:
    """The words of a file in their order, each with the bracket that stands behind it."""
    return data.replace(BRACKET, BRACKET + b" ").translate(_BRACKETED).split()


def defined_in(data: bytes, openers: Iterable[bytes]) -> set[bytes]:
    """The words of a file that look defined there: behind an opener such as `class`. It is wrong at times.

    Give only the openers that are words of the file: each is looked for in all of it.
    """
    return {word for opener in openers for word in _behind(opener).findall(data)}


@functools.cache
def _behind(opener: bytes) -> re.Pattern[bytes]:
    """What stands behind an opener and before one of the marks that follow on the name of a definition."""
    between = rb"[^%b%b]" % (_IN_RUN, _MARKS)
    name = rb"([%b]{%d,})" % (_IN_RUN, SHORTEST)
    # That the opener is a whole word is asked behind it: a pattern that begins with text is looked for by that.
    return re.compile(rb"%b(?<![%b]%b)%b+%b%b*[%b]" % (opener, _IN_RUN, opener, between, name, between, _MARKS))


def is_word_character(character: str) -> bool:
    """Whether a character is a part of words."""
    return character in _JOINERS or unicodedata.category(character) in _WORD_CATEGORIES
