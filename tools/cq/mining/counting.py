"""From segments to counts: how often each key occurs, in how many files and projects, and what is around it.

Nothing is ever added up in place: every count is of the rows of the contents that the corpus has now, each content
once for each project that has it.
"""

from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cq.mining.segments import Blob, Ints, Segments, parents

# Keys that were counted are merged when so many are waiting.
_MERGE_FROM = 2_000_000


class Counts(NamedTuple):
    """One entry for each key that is frequent enough."""

    keys: Ints
    occurrences: Ints
    files: Ints
    projects: Ints
    library: Ints  # files that are no tests
    parents: Ints  # the entry of the key that is most often right around it, -1 when it is none of these
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


def count(
    segments: Segments,
    projects: Mapping[bytes, Sequence[int]],
    skeletons: bool,
    min_files: int,
    min_projects: int,
    tests: Container[bytes] = (),
) -> Counted:
    """Count the contents of a corpus. `projects` says which projects have a content, each once; `tests` are tests."""
    digests = sorted(digest for digest in projects if segments.blobs[digest].rows)
    number = {digest: place for place, digest in enumerate(digests)}
    weights = np.array([len(projects[digest]) for digest in digests], dtype=np.int64)
    keys, occurrences, files = _frequencies(segments, number, weights, skeletons)
    distinct, rows = len(keys), int(occurrences.sum())
    enough = files >= max(1, min_files)
    keys, occurrences, files = keys[enough], occurrences[enough], files[enough]
    places, around = _places(segments, number, keys, skeletons)
    spread = _projects(places, [projects[digest] for digest in digests], len(keys))
    enough = spread >= max(1, min_projects)
    inside, covered = _parents(places, around, keys, weights)
    of_library = np.array([0 if digest in tests else len(projects[digest]) for digest in digests], dtype=np.int64)
    library = _files(places, of_library, len(keys))
    counts = Counts(keys, occurrences, files, spread, library, inside, covered)
    if not enough.all():
        counts, places = _only(counts, places, enough)
    return Counted(counts, places, digests, rows, distinct)


def places_of(segments: Segments, digests: Sequence[bytes], keys: Ints, skeletons: bool) -> Places:
    """The places of these keys, in ascending order, in these contents."""
    return _places(segments, {digest: place for place, digest in enumerate(digests)}, keys, skeletons)[0]


def _frequencies(
    segments: Segments, number: Mapping[bytes, int], weights: Ints, skeletons: bool
) -> tuple[Ints, Ints, Ints]:
    waiting: list[tuple[Ints, Ints, Ints]] = []
    size = 0
    for columns, blobs in segments.columns(number):
        wanted, owner = _rows(blobs, number)
        keys = (columns.skeletons if skeletons else columns.keys)[wanted]
        order = np.argsort(keys, kind="stable")
        keys, owner = keys[order], owner[order]
        if not len(keys):
            continue
        new_key = np.empty(len(keys), dtype=bool)
        new_key[0] = True
        np.not_equal(keys[1:], keys[:-1], out=new_key[1:])
        new_file = new_key.copy()
        new_file[1:] |= owner[1:] != owner[:-1]
        begins = np.flatnonzero(new_key)
        weight = weights[owner]
        waiting.append((keys[begins], np.add.reduceat(weight, begins), np.add.reduceat(weight * new_file, begins)))
        size += len(begins)
        if size > _MERGE_FROM:
            waiting = [_merged(waiting)]
            size = len(waiting[0][0]) // 2
    return _merged(waiting)


def _merged(parts: list[tuple[Ints, Ints, Ints]]) -> tuple[Ints, Ints, Ints]:
    if not parts:
        empty = np.zeros(0, dtype=np.int64)
        return empty, empty, empty
    keys, occurrences, files = (np.concatenate(each) for each in zip(*parts, strict=True))
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    begins = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[begins], np.add.reduceat(occurrences[order], begins), np.add.reduceat(files[order], begins)


def _rows(blobs: Sequence[tuple[bytes, Blob]], number: Mapping[bytes, int]) -> tuple[Ints, npt.NDArray[np.int32]]:
    """Which rows of a segment are of these contents, and of which each is."""
    spans = [(blob.first, blob.rows, number[digest]) for digest, blob in blobs]
    counts = np.array([rows for _, rows, _ in spans], dtype=np.int64)
    owner = np.repeat(np.array([each for _, _, each in spans], dtype=np.int32), counts)
    firsts = np.array([first for first, _, _ in spans], dtype=np.int64)
    before = np.cumsum(counts) - counts
    return np.repeat(firsts - before, counts) + np.arange(int(counts.sum())), owner


def _places(segments: Segments, number: Mapping[bytes, int], keys: Ints, skeletons: bool) -> tuple[Places, Ints]:
    parts: list[tuple[npt.NDArray[np.generic], ...]] = []
    for columns, blobs in segments.columns(number):
        wanted, owner = _rows(blobs, number)
        own = columns.skeletons if skeletons else columns.keys
        other = columns.keys if skeletons else columns.skeletons
        found, entry = _looked_up(own[wanted], keys)
        rows = wanted[found]
        # A row points no further than the hole or the file that it is in.
        first = np.zeros(len(number), dtype=np.int64)
        for digest, blob in blobs:
            first[number[digest]] = blob.first
        ends = np.zeros(len(own), dtype=np.int64)
        ends[wanted] = first[owner] + columns.limits[wanted]
        inner = parents(columns.spans, ends)[rows]
        held, outer = _looked_up(own[np.maximum(inner, 0)], keys)
        around = np.full(len(rows), -1, dtype=np.int64)
        around[held] = outer
        around[inner < 0] = -1
        parts.append(
            (
                entry.astype(np.int32),
                owner[found],
                columns.spans[rows],
                columns.kinds[rows],
                other[rows],
                around,
            )
        )
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        short = np.zeros(0, dtype=np.int32)
        return Places(short, short, none, none, none), none
    whole = [np.concatenate(each) for each in zip(*parts, strict=True)]
    parts.clear()
    order = np.lexsort((whole[1], whole[0]))
    ordered = [each[order] for each in whole]
    return Places(*ordered[:5]), ordered[5]


def _looked_up(wanted: Ints, keys: Ints) -> tuple[Ints, Ints]:
    """Which of the wanted are among the keys, and where."""
    if not len(keys):
        none = np.zeros(0, dtype=np.int64)
        return none, none
    at = np.searchsorted(keys, wanted)
    at[at == len(keys)] = 0
    found = np.flatnonzero(keys[at] == wanted)
    return found, at[found]


def _files(places: Places, weights: Ints, entries: int) -> Ints:
    """In how many files each entry is, when a content stands for so many."""
    new = np.ones(len(places.entries), dtype=bool)
    new[1:] = (places.entries[1:] != places.entries[:-1]) | (places.blobs[1:] != places.blobs[:-1])
    if not len(new):
        return np.zeros(entries, dtype=np.int64)
    return np.bincount(places.entries[new], weights=weights[places.blobs[new]], minlength=entries).astype(np.int64)


def _projects(places: Places, projects: Sequence[Sequence[int]], entries: int) -> Ints:
    """In how many projects each entry occurs."""
    most = max((max(each) for each in projects), default=0) + 1
    first = np.array([each[0] for each in projects], dtype=np.int64)
    pairs = [places.entries.astype(np.int64) * most + first[places.blobs]] if len(places.blobs) else []
    for place, each in enumerate(projects):
        if len(each) > 1:
            rows = np.unique(places.entries[places.blobs == place]).astype(np.int64)
            pairs += (rows * most + project for project in each[1:])
    if not pairs:
        return np.zeros(entries, dtype=np.int64)
    distinct = np.unique(np.concatenate(pairs), return_counts=True)[0]
    return np.bincount(distinct // most, minlength=entries).astype(np.int64)


def _parents(places: Places, around: Ints, keys: Ints, weights: Ints) -> tuple[Ints, Ints]:
    """For each entry the one that is most often right around it, and how often that is."""
    most = np.full(len(keys), -1, dtype=np.int64)
    covered = np.zeros(len(keys), dtype=np.int64)
    inside = np.flatnonzero(around >= 0)
    if not len(inside):
        return most, covered
    entries = places.entries[inside].astype(np.int64)
    pairs = entries * len(keys) + around[inside]
    order = np.argsort(pairs, kind="stable")
    pairs = pairs[order]
    begins = np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1])))
    totals = np.add.reduceat(weights[places.blobs[inside]][order], begins)
    pairs = pairs[begins]
    # In ascending order of the total, so that the largest is written last.
    order = np.argsort(totals, kind="stable")
    entry = pairs[order] // len(keys)
    most[entry] = pairs[order] % len(keys)
    covered[entry] = totals[order]
    return most, covered


def _only(counts: Counts, places: Places, enough: npt.NDArray[np.bool_]) -> tuple[Counts, Places]:
    renumbered = np.cumsum(enough) - 1
    around = np.where((counts.parents >= 0) & enough[counts.parents], renumbered[counts.parents], -1)
    kept = enough[places.entries]
    fewer = Places(places.entries[kept], places.blobs[kept], places.spans[kept], places.kinds[kept], places.twins[kept])
    return (
        Counts(
            counts.keys[enough],
            counts.occurrences[enough],
            counts.files[enough],
            counts.projects[enough],
            counts.library[enough],
            around[enough],
            counts.covered[enough],
        ),
        fewer._replace(entries=renumbered[fewer.entries].astype(np.int32)),
    )
