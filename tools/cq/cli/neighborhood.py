"""`cq neighborhood`: callers, callees and relatives of a definition."""

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from cq.cli.answer import Entry, budget_of, write
from cq.cli.asked import Asked
from cq.cli.check import check
from cq.cli.options.graph import NEIGHBORHOOD
from cq.cli.settle import form_of, shown_paths
from cq.errors import CqError
from cq.neighborhood.found import FoundAround
from cq.render.budget import Block
from cq.render.color import palette
from cq.rows.neighborhood import (
    RELATIONS,
    Candidate,
    Neighbor,
    NeighborhoodAnswer,
    NeighborhoodSummary,
    NeighborhoodTail,
)
from cq.rows.shared import SchemaId

if TYPE_CHECKING:
    from cq.cli.between import Side

_SCHEMA = SchemaId("cq.neighborhood")


def neighborhood(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0 found, 1 nothing, 2 ambiguous or an error."""
    check(NEIGHBORHOOD, values)
    budget_of(values)
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
    if values.get("rev"):
        from cq.cli.between import between, is_range  # git only where it is asked for

        if is_range(values):
            return between("neighborhood", values, (), lambda values: _side(values, arguments))
    asked, found = _asked(values, arguments)
    status = asked.refused(found, lambda candidates, status: _none(asked, candidates, status))
    if not status:
        _write(asked, found)
    asked.close()
    return status


def _asked(values: dict[str, Any], arguments: Sequence[str]) -> tuple[Asked, FoundAround]:
    asked = Asked("neighborhood", arguments[0], values, ("depth", "only"))
    depth, only = values.get("depth", 1), frozenset(values.get("only", ()))
    return asked, asked.answer(FoundAround, lambda question, groups: question.around(groups, depth, only))


def _side(values: dict[str, Any], arguments: Sequence[str]) -> "Side":
    """The answer about one of two revisions: a row for each site. Where nothing has that name, there is none."""
    from cq.cli.between import Side, rows_of_structs

    # Of several definitions all are asked about: which of them is the same in both, nobody can say.
    asked, found = _asked({**values, "all": True}, arguments)
    rows = []
    for row in found.rows:
        rows += [msgspec.structs.replace(row, sites=(site,)) for site in row.sites] or [row]
    asked.close()
    return Side(rows_of_structs(rows), (), found.diagnostics, found.left)


def _write(run: Asked, found: FoundAround) -> None:
    cards, rows, unresolved, diagnostics = found.cards, found.rows, found.unresolved, found.diagnostics
    summary = found.summary()
    form = form_of(run.values)
    out = sys.stdout
    if form in ("text", "json", "jsonl"):
        answer = NeighborhoodAnswer(
            schema=_SCHEMA,
            query=run.text,
            summary=summary,
            targets=cards,
            rows=rows,
            unresolved=unresolved,
            diagnostics=diagnostics,
            report=run.report(),
        )
        tail = NeighborhoodTail(
            schema=_SCHEMA,
            query=run.text,
            summary=summary,
            targets=cards,
            unresolved=unresolved,
            diagnostics=diagnostics,
            report=run.report(),
        )

        def lines() -> Iterator[Block]:
            from cq.render.neighborhood_text import NeighborhoodText  # each form imports what it writes with

            text = NeighborhoodText(palette(run.values.get("color", "auto"), out), shown_paths(run.root))
            yield from text.lines(cards, rows, unresolved, summary, _asks(run, "caller"))

        write(run.values, answer, rows, lines(), _entry, tail)
    elif form in ("mermaid", "dot"):
        from cq.render.graph import dot, mermaid  # each form imports what it writes with

        out.writelines(f"{line}\n" for line in (dot if form == "dot" else mermaid)(cards, rows))
    else:
        from cq.cli.page import write_page
        from cq.neighborhood.page import neighborhood_page

        write_page(neighborhood_page(run.question.neighborhood, cards, rows))
    run.tell(diagnostics)
    if run.values.get("stats"):
        from cq.render.stats import stats_table

        sys.stderr.writelines(f"{line}\n" for line in stats_table(run.report()))


def _entry(row: Neighbor) -> Entry:
    sites = tuple(msgspec.structs.replace(site, text="", container="") for site in row.sites[:1])
    return Entry(row.relation, row.symbol.path, msgspec.structs.replace(row, sites=sites))


def _asks(run: Asked, relation: str) -> bool:
    return relation in run.values.get("only", (relation,))


def _none(run: Asked, candidates: tuple[Candidate, ...], status: int) -> NeighborhoodAnswer:
    return NeighborhoodAnswer(
        schema=_SCHEMA,
        query=run.text,
        summary=NeighborhoodSummary(rows=0, exit_status=status),
        targets=(),
        candidates=candidates,
        report=run.report(),
    )
