"""Idioms as a table: a Parquet file, or a SQLite database. Written beside the target, and put in place when whole."""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from typing import Any

import msgspec

from cq.errors import CqError
from cq.mining.results import Saved

_FORMS = {".parquet": "parquet", ".db": "sqlite", ".sqlite": "sqlite", ".sqlite3": "sqlite"}
_SQL = """
create table about (name text primary key, value text not null);
create table idioms (
  key text primary key, level text not null, language text not null, kind text not null, pattern text not null,
  rule text not null, occurrences integer not null, files integer not null, projects integer not null,
  size integer not null, score real not null, surprise real not null, gain integer not null, within integer not null,
  part_of text not null
);
create table categories (key text not null references idioms, category text not null);
create table variations (
  key text not null references idioms, variation text not null, pattern text not null, occurrences integer not null,
  files integer not null, projects integer not null
);
create table places (
  key text not null references idioms, path text not null, start_byte integer not null, end_byte integer not null
);
create index places_by_key on places (key);
create index places_by_path on places (path);
"""
_COLUMNS = (
    "key", "level", "language", "kind", "pattern", "rule", "occurrences", "files", "projects", "size", "score",
    "surprise", "gain", "within", "part_of",
)  # fmt: skip


def form_of_table(path: str) -> str:
    """What a file is to be, by its ending. Raises CqError for one that says nothing, or for what is not installed."""
    form = _FORMS.get(os.path.splitext(path)[1].lower(), "")
    if not form:
        raise CqError(f"--export {path}: what is it to be?", f"a name that ends with {', '.join(_FORMS)}")
    if form == "parquet" and find_spec("pyarrow") is None:
        raise CqError("pyarrow is not installed, which writes Parquet", "pip install 'cq[parquet]'")
    return form


def export(path: str, saved: Sequence[Saved], paths: Sequence[str], about: msgspec.Struct) -> None:
    """Write idioms with their places; `about` says of what and how. Raises CqError when that fails."""
    form = form_of_table(path)
    text = msgspec.json.encode(about).decode()
    _beside(path, lambda aside: (_parquet if form == "parquet" else _sqlite)(aside, saved, paths, text))


def _beside(path: str, write: Callable[[str], None]) -> None:
    try:
        with tempfile.TemporaryDirectory(prefix=".cq-", dir=os.path.dirname(path) or ".") as folder:
            aside = os.path.join(folder, "table")
            write(aside)
            os.replace(aside, path)
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise CqError(f"{path}: not written: {reason}", "what was there is as it was") from error


def _sqlite(path: str, saved: Sequence[Saved], paths: Sequence[str], about: str) -> None:
    database = sqlite3.connect(path)
    try:
        database.executescript(_SQL)
        database.execute("insert into about values ('summary', ?)", (about,))
        marks = ", ".join("?" * len(_COLUMNS))
        for each in saved:
            idiom = each.idiom
            key = idiom.key
            database.execute(f"insert into idioms values ({marks})", [getattr(idiom, name) for name in _COLUMNS])
            database.executemany("insert into categories values (?, ?)", ((key, name) for name in idiom.categories))
            database.executemany(
                "insert into variations values (?, ?, ?, ?, ?, ?)",
                (
                    (key, other.key, other.pattern, other.occurrences, other.files, other.projects)
                    for other in idiom.variations
                ),
            )
            database.executemany(
                "insert into places values (?, ?, ?, ?)",
                ((key, place["path"], place["start_byte"], place["end_byte"]) for place in _places(each, paths)),
            )
        database.commit()
    finally:
        database.close()


def _parquet(path: str, saved: Sequence[Saved], paths: Sequence[str], about: str) -> None:
    import pyarrow  # seconds of import, and an extra
    from pyarrow import parquet

    text, whole, real = pyarrow.string(), pyarrow.int64(), pyarrow.float64()
    kinds = {"score": real, "surprise": real} | dict.fromkeys(
        ("occurrences", "files", "projects", "size", "gain", "within"), whole
    )
    counts = [("occurrences", whole), ("files", whole), ("projects", whole)]
    schema = pyarrow.schema(
        [
            *(pyarrow.field(name, kinds.get(name, text), nullable=False) for name in _COLUMNS),
            pyarrow.field("categories", pyarrow.list_(text), nullable=False),
            pyarrow.field(
                "variations", pyarrow.list_(pyarrow.struct([("key", text), ("pattern", text), *counts])), nullable=False
            ),
            pyarrow.field(
                "places",
                pyarrow.list_(pyarrow.struct([("path", text), ("start_byte", whole), ("end_byte", whole)])),
                nullable=False,
            ),
        ],
        metadata={"cq.mine": about},
    )
    rows = [
        {name: getattr(each.idiom, name) for name in _COLUMNS}
        | {
            "categories": list(each.idiom.categories),
            "variations": msgspec.to_builtins(each.idiom.variations),
            "places": list(_places(each, paths)),
        }
        for each in saved
    ]
    try:
        parquet.write_table(pyarrow.Table.from_pylist(rows, schema=schema), path, compression="zstd")
    except pyarrow.ArrowException as error:
        raise OSError(str(error)) from error


def _places(saved: Saved, paths: Sequence[str]) -> Iterator[dict[str, Any]]:
    for number, spans in sorted(saved.places.items(), key=lambda each: paths[each[0]]):
        for start, end in spans:
            yield {"path": paths[number], "start_byte": start, "end_byte": end}
