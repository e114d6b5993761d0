"""Chunks of files kept between runs: what has not changed is passed on as it was written, without a look at the file.

Files stand in groups, consecutive ones in the order of the run, so that a run reads few blobs and holds few files at a
time. A group is kept by what is in it; the list of groups by what was asked of which root.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar
from zlib import crc32

import msgspec

from cq.chunking.file_chunks import FileChunks
from cq.scan.read import read_file
from cq.scan.results import FileJob, Unread
from cq.store.blobs import Blobs
from cq.store.files import Files
from cq.store.fresh import Looks
from cq.store.keeper import Keeper
from cq.store.snapshot import digest_of
from cq.store.store import Learned

Kind = TypeVar("Kind")

_FILES_PER_GROUP = 64  # about
_GROUP_BYTES = 1 << 20
# To decompress takes as long as all the rest; larger projects would take too much of the room of others.
_PLAIN_BYTES = 32_000_000


class _Maker:
    """Of the blobs; to be raised when they look different."""

    name, version = "chunks", 1


class KeptFile(msgspec.Struct, frozen=True, array_like=True):
    """A file that was cut: its content by the number that the store gave it, if it did, and by its digest."""

    path: str
    number: int
    digest: bytes


class KeptGroup(msgspec.Struct, frozen=True, array_like=True):
    """Files whose chunks stand in one blob, in this order."""

    key: bytes
    files: tuple[KeptFile, ...]


class KeptRun(msgspec.Struct, frozen=True, array_like=True):
    """What an earlier run left."""

    epoch: bytes = b""  # of the store that gave the numbers
    groups: tuple[KeptGroup, ...] = ()
    unwanted: dict[str, int] = {}  # listed, and not to be cut: path and number


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where the chunks of a file are."""

    group: int
    at: int


class _Passed(msgspec.Struct, frozen=True):
    """A file of the group that is being made."""

    found: FileChunks
    place: Place | None


class KeptChunks:
    """What is known of one run. Ask for `results` once, and `finish` when they came to their end."""

    def __init__(self, blobs: Blobs, keeper: Keeper, files: Files, question: Callable[[], bytes]) -> None:
        """`question`: all that chunks depend on besides paths and contents, and which files there are."""
        self._blobs = blobs
        self._keeper = keeper
        self._files = files
        self._question = question() if blobs.are_kept else b""
        self._key = self._of(b"run", b"")
        self._was = _decoded(blobs.get(self._key), KeptRun) or KeptRun()
        self._at = {path: at for at, path in enumerate(files.paths)}
        # Numbers of another store mean nothing; and those of files without words would keep a search from taking these.
        head = None if keeper.store is None else keeper.store.head
        self._epoch = b"" if head is None else head.epoch
        self._gives = head is not None and not head.complete
        self._trusts = bool(self._epoch) and self._epoch == self._was.epoch
        self._known = {
            file.path: (Place(number, at), file)
            for number, group in enumerate(self._was.groups)
            for at, file in enumerate(group.files)
        }
        self._before: dict[str, Looks] = {}  # how files looked before they were read
        self._loaded = -1
        self._chunks: Sequence[FileChunks] = ()
        self._passed: list[_Passed] = []
        self._passed_bytes = self._bytes = 0
        self._made: list[tuple[bytes, list[tuple[str, bytes]]]] = []  # of each group its key, and paths with digests
        self.hits = 0

    def is_wanted(self, at: int) -> bool | None:
        """Whether the file at this position is to be cut, if that was found out before."""
        path = self._files.paths[at]
        known = self._known.get(path)
        number = self._was.unwanted.get(path) if known is None else known[1].number
        if number is None:
            return None
        is_sure = self._is_same(at, number) or "." in os.path.basename(path)
        return known is not None if is_sure else None

    def read(self, at: int) -> bytes | Unread:
        """The bytes of a file; it has a number then, if it may have one."""
        files = self._files
        return files.read(at) if self._gives else read_file(files.tree, files.paths[at], files.binary)

    def results(
        self, jobs: Sequence[FileJob], cut: Callable[[Sequence[FileJob]], Iterator[FileChunks | Unread]]
    ) -> Iterator[FileChunks | Unread]:
        """What each job gives, in their order; those that are not known are cut."""
        places = [self._place(job) for job in jobs]
        misses = [job for job, place in zip(jobs, places, strict=True) if place is None]
        fresh = cut(misses) if misses else iter(())
        is_gone = False
        try:
            for number, job in enumerate(jobs):
                place = None if is_gone else places[number]
                kept = self._chunk(place) if isinstance(place, Place) else place
                if place is not None and kept is None:
                    # One blob was lost: others may be, and many files are cut faster together.
                    _close(fresh)
                    fresh, is_gone, place = cut(jobs[number:]), True, None
                found = next(fresh) if kept is None else kept
                self.hits += isinstance(place, Place)
                self._pass(job, found, place if isinstance(place, Place) else None)
                yield found
            self._end_group()
        finally:
            _close(fresh)

    def finish(self, unwanted: Sequence[int]) -> None:
        """Keep what was learned; all files came. `unwanted`: the positions of those that are not to be cut."""
        files = self._files
        if self._gives:
            for _, group in self._made:
                for path, digest in group:
                    if path in self._before and not files.numbers[self._at[path]]:
                        files.give(self._at[path], self._before[path], None, digest, b"")
        is_written = files.changed is None or self._keeper.keep(
            Learned(snapshot=files.changed, next_file=files.until + 1, time=int(time.time()))
        )

        numbers = files.numbers if is_written else [0] * len(files.paths)
        groups = tuple(
            KeptGroup(key, tuple([KeptFile(path, numbers[self._at[path]], digest) for path, digest in group]))
            for key, group in self._made
        )
        made = KeptRun(
            self._epoch, groups, {files.paths[at]: numbers[at] for at in unwanted if _is_text(files.paths[at])}
        )
        if made != self._was:
            self._blobs.put(self._key, msgspec.msgpack.encode(made))
        self._keeper.used()

    def _of(self, what: bytes, data: bytes) -> bytes:
        return self._blobs.key(_Maker(), b"\0".join((what, self._question, data))) if self._question else b""

    def _is_same(self, at: int, number: int) -> bool:
        return self._trusts and number != 0 and number == self._files.numbers[at]

    def _place(self, job: FileJob) -> Place | Unread | None:
        """Where the chunks of a file are, if it is as it was; or why it could not be read then."""
        files = self._files
        at = self._at[job.path]
        if at in files.notes and files.numbers[at]:
            return Unread(job.path, *files.notes[at])
        known = self._known.get(job.path)
        if known is not None and self._is_same(at, known[1].number):
            return known[0]
        if self._gives and not files.numbers[at]:
            self._before[job.path] = files.looks(job.path)
        if known is not None:
            data = read_file(files.tree, job.path, job.binary)
            if not isinstance(data, Unread) and digest_of(data) == known[1].digest:
                return known[0]
        return None

    def _chunk(self, place: Place) -> FileChunks | None:
        """The chunks that are kept at a place; None when they are gone."""
        if place.group != self._loaded:
            group = self._was.groups[place.group]
            data = self._blobs.get(group.key)
            self._chunks = _decoded(data, tuple[FileChunks, ...]) or ()
            self._loaded = place.group if len(self._chunks) == len(group.files) else -1
        return self._chunks[place.at] if self._loaded == place.group else None

    def _pass(self, job: FileJob, found: FileChunks | Unread, place: Place | None) -> None:
        if isinstance(found, Unread):
            if job.path in self._before:
                self._files.give(self._at[job.path], self._before[job.path], found, b"", b"")
            return
        if not _is_text(job.path):
            return
        if self._passed and (crc32(job.path.encode()) % _FILES_PER_GROUP == 0 or self._passed_bytes > _GROUP_BYTES):
            self._end_group()
        self._passed.append(_Passed(found, place))
        self._passed_bytes += found.length
        self._bytes += found.length

    def _end_group(self) -> None:
        """Keep a group, unless that was done before."""
        passed, self._passed, self._passed_bytes = self._passed, [], 0
        if not passed:
            return
        first = passed[0].place
        if first is not None and [each.place for each in passed] == [
            Place(first.group, at) for at in range(len(self._was.groups[first.group].files))
        ]:
            key = self._was.groups[first.group].key
        else:
            chunks = [
                msgspec.structs.replace(each.found, parsed_bytes=0, parse_ms=0.0, cut_ms=0.0, rows_ms=0.0)
                for each in passed
            ]
            names = b"\0".join(each.found.path.encode() + b"\0" + each.found.digest for each in passed)
            key = self._of(b"group", names)
            data = msgspec.msgpack.encode(chunks)
            self._blobs.put(key, data, self._bytes > _PLAIN_BYTES)
        self._made.append((key, [(each.found.path, each.found.digest) for each in passed]))


def _decoded(data: bytes | memoryview | None, kind: type[Kind]) -> Kind | None:
    try:
        return None if data is None else msgspec.msgpack.decode(data, type=kind)
    except msgspec.DecodeError:  # of another making, with the same name
        return None


def _close(results: Iterator[FileChunks | Unread]) -> None:
    close = getattr(results, "close", None)
    if close is not None:
        close()


def _is_text(path: str) -> bool:
    """Whether a path can be written down as text."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
