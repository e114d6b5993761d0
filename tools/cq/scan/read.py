"""Read files: each to its bytes, or to the reason why not."""

import os

from cq.index.binary import SAMPLE_BYTES, is_binary
from cq.scan.results import Unread
from cq.settings import READ_LIMIT_BYTES

_LARGE_BYTES = 1 << 18
_CLOSE_ON_EXEC = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def read_file(root: str, path: str, binary: bool = False) -> bytes | Unread:
    """The bytes of one file below the root. Binary files (NUL in the first 8 KiB) are left out unless asked for."""
    try:
        handle = os.open(os.path.join(root, path), os.O_RDONLY | _CLOSE_ON_EXEC)
        try:
            size = os.fstat(handle).st_size
            if size > READ_LIMIT_BYTES:
                return Unread(path, "too-large", f"{size // 1_000_000} MB")
            # Of a large file (an image, a library) the beginning often settles it.
            data = os.read(handle, size + 1 if binary or size < _LARGE_BYTES else SAMPLE_BYTES)
            if binary or not is_binary(data):
                if len(data) < size:
                    data += os.read(handle, size - len(data) + 1)
                # It grew since, or the read was cut short: on to the end.
                while len(data) != size and len(data) <= READ_LIMIT_BYTES and (more := os.read(handle, 1 << 20)):
                    data += more
        finally:
            os.close(handle)
    except (FileNotFoundError, NotADirectoryError):
        return Unread(path, "gone", "deleted since the files were listed")
    except OSError as error:
        return Unread(path, "unreadable", error.strerror or str(error))
    if not binary and is_binary(data):
        kind = "UTF-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "NUL byte; -uuu takes it as text"
        return Unread(path, "binary", kind)
    return data
