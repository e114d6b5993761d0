"""What answers depend on besides the files themselves: cq, the grammars, and the queries. A digest of it."""

import functools
import os
import sys
from collections.abc import Iterator

from cq.digest import blake2b
from cq.resources import code_folder, data_folder
from cq.version import __version__

_PARSER = "tree_sitter"


def stamp(folders: tuple[str, ...]) -> bytes:
    """Changes with cq, with the versions of the grammars, and with what is in the folders of queries."""
    digest = blake2b(digest_size=16)
    for part in (__version__, sys.version, *_grammars(), *_queries(folders), *_checkout()):
        digest.update(part.encode("utf-8", "surrogateescape") + b"\0")
    return digest.digest()


def _grammars() -> Iterator[str]:
    """The installed grammars with their versions, which the names of the folders beside them tell."""
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:  # not there, or an archive
            continue
        yield from sorted(name for name in names if name.startswith(_PARSER))


def _queries(folders: tuple[str, ...]) -> Iterator[str]:
    for folder in folders:
        if folder == data_folder("queries"):  # ours, which nobody writes to but who works on cq
            yield from _looks(folder, "")
            continue
        for path in _below(folder, ""):
            try:
                with open(path, "rb") as file:
                    content = file.read()
            except OSError as error:  # whoever needs it will say so
                yield f"{path}: {error.strerror}"
            else:
                yield f"{path} {blake2b(content, digest_size=16).hexdigest()}"


@functools.cache
def _checkout() -> tuple[str, ...]:
    """Where cq is worked on its version does not tell: the looks of its source do."""
    code = code_folder()
    if os.path.dirname(data_folder("queries")) == code:
        return ()
    return tuple(_looks(code, ".py"))


def _looks(folder: str, ending: str) -> Iterator[str]:
    """What the files below a folder look like from outside."""
    for path in _below(folder, ending):
        status = os.stat(path)
        yield f"{path} {status.st_mtime_ns} {status.st_size}"


def _below(folder: str, ending: str) -> Iterator[str]:
    """The files below a folder, sorted."""
    files, folders = [], []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name != "__pycache__":
                        folders.append(entry.path)
                elif entry.name.endswith(ending):
                    files.append(entry.path)
    except OSError:  # likewise
        return
    yield from sorted(files)
    for each in sorted(folders):
        yield from _below(each, ending)
