"""Read files: each to its bytes, or to the reason why not."""

import os
import re

from cq.index.binary import SAMPLE_BYTES, is_binary
from cq.index.file_tree import FileTree, Overlay, Revision
from cq.index.git_tree import git_tree
from cq.scan.results import FileJob, Unread
from cq.settings import READ_LIMIT_BYTES

_LARGE_BYTES = 1 << 18
_LFS_POINTER = re.compile(rb"version \S+\n(?:ext-.*\n)*oid \w+:[0-9a-f]+\nsize \d+\n")
_LFS_POINTER_BYTES = 1024  # at most
_CLOSE_ON_EXEC = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def read_file(tree: FileTree, path: str, binary: bool = False) -> bytes | Unread:
    """The bytes of one file of a tree. Binary files (NUL in the first 8 KiB) are left out unless asked for."""
    if not tree.is_plain:
        data = _laid_over(tree.overlay, path) if tree.laid_over(path) else None
        if data is None and tree.revision is not None:
            data = _blob(tree.revision, path)
        if data is not None:
            return data if isinstance(data, Unread) else _unless_binary(data, path, binary)
    try:
        handle = os.open(os.path.join(tree.root, path), os.O_RDONLY | _CLOSE_ON_EXEC)
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
    return _unless_binary(data, path, binary)


def size_of(tree: FileTree, path: str) -> int:
    """How many bytes a file has, without reading it; 0 when nobody knows: whoever reads it will say why."""
    if tree.overlay is not None and tree.laid_over(path):
        return len(tree.overlay.files[path] or b"")
    if tree.revision is not None:
        files = git_tree(tree.revision)
        entry = files.file(path)
        return 0 if entry is None else files.size(entry.id)
    try:
        return os.stat(os.path.join(tree.root, path)).st_size
    except OSError:
        return 0


def unread_job(tree: FileTree, path: str, binary: bool = False) -> FileJob:
    """The job of a file that nobody has read yet."""
    return FileJob(path, size_of(tree, path), binary=binary)


def _laid_over(overlay: Overlay | None, path: str) -> bytes | Unread:
    data = None if overlay is None else overlay.files[path]
    return Unread(path, "gone", "deleted by the change") if data is None else data


def _blob(revision: Revision, path: str) -> bytes | Unread:
    """The bytes of a file in a git tree. What git keeps elsewhere is not there, and that is said."""
    files = git_tree(revision)
    entry = files.file(path)
    if entry is None:
        return Unread(path, "gone", f"not in {revision.name}")
    size = files.size(entry.id)
    if size > READ_LIMIT_BYTES:
        return Unread(path, "too-large", f"{size // 1_000_000} MB")
    data = files.data(entry.id)
    if data is None:
        where = f" at {revision.name}" if revision.name else ""
        return Unread(path, "missing-object", f"the repository has no content of it{where}: a partial clone")
    if size < _LFS_POINTER_BYTES and _LFS_POINTER.fullmatch(data):
        return Unread(path, "lfs-pointer", "its content is not in git but in its large file storage")
    return data


def _unless_binary(data: bytes, path: str, binary: bool) -> bytes | Unread:
    if not binary and is_binary(data):
        kind = "UTF-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "NUL byte; -uuu takes it as text"
        return Unread(path, "binary", kind)
    return data
