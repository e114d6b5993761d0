"""`cq injections`: the parts of files that are text in another language, and what became of each."""

import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from cq.cli.answer import Entry, tell_nothing, write
from cq.cli.check import check
from cq.cli.clock import Clock
from cq.cli.jobs import jobs_of
from cq.cli.options.listing import INJECTIONS
from cq.cli.settle import printed_paths
from cq.errors import CqError
from cq.lanes.table import LaneTable, lane_table
from cq.render.budget import Block
from cq.render.color import Palette, palette, printable
from cq.render.text import diagnostic_lines
from cq.rows.injections import InjectionRow, InjectionsAnswer
from cq.rows.shared import MISSING_GRAMMAR, Diagnostic, Report, SchemaId
from cq.scan.results import Unread
from cq.scan.scan import scan, workers_for
from cq.search.injections import InjectionsAnalysis, InjectionsPlan


def injections(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0 when there is an injection, else 1."""
    began = time.perf_counter()
    check(INJECTIONS, values)
    if not arguments and "files_from" not in values and "root" not in values:
        raise CqError("injections of what?", "cq injections FILE|FOLDER...")
    given = jobs_of(values, arguments, data=True)
    table = lane_table(given.folders)
    wanted = frozenset(table.injected_language(word)[0] for word in values.get("only", ()))
    workers = workers_for(given.jobs, values.get("workers") or None)
    diagnostics = list(given.diagnostics)
    rows: list[InjectionRow] = []
    files = 0
    missing: dict[str, str] = {}
    plan = InjectionsPlan(given.folders, wanted)
    clock = Clock(values)
    for found in clock.until(given.jobs, scan(given.tree, given.jobs, InjectionsAnalysis, plan, workers)):
        if isinstance(found, Unread):
            diagnostics.extend(given.diagnostics_of(found))
            continue
        diagnostics.extend(found.diagnostics)
        missing.update(found.grammars)
        rows.extend(found.rows)
        files += bool(found.rows)
    diagnostics.extend(_missing(table, missing))
    diagnostics.extend(clock.diagnostics())
    answer = InjectionsAnswer(
        schema=SchemaId("cq.injections"),
        summary={"injections": len(rows), "files": files, **Counter(sorted(row.state for row in rows))},
        languages=dict(Counter(row.language for row in rows).most_common()),
        rows=tuple(rows),
        diagnostics=tuple(diagnostics),
        report=Report(root=given.root, workers=workers, total_ms=round((time.perf_counter() - began) * 1000, 2)),
    )
    write(values, answer, rows, _text(values, given.root, answer), lambda row: Entry(_what(row), row.path))
    sys.stderr.writelines(f"{line}\n" for line in diagnostic_lines(diagnostics))
    if any(diagnostic.severity == "error" for diagnostic in diagnostics):
        return 2
    if not rows and clock.is_over:
        return 2  # nothing found is an answer only when everything was looked at
    if not rows:
        tell_nothing("injection", len(given.jobs))
    return 0 if rows else 1


def _missing(table: LaneTable, grammars: dict[str, str]) -> Iterator[Diagnostic]:
    """What could not be looked into, once for each language."""
    for language in sorted(grammars):
        message = f"{language}: no grammar installed: {table.how_to_install(language)}"
        yield Diagnostic(path="", code=MISSING_GRAMMAR, message=message)


def _what(row: InjectionRow) -> str:
    return f"{row.language} injection"


def _text(values: dict[str, Any], root: str, answer: InjectionsAnswer) -> Iterator[Block]:
    shown = printed_paths(values, root)
    colours = palette(values.get("color", "auto"), sys.stdout)
    for row in answer.rows:
        yield Block(_line(shown(row.path), row, colours), _what(row), row.path)
    if answer.rows:
        counts = ", ".join(f"{count:,} {language}" for language, count in answer.languages.items())
        sys.stderr.write(f"{len(answer.rows):,} injections ({counts}) in {answer.summary['files']:,} files\n")


def _line(path: str, row: InjectionRow, colours: Palette) -> str:
    notes = [f"in {row.host}" if row.host != row.language else "", " > ".join(row.via), _state(row)]
    about = "".join(f" · {note}" for note in notes if note)
    place = f"{path}:{colours.line}{row.line}{colours.reset}:{row.column}"
    language = f"{colours.name}{row.language}{colours.reset}"
    return f"{place}: {language}  {printable(row.text)}{colours.dim}{about}{colours.reset}"


def _state(row: InjectionRow) -> str:
    if row.state == "parsed":
        return "parsed with errors" if row.has_error else ""
    return row.state.replace("-", " ")
