"""`cq calls`: the calls of a definition with their arguments, and those that another signature would break."""

import sys
from collections.abc import Sequence
from typing import Any

from cq.cli.asked import Asked
from cq.cli.check import check
from cq.cli.options import CALLS
from cq.cli.settle import form_of, shown_paths
from cq.errors import CqError
from cq.neighborhood.calls import calls_of, given_signature, parameter_uses, signature_of
from cq.render.color import palette
from cq.render.json import answer_json
from cq.rows.neighborhood import CallRow, CallsAnswer, CallsTail, Candidate, Card, ParameterUse
from cq.rows.shared import SchemaId

_SCHEMA = SchemaId("cq.calls")


def calls(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0 found, 1 nothing, 2 ambiguous or an error."""
    check(CALLS, values)
    if len(arguments) != 1:
        raise CqError("calls of what?", "cq calls NAME, path:line or path:line:column")
    asked = Asked(arguments[0], values)
    groups = asked.groups()
    if not groups:
        asked.say_nothing()
        return _none(asked, 1)
    if len(groups) > 1 and not values.get("all"):
        return _none(asked, 2, asked.candidates("calls", [group[0] for group in groups]))
    cards: list[Card] = []
    rows: list[CallRow] = []
    uses: tuple[ParameterUse, ...] = ()
    text = ""
    new = values.get("signature")
    for group in groups:
        card = asked.neighborhood.card(group[-1], asked.meant.note)
        cards.append(card)
        around = asked.neighborhood
        signature = given_signature(around, card, new) if new else signature_of(around, card)
        found = list(calls_of(around, card.symbol, signature))
        uses += parameter_uses(signature, found)
        text = signature.text
        rows.extend(row for row in found if row.problems or not new)
    broken = sum(bool(row.problems) for row in rows)
    status = 0 if rows else 1
    form = form_of(values)
    if form == "json":
        answer = CallsAnswer(
            schema=_SCHEMA,
            query=asked.text,
            signature=text,
            targets=tuple(cards),
            parameters=uses,
            rows=tuple(rows),
            broken=broken,
            exit_status=status,
            report=asked.report(),
        )
        sys.stdout.buffer.write(answer_json(answer))
    elif form == "jsonl":
        for row in rows:
            sys.stdout.buffer.write(answer_json(row))
        tail = CallsTail(
            schema=_SCHEMA,
            query=asked.text,
            signature=text,
            targets=tuple(cards),
            parameters=uses,
            broken=broken,
            exit_status=status,
            report=asked.report(),
        )
        sys.stdout.buffer.write(answer_json(tail))
    else:
        from cq.render.calls_text import calls_text  # each form imports what it writes with

        colours = palette(values.get("color", "auto"), sys.stdout)
        lines = calls_text(colours, shown_paths(asked.root), text, uses, rows, new is not None)
        sys.stdout.writelines(f"{line}\n" for line in lines)
    return status


def _none(asked: Asked, status: int, candidates: tuple[Candidate, ...] = ()) -> int:
    if form_of(asked.values) in ("json", "jsonl"):
        answer = CallsAnswer(
            schema=_SCHEMA, query=asked.text, candidates=candidates, exit_status=status, report=asked.report()
        )
        sys.stdout.buffer.write(answer_json(answer))
    return status
