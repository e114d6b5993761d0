"""`cq files`: the files that would be searched, and with --explain why each is in or out."""

import sys
import time
from collections.abc import Iterator, Sequence
from typing import Any

from cq.cli.settle import languages_of, query_folders, selection_of, shown_paths
from cq.index.explain import explain_files
from cq.index.selection import Selection
from cq.index.walk import list_files
from cq.lanes.table import LaneTable, lane_table
from cq.render.json import answer_json
from cq.rows import Diagnostic, FileRow, FilesAnswer, Report, SchemaId
from cq.scan.read import read_file
from cq.scan.results import Unread


def files(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0 when there is a file, else 1."""
    began = time.perf_counter()
    selection = selection_of(values, arguments)
    table = lane_table(query_folders(values))
    wanted, unwanted = ({table.named(word) for word in words} for words in languages_of(values))
    diagnostics: list[Diagnostic] = []
    rows = _explained(selection, table) if values.get("explain") else _listed(selection, table, diagnostics)
    chosen = _by_language(rows, wanted, unwanted, bool(values.get("explain")))
    form = "json" if values.get("json") else values.get("format", "text")
    out = sys.stdout
    if form == "jsonl":
        count = 0
        for row in chosen:
            out.buffer.write(answer_json(row))
            count += row.included
        return 0 if count else 1
    if form == "json":
        given = tuple(chosen)
        included = sum(row.included for row in given)
        report = Report(root=selection.root, total_ms=round((time.perf_counter() - began) * 1000, 2))
        summary = {"files": included, "left_out": len(given) - included}
        answer = FilesAnswer(
            schema=SchemaId("cq.files"),
            summary=summary,
            rows=given,
            diagnostics=tuple(diagnostics),
            report=report,
        )
        out.buffer.write(answer_json(answer))
        return 0 if included else 1
    shown = shown_paths(values, selection.root)
    end = "\0" if values.get("null") else "\n"
    included = 0
    for row in chosen:
        included += row.included
        if values.get("explain"):
            mark = "in " if row.included else "out"
            why = f"{row.reason}: {row.detail}" if row.detail else row.reason
            out.write(f"{mark}  {shown(row.path)}  ({why}){end}")
        else:
            out.write(shown(row.path) + end)
    for diagnostic in diagnostics:
        sys.stderr.write(f"cq: {diagnostic.path}: {diagnostic.message}\n")
    return 0 if included else 1


def _listed(selection: Selection, table: LaneTable, diagnostics: list[Diagnostic]) -> Iterator[FileRow]:
    listing = list_files(selection)
    for problem in listing.problems:
        message = f"{problem.reason}: {problem.detail}"
        diagnostics.append(Diagnostic(path=problem.path, code=problem.reason, severity="error", message=message))
    for path in listing.files:
        # What is binary shows in the bytes only, and a search would leave it out.
        data = read_file(selection.root, path, selection.binary)
        if isinstance(data, Unread):
            if data.reason != "binary":
                diagnostics.append(Diagnostic(path=path, code=data.reason, severity="error", message=data.detail))
            continue
        yield FileRow(path=path, included=True, language=table.by_content(path, data))


def _explained(selection: Selection, table: LaneTable) -> Iterator[FileRow]:
    for row in explain_files(selection):
        data = read_file(selection.root, row.path, True) if row.included else b""
        language = "" if isinstance(data, Unread) else table.by_content(row.path, data)
        yield FileRow(
            path=row.path,
            included=row.included,
            language=language if row.included else table.by_path(row.path),
            reason=row.reason,
            detail=row.detail,
        )


def _by_language(rows: Iterator[FileRow], wanted: set[str], unwanted: set[str], explain: bool) -> Iterator[FileRow]:
    for row in rows:
        out = row.language in unwanted or (bool(wanted) and row.language not in wanted)
        if not out:
            yield row
        elif explain:
            language = row.language or "none that cq knows"
            yield FileRow(
                path=row.path,
                included=False,
                language=row.language,
                reason="wrong language" if row.included else row.reason,
                detail=language if row.included else row.detail,
            )
