"""What a listing depends on, noted while it is made: whoever keeps the listing can tell later whether it still holds.

A listing holds as long as nothing of this has changed: the folders that were walked (a new, deleted or renamed entry
changes the time of its folder), the files that were read or looked for (ignore files, git's index and configuration),
where links lead, and the top of the work tree around the root.
"""

import os

import msgspec

# Of a file or folder: size, mtime, ctime (both in nanoseconds) and inode; None when it is not there.
Signature = tuple[int, int, int, int] | None


def signature(path: str) -> Signature:
    """The signature of what the path leads to."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


class FolderSeen(msgspec.Struct, frozen=True, array_like=True):
    """One folder that was walked."""

    path: str  # from the root: "" or "a/b/"
    signature: Signature  # before it was read
    tracked_only: bool = False  # an ignore file leaves it out, but for what git tracks


class Record:
    """Notes of one listing. The walk writes it."""

    def __init__(self) -> None:
        self.folders: list[FolderSeen] = []
        self.watched: set[str] = set()  # absolute paths of files that were read or looked for
        self.links: list[str] = []  # absolute
        self.tops: set[str] = set()  # folders that are, or may become, the top of a work tree; absolute


def link_state(path: str) -> str:
    """Where a link leads and to what kind of thing: all that decides whether it is listed."""
    try:
        mode = os.stat(path).st_mode >> 12
    except OSError as error:
        return f"nowhere: {error.strerror}"
    return f"{mode} {os.path.realpath(path)}"
