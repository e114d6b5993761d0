"""Which names are worth it that the index keeps what they are wherever they stand.

A name that stands in few files is quickly looked up in these. Of names that stand in many, those are taken that look
like they are defined somewhere: whether they are does not matter for what is kept of them to be right.
"""

from collections import Counter
from collections.abc import Iterable, Set

from cq.settings import CENSUS_BYTES_PER_POSTING, CENSUS_FILES, CENSUS_LEAST_POSTINGS, CENSUS_MOST_FILES


def frequent_words(held: Iterable[tuple[bytes, int]], defined: Set[bytes], files: int, size: int) -> list[bytes]:
    """The words, of those that look defined. `held`: words, each with in how many of the files it stands; `size`: of
    all files, in bytes.
    """
    counts: Counter[bytes] = Counter()
    for word, count in held:
        if word in defined:
            counts[word] += count
    most = max(files * CENSUS_MOST_FILES, CENSUS_FILES)
    found = [word for word, count in counts.items() if CENSUS_FILES <= count <= most]
    found.sort(key=lambda word: (-counts[word], word))
    room = max(size // CENSUS_BYTES_PER_POSTING, CENSUS_LEAST_POSTINGS)
    chosen = []
    for word in found:
        room -= counts[word]
        if room < 0:
            break
        chosen.append(word)
    return chosen
