"""What a change of a symbol may touch: all that may run it, the tests among that, and ways between two symbols."""

from collections.abc import Iterator

from cq.neighborhood.callees import surest
from cq.neighborhood.run import Neighborhood
from cq.neighborhood.suite import Suite
from cq.rows.neighborhood import Reached, Symbol
from cq.rows.resolution import CONFIDENCE_RANK, Confidence

_MOST_WAYS = 8


def impact_of(neighborhood: Neighborhood, symbol: Symbol, most: int = 0) -> Iterator[Reached]:
    """All that may run a symbol, nearest first, each once."""
    suite = Suite(neighborhood)
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
                    test_id=suite.id_of(row.symbol),
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
