"""`cq neighborhood --impact` and `--path-to`: what may run a definition, and how one comes to run another."""

import shlex
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from cq.cli.answer import Entry, write
from cq.cli.asked import Asked
from cq.cli.settle import form_of, shown_paths
from cq.errors import CqError
from cq.neighborhood.found import FoundImpact
from cq.render.budget import Block
from cq.render.color import palette, printable
from cq.render.json import answer_json
from cq.rows.neighborhood import Candidate, Card, ImpactAnswer, Neighbor, Reached
from cq.rows.resolution import Confidence, Target
from cq.rows.shared import Diagnostic, SchemaId

if TYPE_CHECKING:
    from cq.neighborhood.question import Question

_SCHEMA = SchemaId("cq.impact")


def impact(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0 found, 1 nothing, 2 ambiguous or an error."""
    if "impact" in values and "path_to" in values:
        raise CqError("--impact and --path-to ask different things", "give one of them")
    if "tests" in values and "impact" not in values:
        raise CqError("--tests of what?", "cq neighborhood TARGET --impact --tests")
    # With --path-to both ends count, and which of two ways is the shorter: that is looked for anew.
    asked = Asked("neighborhood", arguments[0], values, ("impact", "depth", "path_to"))
    found = asked.answer(FoundImpact, lambda question, groups: _reached(question, groups, values))
    refused = asked.refused(found, lambda candidates, status: _none(asked, candidates, status))
    if refused:
        return refused
    status = _ways(asked, list(found.cards)) if "path_to" in values else _write(asked, found)
    asked.tell(found.diagnostics)
    asked.close()
    return status


def _reached(question: "Question", groups: Sequence[Sequence[Target]], values: dict[str, Any]) -> FoundImpact:
    if "path_to" not in values:
        return question.impact(groups, values.get("depth", 0))
    cards = question.cards(groups)
    return FoundImpact(cards=cards, diagnostics=question.diagnostics(cards))


def _write(asked: Asked, found: FoundImpact) -> int:
    cards, rows = found.cards, found.rows
    tests = tuple(each.test_id for each in rows if each.test_id)
    out = sys.stdout
    nothing = 2 if found.left else 1  # that there is none is an answer only when every file was looked at
    if asked.values.get("tests"):
        out.writelines(f"{each}\n" for each in tests)
        if not tests:
            # A runner that is given no test runs all of them.
            sys.stderr.write(f"cq: no test is known to run {printable(asked.text)}\n")
        return 0 if tests else nothing
    modules: dict[str, int] = {}
    for each in rows:
        modules[each.symbol.path] = modules.get(each.symbol.path, 0) + 1
    status = 0 if rows else nothing
    form = form_of(asked.values)
    if form in ("text", "json", "jsonl"):
        answer = ImpactAnswer(
            schema=_SCHEMA,
            query=asked.text,
            targets=cards,
            rows=rows,
            modules=modules,
            tests=tests,
            diagnostics=found.diagnostics,
            complete=not found.left,
            exit_status=status,
            report=asked.report(),
        )

        def lines() -> Iterator[Block]:
            from cq.render.impact_text import impact_text  # each form imports what it writes with

            colours = palette(asked.values.get("color", "auto"), out)
            yield from impact_text(colours, shown_paths(asked.root), cards, rows, tests)

        bare = msgspec.structs.replace(answer, rows=())
        write(asked.values, answer, rows, lines(), _entry, bare)
    elif form in ("mermaid", "dot"):
        _draw(form, found.cards, rows)
    else:
        from cq.cli.page import write_page
        from cq.neighborhood.page import impact_page

        write_page(impact_page(asked.question.neighborhood, cards, rows))
    return status


def _entry(row: Reached) -> Entry:
    site = msgspec.structs.replace(row.site, text="", container="")
    return Entry("test" if row.test_id else "symbol", row.symbol.path, msgspec.structs.replace(row, site=site))


def _draw(form: str, cards: Sequence[Card], rows: Sequence[Reached]) -> None:
    from cq.render.graph import dot, mermaid  # each form imports what it writes with

    calls = [
        Neighbor(
            relation="caller",
            symbol=each.symbol,
            of=each.of,
            distance=each.distance,
            confidence=each.confidence,
            reason=each.site.reason,
            sites=(each.site,),
        )
        for each in rows
    ]
    sys.stdout.writelines(f"{line}\n" for line in (dot if form == "dot" else mermaid)(cards, calls))


def _ways(asked: Asked, cards: list[Card]) -> int:
    from cq.neighborhood.impact import ways
    from cq.neighborhood.run import Neighborhood
    from cq.neighborhood.target import named

    text = asked.values["path_to"]
    around = asked.question.neighborhood
    others: tuple[Target, ...] = named(around.resolvers, text, False).targets
    if not others:
        raise CqError(f"nothing is defined as {text}", f"cq search {shlex.quote(text)} shows where the name stands")
    paths: list[tuple[Reached, ...]] = []
    unseen: tuple[Diagnostic, ...] = ()
    ends = [around.symbols.of(other) for other in others]
    # Ways by names alone only where there is no surer one.
    tried: tuple[Confidence, ...] = ("likely", "possible")
    if "confidence" in asked.values:
        tried = (asked.values["confidence"],)
    for at_most in tried:
        around = asked.in_time(Neighborhood(around.resolvers, at_most))
        for one, other in [(card.symbol, end) for card in cards for end in ends]:
            # Whichever calls the other: a user need not know the direction.
            paths.extend(ways(around, one, other) or ways(around, other, one))
        unseen += asked.not_looked_at(around.sources)
        if paths:
            break
    asked.tell(unseen)
    shortest = min(map(len, paths), default=0)
    paths = [way for way in paths if len(way) == shortest]
    status = 0 if paths else 2 if unseen else 1
    out = sys.stdout
    form = form_of(asked.values)
    if form in ("mermaid", "dot"):
        met = [step.of for way in paths for step in way]
        shown = [card for card in cards if card.symbol.id in met]
        shown += [around.card(end) for end in others if around.symbols.of(end).id in met]
        _draw(form, shown, [step for way in paths for step in way])
        return status
    if form in ("json", "jsonl"):
        answer = ImpactAnswer(
            schema=_SCHEMA,
            query=asked.text,
            targets=tuple(cards),
            paths=tuple(paths),
            diagnostics=unseen,
            complete=not unseen,
            exit_status=status,
            report=asked.report(),
        )
        out.buffer.write(answer_json(answer))
        return status
    if form == "html":
        from cq.cli.page import write_page
        from cq.neighborhood.page import ways_page

        write_page(ways_page(around, [*cards, *map(around.card, others)], paths))
        return status
    from cq.render.impact_text import ways_text

    symbols = {symbol.id: symbol for symbol in (*(card.symbol for card in cards), *ends)}
    colours = palette(asked.values.get("color", "auto"), out)
    out.writelines(f"{line}\n" for line in ways_text(colours, shown_paths(asked.root), paths, symbols))
    if not paths:
        sys.stderr.write("cq: no way of calls between them is known\n")
    return status


def _none(asked: Asked, candidates: tuple[Candidate, ...], status: int) -> ImpactAnswer:
    return ImpactAnswer(
        schema=_SCHEMA, query=asked.text, candidates=candidates, exit_status=status, report=asked.report()
    )
