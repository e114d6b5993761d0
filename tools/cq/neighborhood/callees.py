"""What a symbol uses: the names in its span, each resolved."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from cq.lanes.regions import Region
from cq.neighborhood.callers import site_of
from cq.neighborhood.family import Family
from cq.neighborhood.roles import CALLABLE, MADE, Roles
from cq.neighborhood.sources import Sources, runner
from cq.neighborhood.symbols import Symbols
from cq.rows.neighborhood import CALL_ROLES, Site, Symbol
from cq.rows.resolution import CONFIDENCE_RANK, Resolution, Target
from cq.symbols.resolvers import Resolvers

_WORD = re.compile(rb"[A-Za-z_\x80-\xff][\w\x80-\xff]*")
_SILENT = frozenset({"comment", "string", "keyword", "text", "unparsed", "definition", "parameter", "doc-example"})


class Called(NamedTuple):
    """One use in a symbol; without an answer when nothing is known of what is called."""

    caller: Symbol
    site: Site
    callee: Symbol | None
    region: Region | None


class Callees:
    """Finds what symbols use."""

    def __init__(self, resolvers: Resolvers, sources: Sources, symbols: Symbols, family: Family) -> None:
        self._resolvers = resolvers
        self._sources = sources
        self._symbols = symbols
        self._family = family
        self._roles = Roles(resolvers, sources)

    def of(self, symbol: Symbol) -> Iterator[Called]:
        """The calls and other uses in a definition, in order. Of a function: not those in functions within it."""
        source = self._sources.of(symbol.path)
        span = self.span(symbol)
        if source is None or span is None:
            return
        hits = [found.span() for found in _WORD.finditer(source.data, *span)]
        only = symbol.start_byte if symbol.kind in CALLABLE else None
        for hit, verdict in zip(hits, source.verdicts(hits), strict=True):
            if verdict.role in _SILENT:
                continue
            region = runner(verdict, hit[0])
            if only is not None and (region is None or region.anchor is None or region.anchor[0] != only):
                continue
            if symbol.kind == "module" and region is not None:
                continue
            answers = self._resolvers.definitions_at(symbol.path, hit[0])
            if not answers and verdict.role not in ("call", "macro", "decorator"):
                continue
            caller = symbol if only is not None else self._symbols.opened_by(source.path, region)
            best = answers[0] if answers else None
            if best is None or best.target.local or best.target.kind in ("parameter", "variable", "field"):
                if verdict.role in ("call", "decorator"):
                    yield Called(caller, site_of(source, hit, verdict, "call", "possible", "unresolved"), None, region)
                continue
            # Several answers that are as sure as the best are each a callee: overloads, branches.
            for answer in answers:
                if answer.confidence == best.confidence or answer.confidence != "possible":
                    role, passed_to = self._roles.of(source, hit, verdict, answer.target)
                    yield self._called(caller, source, hit, verdict, role, passed_to, answer, region)

    def _called(self, caller, source, hit, verdict, role, passed_to, answer: Resolution, region) -> Called:  # type: ignore[no-untyped-def]
        target = answer.target
        reason = answer.reason
        if role in ("instantiation", "decorator") and target.kind in MADE:
            made = self._family.constructor(target)
            if made is not None:
                target = made
        site = site_of(source, hit, verdict, role, answer.confidence, reason, passed_to)
        return Called(caller, site, self._symbols.of(target), region)

    def span(self, symbol: Symbol) -> tuple[int, int] | None:
        """All of a definition, or of a module."""
        source = self._sources.of(symbol.path)
        if source is None:
            return None
        if symbol.kind == "module" and not symbol.start_byte:
            return (0, len(source.data))
        for each in source.definitions():
            if each.name_span[0] == symbol.start_byte:
                return each.span
        return None


def is_call(site: Site) -> bool:
    """Whether a site is an edge of the call graph."""
    return site.role in CALL_ROLES


def surest(sites: list[Site]) -> Site:
    """The site of which is most certain what it refers to."""
    return min(sites, key=lambda site: CONFIDENCE_RANK[site.confidence])


def target_of(symbol: Symbol) -> Target:
    """The target that a symbol is."""
    return Target(
        name=symbol.name,
        qualified_name=symbol.qualified_name,
        kind=symbol.kind,
        path=symbol.path,
        line=symbol.line,
        column=symbol.column,
        start_byte=symbol.start_byte,
        end_byte=symbol.end_byte,
    )
