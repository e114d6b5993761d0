"""The rows of a truth file as types (see `resolution_truth_python.py`), and what surrounds a name in its source."""

import json
import os
import re
import zlib
from typing import NamedTuple

Place = tuple[str, int]

_WORD = re.compile(rb"[\w\x80-\xff]+")
_IMPORT = re.compile(rb"\s*(?:from\b.*|import\b.*|(?:pub(?:\([^)]*\))?\s+)?use\b.*)", re.DOTALL)
_KEYWORD_ARGUMENT = re.compile(rb"\s*=(?!=)")


class Row(NamedTuple):
    """A name, and the places of the definitions that it may refer to. None internal and no module: unknown."""

    path: str
    start: int
    name: str
    places: dict[Place, str]  # of the definitions inside, and their kinds
    also: frozenset[Place]  # right too, though not asked for: overloads, implementations of a trait's method
    modules: tuple[str, ...]  # of the definitions outside

    @property
    def is_definition(self) -> bool:
        """Whether the name is that of the definition itself."""
        return (self.path, self.start) in self.places

    @property
    def kind(self) -> str:
        """The kind of the target."""
        return next(iter(self.places.values()), "external" if self.modules else "unknown")


def read_truth(file: str, every: int) -> list[Row]:
    """The rows of a file; with `every`, those of one name out of so many."""
    rows = []
    with open(file) as opened:
        for line in opened:
            data = json.loads(line)
            if zlib.crc32(b"=" + data["name"].encode()) % every:
                continue
            places = {(each["path"], each["start"]): each["kind"] for each in data["defs"] if "path" in each}
            also = frozenset((each["path"], each["start"]) for each in data.get("also", ()))
            modules = tuple(each["external"] for each in data["defs"] if "external" in each)
            rows.append(Row(data["path"], data["start"], data["name"], places, also, modules))
    return rows


class Sources:
    """The files of a folder."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._data: dict[str, bytes] = {}

    def data(self, path: str) -> bytes:
        """A file's bytes; none when it is gone."""
        if path not in self._data:
            try:
                with open(os.path.join(self._root, path), "rb") as file:
                    self._data[path] = file.read()
            except OSError:
                self._data[path] = b""
        return self._data[path]

    def shown(self, path: str, start: int) -> str:
        """`path:line:column: source`, as an editor opens it."""
        data = self.data(path)
        begin = data.rfind(b"\n", 0, start) + 1
        end = data.find(b"\n", start)
        written = data[begin : end if end >= 0 else None].decode("utf-8", "replace").strip()
        column = len(data[begin:start].decode("utf-8", "replace")) + 1
        line = data.count(b"\n", 0, start) + 1
        return f"{path}:{line}:{column}: {written[:110]}"


def _in_comment(before: bytes) -> bool:
    line = before[before.rfind(b"\n") + 1 :]
    return line.lstrip().startswith((b"#", b"//"))


class Surroundings:
    """How a name stands in its source: what a resolver must know to answer."""

    def __init__(self, sources: Sources, rows: list[Row]) -> None:
        self._sources = sources
        self._kinds = {(row.path, row.start): row.kind for row in rows}

    def of(self, row: Row) -> str:
        """`plain name`, `import`, `on self`, `on a parameter`, `on a call's result` ..."""
        data = self._sources.data(row.path)
        before = data[: row.start].rstrip()
        line_start = data.rfind(b"\n", 0, row.start) + 1
        if before.endswith(b".") and not before.endswith(b"..") and not _in_comment(before):
            return self._receiver(row.path, before[:-1].rstrip())
        if _IMPORT.match(data[line_start : row.start]):
            return "import"
        if before.endswith(b"::"):
            return "path"
        if _KEYWORD_ARGUMENT.match(data, row.start + len(row.name.encode())) and before.endswith((b"(", b",")):
            return "keyword argument or default"
        return "plain name"

    def _receiver(self, path: str, before: bytes) -> str:
        if before.endswith(b")"):
            return "on super()" if before.endswith(b"super()") else "on a call's result"
        if before.endswith(b"]"):
            return "on an item"
        if before.endswith((b'"', b"'")):
            return "on a string"
        if before.endswith((b"?", b"}")):
            return "on an expression"
        begin = len(before)
        while begin and _WORD.fullmatch(before, begin - 1, begin):
            begin -= 1
        word = before[begin:]
        if word in (b"self", b"cls"):
            return f"on {word.decode()}"
        if before[:begin].rstrip().endswith(b"."):
            return "on an attribute"
        kind = self._kinds.get((path, begin), "unknown")
        return f"on an {kind}" if kind[0] in "aeiou" else f"on a {kind}"
