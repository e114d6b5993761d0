"""`cq calls`: the calls of a definition with their arguments, and those that another signature would break."""

import shlex
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from cq.cli.answer import Entry, budget_of, write
from cq.cli.asked import Asked
from cq.cli.check import check
from cq.cli.options.graph import CALLS
from cq.cli.settle import shown_paths
from cq.errors import CqError
from cq.neighborhood.found import FoundCalls
from cq.render.budget import Block
from cq.render.color import palette
from cq.rows.neighborhood import CallRow, CallsAnswer, CallsTail, Candidate, Card, ParameterUse
from cq.rows.resolution import Target
from cq.rows.shared import NO_RESOLVER, Diagnostic, SchemaId

if TYPE_CHECKING:
    from cq.neighborhood.question import Question

_SCHEMA = SchemaId("cq.calls")


def calls(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0 found, 1 nothing, 2 ambiguous or an error."""
    check(CALLS, values)
    budget_of(values)
    if len(arguments) != 1:
        raise CqError("calls of what?", "cq calls NAME, path:line or path:line:column")
    asked = Asked("calls", arguments[0], values, ("signature",))
    new = values.get("signature")
    answer = asked.answer(FoundCalls, lambda question, groups: _calls(question, groups, new))
    refused = asked.refused(answer, lambda candidates, status: _none(asked, candidates, status))
    if refused:
        return refused
    cards, rows, uses, text = answer.cards, answer.rows, answer.uses, answer.signature
    broken = sum(bool(row.problems) for row in rows)
    # That none is known is no answer where calls are not bound to parameters.
    unbound = any(each.code == NO_RESOLVER for each in answer.diagnostics)
    # Nor is it when not every file was looked at.
    status = 0 if rows else 2 if unbound or answer.left else 1
    whole = CallsAnswer(
        schema=_SCHEMA,
        query=asked.text,
        signature=text,
        targets=cards,
        parameters=uses,
        rows=rows,
        broken=broken,
        complete=not answer.left,
        diagnostics=answer.diagnostics,
        exit_status=status,
        report=asked.report(),
    )
    tail = CallsTail(
        schema=_SCHEMA,
        query=asked.text,
        signature=text,
        targets=cards,
        parameters=uses,
        broken=broken,
        complete=not answer.left,
        diagnostics=answer.diagnostics,
        exit_status=status,
        report=asked.report(),
    )

    def lines() -> Iterator[Block]:
        if unbound and not rows:
            return
        from cq.render.calls_text import calls_text  # each form imports what it writes with

        colours = palette(values.get("color", "auto"), sys.stdout)
        yield from calls_text(colours, shown_paths(asked.root), text, uses, rows, new is not None)

    write(values, whole, rows, lines(), lambda row: Entry("call", row.site.path), tail)
    asked.tell(answer.diagnostics)
    asked.close()
    return status


def _calls(question: "Question", groups: Sequence[Sequence[Target]], new: str | None) -> FoundCalls:
    from cq.neighborhood.calls import calls_of, given_signature, parameter_uses, signature_of  # not for a known answer

    around = question.neighborhood
    cards: list[Card] = []
    rows: list[CallRow] = []
    uses: tuple[ParameterUse, ...] = ()
    text = ""
    told: set[tuple[str, int]] = set()
    unbound: list[Diagnostic] = []
    for group in groups:
        card = question.card(group[-1])
        cards.append(card)
        signature = given_signature(around, card, new) if new else signature_of(around, card)
        found = list(calls_of(around, card.symbol, signature))
        if not found:
            unbound.extend(_unbound(question, card))
        uses += parameter_uses(signature, found)
        text = signature.text
        for row in found:
            # A call that may be of several definitions is one call.
            place = (row.site.path, row.site.start_byte)
            if (row.problems or not new) and place not in told:
                told.add(place)
                rows.append(row)
    return FoundCalls(
        cards=tuple(cards),
        signature=text,
        rows=tuple(rows),
        uses=uses,
        diagnostics=(*question.diagnostics(cards), *unbound),
    )


def _unbound(question: "Question", card: Card) -> Iterator[Diagnostic]:
    """What to ask instead where calls of the language are not bound to parameters."""
    from cq.symbols.resolvers import can_resolve, resolved_languages

    symbol = card.symbol
    table = question.resolvers.project.table
    if not can_resolve(table.by_path(symbol.path)):
        known = resolved_languages(table.languages)
        instead = f"cq neighborhood {shlex.quote(symbol.qualified_name)}"
        instead += f", cq search {shlex.quote(symbol.name)} --role call"
        message = f"calls are bound in {known} only: {instead}"
        yield Diagnostic(path=symbol.path, code=NO_RESOLVER, severity="error", message=message)


def _none(asked: Asked, candidates: tuple[Candidate, ...], status: int) -> CallsAnswer:
    return CallsAnswer(
        schema=_SCHEMA, query=asked.text, candidates=candidates, exit_status=status, report=asked.report()
    )
