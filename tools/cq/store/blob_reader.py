"""What diskcache keeps, read without diskcache: to import that takes as long as all of a run that only reads.

Knows one thing of its tables: that a value which `blob_cache` wrote stands in its row, as bytes. Whatever is not as
expected is for `blob_cache` to judge.
"""

import os
import sqlite3
from contextlib import suppress

_QUESTION = "SELECT mode, value FROM Cache WHERE key = ? AND raw = 1"
_RAW = 1  # diskcache's number for bytes as they are
_MAPPED_BYTES = 1 << 26


class Unclear(Exception):
    """Nobody knows what is there until `blob_cache` has looked."""


class BlobReader:
    """A cache that is there, or none."""

    def __init__(self, folder: str) -> None:
        """Raises Unclear."""
        path = os.path.join(folder, "cache.db")
        self._connection: sqlite3.Connection | None = None
        if not os.path.exists(path):
            return
        try:
            # What is locked is not waited for here.
            self._connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
            self._connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
        except (sqlite3.Error, UnicodeDecodeError) as error:
            self.close()
            raise Unclear from error

    def get(self, key: bytes) -> bytes | None:
        """What is kept under a key. Raises Unclear."""
        if self._connection is None:
            return None
        try:
            found = self._connection.execute(_QUESTION, (key,)).fetchone()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise Unclear from error
        if found is None:
            return None
        mode, value = found
        if mode != _RAW or not isinstance(value, bytes):
            raise Unclear
        return value

    def close(self) -> None:
        """Close the file."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()
