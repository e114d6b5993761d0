"""What a run found, kept so that `show`, `refs`, `rule` and `verify` can be asked about it by key."""

import contextlib
import os
import time
from collections.abc import Iterator
from hashlib import blake2b

import msgspec

from cq.errors import CqError
from cq.index.file_tree import FileTree
from cq.lanes.lines import Lines
from cq.rows.mining import Idiom, IdiomPlace
from cq.rows.shared import as_text
from cq.scan.read import read_file
from cq.scan.results import Unread
from cq.scan.write import write_whole
from cq.store.folder import mine_folder

# Of one idiom: more places are not kept, and `refs` says so.
PLACES_KEPT = 20_000
_RESULTS_KEPT = 50
# Of the text of a place.
_TEXT_BYTES = 2_000


class Saved(msgspec.Struct, frozen=True, kw_only=True):
    """One idiom with all its places: for each file, by its place in `paths`, the spans there."""

    idiom: Idiom
    places: dict[int, tuple[tuple[int, int], ...]]
    number: int = 0  # as the facts have it: the key of the level, or at level skeleton that of the skeleton
    signature: tuple[str, ...] = ()  # of the form
    categories: dict[str, str] = {}  # each with the rule that gave it
    configs: dict[str, bytes] = {}  # the rule as JSON, for each language of files that the idiom is in


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What one run found."""

    version: int = 1
    root: str
    level: str
    folders: tuple[str, ...]
    question: str  # what the run depends on: when it is the same, so is the result
    paths: tuple[str, ...]
    saved: tuple[Saved, ...]
    summary: bytes = b""  # JSON of the summary


def save(store: str, result: Result) -> None:
    """Keep a result in the place of an earlier one for the same root and level."""
    folder = _folder(store)
    os.makedirs(folder, exist_ok=True)
    write_whole(os.path.join(folder, name_of(result)), (msgspec.msgpack.encode(result),))
    for path in _newest_first(folder)[_RESULTS_KEPT:]:
        with contextlib.suppress(FileNotFoundError):  # another run was faster
            os.unlink(path)


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """That files which look so gave a result."""

    looks: str
    marks: tuple[str, ...]  # what else was looked at
    name: str  # of the result
    tail: bytes  # JSON of the account
    unread: tuple[Unread, ...] = ()


def remember(store: str, asked: str, known: Known) -> None:
    """Note what a question gave when the files looked so."""
    path = os.path.join(_folder(store), f"{blake2b(asked.encode(), digest_size=10).hexdigest()}.known")
    write_whole(path, (msgspec.msgpack.encode(known),))


def remembered(store: str, asked: str) -> Known | None:
    """What was noted of a question last."""
    path = os.path.join(_folder(store), f"{blake2b(asked.encode(), digest_size=10).hexdigest()}.known")
    try:
        with open(path, "rb") as file:
            return msgspec.msgpack.decode(file.read(), type=Known)
    except (OSError, msgspec.DecodeError):
        return None


def named(store: str, name: str) -> Result | None:
    """The result of this name, if it is still there."""
    try:
        with open(os.path.join(_folder(store), name), "rb") as file:
            return msgspec.msgpack.decode(file.read(), type=Result)
    except (OSError, msgspec.DecodeError):
        return None


def results(store: str) -> Iterator[Result]:
    """All results that are kept, the newest first."""
    decode = msgspec.msgpack.Decoder(Result).decode
    for path in _newest_first(_folder(store)):
        try:
            with open(path, "rb") as file:
                yield decode(file.read())
        except (OSError, msgspec.DecodeError):
            continue  # of another version, or deleted meanwhile


def find(store: str, key: str) -> tuple[Result, Saved]:
    """The idiom with this key, or whose key begins so. Raises CqError when there is none, or more than one."""
    seen: dict[str, tuple[Result, Saved]] = {}
    for result in results(store):
        for saved in result.saved:
            if saved.idiom.key.startswith(key.lower()):
                seen.setdefault(saved.idiom.key, (result, saved))
        if seen:
            break
    if not seen:
        raise CqError(f"no idiom {key!r} among what was found", "cq mine PATHS lists idioms with their keys")
    if len(seen) > 1:
        raise CqError(f"{key!r} begins {len(seen)} keys", f"one of: {', '.join(sorted(seen)[:5])}")
    return next(iter(seen.values()))


def read_places(result: Result, saved: Saved, most: int = PLACES_KEPT) -> Iterator[IdiomPlace]:
    """The places of an idiom with their lines, by path; those of files that are gone are left out."""
    for number, spans in sorted(saved.places.items(), key=lambda each: result.paths[each[0]]):
        if most <= 0:
            return
        path = result.paths[number]
        data = read_file(FileTree(result.root), path, True)
        if isinstance(data, Unread):
            continue
        lines = Lines(data)
        for start, end in spans[:most]:
            yield place_in(path, data, lines, start, end)
        most -= len(spans)


def place_in(path: str, data: bytes, lines: Lines, start: int, end: int) -> IdiomPlace:
    """A place of a file with its lines and its text."""
    line, column, _ = lines.position(start)
    end_line, end_column, _ = lines.position(end)
    return IdiomPlace(
        path=as_text(path),
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        start_byte=start,
        end_byte=end,
        text=data[start : min(end, start + _TEXT_BYTES)].decode("utf-8", "replace"),
    )


def touch(store: str, result: Result) -> None:
    """Note that a result was asked for again."""
    path = os.path.join(_folder(store), name_of(result))
    if os.path.exists(path):
        os.utime(path, (time.time(), time.time()))


def name_of(result: Result) -> str:
    """The name of the file that keeps a result."""
    name = blake2b(f"{result.root}\0{result.level}\0{result.question}".encode(), digest_size=10).hexdigest()
    return f"{name}.msgpack"


def _folder(store: str) -> str:
    return os.path.join(mine_folder(store), "results")


def _newest_first(folder: str) -> list[str]:
    try:
        paths = [os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".msgpack")]
        return sorted(paths, key=os.path.getmtime, reverse=True)
    except OSError:
        return []
