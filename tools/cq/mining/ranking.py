"""From counts to the idioms worth reading: which are closed, which stand for many, and in which order.

A first order by what the counts alone tell picks candidates; their forms, made from one real place each, tell the
rest: how many words are told, and by how much they stand together more often than each by itself.
"""

import heapq
import math
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cq.mining.counting import Counted
from cq.mining.form import Form

# A pattern that lies in one other at so large a share of its places says nothing that the other does not.
CLOSED = 0.9
# And at this share it is shown as a part of the other.
PART_OF = 0.5
# What an idiom counts for that is in tests only.
_OF_TESTS = 0.25
# And one that tells so few words, and hardly anything around them: `a.get(b)`, `Math.abs(a)`.
_THIN = ((1, 6, 0.15), (2, 5, 0.5))


class Candidate(NamedTuple):
    """One entry of the counts that may be shown."""

    entry: int
    occurrences: int
    files: int
    projects: int
    library: float  # what it counts for: 1, less when it is mostly in tests
    size: int
    parent: int  # the entry that most of its places lie in, -1 without
    covered: int
    places: float  # the files, of which each further one in a folder counts for less


class Made(NamedTuple):
    """A candidate with its form."""

    candidate: Candidate
    form: Form
    path: str
    language: str
    start_byte: int
    end_byte: int
    skeleton: int
    categories: dict[str, str]  # each with why


def closed(counted: Counted) -> list[int]:
    """The entries that are not nearly always within one other."""
    counts = counted.counts
    inside = (counts.parents >= 0) & (counts.covered >= CLOSED * counts.occurrences)
    return [int(each) for each in np.flatnonzero(~inside)]


def candidates(
    counted: Counted, entries: Sequence[int], by: str, most: int, folders: Sequence[int] = ()
) -> list[Candidate]:
    """The entries that are best by what the counts tell, at most so many. `folders` are those of the contents."""
    counts, places = counted.counts, counted.places
    apart = _apart(counted, folders)
    firsts = np.searchsorted(places.entries, entries)
    sizes = places.kinds[firsts] >> 16
    found = [
        Candidate(
            entry,
            int(counts.occurrences[entry]),
            int(counts.files[entry]),
            int(counts.projects[entry]),
            _library(int(counts.library[entry]), int(counts.files[entry])),
            int(size),
            int(counts.parents[entry]),
            int(counts.covered[entry]),
            float(apart[entry]) if len(folders) else float(counts.files[entry]),
        )
        for entry, size in zip(entries, sizes, strict=True)
    ]
    worth = _ORDERS.get(by, _promise)
    return heapq.nlargest(most, found, key=lambda each: (worth(each), -each.entry))


def _apart(counted: Counted, folders: Sequence[int]) -> npt.NDArray[np.float64]:
    """For each entry how many files have it on their own account.

    Files of one folder are often copies of one another, so `n` of them count for log2(1 + n). Of a content with copies
    the first one stands for all.
    """
    size = len(counted.counts.keys)
    if not len(folders):
        return np.zeros(size)
    places = counted.places
    first = np.ones(len(places.blobs), dtype=bool)
    first[1:] = (places.blobs[1:] != places.blobs[:-1]) | (places.entries[1:] != places.entries[:-1])
    most = max(folders) + 1
    pairs = places.entries[first].astype(np.int64) * most + np.asarray(folders)[places.blobs[first]]
    distinct, files = np.unique(pairs, return_counts=True)
    return np.bincount(distinct // most, np.log2(1 + files), size).astype(np.float64)


def gain(candidate: Candidate) -> float:
    """The words that telling the idiom once would save."""
    return (candidate.occurrences - 1) * (candidate.size - 1)


def _promise(candidate: Candidate) -> float:
    """What the counts alone tell of the score."""
    spread = math.log2(1 + candidate.projects) * math.log2(1 + candidate.places)
    return spread * math.pow(min(candidate.size, 20), 0.7) * candidate.library


def _library(files: int, of: int) -> float:
    """Half of the files being library code is enough; what only tests do is of little interest to anybody else."""
    return _OF_TESTS + (1 - _OF_TESTS) * min(1.0, 2 * files / max(1, of))


_ORDERS: dict[str, Callable[[Candidate], float]] = {
    "count": lambda each: each.occurrences,
    "projects": lambda each: each.projects + each.files / 1e9,
    "gain": gain,
}


def cover(places: Sequence[Sequence[int]]) -> list[int]:
    """For each list of contents one of them, so that few contents are taken in all: the greedy cover."""
    holders: dict[int, list[int]] = {}
    for number, blobs in enumerate(places):
        for blob in blobs:
            holders.setdefault(blob, []).append(number)
    chosen = [-1] * len(places)
    heap = [(-len(numbers), blob) for blob, numbers in holders.items()]
    heapq.heapify(heap)
    left = len(places)
    while left and heap:
        claimed, blob = heapq.heappop(heap)
        open_now = [number for number in holders[blob] if chosen[number] < 0]
        if heap and len(open_now) < -heap[0][0] and len(open_now) < -claimed:
            if open_now:
                heapq.heappush(heap, (-len(open_now), blob))
            continue
        for number in open_now:
            chosen[number] = blob
            left -= 1
    return chosen


def surprises(made: Sequence[Made]) -> list[float]:
    """By how many bits each is more frequent than its parts, put together at random, let expect.

    The parts are pairs of neighbours among the tokens of the forms at hand.
    """
    pairs: Counter[tuple[str, str]] = Counter()
    firsts: Counter[str] = Counter()
    for each in made:
        for pair in _pairs(each.form):
            pairs[pair] += each.candidate.occurrences
            firsts[pair[0]] += each.candidate.occurrences
    total = max(1, sum(each.candidate.occurrences for each in made))
    found = []
    for each in made:
        expected = sum(math.log2(pairs[pair] / firsts[pair[0]]) for pair in _pairs(each.form))
        found.append(math.log2(each.candidate.occurrences / total) - expected)
    return found


def score(made: Made, surprise: float) -> float:
    """How much there is to learn: how widely it is used, times what is told and how closely it belongs together."""
    form, candidate = made.form, made.candidate
    words = len(set(form.words))
    told = min(words, 6) + 0.5
    holes = sum(variable.leaf in ("many", "whole") for variable in form.variables)
    spread = (math.log2(1 + candidate.projects) * math.log2(1 + candidate.places)) if candidate.projects > 1 else 0.0
    spread += math.log2(max(1.0, candidate.places)) ** 2
    body = math.pow(max(min(candidate.size, 32) - 2, 0.2), 0.6)
    spread *= candidate.library
    close = 0.4 + min(max(surprise, 0.0), 60.0) / 30
    # A name that is called, and nothing else: everybody knows it already.
    thin = min((share for most, size, share in _THIN if words <= most and candidate.size <= size), default=1.0)
    return spread * math.pow(told, 0.8) * body * close * thin / (1 + 0.4 * holes)


def _pairs(form: Form) -> list[tuple[str, str]]:
    tokens = ("^", *(("$" + token[1] if token[:1] == "$" and token[:2] != "$$" else token) for token in form.signature))
    return list(pairwise(tokens))
