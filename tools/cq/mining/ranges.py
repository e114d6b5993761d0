"""The rows of a corpus by ranges of their keys, so that what is counted at a time fits into memory.

One pass over the segments; when the rows are few they stay in memory as one range, else each range waits in a file
of its own. Ranges come in ascending order, and in each the rows come by content and then as they stand in the file.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, NamedTuple

import numpy as np
import numpy.typing as npt

from cq.errors import CqError
from cq.mining.segments import Blob, Columns, Ints, Segments, parents

# Stands for the key around a row that nothing is around.
NOTHING = np.iinfo(np.int64).min
_MOST_RANGES = 200

Short = npt.NDArray[np.int32]


class Rows(NamedTuple):
    """Rows in columns."""

    keys: Ints
    others: Ints  # the skeletons where keys are counted, and the keys where skeletons are
    kinds: Ints
    spans: Ints
    owners: Short  # numbers of contents
    around: Ints  # the key of what is right around each


def key_ranges(segments: Segments, number: Mapping[bytes, int], skeletons: bool, rows_at_once: int) -> Iterator[Rows]:
    """The rows of the contents that have a number, in one or more ranges of about so many rows."""
    total = sum(segments.blobs[digest].rows for digest in number)
    count = min(_MOST_RANGES, -(-total // rows_at_once)) or 1
    pieces = (_rows(columns, blobs, number, skeletons) for columns, blobs in segments.columns(number))
    if count == 1:
        whole = [*pieces]
        if whole:
            yield _by_content(whole)
        return
    # Keys are hashes: ranges of one width hold about as many.
    bounds = np.array([-(1 << 63) + ((place << 64) // count) for place in range(1, count)], dtype=np.int64)
    try:
        with _Files(count) as files:
            for piece in pieces:
                which = np.searchsorted(bounds, piece.keys, side="right").astype(np.uint8)
                order = np.argsort(which, kind="stable")
                ends = np.cumsum(np.bincount(which, minlength=count))
                for place, part in enumerate(np.split(order, ends[:-1])):
                    files.put(place, Rows._make(each[part] for each in piece))
            for place in range(count):
                yield _by_content(files.take(place))
    except OSError as error:
        raise CqError(
            f"too many rows for the memory, and no room for them on disk: {error.strerror or error}"
        ) from error


class _Files:
    """Rows of each range, in files without a name: they are gone when nobody reads them any more."""

    def __init__(self, count: int) -> None:
        self._files: list[IO[bytes]] = []
        self._pieces: list[list[int]] = [[] for _ in range(count)]

    def __enter__(self) -> "_Files":
        for _ in self._pieces:
            self._files.append(tempfile.TemporaryFile(prefix="cq-mine-"))
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files:
            file.close()

    def put(self, place: int, rows: Rows) -> None:
        self._pieces[place].append(len(rows.keys))
        for column in rows:
            self._files[place].write(column.tobytes())

    def take(self, place: int) -> list[Rows]:
        file = self._files[place]
        file.seek(0)
        found = []
        for length in self._pieces[place]:
            kinds = (np.dtype(np.int32 if name == "owners" else np.int64) for name in Rows._fields)
            found.append(Rows._make(np.frombuffer(file.read(length * kind.itemsize), dtype=kind) for kind in kinds))
        file.truncate(0)
        return found


def _rows(columns: Columns, blobs: Sequence[tuple[bytes, Blob]], number: Mapping[bytes, int], skeletons: bool) -> Rows:
    """The rows of a segment that are of these contents."""
    counts = np.array([blob.rows for _, blob in blobs], dtype=np.int64)
    firsts = np.array([blob.first for _, blob in blobs], dtype=np.int64)
    owners = np.repeat(np.array([number[digest] for digest, _ in blobs], dtype=np.int32), counts)
    wanted = np.repeat(firsts - (np.cumsum(counts) - counts), counts) + np.arange(int(counts.sum()))
    own, others = (columns.skeletons, columns.keys) if skeletons else (columns.keys, columns.skeletons)
    # A row points no further than the hole or the file that it is in.
    ends = np.zeros(len(own), dtype=np.int64)
    ends[wanted] = np.repeat(firsts, counts) + columns.limits[wanted]
    inner = parents(columns.spans, ends)
    around = np.where(inner < 0, NOTHING, own[inner])
    if len(wanted) == len(own):
        return Rows(own, others, columns.kinds, columns.spans, owners, around)
    return Rows(own[wanted], others[wanted], columns.kinds[wanted], columns.spans[wanted], owners, around[wanted])


def _by_content(pieces: list[Rows]) -> Rows:
    """Pieces as one, in the order of the contents, each of which stands together already. Takes the pieces apart."""
    columns = [list(each) for each in zip(*pieces, strict=True)]
    pieces.clear()
    owners = np.concatenate(columns[Rows._fields.index("owners")])
    begins = np.flatnonzero(np.concatenate(([True], owners[1:] != owners[:-1]))[: len(owners)])
    lengths = np.diff(np.append(begins, len(owners)))
    order = np.argsort(owners[begins], kind="stable")
    lengths, begins = lengths[order], begins[order]
    places = np.repeat(begins - (np.cumsum(lengths) - lengths), lengths) + np.arange(len(owners))
    whole = []
    for column in columns:
        whole.append(np.concatenate(column)[places])
        column.clear()  # or all rows would be there twice
    return Rows._make(whole)
