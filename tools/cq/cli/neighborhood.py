"""`cq neighborhood`: callers, callees and relatives of a definition."""

import sys
from collections.abc import Sequence
from typing import Any

from cq.cli.asked import Asked
from cq.cli.check import check
from cq.cli.options import NEIGHBORHOOD
from cq.cli.settle import form_of, shown_paths
from cq.errors import CqError
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
from cq.rows.shared import SchemaId

_SCHEMA = SchemaId("cq.neighborhood")
_MOST_OF_ONE_NAME = 8  # definitions of one qualified name in one file that are all followed
_OWN = frozenset({"caller", "callee", "user"})  # what is shown of all but the last of these


def neighborhood(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0 found, 1 nothing, 2 ambiguous or an error."""
    check(NEIGHBORHOOD, values)
    if "signature" in values:
        from cq.cli.calls import calls  # the same question, by its other name

        return calls(values, arguments)
    if any(word in values for word in ("impact", "tests", "path_to")):
        from cq.cli.impact import impact  # whoever asks for it

        return impact(values, arguments)
    if len(arguments) != 1:
        raise CqError("neighborhood of what?", "cq neighborhood NAME, path:line or path:line:column")
    for relation in values.get("only", ()):
        if relation not in RELATIONS:
            raise CqError(f"no such relation: {relation!r}", f"one of: {', '.join(RELATIONS)}")
    run = Asked(arguments[0], values)
    groups = run.groups()
    if not groups:
        run.say_nothing()
        _write_none(run, 1)
        return 1
    if len(groups) > 1 and not values.get("all"):
        _write_none(run, 2, run.candidates("neighborhood", [group[0] for group in groups]))
        return 2
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


def _write(run: Asked, cards: list[Card], rows: list[Neighbor], unresolved: list[Unresolved], resolved: int) -> None:
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
    elif form == "html":
        from cq.cli.page import write_page
        from cq.neighborhood.page import neighborhood_page

        write_page(neighborhood_page(run.neighborhood, cards, rows))
    else:
        from cq.render.neighborhood_text import NeighborhoodText

        text = NeighborhoodText(palette(run.values.get("color", "auto"), out), shown_paths(run.root))
        out.writelines(f"{line}\n" for line in text.lines(cards, rows, unresolved, summary, _asks(run, "caller")))
    for diagnostic in diagnostics:
        sys.stderr.write(f"cq: {printable(diagnostic.path)}: {diagnostic.message}\n")
    if run.values.get("stats"):
        from cq.render.stats import stats_table

        sys.stderr.writelines(f"{line}\n" for line in stats_table(run.report()))


def _asks(run: Asked, relation: str) -> bool:
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


def _write_none(run: Asked, status: int, candidates: tuple[Candidate, ...] = ()) -> None:
    """JSON is to be read whatever came of it; a text says nothing on stdout then."""
    if form_of(run.values) not in ("json", "jsonl"):
        return
    answer = NeighborhoodAnswer(
        schema=_SCHEMA,
        query=run.text,
        summary=NeighborhoodSummary(rows=0, exit_status=status),
        targets=(),
        candidates=candidates,
        report=run.report(),
    )
    sys.stdout.buffer.write(answer_json(answer))
