"""`cq export`: the syntax trees of files, as rows, as indented text, or as graphs."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import msgspec

from cq.cli.check import check
from cq.cli.jobs import Jobs, jobs_of
from cq.cli.options.listing import EXPORT
from cq.cli.ranges import lines_of
from cq.cli.settle import languages_of, printed_paths, query_folders
from cq.errors import CqError
from cq.export.parsed import ParseAnalysis, ParsePlan
from cq.export.rows import SCHEMA, ParsedFile, is_whole, rows_of
from cq.export.walk import ExportPlan
from cq.lanes.table import lane_table
from cq.render.color import PLAIN, palette
from cq.render.dot import tree_dot
from cq.render.json import answer_json
from cq.render.text import diagnostic_text
from cq.render.tree_text import tree_text
from cq.rows.export import ExportEnd, ExportRow, ExportSummary, ExportTail
from cq.rows.shared import Diagnostic, Report, as_text
from cq.scan.results import Unread
from cq.scan.scan import scan
from cq.settings import GRAPH_NODES

_STDIN = "-"
# Encoded and written together: one by one costs half as much as making them.
_ROWS_AT_ONCE = 500


class _Given(NamedTuple):
    """What is to be exported: trees, or why there is none, one at a time."""

    root: str
    files: Iterator[ParsedFile | Diagnostic]


class _Account:
    """Counts what goes by, and knows the exit status."""

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.ends: list[ExportEnd] = []

    def counted(self, rows: Iterable[ExportRow]) -> Iterator[ExportRow]:
        for row in rows:
            if isinstance(row, ExportEnd):
                self.ends.append(row)
                if row.errors or row.missing:
                    message = f"parsed with errors: {row.errors} ERROR and {row.missing} MISSING nodes"
                    self.diagnostics.append(Diagnostic(path=row.path, code="syntax-error", message=message))
            yield row

    def summary(self) -> ExportSummary:
        nodes, tokens = sum(end.nodes for end in self.ends), sum(end.tokens for end in self.ends)
        status = 0 if nodes or tokens else 1
        if any(diagnostic.severity == "error" for diagnostic in self.diagnostics):
            status = 2
        return ExportSummary(
            files=len(self.ends),
            nodes=nodes,
            tokens=tokens,
            gaps=sum(end.gaps for end in self.ends),
            complete=all(end.complete for end in self.ends),
            exit_status=status,
        )


def export(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0 when there is a node, 1 when there is none, 2 for errors."""
    form = "json" if values.get("json") else values.get("format") or ("text" if sys.stdout.isatty() else "jsonl")
    check(EXPORT, values)
    if values.get("scip"):
        from cq.cli.scip import export_scip  # with resolution and protobuf, which trees do without

        return export_scip(values, arguments)
    if values.get("output"):
        raise CqError("--output is for --scip", "cq export FILE > NAME writes rows")
    for word in ("cache_dir", "no_cache"):
        if values.get(word):
            raise CqError(f"--{word.replace('_', '-')} is for --scip", "a tree is parsed anew each time")
    if values.get("tokens") and form == "dot":
        raise CqError("--tokens and --format dot exclude each other", "a graph is made of nodes")
    if not arguments and "files_from" not in values and "root" not in values:
        raise CqError("export of what?", "cq export FILE...; - reads stdin")
    plan = ExportPlan(
        named=bool(values.get("named")),
        tokens=bool(values.get("tokens")),
        lines=lines_of(values["lines"]) if "lines" in values else None,
        depth=values.get("depth"),
        limit=values.get("limit", GRAPH_NODES if form == "dot" else None),
    )
    account = _Account()
    given = _given(values, arguments, account.diagnostics)
    if form == "json":
        sys.stdout.buffer.write(b'{"schema":' + msgspec.json.encode(SCHEMA) + b',"rows":[')
    first = True
    for file in given.files:
        if isinstance(file, Diagnostic):
            account.diagnostics.append(file)
            continue
        verified = bool(values.get("verify")) and _verify(file, plan, account.diagnostics)
        rows = account.counted(rows_of(file, plan, verified))
        if form in ("json", "jsonl"):
            _write_rows(rows, b"," if form == "json" else b"\n", first)
        else:
            _write_lines(file, rows, values, form, given.root, first)
        first = False
    summary = account.summary()
    tail = ExportTail(
        schema=SCHEMA,
        summary=summary,
        diagnostics=tuple(account.diagnostics),
        # Without times: an export of the same files is the same to the byte.
        report=Report(root=as_text(given.root), files_parsed=summary.files),
    )
    if form == "jsonl":
        sys.stdout.buffer.write(answer_json(tail))
    elif form == "json":
        rest = msgspec.json.encode({"summary": summary, "diagnostics": tail.diagnostics, "report": tail.report})
        sys.stdout.buffer.write(b"]," + rest[1:] + b"\n")
    for diagnostic in account.diagnostics:
        if diagnostic.severity == "error" or form in ("text", "dot"):
            sys.stderr.write(diagnostic_text(diagnostic) + "\n")
    if form in ("text", "dot"):
        _write_notes(account.ends, given.root, values)
    return summary.exit_status


def _given(values: dict[str, Any], arguments: Sequence[str], diagnostics: list[Diagnostic]) -> _Given:
    if _STDIN not in arguments:
        jobs = jobs_of(values, arguments)
        diagnostics.extend(jobs.diagnostics)
        return _Given(jobs.root, _parsed(jobs))
    if len(arguments) > 1 or "files_from" in values:
        raise CqError("stdin and files at once", "cq export - --lang LANGUAGE")
    folders = query_folders(values)
    table = lane_table(folders)
    wanted = [table.named(word) for word in languages_of(values)[0]]
    if len(wanted) > 1:
        raise CqError("stdin is in one language", "cq export - --lang LANGUAGE")
    data = sys.stdin.buffer.read()
    if not wanted and not table.by_content(_STDIN, data, table.data):
        raise CqError("which language is stdin in?", "cq export - --lang LANGUAGE")
    result = ParseAnalysis(ParsePlan(folders, wanted[0] if wanted else "")).run(_STDIN, data)
    return _Given("", iter((result,)))


def _parsed(jobs: Jobs) -> Iterator[ParsedFile | Diagnostic]:
    # In this process: a tree cannot be handed to another one, and its rows are many times its source.
    for result in scan(jobs.tree, jobs.jobs, ParseAnalysis, ParsePlan(jobs.folders), 0):
        if isinstance(result, Unread):
            yield from jobs.diagnostics_of(result)
        else:
            yield result


def _verify(file: ParsedFile, plan: ExportPlan, diagnostics: list[Diagnostic]) -> bool:
    if is_whole(file, plan):
        return True
    message = "tokens and gaps do not make up the file: a fault of cq"
    diagnostics.append(Diagnostic(path=as_text(file.path), code="not-lossless", severity="error", message=message))
    return False


def _write_rows(rows: Iterable[ExportRow], between: bytes, first: bool) -> None:
    encoder = msgspec.json.Encoder()
    write = sys.stdout.buffer.write
    if between == b"\n":
        rows = iter(rows)
        while some := list(islice(rows, _ROWS_AT_ONCE)):
            write(encoder.encode_lines(some))
        return
    for row in rows:
        write(encoder.encode(row) if first else between + encoder.encode(row))
        first = False


def _write_lines(
    file: ParsedFile, rows: Iterable[ExportRow], values: dict[str, Any], form: str, root: str, first: bool
) -> None:
    shown = str if not root else printed_paths(values, root)
    if form == "dot":
        lines = tree_dot(rows, as_text(file.path))
    else:
        colours = palette(values.get("color", "auto"), sys.stdout) if sys.stdout is not None else PLAIN
        lines = tree_text(rows, colours, ("" if first else "\n") + shown(file.path))
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _write_notes(ends: Iterable[ExportEnd], root: str, values: dict[str, Any]) -> None:
    """What a limit left out."""
    for end in ends:
        if not end.complete:
            shown = end.tokens if values.get("tokens") else end.nodes
            what = "tokens" if values.get("tokens") else "nodes"
            sys.stderr.write(
                f"cq: {end.path}: only the first {shown:,} {what}; "
                "--limit takes more, --named, --depth and --lines choose\n"
            )
