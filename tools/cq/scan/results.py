"""What scanning says of a file besides the analysis's own result."""

import os
from typing import NamedTuple


class FileJob(NamedTuple):
    """One file to analyse; its bytes when they are at hand already."""

    path: str  # relative to the root
    size: int
    data: bytes | None = None
    binary: bool = False  # to be read even when it is binary
    blob: str = ""  # the object id of its content: it is read from the git repository at the root

    @classmethod
    def sized(cls, root: str, path: str, binary: bool = False) -> "FileJob":
        """The job of a file that nobody has read yet."""
        try:
            size = os.stat(os.path.join(root, path)).st_size
        except OSError:
            size = 0  # whoever reads it will say why
        return cls(path, size, binary=binary)


class Unread(NamedTuple):
    """A file that could not be read or was left out, and why."""

    path: str
    reason: str  # "unreadable", "gone", "too-large", "binary"
    detail: str
