"""The folder of the stores: which file is whose, and how much there may be of them all."""

import os
import re
import time
from collections.abc import Container, Iterator
from hashlib import blake2b
from typing import NamedTuple

from cq.errors import CqError
from cq.store.database import delete, is_free

_NAME_BYTES = 8
_TAIL_LETTERS = 40
_DEFAULT_BYTES = 1 << 30
_SIZE = re.compile(r"(\d+)([KMG]?)", re.IGNORECASE)
_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
_TOUCH_SECONDS = 600


class StoreFile(NamedTuple):
    """One database with what lies beside it."""

    path: str
    bytes: int
    used: float  # when, as the system counts


def stem_of(folder: str, root: bytes) -> str:
    """The path of a root's database, without its ending: a digest of the root, and its name for readers."""
    digest = blake2b(root, digest_size=_NAME_BYTES).hexdigest()
    tail = re.sub(rb"[^0-9A-Za-z._-]", b"_", os.path.basename(root))[:_TAIL_LETTERS].decode()
    return os.path.join(folder, "index", f"{digest}-{tail or 'root'}")


def store_files(folder: str) -> list[StoreFile]:
    """All databases, the one that was not used for longest first."""
    sizes: dict[str, int] = {}
    used: dict[str, float] = {}
    for path, status in _files(os.path.join(folder, "index")):
        stem, ending, _ = path.partition(".db")
        if not ending:
            continue
        name = stem + ending
        sizes[name] = sizes.get(name, 0) + status.st_size
        used[name] = max(used.get(name, 0.0), status.st_mtime)
    files = [StoreFile(path, size, used[path]) for path, size in sizes.items()]
    return sorted(files, key=lambda file: file.used)


def touch(path: str) -> None:
    """Note that a database was used, so that others go before it. Not each time: nobody asks for the minute."""
    try:
        if path and time.time() - os.stat(path).st_mtime > _TOUCH_SECONDS:
            os.utime(path)
    except OSError:  # read-only: then nobody deletes it either
        pass


def make_room(folder: str, but: str) -> None:
    """Delete the databases that were not used for longest until the rest is small enough; never that at `but`."""
    files = store_files(folder)
    total = sum(file.bytes for file in files) + blob_bytes(folder)
    limit = size_limit()
    for file in files:
        if total <= limit:
            break
        if file.path != but and is_free(file.path):
            delete(file.path)
            total -= file.bytes


def blob_folder(folder: str) -> str:
    """Where results by content are kept, of all roots."""
    return os.path.join(folder, "blobs")


def blob_bytes(folder: str) -> int:
    """What they take."""
    return sum(status.st_size for _, status in _files(blob_folder(folder)))


def clear(folder: str, only: Container[str] | None = None) -> tuple[list[StoreFile], list[StoreFile]]:
    """Delete all databases, or only these; those that were deleted, and those that are in use."""
    deleted: list[StoreFile] = []
    kept: list[StoreFile] = []
    for file in store_files(folder):
        if only is not None and file.path not in only:
            continue
        if is_free(file.path):
            delete(file.path)
        (kept if os.path.exists(file.path) else deleted).append(file)
    return deleted, kept


def size_limit() -> int:
    """What all stores together may take, in bytes."""
    word = os.environ.get("CQ_CACHE_SIZE", "")
    if not word:
        return _DEFAULT_BYTES
    found = _SIZE.fullmatch(word)
    if found is None:
        raise CqError(f"CQ_CACHE_SIZE is not a size: {word!r}", "a number with K, M or G: 500M")
    return int(found.group(1)) * _UNITS[found.group(2).upper()]


def _files(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                yield entry.path, entry.stat(follow_symlinks=False)
    except OSError:  # none yet, or a file that went meanwhile
        return
