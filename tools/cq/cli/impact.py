"""`cq neighborhood --impact` and `--path-to`: what may run a definition, and how one comes to run another."""

import shlex
import sys
from collections.abc import Sequence
from typing import Any

from cq.cli.asked import Asked
from cq.cli.settle import form_of, shown_paths
from cq.errors import CqError
from cq.neighborhood.impact import impact_of, ways
from cq.neighborhood.target import named
from cq.render.color import palette
from cq.render.json import answer_json
from cq.rows.neighborhood import Candidate, Card, ImpactAnswer, Reached
from cq.rows.resolution import Target
from cq.rows.shared import SchemaId

_SCHEMA = SchemaId("cq.impact")


def impact(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0 found, 1 nothing, 2 ambiguous or an error."""
    if "impact" in values and "path_to" in values:
        raise CqError("--impact and --path-to ask different things", "give one of them")
    if "tests" in values and "impact" not in values:
        raise CqError("--tests of what?", "cq neighborhood TARGET --impact --tests")
    asked = Asked(arguments[0], values)
    groups = asked.groups()
    if not groups:
        asked.say_nothing()
        return _none(asked, 1)
    if len(groups) > 1 and not values.get("all"):
        return _none(asked, 2, asked.candidates("neighborhood", [group[0] for group in groups]))
    cards = [asked.neighborhood.card(group[-1], asked.meant.note) for group in groups]
    if "path_to" in values:
        return _ways(asked, cards)
    found: dict[str, Reached] = {}
    for card in cards:
        for each in impact_of(asked.neighborhood, card.symbol, values.get("depth", 0)):
            found.setdefault(each.symbol.id, each)
    rows = sorted(found.values(), key=lambda each: each.distance)
    return _write(asked, cards, rows)


def _write(asked: Asked, cards: list[Card], rows: list[Reached]) -> int:
    tests = tuple(each.test_id for each in rows if each.test_id)
    out = sys.stdout
    if asked.values.get("tests"):
        out.writelines(f"{each}\n" for each in tests)
        return 0 if tests else 1
    modules: dict[str, int] = {}
    for each in rows:
        modules[each.symbol.path] = modules.get(each.symbol.path, 0) + 1
    status = 0 if rows else 1
    form = form_of(asked.values)
    if form == "jsonl":
        for each in rows:
            out.buffer.write(answer_json(each))
    if form in ("json", "jsonl"):
        answer = ImpactAnswer(
            schema=_SCHEMA,
            query=asked.text,
            targets=tuple(cards),
            rows=tuple(rows) if form == "json" else (),
            modules=modules,
            tests=tests,
            exit_status=status,
            report=asked.report(),
        )
        out.buffer.write(answer_json(answer))
    elif form in ("mermaid", "dot"):
        raise CqError(f"--impact has no --format {form}", "text, json, jsonl or html")
    elif form == "html":
        from cq.cli.page import write_page
        from cq.neighborhood.page import impact_page

        write_page(impact_page(asked.neighborhood, cards, rows))
    else:
        from cq.render.impact_text import impact_text

        colours = palette(asked.values.get("color", "auto"), out)
        out.writelines(f"{line}\n" for line in impact_text(colours, shown_paths(asked.root), cards, rows, tests))
    return status


def _ways(asked: Asked, cards: list[Card]) -> int:
    text = asked.values["path_to"]
    others: tuple[Target, ...] = named(asked.resolvers, text, False).targets
    if not others:
        raise CqError(f"nothing is defined as {text}", f"cq search {shlex.quote(text)} shows where the name stands")
    paths: list[tuple[Reached, ...]] = []
    ends = [asked.neighborhood.symbols.of(other) for other in others]
    for one, other in [(card.symbol, end) for card in cards for end in ends]:
        # Whichever calls the other: a user need not know the direction.
        paths.extend(ways(asked.neighborhood, one, other) or ways(asked.neighborhood, other, one))
    shortest = min(map(len, paths), default=0)
    paths = [way for way in paths if len(way) == shortest]
    status = 0 if paths else 1
    out = sys.stdout
    if form_of(asked.values) in ("json", "jsonl"):
        answer = ImpactAnswer(
            schema=_SCHEMA,
            query=asked.text,
            targets=tuple(cards),
            paths=tuple(paths),
            exit_status=status,
            report=asked.report(),
        )
        out.buffer.write(answer_json(answer))
        return status
    if form_of(asked.values) == "html":
        from cq.cli.page import write_page
        from cq.neighborhood.page import ways_page

        write_page(ways_page(asked.neighborhood, [*cards, *map(asked.neighborhood.card, others)], paths))
        return status
    from cq.render.impact_text import ways_text

    symbols = {symbol.id: symbol for symbol in (*(card.symbol for card in cards), *ends)}
    colours = palette(asked.values.get("color", "auto"), out)
    out.writelines(f"{line}\n" for line in ways_text(colours, shown_paths(asked.root), paths, symbols))
    if not paths:
        sys.stderr.write("cq: no way of calls between them is known\n")
    return status


def _none(asked: Asked, status: int, candidates: tuple[Candidate, ...] = ()) -> int:
    if form_of(asked.values) in ("json", "jsonl"):
        answer = ImpactAnswer(
            schema=_SCHEMA, query=asked.text, candidates=candidates, exit_status=status, report=asked.report()
        )
        sys.stdout.buffer.write(answer_json(answer))
    return status
