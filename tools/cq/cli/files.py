"""`cq files`: the files that would be searched, and with --explain why each is in or out."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from cq.cli.answer import budget_of, write_encoded, write_text
from cq.cli.check import check
from cq.cli.clock import ends_at, not_looked_at
from cq.cli.options.listing import FILES
from cq.cli.settle import complain, diagnostics_of, form_of, languages_of, printed_paths, query_folders, selection_of
from cq.engine.limits import is_over
from cq.index.explain import explain_files
from cq.index.selection import Selection
from cq.index.walk import list_files
from cq.lanes.table import LaneTable, lane_table
from cq.render.budget import Block
from cq.render.color import printable
from cq.render.json import answer_json
from cq.render.text import diagnostic_lines
from cq.rows.listing import FileRow, FilesAnswer
from cq.rows.shared import Diagnostic, MoreLine, Report, SchemaId, as_text
from cq.scan.read import read_file
from cq.scan.results import Unread


def files(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0 when there is a file, else 1."""
    began = time.perf_counter()
    check(FILES, values)
    selection, unread = selection_of(values, arguments)
    table = lane_table(query_folders(values))
    wanted, unwanted = ({table.named(word) for word in words} for words in languages_of(values))
    diagnostics: list[Diagnostic] = list(diagnostics_of(unread))
    until = ends_at(values)
    unseen: list[Diagnostic] = []
    rows = (
        _explained(selection, table, until, unseen)
        if values.get("explain")
        else _listed(selection, table, until, diagnostics, unseen)
    )
    chosen = _by_language(rows, wanted, unwanted, bool(values.get("explain")))
    form = form_of(values)
    out = sys.stdout
    budget = budget_of(values)
    count = {True: 0, False: 0}  # files that are in, and out

    def counted() -> Iterator[FileRow]:
        for row in chosen:
            count[row.included] += 1
            yield row

    def answer(rows: tuple[FileRow, ...] = ()) -> FilesAnswer:
        return FilesAnswer(
            schema=SchemaId("cq.files"),
            summary={"files": count[True], "left_out": count[False]},
            rows=rows,
            diagnostics=(*diagnostics, *unseen),
            complete=not unseen,
            report=Report(root=selection.root, total_ms=round((time.perf_counter() - began) * 1000, 2)),
        )

    if form == "text":
        _write_text(counted(), values, selection.root)
    elif budget is not None:
        blocks = (Block(answer_json(_as_json(row)).decode().rstrip(), "file") for row in counted())
        write_encoded(values, budget, blocks, MoreLine if form == "jsonl" else answer)
    elif form == "jsonl":
        out.buffer.writelines(answer_json(_as_json(row)) for row in counted())
    else:
        out.buffer.write(answer_json(answer(tuple(map(_as_json, counted())))))
    sys.stderr.writelines(f"{line}\n" for line in diagnostic_lines(unseen))
    if complain(diagnostics):
        return 2
    if not count[True] and unseen:
        return 2  # that there is none is an answer only when every file was looked at
    if not count[True]:
        left_out = (
            f": {count[False]:,} left out" if count[False] else "; cq files --explain tells what is left out, and why"
        )
        sys.stderr.write(f"cq: no file{left_out}\n")
    return 0 if count[True] else 1


def _write_text(rows: Iterator[FileRow], values: dict[str, Any], root: str) -> None:
    shown = printed_paths(values, root)
    if values.get("null"):
        sys.stdout.writelines(f"{_line(row, values, shown)}\0" for row in rows)
    else:
        write_text(values, (Block(_line(row, values, shown), "file") for row in rows))


def _line(row: FileRow, values: dict[str, Any], shown: Callable[[str], str]) -> str:
    if not values.get("explain"):
        return shown(row.path)
    mark = "in " if row.included else "out"
    why = f"{row.reason}: {row.detail}" if row.detail else row.reason
    return f"{mark}  {shown(row.path)}  ({printable(why)})"


def _as_json(row: FileRow) -> FileRow:
    if row.path.isascii() and row.detail.isascii():
        return row
    return msgspec.structs.replace(row, path=as_text(row.path), detail=as_text(row.detail))


def _listed(
    selection: Selection,
    table: LaneTable,
    until: float | None,
    diagnostics: list[Diagnostic],
    unseen: list[Diagnostic],
) -> Iterator[FileRow]:
    listing = list_files(selection)
    diagnostics.extend(diagnostics_of(Unread(each.path, each.reason, each.detail) for each in listing.problems))
    for number, path in enumerate(listing.files):
        if number and is_over(until):
            unseen += not_looked_at(listing.files[number:], len(listing.files))
            return
        # What is binary shows in the bytes only, and a search would leave it out.
        data = read_file(selection.tree, path, selection.binary)
        if isinstance(data, Unread):
            diagnostics.extend(diagnostics_of((data,)))
            continue
        yield FileRow(path=path, included=True, language=table.by_content(path, data, table.data))


def _explained(
    selection: Selection, table: LaneTable, until: float | None, unseen: list[Diagnostic]
) -> Iterator[FileRow]:
    rows = list(explain_files(selection))
    for number, row in enumerate(rows):
        if number and is_over(until):
            unseen += not_looked_at([each.path for each in rows[number:]], len(rows))
            return
        data = read_file(selection.tree, row.path, True) if row.included else b""
        language = "" if isinstance(data, Unread) else table.by_content(row.path, data, table.data)
        yield FileRow(
            path=row.path,
            included=row.included,
            language=language if row.included else table.by_path(row.path, table.data),
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
