"""From options to a selection of files: which root, which paths, which languages."""

import os
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any

from cq.errors import CqError
from cq.index.repository import find_root
from cq.index.selection import Selection
from cq.resources import data_folder

_SIZE = re.compile(r"(\d+)([KMG]?)", re.IGNORECASE)
_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


def selection_of(values: dict[str, Any], arguments: Sequence[str]) -> Selection:
    """The files that the options and the path arguments name. Raises CqError for what does not exist."""
    paths = [os.path.abspath(argument) for argument in arguments]
    if "files_from" in values:
        paths.extend(_listed(values["files_from"]))
        if not paths:
            raise CqError("--files-from lists no file", "one path a line")
    for path in paths:
        if not os.path.lexists(path):
            raise CqError(f"no such file or folder: {_shown(path)}", "cq search NAME [PATHS...]")
    unrestricted = values.get("unrestricted", 0)
    return Selection(
        root=_root(values.get("root"), paths),
        paths=tuple(paths),
        globs=tuple(values.get("globs", ())),
        hidden=bool(values.get("hidden")) or unrestricted >= 2,
        no_ignore=bool(values.get("no_ignore")) or unrestricted >= 1,
        binary=unrestricted >= 3,
        follow=bool(values.get("follow")),
        max_filesize=_bytes(values["max_filesize"]) if "max_filesize" in values else None,
    )


def languages_of(values: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Languages that are wanted (none: all) and not wanted, as the user calls them."""
    words = [word for word in str(values.get("lang", "auto")).split(",") if word and word != "auto"]
    return (*words, *values.get("types", ())), tuple(values.get("not_types", ()))


def query_folders(values: dict[str, Any]) -> tuple[str, ...]:
    """The folders of languages and packs: those that cq ships, then the user's."""
    folders = [data_folder("queries")]
    for folder in values.get("queries", ()):
        if not os.path.isdir(folder):
            raise CqError(f"no such folder of queries: {folder}", "a folder with a lanes.toml")
        folders.append(os.path.abspath(folder))
    return tuple(folders)


def shown_paths(values: dict[str, Any], root: str) -> Callable[[str], str]:
    """How text output names a file: relative to --root, or else so that it opens from the current folder."""
    here = os.getcwd()
    if "root" in values or here == root:
        return _shown
    if here.startswith(os.path.join(root, "")):
        return lambda path: _shown(os.path.relpath(os.path.join(root, path), here))
    if root.startswith(os.path.join(here, "")):
        below = os.path.relpath(root, here)
        return lambda path: _shown(os.path.join(below, path))
    return lambda path: _shown(os.path.join(root, path))


def _root(given: str | None, paths: list[str]) -> str:
    if given is not None:
        root = os.path.abspath(given)
        if not os.path.isdir(root):
            raise CqError(f"no such folder: {given}", "--root takes the folder to search")
        return root
    here = os.getcwd()
    around = find_root(here)
    home = around or here
    if not paths or all(path == home or path.startswith(os.path.join(home, "")) for path in paths):
        return home
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in paths]
    common = os.path.commonpath(folders)
    return find_root(common) or common


def _listed(source: str) -> list[str]:
    try:
        if source == "-":
            text = sys.stdin.buffer.read()
        else:
            with open(source, "rb") as file:
                text = file.read()
    except OSError as error:
        raise CqError(f"cannot read the list of files {source}: {error.strerror}") from error
    separator = b"\0" if b"\0" in text else b"\n"
    return [os.path.abspath(os.fsdecode(line.rstrip(b"\r"))) for line in text.split(separator) if line.strip()]


def _bytes(word: str) -> int:
    found = _SIZE.fullmatch(word)
    if found is None:
        raise CqError(f"not a size: {word!r}", "a number with K, M or G: --max-filesize 2M")
    return int(found.group(1)) * _UNITS[found.group(2).upper()]


def _shown(path: str) -> str:
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
