"""`cq outline`: the definitions of files as a tree, with their signatures and lines."""

import sys
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from cq.cli.check import check
from cq.cli.jobs import Jobs, jobs_of
from cq.cli.options import OUTLINE
from cq.cli.settle import form_of, printed_paths
from cq.errors import CqError
from cq.render.color import Palette, palette, printable
from cq.render.json import answer_json
from cq.render.text import diagnostic_lines
from cq.rows.listing import OutlineAnswer, OutlineRow
from cq.rows.shared import Diagnostic, Report, SchemaId, as_text
from cq.scan.results import Unread
from cq.scan.scan import scan, workers_for
from cq.search.outline import FileOutline, OutlineAnalysis, OutlinePlan

if TYPE_CHECKING:
    from cq.cli.between import Side


def outline(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0 when there is a definition, else 1."""
    began = time.perf_counter()
    check(OUTLINE, values)
    if not arguments and "files_from" not in values and "root" not in values:
        raise CqError("outline of what?", "cq outline FILE|FOLDER...")
    if values.get("rev"):
        from cq.cli.between import between, is_range  # git only where it is asked for

        if is_range(values):
            return between("outline", values, arguments, lambda values: _side(values, arguments))
    given = jobs_of(values, arguments)
    found, diagnostics, workers = _found(given, values)
    total = sum(_count(file.rows) for file in found)
    form = form_of(values)
    if form == "json":
        report = Report(root=given.root, workers=workers, total_ms=round((time.perf_counter() - began) * 1000, 2))
        answer = OutlineAnswer(
            schema=SchemaId("cq.outline"),
            summary={"definitions": total, "files": len(found)},
            rows=tuple(row for file in found for row in file.rows),
            diagnostics=tuple(diagnostics),
            report=report,
        )
        sys.stdout.buffer.write(answer_json(answer))
    elif form == "jsonl":
        for file in found:
            for row in file.rows:
                sys.stdout.buffer.write(answer_json(row))
    else:
        shown = printed_paths(values, given.root)
        colours = palette(values.get("color", "auto"), sys.stdout)
        for number, file in enumerate(found):
            sys.stdout.write(("\n" if number else "") + f"{shown(file.path)}\n")
            sys.stdout.writelines(f"{line}\n" for line in _lines(file.rows, colours, 0))
        sys.stderr.writelines(f"{line}\n" for line in diagnostic_lines(diagnostics))
    if any(diagnostic.severity == "error" for diagnostic in diagnostics):
        return 2
    return 0 if total else 1


def _found(given: Jobs, values: dict[str, Any]) -> tuple[list[FileOutline], list[Diagnostic], int]:
    """The files with definitions, what there is to say of others, and how many processes it took."""
    found: list[FileOutline] = []
    diagnostics = list(given.diagnostics)
    workers = workers_for(given.jobs, None)
    for result in scan(given.tree, given.jobs, OutlineAnalysis, OutlinePlan(given.folders), workers):
        if isinstance(result, Unread):
            diagnostics.extend(given.diagnostics_of(result))
            continue
        diagnostics.extend(result.diagnostics)
        kinds = frozenset(values.get("kind", ()))
        rows = _pruned(result.rows, kinds, values.get("depth", 0) or 10_000)
        if rows:
            found.append(FileOutline(result.path, result.language, rows))
    return found, diagnostics, workers


def _side(values: dict[str, Any], arguments: Sequence[str]) -> "Side":
    """The answer about one of two revisions: each definition a row of its own."""
    from cq.cli.between import Side, rows_of_structs

    found, diagnostics, _ = _found(jobs_of(values, arguments), values)
    rows: list[OutlineRow] = []
    for file in found:
        waiting = list(reversed(file.rows))
        while waiting:
            row = waiting.pop()
            waiting += reversed(row.children)
            rows.append(msgspec.structs.replace(row, children=()))
    return Side(rows_of_structs(rows), (), diagnostics)


def _lines(rows: tuple[OutlineRow, ...], colours: Palette, depth: int) -> Iterator[str]:
    for row in rows:
        text = printable(row.signature or f"{row.kind} {row.name}")
        yield f"{colours.line}{row.line:>6}{colours.reset}  {'  ' * depth}{text}"
        yield from _lines(row.children, colours, depth + 1)


def _pruned(rows: tuple[OutlineRow, ...], kinds: frozenset[str], depth: int) -> tuple[OutlineRow, ...]:
    kept = []
    for row in rows:
        children = _pruned(row.children, kinds, depth - 1) if depth > 1 else ()
        if children or not kinds or row.kind in kinds:
            kept.append(msgspec.structs.replace(row, path=as_text(row.path), children=children))
    return tuple(kept)


def _count(rows: tuple[OutlineRow, ...]) -> int:
    return sum(1 + _count(row.children) for row in rows)
