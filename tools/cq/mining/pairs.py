"""Idioms that stand in one file more often than by chance, and the files in which only one of them does."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cq.mining.counting import Counted

_LEAST_TOGETHER = 4
_MOST_LIKELY_CHANCE = 1e-4
# A pair of which one lies in the other in so large a share of the files they share says nothing.
_NESTED = 0.5
# "Usually together": the share of the files with the first that have the second, too.
_USUALLY = 0.85
_MISSING_SHOWN = 10


class PairFound(NamedTuple):
    """Two idioms by their numbers in the list given."""

    first: int
    second: int
    together: int
    first_files: int
    second_files: int
    lift: float
    npmi: float
    p_value: float
    missing: tuple[int, ...]  # contents with the first and not the second


def pairs(counted: Counted, entries: Sequence[int], total: int, most: int) -> list[PairFound]:
    """The pairs among these entries that are together most surely, best first. `total` is of the corpus's contents."""
    places = counted.places
    held = [np.unique(places.blobs[places.of(entry)]) for entry in entries]
    grid = np.zeros((len(entries), len(counted.digests)), dtype=np.float32)
    for number, blobs in enumerate(held):
        grid[number, blobs] = 1
    together = (grid @ grid.T).astype(np.int64)
    found = []
    for first, second in np.argwhere(np.triu(together >= _LEAST_TOGETHER, 1)).tolist():
        both = int(together[first, second])
        one, other = len(held[first]), len(held[second])
        lift = both * total / (one * other)
        if lift <= 1.5 or both == total:
            continue
        chance = _p_value(both, one, other, total)
        if chance > _MOST_LIKELY_CHANCE:
            continue
        npmi = math.log(lift) / -math.log(both / total)
        found.append(PairFound(first, second, both, one, other, lift, npmi, chance, ()))
    found.sort(key=lambda each: (-each.npmi * math.log(1 + each.together), each.first, each.second))
    kept: list[PairFound] = []
    for pair in found:
        if len(kept) >= most:
            break
        if not _is_nested(counted, entries[pair.first], entries[pair.second]):
            kept.append(_with_missing(pair, held))
    return kept


def _with_missing(pair: PairFound, held: Sequence[npt.NDArray[np.int32]]) -> PairFound:
    if pair.second_files < pair.first_files:
        # The rarer one first: it is that which asks for the other.
        pair = pair._replace(
            first=pair.second, second=pair.first, first_files=pair.second_files, second_files=pair.first_files
        )
    if pair.together < _USUALLY * pair.first_files:
        return pair
    without = np.setdiff1d(held[pair.first], held[pair.second])
    return pair._replace(missing=tuple(without[:_MISSING_SHOWN].tolist()))


def _is_nested(counted: Counted, one: int, other: int) -> bool:
    """Whether in most files with both a place of one lies in a place of the other."""
    places = counted.places
    spans: list[dict[int, list[tuple[int, int]]]] = []
    for entry in (one, other):
        by_blob: dict[int, list[tuple[int, int]]] = {}
        span = places.of(entry)
        for at in range(span.start, min(span.stop, span.start + 400)):
            by_blob.setdefault(int(places.blobs[at]), []).append(places.span(at))
        spans.append(by_blob)
    shared = [blob for blob in spans[0] if blob in spans[1]]
    inside = 0
    for blob in shared:
        inside += any(
            (a <= c and d <= b) or (c <= a and b <= d) for a, b in spans[0][blob][:50] for c, d in spans[1][blob][:50]
        )
    return inside >= _NESTED * len(shared)


def _p_value(both: int, one: int, other: int, total: int) -> float:
    """The chance of so many or more together, were they thrown at random: by the likelihood ratio (G², one degree)."""
    observed = (both, one - both, other - both, total - one - other + both)
    expected = [a * b / total for a in (one, total - one) for b in (other, total - other)]
    ratio = 2 * sum(seen * math.log(seen / chance) for seen, chance in zip(observed, expected, strict=True) if seen > 0)
    return math.erfc(math.sqrt(max(ratio, 0.0) / 2))
