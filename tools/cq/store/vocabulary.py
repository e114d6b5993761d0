"""The words of a text: what counts as one, and all that a file holds."""

import re
import unicodedata
from collections.abc import Set
from itertools import compress, islice

# Raised when `words_of` changes: kept words of another definition are of no use.
WORDS = f"1 {unicodedata.unidata_version}"

_RUN = re.compile(rb"[0-9A-Za-z_\x80-\xff]+")
# The same with all other bytes as blanks: to split at these takes half the time.
_SPACED = bytes(byte if _RUN.match(bytes((byte,))) else 0x20 for byte in range(256))
# The characters of a word, as Unicode's annex 18 and ripgrep have it: `x` with a combining macron is not `x`.
_WORD_CATEGORIES = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "Pc"))
# And with one mark for all that stands behind the name of a definition.
_MARK = b"("
_MARKED = bytes(_MARK[0] if byte in b"(:<{=[;" else _SPACED[byte] for byte in range(256))
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


def defined_in(data: bytes, openers: Set[bytes]) -> set[bytes]:
    """The words of a file that look defined there: behind an opener such as `class`. It is wrong at times."""
    # Marks stay at the words: what follows on an opener is picked out without a step of Python for each word.
    marked = data.translate(_MARKED).split()
    is_opener = list(map(openers.__contains__, marked))
    follows = zip(
        compress(islice(marked, 1, None), is_opener), compress(islice(marked, 2, None), is_opener), strict=False
    )
    defined = set()
    for text, behind in set(follows):
        word, mark, _ = text.partition(_MARK)
        if len(word) >= SHORTEST and (mark or behind.startswith(_MARK)):
            defined.add(word)
    return defined


def is_word_character(character: str) -> bool:
    """Whether a character is a part of words."""
    return character in _JOINERS or unicodedata.category(character) in _WORD_CATEGORIES
