"""Bytes with a checksum: whatever happened to the disk, what is read is what was written, or is refused."""

import zlib

_DIGITS = 4


class Damaged(Exception):
    """What is stored is not what was written, or not by us, or by another version. `path` is the file, when known."""

    def __init__(self, why: str, path: str = "") -> None:
        super().__init__(why)
        self.path = path


class Unfinished(Damaged):
    """A file in which nothing was written yet: its making was ended, by a full disk or a signal."""


class Unusable(Exception):
    """The store cannot be used now: read-only, full, locked for long. What is in it may be right."""


def seed_of(key: int | str | bytes) -> int:
    """The number with which the checksum begins of what is kept under this key."""
    return zlib.crc32(key if isinstance(key, bytes) else str(key).encode("utf-8", "surrogateescape"))


def sealed(data: bytes, seed: int) -> bytes:
    """The bytes with a checksum over them, which begins with what they are kept under."""
    return zlib.crc32(data, seed).to_bytes(_DIGITS, "little") + data


def opened(stored: object, seed: int) -> bytes:
    """The bytes that were sealed under this key. Raises Damaged for anything else."""
    return bytes(looked_into(stored, seed))


def looked_into(stored: object, seed: int) -> memoryview:
    """The same where they stand, for what is large."""
    if not isinstance(stored, bytes) or len(stored) < _DIGITS:
        raise Damaged("a piece of the index is missing")
    data = memoryview(stored)[_DIGITS:]
    if zlib.crc32(data, seed) != int.from_bytes(stored[:_DIGITS], "little"):
        raise Damaged("a checksum does not fit")
    return data
