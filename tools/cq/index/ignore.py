"""The ignore files that hold for a folder, and which of their patterns decides on a name.

git's order: the file nearest to the name first, then `.git/info/exclude`, then the user's global file; within
a file the last line that matches. A folder that is ignored is not entered, so nothing below it can be taken
back. ripgrep's `.ignore` goes before the `.gitignore` of its folder, and leaves out tracked files, too: that
is what people write it for.
"""

import os
import stat
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from cq.index.patterns import Pattern, Table, ignore_lines
from cq.index.selection import Problem

# What is read in each folder; later ones decide first.
IGNORE_FILES = (".gitignore", ".ignore")

# The tables for files and for folders, and the folder that is walked as seen from the ignore file's.
RulesHere = list[tuple[Table, Table, str]]


def git_text(name: str) -> str:
    """A name as git's patterns see it: a character for each byte."""
    return name if name.isascii() else os.fsencode(name).decode("latin-1")


def read_ignore_file(path: str, problems: list[Problem], *, beats_tracking: bool = False) -> list[Pattern]:
    """The patterns of the ignore file at `path`; none when it is missing. Links are not followed."""
    # Without O_NONBLOCK a named pipe called .gitignore would stop us for good.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(path, flags)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        problems.append(Problem(path, "unreadable", f"its patterns are not applied: {error.strerror}"))
        return []
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return []
        return ignore_lines(file.read(), path, beats_tracking=beats_tracking)


class Rules:
    """The ignore files that hold below one folder, the one that decides first in front."""

    __slots__ = ("_files",)

    def __init__(self, files: tuple[tuple[Table, Table, int], ...] = ()) -> None:
        self._files = files

    def with_patterns(self, patterns: Sequence[Pattern], folder: str) -> "Rules":
        """These rules, overruled by `patterns` of a file in `folder` ("" or "a/b/" from the top)."""
        for_folders = Table(patterns)
        if not for_folders:
            return self
        for_files = for_folders
        if any(pattern.folders_only for pattern in patterns):
            for_files = Table(pattern for pattern in patterns if not pattern.folders_only)
        return Rules(((for_files, for_folders, len(folder)), *self._files))

    def of_folder(
        self,
        path: str,
        folder: str,
        names: Sequence[str],
        problems: list[Problem],
        laid_over: Mapping[str, bytes | None] = MappingProxyType({}),
    ) -> "Rules":
        """These rules and those of the ignore files among the `names` in the folder at `path`.

        `laid_over`: ignore files as they would be, by path; None is one that would be gone.
        """
        rules = self
        for name in IGNORE_FILES:
            at = os.path.join(path, name)
            if laid_over and at in laid_over:
                rules = rules.with_file(laid_over[at] or b"", at, folder)
            elif name in names:
                patterns = read_ignore_file(at, problems, beats_tracking=name != ".gitignore")
                rules = rules.with_patterns(patterns, folder)
        return rules

    def with_file(self, data: bytes, path: str, folder: str) -> "Rules":
        """These rules, overruled by what an ignore file says."""
        beats_tracking = os.path.basename(path) != ".gitignore"
        return self.with_patterns(ignore_lines(data, path, beats_tracking=beats_tracking), folder)

    def here(self, folder: str) -> RulesHere:
        """What `decisive` needs for the names in `folder`."""
        return [(for_files, for_folders, folder[start:]) for for_files, for_folders, start in self._files]


def decisive(rules: RulesHere, name: str, is_folder: bool) -> Pattern | None:
    """The pattern that decides on a name (as `git_text` has it), or None when none matches it."""
    for for_files, for_folders, folder in rules:
        pattern = (for_folders if is_folder else for_files).last(name, folder)
        if pattern is not None:
            return pattern
    return None
