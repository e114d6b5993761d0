"""The files of a revision, or as they would be with a change: which root and which paths."""

import os
import sys
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import msgspec

from cq.cli.settle import Selected, all_below, listed_paths, plain_selection, root_of
from cq.errors import CqError
from cq.index.file_tree import FileTree, Overlay
from cq.index.git_tree import git_tree
from cq.index.revision import repository_around, revision_of
from cq.index.selection import Selection
from cq.index.tree_walk import is_there
from cq.scan.overlay import overlay_of
from cq.scan.results import Unread


class NotThere(CqError):
    """What is asked about is not among the files."""


def selected_elsewhere(values: dict[str, Any], arguments: Sequence[str], allow_empty: bool = False) -> Selected:
    """The files that the options and the path arguments name. A path need not be there, if it was or would be.

    `allow_empty`: a patch without anything in it is one that changes nothing.
    """
    named = [os.path.abspath(word) for word in arguments]
    named += listed_paths(values["files_from"]) if "files_from" in values else []
    root = repository_root(values, named) if values.get("rev") else root_of(values.get("root"), named)
    revision = revision_of(root, values["rev"]) if values.get("rev") else None
    selection = msgspec.structs.replace(plain_selection(values, root, ()), revision=revision)
    if values.get("overlay"):
        given = values["overlay"]
        content = _content(given)
        # `git diff` of files as they were committed: where two states are compared, none differs.
        is_nothing = allow_empty and not content.strip() and not os.path.isdir(given)
        overlay = Overlay({}) if is_nothing else overlay_of(given, content, selection.tree)
        selection = msgspec.structs.replace(selection, overlay=overlay)
    there = [path for path in named if _is_there(selection, path)]
    where = revision.name if revision is not None else root
    below = os.path.join(root, "")
    unread = tuple(
        Unread(path.removeprefix(below), "missing", f"no such file or folder in {where}")
        for path in named
        if path not in there
    )
    if unread and not there:
        raise NotThere(f"{unread[0].detail}: {unread[0].path}", "check the spelling of the path")
    return Selected(msgspec.structs.replace(selection, paths=tuple(there)), unread)


def repository_root(values: dict[str, Any], paths: Sequence[str]) -> str:
    """The folder whose files of a revision are asked about: --root, or the repository around here, or around paths."""
    if values.get("root") is not None:
        return root_of(values["root"], [])
    named = [os.path.abspath(path) for path in paths]
    here = repository_around(os.getcwd())
    if here is not None and all_below(here, named):
        return here
    return (repository_around(os.path.commonpath(named)) if named else None) or os.getcwd()


def is_file(values: dict[str, Any], path: str) -> bool:
    """Whether there is a file at a path, where the options say that files are read from."""
    if not (values.get("rev") or values.get("overlay")):
        return os.path.isfile(path)
    selection = selected_elsewhere(values, ()).selection
    below = os.path.join(selection.root, "")
    path = os.path.abspath(path)
    inner = path.removeprefix(below)
    if not path.startswith(below):
        return False
    if selection.overlay is not None and inner in selection.overlay.files:
        return selection.overlay.files[inner] is not None
    if selection.revision is not None:
        return git_tree(selection.revision).file(inner) is not None
    return os.path.isfile(path)


def _is_there(selection: Selection, path: str) -> bool:
    tree: FileTree = selection.tree
    below = os.path.join(tree.root, "")
    if path != tree.root and not path.startswith(below):
        return tree.revision is None and os.path.exists(path)
    inner = path.removeprefix(below) if path != tree.root else ""
    if tree.overlay is not None and inner:
        said = tree.overlay.files
        if inner in said:
            return said[inner] is not None
        if any(each.startswith(f"{inner}/") for each, data in said.items() if data is not None):
            return True
    return is_there(tree.revision, inner) if tree.revision is not None else os.path.exists(path)


@lru_cache(maxsize=4)
def _content(given: str) -> bytes:
    """Read once: stdin gives it only once, and a file may change while it is asked about."""
    if given == "-":
        return sys.stdin.buffer.read()
    if os.path.isdir(given):
        return b""
    try:
        with open(given, "rb") as file:
            return file.read()
    except OSError as error:
        raise CqError(f"cannot read {given}: {error.strerror}", "--overlay takes a patch, a folder, or -") from error
