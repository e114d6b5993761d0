"""diskcache as a keeper of bytes and of nothing else. Raises Damaged and Unusable, as the other stores do.

Of what diskcache can do most is left out: it would unpickle what it reads, keep values in files of their own, and
delete the files that its database names. Who can write to the folder would have a say in all of that.
"""

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from cq.store.checked import Damaged, Unusable

# It imports Django where that is installed, for a class that nobody here wants.
sys.modules.setdefault("diskcache.djangocache", None)  # type: ignore[arg-type]

from diskcache import Cache, Disk, Timeout  # noqa: E402
from diskcache.core import DBNAME, DEFAULT_SETTINGS, METADATA, MODE_RAW  # noqa: E402

_BUSY_SECONDS = 1.0
# What SQLite says when nothing is wrong with the file.
_OF_THE_SYSTEM = frozenset(
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
    )
)
# With names in a damaged file that are no text, sqlite3 fails to write its message.
_TROUBLE = (sqlite3.Error, OSError, UnicodeDecodeError, Timeout)
_EXPANDED = frozenset("$~%")  # diskcache puts variables and home folders into paths


class _BytesOnly(Disk):  # type: ignore[misc]
    """Values as they are, in the database."""

    def __init__(self, directory: str, **settings: Any) -> None:
        super().__init__(directory)

    def store(self, value: Any, read: bool, key: Any = None) -> tuple[int, int, None, Any]:
        if type(value) is not bytes:
            raise TypeError("only bytes are kept")
        return 0, MODE_RAW, None, sqlite3.Binary(value)

    def fetch(self, mode: int, filename: str | None, value: Any, read: bool) -> Any:
        if mode != MODE_RAW:
            raise Damaged("a value that is not bytes")
        return bytes(value) if isinstance(value, (bytes, memoryview)) else None

    def get(self, key: Any, raw: bool) -> Any:
        raise Damaged("keys are not read back")

    def remove(self, file_path: str) -> None:
        """Nothing: no value has a file."""


class BlobCache:
    """An open cache."""

    def __init__(self, path: str, limit_bytes: int) -> None:
        if _EXPANDED & set(path):
            raise Unusable(f"a path with one of {''.join(sorted(_EXPANDED))}")
        try:
            os.makedirs(path, mode=0o700, exist_ok=True)
            _check_settings(os.path.join(path, DBNAME))
            self._cache = Cache(
                path,
                timeout=_BUSY_SECONDS,
                disk=_BytesOnly,
                # All that counts is said here, whatever the file says.
                size_limit=limit_bytes,
                cull_limit=10,
                statistics=0,
                tag_index=0,
                # Any other notes each reading, which is a writing then.
                eviction_policy="least-recently-stored",
                sqlite_auto_vacuum=1,
                sqlite_cache_size=2048,
                sqlite_journal_mode="wal",
                sqlite_mmap_size=1 << 26,
                sqlite_synchronous=1,
            )
        except _TROUBLE as error:
            raise _told(error, path) from error

    def get(self, key: bytes) -> bytes | None:
        """What is kept under a key."""
        try:
            found: bytes | None = self._cache.get(key)
        except _TROUBLE as error:
            raise _told(error, "") from error
        return found

    def set_all(self, items: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep these, all or none."""
        try:
            with self._cache.transact():
                for key, value in items:
                    self._cache.set(key, value)
        except _TROUBLE as error:
            raise _told(error, "") from error

    def close(self) -> None:
        """Close the file."""
        with suppress(*_TROUBLE):
            self._cache.close()


def delete(path: str) -> None:
    """Delete a cache, as far as possible."""
    shutil.rmtree(path, ignore_errors=True)


def _check_settings(path: str) -> None:
    """Raises Damaged for settings that diskcache would trip over: it trusts what it reads.

    Raises sqlite3's errors when the file is locked, for which diskcache would wait a minute, or not to be written.
    """
    if not os.path.exists(path):
        return
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
        if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'Settings'").fetchone():
            return
        rows = connection.execute("SELECT key, value FROM Settings").fetchall()
    finally:
        connection.close()
    for key, value in rows:
        if key not in DEFAULT_SETTINGS and key not in METADATA:
            raise Damaged("a setting that is none of diskcache's", path)
        if not isinstance(value, type(DEFAULT_SETTINGS.get(key, 0))):
            raise Damaged("a setting of another type", path)


def _told(error: Exception, path: str) -> Damaged | Unusable:
    """Whether the file is at fault, or the system says no."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if isinstance(error, UnicodeDecodeError) or (isinstance(error, sqlite3.Error) and code not in _OF_THE_SYSTEM):
        return Damaged(str(error), path)
    return Unusable(str(error))
