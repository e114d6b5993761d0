"""From options to a selection of files: which root, which paths, which languages."""

import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from cq.errors import CqError
from cq.index.repository import find_root
from cq.index.selection import Selection
from cq.render.color import palette, printable
from cq.resources import data_folder, user_folder
from cq.rows.shared import MISSING_GRAMMAR, Diagnostic, as_text
from cq.scan.results import Unread

_SIZE = re.compile(r"(\d+)([KMG]?)", re.IGNORECASE)
_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


# Reasons for which the answer lacks what the user asked for. As grep has it, an error counts more than a match.
_ERRORS = frozenset(("missing", "not-a-file", "git-internal", "missing-object", "unreadable", "unknown-language"))


class Selected(NamedTuple):
    """The files to look at, and those that were named and are not there."""

    selection: Selection
    unread: tuple[Unread, ...]


def selection_of(values: dict[str, Any], arguments: Sequence[str]) -> Selected:
    """The files that the options and the path arguments name. Raises CqError when none of them is there."""
    if values.get("rev") or values.get("overlay"):
        from cq.cli.other_files import selected_elsewhere  # git and patches, only where they are asked for

        return selected_elsewhere(values, arguments)
    paths, unread = _present((os.path.abspath(word) for word in arguments), "missing")
    if "files_from" in values:
        listed, gone = _present(listed_paths(values["files_from"]), "gone")
        paths, unread = paths + listed, unread + gone
        if not paths and not unread:
            raise CqError("--files-from lists no file", "one path a line")
    if unread and not paths:
        raise CqError(f"{unread[0].detail}: {unread[0].path}", "check the spelling of the path")
    selection = plain_selection(values, root_of(values.get("root"), paths), paths)
    below = os.path.join(selection.root, "")
    return Selected(selection, tuple(each._replace(path=each.path.removeprefix(below)) for each in unread))


def all_below(folder: str, paths: Sequence[str]) -> bool:
    """Whether all paths are the folder, or below it."""
    return all(path == folder or path.startswith(os.path.join(folder, "")) for path in paths)


def plain_selection(values: dict[str, Any], root: str, paths: Sequence[str]) -> Selection:
    """What the options say of the files of a root."""
    unrestricted = values.get("unrestricted", 0)
    return Selection(
        root=root,
        paths=tuple(paths),
        globs=tuple(values.get("globs", ())),
        hidden=bool(values.get("hidden")) or unrestricted >= 2,
        no_ignore=bool(values.get("no_ignore")) or unrestricted >= 1,
        binary=unrestricted >= 3,
        follow=bool(values.get("follow")),
        max_filesize=_bytes(values["max_filesize"]) if "max_filesize" in values else None,
        only=values.get("only_files"),
    )


def _present(paths: Iterable[str], absent_as: str) -> tuple[list[str], list[Unread]]:
    present: list[str] = []
    absent: list[Unread] = []
    for path in paths:
        try:
            os.stat(path)
        except (FileNotFoundError, NotADirectoryError):
            absent.append(Unread(path, absent_as, "no such file or folder"))
        except OSError as error:  # no permission, a link that leads to itself
            absent.append(Unread(path, "unreadable", error.strerror or str(error)))
        else:
            present.append(path)
    return present, absent


def diagnostics_of(unread: Iterable[Unread]) -> tuple[Diagnostic, ...]:
    """What to say of files that were not read; nothing of binary ones, which are not meant to be."""
    return tuple(
        Diagnostic(
            path=as_text(each.path),
            code=each.reason,
            severity="error" if each.reason in _ERRORS else "warning",
            message=each.detail,
        )
        for each in unread
        if each.reason != "binary"
    )


def complain(diagnostics: Iterable[Diagnostic]) -> bool:
    """Say on stderr which files the answer lacks; whether there is one."""
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity == "error"]
    for diagnostic in errors:
        sys.stderr.write(f"cq: {printable(diagnostic.path)}: {diagnostic.message}\n")
    return bool(errors)


def name_missing_grammars(diagnostics: Iterable[Diagnostic]) -> None:
    """Say once on stderr which grammars are not installed, and what to type for them."""
    missing = [diagnostic for diagnostic in diagnostics if diagnostic.code == MISSING_GRAMMAR]
    if missing:
        from cq.render.text import diagnostic_lines  # most answers need none of it

        sys.stderr.writelines(f"{line}\n" for line in diagnostic_lines(missing))


def is_error(unread: Unread) -> bool:
    """Whether a file that was not read makes the exit status 2."""
    return unread.reason in _ERRORS


def languages_of(values: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Languages that are wanted (none: all) and not wanted, as the user calls them."""
    words = [word for word in values.get("lang", "auto").split(",") if word != "auto"]
    return (*words, *values.get("types", ())), tuple(values.get("not_types", ()))


def form_of(values: dict[str, Any]) -> str:
    """The form of the output: text, json or jsonl."""
    form: str = "json" if values.get("json") else values.get("format", "text")
    return form


def query_folders(values: dict[str, Any]) -> tuple[str, ...]:
    """The folders of languages and packs: those that cq ships, the one in the user's configuration, then --queries."""
    folders = [data_folder("queries")]
    own = os.path.join(user_folder("config"), "queries")
    if os.path.isdir(own):
        folders.append(own)
    for folder in values.get("queries", ()):
        if not os.path.isdir(folder):
            raise CqError(
                f"no such folder of queries: {folder}", "a folder with a lanes.toml, or with LANGUAGE/PACK.scm"
            )
        folders.append(os.path.abspath(folder))
    return tuple(folders)


def shown_paths(root: str) -> Callable[[str], str]:
    """How text output names a file: so that it opens from the current folder."""
    here = os.getcwd()
    if here == root:
        return str
    if here.startswith(os.path.join(root, "")):
        return lambda path: os.path.relpath(os.path.join(root, path), here)
    if root.startswith(os.path.join(here, "")):
        below = os.path.relpath(root, here)
        return lambda path: os.path.join(below, path)
    return lambda path: os.path.join(root, path)


def printed_paths(values: dict[str, Any], root: str) -> Callable[[str], str]:
    """The same in colours when there are any, and fit for a terminal when stdout is one."""
    shown = shown_paths(root)
    colours = palette(values.get("color", "auto"), sys.stdout)
    if not colours.path and not sys.stdout.isatty():
        return shown
    return lambda path: f"{colours.path}{printable(shown(path))}{colours.reset}"


def root_of(given: str | None, paths: list[str]) -> str:
    """The folder that is searched: as given, or the repository around here or around the paths."""
    if given is not None:
        root = os.path.abspath(given)
        if not os.path.isdir(root):
            raise CqError(f"no such folder: {given}", "--root takes the folder to search")
        return root
    here = os.getcwd()
    around = find_root(here)
    home = around or here
    if all_below(home, paths):
        return home
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in paths]
    common = os.path.commonpath(folders)
    return find_root(common) or common


def listed_paths(source: str) -> list[str]:
    """The absolute paths in a list of files."""
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
