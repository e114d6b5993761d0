"""`cq chunk --format parquet`, `arrow` and `--graph`: chunks as tables and graphs."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from cq.chunking.file_chunks import FileChunks, rows_of
from cq.chunking.graph import edges_of
from cq.chunking.run import ChunkRun
from cq.chunking.tables import TablePlan, table_plan, write_edges, write_tables
from cq.errors import CqError
from cq.render.chunk_graph import dot, graphml, label_of
from cq.rows.chunk import ChunkRow, ChunkStamp

_OF_TABLES = ("compression", "columns", "shape", "row_group", "by_language")


def plan_of(values: dict[str, Any], form: str) -> TablePlan | None:
    """The table that is asked for; None when none is. Raises CqError for what does not go together."""
    graph = values.get("graph")
    if form not in ("parquet", "arrow") and graph != "parquet":
        for field in _OF_TABLES:
            if values.get(field):
                flag = "--" + field.replace("_", "-")
                raise CqError(f"{flag} is for tables", "cq chunk --format parquet -o chunks.parquet")
        return None
    if not values.get("output"):
        raise CqError(f"{graph or form} goes to a file", "-o NAME")
    return table_plan(
        path=os.path.abspath(values["output"]),
        form="parquet" if graph else form,
        **{
            field: tuple(values[field]) if field == "columns" else values[field]
            for field in _OF_TABLES
            if field in values
        },
    )


def write_table(run: ChunkRun, files: Iterable[FileChunks], plan: TablePlan, values: dict[str, Any]) -> None:
    """Write the table, and say on stderr what became of it. One that the user ended takes no other's place."""

    def stamp() -> ChunkStamp:
        if run.is_cancelled:
            raise KeyboardInterrupt
        return run.stamp()

    plan = msgspec.structs.replace(plan, stamp=run.stamp())
    if values.get("graph"):
        count, what = write_edges(plan, map(rows_of, files), stamp), "edges"
    else:
        count, what = write_tables(plan, files, stamp), "chunks"
    if not values.get("quiet"):
        sys.stderr.write(f"{values['output']}: {count:,} {what} of {run.files_cut:,} files\n")


def graph_pieces(files: Iterable[FileChunks], form: str) -> Iterator[bytes]:
    """The graph as text, piece by piece."""
    labels: dict[str, str] = {}

    def passing() -> Iterator[Sequence[ChunkRow]]:
        for file in files:
            rows = rows_of(file)
            for row in rows:
                labels[row.id] = label_of(row)
                if row.definition:
                    labels.setdefault(row.definition, f"{row.kind} {row.qualified_name}")
            yield rows

    write = graphml if form == "graphml" else dot
    for line in write(edges_of(passing()), labels):
        yield f"{line}\n".encode()
