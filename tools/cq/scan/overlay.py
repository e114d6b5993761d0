"""From what a user lays over files to an overlay: a patch, a folder, or texts by path as an editor has them."""

import os
from functools import partial

import msgspec

from cq.errors import CqError
from cq.index.file_tree import FileTree, Overlay
from cq.rows.shared import as_text
from cq.scan.patch import patched
from cq.scan.read import read_file
from cq.scan.results import Unread


def overlay_of(given: str, data: bytes, tree: FileTree) -> Overlay:
    """The overlay of a folder (`data` is empty then), or of the content of a file or of stdin."""
    if os.path.isdir(given):
        return Overlay(_folder(os.path.abspath(given)))
    name = "stdin" if given == "-" else given
    if data.lstrip()[:1] == b"{":
        return Overlay(_buffers(data, tree.root, name))
    return Overlay(patched(data, partial(_read, tree), name))


def _read(tree: FileTree, path: str) -> bytes | None:
    if os.path.isabs(path) or ".." in path.split("/"):
        raise CqError(f"the patch leads out of {tree.root}: {as_text(path)}", "paths are those from the root")
    data = read_file(tree, path, True)
    return None if isinstance(data, Unread) else data


def _folder(folder: str) -> dict[str, bytes | None]:
    files: dict[str, bytes | None] = {}
    for parent, below, names in os.walk(folder):
        below[:] = sorted(name for name in below if name != ".git")
        for name in sorted(names):
            path = os.path.join(parent, name)
            data = read_file(FileTree(parent), name, True)
            if isinstance(data, Unread):
                raise CqError(f"cannot read {path}: {data.detail}", "--overlay takes a folder of files")
            files[os.path.relpath(path, folder).replace(os.sep, "/")] = data
    if not files:
        raise CqError(f"no file in {folder}", "--overlay takes a folder with files at the paths that they have")
    return files


def _buffers(data: bytes, root: str, name: str) -> dict[str, bytes | None]:
    try:
        texts = msgspec.json.decode(data, type=dict[str, str | None])
    except msgspec.DecodeError as error:
        raise CqError(f"{name}: not texts by path: {error}", '{"src/app.py": "text of it", "gone.py": null}') from error
    files: dict[str, bytes | None] = {}
    for path, text in texts.items():
        whole = os.path.normpath(os.path.join(root, path))
        if not whole.startswith(os.path.join(root, "")):
            raise CqError(f"{name}: outside of {root}: {path}", "a path from the root, or below it")
        files[whole.removeprefix(os.path.join(root, ""))] = None if text is None else text.encode()
    return files
