"""What a change of a symbol may touch: all that may run it, the tests among that, and ways between two symbols."""

import re
from collections.abc import Iterator

from cq.neighborhood.callees import surest
from cq.neighborhood.run import Neighborhood
from cq.rows.neighborhood import Reached, Symbol
from cq.rows.resolution import CONFIDENCE_RANK, Confidence

_MOST_WAYS = 8


def impact_of(neighborhood: Neighborhood, symbol: Symbol, most: int = 0) -> Iterator[Reached]:
    """All that may run a symbol, nearest first, each once."""
    sure: dict[str, Confidence] = {symbol.id: "certain"}
    for level in neighborhood.graph.reached(symbol, most):
        best: dict[str, Reached] = {}
        for row in level:
            site = surest(list(row.sites))
            confidence = max(site.confidence, sure[row.of], key=CONFIDENCE_RANK.__getitem__)
            known = best.get(row.symbol.id)
            if known is None or CONFIDENCE_RANK[confidence] < CONFIDENCE_RANK[known.confidence]:
                best[row.symbol.id] = Reached(
                    symbol=row.symbol,
                    distance=row.distance,
                    of=row.of,
                    site=site,
                    confidence=confidence,
                    test_id=test_id(neighborhood, row.symbol),
                )
        sure.update((key, each.confidence) for key, each in best.items())
        yield from best.values()


def ways(neighborhood: Neighborhood, start: Symbol, end: Symbol) -> list[tuple[Reached, ...]]:
    """The shortest ways of calls from one symbol to another, each the calls on it in order."""
    above: dict[str, list[Reached]] = {}
    for level in neighborhood.graph.reached(end, until=start.id):
        for row in level:
            site = surest(list(row.sites))
            step = Reached(symbol=row.symbol, distance=row.distance, of=row.of, site=site, confidence=site.confidence)
            above.setdefault(row.symbol.id, []).append(step)
    found: list[tuple[Reached, ...]] = []
    waiting: list[tuple[Reached, ...]] = [(step,) for step in reversed(above.get(start.id, ()))]
    while waiting and len(found) < _MOST_WAYS:
        way = waiting.pop()
        if way[-1].of == end.id:
            found.append(way)
        else:
            waiting.extend((*way, step) for step in reversed(above.get(way[-1].of, ())))
    return found


def test_id(neighborhood: Neighborhood, symbol: Symbol) -> str:
    """What its runner calls a test; "" when the symbol is none."""
    table = neighborhood.sources.project.table
    entry = table.languages.get(table.by_path(symbol.path))
    if entry is None or not entry.test_id or symbol.kind not in ("function", "method"):
        return ""
    if entry.test_functions and not (
        symbol.test and any(re.fullmatch(pattern, symbol.name) for pattern in entry.test_functions)
    ):
        return ""
    source = neighborhood.sources.of(symbol.path)
    definition = source.definition_at(symbol.start_byte) if source is not None else None
    if source is None or definition is None:
        return ""
    if entry.test_functions:
        if definition.verdict.scope_kind == "function":
            return ""  # a function in a test
    else:
        regions, name = definition.verdict.regions, definition.name_span
        if "test" not in source.lane_facts.facts(source.data, definition.node, regions, name).forms:
            return ""
    return entry.test_id.format(
        path=symbol.path,
        scopes="::".join((*definition.verdict.names, symbol.name)),
        inner=symbol.qualified_name.partition(entry.separator)[2],
    )
