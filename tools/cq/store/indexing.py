"""Index a root: the words of all its files, so that a name that was never asked for is found without reading them.

Files are read and cut into words over `cq.scan`, with its pool of processes when that pays; this process alone writes.
It writes a segment after so many words, so a run that is killed has done what it has done.
"""

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor

from cq.index.file_tree import FileTree
from cq.index.selection import Selection
from cq.scan.results import FileJob, Unread
from cq.scan.scan import scan, workers_for
from cq.settings import SEGMENT_POSTINGS
from cq.store.census_indexing import CensusRun
from cq.store.file_words import WordsAnalysis, WordsPlan
from cq.store.files import Files
from cq.store.fresh import looks
from cq.store.keeper import Keeper
from cq.store.stamp import stamp
from cq.store.store import Learned, Store

# Others may write in between: then what was not written yet is looked at again.
_ATTEMPTS = 20
# After which a file that was just written can be told from one that was written once more.
_MOMENT_SECONDS = 0.11


class IndexRun:
    """Indexes one root. Iterate `files()`, which does the work; the counts tell what was done."""

    def __init__(
        self,
        root: str,
        keeper: Keeper,
        workers: int | None = None,
        folders: tuple[str, ...] = (),
        names: bool = False,
    ) -> None:
        """With folders of queries it is found out where files may be cut; with `names` what frequent names are, too.

        What frequent names are is also found out for new files when it was asked for once.
        """
        self._root = root
        self._keeper = keeper
        self._workers = workers
        self._folders = folders
        self._names = names
        self.executor: Executor | None = None  # who looks for the words, when it is not this machine
        self.files_listed = self.files_indexed = self.bytes_indexed = self.files_named = 0
        self.to_index = 0
        self.unread: list[Unread] = []
        self.is_complete = False
        self._too_new = 0
        self._covered: set[int] = set()
        self._parts_stamp = b""  # when all parts have to be taken anew
        self._dead: tuple[int, ...] = ()  # files with parts that are no more

    def files(self) -> Iterator[str]:
        """The paths of the files that are indexed, as it goes on."""
        for _ in range(_ATTEMPTS):
            files, missing = self._keeper.attempt(self._missing)
            store = self._keeper.store
            if store is None:
                return
            self._too_new = 0
            yield from self._index(store, files, missing)
            if self.is_complete and not self._too_new:
                if self._folders and (self._names or store.census_head()):
                    census = CensusRun(self._root, self._keeper, self._folders, self._workers)
                    for path in census.files(files):
                        self.to_index = self.files_indexed + census.to_count
                        self.files_named += 1
                        yield path
                return
            self._keeper.close()
            if self._too_new:
                time.sleep(_MOMENT_SECONDS)

    def close(self) -> tuple[str, int]:
        """Close the index; the path of its file, and what it takes in bytes."""
        path = self._keeper.path()
        self._keeper.close()
        try:
            return path, os.stat(path).st_size
        except OSError:  # none could be made
            return "", 0

    def _missing(self) -> tuple[Files, list[int]]:
        """The files, and the positions of those whose words are not known."""
        store = self._keeper.store
        files = Files(Selection(root=self._root), store)
        self._covered = set() if store is None else store.covered()
        self._parts_stamp = stamp(self._folders) if self._folders else b""
        parted: set[int] = set()
        if store is not None and store.parts_stamp() == self._parts_stamp:
            parted, self._parts_stamp = set(store.parted()), b""
        known = self._covered if not self._folders else self._covered & parted
        self._dead = tuple(parted.difference(files.numbers))
        missing = [
            at for at, number in enumerate(files.numbers) if number not in known and not (number and at in files.notes)
        ]
        self.files_listed = len(files.paths)
        self.to_index = self.files_indexed + len(missing)
        self.unread = [Unread(each.path, each.reason, each.detail) for each in files.problems]
        self.unread += [Unread(files.paths[at], *note) for at, note in files.notes.items() if files.numbers[at]]
        return files, missing

    def _index(self, store: Store, files: Files, missing: Sequence[int]) -> Iterator[str]:
        before = [looks(self._root, files.paths[at]) for at in missing]
        jobs = [FileJob(files.paths[at], seen[0]) for at, seen in zip(missing, before, strict=True)]
        workers = workers_for(jobs, self._workers)
        batch = Learned(postings={}, parts_stamp=self._parts_stamp, parts_dead=self._dead)
        count = 0
        results = scan(FileTree(self._root), jobs, WordsAnalysis, WordsPlan(self._folders), workers, self.executor)
        for at, seen, result in zip(missing, before, results, strict=True):
            if isinstance(result, Unread):
                files.give(at, seen, result, b"", b"")
                self.unread.append(result)
                continue
            number = files.numbers[at] or files.give(at, seen, None, result.digest, result.head)
            if not number:
                # So new that it may change once more and look the same.
                self._too_new += 1
                continue
            if self._folders:
                batch.parts.append((number, result.parts))
            if number not in self._covered:
                count += _add(batch, number, result.words)
            self.files_indexed += 1
            self.bytes_indexed += result.size
            yield result.path
            if count > SEGMENT_POSTINGS:
                if not self._write(files, batch):
                    return
                batch, count = Learned(postings={}), 0
                self._parts_stamp, self._dead = b"", ()
        batch.complete = True
        nothing_new = not (batch.files or batch.parts or self._dead or self._parts_stamp)
        nothing_new = nothing_new and files.changed is None and store.head.complete
        self.is_complete = nothing_new or self._write(files, batch)

    def _write(self, files: Files, batch: Learned) -> bool:
        batch.snapshot = files.changed
        batch.next_file = files.until + 1
        return self._keeper.keep(batch)


def _add(batch: Learned, number: int, words: bytes) -> int:
    batch.files.append(number)
    postings = batch.postings
    of_file = words.split(b"\n") if words else []
    for word in of_file:
        if word in postings:
            postings[word].append(number)
        else:
            postings[word] = [number]
    return len(of_file)
