"""What changed lately: the lines of files that the last commits of a git repository have written.

A few commits of the past are each compared with the newest one, so that the lines are those of today and the cost does
not grow with the history. Lines that changed since an earlier one count for less. What git cannot tell is no error: a
folder without a history has no recent changes.
"""

import os
from typing import Any, NamedTuple

from cq.index.repository import find_root, git_folder

_SPANS = ((4, 1.0), (16, 0.5), (64, 0.25))  # so many commits back, and what a change since then counts
_MOST_FILES = 400  # a change of more files was one of style, and says nothing


class Change(NamedTuple):
    """Lines of a file, both included, and what it counts that they changed: 1 at most."""

    first: int
    last: int
    weight: float


def recent_changes(root: str) -> dict[str, list[Change]]:
    """The changed lines of the files below a folder, by path relative to it."""
    top = find_root(root)
    if top is None:
        return {}
    import pygit2  # costs several times a bare interpreter

    below = os.path.relpath(root, top).replace(os.sep, "/") + "/" if root != top else ""
    found: dict[str, list[Change]] = {}
    try:
        repository: Any = pygit2.Repository(top)
        if repository.head_is_unborn:
            return {}
        newest = commit = repository.head.peel(pygit2.Commit)
        back = 0
        for span, weight in _SPANS:
            while back < span and commit.parents:
                commit = commit.parents[0]
                back += 1
            if not back:
                return {}
            diff = repository.diff(commit.tree, newest.tree, context_lines=0)
            if len(diff) > _MOST_FILES:
                break
            for patch in filter(None, diff):
                path = patch.delta.new_file.path
                if patch.delta.is_binary or not path.startswith(below):
                    continue
                changes = found.setdefault(path.removeprefix(below), [])
                for hunk in patch.hunks:
                    # Where lines were only taken away it has none: those around count.
                    last = hunk.new_start + max(hunk.new_lines - 1, 1 if not hunk.new_lines else 0)
                    changes.append(Change(hunk.new_start, last, weight))
            if back < span:
                break
    except (pygit2.GitError, KeyError, ValueError, OSError):
        # A history that is cut off (a shallow clone), damaged, or of a kind that libgit2 does not read.
        return found
    return found


def history_stamp(root: str) -> tuple[int, ...]:
    """What is another one after a commit or a checkout: sizes and times of what git writes then."""
    top = find_root(root)
    git = git_folder(top) if top is not None else None
    seen: list[int] = []
    for name in ("HEAD", "logs/HEAD", "packed-refs") if git is not None else ():
        try:
            found = os.stat(os.path.join(git or "", name))
            seen += (found.st_mtime_ns, found.st_size)
        except OSError:
            seen.append(0)
    return tuple(seen)
