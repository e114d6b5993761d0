"""`cq query`: a tree-sitter query, or packs, over many files."""

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

import msgspec

from cq.cli.answer import budget_of, write_encoded, write_text
from cq.cli.check import check
from cq.cli.clock import ends_at
from cq.cli.interrupt import heed_control_c
from cq.cli.options.matching import QUERY
from cq.cli.progress import progress
from cq.cli.ranges import lines_of, range_of
from cq.cli.settle import (
    complain,
    diagnostics_of,
    form_of,
    is_error,
    languages_of,
    printed_paths,
    query_folders,
    selection_of,
    shown_paths,
)
from cq.engine.plan import GivenLimits
from cq.engine.windows import ByteWindow, PointWindow, WindowMode
from cq.errors import CqError
from cq.query.ask import QueryRequest
from cq.query.run import QueryRun
from cq.render.budget import Block
from cq.render.color import PLAIN, palette, printable
from cq.render.json import rows_json, tail_line
from cq.render.query_text import query_footer, query_header, query_text
from cq.render.stats import stats_table
from cq.render.text import TextStyle, terminal_width
from cq.resources import user_folder
from cq.rows.query import AskedQuery, QueryTail
from cq.rows.shared import SchemaId
from cq.scan.row_store import EncodedRow, RowStore

if TYPE_CHECKING:
    from cq.cli.between import Side


class _Path(msgspec.Struct, frozen=True):
    path: str


_decode_path = msgspec.json.Decoder(_Path).decode


def query(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0 when there is a row, 1 when there is none, 2 for errors."""
    check(QUERY, values)
    if values.get("rev"):
        from cq.cli.between import between, is_range  # git only where it is asked for

        if is_range(values):
            paths = _text_and_paths(values, arguments)[2]
            return between("query", values, paths, lambda values: _side(values, arguments), by_file=True)
    budget = budget_of(values)
    run = _asked(values, arguments)
    if values.get("explain"):
        if budget is not None:
            raise CqError("--explain has no pages", "without --max-tokens, --max-rows and --cursor")
        from cq.cli.query_explain import explain  # runs every pattern on its own: not what a query is for

        return explain(run, values)
    form = form_of(values)
    if values.get("watch"):
        from cq.cli.query_watch import watch  # keeps trees and matches: not what a single answer needs

        return watch(run, values)
    heed_control_c(run)
    if values.get("quiet"):
        for _ in run.files():
            pass
    elif budget is not None and form in ("json", "jsonl"):
        blocks = (Block(row.decode(), said or "row", _path_of(row)) for said, row in _rows(run))
        write_encoded(values, budget, blocks, lambda: _tail(run))
    elif form == "json":
        _write_json(run, values)
    elif form == "jsonl":
        for _, row in _rows(run):
            sys.stdout.buffer.write(row + b"\n")
        sys.stdout.buffer.write(tail_line(_tail(run)))
    elif values.get("count") or values.get("files_with_matches"):
        _write_paths(run, values)
    else:
        _write_text(run, values)
    for diagnostic in run.diagnostics:
        if diagnostic.code == "other-language" and not values.get("quiet"):
            sys.stderr.write(f"cq: {printable(diagnostic.message)}\n")
    complain(diagnostics_of(run.unread))
    if values.get("stats"):
        _write_stats(run)
    return 0 if values.get("quiet") and run.rows else _status(run)


def _asked(values: dict[str, Any], arguments: Sequence[str]) -> QueryRun:
    """What is asked."""
    text, source, paths = _text_and_paths(values, arguments)
    selected = selection_of(values, paths)
    wanted, unwanted = languages_of(values)
    request = QueryRequest(
        selection=selected.selection,
        folders=query_folders(values),
        text=text,
        source=source,
        packs=tuple(values.get("packs", ())),
        captures=tuple(word.removeprefix("@") for word in values.get("captures", ())),
        roles=tuple(values.get("role", ())),
        languages=wanted,
        not_languages=unwanted,
        by_bytes=tuple(ByteWindow(*range_of(word, "--bytes")) for word in values.get("bytes", ())),
        # The last line is in.
        by_points=tuple(PointWindow(first - 1, 0, last, 0) for first, last in map(lines_of, values.get("lines", ()))),
        mode=cast(WindowMode, values.get("window_mode", "intersection")),
        limits=GivenLimits(
            budget_ms=values.get("file_budget_ms"),
            match_limit=values.get("match_limit"),
            splits=values.get("windows"),
            max_start_depth=values.get("max_start_depth"),
        ),
        row_limit=1 if values.get("quiet") else values.get("limit"),
        history=os.path.join(user_folder("cache"), "tuning.json") if values.get("autotune", True) else None,
        workers=values.get("workers") or None,
    )
    if values.get("role") and not request.packs:
        raise CqError("--role is for packs", "cq query --pack all --role call; of a query, --capture NAME")
    run = QueryRun(request)
    run.ends_at = ends_at(values)
    run.unread.extend(selected.unread)
    return run


def _side(values: dict[str, Any], arguments: Sequence[str]) -> "Side":
    """The answer about one of two revisions."""
    from cq.cli.between import Side

    run = _asked(values, arguments)
    rows = [row for found in run.files() for _, row in found.rows]
    return Side(rows, tuple(run.unread), tuple(run.diagnostics), run.left)


def _text_and_paths(values: dict[str, Any], arguments: Sequence[str]) -> tuple[str, str, list[str]]:
    """The query, how messages name it, and the paths."""
    paths = list(arguments)
    if values.get("packs"):
        return "", "", paths
    if "query_file" in values:
        path = values["query_file"]
        try:
            if path == "-":
                data = sys.stdin.buffer.read()
            else:
                with open(path, "rb") as file:
                    data = file.read()
            return data.decode("utf-8-sig"), path, paths
        except OSError as error:
            raise CqError(f"cannot read the query {path}: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise CqError(f"{path}: not UTF-8: {error}") from error
    if not paths:
        raise CqError(
            "no query", "cq query '(call function: (identifier) @f)' [PATHS...]; cq query --help has examples"
        )
    return paths.pop(0), "query", paths


def _rows(run: QueryRun) -> Iterator[EncodedRow]:
    """The rows as they are found."""
    return (row for found in progress(lambda: run.files_to_query, run.files(), "querying") for row in found.rows)


def _path_of(row: bytes) -> str:
    return _decode_path(row).path


def _tail(run: QueryRun) -> QueryTail:
    request = run.request
    root = request.selection.root.rstrip("/") + "/"
    return QueryTail(
        schema=SchemaId("cq.query"),
        query=AskedQuery(
            query=request.text,
            packs=request.packs,
            captures=request.captures,
            roles=request.roles,
            languages=tuple(sorted(run.asks)),
            paths=tuple(path.removeprefix(root) for path in request.selection.paths),
            globs=request.selection.globs,
            window_mode=request.mode,
            limit=request.row_limit,
        ),
        summary=run.summary(_status(run)),
        ledger=run.ledger(),
        diagnostics=(*diagnostics_of(run.unread), *run.diagnostics),
        report=run.report(),
    )


def _status(run: QueryRun) -> int:
    if run.stopped_by == "cancelled":
        return 130
    if any(is_error(unread) for unread in run.unread):
        return 2
    if run.rows:
        return 0
    # Nothing found is an answer only when everything was looked at.
    return 1 if run.is_complete or run.stopped_by == "row_cap" else 2


def _write_json(run: QueryRun, values: dict[str, Any]) -> None:
    with RowStore(run.table.is_test, by_path=True) as store:
        for found in progress(lambda: run.files_to_query, run.files(), "querying"):
            if found.rows:
                store.add(found)
        sys.stdout.buffer.writelines(rows_json(_tail(run), store))


def _write_paths(run: QueryRun, values: dict[str, Any]) -> None:
    shown = printed_paths(values, run.request.selection.root)
    end = "\0" if values.get("null") else "\n"
    for found in progress(lambda: run.files_to_query, run.files(), "querying"):
        if not found.rows:
            continue
        if values.get("count"):
            sys.stdout.write(f"{shown(found.path)}{chr(0) if values.get('null') else ':'}{len(found.rows)}\n")
        else:
            sys.stdout.write(shown(found.path) + end)
    if not run.is_complete:
        _write_account(run, values)


def _write_text(run: QueryRun, values: dict[str, Any]) -> None:
    out = sys.stdout
    terminal = out.isatty()
    heading = values.get("heading", terminal)
    colours = palette(values.get("color", "auto"), out)
    style = TextStyle(
        palette=colours,
        heading=heading,
        nul=bool(values.get("null")),
        width=terminal_width() if terminal and heading else 0,
        clean=printable if terminal or colours.name else str,
        shown_path=shown_paths(run.request.selection.root),
    )
    blocks = query_text(style, _rows(run), bool(values.get("node")))
    write_text(values, blocks, lambda: _account(run, values))
    _write_account(run, values)


def _write_account(run: QueryRun, values: dict[str, Any]) -> None:
    """What was found and what was not looked at: above all when the rows are not everything."""
    heading = sys.stdout.isatty() and values.get("heading", True)
    aside, note = (sys.stdout, palette(values.get("color", "auto"), sys.stdout)) if heading else (sys.stderr, PLAIN)
    head, *below = _account(run, values)
    aside.write(f"{note.head}{head}{note.reset}\n")
    for line in below:
        aside.write(f"{note.dim}{line}{note.reset}\n")


def _account(run: QueryRun, values: dict[str, Any]) -> list[str]:
    tail = _tail(run)
    footer = query_footer(tail.report, tail.ledger, bool(values.get("stats")))
    return [query_header(tail.summary, tail.report), *footer]


def _write_stats(run: QueryRun) -> None:
    for line in stats_table(run.report()):
        sys.stderr.write(line + "\n")
    for (language, name), timings in sorted(run.timings.items()):
        spent = sum(timing.ms for timing in timings)
        size = sum(timing.bytes for timing in timings) / 1024
        each = f"{spent * 1000 / size:,.1f} us/KB" if size else ""
        sys.stderr.write(f"{language}/{name}: {len(timings):,} files, {spent:,.1f} ms, {each}\n")
    if run.history.problem:
        sys.stderr.write(f"note: {run.history.problem}\n")
