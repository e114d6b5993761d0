"""From segments to counts: how often each key occurs, in how many files and projects, and what is around it.

Nothing is ever added up in place: every count is of the rows of the contents that the corpus has now, each content
once for each project that has it.
"""

from collections.abc import Container, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cq.mining.ranges import NOTHING, Rows, key_ranges
from cq.mining.segments import Ints, Segments
from cq.settings import MINED_ROWS_AT_ONCE

# What is around fewer of the places of a key, by one in so many, is not told.
_AROUND_ONE_IN = 10
# Tells pairs of an entry and a key apart: odd, and of many bits.
_MIX = np.int64(-7046029254386353131)


class Counts(NamedTuple):
    """One entry for each key that is frequent enough."""

    keys: Ints
    occurrences: Ints
    files: Ints
    projects: Ints
    library: Ints  # files that are no tests
    parents: Ints  # the entry of the key that is most often right around it, -1 when it is seldom one of these
    covered: Ints  # how many of the occurrences that is


class Places(NamedTuple):
    """Where the frequent keys occur, by entry and then by content; one content stands for all its copies."""

    entries: npt.NDArray[np.int32]
    blobs: npt.NDArray[np.int32]  # places in `digests`
    spans: Ints  # as facts have them
    kinds: Ints
    twins: Ints  # the skeleton of each, or at level skeleton the key of the whole

    def span(self, at: int) -> tuple[int, int]:
        """First byte and end of a place."""
        both = int(self.spans[at])
        return both & 0xFFFFFFFF, both >> 32

    def kind(self, at: int) -> int:
        """The id of its kind."""
        return int(self.kinds[at]) & 0xFFFF

    def size(self, at: int) -> int:
        """The words that mean something in it."""
        return int(self.kinds[at]) >> 16

    def of(self, entry: int) -> slice:
        """The places of one entry."""
        first, last = np.searchsorted(self.entries, [entry, entry + 1])
        return slice(int(first), int(last))


class Counted(NamedTuple):
    """All that was counted."""

    counts: Counts
    places: Places
    digests: Sequence[bytes]
    rows: int
    distinct: int


class _Part(NamedTuple):
    """What one range of keys came to; entries count from 0."""

    keys: Ints
    occurrences: Ints
    files: Ints
    projects: Ints
    library: Ints
    places: Places
    pairs: tuple[Ints, Ints, Ints]  # an entry, the key around it, and how often that is


class _Contents(NamedTuple):
    """What is known of the contents, by number."""

    weights: Ints  # files
    library: Ints  # files, none for tests
    firsts: Ints  # where in `projects` those of each begin
    numbers: Ints  # how many these are
    projects: Ints


def count(
    segments: Segments,
    projects: Mapping[bytes, Sequence[int]],
    skeletons: bool,
    min_files: int,
    min_projects: int,
    tests: Container[bytes] = (),
    rows_at_once: int = MINED_ROWS_AT_ONCE,
) -> Counted:
    """Count the contents of a corpus. `projects` says which projects have a content, each once; `tests` are tests."""
    digests = sorted(digest for digest in projects if segments.blobs[digest].rows)
    number = {digest: place for place, digest in enumerate(digests)}
    weights = np.array([len(projects[digest]) for digest in digests], dtype=np.int64)
    contents = _Contents(
        weights,
        np.where(np.array([digest in tests for digest in digests], dtype=bool), 0, weights),
        np.cumsum(weights) - weights,
        weights,
        np.fromiter(chain.from_iterable(projects[digest] for digest in digests), dtype=np.int64),
    )
    distinct = total = 0
    parts = []
    for rows in key_ranges(segments, number, skeletons, rows_at_once):
        part, distinct_here, total_here = _count(rows, contents, max(1, min_files), max(1, min_projects))
        distinct += distinct_here
        total += total_here
        parts.append(part)
    counts, places = _joined(parts)
    return Counted(counts, places, digests, total, distinct)


def places_of(segments: Segments, digests: Sequence[bytes], keys: Ints, skeletons: bool) -> Places:
    """The places of these keys, in ascending order, in these contents."""
    number = {digest: place for place, digest in enumerate(digests)}
    parts = []
    for rows in key_ranges(segments, number, skeletons, MINED_ROWS_AT_ONCE):
        found, entry = _looked_up(rows.keys, keys)
        order = np.argsort(entry, kind="stable")
        parts.append(_places(rows, found[order], entry[order]))
    return _all_places(parts)


def _count(rows: Rows, contents: _Contents, min_files: int, min_projects: int) -> tuple[_Part, int, int]:
    """One range: its frequent keys, how many keys it has, and how many rows."""
    order = np.argsort(rows.keys, kind="stable")
    keys, owners = rows.keys[order], rows.owners[order]
    new_key = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=new_key[1:])
    new_file = new_key.copy()
    new_file[1:] |= owners[1:] != owners[:-1]
    begins = np.flatnonzero(new_key)
    weights = contents.weights[owners]
    files = _sums(weights * new_file, begins)
    group = np.cumsum(new_key) - 1
    occurrences = _sums(weights, begins)
    total = int(occurrences.sum())
    enough = files >= min_files
    # The projects of what is in enough files; what is in too few of them goes, too.
    firsts = np.flatnonzero(new_file & enough[group])
    spread = _projects(group[firsts], owners[firsts], contents, len(begins))
    enough &= spread >= min_projects
    entries = np.cumsum(enough) - 1
    kept = np.flatnonzero(enough[group])
    entry = entries[group[kept]]
    places = _places(rows, order[kept], entry)
    firsts = np.flatnonzero(new_file[kept])
    size = int(enough.sum())
    library = np.bincount(entry[firsts], contents.library[places.blobs[firsts]], size).astype(np.int64)
    pairs = _around(entry, rows.around[order[kept]], weights[kept], occurrences[enough])
    own = begins[enough]
    part = _Part(keys[own], occurrences[enough], files[enough], spread[enough], library, places, pairs)
    return part, len(begins), total


def _sums(values: Ints, begins: Ints) -> Ints:
    return np.add.reduceat(values, begins) if len(begins) else np.zeros(0, dtype=np.int64)


def _places(rows: Rows, at: Ints, entries: Ints) -> Places:
    return Places(entries.astype(np.int32), rows.owners[at], rows.spans[at], rows.kinds[at], rows.others[at])


def _projects(groups: Ints, owners: npt.NDArray[np.int32], contents: _Contents, size: int) -> Ints:
    """In how many projects each group occurs, of places that are the first in their content."""
    numbers = contents.numbers[owners]
    at = np.repeat(contents.firsts[owners] - (np.cumsum(numbers) - numbers), numbers) + np.arange(int(numbers.sum()))
    most = int(contents.projects.max(initial=0)) + 1
    pairs = np.sort(np.repeat(groups, numbers) * most + contents.projects[at])
    distinct = pairs[np.concatenate(([True], pairs[1:] != pairs[:-1]))[: len(pairs)]]
    return np.bincount(distinct // most, minlength=size).astype(np.int64)


def _around(entry: Ints, around: Ints, weights: Ints, occurrences: Ints) -> tuple[Ints, Ints, Ints]:
    """Which keys are right around enough of the places of each entry."""
    inside = np.flatnonzero(around != NOTHING)
    entry, around = entry[inside], around[inside]
    # One number for both, so that one sort does; that two pairs have the same is as likely as that two keys do.
    mixed = (entry + 1) * _MIX ^ around
    order = np.argsort(mixed)
    mixed = mixed[order]
    begins = np.flatnonzero(np.concatenate(([True], mixed[1:] != mixed[:-1]))[: len(mixed)])
    totals = _sums(weights[inside][order], begins)
    first = order[begins]
    often = totals * _AROUND_ONE_IN >= occurrences[entry[first]]
    return entry[first][often], around[first][often], totals[often]


def _joined(parts: Sequence[_Part]) -> tuple[Counts, Places]:
    """All ranges as one, and for each entry the one that is most often right around it."""
    before = 0
    places: list[Places] = []
    pairs: list[tuple[Ints, Ints, Ints]] = []
    for part in parts:
        places.append(part.places._replace(entries=part.places.entries + np.int32(before)))
        pairs.append((part.pairs[0] + before, *part.pairs[1:]))
        before += len(part.keys)
    none = np.zeros(0, dtype=np.int64)
    keys, occurrences, files, projects, library = (
        np.concatenate([none, *(part[column] for part in parts)]) for column in range(5)
    )
    entries, around, totals = (
        (np.concatenate([none, *each]) for each in zip(*pairs, strict=True)) if pairs else (none,) * 3
    )
    found, outer = _looked_up(around, keys)
    entries, totals = entries[found], totals[found]
    most, covered = np.full(len(keys), -1, dtype=np.int64), np.zeros(len(keys), dtype=np.int64)
    # In ascending order of the total, so that the largest is written last.
    order = np.lexsort((outer, totals))
    most[entries[order]] = outer[order]
    covered[entries[order]] = totals[order]
    return Counts(keys, occurrences, files, projects, library, most, covered), _all_places(places)


def _all_places(parts: Sequence[Places]) -> Places:
    if not parts:
        none, short = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32)
        return Places(short, short, none, none, none)
    return parts[0] if len(parts) == 1 else Places(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def _looked_up(wanted: Ints, keys: Ints) -> tuple[Ints, Ints]:
    """Which of the wanted are among the keys, and where."""
    if not len(keys):
        none = np.zeros(0, dtype=np.int64)
        return none, none
    at = np.searchsorted(keys, wanted)
    at[at == len(keys)] = 0
    found = np.flatnonzero(keys[at] == wanted)
    return found, at[found]
