"""Which names are worth it that the index keeps what they are wherever they stand.

A name that stands in few files is quickly looked up in these. Of names that stand in many, those are taken that look
like they are defined somewhere, first those that are written as names are: whether they are does not matter for what
is kept of them to be right.
"""

import re
from collections import Counter
from collections.abc import Iterable, Set
from typing import NamedTuple

from cq.settings import CENSUS_BYTES_PER_PLACE, CENSUS_FILES, CENSUS_LEAST_PLACES, CENSUS_MOST_FILES
from cq.store.vocabulary import BRACKET, with_brackets, words_of

# Of how many of the places of a word it is called in, or imported by, that it counts as a name to ask for.
_CALLED = 0.12
_IMPORTED = 0.02
# How often a name stands in a file in which it stands at all.
_PLACES_PER_FILE = 8


class Usage(NamedTuple):
    """How words are used in some of the files."""

    size: int  # of these files, in bytes
    runs: Counter[bytes]  # words, with the bracket behind them
    imported: Counter[bytes]  # words in a line that begins with one such as `import`

    def called(self, word: bytes) -> int:
        """How often a word stands before a bracket."""
        return self.runs[word + BRACKET]

    def times(self, word: bytes) -> int:
        """How often it stands there at all."""
        return self.runs[word] + self.called(word)


def usage_in(files: Iterable[bytes], import_words: Iterable[str]) -> Usage:
    """How the words of these files are used."""
    words = "|".join(map(re.escape, import_words)) or "(?!)"
    imports = re.compile(rf"\n[ \t]*(?:{words})\b[^\n(]*(?:\([^)]*\))?".encode())
    usage = Usage(0, Counter(), Counter())
    size = 0
    for data in files:
        size += len(data)
        usage.runs.update(with_brackets(data))
        usage.imported.update(words_of(b" ".join(imports.findall(data))))
    return usage._replace(size=size)


def frequent_words(
    held: Iterable[tuple[bytes, int]], defined: Set[bytes], files: int, size: int, usage: Usage
) -> list[bytes]:
    """The words, of those that look defined. `held`: words, each with in how many of the files it stands; `size`: of
    all files, in bytes.
    """
    counts: Counter[bytes] = Counter()
    for word, count in held:
        if word in defined:
            counts[word] += count
    most = max(files * CENSUS_MOST_FILES, CENSUS_FILES)
    scale = size / max(usage.size, 1)
    found = []
    for word, count in counts.items():
        if CENSUS_FILES <= count <= most:
            # The files looked at are few: half of it is what stands in files on average.
            places = (usage.times(word) * scale + count * _PLACES_PER_FILE) / 2
            # What a search saves, to the second power: for the more, the worse; over what it costs.
            found.append((not _is_name(word, usage), -count * count / places, word, int(places)))
    found.sort()
    room = max(size // CENSUS_BYTES_PER_PLACE, CENSUS_LEAST_PLACES)
    chosen = []
    for _, _, word, places in found:
        if places <= room:
            room -= places
            chosen.append(word)
    return chosen


def _is_name(word: bytes, usage: Usage) -> bool:
    """Whether a word is written as names are that one asks for, rather than those of prose or of locals."""
    times = usage.times(word)
    if usage.called(word) < times * _CALLED:
        return False
    return usage.imported[word] > times * _IMPORTED or (word[:1].isupper() and not word.isupper())
