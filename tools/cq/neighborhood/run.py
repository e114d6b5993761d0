"""The whole answer about one symbol: its card, and the rows of what is around it."""

from collections.abc import Iterable, Iterator

from cq.neighborhood.callees import Callees, target_of
from cq.neighborhood.callers import Use, Uses
from cq.neighborhood.family import Family, is_type
from cq.neighborhood.graph import Graph, grouped
from cq.neighborhood.held import Held
from cq.neighborhood.raised import Exceptions
from cq.neighborhood.sought import Sought
from cq.neighborhood.sources import Sources
from cq.neighborhood.symbols import Symbols
from cq.neighborhood.used_imports import used_imports
from cq.rows.neighborhood import CALL_ROLES, Card, Neighbor, Site, Symbol, Unresolved
from cq.rows.resolution import Confidence, Target
from cq.symbols.resolvers import Resolvers

_MOST_SIBLINGS = 200


class Neighborhood:
    """Answers about symbols of one project."""

    def __init__(
        self,
        resolvers: Resolvers,
        at_most: Confidence = "possible",
        room_bytes: int = 0,
        sources: Sources | None = None,
    ) -> None:
        """`room_bytes`: how much source is looked through for the uses of one definition, 0: all."""
        self.sources = Sources(resolvers.project) if sources is None else sources
        self.symbols = Symbols(resolvers, self.sources)
        self.resolvers = resolvers
        self._uses = Uses(resolvers, self.sources, self.symbols, room_bytes)
        self._family = Family(resolvers, self.sources, self.symbols, self._uses, room_bytes)
        self._callees = Callees(resolvers, self.sources, self.symbols, self._family)
        held = Held(resolvers, self.sources, self.symbols, self._callees, self._family, self._uses)
        self._exceptions = Exceptions(resolvers, self.sources, self.symbols, self._callees)
        self.graph = Graph(self._uses, self._callees, self._family, held, at_most)

    def constructor(self, target: Target) -> Target | None:
        """What making a value of a type calls."""
        return self._family.constructor(target)

    def owner(self, target: Target) -> Target | None:
        """The type that a member belongs to."""
        return self._family.owner(target)

    def bases(self, owner: Target) -> Iterator[Target]:
        """The types that a type inherits, those of others among them."""
        return self._family.bases(owner)

    def members(self, owner: Target) -> tuple[Target, ...]:
        """The definitions in a type."""
        return self._family.members(owner)

    def span(self, symbol: Symbol) -> tuple[int, int] | None:
        """The bytes of all of a definition."""
        return self._callees.span(symbol)

    def card(self, target: Target, note: str = "") -> Card:
        """What the target says of itself."""
        symbol = self.symbols.of(target)
        source = self.sources.of(symbol.path) if symbol.path else None
        if source is not None and symbol.start_byte:
            own = source.definition_at(symbol.start_byte)
            if own is not None:
                facts = source.lane_facts.facts(source.data, own.node, own.verdict.regions, own.name_span)
                return Card(
                    symbol=symbol,
                    container=source.entry.separator.join(own.verdict.names),
                    lines=own.end_line - own.line + 1,
                    end_line=own.end_line,
                    facts=facts,
                    note=note,
                )
        lines = 0
        if source is not None and symbol.kind == "module":
            lines = source.data.count(b"\n") + (source.data[-1:] not in (b"\n", b""))
        return Card(symbol=symbol, lines=lines, end_line=lines, note=note)

    def rows(self, symbol: Symbol, depth: int, only: frozenset[str] = frozenset()) -> Iterator[Neighbor]:
        """All that is around a symbol, by relation; or what is in some of the relations."""
        self.graph.begin()
        for row in self._rows(symbol, depth, only):
            if not only or row.relation in only:
                yield row

    def _rows(self, symbol: Symbol, depth: int, only: frozenset[str]) -> Iterator[Neighbor]:
        if symbol.kind == "module" and not symbol.start_byte:
            yield from self.graph.callees(symbol, depth)
            yield from self._importers(symbol)
            return
        if not only or "caller" in only:
            yield from self.graph.callers(symbol, depth)
        if not only or "callee" in only:
            yield from self.graph.callees(symbol, depth)
        target = target_of(symbol)
        if is_type(target):
            yield from self._types(symbol, target)
        else:
            yield from self._plain(symbol, "overridden", self._family.overridden(target), "inherited")
            yield from self._plain(symbol, "override", self._family.overrides(target), "inherited")
            yield from self._exceptions_of(symbol, only)
        if not only or only & {"importer", "user"}:
            yield from self._other_uses(symbol, self.graph.uses(symbol))
        if not only or "import" in only:
            pairs = used_imports(self.resolvers, self.sources, self.symbols, symbol, self._callees.span(symbol))
            yield from grouped("import", symbol, 1, pairs)
        yield from self._siblings(symbol)

    def _exceptions_of(self, symbol: Symbol, only: frozenset[str]) -> Iterator[Neighbor]:
        if not only or "raises" in only:
            yield from grouped("raises", symbol, 1, self._exceptions.raised(symbol))
        if not only or "catcher" in only:
            yield from grouped("catcher", symbol, 1, self._exceptions.catchers(symbol, self.graph.uses(symbol)))

    def _types(self, symbol: Symbol, target: Target) -> Iterator[Neighbor]:
        yield from self._plain(symbol, "base", self._family.bases(target, transitive=False), "named as a base")
        pairs: dict[str, list[tuple[Symbol, Site]]] = {"subclass": [], "implementation": []}
        for found, use in self._family.subtypes(target, transitive=False):
            relation = "subclass" if use.site.role == "base" else "implementation"
            pairs[relation].append((self.symbols.of(found), use.site))
        for relation, each in pairs.items():
            yield from grouped(relation, symbol, 1, each)
        yield from self._plain(symbol, "member", self._family.members(target), "defined in it")

    def _plain(self, of: Symbol, relation: str, targets: Iterable[Target], reason: str) -> Iterator[Neighbor]:
        for target in targets:
            yield Neighbor(
                relation=relation, symbol=self.symbols.of(target), of=of.id, confidence="certain", reason=reason
            )

    def _importers(self, symbol: Symbol) -> Iterator[Neighbor]:
        uses = self._uses.of([Sought(target_of(symbol))])
        yield from grouped("importer", symbol, 1, _of_role(uses, ("import",), self.symbols))

    def _other_uses(self, symbol: Symbol, uses: list[Use]) -> Iterator[Neighbor]:
        direct = [use for use in uses if not use.site.reason.startswith(("dispatch", "instantiation"))]
        yield from grouped("importer", symbol, 1, _of_role(direct, ("import",), self.symbols))
        told = CALL_ROLES | {"import", "base", "implemented-trait"}  # in a relation of their own
        others = [(use.user, use.site) for use in direct if use.site.role not in told]
        yield from grouped("user", symbol, 1, others)

    def _siblings(self, symbol: Symbol) -> Iterator[Neighbor]:
        source = self.sources.of(symbol.path)
        if source is None:
            return
        definitions = source.definitions()
        own = source.definition_at(symbol.start_byte)
        if own is None:
            return
        beside = [each for each in definitions if each.verdict.names == own.verdict.names and each is not own]
        for each in beside[:_MOST_SIBLINGS]:
            answers = self.resolvers.definitions_at(symbol.path, each.name_span[0])
            if answers and answers[0].target.start_byte == each.name_span[0]:
                yield from self._plain(symbol, "sibling", (answers[0].target,), "beside it")

    @property
    def unresolved(self) -> tuple[Unresolved, ...]:
        """Calls in the symbol asked for last of which nothing is known."""
        return tuple(self.graph.unresolved)


def _of_role(uses: Iterable[Use], roles: tuple[str, ...], symbols: Symbols) -> Iterator[tuple[Symbol, Site]]:
    for use in uses:
        if use.site.role in roles:
            yield symbols.module(use.site.path), use.site
