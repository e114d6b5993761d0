"""Results by content, kept between runs for all roots together: bytes by key, in the user's cache folder.

What goes wrong with the cache is no concern of those who ask: a blob that is damaged, of another version or not to be
had now is one that is not there, and is made anew.
"""

import zlib
from typing import TYPE_CHECKING, Protocol

from cq.digest import blake2b
from cq.store.blob_reader import BlobReader, Unclear
from cq.store.checked import Damaged, Unusable, looked_into, sealed, seed_of
from cq.store.folder import blob_folder, size_limit
from cq.store.stamp import stamp

if TYPE_CHECKING:
    from cq.store.blob_cache import BlobCache

_SHARE = 4  # of all that cq may keep, one part in so many
_BATCH_BYTES = 4_000_000  # of blobs written in one transaction
_COMPRESSION = 1
_PLAIN = b"\0"  # no zlib stream begins with it
_LARGEST = 64_000_000  # of one result


class Maker(Protocol):
    """Who makes what is kept. With another version it makes other blobs."""

    name: str
    version: int


class Blobs:
    """The blobs in a folder. It is opened with the first question."""

    def __init__(self, folder: str) -> None:
        """Without a folder nothing is kept."""
        self._path = blob_folder(folder) if folder else ""
        self._cache: BlobCache | None = None
        self._reader: BlobReader | None = None
        self._stamp = b""
        self._pending: dict[bytes, bytes] = {}
        self._pending_bytes = 0

    @property
    def are_kept(self) -> bool:
        """Whether there is any sense in asking."""
        return bool(self._path)

    def key(self, maker: Maker, data: bytes) -> bytes:
        """Under which the result for a content is kept."""
        if not self._stamp:
            self._stamp = stamp(())
        digest = blake2b(data, digest_size=20, key=self._stamp)
        digest.update(f"\0{maker.name}\0{maker.version}".encode())
        return digest.digest()

    def get(self, key: bytes) -> bytes | memoryview | None:
        """What was kept, as it was given; None when it is not there."""
        try:
            stored = self._stored(key)
        except Damaged:
            self._delete()
            return None
        except Unusable:
            self._give_up()
            return None
        if stored is None:
            return None
        try:
            blob = looked_into(stored, seed_of(key))
            return blob[1:] if blob[:1] == _PLAIN else zlib.decompress(blob)
        except (Damaged, zlib.error):
            return None

    def _stored(self, key: bytes) -> bytes | None:
        """What the file has; as long as nothing is written, it is only read."""
        if self._cache is None and self._path:
            try:
                if self._reader is None:
                    self._reader = BlobReader(self._path)
                return self._reader.get(key)
            except Unclear:
                pass
        cache = self._opened()
        return None if cache is None else cache.get(key)

    def put(self, key: bytes, data: bytes, compressed: bool = True) -> None:
        """Keep a result; `flush` writes it, if that did not happen before. One not compressed is there sooner."""
        if not self._path or len(data) > _LARGEST:
            return
        blob = sealed(zlib.compress(data, _COMPRESSION) if compressed else _PLAIN + data, seed_of(key))
        self._pending[key] = blob
        self._pending_bytes += len(blob)
        if self._pending_bytes > _BATCH_BYTES:
            self.flush()

    def flush(self) -> None:
        """Write what is not written yet."""
        pending, self._pending, self._pending_bytes = self._pending, {}, 0
        if not pending:
            return
        try:
            cache = self._opened()
            if cache is not None:
                cache.set_all(pending.items())
        except Damaged:
            self._delete()
        except Unusable:
            self._give_up()

    def _opened(self) -> "BlobCache | None":
        if self._cache is None and self._path:
            from cq.store.blob_cache import BlobCache  # and diskcache, which costs half of a small run

            self._close_reader()
            self._cache = BlobCache(self._path, size_limit() // _SHARE)
        return self._cache

    def close(self) -> None:
        """Close the file. What was not written is lost."""
        self._close_reader()
        cache, self._cache = self._cache, None
        if cache is not None:
            cache.close()

    def _close_reader(self) -> None:
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.close()

    def _give_up(self) -> None:
        """Do without from now on."""
        self.close()
        self._path = ""

    def _delete(self) -> None:
        """Begin anew; do without when the new one is damaged, too."""
        from cq.store.blob_cache import delete

        self.close()
        delete(self._path)
        try:
            self._opened()
        except (Damaged, Unusable):
            self._path = ""
