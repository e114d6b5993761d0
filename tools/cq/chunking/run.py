"""Chunk many files: list them, hand them out, make ids unique over all of them, and account for the rest."""

import os
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec

from cq.chunking.file_chunks import ChunkPlan, FileChunks
from cq.chunking.ids import ALGORITHM
from cq.chunking.kept import KeptChunks
from cq.chunking.measures import measure_of, tokenizer_of, vocabulary_key
from cq.chunking.options import ChunkOptions
from cq.chunking.unique import UniqueIds
from cq.errors import CqError
from cq.index.globs import Globs
from cq.index.ignore import git_text
from cq.index.selection import Selection
from cq.rows.chunk import ChunkStamp, ChunkSummary
from cq.scan.files_run import FilesRun
from cq.scan.read import read_file, unread_job
from cq.scan.results import FileJob, Unread
from cq.scan.scan import scan, workers_for
from cq.store.blobs import Blobs
from cq.store.files import Files
from cq.store.keeper import Keeper, without_store
from cq.store.stamp import stamp

if TYPE_CHECKING:
    from cq.chunking.languages import ChunkTable


class ChunkRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked."""

    selection: Selection
    folders: tuple[str, ...]
    options: ChunkOptions
    languages: tuple[str, ...] = ()
    not_languages: tuple[str, ...] = ()
    text: bool = False  # files in no known language, too
    verify: bool = False
    priority: tuple[tuple[str, int], ...] = ()  # globs, and how early their files come
    workers: int | None = None


class ChunkRun(FilesRun):
    """One run. Iterate `files()` once, then ask for the ledger, the stamp and the report."""

    done = "cut"

    def __init__(self, request: ChunkRequest, keeper: Keeper | None = None, blobs: Blobs | None = None) -> None:
        """With `blobs` files that were cut before are not cut again; with `keeper` they are not even read."""
        super().__init__(request.selection, request.folders, (), (), request.workers)
        self.request = request
        # What is to be verified has to be made.
        self._blobs = Blobs("") if blobs is None or request.verify else blobs
        self._keeper = keeper if keeper is not None and self._blobs.are_kept else without_store()
        self._kept: KeptChunks | None = None
        self._passed_over: list[int] = []  # positions of listed files that are not cut
        self._wanted = {self._languages.named(word) for word in request.languages}
        self._unwanted = {self._languages.named(word) for word in request.not_languages}
        if not self._blobs.are_kept or not request.options.tokenizer:
            measure_of(request.options)  # a vocabulary that is not there is no reason to start a pool
        self.files_to_cut = self.files_cut = self.bytes = self.degraded = self.largest = self.over_limit = 0
        self.sizes: Counter[int] = Counter()  # how many chunks there are of each size
        self.forms: dict[str, int] = {}
        self.languages: dict[str, int] = {}
        self.grammars: dict[str, str] = {}
        self.changes: dict[str, int] = {}
        self.changed_paths: set[str] = set()  # files with a chunk that was not there before, or elsewhere
        self.is_verified = request.verify
        self.keep = False  # set by whoever needs the files again as they were before their ids were unique
        self.cut: dict[str, FileChunks] = {}
        self._ids = UniqueIds()

    def files(self) -> Iterator[FileChunks]:
        """What each file gives, in the order of the paths, those with a priority first. Ends early when cancelled."""
        jobs = self.jobs()
        self._cost.list_ms = self._cost.since_ms()
        self.files_to_cut = len(jobs)
        try:
            for found in self._through(jobs, self._cut(jobs)):
                if self.keep:
                    self.cut[found.path] = found
                unique = self._ids.applied(found)
                self._count(unique)
                yield unique
            if self._kept is not None:
                self._cost.cache_hits = self._kept.hits
                if not self.stopped_by:
                    self._kept.finish(self._passed_over)
        finally:
            self._keeper.close()

    def _cut(self, jobs: Sequence[FileJob]) -> Iterator[FileChunks | Unread]:
        return self._scanned(jobs) if self._kept is None else self._kept.results(jobs, self._scanned)

    def _scanned(self, jobs: Sequence[FileJob]) -> Iterator[FileChunks | Unread]:
        """Files cut anew."""
        from cq.chunking.analysis import ChunkAnalysis  # and tree-sitter

        request = self.request
        measure_of(request.options)
        plan = ChunkPlan(folders=request.folders, options=request.options, verify=request.verify)
        self._cost.workers = workers_for(jobs, self._workers)
        return scan(request.selection.tree, jobs, ChunkAnalysis, plan, self._cost.workers, self.executor)

    @cached_property
    def _languages(self) -> "ChunkTable":
        """More languages than those of lanes, and for files in none there are lines."""
        from cq.chunking.languages import chunk_table

        return chunk_table(self.request.folders)

    def _question(self) -> bytes:
        request = self.request
        asked = (
            *(request.selection, request.options, request.languages, request.not_languages, request.text),
            *(request.priority, ALGORITHM, vocabulary_key(request.options)),
        )
        return stamp(request.folders) + ascii(asked).encode()

    def jobs(self) -> list[FileJob]:
        """The files to cut, in the order in which they come."""
        selection, keeper = self.request.selection, self._keeper
        files = keeper.attempt(lambda: Files(selection, keeper.store))
        self._kept = KeptChunks(self._blobs, keeper, files, self._question) if self._blobs.are_kept else None
        self.unread.extend(Unread(problem.path, problem.reason, problem.detail) for problem in files.problems)
        self._cost.files_listed = len(files.paths)
        jobs = []
        for at, path in enumerate(files.paths):
            wanted = None if self._kept is None else self._kept.is_wanted(at)
            if wanted is None:
                wanted = self.wants(path, self._head(files, at), path in self._named)
            if not wanted:
                self._passed_over.append(at)
            elif files.numbers[at]:
                jobs.append(FileJob(path, files.size(at), binary=selection.binary))
            else:
                jobs.append(unread_job(selection.tree, path, selection.binary))
        return self._ordered(jobs)

    def _head(self, files: Files, at: int) -> bytes:
        """The first line at least of a file whose name does not say what it is in."""
        path = files.paths[at]
        if self._languages.by_path(path) or "." in os.path.basename(path):
            return b""
        data = self._kept.read(at) if self._kept is not None else read_file(files.tree, path, files.binary)
        return b"" if isinstance(data, Unread) else data

    def bytes_of(self, job: FileJob) -> bytes | None:
        """The bytes of one of the files to cut; None, and a note of it, when it can not be read."""
        data = read_file(self.request.selection.tree, job.path, job.binary)
        if isinstance(data, Unread):
            self._note_unread(data)
            return None
        return data

    def wants(self, path: str, data: bytes, is_named: bool = False) -> bool:
        """Whether a file with these bytes (those of its first line are enough) is to be cut."""
        language = self._languages.by_content(path, data)
        if language in self._unwanted or (self._wanted and language not in self._wanted):
            return False
        return bool(language) or is_named or self.request.text

    def _ordered(self, jobs: list[FileJob]) -> list[FileJob]:
        if not self.request.priority:
            return jobs
        globs = [(Globs((glob,)), number) for glob, number in self.request.priority]

        def priority(job: FileJob) -> int:
            folder, slash, name = git_text(job.path).rpartition("/")
            return max((number for glob, number in globs if glob.wants(name, folder + slash, False)), default=0)

        return sorted(jobs, key=priority, reverse=True)

    def _count(self, found: FileChunks) -> None:
        self.files_cut += 1
        self.rows += len(found.rows)
        self.bytes += found.length
        self.degraded += found.is_degraded
        if found.diagnostics:
            # A default that was decoded or comes from another process is none to msgspec: it asks for the very object.
            self.diagnostics.extend(
                msgspec.structs.replace(each, severity=sys.intern(each.severity)) for each in found.diagnostics
            )
            if any(each.code == "not-verified" for each in found.diagnostics):
                self.is_verified = False
        most = self.request.options.most
        self.sizes.update(found.sizes)
        largest = max(found.sizes, default=0)
        if largest > most:
            self.over_limit += sum(size > most for size in found.sizes)
        for form, count in found.forms.items():
            self.forms[form] = self.forms.get(form, 0) + count
        self.largest = max(self.largest, largest)
        language = found.language or "none"
        self.languages[language] = self.languages.get(language, 0) + 1
        if found.grammar:
            self.grammars[found.language] = found.grammar
        cost = self._cost
        cost.files_parsed += bool(found.parsed_bytes)
        cost.bytes_read += found.length
        cost.bytes_parsed += found.parsed_bytes
        cost.parse_ms += found.parse_ms
        cost.query_ms += found.cut_ms
        cost.rows_ms += found.rows_ms

    @property
    def is_complete(self) -> bool:
        """Whether every file was cut."""
        return not self.stopped_by and not self._left

    def summary(self, exit_status: int) -> ChunkSummary:
        """The account of the run."""
        return ChunkSummary(
            files=self.files_cut,
            chunks=self.rows,
            bytes=self.bytes,
            forms=dict(sorted(self.forms.items())),
            languages=dict(sorted(self.languages.items())),
            largest=self.largest,
            over_limit=self.over_limit,
            degraded=self.degraded,
            verified=self.is_verified,
            changes=dict(sorted(self.changes.items())),
            complete=self.is_complete,
            exit_status=exit_status,
        )

    def stamp(self) -> ChunkStamp:
        """What the chunks depend on besides the files."""
        return stamp_of(self.request.options, self.grammars)


def stamp_of(options: ChunkOptions, grammars: dict[str, str]) -> ChunkStamp:
    """The stamp of an export with these options and grammars."""
    whole = msgspec.json.encode(options, order="deterministic")
    return ChunkStamp(
        algorithm=ALGORITHM,
        grammars=dict(sorted(grammars.items())),
        view=options.view,
        unit=options.unit,
        target=options.target,
        max=options.most,
        min=options.least,
        overlap=options.overlap,
        header=options.header,
        tokenizer=tokenizer_of(options),
        query=options.query,
        options=blake2b(whole, digest_size=8, person=bytes([ALGORITHM])).hexdigest(),
    )


def priorities(words: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """`GLOB=N` as pairs. Raises CqError for what is not."""
    found = []
    for word in words:
        glob, _, number = word.rpartition("=")
        if not glob or not re.fullmatch(r"-?\d+", number):
            raise CqError(
                f"--priority {word}: not GLOB=NUMBER", "--priority 'src/**=2'; the highest number comes first"
            )
        found.append((glob, int(number)))
    return tuple(found)
