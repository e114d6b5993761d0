"""Why is this file in, why is that one out? The same walk as `list_files`, told in full, and slower."""

import os
from collections.abc import Iterator

import msgspec

from cq.index.binary import SAMPLE_BYTES, is_binary
from cq.index.patterns import Pattern
from cq.index.repository import Repository, find_root
from cq.index.selection import Problem, Selection
from cq.index.walk import Walk, list_files


class FileReason(msgspec.Struct, frozen=True):
    """One file, or one folder left out as a whole (with a slash at its end), and why it is in or out."""

    path: str  # relative to the root
    included: bool
    # in: "tracked", "untracked". Out: "ignored", "hidden", "glob", "binary", "too-large", "symlink",
    # "not-a-file", and the reasons of a Problem.
    reason: str
    detail: str = ""  # "pattern '*.log' at .gitignore:3"


def explain_files(selection: Selection) -> Iterator[FileReason]:
    """Every file of the selection, in or out, in the order of `list_files`."""
    rows, problems = _left_out(selection)
    yield from sorted(
        [*rows, *(FileReason(each.path, False, each.reason, each.detail) for each in problems)],
        key=lambda row: row.path.replace("/", "\0"),
    )


def ignored_files(selection: Selection) -> Iterator[str]:
    """The files that are left out as ignored or hidden, also from within ignored folders."""
    if selection.revision is not None:
        # What git ignores it does not hold.
        known = set(list_files(selection).files)
        every = list_files(msgspec.structs.replace(selection, hidden=True)).files
        yield from (path for path in every if path not in known)
        return
    for row in explain_files(selection):
        if row.reason not in ("ignored", "hidden"):
            continue
        if not row.path.endswith("/"):
            yield row.path
            continue
        found = []
        for folder, below, names in os.walk(os.path.join(selection.root, row.path)):
            below[:] = [name for name in below if name != ".git"]
            shown = os.path.relpath(folder, selection.root)
            found += [os.path.join(shown, name) for name in names if name != ".git"]
        yield from sorted(found, key=lambda path: path.replace("/", "\0"))


def _left_out(selection: Selection) -> tuple[list[FileReason], list[Problem]]:
    rows: list[FileReason] = []

    def leave_out(path: str, reason: str, why: Pattern | str) -> None:
        detail = why if isinstance(why, str) else _told(why, selection.root)
        rows.append(FileReason(path, False, reason, detail))

    listing = Walk(selection, leave_out).listing()
    problems = list(listing.problems)
    repositories: dict[str, Repository | None] = {}
    for path in listing.files:
        rows.append(_included(path, selection, repositories, problems))
    return rows, problems


def _included(
    path: str,
    selection: Selection,
    repositories: dict[str, Repository | None],
    problems: list[Problem],
) -> FileReason:
    """The row of a file that the walk lists; it is opened to see whether it is binary."""
    full = os.path.join(selection.root, path)
    try:
        with open(full, "rb") as file:
            start = file.read(SAMPLE_BYTES)
    except OSError as error:
        return FileReason(path, False, "unreadable", error.strerror or str(error))
    if not selection.binary and is_binary(start):
        return FileReason(path, False, "binary", "a NUL byte among its first 8 KiB")
    folder = os.path.dirname(full)
    if folder not in repositories:
        top = find_root(folder)
        # One object for each work tree, so that its index is read once.
        known = repositories.get(top) if top is not None else None
        repositories[folder] = known or (None if top is None else Repository.at(top))
        if top is not None:
            repositories.setdefault(top, repositories[folder])
    repository = repositories[folder]
    if repository is None:
        return FileReason(path, True, "untracked", "in no git repository")
    inner = os.fsencode(os.path.relpath(full, repository.top))
    tracked = repository.tracked(problems).holds_file(inner)
    return FileReason(path, True, "tracked" if tracked else "untracked")


def _told(pattern: Pattern, root: str) -> str:
    """`pattern '*.log' at .gitignore:3`, with the file as seen from the root when it is below."""
    if not pattern.source:
        return f"glob {pattern.text!r}"
    source = pattern.source.removeprefix(os.path.join(os.path.normpath(root), ""))
    return f"pattern {pattern.text!r} at {source}:{pattern.line}"
