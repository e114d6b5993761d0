"""`cq mine show|refs|rule|verify KEY`: what was found, asked about by its key."""

import sys
from collections.abc import Sequence
from typing import Any

import msgspec

from cq.cli.answer import budget_of, write_encoded, write_text
from cq.cli.mine_list import style_of
from cq.cli.settle import form_of, shown_paths
from cq.errors import CqError
from cq.mining.results import Result, Saved, find, read_places, results
from cq.mining.verify import check_rule
from cq.render.budget import Block
from cq.render.color import printable
from cq.render.json import answer_json
from cq.render.mining_text import idiom_text
from cq.rows.mining import IdiomPlace
from cq.rows.shared import MoreLine


def show(values: dict[str, Any], arguments: Sequence[str], store: str) -> int:
    """An idiom in full."""
    result, saved = one(arguments, store, "show")
    if form_of(values) != "text":
        sys.stdout.buffer.write(answer_json(saved.idiom))
        return 0
    style = style_of(values, result.root)
    sys.stdout.writelines(f"{line}\n" for line in idiom_text(style, saved.idiom, examples=10))
    for each in saved.idiom.variations:
        sys.stdout.write(f"\n  {each.key}  {each.occurrences} places in {each.files} files\n")
        sys.stdout.writelines(f"    {style.clean(line)}\n" for line in each.pattern.split("\n"))
    sys.stdout.write(f"\n{saved.idiom.rule or 'no rule: the pattern is code in no context that is known'}\n")
    return 0


def refs(values: dict[str, Any], arguments: Sequence[str], store: str) -> int:
    """All places of an idiom."""
    result, saved = one(arguments, store, "refs")
    shown = shown_paths(result.root)
    places = tuple(read_places(result, saved))
    budget = budget_of(values)
    if form_of(values) == "text":
        write_text(values, (_place(place, shown(place.path)) for place in places))
    elif budget is not None:
        rows = (Block(answer_json(place).decode().rstrip(), "place", place.path) for place in places)
        write_encoded({**values, "format": "jsonl", "json": False}, budget, rows, MoreLine)
    else:
        sys.stdout.buffer.writelines(map(answer_json, places))
    return 0 if places else 1


def _place(place: IdiomPlace, path: str) -> Block:
    first = place.text.split("\n", 1)[0]
    return Block(f"{printable(path)}:{place.line}:{place.column}: {printable(first)}", "place", place.path)


def rule(values: dict[str, Any], arguments: Sequence[str], store: str) -> int:
    """The rule that finds an idiom."""
    _, saved = one(arguments, store, "rule")
    if not saved.idiom.rule:
        raise CqError(f"{saved.idiom.key} has no rule", "its pattern is code in no context that is known")
    sys.stdout.write(saved.idiom.rule)
    return 0


def verify(values: dict[str, Any], arguments: Sequence[str], store: str) -> int:
    """What the rules find, held against the places: of these keys, or of all that the last run found."""
    if arguments:
        chosen = [find(store, key) for key in arguments]
    else:
        last = next(results(store), None)
        if last is None:
            raise CqError("there is nothing to verify", "cq mine PATHS comes first")
        chosen = [(last, saved) for saved in last.saved]
    good = True
    for result, saved in chosen:
        if not saved.configs:
            sys.stdout.write(f"{saved.idiom.key}  no rule\n")
            good = False
            continue
        verified = check_rule(result, saved)
        good = good and verified.finds_itself
        if form_of(values) != "text":
            sys.stdout.buffer.write(answer_json(msgspec.structs.replace(saved.idiom, verified=verified)))
            continue
        itself = "finds itself" if verified.finds_itself else "DOES NOT FIND ITSELF"
        sys.stdout.write(
            f"{saved.idiom.key}  {itself}  recall {verified.recall:.1%}  precision {verified.precision:.1%}"
            f"  {verified.files} files\n"
        )
    return 0 if good else 1


def one(arguments: Sequence[str], store: str, word: str) -> tuple[Result, Saved]:
    """The idiom whose key is the one argument of a command."""
    if len(arguments) != 1:
        raise CqError(f"cq mine {word} takes one key", "cq mine PATHS lists idioms with their keys")
    return find(store, arguments[0])
