"""Rare variants of a frequent idiom: places that look like a slip.

What has the skeleton of an idiom, and not its key, is a variation. Where nearly all of many places are the same and one
or two are not, those are worth a look: another name where the same one is repeated elsewhere, one more argument.
"""

from typing import NamedTuple

import numpy as np

from cq.mining.counting import Counted
from cq.mining.segments import Ints

# The usual pattern has at least so many places, which are at least this share of all with the skeleton.
_USUAL_PLACES = 12
_USUAL_SHARE = 0.9
_RARE_PLACES = 2


class Odd(NamedTuple):
    """One rare variant, by the places of both in the counts, which are of skeletons."""

    at: int  # a place of the variant
    usual_at: int  # a place of the usual pattern
    usual: int  # how many places that has
    rare: int


def odd_places(counted: Counted) -> list[Odd]:
    """The places of rare variants; those of the most frequent idioms first."""
    places = counted.places
    if not len(places.entries):
        return []
    order = np.lexsort((places.twins, places.entries))
    entries, twins = places.entries[order], places.twins[order]
    new_twin = np.concatenate(([True], (entries[1:] != entries[:-1]) | (twins[1:] != twins[:-1])))
    begins = np.flatnonzero(new_twin)
    lengths = np.diff(np.append(begins, len(order)))
    owner = entries[begins].astype(np.int64)
    totals = np.bincount(owner, weights=lengths).astype(np.int64)
    most = _first_by_length(owner, lengths)
    found: list[Odd] = []
    for run in np.flatnonzero(lengths <= _RARE_PLACES).tolist():
        entry = int(owner[run])
        best = int(most[entry])
        usual = int(lengths[best])
        if run != best and usual >= _USUAL_PLACES and usual >= _USUAL_SHARE * int(totals[entry]):
            first = int(begins[run])
            found += (
                Odd(int(order[first + more]), int(order[int(begins[best])]), usual, int(lengths[run]))
                for more in range(int(lengths[run]))
            )
    found.sort(key=lambda each: (-each.usual, each.rare, each.at))
    return found


def _first_by_length(owner: Ints, lengths: Ints) -> Ints:
    """For each entry the run that is longest."""
    order = np.argsort(lengths, kind="stable")
    most = np.zeros(int(owner.max()) + 1, dtype=np.int64)
    most[owner[order]] = order
    return most
