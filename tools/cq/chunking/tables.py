"""Chunks as tables: Parquet and Arrow files in three shapes. Written beside the target, and put in place when whole.

`flat` is a row for each chunk; `nested` one for each file with its chunks in a list; `relational` a folder of three
files that join: files, chunks and edges. The stamp of the run is in the metadata of each.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.util import find_spec
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from cq.chunking.file_chunks import FileChunks, rows_of
from cq.chunking.graph import edges_of
from cq.errors import CqError, nearest
from cq.rows.chunk import ChunkEdge, ChunkRow, ChunkStamp

SHAPES = ("flat", "nested", "relational")
COMPRESSIONS = ("zstd", "snappy", "gzip", "lz4", "brotli", "none")
_OF_ARROW = ("zstd", "lz4", "none")
_ROWS_AT_ONCE = 4096


class TablePlan(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be written."""

    path: str
    form: str  # "parquet" or "arrow"
    shape: str = "flat"
    compression: str = "zstd"
    columns: tuple[str, ...] = ()  # of a chunk; none: all
    row_group: int = _ROWS_AT_ONCE
    by_language: bool = False  # a folder for each language
    stamp: ChunkStamp | None = None  # without the grammars, as it is before the run


def table_plan(**said: Any) -> TablePlan:
    """The plan. Raises CqError for columns that no chunk has, and for what does not go together."""
    plan = msgspec.convert(said, TablePlan)
    if find_spec("pyarrow") is None:
        raise CqError(f"pyarrow is not installed, which writes {plan.form}", "pip install 'cq[parquet]'")
    for column in plan.columns:
        if column not in ChunkRow.__struct_fields__:
            known = ", ".join(ChunkRow.__struct_fields__)
            raise CqError(f"no column {column!r}", nearest(column, ChunkRow.__struct_fields__) or f"one of: {known}")
    if plan.form == "arrow" and plan.compression not in _OF_ARROW:
        raise CqError(f"Arrow files have no {plan.compression}", f"one of: {', '.join(_OF_ARROW)}")
    if plan.by_language and plan.shape != "flat":
        raise CqError(f"the shape {plan.shape} is not partitioned", "take the shape flat")
    return plan


def write_tables(plan: TablePlan, files: Iterable[FileChunks], stamp: Callable[[], ChunkStamp]) -> int:
    """Write the chunks of files as they come, and give the number of rows. Raises CqError when that fails.

    What was at the target before stays until all is written.
    """
    is_folder = plan.shape == "relational" or plan.by_language
    return _beside(plan.path, lambda folder: _write(plan, files, stamp, folder, is_folder), is_folder)


def _beside(path: str, write: Callable[[str], int], is_folder: bool) -> int:
    """Write into a folder beside the target, then put that, or the `table` in it, in its place."""
    import pyarrow  # seconds of import, and an extra

    try:
        beside = tempfile.mkdtemp(prefix=".cq-", dir=os.path.dirname(path) or ".")
        try:
            count = write(beside)
            _put_in_place(beside if is_folder else os.path.join(beside, "table"), path)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except (OSError, pyarrow.ArrowException) as error:
        reason = getattr(error, "strerror", None) or error
        raise CqError(f"{path}: not written: {reason}", "what was there is as it was") from error
    return count


def write_edges(plan: TablePlan, files: Iterable[Sequence[ChunkRow]], stamp: Callable[[], ChunkStamp]) -> int:
    """Write the edges of files as one table, and give their number. Raises CqError when that fails."""

    def write(folder: str) -> int:
        with _Writer(os.path.join(folder, "table"), _schema_of(ChunkEdge, ()), plan) as writer:
            writer.add(map(msgspec.to_builtins, edges_of(files)))
            writer.finish(stamp())
        return writer.count

    return _beside(plan.path, write, False)


def _put_in_place(made: str, target: str) -> None:
    if os.path.isdir(made):
        os.chmod(made, 0o755)
        if os.path.isdir(target):
            old = made + ".old"
            os.rename(target, old)
            os.rename(made, target)
            shutil.rmtree(old, ignore_errors=True)
            return
        os.rename(made, target)
        return
    mask = os.umask(0)
    os.umask(mask)
    os.chmod(made, 0o666 & ~mask)
    os.replace(made, target)


def _write(
    plan: TablePlan, files: Iterable[FileChunks], stamp: Callable[[], ChunkStamp], folder: str, is_folder: bool
) -> int:
    schema = _chunk_schema(plan.columns)
    if plan.shape == "nested":
        return _nested(plan, files, stamp, os.path.join(folder, "table"), schema)
    if not is_folder:
        with _Writer(os.path.join(folder, "table"), schema, plan) as writer:
            for rows in map(rows_of, files):
                writer.add(map(msgspec.to_builtins, rows))
            writer.finish(stamp())
        return writer.count
    if plan.by_language:
        return _partitioned(plan, files, stamp, folder, schema)
    return _relational(plan, files, stamp, folder, schema)


def _partitioned(
    plan: TablePlan, files: Iterable[FileChunks], stamp: Callable[[], ChunkStamp], folder: str, schema: Any
) -> int:
    writers: dict[str, _Writer] = {}
    for file in files:
        language = file.language or "none"
        if language not in writers:
            within = os.path.join(folder, f"language={language}")
            os.mkdir(within)
            # The folder says the language: a column of that name would be there twice.
            rest = schema.remove(schema.get_field_index("language")) if "language" in schema.names else schema
            writers[language] = _Writer(os.path.join(within, f"chunks.{plan.form}"), rest, plan)
        writers[language].add(map(msgspec.to_builtins, rows_of(file)))
    for writer in writers.values():
        writer.finish(stamp())
    return sum(writer.count for writer in writers.values())


def _nested(
    plan: TablePlan, files: Iterable[FileChunks], stamp: Callable[[], ChunkStamp], path: str, schema: Any
) -> int:
    import pyarrow

    fields = [*_file_schema(), pyarrow.field("chunks", pyarrow.list_(pyarrow.struct(list(schema))))]
    count = 0
    with _Writer(path, pyarrow.schema(fields), plan) as writer:
        for file in files:
            chunks = [_filled(msgspec.to_builtins(row), schema) for row in rows_of(file)]
            count += len(chunks)
            writer.add([_file_row(file) | {"chunks": chunks}])
        writer.finish(stamp())
    return count


def _relational(
    plan: TablePlan, files: Iterable[FileChunks], stamp: Callable[[], ChunkStamp], folder: str, schema: Any
) -> int:
    import pyarrow

    paths = {name: os.path.join(folder, f"{name}.{plan.form}") for name in ("files", "chunks", "edges")}
    with (
        _Writer(paths["files"], pyarrow.schema(_file_schema()), plan) as of_files,
        _Writer(paths["chunks"], schema, plan) as of_chunks,
        _Writer(paths["edges"], _schema_of(ChunkEdge, ()), plan) as of_edges,
    ):

        def passing() -> Iterator[Sequence[ChunkRow]]:
            for file in files:
                rows = rows_of(file)
                of_files.add([_file_row(file)])
                of_chunks.add(map(msgspec.to_builtins, rows))
                yield rows

        of_edges.add(map(msgspec.to_builtins, edges_of(passing())))
        for writer in (of_files, of_chunks, of_edges):
            writer.finish(stamp())
    return of_chunks.count


class _Writer:
    """Writes rows in groups. Valid also without a row."""

    def __init__(self, path: str, schema: Any, plan: TablePlan) -> None:
        import pyarrow

        self._size = plan.row_group
        self._waiting: list[dict[str, Any]] = []
        self.count = 0
        self._is_parquet = plan.form == "parquet"
        compression = None if plan.compression == "none" else plan.compression
        if self._is_parquet:
            from pyarrow import parquet

            level = 3 if compression == "zstd" else None
            self._writer: Any = parquet.ParquetWriter(
                path, schema, compression=compression or "none", compression_level=level
            )
            self._sink: Any = None
        else:
            # Which grammars were used is not known yet: that is in Parquet's footer only.
            schema = schema.with_metadata({"cq.chunk": msgspec.json.encode(plan.stamp).decode()})
            self._sink = pyarrow.OSFile(path, "wb")
            options = pyarrow.ipc.IpcWriteOptions(compression=compression)
            self._writer = pyarrow.ipc.new_file(self._sink, schema, options=options)
        self._schema = schema

    def __enter__(self) -> "_Writer":
        return self

    def __exit__(self, *_: object) -> None:
        if self._writer is not None:
            self._close()

    def add(self, rows: Iterable[dict[str, Any]]) -> None:
        """Write these rows, some of them later."""
        for row in rows:
            self._waiting.append(row)
            if len(self._waiting) >= self._size:
                self._flush()

    def finish(self, stamp: ChunkStamp) -> None:
        """Write what is left, and what all of it depends on."""
        self._flush()
        if self._is_parquet:
            self._writer.add_key_value_metadata({"cq.chunk": msgspec.json.encode(stamp).decode()})
        self._close()

    def _close(self) -> None:
        writer, self._writer = self._writer, None
        writer.close()
        if self._sink is not None:
            self._sink.close()

    def _flush(self) -> None:
        import pyarrow

        if not self._waiting:
            return
        rows, self._waiting = self._waiting, []
        self.count += len(rows)
        columns = [pyarrow.array([_value(row, field) for row in rows], field.type) for field in self._schema]
        table = pyarrow.Table.from_arrays(columns, schema=self._schema)
        self._writer.write_table(table, len(rows)) if self._is_parquet else self._writer.write_table(table)


def _value(row: dict[str, Any], field: Any) -> Any:
    if field.name in row:
        return row[field.name]
    return None if field.nullable else _EMPTY[str(field.type).partition("<")[0]]


def _filled(row: dict[str, Any], schema: Any) -> dict[str, Any]:
    return {field.name: _value(row, field) for field in schema}


# What a field is that is left out of a row.
_EMPTY: dict[str, Any] = {"string": "", "int64": 0, "bool": False, "list": []}


def _chunk_schema(columns: tuple[str, ...]) -> Any:
    return _schema_of(ChunkRow, columns)


def _schema_of(struct: type[msgspec.Struct], columns: tuple[str, ...]) -> Any:
    """The Arrow schema of rows: strings, numbers, flags, and lists of strings."""
    import pyarrow

    plain = {str: pyarrow.string(), int: pyarrow.int64(), bool: pyarrow.bool_()}
    fields = []
    for name, kind in get_type_hints(struct).items():
        if columns and name not in columns:
            continue
        nullable = type(None) in get_args(kind)
        kind = next((each for each in get_args(kind) if each is not type(None)), kind) if nullable else kind
        arrow = pyarrow.list_(pyarrow.string()) if get_origin(kind) is tuple else plain[kind]
        fields.append(pyarrow.field(name, arrow, nullable=nullable))
    return pyarrow.schema(fields)


def _file_schema() -> list[Any]:
    import pyarrow

    return [
        pyarrow.field("path", pyarrow.string(), nullable=False),
        pyarrow.field("language", pyarrow.string(), nullable=False),
        pyarrow.field("grammar", pyarrow.string(), nullable=False),
        pyarrow.field("bytes", pyarrow.int64(), nullable=False),
        pyarrow.field("chunk_count", pyarrow.int64(), nullable=False),
        pyarrow.field("degraded", pyarrow.bool_(), nullable=False),
    ]


def _file_row(file: FileChunks) -> dict[str, Any]:
    return {
        "path": file.path.encode("utf-8", "surrogateescape").decode("utf-8", "replace"),
        "language": file.language,
        "grammar": file.grammar,
        "bytes": file.length,
        "chunk_count": len(file.rows),
        "degraded": file.is_degraded,
    }
