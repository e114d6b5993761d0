"""The calls of a definition with their arguments, bound to its signature or to another."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cq.errors import CqError
from cq.lanes.table import LanguageEntry
from cq.neighborhood.binding import bound
from cq.neighborhood.callees import target_of
from cq.neighborhood.callers import Use
from cq.neighborhood.roles import MADE
from cq.neighborhood.run import Neighborhood
from cq.rows.facts import Facts, Parameter
from cq.rows.neighborhood import CallRow, Card, ParameterUse, Symbol

_ROLES = frozenset({"call", "instantiation"})
_MOST_VALUES = 3
_WORD = re.compile(rb"\w+")


class Signature(NamedTuple):
    """What calls are bound to."""

    text: str
    parameters: tuple[Parameter, ...]  # the receiver among them
    takes_receiver: bool  # the first parameter is what a method is called on
    by_type: bool  # it is given, too, when the method is called on its type


def signature_of(neighborhood: Neighborhood, card: Card) -> Signature:
    """The signature of a definition; of a type that of its constructor."""
    target = target_of(card.symbol)
    facts = card.facts or Facts()
    if target.kind in MADE:
        made = neighborhood.constructor(target)
        if made is None:
            fields = tuple(Parameter(name=name) for name in facts.fields)
            return Signature(facts.signature, fields, False, False)
        target, facts = made, neighborhood.card(made).facts or Facts()
    return _signature(facts, facts.parameters, target.kind == "method")


def given_signature(neighborhood: Neighborhood, card: Card, text: str) -> Signature:
    """The signature that the user writes: `f(a, *, b=1)`."""
    source = neighborhood.sources.of(card.symbol.path)
    assert source is not None
    if not source.entry.signature or "(" not in text:
        raise CqError(f"not a signature: {text}", "--signature 'f(a, *, b=1)'")
    data = source.entry.signature.format(text).encode()
    root = source.lane.parse(data).root_node
    definitions = source.lane.definitions(data, root)
    if root.has_error or not definitions or definitions[0][1].node is None:
        raise CqError(f"not a signature: {text}", "--signature 'f(a, *, b=1)', as in a definition")
    facts = source.lane_facts.facts(data, definitions[0][1].node)
    old = signature_of(neighborhood, card)
    parameters = facts.parameters
    if old.takes_receiver and not _is_receiver(source.entry, old, parameters):
        parameters = (old.parameters[0], *parameters)
    return Signature(text, parameters, old.takes_receiver, old.by_type)


def _is_receiver(entry: LanguageEntry, old: Signature, parameters: Sequence[Parameter]) -> bool:
    if not parameters:
        return False
    first = parameters[0]
    return first.kind == "self" or first.name in (*entry.self_words, old.parameters[0].name)


def _signature(facts: Facts, parameters: tuple[Parameter, ...], is_method: bool) -> Signature:
    takes = is_method and bool(parameters) and "static-method" not in facts.forms
    if takes and any(each.kind == "self" for each in parameters[:1]):
        return Signature(facts.signature, parameters, True, True)
    takes = takes and not _has_self_kind(facts)
    return Signature(facts.signature, parameters, takes, takes and "class-method" not in facts.forms)


def _has_self_kind(facts: Facts) -> bool:
    """Whether the language marks receivers, so that a function without one is called on its type."""
    return facts.implements is not None


def calls_of(neighborhood: Neighborhood, symbol: Symbol, signature: Signature) -> Iterator[CallRow]:
    """The calls of a symbol, bound to a signature."""
    for use in neighborhood.graph.uses(symbol):
        if use.site.role not in _ROLES:
            continue
        source = neighborhood.sources.of(use.site.path)
        if source is None:
            continue
        hit = (use.site.start_byte, use.site.end_byte)
        facts = source.lane_facts.row(source.data, source.tree.root_node, use.verdict, hit, "all")
        call = facts.call if facts is not None else None
        if call is None:
            continue
        parameters = signature.parameters
        if signature.takes_receiver and not (signature.by_type and _on_type(neighborhood, use)):
            parameters = parameters[1:]
        complete = call.argument_count <= len(call.arguments)
        fits = bound(source.entry, parameters, call.arguments, complete)
        yield CallRow(
            site=use.site,
            caller=use.user,
            target=symbol.id,
            arguments=fits.arguments,
            defaults=fits.defaults,
            problems=fits.problems,
        )


def _on_type(neighborhood: Neighborhood, use: Use) -> bool:
    """Whether a method is called on its type, `Type.method(value)`, so that the receiver is an argument."""
    if use.site.role == "instantiation":
        return False
    source = neighborhood.sources.of(use.site.path)
    assert source is not None
    start = use.site.start_byte
    before = source.data[max(0, start - 200) : start].rstrip()
    separators = [each.encode() for each in (source.entry.separator, source.entry.module_separator)]
    found = next((each for each in separators if before.endswith(each)), None)
    if found is None:
        return False
    words = list(_WORD.finditer(before[: -len(found)]))
    if not words or words[-1].end() != len(before) - len(found):
        return False
    at = start - len(source.data[max(0, start - 200) : start]) + words[-1].start()
    return any(
        answer.target.kind in (*MADE, "trait") for answer in neighborhood.resolvers.definitions_at(source.path, at)[:1]
    )


def parameter_uses(signature: Signature, rows: Sequence[CallRow]) -> tuple[ParameterUse, ...]:
    """How each parameter is given over all calls."""
    found = []
    for parameter in signature.parameters[1:] if signature.takes_receiver else signature.parameters:
        how: Counter[str] = Counter()
        values: Counter[str] = Counter()
        for row in rows:
            own = [each for each in row.arguments if each.parameter == parameter.name]
            for each in own:
                values[each.text] += 1
            if own:
                how[own[0].how] += 1
            elif parameter.name in row.defaults:
                how["default"] += 1
            elif any(each.how == "spread" for each in row.arguments):
                how["spread"] += 1
        found.append(
            ParameterUse(
                name=parameter.name,
                kind=parameter.kind,
                default=parameter.default,
                position=how["position"],
                keyword=how["keyword"],
                spread=how["spread"],
                defaulted=how["default"],
                values=tuple(values.most_common(_MOST_VALUES)),
            )
        )
    return tuple(found)
