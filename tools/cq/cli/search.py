"""`cq search`: every place where a name stands, classified, ranked and accounted for."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from cq.cli.progress import progress
from cq.cli.settle import languages_of, query_folders, selection_of, shown_paths
from cq.errors import CqError
from cq.render.color import PLAIN, palette
from cq.rows import Query, SchemaId, SearchTail
from cq.search.analysis import FileFound
from cq.search.names import NameQuery
from cq.search.ranking import by_path, ranked
from cq.search.request import SearchRequest
from cq.search.run import SearchRun

Rows = Iterator[tuple[str, bytes]]


def search(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; the exit status as grep has it."""
    request = _request(values, arguments)
    run = SearchRun(request)
    form = "json" if values.get("json") else values.get("format", "text")
    if values.get("quiet"):
        return _quiet(run)
    if form == "jsonl":
        _write_jsonl(run, values)
    elif form == "json":
        _write_json(run, values)
    elif any(values.get(word) for word in ("files_with_matches", "files_without_match", "count", "count_matches")):
        _write_paths(run, values)
    else:
        _write_text(run, values)
    if values.get("stats"):
        _write_stats(run)
    # As grep has it: an error counts more than a match.
    return 2 if any(unread.reason == "unreadable" for unread in run.unread) else run.exit_status


def _request(values: dict[str, Any], arguments: Sequence[str]) -> SearchRequest:
    names = list(values.get("regexp", ()))
    paths = list(arguments)
    if not names:
        if not paths:
            raise CqError("no name to search for", "cq search NAME [PATHS...]; cq search --help has examples")
        names = [paths.pop(0)]
    if values.get("regex") and values.get("fixed"):
        raise CqError("--regex and --fixed-strings exclude each other", "take one of them")
    ignore_case = bool(values.get("ignore_case"))
    if values.get("smart_case") and not ignore_case:
        ignore_case = not any(character.isupper() for name in names for character in name)
    around = values.get("context", 0)
    wanted, unwanted = languages_of(values)
    return SearchRequest(
        query=NameQuery(
            names=tuple(names),
            mode="regex" if values.get("regex") else "text" if values.get("fixed") else "name",
            ignore_case=ignore_case,
            whole_word=bool(values.get("word")),
        ),
        selection=selection_of(values, paths),
        folders=query_folders(values),
        roles=tuple(values.get("role", ())),
        kinds=tuple(values.get("kind", ())),
        languages=wanted,
        not_languages=unwanted,
        text=bool(values.get("text")),
        facts=values.get("facts", True),
        before=values.get("before", around),
        after=values.get("after", around),
        max_count=values.get("max_count", 0),
        workers=values.get("workers") or None,
    )


def _quiet(run: SearchRun) -> int:
    for found in run.files():
        if found.rows:
            return 0
    return run.exit_status


def _collect(run: SearchRun) -> list[FileFound]:
    return [found for found in progress(run, run.files()) if found.rows]


def _ordered(run: SearchRun, values: dict[str, Any], files: Iterable[FileFound]) -> Rows:
    rows = by_path(files) if values.get("sort") == "path" else ranked(run.table, list(files))
    limit = values.get("limit", 0)
    return islice(rows, limit) if limit else rows


def _tail(run: SearchRun, values: dict[str, Any], shown: int) -> SearchTail:
    near = None
    if not run.rows:
        from cq.search.why_not import why_not  # only an answer about nothing needs it

        near = why_not(run)
    request = run.request
    summary = run.summary(shown)
    return SearchTail(
        schema=SchemaId("cq.search"),
        query=Query(
            names=request.query.names,
            mode=request.query.mode,
            paths=tuple(path.encode("utf-8", "replace").decode() for path in _relative(request.selection)),
            globs=request.selection.globs,
            roles=request.roles,
            kinds=request.kinds,
            languages=request.languages,
            ignore_case=request.query.ignore_case,
            text=request.text,
            sort=values.get("sort", "rank"),
            limit=values.get("limit", 0),
        ),
        summary=summary,
        why_not=near,
        ledger=run.ledger(),
        diagnostics=tuple(run.diagnostics),
        report=run.report(),
    )


def _relative(selection: Any) -> Iterator[str]:
    root = selection.root.rstrip("/") + "/"
    return (path.removeprefix(root) for path in selection.paths)


def _write_json(run: SearchRun, values: dict[str, Any]) -> None:
    from cq.render.json import search_json  # each form imports what it writes with

    files = _collect(run)
    limit = values.get("limit", 0)
    shown = min(run.rows, limit) if limit else run.rows
    sys.stdout.buffer.writelines(search_json(_tail(run, values, shown), _ordered(run, values, files)))


def _write_jsonl(run: SearchRun, values: dict[str, Any]) -> None:
    from cq.render.json import tail_line

    out = sys.stdout.buffer
    limit = values.get("limit", 0)
    shown = 0
    # Rows go out as they are found, so they come by path; only --sort rank, said out loud, has to wait.
    files: Iterable[FileFound] = run.files()
    rows = ranked(run.table, _collect(run)) if values.get("sort") == "rank" else by_path(files)
    for _, row in rows:
        if not limit or shown < limit:
            out.write(row + b"\n")
            shown += 1
    values = {"sort": "path", **values}
    out.write(tail_line(_tail(run, values, shown)))


def _write_paths(run: SearchRun, values: dict[str, Any]) -> None:
    shown_path = shown_paths(values, run.request.selection.root)
    end = "\0" if values.get("null") else "\n"
    out = sys.stdout
    with_rows: set[str] = set()
    for found in run.files():
        if not found.rows:
            continue
        with_rows.add(found.path)
        path = shown_path(found.path)
        if values.get("files_with_matches"):
            out.write(path + end)
        elif values.get("count_matches") or values.get("count"):
            number = len(found.rows) if values.get("count_matches") else found.lines
            out.write(f"{path}{chr(0) if values.get('null') else ':'}{number}\n")
    if values.get("files_without_match"):
        for path in run.searched:
            if path not in with_rows:
                out.write(shown_path(path) + end)


def _write_text(run: SearchRun, values: dict[str, Any]) -> None:
    from cq.render.text import TextStyle, footer, header, rows_text, terminal_width, why_not

    out = sys.stdout
    terminal = out.isatty()
    heading = values.get("heading", terminal) and not values.get("vimgrep")
    colours = palette(values.get("color", "auto"), out)
    style = TextStyle(
        palette=colours,
        heading=heading,
        vimgrep=bool(values.get("vimgrep")),
        only_matching=bool(values.get("only_matching")),
        nul=bool(values.get("null")),
        width=terminal_width() if terminal and heading else 0,
        shown_path=shown_paths(values, run.request.selection.root),
    )
    files = _collect(run)
    limit = values.get("limit", 0)
    shown = min(run.rows, limit) if limit else run.rows
    tail = _tail(run, values, shown)
    seconds = tail.report.total_ms / 1000
    # For readers the account stands above the rows; in a pipe stdout has the rows and nothing else.
    aside = out if heading else sys.stderr
    note = colours if heading else PLAIN
    if not values.get("vimgrep"):
        aside.write(header(tail.summary, seconds, note) + "\n")
    out.writelines(line + "\n" for line in rows_text(style, _ordered(run, values, files)))
    if values.get("vimgrep"):
        return
    for line in footer(tail.summary, tail.ledger, bool(values.get("stats"))):
        aside.write(f"{note.dim}{line}{note.reset}\n")
    if tail.why_not is not None:
        aside.writelines(f"{line}\n" for line in why_not(tail.why_not))


def _write_stats(run: SearchRun) -> None:
    report = run.report()
    for field in report.__struct_fields__:
        print(f"{field:>16}  {getattr(report, field)}", file=sys.stderr)  # noqa: T201
