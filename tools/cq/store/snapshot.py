"""The listed files of a root as they were last seen: what each looked like from outside, and its number.

A number (`id`) stands for one content at one path. It is never given twice, so whatever is kept by number stays true
when files change: those get new numbers, and what is kept of the old ones is never asked for again.
"""

import os
from array import array
from collections.abc import Callable, Sequence

import msgspec

from cq.digest import blake2b
from cq.index.record import FolderSeen, Signature
from cq.index.selection import Problem

DIGEST_BYTES = 16
_NO_DIGEST = bytes(DIGEST_BYTES)
NUMBERS = 4  # size, mtime, ctime, inode


class ListingSeen(msgspec.Struct, frozen=True, array_like=True):
    """What the list of files depends on. Paths are bytes: a name may be anything."""

    environment: tuple[str, ...]
    top: bytes | None  # of the work tree around the root
    folder_paths: bytes  # joined; each with a slash before it, since that of the root is empty
    folders: tuple[tuple[Signature, bool], ...]  # and whether only tracked files below it count
    watched: tuple[tuple[bytes, Signature], ...]
    links: tuple[tuple[bytes, bytes], ...]
    tops: tuple[tuple[bytes, bytes], ...]
    problems: tuple[tuple[bytes, str, bytes], ...]
    settled: bool  # nothing of it was so new that it may have changed unnoticed


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    listing: ListingSeen
    paths: bytes
    ids: bytes
    numbers: bytes
    notes: tuple[tuple[int, str, str], ...]
    heads: tuple[tuple[int, bytes], ...]


class Snapshot:
    """The files by position, in the order of the listing."""

    def __init__(self, listing: ListingSeen, paths: Sequence[str]) -> None:
        self.listing = listing
        self.paths = paths
        self.ids = array("q", bytes(8 * len(paths)))  # 0: not known yet, to be read
        self.numbers = array("q", bytes(8 * NUMBERS * len(paths)))
        # Only needed when something changed, so they are kept apart, and read then.
        self.digests = bytearray()
        self._load_digests: Callable[[], bytes] = bytes
        self.notes: dict[int, tuple[str, str]] = {}  # why a file is not searched: reason and detail
        self.heads: dict[int, bytes] = {}  # the first bytes of files whose `#!` line tells the language

    def packed(self) -> bytes:
        """As bytes, for the disk."""
        return msgspec.msgpack.encode(
            _Packed(
                listing=self.listing,
                paths=joined(self.paths),
                ids=self.ids.tobytes(),
                numbers=self.numbers.tobytes(),
                notes=tuple((at, *note) for at, note in self.notes.items()),
                heads=tuple(self.heads.items()),
            )
        )

    @classmethod
    def unpacked(cls, data: bytes, load_digests: Callable[[], bytes]) -> "Snapshot":
        """From bytes. Raises msgspec.DecodeError for what is no snapshot."""
        packed = msgspec.msgpack.decode(data, type=_Packed)
        snapshot = cls(packed.listing, split(packed.paths))
        snapshot.ids = array("q", packed.ids)
        snapshot.numbers = array("q", packed.numbers)
        snapshot._load_digests = load_digests
        snapshot.notes = {at: (reason, detail) for at, reason, detail in packed.notes}
        snapshot.heads = dict(packed.heads)
        return snapshot

    def need_digests(self) -> None:
        """Read the digests, or begin with none. To be called before anything is changed."""
        if not self.digests:
            digests = bytearray(self._load_digests())
            right = len(digests) == DIGEST_BYTES * len(self.paths)
            self.digests = digests if right else bytearray(DIGEST_BYTES * len(self.paths))

    def digest(self, at: int) -> bytes:
        """Of the content; empty when it was not taken."""
        found = bytes(self.digests[at * DIGEST_BYTES : (at + 1) * DIGEST_BYTES])
        return b"" if found == _NO_DIGEST else found

    def set_digest(self, at: int, digest: bytes) -> None:
        """Keep the digest of a file's content; empty: not taken."""
        self.digests[at * DIGEST_BYTES : (at + 1) * DIGEST_BYTES] = digest or _NO_DIGEST

    def looks(self, at: int) -> tuple[int, ...]:
        """Size, mtime, ctime and inode when the file was last looked at."""
        return tuple(self.numbers[at * NUMBERS : (at + 1) * NUMBERS])

    def looks_like(self, other: "Snapshot") -> bool:
        """Whether the same files were listed, by the same folders and ignore files, and looked the same."""
        return self.listing == other.listing and self.numbers == other.numbers and self.paths == other.paths

    def problems(self) -> list[Problem]:
        """What was in the way of the listing."""
        return [
            Problem(os.fsdecode(path), reason, os.fsdecode(detail)) for path, reason, detail in self.listing.problems
        ]

    def folders(self) -> list[FolderSeen]:
        """The folders that were walked."""
        paths = split(self.listing.folder_paths)
        return [FolderSeen(path[1:], *seen) for path, seen in zip(paths, self.listing.folders, strict=True)]


def digest_of(data: bytes) -> bytes:
    """By which a content is known again."""
    return blake2b(data, digest_size=DIGEST_BYTES).digest()


def joined(paths: Sequence[str]) -> bytes:
    """Paths as one run of bytes: a NUL stands in none."""
    return os.fsencode("\0".join(paths))


def split(paths: bytes) -> list[str]:
    """The paths that were joined; none of them is empty."""
    return os.fsdecode(paths).split("\0") if paths else []
