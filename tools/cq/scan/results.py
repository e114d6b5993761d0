"""What scanning says of a file besides the analysis's own result."""

from typing import NamedTuple


class FileJob(NamedTuple):
    """One file to analyse; its bytes when they are at hand already."""

    path: str  # relative to the root
    size: int
    data: bytes | None = None
    binary: bool = False  # to be read even when it is binary
    known: bytes = b""  # what is known of its content, for an analysis that can make use of it


class Unread(NamedTuple):
    """A file that could not be read or was left out, and why."""

    path: str
    reason: str  # "unreadable", "missing-object", "gone", "too-large", "binary", "lfs-pointer"
    detail: str
