"""Calls of a function through what holds it: the parameter it is passed as, the variable or item it is kept in.

Such calls are looked for in the files where it is handed around, where that which keeps it is used, and, of a method
that syntax calls, where its type is.
"""

import re
from collections.abc import Iterable, Iterator

from cq.neighborhood.callees import Called, Callees, target_of
from cq.neighborhood.callers import Use, Uses
from cq.neighborhood.family import Family
from cq.neighborhood.roles import CALLABLE, MADE
from cq.neighborhood.sought import Sought
from cq.neighborhood.sources import Sources
from cq.neighborhood.symbols import Symbols
from cq.rows.neighborhood import Site, Symbol
from cq.symbols.resolver import CallPlace
from cq.symbols.resolvers import Resolvers

_ENTERS = frozenset({"call", "instantiation", "operator"})
_HELD = frozenset({"passed", "reference", "assignment"})
_MOST_HOLDERS = 8  # functions that keep one symbol and whose callers may call it
_MOST_FILES = 12  # that are looked through for one symbol
_MOST_PLACES = 1_500  # of calls in these
_NAME = re.compile(rb"(?:\w|[\x80-\xff])+")
# What is assigned, by its last name. No annotation is longer: in a table on one line each key would look for its end.
_TARGETS = re.compile(rb"(\w+)\s*(?::[^=\n]{0,400})?=(?!=)")


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
        resolver = self._resolvers.of(self._sources.project.table.by_path(symbol.path))
        if symbol.kind not in CALLABLE or resolver is None or not resolver.follows_values:
            return
        seen = {(use.site.path, use.site.start_byte) for use in uses if use.site.role != "passed"}
        for called in self._followed(symbol, list(uses)):
            place = (called.site.path, called.site.start_byte)
            if called.callee is None or called.callee.id != symbol.id or place in seen:
                continue
            if called.site.role in _ENTERS:
                seen.add(place)
                yield called.caller, called.site

    def _followed(self, symbol: Symbol, uses: list[Use]) -> Iterator[Called]:
        left = _MOST_PLACES
        paths = self._files_of_owner(symbol) if self._is_special(symbol) else []
        held = self._files_held(symbol, uses)
        assigned = {
            word for path in (*held, *paths) for word in _TARGETS.findall(self._sources.project.read(path) or b"")
        }

        def by_syntax(place: CallPlace, text: bytes) -> bool:
            nonlocal left
            left -= 1
            return left >= 0 and symbol.name in re.split("[ |]", place.implicit)

        def by_value(place: CallPlace, text: bytes) -> bool:
            nonlocal left
            if place.implicit:
                return False
            last = _NAME.findall(text)
            # What is called by a name that is assigned nowhere is a definition of that name.
            if _NAME.fullmatch(text[-1:]) and b"(" not in text and last and b"." in text and last[-1] not in assigned:
                return False
            left -= 1
            return left >= 0

        is_called = self._is_called(symbol)
        for path in paths[:_MOST_FILES]:
            yield from self._callees.followed(path, by_value if is_called else by_syntax)
        for path in held[:_MOST_FILES]:
            yield from self._callees.followed(path, by_value)

    def _files_held(self, symbol: Symbol, uses: list[Use]) -> list[str]:
        """The files in which a function may be called by another name, the likeliest first."""
        holders: dict[str, Symbol] = {}
        found: dict[str, None] = {}
        for use in uses:
            if use.site.role in _HELD and not use.site.reason.startswith("dispatch"):
                found[use.site.path] = None
                receivers = self._receivers(use)
                if not receivers:
                    holders[use.user.id] = use.user
                for receiver in receivers:
                    found[receiver.path] = None
                    holders.setdefault(receiver.id, receiver)
        for receiver in self._decorators(symbol):
            found[receiver.path] = found[symbol.path] = None
        # Who calls what returns, keeps or is given it.
        kept = [holder for holder in holders.values() if holder.kind in CALLABLE][:_MOST_HOLDERS]
        for use in self._uses.of(Sought(target_of(holder)) for holder in kept):
            found.setdefault(use.site.path)
        return list(found)

    def _receivers(self, use: Use) -> list[Symbol]:
        """What a function is passed to, when that is a function of the project."""
        name = use.site.passed_to.rpartition(".")[2].rpartition("::")[2]
        if not name:
            return []
        source = self._sources.of(use.site.path)
        assert source is not None
        # The call begins before what it is given; its name is the nearest before it.
        at = source.data.rfind(name.encode(), 0, use.site.start_byte)
        if at < 0:
            return []
        kinds = CALLABLE | MADE
        answers = self._resolvers.definitions_at(use.site.path, at)
        resolver = self._resolvers.of(self._sources.project.table.by_path(use.site.path))
        if resolver is not None and not any(each.target.kind in kinds for each in answers):
            answers = resolver.callees_at(use.site.path, at, at + len(name.encode()))  # a variable
        return [self._symbols.of(each.target) for each in answers if each.target.kind in kinds and each.target.path]

    def _is_special(self, symbol: Symbol) -> bool:
        """Whether it is a method that syntax calls."""
        source = self._sources.of(symbol.path)
        if source is None or symbol.kind != "method" or symbol.name in source.entry.constructors:
            return False
        return any(re.fullmatch(pattern, symbol.name) for pattern in source.entry.called_by_others)

    def _is_called(self, symbol: Symbol) -> bool:
        """Whether it is what calling a value of its type calls."""
        source = self._sources.of(symbol.path)
        return source is not None and symbol.kind == "method" and symbol.name in source.entry.called_methods

    def _files_of_owner(self, symbol: Symbol) -> list[str]:
        """The files in which a method's type, or one that inherits it, is used; that of the method first."""
        owner = self._family.owner(target_of(symbol))
        found = {symbol.path: None}
        if owner is not None:
            types = [owner, *(subtype for subtype, _ in self._family.subtypes(owner))]
            for use in self._uses.of(Sought(each) for each in types):
                found[use.site.path] = None
        return list(found)

    def _decorators(self, symbol: Symbol) -> list[Symbol]:
        source = self._sources.of(symbol.path)
        if source is None:
            return []
        own = source.definition_at(symbol.start_byte)
        if own is None:
            return []
        found: list[Symbol] = []
        facts = source.lane_facts.facts(source.data, own.node, own.verdict.regions, own.name_span)
        for start, end in facts.spans.get("decorators", ()):
            head = source.data[start:end].split(b"(", 1)[0]
            at = start + max(head.rfind(b"."), head.rfind(b"@"), head.rfind(b":"), head.rfind(b" ")) + 1
            found.extend(
                self._symbols.of(answer.target)
                for answer in self._resolvers.definitions_at(source.path, at)
                if answer.target.kind in CALLABLE and answer.target.path
            )
        return found
