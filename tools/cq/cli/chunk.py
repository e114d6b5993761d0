"""`cq chunk`: source cut into chunks for embeddings, retrieval and review, without losing a byte."""

import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from cq.chunking.file_chunks import FileChunks, decode_row
from cq.chunking.options import ChunkOptions, chunk_options
from cq.chunking.run import ChunkRequest, ChunkRun, priorities
from cq.cli.cache_options import blobs_of, keeper_of
from cq.cli.check import check
from cq.cli.chunk_options import CHUNK, SETTABLE
from cq.cli.configured import with_settings
from cq.cli.executor import executor_of
from cq.cli.interrupt import heed_control_c
from cq.cli.progress import progress
from cq.cli.settle import (
    complain,
    diagnostics_of,
    is_error,
    languages_of,
    printed_paths,
    query_folders,
    selection_of,
)
from cq.errors import CqError
from cq.render.json import answer_json, rows_json
from cq.render.text import diagnostic_text
from cq.rows.chunk import ChunkQuery, ChunkTail
from cq.rows.shared import Diagnostic, SchemaId
from cq.scan.write import write_whole

SCHEMA = SchemaId("cq.chunk")
# Encoded rows are written together.
_WRITE_BYTES = 1 << 18
# Of files with the same sort of trouble.
_NOTES_SHOWN = 5


def chunk(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0, with --strict 1 for degraded files, 2 for errors."""
    selected = selection_of(values, arguments)
    values = with_settings("chunk", SETTABLE, values, selected.selection.root)
    check(CHUNK, values)
    form = form_of(values)
    wanted, unwanted = languages_of(values)
    request = ChunkRequest(
        selection=selected.selection,
        folders=query_folders(values),
        options=options_of(values),
        languages=wanted,
        not_languages=unwanted,
        text=bool(values.get("text")),
        verify=bool(values.get("verify")),
        priority=priorities(values.get("priority", ())),
        workers=values.get("workers") or None,
    )
    if values.get("explain"):
        from cq.cli.chunk_explain import explain  # as seldom as it is asked for

        return explain(request, values)
    table = None
    if form in ("parquet", "arrow") or any(
        map(values.get, ("graph", "compression", "columns", "shape", "by_language"))
    ):
        from cq.cli.chunk_tables import graph_pieces, plan_of, write_table  # most runs write no table

        table = plan_of(values, form)
    keeper = keeper_of(values, selected.selection.root)
    run = ChunkRun(request, keeper, blobs_of(values))
    run.unread.extend(selected.unread)
    run.executor = executor_of(values)
    heed_control_c(run)
    files = progress(lambda: run.files_to_cut, run.files(), "cutting")
    is_graph = values.get("graph") in ("graphml", "dot")
    pieces = graph_pieces(files, values["graph"]) if is_graph else _pieces(run, files, values, form)
    if values.get("since"):
        from cq.cli.chunk_since import change_pieces  # git only where it is asked for

        pieces = _with_tail(change_pieces(run, request, values, form), run, values, form)
    if values.get("report"):
        from cq.cli.chunk_report import report_pieces  # takes longer than all of its imports

        form = form if form == "json" else "text"
        pieces = report_pieces(run, values, form)
    if table is not None:
        write_table(run, files, table, values)
    elif values.get("quiet"):
        for _ in pieces:
            pass
    elif values.get("output"):
        write_output(values["output"], _to_its_end(run, pieces))
    else:
        write_pieces(sys.stdout.buffer, pieces)
    errors = [note for note in run.diagnostics if note.severity == "error"]
    complain((*diagnostics_of(run.unread), *errors))
    if form not in ("json", "jsonl") or values.get("quiet") or values.get("graph"):
        _write_notes([note for note in run.diagnostics if note.severity != "error"])
    if values.get("stats"):
        sys.stdout.flush()
        from cq.render.chunk_text import stats_lines

        options = request.options
        lines = stats_lines(run.sizes, options.most, options.unit, options.target, run.report())
        sys.stderr.writelines(f"{line}\n" for line in lines)
    return status_of(run, values)


def _write_notes(notes: Sequence[Diagnostic]) -> None:
    """What is to say of files on stderr: the first few of each sort, and how many more there are."""
    by_code: dict[str, list[Diagnostic]] = {}
    for note in notes:
        by_code.setdefault(note.code, []).append(note)
    for code, all_of_it in by_code.items():
        for note in all_of_it[:_NOTES_SHOWN]:
            sys.stderr.write(diagnostic_text(note) + "\n")
        if len(all_of_it) > _NOTES_SHOWN:
            more = len(all_of_it) - _NOTES_SHOWN
            sys.stderr.write(f"cq: {more:,} more files with {code}; the diagnostics of --json have all\n")


def form_of(values: dict[str, Any]) -> str:
    """The form of the output; what no terminal reads is JSON Lines."""
    is_text = sys.stdout is not None and sys.stdout.isatty() and not values.get("output")
    form: str = "json" if values.get("json") else values.get("format") or ("text" if is_text else "jsonl")
    return form


def options_of(values: dict[str, Any]) -> ChunkOptions:
    """The options of cutting that the command line says. Raises CqError for what cannot be."""
    if values.get("tokenizer") and values.get("size_by", "tokens") != "tokens":
        raise CqError("--tokenizer counts tokens", "leave out --size-by, or take --size-by tokens")
    tokenizer = values.get("tokenizer", "")
    return chunk_options(
        unit=values.get("size_by", "tokens"),
        target=values.get("target"),
        most=values.get("most"),
        least=values.get("least"),
        overlap=values.get("overlap", 0),
        view=values.get("view", "partition"),
        header=values.get("header", True),
        tokenizer=os.path.abspath(tokenizer) if os.path.isfile(tokenizer) else tokenizer,
        uses=bool(values.get("uses")),
        kinds=tuple(values.get("kinds", ())),
        query=values.get("query", ""),
    )


def write_pieces(out: BinaryIO, pieces: Iterable[bytes]) -> None:
    """Write what comes, in larger portions than it comes in."""
    buffer = io.BytesIO()
    for piece in pieces:
        if buffer.write(piece) and buffer.tell() >= _WRITE_BYTES:
            out.write(buffer.getbuffer())
            buffer = io.BytesIO()
    out.write(buffer.getbuffer())
    out.flush()


def write_output(path: str, pieces: Iterable[bytes]) -> None:
    """Write a file, whole or not at all. Raises CqError when that fails."""
    try:
        write_whole(path, pieces)
    except OSError as error:
        raise CqError(f"{path}: not written: {error.strerror or error}", "what was there is as it was") from error


def _pieces(run: ChunkRun, files: Iterator[FileChunks], values: dict[str, Any], form: str) -> Iterator[bytes]:
    """The output, piece by piece as files are done."""
    if form == "json":
        rows = [("", row) for file in files for row in file.rows]
        yield from rows_json(tail_of(run, values), rows)
        return
    if form == "jsonl":
        for file in files:
            if file.rows:
                yield b"\n".join(file.rows) + b"\n"
        yield answer_json(tail_of(run, values))
        return
    from cq.render.chunk_prompt import markdown, xml  # what readers see costs more to import than rows to pass on
    from cq.render.chunk_text import chunk_lines

    shown = printed_paths(values, run.request.selection.root)
    if form == "xml":
        yield b"<chunks>\n"
    for file in files:
        rows_of_file = [decode_row(row) for row in file.rows]
        if form == "md":
            yield from markdown(rows_of_file)
        elif form == "xml":
            yield from xml(rows_of_file)
        else:
            lines = chunk_lines(shown(file.path), rows_of_file, run.request.options.unit)
            yield "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
    if form == "xml":
        yield b"</chunks>\n"


def _to_its_end(run: ChunkRun, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces; a file that is written whole or not at all is not written when the user ends the run."""
    yield from pieces
    if run.is_cancelled:
        raise KeyboardInterrupt


def _with_tail(pieces: Iterator[bytes], run: ChunkRun, values: dict[str, Any], form: str) -> Iterator[bytes]:
    yield from pieces
    if form == "jsonl":
        yield answer_json(tail_of(run, values))


def status_of(run: ChunkRun, values: dict[str, Any]) -> int:
    """The exit status."""
    if run.is_cancelled:
        return 130
    if any(is_error(unread) for unread in run.unread) or any(note.severity == "error" for note in run.diagnostics):
        return 2
    return 1 if values.get("strict") and run.degraded else 0


def tail_of(run: ChunkRun, values: dict[str, Any]) -> ChunkTail:
    """The account of a run that is done."""
    request = run.request
    root = request.selection.root.rstrip("/") + "/"
    return ChunkTail(
        schema=SCHEMA,
        stamp=run.stamp(),
        query=ChunkQuery(
            languages=tuple(sorted(request.languages)),
            paths=tuple(path.removeprefix(root) for path in request.selection.paths),
            globs=request.selection.globs,
            kinds=request.options.kinds,
        ),
        summary=run.summary(status_of(run, values)),
        ledger=run.ledger(),
        diagnostics=(*diagnostics_of(run.unread), *run.diagnostics),
        report=run.report(),
    )
