"""Read contents from a git repository by their object id: each to its bytes, or to the reason why not."""

import functools
from typing import Any

from cq.index.binary import is_binary
from cq.scan.results import Unread
from cq.settings import READ_LIMIT_BYTES


def read_blob(repository: str, path: str, blob: str, binary: bool = False) -> bytes | Unread:
    """The bytes of one object of the repository in a folder. Binary ones are left out unless asked for."""
    import pygit2  # costs several times a bare interpreter

    try:
        found = _opened(repository)[blob]
        if found.size > READ_LIMIT_BYTES:
            return Unread(path, "too-large", f"{found.size // 1_000_000} MB")
        data: bytes = found.data
    except (KeyError, ValueError, pygit2.GitError) as error:
        # A partial clone has the names of contents that it does not have.
        return Unread(path, "missing-object", f"not in the repository: {error}")
    if not binary and is_binary(data):
        return Unread(path, "binary", "NUL byte; -uuu takes it as text")
    return data


@functools.cache
def _opened(folder: str) -> Any:
    import pygit2

    return pygit2.Repository(folder)
