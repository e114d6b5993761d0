"""What the user asked for, and what came of it."""

import os
import stat
from collections.abc import Iterator

import msgspec

from cq.errors import CqError
from cq.index.file_tree import FileTree, Overlay, Revision


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """Which files a search is over."""

    root: str  # absolute folder; every path of the answer is relative to it
    paths: tuple[str, ...] = ()  # absolute files or folders below root; empty: the whole root
    globs: tuple[str, ...] = ()  # as ripgrep's -g: the last that matches wins, "!" excludes
    hidden: bool = False  # files and folders whose name starts with a dot, too
    no_ignore: bool = False  # as if there were no .gitignore, .ignore or exclude file
    follow: bool = False  # follow linked folders; every real file comes once
    max_filesize: int | None = None  # bytes
    binary: bool = False  # binary files, too: for the reader of the files, since the walk opens none
    revision: Revision | None = None  # the files of a git tree instead of those in the folders
    overlay: Overlay | None = None  # files as they would be
    only: frozenset[str] | None = None  # those of these files alone: what the others say nobody asks

    @property
    def tree(self) -> FileTree:
        """Where the files are read from."""
        return FileTree(self.root, self.revision, self.overlay)

    @property
    def whole(self) -> "Selection":
        """All files of the root: names are resolved among them, whatever part of them is asked about."""
        return Selection(
            root=self.root, hidden=self.hidden, no_ignore=self.no_ignore, revision=self.revision, overlay=self.overlay
        )


class Problem(msgspec.Struct, frozen=True):
    """Something that could not be looked at."""

    path: str  # relative to the root where it is below it
    reason: str  # "unreadable", "not-a-file", "git-internal", "git-index", "git-config"
    detail: str


class Listing(msgspec.Struct, frozen=True):
    """The files of a selection, and what was in the way."""

    files: list[str]  # root-relative, "/" separators, in the order of their parts, none twice
    problems: list[Problem]


class Start(msgspec.Struct, frozen=True):
    """One place where the walk begins: a folder, or a file that the user named."""

    path: str  # absolute
    shown: str  # relative to the root; "" is the root itself
    mode: int  # of what the path leads to, links followed


def starts(selection: Selection) -> Iterator[Start]:
    """The places that the user named, checked. A path that is missing or outside the root raises CqError."""
    root = os.path.normpath(selection.root)
    below = os.path.join(root, "")
    mode = _mode(root)
    if not stat.S_ISDIR(mode):
        raise CqError(f"not a folder: {root}", "give the folder that is to be searched")
    for given in selection.paths or (root,):
        path = os.path.normpath(given)
        if path != root and not path.startswith(below):
            raise CqError(f"outside of {root}: {path}", "search from a folder that holds both")
        yield Start(path, path[len(below) :], _mode(path))


def _mode(path: str) -> int:
    try:
        return os.stat(path).st_mode
    except (FileNotFoundError, NotADirectoryError) as error:
        raise CqError(f"no such file or folder: {path}", "check the spelling of the path") from error
    except OSError as error:  # no permission, a link that leads to itself
        raise CqError(f"cannot look at {path}: {error.strerror}", "check its permissions and links") from error
