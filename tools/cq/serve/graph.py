"""The tools `neighborhood` and `impact`: what is around a definition, and what may break when it changes."""

import os
from collections.abc import Iterator, Sequence
from typing import Annotated

import msgspec

from cq.errors import CqError
from cq.neighborhood.question import Question
from cq.neighborhood.run import Neighborhood
from cq.reading.wanted import wanted
from cq.render.color import PLAIN
from cq.render.impact_text import impact_text
from cq.render.neighborhood_text import NeighborhoodText
from cq.rows.neighborhood import (
    RELATIONS,
    Candidate,
    ImpactAnswer,
    Neighbor,
    NeighborhoodAnswer,
    NeighborhoodSummary,
)
from cq.rows.resolution import Confidence, Target
from cq.rows.shared import Report, SchemaId
from cq.serve.reply import Ask, Reply, cost_of, fitting, left_out, many, notes_of, reply, shared
from cq.serve.sought import nothing_called
from cq.serve.tool import Params, Tool
from cq.serve.workspace import Workspace
from cq.settings import ROOM_BYTES
from cq.symbols.position import WHOLE, Place

_MOST_CANDIDATES = 40
_FEW_DEFINITIONS = 3
_BRIEF_WIDTH = 160
_FEW_TOKENS = 8_000  # for which not every file is looked through

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
    is_wide = params.max_tokens > _FEW_TOKENS
    around = workspace.reader.whole if is_wide else workspace.reader.neighborhood
    if params.confidence != "possible":
        room_bytes = 0 if is_wide else ROOM_BYTES
        around = Neighborhood(around.resolvers, params.confidence, room_bytes, around.sources)
    around.sources.begin()
    around.sources.at_file = ask.step
    question = _question(workspace, around, params.target, params.all)
    groups = question.groups()
    # Of two or three definitions all are told: to be asked back costs more than to read what was not meant.
    if not groups or (len(groups) > _FEW_DEFINITIONS and not params.all):
        candidates = _candidates(around, groups)
        refusal = NeighborhoodAnswer(
            schema=SchemaId("cq.neighborhood"),
            query=params.target,
            summary=NeighborhoodSummary(rows=0, exit_status=2 if groups else 1),
            targets=(),
            candidates=candidates,
            report=_report(workspace),
        )
        return _choose(workspace, params.target, candidates, refusal)
    found = question.around(groups, params.depth, frozenset(params.only), ask.ended)
    left = around.sources.left
    found = msgspec.structs.replace(found, left=left)
    rows, summary = sorted(found.rows, key=_surest_first), found.summary()
    text = NeighborhoodText(PLAIN, str, "")
    asks_callers = "caller" in (params.only or ("caller",))

    def lines(count: int) -> list[str]:
        blocks = text.lines(found.cards, rows[:count], found.unresolved, summary, asks_callers and not rows)
        return [line for block in blocks for line in block.text.split("\n")]

    notes = notes_of(found.diagnostics)
    whole, shown, brief = shared(rows, lines, _brief, params.max_tokens - cost_of(notes))
    given = [*rows[:whole], *(msgspec.structs.replace(row, sites=()) for row in rows[whole:shown])]
    answer = NeighborhoodAnswer(
        schema=SchemaId("cq.neighborhood"),
        query=params.target,
        summary=summary,
        targets=found.cards,
        rows=tuple(given),
        unresolved=found.unresolved,
        diagnostics=found.diagnostics,
        report=_report(workspace),
    )
    after = left_out(shown, len(rows), "row", "ask with `only`, or with more max_tokens")
    if left:
        more = many(len(left), "more file")
        after = (*after, f"... {more} may have rows, farther away: with max_tokens above {_FEW_TOKENS} all are read")
    counts = ", ".join(f"{count:,} {relation}" for relation, count in summary.relations.items())
    meant = f" ({len(groups)} definitions: ask with path:line for one)" if len(groups) > 1 else ""
    return reply(
        f"around {params.target}{meant}: {counts or 'nothing'}", (*lines(whole), *brief, *notes), answer, after
    )


def impact(workspace: Workspace, params: ImpactParams, ask: Ask) -> Reply:
    """All that may run the target, nearest first, and the tests among it."""
    around = workspace.reader.whole
    around.sources.begin()
    around.sources.at_file = ask.step
    question = _question(workspace, around, params.target, params.all)
    groups = question.groups()
    if len(groups) != 1 and not (groups and params.all):
        candidates = _candidates(around, groups)
        refusal = ImpactAnswer(
            schema=SchemaId("cq.impact"),
            query=params.target,
            candidates=candidates,
            exit_status=2 if groups else 1,
            report=_report(workspace),
        )
        return _choose(workspace, params.target, candidates, refusal)
    found = question.impact(groups, params.depth, ask.ended)
    rows = found.rows
    tests = tuple(each.test_id for each in rows if each.test_id)
    modules: dict[str, int] = {}
    for each in rows:
        modules[each.symbol.path] = modules.get(each.symbol.path, 0) + 1

    def lines(count: int) -> list[str]:
        near = rows[:count]
        text = impact_text(PLAIN, str, found.cards, near, [each.test_id for each in near if each.test_id])
        # How many there are is said of all of them.
        return [line for block in text for line in block.text.split("\n") if " modules may run it, " not in line]

    shown = fitting(len(rows), lines, params.max_tokens)
    answer = ImpactAnswer(
        schema=SchemaId("cq.impact"),
        query=params.target,
        targets=found.cards,
        rows=rows[:shown],
        modules=modules,
        tests=tests[:shown],
        exit_status=0 if rows else 1,
        report=_report(workspace),
    )
    where = f"{many(len(rows), 'symbol')} in {many(len(modules), 'file')}"
    account = f"{where} may run {params.target}, {len(tests):,} of them tests"
    after = left_out(shown, len(rows), "symbol", "ask with `depth`, or with more max_tokens")
    return reply(account, lines(shown), answer, after)


def _surest_first(row: Neighbor) -> tuple[int, int, bool, bool, bool]:
    """Where there is no room for all: near ones first, library code, what is sure, what is in the project."""
    order = RELATIONS.index(row.relation)
    return order, row.distance, row.symbol.test, row.confidence == "possible", not row.symbol.path


def _brief(rows: Sequence[Neighbor]) -> Iterator[str]:
    """The names of what is around, by relation and file."""
    relation, path, line = "", "", ""
    for row in rows:
        if row.relation != relation:
            yield from (line,) if line else ()
            relation, path, line = row.relation, "", ""
            yield f"more of {relation} (?: only possible)"
        name = row.symbol.qualified_name.replace("::", ".").split(".")[-2:]
        word = ".".join(name) + (f":{row.symbol.line}" if row.symbol.path else "")
        word += "?" * (row.confidence == "possible")
        if row.symbol.path != path or len(line) > _BRIEF_WIDTH:
            yield from (line,) if line else ()
            path, line = row.symbol.path, f" {row.symbol.path or 'outside'}  {word}"
        else:
            line += f", {word}"
    yield from (line,) if line else ()


def _question(workspace: Workspace, around: Neighborhood, text: str, everything: bool) -> Question:
    if not text.strip():
        raise CqError("the target is empty", "a name, `path:line` or `path:line:column`")
    asked = wanted(text, workspace.root)
    path = workspace.path(asked.path).removeprefix(os.path.join(workspace.root, "")) if asked.path else ""
    place = Place(asked.path, WHOLE) if asked.path and asked.place is None else asked.place
    return Question(around, text, place, path, everything)


def _candidates(around: Neighborhood, groups: Sequence[Sequence[Target]]) -> tuple[Candidate, ...]:
    symbols = [around.symbols.of(group[0]) for group in groups]
    return tuple(Candidate(symbol=symbol, command=f"target {symbol.id}") for symbol in symbols)


def _choose(workspace: Workspace, target: str, candidates: Sequence[Candidate], answer: msgspec.Struct) -> Reply:
    """An answer without rows: nothing is called so, or too much."""
    if not candidates:
        return reply(nothing_called(workspace.reader.project, target), (), answer)
    lines = [f"{each.symbol.id}  {each.symbol.kind} {each.symbol.qualified_name}" for each in candidates]
    after = left_out(min(len(lines), _MOST_CANDIDATES), len(lines), "definition", "`search` with roles definition")
    account = f"{target} may mean {len(candidates):,} definitions; ask again with one of these as target, or with all"
    return reply(account, lines[:_MOST_CANDIDATES], answer, after)


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
