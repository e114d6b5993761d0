"""Which files of a search have a hit: by what the store knows, and for the rest by their bytes."""

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from cq.scan.results import FileJob, Unread
from cq.search.names import NameMatcher
from cq.search.request import SearchRequest
from cq.settings import ANSWERS_PER_SEARCH_BYTES, KEEP_BYTES
from cq.store.files import Files
from cq.store.snapshot import Snapshot
from cq.store.store import Learned, Looked, Store
from cq.store.vocabulary import words_of

if TYPE_CHECKING:
    from cq.lanes.table import LaneTable
    from cq.search.warm import Warm


class Candidate(NamedTuple):
    """A file that has a hit: to be analysed, or with its answer."""

    at: int  # its position in the listing
    job: FileJob
    answer: bytes | None = None


class Candidates:
    """One look at the files of a search. Ask for `find()` once; the rest says what came of it."""

    def __init__(
        self,
        request: SearchRequest,
        matcher: NameMatcher,
        table: Callable[[], "LaneTable"],
        store: Store | None,
        warm: "Warm | None" = None,
    ) -> None:
        self._warm = warm
        self._request = request
        self._matcher = matcher
        self._table = table
        self._store = store
        self.files = Files(request.selection, store, None if warm is None else warm.seen)
        self.bytes_read = 0
        # By position: the files that are not searched, with the reason if there is to be one in the ledger.
        self.skipped: dict[int, Unread | None] = {}
        self._is_filtered = bool(request.languages or request.not_languages)
        self._looked = Looked(0, ())
        self._answers: dict[int, bytes] = {}  # to the plan, by number of the file
        self._made: dict[int, bytes] = {}
        self._made_bytes = 0
        self._words: dict[bytes, list[int]] = {}  # of files that were read: each with their numbers
        self._worded: list[int] = []
        self._all_kept = True

    @property
    def unread(self) -> list[Unread]:
        """What could not be looked at, and the files that were not searched."""
        problems = [Unread(each.path, each.reason, each.detail) for each in self.files.problems]
        return problems + [unread for _, unread in sorted(self.skipped.items()) if unread is not None]

    def find(self, plan_key: bytes) -> list[Candidate]:
        """The files with a hit, in the order of the paths."""
        files = self.files
        if self._is_filtered:
            self._skip_languages(self._table())
        for at, note in files.notes.items():
            if files.numbers[at] and at not in self.skipped:
                self.skipped[at] = Unread(files.paths[at], *note)
        to_read = set(files.unknown)
        found: list[Candidate] = []
        if self._store is not None and len(to_read) < len(files.paths):
            found = self._known(self._store, plan_key, to_read)
        found += self._read(sorted(to_read.difference(self.skipped)))
        found.sort(key=lambda candidate: candidate.at)
        return found

    def answered(self, candidate: Candidate, answer: bytes | None) -> None:
        """Keep what a file says, if it may be kept; None: it may not."""
        number = 0 if answer is None else self.files.number_of(candidate.at)
        if number and answer is not None:
            self._made_bytes += len(answer)
            # Of a name that stands everywhere only where it stands is kept.
            self._made[number] = answer if self._made_bytes <= ANSWERS_PER_SEARCH_BYTES else b""
        elif self.files.numbers[candidate.at]:
            self._all_kept = False

    def remember(self, plan_key: bytes) -> bool:
        """Keep in memory what files said; whether that will do: nothing was learned of the files themselves."""
        if self._warm is not None:
            # A number that is not in the store yet may come to stand for another file there.
            last = self.files.last_known
            self._warm.answered(plan_key, {number: each for number, each in self._made.items() if number <= last})
        return self.files.changed is None and not self._worded

    def learned(self, plan_key: bytes, seconds: int, to_the_end: bool) -> Learned | None:
        """What there is to keep; None when all of it was known."""
        files = self.files
        whole = files.is_whole and not self._is_filtered and to_the_end and self._all_kept
        snapshot: Snapshot | None = files.changed
        if snapshot is None and not self._made and not (whole and self.bytes_read):
            return None
        live = set(files.numbers)
        dead = self._answers.keys() - live if files.is_whole else set()
        return Learned(
            snapshot=snapshot,
            next_file=files.until + 1,
            files=self._worded,
            postings=self._words,
            plan=plan_key,
            looked_until=files.until if whole else 0,
            answers=tuple(self._made.items()),
            answered=tuple(sorted((self._answers.keys() | self._made.keys()) - dead)),
            dead=tuple(dead),
            time=seconds,
        )

    def _skip_languages(self, table: "LaneTable") -> None:
        files = self.files
        for at, path in enumerate(files.paths):
            known = table.by_path(path, table.data)
            if known or "." in os.path.basename(path):
                if not self._request.wants(known):
                    self.skipped[at] = None
                continue
            # Only a file without an ending may still be told by its content.
            head = files.heads.get(at, b"")
            if files.numbers[at] and at not in files.notes and not self._request.wants(table.by_content(path, head)):
                self.skipped[at] = None

    def _known(self, store: Store, plan_key: bytes, to_read: set[int]) -> list[Candidate]:
        """The candidates among the files with a number; those of which nothing is known go to the others to be read."""
        files = self.files
        at_of = {number: at for at, number in enumerate(files.numbers) if number}
        self._looked, self._answers = store.answers(plan_key)
        if self._warm is not None:
            self._warm.begin(store.head.epoch)
            self._answers = {**self._warm.answers(plan_key), **self._answers}
        found = []
        for number, answer in self._answers.items():
            at = at_of.get(number)
            if at is not None and at not in self.skipped:
                found.append(Candidate(at, self._job(at), answer or None))
        if files.last_known > self._looked.until:
            until = self._looked.until
            rest = {number for number in at_of if number > until and number not in self._answers}
            covered = store.covered() if rest else set()
            needs = self._matcher.needs() if covered else None
            if needs is not None:
                hold = store.files_with(needs) & rest
                found += [Candidate(at_of[number], self._job(at_of[number])) for number in hold]
                rest -= covered
            to_read.update(at_of[number] for number in rest)
        return [candidate for candidate in found if candidate.at not in self.skipped]

    def _read(self, positions: Iterable[int]) -> list[Candidate]:
        files, stands_in = self.files, self._matcher.stands_in
        complete = self._store is not None and self._store.head.complete
        found = []
        kept = 0
        for at in positions:
            path = files.paths[at]
            is_new = not files.numbers[at]
            data = files.read(at)
            if isinstance(data, Unread):
                self.skipped[at] = data
                continue
            if self._is_filtered and "." not in os.path.basename(path):
                table = self._table()
                if not table.by_path(path, table.data) and not self._request.wants(table.by_content(path, data)):
                    self.skipped[at] = None
                    continue
            self.bytes_read += len(data)
            number = files.numbers[at]
            if number and is_new and complete:
                self._worded.append(number)
                for word in words_of(data):
                    self._words.setdefault(word, []).append(number)
            if stands_in(data):
                if number and is_new:
                    files.take_digest(at, data)
                keep = kept < KEEP_BYTES
                kept += len(data) if keep else 0
                found.append(
                    Candidate(at, FileJob(path, len(data), data if keep else None, self._request.selection.binary))
                )
        return found

    def _job(self, at: int) -> FileJob:
        return FileJob(self.files.paths[at], self.files.size(at), None, self._request.selection.binary)
