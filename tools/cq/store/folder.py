"""The folder of the stores: which file is whose, and how much there may be of them all."""

import contextlib
import os
import re
import time
from collections.abc import Container, Iterator
from typing import NamedTuple

from cq.digest import blake2b
from cq.errors import CqError
from cq.store.database import delete, is_free

_NAME_BYTES = 8
_TAIL_LETTERS = 40
_DEFAULT_BYTES = 1 << 30
_SIZE = re.compile(r"(\d+)([KMG]?)", re.IGNORECASE)
_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
_TOUCH_SECONDS = 600
_IN_USE_SECONDS = 3600


class StoreFile(NamedTuple):
    """One database with what lies beside it."""

    path: str
    bytes: int
    used: float  # when, as the system counts


def stem_of(folder: str, root: bytes, tree: bytes = b"") -> str:
    """The path of a root's database, without its ending: a digest of the root, and its name for readers.

    Of a tree in git at that root: a digest of both, and that of the root, by which `siblings` are found.
    """
    tail = re.sub(rb"[^0-9A-Za-z._-]", b"_", os.path.basename(root))[:_TAIL_LETTERS].decode() or "root"
    digest = _digest(root)
    name = f"{_digest(rooted_at(root, tree))}-{tail}@{digest}" if tree else f"{digest}-{tail}"
    return os.path.join(folder, "index", name)


def rooted_at(root: bytes, tree: bytes) -> bytes:
    """What a database says that it is of: a root, or a tree in git that takes its place."""
    return root + b"@" + tree if tree else root


def siblings(folder: str, root: bytes) -> list[str]:
    """The databases of all trees in git at a root, the one that was used last first."""
    ending = f"@{_digest(root)}.db"
    return [file.path for file in reversed(store_files(folder)) if file.path.endswith(ending)]


def _digest(name: bytes) -> str:
    return blake2b(name, digest_size=_NAME_BYTES).hexdigest()


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
    total = sum(file.bytes for file in files) + content_bytes(folder)
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


def mine_folder(folder: str) -> str:
    """Where the facts of idioms are kept, by content, of all roots."""
    return os.path.join(folder, "mine")


def content_bytes(folder: str) -> int:
    """What is kept by content takes."""
    return sum(status.st_size for kept in _by_content(folder) for _, status in _below(kept))


def clear_contents(folder: str) -> int:
    """Delete what is kept by content; how many bytes that were."""
    import shutil  # no search needs it

    before = content_bytes(folder)
    for kept in _by_content(folder):
        shutil.rmtree(kept, ignore_errors=True)
    return before - content_bytes(folder)


def shrink(folder: str, limit: int, but: Container[str]) -> None:
    """Delete the files below a folder that are oldest until the rest takes no more than `limit` bytes.

    Never those in `but`, nor what was used within the hour: another process may be at it.
    """
    files = sorted(_below(folder), key=lambda file: file[1].st_mtime)
    total = sum(status.st_size for _, status in files)
    for path, status in files:
        if total <= limit or time.time() - status.st_mtime < _IN_USE_SECONDS:
            break
        if path not in but:
            with contextlib.suppress(OSError):  # gone, or not to be deleted
                os.unlink(path)
                total -= status.st_size


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


def _by_content(folder: str) -> tuple[str, str]:
    return blob_folder(folder), mine_folder(folder)


def _below(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            with contextlib.suppress(OSError):  # gone meanwhile
                yield path, os.stat(path, follow_symlinks=False)


def _files(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                yield entry.path, entry.stat(follow_symlinks=False)
    except OSError:  # none yet, or a file that went meanwhile
        return
