"""The words of a text: what counts as one, and all that a file holds."""

import re
import unicodedata
from collections.abc import Iterable, Sequence, Set
from itertools import compress, islice

# Raised when `words_of` changes: kept words of another definition are of no use.
WORDS = f"1 {unicodedata.unidata_version}"

_RUN = re.compile(rb"[0-9A-Za-z_\x80-\xff]+")
# The same with all other bytes as blanks: to split at these takes half the time.
_SPACED = bytes(byte if _RUN.match(bytes((byte,))) else 0x20 for byte in range(256))
# The characters of a word, as Unicode's annex 18 and ripgrep have it: `x` with a combining macron is not `x`.
_WORD_CATEGORIES = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "Pc"))
# What stands behind the name of a definition.
_BEHIND = (b"(", b":", b"<", b"{", b"=", b"[", b";")
# A shorter word is no name that many files share, but one of prose, or a variable.
SHORTEST = 3
_JOINERS = "\u200c\u200d"


def words_of(data: bytes) -> set[bytes]:
    """The distinct words of a file."""
    return words_in(data, runs_of(data))


def runs_of(data: bytes) -> list[bytes]:
    """The runs of bytes that may belong to words, in their order."""
    return data.translate(_SPACED).split()


def words_in(data: bytes, all_runs: Iterable[bytes]) -> set[bytes]:
    """The distinct words of a file with these runs."""
    runs = set(all_runs)
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


def defined_in(data: bytes, runs: Sequence[bytes], openers: Set[bytes], known: Set[bytes]) -> set[bytes]:
    """The words of a file that look defined there: behind an opener such as `class`. It is wrong at times.

    Without those that are known.
    """
    # What follows on an opener, picked out without a step of Python for each word.
    is_opener = list(map(openers.__contains__, runs))
    follows = zip(compress(runs, is_opener), compress(islice(runs, 1, None), is_opener), strict=False)
    defined = set()
    for opener, word in set(follows):
        if len(word) >= SHORTEST and word not in known:
            whole = opener + b" " + word
            end = data.find(whole) + len(whole)
            if end >= len(whole) and data[end : end + 2].lstrip()[:1] in _BEHIND:
                defined.add(word)
    return defined


def is_word_character(character: str) -> bool:
    """Whether a character is a part of words."""
    return character in _JOINERS or unicodedata.category(character) in _WORD_CATEGORIES
