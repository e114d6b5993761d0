"""A tree in a git repository's objects: what stands in its folders, and the bytes of its files. Runs no git."""

import functools
import os
import posixpath
from typing import Any, NamedTuple

from cq.index.file_tree import Revision

FILE, FOLDER, LINK, SUBMODULE = 0o100000, 0o040000, 0o120000, 0o160000
_KIND = 0o170000
_LINKS_FOLLOWED = 10


class Entry(NamedTuple):
    """What a folder holds under one name."""

    kind: int  # FOLDER, LINK, SUBMODULE, or that of a file
    id: bytes


class GitTree:
    """One tree. Folders are read when they are asked for, and kept."""

    def __init__(self, revision: Revision) -> None:
        import pygit2  # takes longer to import than many a search

        self._id: Any = pygit2.Oid
        # The objects by themselves: nothing that a repository configures is looked at.
        self._objects: Any = pygit2.Odb(revision.objects)
        self._by_id = revision.by_id
        self._folders: dict[str, dict[str, Entry]] = {}
        if not revision.tree:
            self._folders[""] = {}
        else:
            self._folders[""] = self._entries(bytes.fromhex(revision.tree))

    def folder(self, path: str) -> dict[str, Entry]:
        """The entries of the folder at a path ("" is the root); none when there is no such folder."""
        if path not in self._folders:
            at, entries = "", self._folders[""]
            for step in path.split("/"):
                at = f"{at}/{step}" if at else step
                if at not in self._folders:
                    entry = entries.get(step)
                    is_folder = entry is not None and entry.kind == FOLDER
                    self._folders[at] = self._entries(entry.id) if entry is not None and is_folder else {}
                entries = self._folders[at]
        return self._folders[path]

    def entry(self, path: str) -> Entry | None:
        """What is at a path, links not followed; None when there is nothing."""
        folder, _, name = path.rpartition("/")
        return self.folder(folder).get(name)

    def file(self, path: str) -> Entry | None:
        """The file at a path, or where a link there leads within the tree; None when there is none."""
        if self._by_id:
            return Entry(FILE, bytes.fromhex(path.partition("/")[0]))
        at: str | None = path
        for _ in range(_LINKS_FOLLOWED):
            entry = self.entry(at) if at is not None else None
            if entry is None or entry.kind in (FOLDER, SUBMODULE):
                return None
            if entry.kind != LINK:
                return entry
            at = self.target(at or "")
        return None

    def target(self, path: str) -> str | None:
        """The path to which a link leads; None when it leads out of the tree."""
        entry = self.entry(path)
        data = None if entry is None else self.data(entry.id)
        if data is None:
            return None
        to = os.fsdecode(data)
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), to))
        return None if to.startswith("/") or target.startswith("../") or target in ("..", ".") else target

    def data(self, id: bytes) -> bytes | None:
        """The bytes of a file; None when the repository does not have them."""
        try:
            data: bytes = self._objects.read(self._id(raw=id))[1]
        except KeyError:
            return None
        return data

    def size(self, id: bytes) -> int:
        """Of a file in bytes, without reading it; 0 when the repository does not have it."""
        try:
            size: int = self._objects.read_header(self._id(raw=id))[1]
        except KeyError:
            return 0
        return size

    def _entries(self, id: bytes) -> dict[str, Entry]:
        data = self.data(id)
        entries: dict[str, Entry] = {}
        at = 0
        # Each: the mode in octal digits, a blank, the name, a NUL, the id.
        while data and at < len(data):
            blank = data.index(b" ", at)
            end = data.index(b"\0", blank)
            mode = int(data[at:blank], 8)
            at = end + 1 + len(id)
            entries[os.fsdecode(data[blank + 1 : end])] = Entry(mode & _KIND, data[end + 1 : at])
        return entries


@functools.lru_cache(maxsize=4)
def git_tree(revision: Revision) -> GitTree:
    """The tree of a revision, opened once in each process."""
    return GitTree(revision)
