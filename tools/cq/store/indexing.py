"""Index a root: the words of all its files, so that a name that was never asked for is found without reading them.

Files are read and cut into words over `cq.scan`, with its pool of processes when that pays; this process alone writes.
It writes a segment after so many words, so a run that is killed has done what it has done.
"""

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from hashlib import blake2b

import msgspec

from cq.index.selection import Selection
from cq.scan.results import FileJob, Unread
from cq.scan.scan import scan, workers_for
from cq.settings import SEGMENT_POSTINGS
from cq.store.census_indexing import CensusRun
from cq.store.files import HEAD_BYTES, Files
from cq.store.fresh import looks
from cq.store.keeper import Keeper
from cq.store.snapshot import DIGEST_BYTES
from cq.store.store import Learned, Store
from cq.store.vocabulary import words_of

# Others may write in between: then what was not written yet is looked at again.
_ATTEMPTS = 20
# After which a file that was just written can be told from one that was written once more.
_MOMENT_SECONDS = 0.11


class FileWords(msgspec.Struct, frozen=True, array_like=True):
    """What indexing takes from one file."""

    path: str
    size: int
    digest: bytes
    head: bytes  # the first bytes when they are a `#!` line, else nothing
    words: bytes  # joined by line breaks


class WordsPlan(msgspec.Struct, frozen=True):
    """Nothing to say: words are words."""


class WordsAnalysis:
    """Cuts single files into words."""

    def __init__(self, plan: WordsPlan) -> None:
        pass

    def run(self, path: str, data: bytes) -> FileWords:
        """The words of one file."""
        digest = blake2b(data, digest_size=DIGEST_BYTES).digest()
        head = data[:HEAD_BYTES] if data.startswith(b"#!") else b""
        return FileWords(path, len(data), digest, head, b"\n".join(words_of(data)))


class IndexRun:
    """Indexes one root. Iterate `files()`, which does the work; the counts tell what was done."""

    def __init__(
        self, root: str, keeper: Keeper, workers: int | None = None, names_of: tuple[str, ...] | None = None
    ) -> None:
        """With folders of queries, `names_of`, what frequent names are is found out, too."""
        self._root = root
        self._keeper = keeper
        self._workers = workers
        self.executor: Executor | None = None  # who looks for the words, when it is not this machine
        self._census = None if names_of is None else CensusRun(root, keeper, names_of, workers)
        self.files_listed = self.files_indexed = self.bytes_indexed = self.files_named = 0
        self.to_index = 0
        self.unread: list[Unread] = []
        self.is_complete = False
        self._too_new = 0

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
                if self._census is not None:
                    for path in self._census.files(files):
                        self.to_index = self.files_indexed + self._census.to_count
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
        covered = set() if store is None else store.covered()
        missing = [
            at
            for at, number in enumerate(files.numbers)
            if number not in covered and not (number and at in files.notes)
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
        batch = Learned(postings={})
        count = 0
        results = scan(self._root, jobs, WordsAnalysis, WordsPlan(), workers, self.executor)
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
            count += _add(batch, number, result.words)
            self.files_indexed += 1
            self.bytes_indexed += result.size
            yield result.path
            if count > SEGMENT_POSTINGS:
                if not self._write(files, batch):
                    return
                batch, count = Learned(postings={}), 0
        batch.complete = True
        nothing_new = not batch.files and files.changed is None and store.head.complete
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
