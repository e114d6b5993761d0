"""The tools `neighborhood` and `impact`: what is around a definition, and what may break when it changes."""

import os
from collections.abc import Sequence
from typing import Annotated

import msgspec

from cq.errors import CqError
from cq.lanes.syntax_error import syntax_error
from cq.neighborhood.impact import impact_of
from cq.neighborhood.run import Neighborhood
from cq.neighborhood.target import Meant, at_place, grouped, named
from cq.reading.reader import Reader
from cq.reading.wanted import wanted
from cq.render.color import PLAIN
from cq.render.impact_text import impact_text
from cq.render.neighborhood_text import NeighborhoodText
from cq.rows.neighborhood import (
    RELATIONS,
    Candidate,
    Card,
    ImpactAnswer,
    Neighbor,
    NeighborhoodAnswer,
    NeighborhoodSummary,
    Reached,
    Unresolved,
)
from cq.rows.resolution import Confidence, Target
from cq.rows.shared import Diagnostic, Report, SchemaId
from cq.serve.reply import Ask, Reply, fitting, left_out, reply
from cq.serve.tool import Params, Tool
from cq.serve.workspace import Workspace

_MOST_OF_ONE_NAME = 8
_MOST_CANDIDATES = 40
_OWN = frozenset({"caller", "callee", "user"})

TargetText = Annotated[
    str, msgspec.Meta(min_length=1, description="`name`, `Type.method`, `path:line` or `path:line:column`.")
]
Everything = Annotated[bool, msgspec.Meta(description="Of a name with several definitions all of them.")]


class NeighborhoodParams(Params, frozen=True, kw_only=True):
    """Arguments of `neighborhood`."""

    target: TargetText
    only: Annotated[tuple[str, ...], msgspec.Meta(description=f"Only these: {', '.join(RELATIONS)}.")] = ()
    depth: Annotated[int, msgspec.Meta(ge=1, le=100, description="How many calls to follow, both ways.")] = 1
    confidence: Annotated[Confidence, msgspec.Meta(description="Leave out what is less sure.")] = "possible"
    all: Everything = False


class ImpactParams(Params, frozen=True, kw_only=True):
    """Arguments of `impact`."""

    target: TargetText
    depth: Annotated[int, msgspec.Meta(ge=0, le=100, description="How many calls away; 0: however many.")] = 0
    all: Everything = False


def neighborhood(workspace: Workspace, params: NeighborhoodParams, ask: Ask) -> Reply:
    """The card of the target and the rows around it."""
    for relation in params.only:
        if relation not in RELATIONS:
            raise CqError(f"no such relation: {relation!r}", f"one of: {', '.join(RELATIONS)}")
    reader = workspace.reader
    around = reader.neighborhood
    if params.confidence != "possible":
        around = Neighborhood(around.resolvers, params.confidence)
    meant = _meant(workspace, reader, params.target, params.all)
    groups = grouped(meant.targets)
    if len(groups) != 1 and not (groups and params.all):
        candidates = _candidates(around, groups)
        answer = NeighborhoodAnswer(
            schema=SchemaId("cq.neighborhood"),
            query=params.target,
            summary=NeighborhoodSummary(rows=0, exit_status=2 if groups else 1),
            targets=(),
            candidates=candidates,
            report=_report(workspace),
        )
        return _choose(params.target, candidates, answer)
    cards: list[Card] = []
    rows: list[Neighbor] = []
    unresolved: list[Unresolved] = []
    resolved = 0
    only = frozenset(params.only)
    for group in groups:
        for target in group[:-_MOST_OF_ONE_NAME:-1]:
            card = around.card(target, meant.note)
            cards.append(card)
            for row in around.rows(card.symbol, params.depth, only if target is group[-1] else (only & _OWN or _OWN)):
                if ask.cancelled():
                    raise CqError("cancelled")
                rows.append(row)
            unresolved.extend(around.graph.unresolved)
            resolved += around.graph.resolved
    order = {relation: number for number, relation in enumerate(RELATIONS)}
    rows.sort(key=lambda row: (order[row.relation], row.distance))
    summary = _summary(rows, unresolved, resolved)
    text = NeighborhoodText(PLAIN, str)
    asks_callers = "caller" in (params.only or ("caller",))

    def lines(count: int) -> list[str]:
        return list(text.lines(cards, rows[:count], unresolved, summary, asks_callers and not rows))

    shown = fitting(len(rows), lines, params.max_tokens)
    answer = NeighborhoodAnswer(
        schema=SchemaId("cq.neighborhood"),
        query=params.target,
        summary=summary,
        targets=tuple(cards),
        rows=tuple(rows[:shown]),
        unresolved=tuple(unresolved),
        diagnostics=_diagnostics(around, cards),
        report=_report(workspace),
    )
    after = left_out(shown, len(rows), "row", "ask with `only`, or with more max_tokens")
    counts = ", ".join(f"{count:,} {relation}" for relation, count in summary.relations.items())
    return reply(f"around {params.target}: {counts or 'nothing'}", lines(shown), answer, after)


def impact(workspace: Workspace, params: ImpactParams, ask: Ask) -> Reply:
    """All that may run the target, nearest first, and the tests among it."""
    reader = workspace.reader
    around = reader.neighborhood
    meant = _meant(workspace, reader, params.target, params.all)
    groups = grouped(meant.targets)
    if len(groups) != 1 and not (groups and params.all):
        candidates = _candidates(around, groups)
        status = 2 if groups else 1
        answer = ImpactAnswer(
            schema=SchemaId("cq.impact"),
            query=params.target,
            candidates=candidates,
            exit_status=status,
            report=_report(workspace),
        )
        return _choose(params.target, candidates, answer)
    cards = [around.card(group[-1], meant.note) for group in groups]
    found: dict[str, Reached] = {}
    for card in cards:
        for each in impact_of(around, card.symbol, params.depth):
            if ask.cancelled():
                raise CqError("cancelled")
            found.setdefault(each.symbol.id, each)
    rows = sorted(found.values(), key=lambda each: each.distance)
    tests = tuple(each.test_id for each in rows if each.test_id)
    modules: dict[str, int] = {}
    for each in rows:
        modules[each.symbol.path] = modules.get(each.symbol.path, 0) + 1

    def lines(count: int) -> list[str]:
        near = rows[:count]
        text = impact_text(PLAIN, str, cards, near, [each.test_id for each in near if each.test_id])
        # How many there are is said of all of them.
        return [line for line in text if " modules may run it, " not in line]

    shown = fitting(len(rows), lines, params.max_tokens)
    answer = ImpactAnswer(
        schema=SchemaId("cq.impact"),
        query=params.target,
        targets=tuple(cards),
        rows=tuple(rows[:shown]),
        modules=modules,
        tests=tests[:shown],
        exit_status=0 if rows else 1,
        report=_report(workspace),
    )
    account = f"{len(rows):,} symbols in {len(modules):,} files may run {params.target}, {len(tests):,} of them tests"
    after = left_out(shown, len(rows), "symbol", "ask with `depth`, or with more max_tokens")
    return reply(account, lines(shown), answer, after)


def _meant(workspace: Workspace, reader: Reader, text: str, everything: bool) -> Meant:
    asked = wanted(text, workspace.root)
    if not asked.path:
        return named(reader.neighborhood.resolvers, text, everything)
    if asked.place is None:
        raise CqError(f"{text}: a file is no target", "`outline` shows what is defined in it; then path:line")
    path = workspace.path(asked.path).removeprefix(os.path.join(workspace.root, ""))
    if path not in reader.project.every_path():
        raise CqError(f"{path}: not one of the project's files", "it is ignored")
    around = reader.neighborhood
    meant = at_place(around.resolvers, around.sources, asked.place, path)
    if meant.targets:
        return meant
    module = around.symbols.module(path)
    target = Target(name=module.name, qualified_name=module.qualified_name, kind="module", path=path, line=1, column=1)
    return Meant((target,), meant.note)


def _candidates(around: Neighborhood, groups: Sequence[Sequence[Target]]) -> tuple[Candidate, ...]:
    symbols = [around.symbols.of(group[0]) for group in groups]
    return tuple(Candidate(symbol=symbol, command=f"target {symbol.id}") for symbol in symbols)


def _choose(target: str, candidates: Sequence[Candidate], answer: msgspec.Struct) -> Reply:
    """An answer without rows: nothing is called so, or too much."""
    if not candidates:
        return reply(f"nothing is defined as {target}; `search` shows where the name stands", (), answer)
    lines = [f"{each.symbol.id}  {each.symbol.kind} {each.symbol.qualified_name}" for each in candidates]
    after = left_out(min(len(lines), _MOST_CANDIDATES), len(lines), "definition", "`search` with roles definition")
    account = f"{target} may mean {len(candidates):,} definitions; ask again with one of these as target, or with all"
    return reply(account, lines[:_MOST_CANDIDATES], answer, after)


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


def _diagnostics(around: Neighborhood, cards: Sequence[Card]) -> tuple[Diagnostic, ...]:
    found = []
    for path in dict.fromkeys(card.symbol.path for card in cards):
        source = around.sources.of(path)
        if source is not None and source.tree.root_node.has_error:
            found.append(syntax_error(path, source.tree.root_node, "what is broken may lack calls"))
    return tuple(found)


def _report(workspace: Workspace) -> Report:
    return Report(root=workspace.root)


NEIGHBORHOOD = Tool(
    "neighborhood",
    "What is around one definition: callers, callees, overrides, sub- and base classes, importers, tests; each with "
    "how sure it is and why. Use it before changing a function.",
    NeighborhoodParams,
    neighborhood,
)
IMPACT = Tool(
    "impact",
    "Everything that may run a definition, however far away, by distance, and the tests to run after changing it.",
    ImpactParams,
    impact,
)
