"""`cq imports`: the graph of modules, and its cycles."""

import sys
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from cq.cli.answer import Entry, budget_of, tell_nothing, write
from cq.cli.cache_options import blobs_of, keeper_of
from cq.cli.check import check
from cq.cli.clock import ends_at, not_looked_at
from cq.cli.jobs import jobs_of
from cq.cli.options.graph import IMPORTS
from cq.cli.progress import progress
from cq.cli.settle import form_of, shown_paths
from cq.engine.limits import is_over
from cq.index.selection import Selection
from cq.lanes.table import LaneTable
from cq.neighborhood.found import FoundImports
from cq.neighborhood.imports import cycles, imports_of
from cq.neighborhood.kept import Kept
from cq.neighborhood.sources import Sources
from cq.render.budget import Block
from cq.render.color import Palette, palette, printable
from cq.rows.neighborhood import ImportCycle, ImportRow, ImportsAnswer, ImportsTail
from cq.rows.shared import NO_RESOLVER, Diagnostic, Report, SchemaId, as_text
from cq.symbols.project import Project
from cq.symbols.resolvers import Resolvers, can_resolve, resolved_languages

_SCHEMA = SchemaId("cq.imports")


def imports(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and paths; 0 an import (with --cycles: a cycle), 1 none, 2 error."""
    began = time.perf_counter()
    check(IMPORTS, values)
    budget_of(values)
    given = jobs_of(values, arguments)
    whole = Selection(root=given.root, hidden=bool(values.get("hidden")), no_ignore=bool(values.get("no_ignore")))
    kept = Kept(keeper_of(values, given.tree), whole, given.folders, ("imports",))
    sources = Sources(Project(given.tree, kept.paths, given.table, kept.holders, blobs_of(values)))
    asked = {job.path for job in given.jobs}
    left: Sequence[str] = ()
    known = kept.answer(FoundImports)
    if known is None:
        # Those that are asked about first: of the others only cycles are told.
        known, left = _all_imports(sources, asked, ends_at(values))
        if not left:
            kept.keep(known)
    kept.close()
    rows = [row for row in known.rows if row.path in asked or arguments]
    found = [cycle for cycle in cycles(rows) if asked.intersection(cycle.paths)]
    shown = [row for row in rows if row.path in asked and (values.get("outside") or not row.outside)]
    if values.get("cycles"):
        shown = []
    something = found if values.get("cycles") else shown
    status = 0 if something else 2 if left else 1
    # Where some files are looked through, that they have no cycle is an answer; of imports there may be others.
    followed = any(can_resolve(given.table.by_path(path)) for path in asked)
    answered = bool(something) or (followed and bool(values.get("cycles")))
    unseen = not_looked_at(left, sources.parsed + len(left), "all of it: the same with more time")
    diagnostics = (*given.diagnostics, *_not_followed(given.table, asked, answered), *unseen)
    if any(diagnostic.severity == "error" for diagnostic in diagnostics):
        status = 2
    summary = {"modules": len({row.path for row in shown}), "imports": len(shown), "cycles": len(found)}
    report = Report(
        root=given.root,
        files_listed=len(kept.paths),
        files_parsed=sources.parsed,
        total_ms=round((time.perf_counter() - began) * 1000, 2),
    )
    form = form_of(values)
    out = sys.stdout
    if form in ("text", "json", "jsonl"):
        answer = ImportsAnswer(
            schema=_SCHEMA,
            summary=summary,
            rows=tuple(shown),
            cycles=tuple(found),
            diagnostics=diagnostics,
            complete=not left,
            exit_status=status,
            report=report,
        )
        tail = ImportsTail(
            schema=_SCHEMA,
            summary=summary,
            cycles=tuple(found),
            diagnostics=diagnostics,
            complete=not left,
            exit_status=status,
            report=report,
        )
        shown_path = shown_paths(given.root)
        colours = palette(values.get("color", "auto"), out)
        lines = _lines(colours, lambda each: printable(shown_path(each)), shown, found)
        write(values, answer, shown, lines, lambda row: Entry("import", row.path), tail)
        if status == 1:
            tell_nothing("cycle of imports" if values.get("cycles") else "import", len(asked))
    elif form in ("mermaid", "dot"):
        edges = shown or [row for row in rows if any(_on(cycle, row) for cycle in found)]
        out.writelines(f"{line}\n" for line in _graph(form, edges, found))
    else:
        from cq.cli.page import write_page
        from cq.neighborhood.page import imports_page

        edges = shown or [row for row in rows if any(_on(cycle, row) for cycle in found)]
        write_page(imports_page(sources, edges, found))
    for diagnostic in diagnostics:
        sys.stderr.write(f"cq: {printable(as_text(diagnostic.path))}: {diagnostic.message}\n")
    return status


def _not_followed(table: LaneTable, paths: Iterable[str], answered: bool) -> Iterator[Diagnostic]:
    """Of files whose language has imports that are not followed: what to ask instead."""
    languages = {name for name in table.installed() if not can_resolve(name) and table.packs.files(name, "imports")}
    files = sorted(path for path in paths if table.by_path(path) in languages)
    if files:
        more = f", which leaves out {len(files):,} files" if len(files) > 1 else ""
        message = f"imports are followed in {resolved_languages(table.languages)} only{more}"
        message += ": cq search NAME --role import"
        severity = "warning" if answered else "error"
        yield Diagnostic(path=as_text(files[0]), code=NO_RESOLVER, severity=severity, message=message)


def _all_imports(sources: Sources, first: Collection[str], until: float | None) -> tuple[FoundImports, Sequence[str]]:
    """The imports of all files of the project, and the files that there was no time for; of some `first`."""
    project = sources.project
    resolvers = Resolvers(project)
    wanted = [path for path in project.every_path() if can_resolve(project.table.by_path(path))]
    rows: list[ImportRow] = []
    left: Sequence[str] = ()
    in_turn = sorted(wanted, key=lambda path: path not in first)
    for number, path in enumerate(progress(lambda: len(in_turn), in_turn, "reading"), 1):
        rows.extend(imports_of(resolvers, sources, path))
        if is_over(until):
            left = in_turn[number:]
            break
    order = {path: number for number, path in enumerate(sorted(wanted))}
    rows.sort(key=lambda row: order[row.path])
    return FoundImports(rows=tuple(rows)), left


def _lines(colours: Palette, shown: Any, rows: Sequence[ImportRow], found: Sequence[ImportCycle]) -> Iterator[Block]:
    last = ""
    for row in rows:
        if row.path != last:
            yield Block(f"{colours.path}{shown(row.path)}{colours.reset}", level=0)
            last = row.path
        when = "  in a function" if row.later else "  for type checkers" if row.typing else ""
        name = printable(row.imported) if row.outside else shown(row.imported)
        yield Block(f"{row.line:>6}  {name}{colours.dim}{when}{colours.reset}", "import", row.path)
    if rows and found:
        yield Block("", level=0)
    for cycle in found:
        said = "closes with imports that run later" if cycle.later else "closes while importing"
        more = f" ({cycle.size} modules reach each other)" if cycle.size > len(cycle.paths) else ""
        head = f"{colours.head}cycle of {len(cycle.paths)}, {said}{more}{colours.reset}"
        steps = [f"  {shown(path)}:{line}" for path, line in zip(cycle.paths, cycle.lines, strict=True)]
        last = f"  {colours.dim}-> {shown(cycle.paths[0])}{colours.reset}"
        yield Block("\n".join((head, *steps, last)), "cycle", cycle.paths[0], short=f"{head}\n{steps[0]}")


def _on(cycle: ImportCycle, row: ImportRow) -> bool:
    return (row.path, row.imported) in zip(cycle.paths, (*cycle.paths[1:], cycle.paths[0]), strict=True)


def _graph(form: str, rows: Sequence[ImportRow], found: Sequence[ImportCycle]) -> Iterator[str]:
    nodes = list(dict.fromkeys(each for row in rows for each in (row.path, row.imported)))
    numbers = {node: f"n{number}" for number, node in enumerate(nodes)}
    dot = form == "dot"
    yield "digraph imports {" if dot else "flowchart LR"
    if dot:
        yield '  rankdir=LR; node [shape=box, fontname="sans-serif", fontsize=10];'
    for node in nodes:
        label = node.replace("\\", "\\\\").replace('"', '\\"' if dot else "#quot;")
        yield f'  {numbers[node]} [label="{label}"];' if dot else f'  {numbers[node]}["{label}"]'
    for row in rows:
        late = row.later or row.typing
        cyclic = any(_on(cycle, row) for cycle in found)
        start, end = numbers[row.path], numbers[row.imported]
        if dot:
            styles = ["style=dashed"] * late + ["color=red"] * cyclic
            yield f"  {start} -> {end}{' [' + ', '.join(styles) + ']' if styles else ''};"
        else:
            yield f"  {start} {'-.->' if late else '==>' if cyclic else '-->'} {end}"
    if dot:
        yield "}"
