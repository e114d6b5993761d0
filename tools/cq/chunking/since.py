"""What changed in the chunks since a run or a commit, so that a store is brought up to date by that alone.

Both sides are whole runs, so that the result is the difference of what two full runs would give; of a commit, files
that are now the same are cut once.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from cq.chunking.analysis import ChunkAnalysis
from cq.chunking.file_chunks import ChunkPlan, FileChunks, rows_of
from cq.chunking.run import ChunkRequest, ChunkRun
from cq.chunking.unique import UniqueIds
from cq.errors import CqError
from cq.index.globs import Globs
from cq.index.ignore import git_text
from cq.index.repository import find_root
from cq.rows.chunk import ChunkChange, ChunkRow, ChunkStamp


class Place(NamedTuple):
    """Where a chunk stands."""

    path: str
    line: int
    start: int


class Before(NamedTuple):
    """The chunks that there were."""

    places: dict[str, Place]
    stamp: ChunkStamp | None  # None: made with the options of this run


class _Line(msgspec.Struct, frozen=True):
    """What of a line of an earlier run is looked at: a row, or the account at the end."""

    id: str = ""
    path: str = ""
    start_line: int = 0
    start_byte: int = 0
    stamp: ChunkStamp | None = None


def of_run(path: str) -> Before:
    """The chunks that an earlier run wrote as JSON Lines. Raises CqError for what is no such file."""
    decode = msgspec.json.Decoder(_Line).decode
    places: dict[str, Place] = {}
    stamp = None
    number = 0
    try:
        with open(path, "rb") as file:
            for line in file:
                number += 1
                said = decode(line)
                stamp = said.stamp or stamp
                if said.id:
                    places[said.id] = Place(said.path, said.start_line, said.start_byte)
    except OSError as error:
        raise CqError(f"{path}: {error.strerror}", "the output of cq chunk --format jsonl, or a commit") from error
    except msgspec.DecodeError as error:
        raise CqError(f"{path}:{number}: {error}", "the output of cq chunk --format jsonl") from error
    if stamp is None:
        raise CqError(f"{path}: has no last line with the account", "that run did not come to its end: chunk anew")
    return Before(places, stamp)


class Commit:
    """The files of a commit, as they were."""

    def __init__(self, root: str, name: str) -> None:
        import pygit2  # costs several times a bare interpreter

        top = find_root(root)
        if top is None:
            raise CqError(f"{root} is not in a git repository", "--since takes the output of an earlier run, too")
        try:
            self._repository: Any = pygit2.Repository(top)
            self._tree: Any = self._repository.revparse_single(name).peel(pygit2.Tree)
        except (KeyError, ValueError, pygit2.GitError) as error:
            raise CqError(
                f"no such commit, and no file either: {name}", "HEAD~1, a branch, or a run's output"
            ) from error
        self._below = os.path.relpath(root, top).replace(os.sep, "/") + "/" if root != top else ""

    def files(self) -> Iterator[tuple[str, str]]:
        """Path from the root and blob id of each file, in the order of the paths' parts."""
        stack = [("", self._tree)]
        found = []
        while stack:
            folder, tree = stack.pop()
            for entry in tree:
                path = folder + entry.name
                if entry.type_str == "tree":
                    if path.startswith(self._below) or self._below.startswith(f"{path}/"):
                        stack.append((f"{path}/", entry))
                elif entry.type_str == "blob" and path.startswith(self._below) and entry.filemode != 0o120000:
                    found.append((path.removeprefix(self._below), str(entry.id)))
        return iter(sorted(found, key=lambda each: each[0].split("/")))

    def unchanged(self) -> dict[str, str]:
        """The files that look as they did when git last looked: path from the root, and the blob that each was."""
        import pygit2

        try:
            index: Any = self._repository.index
            index.read()
            changed = {delta.new_file.path for delta in index.diff_to_workdir().deltas}
        except (OSError, ValueError, pygit2.GitError):  # a bare or split one, a damaged one: no file is known then
            return {}
        below = self._below
        return {
            entry.path.removeprefix(below): str(entry.id)
            for entry in index
            if entry.path.startswith(below) and entry.path not in changed
        }

    def size(self, blob: str) -> int:
        """How many bytes a file has."""
        size: int = self._repository.odb.read_header(blob)[1]
        return size

    def data(self, blob: str) -> bytes:
        """The bytes of a file."""
        data: bytes = self._repository[blob].data
        return data


def of_commit(request: ChunkRequest, commit: Commit, now: dict[str, tuple[str, FileChunks]]) -> Before:
    """The chunks that the files of a commit have; `now` has by path what was cut already, and of which blob."""
    run = ChunkRun(request)
    analysis = ChunkAnalysis(ChunkPlan(folders=request.folders, options=request.options))
    globs = Globs(request.selection.globs)
    root = os.path.join(request.selection.root, "")
    named = [path.removeprefix(root) if path != request.selection.root else "" for path in request.selection.paths]
    ids = UniqueIds()
    places: dict[str, Place] = {}
    for path, blob in commit.files():
        if named and not any(path == each or not each or path.startswith(f"{each}/") for each in named):
            continue
        folder, slash, name = git_text(path).rpartition("/")
        if globs.wants(name, folder + slash, False) is False:
            continue
        known = now.get(path)
        if known is not None and known[0] == blob:
            found = known[1]
        elif run.wants(path, b"" if "." in name else commit.data(blob)):
            found = analysis.run(path, commit.data(blob))
        else:
            continue
        for row in rows_of(ids.applied(found)):
            places[row.id] = Place(row.path, row.start_line, row.start_byte)
    return Before(places, None)


def blob_id(data: bytes) -> str:
    """What git calls the content of a file."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def changes(before: Before, files: Iterable[FileChunks]) -> Iterator[ChunkChange]:
    """What became of every chunk: those there are now in their order, then those that are gone."""
    left = dict(before.places)
    for file in files:
        for row in rows_of(file):
            yield _change(row, left.pop(row.id, None))
    for gone, place in sorted(left.items(), key=lambda item: (item[1].path.split("/"), item[1].start)):
        yield ChunkChange(change="removed", id=gone, path=place.path, start_line=place.line)


def _change(row: ChunkRow, place: Place | None) -> ChunkChange:
    if place is None:
        return ChunkChange(change="added", id=row.id, path=row.path, start_line=row.start_line, row=row)
    if place.path != row.path:
        return ChunkChange(change="moved", id=row.id, path=row.path, from_path=place.path, start_line=row.start_line)
    change = "kept" if place.line == row.start_line else "moved"
    return ChunkChange(change=change, id=row.id, path=row.path, start_line=row.start_line)


def check_stamp(before: Before, stamp: ChunkStamp) -> None:
    """Raise CqError when an earlier run was made with other options or grammars."""
    then = before.stamp
    if then is None:
        return
    grammars = {
        name: version for name, version in stamp.grammars.items() if then.grammars.get(name, version) != version
    }
    if then.options != stamp.options or then.algorithm != stamp.algorithm or grammars:
        what = f"another grammar of {', '.join(grammars)}" if grammars else "other options"
        raise CqError(f"that run was made with {what}: its ids say nothing of these", "chunk anew, or with the same")
