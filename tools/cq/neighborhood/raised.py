"""The exceptions that a definition raises, and the callers that catch them."""

from collections.abc import Iterable, Iterator

from cq.neighborhood.callees import Callees
from cq.neighborhood.callers import Use, site_of
from cq.neighborhood.sources import Source, Sources
from cq.neighborhood.symbols import Symbols
from cq.rows.neighborhood import CALL_ROLES, Site, Symbol
from cq.symbols.resolver import Raised, Raising
from cq.symbols.resolvers import Resolvers


class Exceptions:
    """Answers for languages that have exceptions; of others nothing."""

    def __init__(self, resolvers: Resolvers, sources: Sources, symbols: Symbols, callees: Callees) -> None:
        self._resolvers = resolvers
        self._sources = sources
        self._symbols = symbols
        self._callees = callees

    def raised(self, symbol: Symbol) -> Iterator[tuple[Symbol, Site]]:
        """The classes of the exceptions that leave a definition, and where it raises them."""
        source = self._sources.of(symbol.path)
        for each in self._raised_in(symbol):
            if source is not None:
                yield (
                    self._symbols.of(each.target),
                    self._site(source, (each.start_byte, each.end_byte), "raise", "raised in it"),
                )

    def catchers(self, symbol: Symbol, uses: Iterable[Use]) -> Iterator[tuple[Symbol, Site]]:
        """The callers with a handler of such an exception around the call, and the handlers."""
        targets = list(dict.fromkeys(each.target for each in self._raised_in(symbol)))
        seen: set[tuple[str, int]] = set()
        for use in uses if targets else ():
            source, resolver = self._sources.of(use.site.path), self._raising(use.site.path)
            if source is None or resolver is None or use.site.role not in CALL_ROLES - {"passed"}:
                continue
            for target in targets:
                handler = resolver.handler_at(use.site.path, use.site.start_byte, target)
                if handler is not None and (use.site.path, handler.start_byte) not in seen:
                    seen.add((use.site.path, handler.start_byte))
                    yield (
                        use.user,
                        self._site(source, (handler.start_byte, handler.end_byte), "except", f"catches {target.name}"),
                    )

    def _raised_in(self, symbol: Symbol) -> list[Raised]:
        resolver, span = self._raising(symbol.path), self._callees.span(symbol)
        if resolver is None or span is None:
            return []
        source = self._sources.of(symbol.path)
        assert source is not None
        inner = [
            each.span
            for each in source.definitions()
            if span[0] < each.span[0] and each.span[1] <= span[1] and each.name_span[0] != symbol.start_byte
        ]
        # What a function in a function raises, it raises when it is called.
        return [
            each
            for each in resolver.raised_in(symbol.path, *span)
            if not any(start <= each.start_byte < end for start, end in inner)
        ]

    def _raising(self, path: str) -> Raising | None:
        resolver = self._resolvers.of(self._sources.project.table.by_path(path))
        return resolver if isinstance(resolver, Raising) else None

    def _site(self, source: Source, hit: tuple[int, int], role: str, reason: str) -> Site:
        (verdict,) = source.verdicts([hit])
        return site_of(source, hit, verdict, role, "certain", reason)
