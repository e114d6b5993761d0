"""Callers and callees to a depth, as rows: one for each pair of symbols, with the sites between them."""

from collections.abc import Iterable, Iterator

import msgspec

from cq.neighborhood.callees import Callees, is_call, surest, target_of
from cq.neighborhood.callers import Use, Uses
from cq.neighborhood.family import Family
from cq.neighborhood.held import Held
from cq.neighborhood.sought import Sought
from cq.rows.neighborhood import Neighbor, Site, Symbol, Unresolved
from cq.rows.resolution import CONFIDENCE_RANK, Confidence

_MOST_SYMBOLS = 20_000  # that are followed


class Graph:
    """Edges of the call graph around symbols."""

    def __init__(self, uses: Uses, callees: Callees, family: Family, held: Held, at_most: Confidence) -> None:
        """Edges that are less sure than `at_most` are left out."""
        self._uses = uses
        self._callees = callees
        self._family = family
        self._held = held
        self._least = CONFIDENCE_RANK[at_most]
        self.unresolved: list[Unresolved] = []
        self.resolved = 0
        self._last: tuple[str, list[Use]] = ("", [])

    def begin(self) -> None:
        """Forget what was said of the calls of another symbol."""
        self.unresolved = []
        self.resolved = 0

    def callers(self, symbol: Symbol, depth: int) -> Iterator[Neighbor]:
        """Who calls a symbol, who calls these, and so on."""
        seen = {symbol.id}
        waiting = [symbol]
        for distance in range(1, depth + 1):
            following: list[Symbol] = []
            for at in waiting:
                for neighbor in self.calls_of(at, distance):
                    again = neighbor.symbol.id in seen
                    if not again:
                        seen.add(neighbor.symbol.id)
                        following.append(neighbor.symbol)
                    yield msgspec.structs.replace(neighbor, again=again)
            waiting = following[: max(0, _MOST_SYMBOLS - len(seen))]

    def callees(self, symbol: Symbol, depth: int) -> Iterator[Neighbor]:
        """What a symbol calls, what these call, and so on."""
        seen = {symbol.id}
        waiting = [symbol]
        for distance in range(1, depth + 1):
            following: list[Symbol] = []
            for at in waiting:
                for neighbor in self.calls_in(at, distance):
                    again = neighbor.symbol.id in seen
                    if not again:
                        seen.add(neighbor.symbol.id)
                        if neighbor.symbol.path:
                            following.append(neighbor.symbol)
                    yield msgspec.structs.replace(neighbor, again=again)
            waiting = following[: max(0, _MOST_SYMBOLS - len(seen))]

    def reached(self, symbol: Symbol, most: int = 0, until: str = "") -> Iterator[list[Neighbor]]:
        """Everything that may run a symbol, level by level: each symbol once, and once for each it is reached from.

        A level is looked for at once, however many symbols it has. Ends with the level that reaches the id `until`.
        """
        seen = {symbol.id}
        waiting = [symbol]
        distance = 0
        while waiting and (not most or distance < most):
            distance += 1
            sought: dict[tuple[str, int], tuple[Sought, Symbol]] = {}
            # File by file, so that each is parsed once.
            for at in sorted(waiting, key=lambda at: (at.path, at.start_byte)):
                for each in self._family.sought(target_of(at)):
                    sought.setdefault((each.target.path, each.target.start_byte), (each, at))
            pairs: dict[str, list[tuple[Symbol, Site]]] = {}
            for use in self._uses.of((each for each, _ in sought.values()), imports=False):
                if self._counts(use.site):
                    of = sought[use.used.path, use.used.start_byte][1]
                    pairs.setdefault(of.id, []).append((use.user, use.site))
            level: list[Neighbor] = []
            following: dict[str, Symbol] = {}
            for at in waiting:
                for row in grouped("caller", at, distance, pairs.get(at.id, ())):
                    if row.symbol.id not in seen:
                        following[row.symbol.id] = row.symbol
                        level.append(row)
            seen.update(following)
            if level:
                yield level
            if until and until in following:
                return
            # What a module runs when it is imported is not followed: all that imports it would be next.
            waiting = [each for each in following.values() if each.kind != "module"]

    def uses(self, symbol: Symbol) -> list[Use]:
        """Every use of a symbol that is sure enough."""
        if symbol.kind == "module" and not symbol.start_byte:
            return []
        if self._last[0] != symbol.id:  # callers, importers and other users are asked for one after the other
            found = self._uses.of(self._family.sought(target_of(symbol)))
            sure = [use for use in found if CONFIDENCE_RANK[use.site.confidence] <= self._least]
            self._last = (symbol.id, sure)
        return self._last[1]

    def calls_of(self, symbol: Symbol, distance: int = 1) -> Iterator[Neighbor]:
        """The direct callers of a symbol."""
        uses = self.uses(symbol)
        calls = [(use.user, use.site) for use in uses if is_call(use.site)]
        calls.extend(pair for pair in self._held.calls(symbol, uses) if self._counts(pair[1]))
        yield from grouped("caller", symbol, distance, calls)

    def calls_in(self, symbol: Symbol, distance: int = 1) -> Iterator[Neighbor]:
        """What a symbol calls directly."""
        pairs: list[tuple[Symbol, Site]] = []
        missing: dict[str, list[Site]] = {}
        for called in self._callees.of(symbol):
            if called.callee is None:
                missing.setdefault(called.site.name, []).append(called.site)
            elif self._counts(called.site) and (called.site.role != "passed" or called.callee.path):
                pairs.append((called.callee, called.site))
        if distance == 1:
            self.resolved = len({site.start_byte for _, site in pairs})
            self.unresolved = [
                Unresolved(name=name, sites=len(sites), line=sites[0].line) for name, sites in missing.items()
            ]
        yield from grouped("callee", symbol, distance, pairs)

    def _counts(self, site: Site) -> bool:
        return is_call(site) and CONFIDENCE_RANK[site.confidence] <= self._least


def grouped(relation: str, of: Symbol, distance: int, pairs: Iterable[tuple[Symbol, Site]]) -> Iterator[Neighbor]:
    """One row for each symbol with all its sites, in the order of the first."""
    sites: dict[str, list[Site]] = {}
    symbols: dict[str, Symbol] = {}
    for symbol, site in pairs:
        symbols.setdefault(symbol.id, symbol)
        sites.setdefault(symbol.id, []).append(site)
    for key, symbol in symbols.items():
        best = surest(sites[key])
        yield Neighbor(
            relation=relation,
            symbol=symbol,
            of=of.id,
            distance=distance,
            confidence=best.confidence,
            reason=best.reason,
            sites=tuple(sites[key]),
        )
