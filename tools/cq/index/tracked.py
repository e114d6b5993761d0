"""What git's index holds: is this file tracked, is anything below this folder?

It is asked only about what an ignore file leaves out, and in most trees nothing of that is tracked. So the
index is not parsed: versions 2 and 3 hold whole paths, and a path is looked for in the raw bytes, at a place
where an entry can stand. Version 4 shortens paths; then, and when there are many questions, libgit2 reads it.
"""

import os

from cq.index.selection import Problem

_HEADER_BYTES = 12
# Offsets within an entry: its mode, and its path (SHA-1 or SHA-256, each with and without version 3's flags).
_MODE_AT = 24
_PATH_AT = (62, 64, 74, 76)
_MODES = (b"\0\0\x81\xa4", b"\0\0\x81\xed", b"\0\0\xa0\0", b"\0\0\xe0\0")  # files, links, submodules
# Looking through this much takes about as long as importing pygit2.
_SEARCH_BUDGET_BYTES = 64 << 20


class Tracked:
    """The paths in the index of one work tree. Paths go in as bytes, relative to its top."""

    def __init__(self, git: str, problems: list[Problem]) -> None:
        self._git = git
        self._problems = problems
        self._absent: set[bytes] = set()
        self._budget = _SEARCH_BUDGET_BYTES
        self._files: frozenset[bytes] | None = None
        self._folders: frozenset[bytes] = frozenset()
        main = self._read("index")
        self._indexes = [main] if main else []
        # A split index: the bulk is in a second file, named in the extension. libgit2 cannot read that.
        # An entry of the second file that was deleted since still counts as tracked here.
        link = main.rfind(b"link\0\0\0")
        shared = self._read(f"sharedindex.{main[link + 8 : link + 28].hex()}") if link >= 0 else b""
        self._split = bool(shared)
        if shared:
            self._indexes.append(shared)
        if any(data[4:8] not in (b"\0\0\0\2", b"\0\0\0\3") for data in self._indexes):
            self._ask_libgit2()

    def holds_file(self, path: bytes) -> bool:
        """Whether `path` is tracked: a file, a link, or a submodule."""
        if self._files is not None:
            return path in self._files
        return self._search(path, b"\0")

    def holds_below(self, folder: bytes) -> bool:
        """Whether anything below `folder` (no slash at its end) is tracked."""
        if self._files is not None:
            return folder in self._folders
        return self._search(folder, b"/")

    def _read(self, name: str) -> bytes:
        path = os.path.join(self._git, name)
        try:
            with open(path, "rb") as file:
                return file.read()
        except FileNotFoundError:  # a repository without a first `git add`
            return b""
        except OSError as error:
            self._problems.append(Problem(path, "git-index", f"taken as empty: {error.strerror}"))
            return b""

    def _search(self, path: bytes, end: bytes) -> bool:
        # The same few names (`__pycache__`, `target`) are ignored again and again: look for them just once.
        name = path[path.rfind(b"/") + 1 :] + end
        if name in self._absent:
            return False
        if self._budget < 0 and not self._split:
            self._ask_libgit2()
            return self.holds_file(path) if end == b"\0" else self.holds_below(path)
        self._budget -= sum(len(data) for data in self._indexes)
        if not any(name in data for data in self._indexes):
            self._absent.add(name)
            return False
        return any(_has_entry(data, path + end) for data in self._indexes)

    def _ask_libgit2(self) -> None:
        paths: list[bytes] = []
        if self._split:
            # libgit2 refuses it, and a refused Index object complains again when it is collected.
            self._complain("a split index of version 4")
        else:
            # Costs several times a bare interpreter: only for what the bytes cannot answer.
            import pygit2

            try:
                # The index by itself, not the repository: that one libgit2 refuses when another user owns it.
                # It is given its handle first: a pygit2.Index that could not be opened has none, and prints a
                # traceback when it is collected.
                index = pygit2.Index.__new__(pygit2.Index)
                index._index = pygit2.ffi.NULL
                index.__init__(os.path.join(self._git, "index"))  # type: ignore[misc]
                paths = [os.fsencode(entry.path) for entry in index]
            except (pygit2.GitError, OSError, UnicodeError) as error:
                self._complain(str(error))
        folders = set()
        for path in paths:
            folder = path.rpartition(b"/")[0]
            while folder and folder not in folders:
                folders.add(folder)
                folder = folder.rpartition(b"/")[0]
        self._files, self._folders = frozenset(paths), frozenset(folders)

    def _complain(self, why: str) -> None:
        detail = f"tracked files that are ignored are left out: {why}"
        self._problems.append(Problem(os.path.join(self._git, "index"), "git-index", detail))


def _has_entry(data: bytes, beginning: bytes) -> bool:
    """Whether an index of version 2 or 3 has an entry whose path, with the NUL after it, begins like this."""
    at = data.find(beginning)
    while at >= 0:
        for path_at in _PATH_AT:
            entry = at - path_at
            aligned = entry >= _HEADER_BYTES and (entry - _HEADER_BYTES) % 8 == 0
            if aligned and data[entry + _MODE_AT : entry + _MODE_AT + 4] in _MODES:
                return True
        at = data.find(beginning, at + 1)
    return False
