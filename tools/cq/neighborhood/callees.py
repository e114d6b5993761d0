"""What a symbol uses: the names in its span, each resolved."""

import bisect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cq.lanes.regions import Region, Span
from cq.lanes.verdict import Verdict
from cq.neighborhood.callers import site_of
from cq.neighborhood.family import Family
from cq.neighborhood.roles import CALLABLE, MADE, Roles
from cq.neighborhood.sources import Source, Sources, runner
from cq.neighborhood.symbols import Symbols
from cq.rows.neighborhood import CALL_ROLES, Site, Symbol
from cq.rows.resolution import CONFIDENCE_RANK, Resolution, Target
from cq.symbols.resolver import CallPlace, Resolver
from cq.symbols.resolvers import Resolvers

_WORD = re.compile(rb"[A-Za-z_\x80-\xff][\w\x80-\xff]*")
_SILENT = frozenset({"comment", "string", "keyword", "text", "unparsed", "definition", "parameter", "doc-example"})
_CALLS = frozenset({"call", "macro", "decorator"})
_VARIABLES = frozenset({"parameter", "variable", "field"})


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
        self._values: dict[tuple[str, int, int, str], tuple[Resolution, ...]] = {}

    def of(self, symbol: Symbol) -> Iterator[Called]:
        """The calls and other uses in a definition, in order. Of a function: not those in functions within it."""
        source = self._sources.of(symbol.path)
        span = self.span(symbol)
        if source is None or span is None or self._sources.is_left(symbol.path):
            return
        self._sources.at_file()
        hits = [found.span() for found in _WORD.finditer(source.data, *span)]
        judged = dict(zip(hits, source.verdicts(hits), strict=True))
        told: dict[int, list[Symbol]] = {}  # ends of the names that say what is called, and what, if in the project
        untold: dict[int, Called] = {}
        for hit, verdict in judged.items():
            if verdict.role in _SILENT:
                continue
            region = runner(verdict, hit[0])
            if not self._runs(symbol, region):
                continue
            caller = self._symbols.opened_by(source.path, region)
            found = self._by_name(source, hit, verdict, caller, region)
            if found is None:
                site = site_of(source, hit, verdict, "call", "possible", "unresolved")
                untold[hit[1]] = Called(caller, site, None, region)
            else:
                if verdict.role in _CALLS:
                    told[hit[1]] = [each.callee for each in found if each.callee and each.callee.path]
                yield from found
        for called in self._by_value(symbol, source, span, judged, told):
            untold.pop(called.site.end_byte, None)
            yield called
        yield from untold.values()

    def _runs(self, symbol: Symbol, region: Region | None) -> bool:
        """Whether the code in a scope is a symbol's own: not that of functions in a function, or in a module."""
        if symbol.kind in CALLABLE:
            return region is not None and region.anchor is not None and region.anchor[0] == symbol.start_byte
        return region is None or symbol.kind != "module"

    def _by_name(
        self, source: Source, hit: Span, verdict: Verdict, caller: Symbol, region: Region | None
    ) -> list[Called] | None:
        """What a name leads to; None when it is called and says nothing of what is called."""
        is_call = verdict.role in _CALLS
        answers = self._resolvers.definitions_at(source.path, hit[0])
        best = answers[0] if answers else None
        if best is None or best.target.local or best.target.kind in _VARIABLES:
            return None if is_call else []
        found = []
        # Several answers that are as sure as the best are each a callee: overloads, branches.
        for answer in answers:
            if answer.confidence == best.confidence or answer.confidence != "possible":
                role, passed_to = self._roles.of(source, hit, verdict, answer.target)
                found.append(self._called(caller, source, hit, verdict, role, passed_to, answer, region))
        return found

    def _by_value(
        self,
        symbol: Symbol,
        source: Source,
        span: Span,
        judged: Mapping[Span, Verdict],
        told: Mapping[int, Sequence[Symbol]],
    ) -> Iterator[Called]:
        """Calls of parameters, variables, items and results: what their values are followed to."""
        resolver = self._resolvers.of(self._sources.project.table.by_path(source.path))
        assert resolver is not None
        hits = sorted(judged)
        for place in resolver.calls_in(source.path, *span):
            named = () if place.implicit else told.get(place.end_byte, ())
            if named and not any(self._roles.is_decorated(each) for each in named):
                continue
            hit = _last_name(hits, place)
            if hit is None:
                continue
            verdict = judged[hit]
            region = runner(verdict, hit[0])
            if not self._runs(symbol, region):
                continue
            for called in self._entered(source, resolver, place, hit, verdict, region):
                if called.callee is None or called.callee in named:
                    continue
                if place.end_byte in told and not place.implicit and not called.callee.path:
                    continue  # its name has said so
                yield called

    def followed(self, path: str, wanted: Callable[[CallPlace, bytes], bool]) -> Iterator[Called]:
        """The calls in a file that values are followed for, of the places that are wanted (by place and text)."""
        source = self._sources.of(path)
        resolver = self._resolvers.of(self._sources.project.table.by_path(path))
        if source is None or resolver is None:
            return
        found: list[tuple[CallPlace, Span]] = []
        for place in resolver.calls_in(path, 0, len(source.data)):
            text = source.data[place.start_byte : place.end_byte]
            if wanted(place, text):
                names = list(_WORD.finditer(text))
                if names:
                    start, end = names[-1].span()
                    found.append((place, (place.start_byte + start, place.start_byte + end)))
        hits = sorted({hit for _, hit in found})
        judged = dict(zip(hits, source.verdicts(hits), strict=True))
        for place, hit in found:
            yield from self._entered(source, resolver, place, hit, judged[hit], runner(judged[hit], hit[0]))

    def _entered(
        self, source: Source, resolver: Resolver, place: CallPlace, hit: Span, verdict: Verdict, region: Region | None
    ) -> Iterator[Called]:
        key = (source.path, *place)
        if key not in self._values:
            self._values[key] = resolver.callees_at(source.path, *place)
        answers = self._values[key]
        if not answers:
            return
        caller = self._symbols.opened_by(source.path, region)
        role = "operator" if place.implicit else "call"
        for answer in answers:
            yield self._called(caller, source, hit, verdict, role, "", answer, region)

    def _called(
        self,
        caller: Symbol,
        source: Source,
        hit: Span,
        verdict: Verdict,
        role: str,
        passed_to: str,
        answer: Resolution,
        region: Region | None,
    ) -> Called:
        target = answer.target
        reason = answer.reason
        if role in ("call", "instantiation", "decorator") and target.kind in MADE:
            role = "instantiation" if role == "call" else role
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
        own = source.definition_at(symbol.start_byte)
        return own.span if own is not None else None


def _last_name(hits: Sequence[Span], place: CallPlace) -> Span | None:
    """The last name in what is called: it stands for it."""
    number = bisect.bisect_left(hits, (place.end_byte, 0)) - 1
    return hits[number] if number >= 0 and hits[number][0] >= place.start_byte else None


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
