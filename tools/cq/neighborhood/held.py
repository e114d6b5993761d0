"""Calls of a function through what holds it: the parameter it is passed as, the variable or item it is kept in."""

import re
from collections.abc import Iterable, Iterator

from cq.neighborhood.callees import Callees, target_of
from cq.neighborhood.callers import Sought, Use, Uses
from cq.neighborhood.family import Family
from cq.neighborhood.roles import CALLABLE
from cq.neighborhood.sources import Sources
from cq.neighborhood.symbols import Symbols
from cq.rows.neighborhood import Site, Symbol
from cq.symbols.resolvers import Resolvers

_ENTERS = frozenset({"call", "instantiation", "operator"})
_MOST_HOLDERS = 16  # functions whose calls are followed for one symbol


class Held:
    """Looks for calls of a function where it is handed around."""

    def __init__(
        self,
        resolvers: Resolvers,
        sources: Sources,
        symbols: Symbols,
        callees: Callees,
        family: Family,
        uses: Uses,
    ) -> None:
        self._resolvers = resolvers
        self._sources = sources
        self._symbols = symbols
        self._callees = callees
        self._family = family
        self._uses = uses

    def calls(self, symbol: Symbol, uses: Iterable[Use]) -> Iterator[tuple[Symbol, Site]]:
        """The calls of a function by another name than its own, with who makes them."""
        if symbol.kind not in CALLABLE:
            return
        seen = {(use.site.path, use.site.start_byte) for use in uses if use.site.role != "passed"}
        holders: dict[str, Symbol] = {}
        for use in uses:
            if use.site.role == "passed":
                holders[use.user.id] = use.user
                for receiver in self._receivers(use):
                    holders[receiver.id] = receiver
        for receiver in (*self._decorators(symbol), *self._users_of_owner(symbol)):
            holders[receiver.id] = receiver
        for holder in tuple(holders.values())[:_MOST_HOLDERS]:
            for each in (holder, *self._within(holder)):
                for called in self._callees.of(each):
                    place = (called.site.path, called.site.start_byte)
                    if called.callee is None or called.callee.id != symbol.id or place in seen:
                        continue
                    if called.site.role in _ENTERS:
                        seen.add(place)
                        yield called.caller, called.site

    def _receivers(self, use: Use) -> list[Symbol]:
        """What a function is passed to, when that is a function of the project."""
        name = use.site.passed_to.rpartition(".")[2].rpartition("::")[2]
        if not name:
            return []
        source = self._sources.of(use.site.path)
        assert source is not None
        # The call begins before what it is given; its name is the nearest before it.
        at = source.data.rfind(name.encode(), 0, use.site.start_byte)
        answers = self._resolvers.definitions_at(use.site.path, at) if at >= 0 else ()
        return [self._symbols.of(each.target) for each in answers if each.target.kind in CALLABLE and each.target.path]

    def _users_of_owner(self, symbol: Symbol) -> list[Symbol]:
        """Who makes instances of a method's type, when the method is one that syntax calls."""
        source = self._sources.of(symbol.path)
        patterns = source.entry.called_by_others if source is not None else ()
        if symbol.kind != "method" or not any(re.fullmatch(pattern, symbol.name) for pattern in patterns):
            return []
        if source is None or symbol.name in source.entry.constructors:
            return []
        owner = self._family.owner(target_of(symbol))
        uses = self._uses.of([Sought(owner)]) if owner is not None else ()
        return [use.user for use in uses if use.site.role == "instantiation"]

    def _decorators(self, symbol: Symbol) -> list[Symbol]:
        source = self._sources.of(symbol.path)
        if source is None:
            return []
        found: list[Symbol] = []
        for each in source.definitions():
            if each.name_span[0] != symbol.start_byte:
                continue
            facts = source.lane_facts.facts(source.data, each.node, each.verdict.regions, each.name_span)
            for start, end in facts.spans.get("decorators", ()):
                head = source.data[start:end].split(b"(", 1)[0]
                at = start + max(head.rfind(b"."), head.rfind(b"@"), head.rfind(b":"), head.rfind(b" ")) + 1
                found.extend(
                    self._symbols.of(answer.target)
                    for answer in self._resolvers.definitions_at(source.path, at)
                    if answer.target.kind in CALLABLE and answer.target.path
                )
        return found

    def _within(self, holder: Symbol) -> list[Symbol]:
        """The functions in a function: what a decorator makes of what it is given."""
        source = self._sources.of(holder.path)
        if source is None or holder.kind not in CALLABLE:
            return []
        span = self._callees.span(holder)
        found: list[Symbol] = []
        for each in source.definitions():
            inside = span is not None and span[0] < each.span[0] and each.span[1] <= span[1]
            if inside and each.verdict.kind in CALLABLE:
                answers = self._resolvers.definitions_at(source.path, each.name_span[0])
                found.extend(self._symbols.of(answer.target) for answer in answers[:1])
        return found
