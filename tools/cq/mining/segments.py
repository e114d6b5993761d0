"""Facts on disk: immutable segments, each of many files, named by what is in them.

A segment is written beside its name and renamed, so it is there whole or not at all. Nothing in one is ever changed;
what is counted is counted from them anew, so a run that was killed costs the files of one segment and nothing else.
"""

import contextlib
import json
import os
import struct
from collections.abc import Collection, Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from cq.errors import CqError
from cq.mining.analysis import FileFacts
from cq.mining.normalize import PROBE, ROW

_MAGIC = b"cqmine1\n"
_ROW_BYTES = ROW * 8 + 4
_BLOBS_PER_SEGMENT = 256
_BYTES_PER_SEGMENT = 16_000_000
_CHECKSUM = 16

Ints = npt.NDArray[np.int64]


class Blob(NamedTuple):
    """The facts of one content: where its rows are, and in which language it was read."""

    segment: int
    first: int
    rows: int
    language: str


class Columns(NamedTuple):
    """The rows of one segment, as `Anchors` has them, in columns. `limits` count from the first row of the file."""

    keys: Ints
    skeletons: Ints
    kinds: Ints
    spans: Ints
    limits: npt.NDArray[np.int32]


class Segments:
    """The segments of a folder, read and written; of two that hold one content either may be taken."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.damaged: list[str] = []
        self._paths: list[str] = []
        self.blobs: dict[bytes, Blob] = {}
        self._waiting: list[tuple[bytes, FileFacts]] = []
        self._waiting_bytes = 0
        try:
            names = sorted(name for name in os.listdir(folder) if name.endswith(".seg"))
        except FileNotFoundError:
            names = []
        for path in (os.path.join(folder, name) for name in names):
            blobs = _header(path)
            if blobs is None:
                self.damaged.append(path)
            else:
                self._enter(path, blobs)

    def add(self, digest: bytes, facts: FileFacts) -> None:
        """Take the facts of one content; they are kept for sure once the next segment is written."""
        self._waiting.append((digest, facts))
        self._waiting_bytes += len(facts.rows) + len(facts.limits)
        if len(self._waiting) >= _BLOBS_PER_SEGMENT or self._waiting_bytes >= _BYTES_PER_SEGMENT:
            self.flush()

    def flush(self) -> None:
        """Write what was taken as a segment."""
        if not self._waiting:
            return
        os.makedirs(self._folder, exist_ok=True)
        blobs = [(digest.hex(), facts.language, facts.anchors) for digest, facts in self._waiting]
        header = json.dumps({"probe": PROBE, "blobs": blobs}).encode()
        pieces = [_MAGIC, struct.pack("<I", len(header)), header]
        pieces += (facts.rows for _, facts in self._waiting)
        pieces += (facts.limits for _, facts in self._waiting)
        check = blake2b(digest_size=_CHECKSUM)
        for piece in pieces:
            check.update(piece)
        name = blake2b(b"".join(digest for digest, _ in self._waiting), digest_size=12).hexdigest()
        path = os.path.join(self._folder, f"{name}.seg")
        aside = f"{path}.{os.getpid()}.tmp"
        try:
            with open(aside, "wb") as file:
                file.writelines(pieces)
                file.write(check.digest())
                file.flush()
                os.fsync(file.fileno())
            os.replace(aside, path)
        except OSError as error:
            if os.path.exists(aside):
                os.unlink(aside)
            # Once more would fail once more, in the end of the run.
            self._waiting, self._waiting_bytes = [], 0
            reason = error.strerror or str(error)
            hint = "what was kept before is whole: make room, or give another folder with --cache-dir"
            raise CqError(f"{self._folder}: facts are not kept: {reason}", hint) from error
        self._waiting, self._waiting_bytes = [], 0
        self._enter(path, blobs)

    def _enter(self, path: str, blobs: Sequence[tuple[str, str, int]]) -> None:
        number = len(self._paths)
        self._paths.append(path)
        first = 0
        for digest, language, rows in blobs:
            self.blobs.setdefault(bytes.fromhex(digest), Blob(number, first, rows, language))
            first += rows

    def columns(self, digests: Collection[bytes]) -> Iterator[tuple[Columns, list[tuple[bytes, Blob]]]]:
        """The segments that hold some of these contents, each with those that it holds."""
        held: dict[int, list[tuple[bytes, Blob]]] = {}
        for digest in digests:
            blob = self.blobs[digest]
            held.setdefault(blob.segment, []).append((digest, blob))
        for number, blobs in sorted(held.items()):
            blobs.sort(key=lambda each: each[1].first)
            yield _columns(self._paths[number]), blobs

    def touch(self, digests: Collection[bytes]) -> Sequence[str]:
        """Note that these contents were used, so that others go before them; the paths of their segments."""
        paths = self.used(digests)
        for path in paths:
            with contextlib.suppress(OSError):  # read-only: then nobody deletes it either
                os.utime(path)
        return paths

    def used(self, digests: Collection[bytes]) -> Sequence[str]:
        """The paths of the segments that hold these contents."""
        return sorted({self._paths[self.blobs[digest].segment] for digest in digests})


def _header(path: str) -> list[tuple[str, str, int]] | None:
    """Which contents a segment holds; None when it is damaged, or of another version or interpreter."""
    try:
        with open(path, "rb") as file:
            start = file.read(len(_MAGIC) + 4)
            if len(start) < len(_MAGIC) + 4 or not start.startswith(_MAGIC):
                return None
            (length,) = struct.unpack("<I", start[len(_MAGIC) :])
            text = file.read(length)
            rest = os.fstat(file.fileno()).st_size - len(start) - length - _CHECKSUM
            header = json.loads(text)
            blobs: list[tuple[str, str, int]] = [tuple(each) for each in header["blobs"]]
            rows = sum(rows for _, _, rows in blobs)
            if header["probe"] != PROBE or rest != rows * _ROW_BYTES:
                return None
            check = blake2b(start + text, digest_size=_CHECKSUM)
            left = rest
            while left > 0 and (piece := file.read(min(1 << 20, left))):
                check.update(piece)
                left -= len(piece)
            return blobs if file.read() == check.digest() else None
    except (OSError, ValueError, KeyError):
        return None


def _columns(path: str) -> Columns:
    with open(path, "rb") as file:
        data = file.read()
    (length,) = struct.unpack_from("<I", data, len(_MAGIC))
    header = json.loads(data[len(_MAGIC) + 4 : len(_MAGIC) + 4 + length])
    rows = sum(each[2] for each in header["blobs"])
    at = len(_MAGIC) + 4 + length
    table = np.frombuffer(data, dtype="<i8", count=rows * ROW, offset=at).reshape(rows, ROW)
    limits = np.frombuffer(data, dtype="<i4", count=rows, offset=at + table.nbytes)
    keys, skeletons, kinds, spans = (np.ascontiguousarray(table[:, place]) for place in range(ROW))
    return Columns(keys, skeletons, kinds, spans, limits)


def parents(spans: Ints, ends: Ints) -> Ints:
    """For each row the one around it: the first later one that begins no later. -1 when there is none before `ends`.

    All at once: who points at a row that begins later than itself goes on to where that one points.
    """
    count = len(spans)
    starts = np.concatenate((spans & 0xFFFFFFFF, [-1]))  # the last one holds all
    pointers = np.arange(1, count + 2)
    pointers[count] = count
    own = np.arange(count)
    while len(own):
        own = own[starts[pointers[own]] > starts[own]]
        pointers[own] = pointers[pointers[own]]
    found = pointers[:count]
    return np.where(found < ends, found, -1)
