"""Read files: each to its bytes, or to the reason why not."""

import os

from cq.scan.results import Unread
from cq.settings import READ_LIMIT_BYTES

_SNIFF_BYTES = 8192


def read_file(root: str, path: str, binary: bool = False) -> bytes | Unread:
    """The bytes of one file below the root. Binary files (NUL in the first 8 KiB) are left out unless asked for."""
    try:
        with open(os.path.join(root, path), "rb", buffering=0) as file:
            data = file.read(READ_LIMIT_BYTES + 1)
            # A raw read may return less than there is.
            if data and len(data) < READ_LIMIT_BYTES:
                rest = file.readall()
                if rest:
                    data += rest
    except (FileNotFoundError, NotADirectoryError):
        return Unread(path, "gone", "deleted since the files were listed")
    except OSError as error:
        return Unread(path, "unreadable", error.strerror or str(error))
    if len(data) > READ_LIMIT_BYTES:
        return Unread(path, "too-large", f"over {READ_LIMIT_BYTES // 1_000_000} MB")
    if not binary and data.find(b"\0", 0, _SNIFF_BYTES) >= 0:
        kind = "UTF-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "NUL byte"
        return Unread(path, "binary", kind)
    return data
