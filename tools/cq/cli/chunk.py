"""`cq chunk`: source cut into chunks for embeddings, retrieval and review, without losing a byte."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from cq.chunking.file_chunks import FileChunks, decode_row
from cq.chunking.options import ChunkOptions, chunk_options
from cq.chunking.run import ChunkRequest, ChunkRun, priorities
from cq.cli.answer import budget_of, tell_nothing, write_encoded, write_text
from cq.cli.cache_options import blobs_of, keeper_of
from cq.cli.check import check
from cq.cli.clock import ends_at
from cq.cli.configured import with_settings
from cq.cli.executor import executor_of
from cq.cli.interrupt import heed_control_c
from cq.cli.options.chunk import CHUNK, SETTABLE
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
from cq.index.selection import Selection
from cq.render.budget import Block
from cq.render.json import answer_json, rows_json
from cq.render.text import diagnostic_text
from cq.rows.chunk import ChunkQuery, ChunkTail
from cq.rows.shared import Diagnostic, SchemaId
from cq.scan.write import write_whole

if TYPE_CHECKING:
    from cq.cli.between import Side

SCHEMA = SchemaId("cq.chunk")
# Encoded rows are written together.
_WRITE_BYTES = 1 << 18
# Of files with the same sort of trouble.
_NOTES_SHOWN = 5


def chunk(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; its exit status.

    0; 1 when no chunk is of the --kind, and with --strict for degraded files; 2 for errors.
    """
    if values.get("rev"):
        from cq.cli.between import between, is_range  # git only where it is asked for

        if is_range(values):
            form = "jsonl" if form_of(values) == "jsonl" else values.get("format", "text")
            values = {**values, "format": form}
            return between("chunk", values, arguments, lambda values: _side(values, arguments))
    selected = selection_of(values, arguments)
    values = with_settings("chunk", SETTABLE, values, selected.selection.root)
    check(CHUNK, values)
    form = form_of(values)
    request = request_of(values, selected.selection)
    is_paged = budget_of({**values, "format": form}) is not None
    if is_paged and (values.get("explain") or values.get("verify")):
        raise CqError("pages are of chunks", "without --explain and --verify; or without --max-tokens and --cursor")
    if values.get("explain"):
        from cq.cli.chunk_explain import explain  # as seldom as it is asked for

        return explain(request, values, selected.unread)
    table = None
    if form in ("parquet", "arrow") or any(
        map(values.get, ("graph", "compression", "columns", "shape", "by_language"))
    ):
        from cq.cli.chunk_tables import graph_pieces, plan_of, write_table  # most runs write no table

        table = plan_of(values, form)
    # What is laid over files is theirs for one run: nothing is kept of that.
    is_kept = selected.selection.overlay is None
    keeper = keeper_of(values, selected.selection.tree) if is_kept else None
    run = ChunkRun(request, keeper, blobs_of(values) if is_kept else None)
    run.unread.extend(selected.unread)
    run.executor = executor_of(values)
    run.ends_at = ends_at(values)
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
    elif is_paged:
        _write_page(run, files, {**values, "format": form})
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
        notes = [note for note in run.diagnostics if note.severity != "error"]
        if values.get("since"):  # of what is as it was nobody asked
            notes = [note for note in notes if note.path in run.changed_paths]
        _write_notes(notes)
    if values.get("stats"):
        sys.stdout.flush()
        from cq.render.chunk_text import stats_lines

        options = request.options
        lines = stats_lines(run.sizes, options.most, options.unit, options.target, run.report())
        sys.stderr.writelines(f"{line}\n" for line in lines)
    if _lacks_kinds(run, values):
        tell_nothing(f"chunk of kind {' or '.join(request.options.kinds)}", run.files_cut)
    return status_of(run, values)


def request_of(values: dict[str, Any], selection: Selection) -> ChunkRequest:
    """What is asked of these files."""
    wanted, unwanted = languages_of(values)
    return ChunkRequest(
        selection=selection,
        folders=query_folders(values),
        options=options_of(values),
        languages=wanted,
        not_languages=unwanted,
        text=bool(values.get("text")),
        verify=bool(values.get("verify")),
        priority=priorities(values.get("priority", ())),
        workers=values.get("workers") or None,
    )


def _side(values: dict[str, Any], arguments: Sequence[str]) -> "Side":
    """The answer about one of two revisions."""
    from cq.cli.between import Side

    selected = selection_of(values, arguments)
    values = with_settings("chunk", SETTABLE, values, selected.selection.root)
    check(CHUNK, values)
    selection = selected.selection
    run = ChunkRun(request_of(values, selection), keeper_of(values, selection.tree), blobs_of(values))
    run.unread.extend(selected.unread)
    run.ends_at = ends_at(values)
    rows = [row for file in run.files() for row in file.rows]
    return Side(rows, tuple(run.unread), tuple(run.diagnostics), run.left)


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
        imports=bool(values.get("imports")) and values.get("header", True),
        tokenizer=os.path.abspath(tokenizer) if os.path.isfile(tokenizer) else tokenizer,
        uses=bool(values.get("uses")),
        kinds=tuple(values.get("kinds", ())),
        query=values.get("query", ""),
    )


def write_pieces(out: BinaryIO, pieces: Iterable[bytes]) -> None:
    """Write what comes, in larger portions than it comes in."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= _WRITE_BYTES:
            out.write(b"".join(waiting))
            waiting, size = [], 0
    out.write(b"".join(waiting))
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
            yield b"\n".join((*file.rows, b""))
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
            yield "".join(f"{line.text}\n" for line in lines).encode("utf-8", "surrogateescape")
    if form == "xml":
        yield b"</chunks>\n"


def _write_page(run: ChunkRun, files: Iterator[FileChunks], values: dict[str, Any]) -> None:
    """The chunks that there is room for."""
    if values["format"] != "text":
        budget = budget_of(values)
        assert budget is not None
        blocks = (Block(row.decode(), "chunk", file.path) for file in files for row in file.rows)
        write_encoded(values, budget, blocks, lambda: tail_of(run, values))
        return
    from cq.render.chunk_text import chunk_lines

    shown = printed_paths(values, run.request.selection.root)
    unit = run.request.options.unit
    of_files = ((shown(file.path), [decode_row(row) for row in file.rows]) for file in files)
    write_text(values, (block for path, rows in of_files for block in chunk_lines(path, rows, unit)))


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
    return 1 if (values.get("strict") and run.degraded) or _lacks_kinds(run, values) else 0


def _lacks_kinds(run: ChunkRun, values: dict[str, Any]) -> bool:
    """Whether files were cut, and no chunk of them is of the kinds that are asked for."""
    return bool(run.request.options.kinds and run.files_cut and not run.rows and not values.get("report"))


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
