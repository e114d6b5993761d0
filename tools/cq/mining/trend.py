"""What became of idioms over the commits of a repository: counts at some commits, and which commit made the change.

A content is parsed once, in however many commits it is. Between two commits that were looked at, the one with which an
idiom came or went is found by halving.
"""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from cq.index.globs import Globs
from cq.lanes.lines import Lines
from cq.mining.corpus import Member
from cq.mining.counting import Counted, Places, count, places_of
from cq.mining.history import Blob, History
from cq.mining.listing import MineRequest
from cq.mining.ranking import Candidate, candidates, closed
from cq.mining.results import place_in
from cq.mining.run import Found, MineRun
from cq.mining.segments import Ints
from cq.rows.mining import IdiomPlace
from cq.scan.read import read_file
from cq.scan.results import Unread

STATUSES = ("adopted", "growing", "fading", "abandoned")
# Forms are made of so many for each status.
_MADE = 400
# An idiom that came when the repository was smaller than this share of what it is now came with the code.
_YOUNG = 0.25
# What grew or faded: its share of all places is so many times the one it was, from the first third to the last.
_TIMES = 2.0
_LEAST_STEPS = 8


class Series(NamedTuple):
    """For each entry, by rows, what it had at each sample."""

    places: npt.NDArray[np.int32]
    files: npt.NDArray[np.int32]


class Change(NamedTuple):
    """One idiom that came, went, grew or faded."""

    found: Found
    entry: int
    status: str
    first: int  # by the number of the sample, and once it is looked for by that of the commit
    last: int
    gone: int = -1


class TrendRun(MineRun):
    """One run over the history. `listed()`, `facts()`, `count()` as of files; then `changes()` and `looked_for()`."""

    def __init__(self, request: MineRequest, history: History, samples: int) -> None:
        super().__init__(request)
        self.history = history
        self._selection = msgspec.structs.replace(self._selection, revision=history.contents)
        self.samples = history.samples(samples)
        self._below = [each for path in request.selection.paths if (each := history.below(path))]
        self._globs = Globs(request.selection.globs)
        self._known: dict[tuple[str, str], bytes] = {}  # object id and language; b"" when it is left out
        self._rules: dict[str, bytes] = {}
        self.file_versions = 0
        self._paths_at: dict[int, dict[bytes, str]] = {}
        self.held: dict[int, set[bytes]] = {}  # by the number of a commit
        self._totals: Ints = np.zeros(0, dtype=np.int64)
        self.series = Series(np.zeros((0, 0), np.int32), np.zeros((0, 0), np.int32))

    def listed(self) -> None:
        """Look at the files of the samples."""
        for number in self.samples:
            self.look_at(number)
        self._cost.list_ms = self._cost.since_ms()

    def look_at(self, number: int) -> None:
        """The contents of one commit."""
        if number in self.held:
            return
        selection = self.request.selection
        files = list(self.history.files(number, self._below, self._globs, selection.hidden))
        self.file_versions += len(files)
        spoken = [(file, language) for file in files if (language := self._language(file.path))]
        built = self.corpus.prefilter.twins(file.path for file, _ in spoken)
        held = set()
        for file, language in spoken:
            if file.path not in built:
                digest = self._digest(file, language)
                if digest:
                    held.add(digest)
        self.held[number] = held

    def count(self, skeletons: bool = False) -> Counted:
        """Count what the samples have: those that are in enough files of one of them."""
        found: dict[bytes, list[int]] = {}
        for place, number in enumerate(self.samples):
            for digest in self.held[number]:
                if digest in self.segments.blobs:
                    found.setdefault(digest, []).append(place)
        by_skeleton = self.request.level == "skeleton"
        counted = count(self.segments, found, by_skeleton, self.request.min_files, 1, self.tests())
        self.counted = counted
        self._totals = np.array(
            [
                sum(self.segments.blobs[digest].rows for digest in self.held[number] if digest in self.segments.blobs)
                for number in self.samples
            ]
        )
        self.series = self._series(counted.places, counted.digests, len(counted.counts.keys))
        return counted

    def changes(self) -> list[Change]:
        """What came, went, grew and faded, the best of each first."""
        counted = self.counted or self.count()
        statuses = self._statuses(counted)
        wanted: list[Candidate] = []
        shut = np.array(closed(counted), dtype=np.int64)
        for status in range(1, len(STATUSES) + 1):
            entries = [int(each) for each in shut[statuses[shut] == status]]
            peaked = [self._at_peak(each) for each in candidates(counted, entries, "count", len(entries))]
            peaked.sort(key=lambda each: (-each.files * min(each.size, 20) ** 0.7 * each.library, each.entry))
            wanted += peaked[:_MADE]
        made = [each for each in self._made(wanted) if self.wants(each)]
        best: list[Change] = []
        for status, name in enumerate(STATUSES, 1):
            # By themselves: what went is often of the same shape as what came for it.
            own = [each for each in made if statuses[each.candidate.entry] == status]
            for found in self._ranked(own, self.request.top):
                entry = found.made.candidate.entry
                there = np.flatnonzero(self.series.places[entry])
                best.append(Change(found, entry, name, int(there[0]), int(there[-1])))
        return best

    def halvings(self, changes: Sequence[Change]) -> "Halving":
        """The search for the commits of these changes."""
        return Halving(self, changes)

    def places_at(self, number: int) -> dict[bytes, str]:
        """The path of each content that a commit has."""
        if number in self._paths_at:
            return self._paths_at[number]
        found = self._paths_at[number] = {}
        for file in self.history.files(number, self._below, self._globs, self.request.selection.hidden):
            digest = self._known.get((file.blob, self._language(file.path)))
            if digest:
                found.setdefault(digest, file.path)
        return found

    def history_of(self, keys: Sequence[int]) -> list[tuple[int, ...]]:
        """How many places each of these keys has at each sample."""
        ordered = np.unique(np.array(keys, dtype=np.int64))
        digests = sorted(digest for digest in set().union(*self.held.values()) if digest in self.segments.blobs)
        places = places_of(self.segments, digests, ordered, self.request.level == "skeleton")
        rows = self._series(places, digests, len(ordered)).places
        return [tuple(rows[at].tolist()) for at in np.searchsorted(ordered, keys).tolist()]

    def example(self, entry: int, sample: int) -> IdiomPlace | None:
        """A place of an idiom in a sample: library code before tests, short paths before long."""
        counted = self.counted
        assert counted is not None
        paths = self.places_at(self.samples[sample])
        span = counted.places.of(entry)
        found = (
            (self.table.is_test(paths[digest]), paths[digest].count("/"), paths[digest], at)
            for at in range(span.start, span.stop)
            if (digest := counted.digests[int(counted.places.blobs[at])]) in paths
        )
        best = min(found, default=None)
        if best is None:
            return None
        data = self.data_of(counted.digests[int(counted.places.blobs[best[3]])])
        return None if isinstance(data, Unread) else place_in(best[2], data, Lines(data), *counted.places.span(best[3]))

    def _language(self, path: str) -> str:
        language = self.table.by_path(path)
        if not language or language in self._unwanted or (self._wanted and language not in self._wanted):
            return ""
        return language

    def _digest(self, file: Blob, language: str) -> bytes:
        """The content of a file as the segments know it; b"" when it is left out."""
        known = self._known.get((file.blob, language))
        if known is not None:
            return known
        if language not in self._rules:
            self._rules[language] = self.rules_of(language)
        digest = self._entered(file, language)
        if isinstance(digest, str):
            self.corpus.left_out[digest] = self.corpus.left_out.get(digest, 0) + 1
            digest = b""
        self._known[file.blob, language] = digest
        return digest

    def _entered(self, file: Blob, language: str) -> bytes | str:
        rules = self._rules[language]
        if not rules:
            return "no-table"
        reason = self.corpus.prefilter.by_path(file.path, 0)
        if reason:
            return reason
        data = read_file(self._selection.tree, f"{file.blob}/{file.path}", self._selection.binary)
        if isinstance(data, Unread):
            return data.reason
        reason = self.corpus.prefilter.by_path(file.path, len(data)) or self.corpus.prefilter.by_content(data)
        if reason:
            return reason
        digest = blake2b(data, digest_size=16, key=rules).digest()
        # The object id is the first folder: one path has many contents.
        self.paths.setdefault(digest, [Member(f"{file.blob}/{file.path}", "", digest, len(data))])
        return digest

    def _series(self, places: Places, digests: Sequence[bytes], entries: int) -> Series:
        new = np.ones(len(places.entries), dtype=bool)
        new[1:] = (places.entries[1:] != places.entries[:-1]) | (places.blobs[1:] != places.blobs[:-1])
        occurrences = np.zeros((entries, len(self.samples)), dtype=np.int32)
        files = np.zeros_like(occurrences)
        for place, number in enumerate(self.samples):
            held = self.held[number]
            here = np.array([digest in held for digest in digests], dtype=bool)[places.blobs]
            occurrences[:, place] = np.bincount(places.entries[here], minlength=entries)
            files[:, place] = np.bincount(places.entries[here & new], minlength=entries)
        return Series(occurrences, files)

    def _statuses(self, counted: Counted) -> Ints:
        """For each entry which of `STATUSES` it has, from 1; 0 for none."""
        places, files = self.series
        found = np.zeros(len(counted.counts.keys), dtype=np.int64)
        steps = len(self.samples)
        if steps < 2 or not len(found):
            return found
        peak = files.max(axis=1)
        frequent = peak >= self.request.min_files
        there = places > 0
        first = there.argmax(axis=1)
        # What was so young a repository that everything in it came then.
        grown = np.flatnonzero(self._totals >= _YOUNG * self._totals.max())
        since = int(grown[0]) if len(grown) else 0
        kept_up = files[:, -1] >= np.maximum(self.request.min_files, peak // 2)
        change, surely = _shares(places, self._totals)
        found[frequent & (change >= _TIMES) & (surely > 0) & kept_up] = 2
        found[frequent & (change <= 1 / _TIMES) & (surely < 0) & there[:, -1]] = 3
        found[frequent & (first > since) & kept_up] = 1
        found[frequent & ~there[:, -1]] = 4
        return found

    def _at_peak(self, candidate: Candidate) -> Candidate:
        entry = candidate.entry
        files = int(self.series.files[entry].max())
        return candidate._replace(occurrences=int(self.series.places[entry].max()), files=files, projects=1)


class Halving:
    """Which commit brought each idiom, and which took the last place of it away. All are looked for at once."""

    def __init__(self, run: TrendRun, changes: Sequence[Change]) -> None:
        assert run.counted is not None
        self._run = run
        self._changes = changes
        self._keys = run.counted.counts.keys[[change.entry for change in changes]]
        self._ordered = np.unique(self._keys)
        self._has: dict[bytes, frozenset[int]] = {}  # of a content: which of the keys
        samples = run.samples
        # For each question the key, a commit on the one side, and one on the other, which is later.
        self._firsts = [
            [samples[change.first - 1] if change.first else samples[0], samples[change.first]] for change in changes
        ]
        self._lasts = [[samples[change.last], samples[min(change.last + 1, len(samples) - 1)]] for change in changes]

    def asks(self) -> bool:
        """Look at the commits that the next step needs; whether there is one. Then the facts are made."""
        numbers = {(low + high) // 2 for low, high in (*self._firsts, *self._lasts) if high - low > 1}
        for number in numbers:
            self._run.look_at(number)
        return bool(numbers)

    def learns(self) -> None:
        """Take the step."""
        for span, key in zip(self._firsts, self._keys.tolist(), strict=True):
            self._halve(span, key, True)
        for span, key in zip(self._lasts, self._keys.tolist(), strict=True):
            self._halve(span, key, False)

    def done(self) -> list[Change]:
        """The changes, by the numbers of commits."""
        return [
            change._replace(first=first[1], last=last[0], gone=last[1] if last[1] != last[0] else -1)
            for change, first, last in zip(self._changes, self._firsts, self._lasts, strict=True)
        ]

    def _halve(self, span: list[int], key: int, comes: bool) -> None:
        low, high = span
        if high - low > 1:
            middle = (low + high) // 2
            has = any(key in self._keys_in(digest) for digest in self._new(self._run.held[middle]))
            span[has == comes] = middle

    def _new(self, digests: Iterable[bytes]) -> Iterable[bytes]:
        digests = [digest for digest in digests if digest in self._run.segments.blobs]
        wanted = [digest for digest in digests if digest not in self._has]
        if wanted:
            places = places_of(self._run.segments, wanted, self._ordered, self._run.request.level == "skeleton")
            held: dict[int, set[int]] = {}
            for entry, blob in zip(places.entries.tolist(), places.blobs.tolist(), strict=True):
                held.setdefault(blob, set()).add(int(self._ordered[entry]))
            for place, digest in enumerate(wanted):
                self._has[digest] = frozenset(held.get(place, ()))
        return digests

    def _keys_in(self, digest: bytes) -> frozenset[int]:
        return self._has[digest]


def _shares(places: npt.NDArray[np.int32], totals: Ints) -> tuple[npt.NDArray[np.float64], Ints]:
    """How many times the share that it was each is, and whether it surely rose (1) or fell (-1)."""
    some = np.flatnonzero(totals > 0)
    if len(some) < _LEAST_STEPS:
        return np.ones(len(places)), np.zeros(len(places), dtype=np.int64)
    shares = places[:, some] / totals[some]
    third = max(1, len(some) // 3)
    before, after = shares[:, :third].mean(axis=1), shares[:, -third:].mean(axis=1)
    least = 0.5 / totals[some].max()
    change = (after + least) / (before + least)
    signs = np.zeros(len(places), dtype=np.int64)
    for later in range(1, len(some)):
        signs += np.sign(shares[:, later : later + 1] - shares[:, :later]).sum(axis=1).astype(np.int64)
    count = len(some)
    deviation = np.sqrt(count * (count - 1) * (2 * count + 5) / 18)
    # The test of Mann and Kendall: one of a hundred without a trend is farther than that from nothing.
    far = 2.5758 * deviation
    return change, np.where(signs > far, 1, np.where(signs < -far, -1, 0))
