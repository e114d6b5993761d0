"""`cq neighborhood`: callers, callees and relatives of a definition."""

import os
import shlex
import sys
import time
from collections.abc import Sequence
from typing import Any

from cq.cli.check import check
from cq.cli.options import NEIGHBORHOOD
from cq.cli.settle import form_of, query_folders, selection_of, shown_paths
from cq.errors import CqError, nearest
from cq.index.selection import Selection
from cq.index.walk import list_files
from cq.lanes.syntax_error import syntax_error
from cq.lanes.table import lane_table
from cq.neighborhood.run import Neighborhood
from cq.neighborhood.target import Meant, at_place, grouped, named
from cq.render.color import palette, printable
from cq.render.json import answer_json
from cq.rows.neighborhood import (
    RELATIONS,
    Candidate,
    Card,
    Neighbor,
    NeighborhoodAnswer,
    NeighborhoodSummary,
    NeighborhoodTail,
    Unresolved,
)
from cq.rows.resolution import Target
from cq.rows.shared import Diagnostic, Report, SchemaId
from cq.symbols.position import Place, parse_place
from cq.symbols.project import Project
from cq.symbols.resolvers import Resolvers

_SCHEMA = SchemaId("cq.neighborhood")
_MOST_OF_ONE_NAME = 8  # definitions of one qualified name in one file that are all followed
_OWN = frozenset({"caller", "callee", "user"})
_MOST_CANDIDATES = 40  # that are listed


class _Run:
    """One question under way."""

    def __init__(self, text: str, values: dict[str, Any]) -> None:
        self.began = time.perf_counter()
        self.text = text
        self.values = values
        place = parse_place(text)
        path = os.path.abspath(place.path) if place is not None else ""
        if place is not None and not os.path.isfile(path):
            raise CqError(f"no such file: {place.path}", "TARGET is a name, path:line or path:line:column")
        given = selection_of(values, [path] if path else []).selection
        self.root = given.root
        if path and not path.startswith(os.path.join(self.root, "")):
            raise CqError(f"{text}: outside of {self.root}", "--root takes the folder of the project")
        listing = list_files(Selection(root=given.root, hidden=given.hidden, no_ignore=given.no_ignore))
        self.files = len(listing.files)
        self.resolvers = Resolvers(Project(given.root, listing.files, lane_table(query_folders(values))))
        self.neighborhood = Neighborhood(self.resolvers, values.get("confidence", "possible"))
        self.meant = self._meant(place, path.removeprefix(os.path.join(self.root, "")))

    def _meant(self, place: Place | None, path: str) -> Meant:
        if place is None:
            return named(self.resolvers, self.text, bool(self.values.get("all")))
        if path not in self.resolvers.project.every_path():
            raise CqError(f"{place.path}: not one of the project's files", "it is ignored: try --no-ignore or --hidden")
        meant = at_place(self.resolvers, self.neighborhood.sources, place, path)
        if meant.targets:
            return meant
        module = self.neighborhood.symbols.module(path)
        target = Target(
            name=module.name, qualified_name=module.qualified_name, kind="module", path=path, line=1, column=1
        )
        return Meant((target,), meant.note)

    def diagnostics(self, cards: Sequence[Card]) -> tuple[Diagnostic, ...]:
        """What is broken in the files of the targets."""
        found = []
        for path in dict.fromkeys(card.symbol.path for card in cards):
            source = self.neighborhood.sources.of(path)
            if source is not None and source.tree.root_node.has_error:
                found.append(syntax_error(path, source.tree.root_node, "what is broken may lack calls"))
        return tuple(found)

    def report(self) -> Report:
        """What the run cost."""
        return Report(
            root=self.root,
            files_listed=self.files,
            files_parsed=self.neighborhood.sources.parsed,
            total_ms=round((time.perf_counter() - self.began) * 1000, 2),
        )


def neighborhood(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0 found, 1 nothing, 2 ambiguous or an error."""
    check(NEIGHBORHOOD, values)
    if len(arguments) != 1:
        raise CqError("neighborhood of what?", "cq neighborhood NAME, path:line or path:line:column")
    for relation in values.get("only", ()):
        if relation not in RELATIONS:
            raise CqError(f"no such relation: {relation!r}", f"one of: {', '.join(RELATIONS)}")
    run = _Run(arguments[0], values)
    groups = grouped(run.meant.targets)
    if not groups:
        return _nothing(run)
    if len(groups) > 1 and not values.get("all"):
        return _ambiguous(run, [group[0] for group in groups])
    cards: list[Card] = []
    rows: list[Neighbor] = []
    unresolved: list[Unresolved] = []
    resolved = 0
    depth = values.get("depth", 1)
    only = frozenset(values.get("only", ()))
    for group in groups:
        # The last one is what the name stands for in the end; of the others only what is their own.
        for target in group[:-_MOST_OF_ONE_NAME:-1]:
            card = run.neighborhood.card(target, run.meant.note)
            cards.append(card)
            asked = only if target is group[-1] else (only & _OWN or _OWN)
            rows.extend(run.neighborhood.rows(card.symbol, depth, asked))
            unresolved.extend(run.neighborhood.graph.unresolved)
            resolved += run.neighborhood.graph.resolved
    order = {relation: number for number, relation in enumerate(RELATIONS)}
    rows.sort(key=lambda row: (order[row.relation], row.distance))
    _write(run, cards, rows, unresolved, resolved)
    return 0


def _write(run: _Run, cards: list[Card], rows: list[Neighbor], unresolved: list[Unresolved], resolved: int) -> None:
    summary = _summary(rows, unresolved, resolved)
    diagnostics = run.diagnostics(cards)
    form = form_of(run.values)
    out = sys.stdout
    if form == "json":
        answer = NeighborhoodAnswer(
            schema=_SCHEMA,
            query=run.text,
            summary=summary,
            targets=tuple(cards),
            rows=tuple(rows),
            unresolved=tuple(unresolved),
            diagnostics=diagnostics,
            report=run.report(),
        )
        out.buffer.write(answer_json(answer))
    elif form == "jsonl":
        for row in rows:
            out.buffer.write(answer_json(row))
        tail = NeighborhoodTail(
            schema=_SCHEMA,
            query=run.text,
            summary=summary,
            targets=tuple(cards),
            unresolved=tuple(unresolved),
            diagnostics=diagnostics,
            report=run.report(),
        )
        out.buffer.write(answer_json(tail))
    elif form in ("mermaid", "dot"):
        from cq.render.graph import dot, mermaid  # each form imports what it writes with

        out.writelines(f"{line}\n" for line in (dot if form == "dot" else mermaid)(cards, rows))
    else:
        from cq.render.neighborhood_text import NeighborhoodText

        text = NeighborhoodText(palette(run.values.get("color", "auto"), out), shown_paths(run.root))
        out.writelines(f"{line}\n" for line in text.lines(cards, rows, unresolved, summary, _asks(run, "caller")))
    for diagnostic in diagnostics:
        sys.stderr.write(f"cq: {printable(diagnostic.path)}: {diagnostic.message}\n")
    if run.values.get("stats"):
        from cq.render.stats import stats_table

        sys.stderr.writelines(f"{line}\n" for line in stats_table(run.report()))


def _asks(run: _Run, relation: str) -> bool:
    return relation in run.values.get("only", (relation,))


def _summary(rows: Sequence[Neighbor], unresolved: Sequence[Unresolved], resolved: int) -> NeighborhoodSummary:
    near = [row for row in rows if row.distance == 1]
    counts: dict[str, int] = {}
    for row in near:
        counts[row.relation] = counts.get(row.relation, 0) + 1
    callers = [row for row in near if row.relation == "caller"]
    return NeighborhoodSummary(
        rows=len(rows),
        relations=counts,
        call_sites=sum(len(row.sites) for row in callers),
        test_callers=sum(row.symbol.test for row in callers),
        calls_resolved=resolved,
        calls_unresolved=sum(each.sites for each in unresolved),
    )


def _empty(run: _Run, status: int, candidates: tuple[Candidate, ...] = ()) -> None:
    answer = NeighborhoodAnswer(
        schema=_SCHEMA,
        query=run.text,
        summary=NeighborhoodSummary(rows=0, exit_status=status),
        targets=(),
        candidates=candidates,
        report=run.report(),
    )
    sys.stdout.buffer.write(answer_json(answer))


def _nothing(run: _Run) -> int:
    last = run.text.replace("::", ".").rpartition(".")[2]
    hint = f"cq search {shlex.quote(last)} shows where the name stands"
    if len(last) >= 3:
        hint = nearest(last, _definition_names(run.resolvers.project, last)) or hint
    sys.stderr.write(f"cq: nothing is defined as {printable(run.text)}\nhint: {printable(hint)}\n")
    if form_of(run.values) in ("json", "jsonl"):
        _empty(run, 1)
    return 1


def _definition_names(project: Project, like: str) -> set[str]:
    """Names in the project that begin alike: of others none is likely to be meant."""
    import re  # only an answer about nothing needs it

    pattern = re.compile(rb"\b" + re.escape(like[:1].encode()) + rb"\w{1,80}")
    names: set[bytes] = set()
    for path in project.every_path():
        if project.table.by_path(path):
            names.update(pattern.findall(project.read(path) or b""))
    return {name.decode("utf-8", "replace") for name in names}


def _ambiguous(run: _Run, targets: Sequence[Target]) -> int:
    shown = shown_paths(run.root)
    candidates = []
    for target in targets:
        symbol = run.neighborhood.symbols.of(target)
        place = f"{shown(target.path)}:{target.line}:{target.column}"
        candidates.append(Candidate(symbol=symbol, command=f"cq neighborhood {shlex.quote(place)}"))
    if form_of(run.values) in ("json", "jsonl"):
        _empty(run, 2, tuple(candidates))
    err = sys.stderr
    err.write(f"cq: {printable(run.text)} may mean {len(candidates)} definitions\n")
    width = max(len(each.command) for each in candidates[:_MOST_CANDIDATES])
    for each in candidates[:_MOST_CANDIDATES]:
        err.write(f"  {printable(each.command):{width}}  {each.symbol.kind} {printable(each.symbol.qualified_name)}\n")
    if len(candidates) > _MOST_CANDIDATES:
        err.write(f"  and {len(candidates) - _MOST_CANDIDATES} more: --json lists them all\n")
    err.write(f"hint: all of them: cq neighborhood {shlex.quote(run.text)} --all\n")
    return 2
