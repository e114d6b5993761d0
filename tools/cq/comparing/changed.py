"""Which files differ between two trees, by what is in them. Files that git names by their content are not read."""

import hashlib
from typing import NamedTuple

from cq.index.file_tree import FileTree
from cq.index.git_tree import git_tree
from cq.index.selection import Selection
from cq.index.walk import list_files
from cq.scan.read import read_file, size_of
from cq.scan.results import Unread


class Changed(NamedTuple):
    """The paths that are in one tree only, or in both with another content."""

    old: list[str]
    new: list[str]
    unread: list[Unread]


def changed_files(old: Selection, new: Selection) -> Changed:
    """The files of two selections that differ, each in the order of the paths."""
    listed = list_files(old), list_files(new)
    before, after = set(listed[0].files), set(listed[1].files)
    differ = {path for path in before & after if _differs(old.tree, new.tree, path)}
    problems = {problem.path: problem for listing in listed for problem in listing.problems}
    return Changed(
        [path for path in listed[0].files if path in differ or path not in after],
        [path for path in listed[1].files if path in differ or path not in before],
        [Unread(each.path, each.reason, each.detail) for each in problems.values()],
    )


def _differs(old: FileTree, new: FileTree, path: str) -> bool:
    if not (old.laid_over(path) or new.laid_over(path)):
        if old.revision == new.revision:
            return False
        if old.revision is not None and new.revision is not None:
            return git_tree(old.revision).file(path) != git_tree(new.revision).file(path)
    if size_of(old, path) != size_of(new, path):
        return True
    return _content_id(old, path) != _content_id(new, path)


def _content_id(tree: FileTree, path: str) -> bytes:
    """What git calls the content of a file."""
    if tree.revision is not None and not tree.laid_over(path):
        entry = git_tree(tree.revision).file(path)
        return b"" if entry is None else entry.id
    data = read_file(tree, path, True)
    if isinstance(data, Unread):
        return b""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).digest()
