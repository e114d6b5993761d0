"""What a page shows of an answer: nodes, the edges between them, and the source of both."""

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cq.neighborhood.callees import target_of
from cq.neighborhood.page_source import PageSource, shown_span
from cq.neighborhood.run import Neighborhood
from cq.neighborhood.sources import Sources
from cq.rows.neighborhood import Card, ImportCycle, ImportRow, Neighbor, Reached, Site, Symbol
from cq.rows.page import Page, PageEdge, PageNode, PageSite
from cq.rows.resolution import CONFIDENCE_RANK, Confidence
from cq.rows.shared import as_text
from cq.settings import PAGE_NODES
from cq.version import __version__

_MOST_SITES = 40  # of one edge
_MOST_NAMES = 3  # in the title
# What a relation is called between two symbols, and whether it goes from the row's symbol to what it is a neighbor of.
_VERBS = {
    "caller": ("calls", True),
    "callee": ("calls", False),
    "overridden": ("overrides", False),
    "override": ("overrides", True),
    "base": ("extends", False),
    "subclass": ("extends", True),
    "implementation": ("implements", True),
    "member": ("contains", False),
    "importer": ("imports", True),
    "import": ("imports", False),
    "raises": ("raises", False),
    "catcher": ("catches from", True),
    "user": ("uses", True),
    "sibling": ("is beside", False),
}


class _Edge(NamedTuple):
    start: Symbol
    end: Symbol
    relation: str
    confidence: Confidence
    reason: str
    sites: Sequence[Site]


class _Drawn:
    """Nodes and edges as they come."""

    def __init__(self, neighborhood: Neighborhood) -> None:
        self._neighborhood = neighborhood
        self.numbers: dict[str, int] = {}
        self.symbols: list[Symbol] = []
        self._edges: dict[tuple[int, int, str], PageEdge] = {}
        self._sites: dict[tuple[int, int, str], dict[tuple[str, int, int], PageSite]] = {}
        self.left_out: set[str] = set()

    def node(self, symbol: Symbol) -> int | None:
        """The number of a symbol; None when there are too many."""
        number = self.numbers.get(symbol.id)
        if number is None:
            if len(self.symbols) >= PAGE_NODES:
                self.left_out.add(symbol.id)
                return None
            number = self.numbers[symbol.id] = len(self.symbols)
            self.symbols.append(symbol)
        return number

    def edge(self, edge: _Edge) -> None:
        """An edge; what is there already gets its sites."""
        start, end = self.node(edge.start), self.node(edge.end)
        if start is None or end is None:
            return
        key = (start, end, edge.relation)
        known = self._edges.get(key)
        if known is None or CONFIDENCE_RANK[edge.confidence] < CONFIDENCE_RANK[known.confidence]:
            self._edges[key] = PageEdge(
                start=start, end=end, relation=edge.relation, confidence=edge.confidence, reason=edge.reason
            )
        sites = self._sites.setdefault(key, {})
        for site in edge.sites:
            sites[site.path, site.line, site.column] = _site(site)

    def edges(self) -> tuple[PageEdge, ...]:
        """All of them."""
        return tuple(
            PageEdge(
                start=edge.start,
                end=edge.end,
                relation=edge.relation,
                confidence=edge.confidence,
                reason=edge.reason,
                sites=tuple(self._sites[key].values())[:_MOST_SITES],
                more_sites=max(0, len(self._sites[key]) - _MOST_SITES),
            )
            for key, edge in self._edges.items()
        )

    def nodes(self, cards: Iterable[Card]) -> tuple[PageNode, ...]:
        """All of them, with what each says of itself. File by file: few trees are kept."""
        known = {card.symbol.id: card for card in cards}
        made: dict[int, PageNode] = {}
        for number in sorted(range(len(self.symbols)), key=lambda each: (self.symbols[each].path, each)):
            symbol = self.symbols[number]
            made[number] = self._described(known.get(symbol.id) or self._neighborhood.card(target_of(symbol)), symbol)
        return tuple(made[number] for number in range(len(self.symbols)))

    def _described(self, card: Card, symbol: Symbol) -> PageNode:
        facts, is_module = card.facts, symbol.kind == "module"
        start = symbol.line
        end = max(symbol.line, card.end_line)
        marks: tuple[str, ...] = ()
        source = self._neighborhood.sources.of(symbol.path) if facts is not None else None
        if facts is not None and source is not None:
            own = [span[0] for name in ("decorators", "signature", "doc") for span in facts.spans.get(name, ())]
            begin = min([byte for byte in own if byte < symbol.start_byte], default=symbol.start_byte)
            start = symbol.line - source.data.count(b"\n", begin, symbol.start_byte)
            words = (*facts.forms, facts.visibility, *facts.modifiers, *facts.decorators)
            marks = tuple(dict.fromkeys(word for word in words if word))
        last, cut = shown_span(start, end, is_module)
        return PageNode(
            id=as_text(symbol.id),
            name=as_text(self._short_name(symbol)),
            qualified_name=as_text(symbol.qualified_name),
            kind=symbol.kind,
            group=as_text(symbol.path),
            path=as_text(symbol.path),
            line=symbol.line,
            start_line=start,
            end_line=last,
            cut_lines=cut,
            test=symbol.test,
            signature=facts.signature if facts is not None else "",
            doc=facts.doc if facts is not None else "",
            marks=marks,
            note=card.note,
        )

    def _short_name(self, symbol: Symbol) -> str:
        if not symbol.path or symbol.kind == "module":
            return symbol.qualified_name
        entry = self._neighborhood.sources.project.table.by_path(symbol.path)
        separator = self._neighborhood.sources.project.table.languages[entry].separator
        module = self._neighborhood.symbols.module(symbol.path).qualified_name
        return symbol.qualified_name.removeprefix(f"{module}{separator}")


def neighborhood_page(neighborhood: Neighborhood, cards: Sequence[Card], rows: Iterable[Neighbor]) -> Page:
    """The page of `cq neighborhood`."""
    symbols = {card.symbol.id: card.symbol for card in cards}
    rows = sorted(rows, key=lambda row: row.distance)
    for row in rows:
        symbols.setdefault(row.symbol.id, row.symbol)
    edges = []
    for row in rows:
        other = symbols.get(row.of)
        if other is not None:
            verb, forward = _VERBS.get(row.relation, (row.relation, False))
            ends = (row.symbol, other) if forward else (other, row.symbol)
            edges.append(_Edge(*ends, verb, row.confidence, row.reason, row.sites))
    depth = rows[-1].distance if rows else 1
    asked = "what is around it" if depth < 2 else f"what is around it, up to {depth} calls away"
    return _page(neighborhood, asked, cards, edges)


def impact_page(neighborhood: Neighborhood, cards: Sequence[Card], rows: Iterable[Reached]) -> Page:
    """The page of `cq neighborhood --impact`: all that may run the targets, by the nearest call on the way."""
    return _page(neighborhood, "what a change of it may touch: all that may run it", cards, _calls(cards, rows))


def ways_page(neighborhood: Neighborhood, cards: Sequence[Card], ways: Sequence[Sequence[Reached]]) -> Page:
    """The page of `cq neighborhood --path-to`: the ends, and the calls on the ways that lead to the one called last."""
    last = {way[-1].of for way in ways}
    middle = [card for card in cards if card.symbol.id in last] or cards
    steps = [step for way in ways for step in way]
    names = dict.fromkeys(way[0].symbol.name for way in ways)
    asked = f"the shortest ways of calls from {', '.join(names)}" if names else "no way of calls between these is known"
    return _page(neighborhood, asked, middle, _calls(cards, steps))


def _calls(cards: Sequence[Card], steps: Iterable[Reached]) -> list[_Edge]:
    steps = list(steps)
    symbols = {step.symbol.id: step.symbol for step in steps} | {card.symbol.id: card.symbol for card in cards}
    return [
        _Edge(step.symbol, symbols[step.of], "calls", step.site.confidence, step.site.reason, (step.site,))
        for step in steps
        if step.of in symbols
    ]


def _page(neighborhood: Neighborhood, asked: str, cards: Sequence[Card], edges: list[_Edge]) -> Page:
    drawn = _Drawn(neighborhood)
    targets = tuple(number for card in cards if (number := drawn.node(card.symbol)) is not None)
    for edge in edges:
        drawn.edge(edge)
    nodes = drawn.nodes(cards)
    left_out: tuple[str, ...] = ()
    if drawn.left_out:
        count = f"{len(nodes):,} of {len(nodes) + len(drawn.left_out):,}"
        left_out = (f"The picture has {count} symbols, the nearest ones: --depth and --confidence take fewer.",)
    names = list(dict.fromkeys(nodes[number].name for number in targets))
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return _with_source(
        Page(
            title=", ".join(names[:_MOST_NAMES]) + more,
            asked=asked,
            project=_project(neighborhood.sources),
            version=__version__,
            targets=targets,
            nodes=nodes,
            edges=drawn.edges(),
            notes=left_out,
        ),
        neighborhood.sources,
    )


def imports_page(sources: Sources, rows: Sequence[ImportRow], cycles: Iterable[ImportCycle]) -> Page:
    """The page of `cq imports`. Of too many modules those that are imported and import most."""
    degrees: dict[str, int] = {}
    for row in rows:
        for each in (row.path, row.imported):
            degrees[each] = degrees.get(each, 0) + 1
    kept = sorted(degrees, key=lambda each: -degrees[each])[:PAGE_NODES]
    outside = {row.imported for row in rows if row.outside}
    paths = sorted(kept, key=lambda each: (each in outside, each))
    numbers = {path: number for number, path in enumerate(paths)}
    edges = tuple(
        PageEdge(
            start=numbers[row.path],
            end=numbers[row.imported],
            relation="imports for types" if row.typing else "imports later" if row.later else "imports",
            sites=(PageSite(path=as_text(row.path), line=row.line, column=1, end_column=1, role="import"),),
        )
        for row in rows
        if row.path in numbers and row.imported in numbers
    )
    left_out: tuple[str, ...] = ()
    if len(degrees) > len(kept):
        count = f"{len(kept):,} of {len(degrees):,}"
        left_out = (f"The picture has {count} modules, those with most imports: PATHS take fewer.",)
    page = Page(
        title="Imports",
        asked="which module imports which",
        project=_project(sources),
        version=__version__,
        nodes=tuple(_module(sources, path, path in outside) for path in paths),
        edges=edges,
        cycles=tuple(
            tuple(numbers[path] for path in cycle.paths) for cycle in cycles if numbers.keys() >= set(cycle.paths)
        ),
        notes=left_out,
    )
    return _with_source(page, sources)


def _module(sources: Sources, path: str, outside: bool) -> PageNode:
    if outside:
        return PageNode(id=path, name=path, qualified_name=path, kind="module")
    folder, _, name = path.rpartition("/")
    data = sources.project.read(path) or b""
    last, cut = shown_span(1, data.count(b"\n") + (not data.endswith(b"\n")), is_module=True)
    return PageNode(
        id=as_text(path),
        name=as_text(name),
        qualified_name=as_text(path),
        kind="module",
        group=as_text(f"{folder}/") if folder else "",
        path=as_text(path),
        line=1,
        start_line=1,
        end_line=max(1, last),
        cut_lines=cut,
        test=sources.project.table.is_test(path),
    )


def _with_source(page: Page, sources: Sources) -> Page:
    source = PageSource(sources)
    for node in page.nodes:
        source.add_node(node)
    for site in _sites(page.edges):
        source.add_site(site)
    files, out = source.pieces()
    notes = (f"The source of {out:,} files is left out: there is too much of it.",) if out else ()
    return Page(
        title=page.title,
        asked=page.asked,
        project=page.project,
        version=page.version,
        targets=page.targets,
        nodes=page.nodes,
        edges=page.edges,
        cycles=page.cycles,
        files=files,
        notes=(*page.notes, *notes),
    )


def _project(sources: Sources) -> str:
    return as_text(os.path.basename(sources.project.root))


def _sites(edges: Iterable[PageEdge]) -> Iterator[PageSite]:
    for edge in edges:
        yield from edge.sites


def _site(site: Site) -> PageSite:
    return PageSite(
        path=as_text(site.path),
        line=site.line,
        column=site.column,
        end_column=site.end_column,
        role=site.role,
        container=as_text(site.container),
        via=site.via,
        passed_to=site.passed_to,
        confidence=site.confidence,
        reason=site.reason,
    )
