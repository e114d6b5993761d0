"""The walk down a tree to each hit: what its trail and the regions on the way say of it."""

from collections.abc import Sequence
from typing import NamedTuple

from tree_sitter import Node, TreeCursor

from cq.grammar.flat import is_flat
from cq.lanes.chains import ChainTable, Link, NameChain, fits, follow
from cq.lanes.keywords import Keywords
from cq.lanes.regions import Around, Region, Span, around_of, region_of
from cq.packs.meaning import Meaning
from cq.settings import DEEP_LEVELS, MOST_REGIONS, NEAR_LEVELS

# Which role wins when patterns of different roles meet at one name: the more specific.
PRECEDENCE = {
    role: rank
    for rank, role in enumerate(
        (
            *("definition", "parameter", "import", "decorator", "macro", "call"),
            *("type", "assignment", "attribute", "reference"),
        )
    )
}


class Found(NamedTuple):
    """A pattern that gives a name its role. Of two the smaller wins, by the first two fields."""

    precedence: int
    order: int  # negated, so that of two the smaller tuple wins
    meaning: Meaning
    owner: Node


class Place(NamedTuple):
    """Where a hit stands."""

    found: Found | None  # what the chains say
    plain: str  # its role when no pattern says it
    around: Around
    near: Node | None  # of a hit at a great depth: a node some levels above it, where a query may begin


class Walker:
    """Walks trees of one language. Remembers what it has seen: files repeat themselves."""

    def __init__(self, chains: ChainTable, keywords: Keywords) -> None:
        self._chains = chains
        self._keywords = keywords
        self._known: dict[tuple[Link, ...], NameChain | None] = {}
        self.kinds: set[int] = set()  # of all nodes on the way to any hit so far

    def places(self, root: Node, hits: Sequence[Span]) -> list[Place]:
        """Where each hit (sorted byte spans) stands. Goes up no further than the next hit needs."""
        longest = self._chains.longest
        region_kinds = self._chains.regions
        cursor = root.walk()
        links: list[Link] = [(root.kind_id, 0)]
        nodes = [root]
        regions: list[Region] = []
        # How many regions there are with each node on the way: going up drops those of the nodes left.
        counts = [0]
        kinds = {root.kind_id}
        places = []
        around = around_of([], (0, 0))
        named = False  # whether the last hit was the name of a region, in which it does not stand
        for hit in hits:
            start = hit[0]
            aside = False  # whether the way goes on beside the last node, and not from its parent
            while len(nodes) > 1 and nodes[-1].end_byte <= start:
                aside = is_flat(nodes[-2]) and nodes[-2].end_byte > start
                if not aside:
                    cursor.goto_parent()
                _drop_last(links, nodes, counts)
            del regions[counts[-1] :]
            while _go_on(cursor, start) if aside else cursor.goto_first_child_for_byte(start) is not None:
                aside = False
                node = cursor.node
                assert node is not None
                kind = node.kind_id
                links.append((kind, cursor.field_id or 0))
                nodes.append(node)
                kinds.add(kind)
                if kind in region_kinds:
                    regions.extend(self._regions_at(node, links, len(regions) >= MOST_REGIONS))
                counts.append(len(regions))
            while len(nodes) > 1 and nodes[-1].start_byte > start:
                cursor.goto_parent()  # the byte lies between two children
                _drop_last(links, nodes, counts)
                del regions[counts[-1] :]
            # Hits that stand together share what is around them, but for the name of one of those regions.
            naming = any(r.anchor is not None and r.anchor[0] <= start < r.anchor[1] for r in regions)
            if naming or named or around.regions != tuple(regions):
                around = around_of(regions, hit)
            named = naming
            found = self._by_chain(tuple(links[: -longest - 1 : -1]), nodes)
            near = nodes[-NEAR_LEVELS] if len(nodes) > DEEP_LEVELS else None
            places.append(Place(found, "" if found else _plain_role(nodes), around, near))
        self.kinds |= kinds
        return places

    def _regions_at(self, node: Node, links: list[Link], crowded: bool) -> list[Region]:
        found = []
        trail = tuple(links[: -self._chains.longest - 1 : -1])
        for chain in self._chains.regions[links[-1][0]]:
            if not fits(chain.links, trail) or (crowded and chain.meaning.emit != "within"):
                continue
            captures: dict[str, list[Node]] = {}
            meaning = chain.meaning
            if chain.down:
                name = follow(node, chain.down)
                if name is None:
                    continue
                captures["name"] = [name]
                if meaning.scope and self._keywords.hold_name(name, meaning.kind):
                    meaning = meaning._replace(scope="", emit="scope")
            found.append(region_of(meaning, node, captures, chain.order))
        return found

    def _by_chain(self, trail: tuple[Link, ...], nodes: list[Node]) -> Found | None:
        if trail in self._known:
            best = self._known[trail]
        else:
            best = min(
                self._chains.fitting(trail),
                key=lambda chain: (PRECEDENCE[chain.meaning.role], -chain.order),
                default=None,
            )
            self._known[trail] = best
        if best is None:
            return None
        return Found(PRECEDENCE[best.meaning.role], -best.order, best.meaning, nodes[-1 - best.owner])


def _go_on(cursor: TreeCursor, start: int) -> bool:
    """Go to the first later child of the same node that ends behind a byte; to that node when there is none.

    From the first child on it would take the square of their number: nothing in an error is balanced.
    """
    while cursor.goto_next_sibling():
        assert cursor.node is not None
        if cursor.node.end_byte > start:
            return True
    cursor.goto_parent()
    return False


def _drop_last(links: list[Link], nodes: list[Node], counts: list[int]) -> None:
    links.pop()
    nodes.pop()
    counts.pop()


def _plain_role(nodes: list[Node]) -> str:
    """The role of a name that no pattern speaks of, by its token and the node above."""
    leaf = nodes[-1]
    if leaf.is_error or (len(nodes) > 1 and nodes[-2].is_error):
        return "unparsed"
    return "reference" if leaf.is_named else "keyword"
