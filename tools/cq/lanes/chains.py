"""The chain patterns of one language, ready to be asked while walking down a tree."""

from collections.abc import Iterator
from typing import NamedTuple

from tree_sitter import Language, Node

from cq.packs.chain import Chain, chains_of
from cq.packs.meaning import Meaning, meaning_of
from cq.packs.pattern import PatternText

# Kind and field ids of a node in the tree; field 0 is none.
Link = tuple[int, int]
_ANY = -1


class NameChain(NamedTuple):
    """A chain that gives a name its role."""

    links: tuple[Link, ...]  # innermost first; field 0 asks for none
    order: int
    meaning: Meaning
    owner: int  # how many links above the name the whole node is


class RegionChain(NamedTuple):
    """A chain whose root, or whose one node, is a region or a scope."""

    links: tuple[Link, ...]  # of the nodes above the region's own, innermost first, then its own in front
    order: int
    meaning: Meaning
    down: tuple[Link, ...]  # from the region's node to its name, by fields


class ChainTable:
    """All chains of a language by the kind of node where they begin to matter."""

    def __init__(self, language: Language, patterns: list[tuple[int, PatternText]]) -> None:
        self._names: dict[tuple[int, int], list[NameChain]] = {}  # by kinds of the name's node and its parent
        self.regions: dict[int, list[RegionChain]] = {}  # by kind of the region's node
        self.rest: list[tuple[int, PatternText]] = []  # what is no chain, for the query engine
        self.longest = 1
        # Not node_kind_is_supertype: py-tree-sitter 0.26.1 answers True for every kind.
        self._supertypes = frozenset(language.supertypes)
        for order, pattern in patterns:
            chains = chains_of(pattern)
            if chains is None or not all(self._add(language, order, chain) for chain in chains):
                self.rest.append((order, pattern))

    def _add(self, language: Language, order: int, chain: Chain) -> bool:
        links: list[Link] = []
        for step in chain.steps:
            kind = language.id_for_node_kind(step.kind, True)
            field = language.field_id_for_name(step.field) if step.field else 0
            # A supertype stands for many kinds, and an unknown word is the query compiler's to name.
            if kind is None or field is None or kind in self._supertypes:
                return False
            links.append((kind, field))
        meaning = meaning_of(chain.settings, chain.captures)
        owner = chain.captures.get(meaning.owner)
        last = len(links) - 1
        if owner is None:
            return False
        inward = tuple(reversed(links))
        if meaning.emit in ("within", "embedded") or (meaning.emit == "scope" and not meaning.scope):
            if owner != last:
                return False
            self.regions.setdefault(inward[0][0], []).append(RegionChain(inward, order, meaning, ()))
            self.longest = max(self.longest, len(links))
            return True
        if chain.captures.get("name") != last or meaning.emit not in ("definition", "reference"):
            return False
        if meaning.scope or meaning.via:
            if owner != 0 or not all(field for _, field in links[1:]):
                return False
            region = RegionChain((links[0],), order, meaning, tuple(links[1:]))
            self.regions.setdefault(links[0][0], []).append(region)
        above = inward[1][0] if last else _ANY
        self._names.setdefault((inward[0][0], above), []).append(NameChain(inward, order, meaning, last - owner))
        self.longest = max(self.longest, len(links))
        return True

    def names(self) -> Iterator[NameChain]:
        """The chains that give a name its role."""
        for chains in self._names.values():
            yield from chains

    def fitting(self, trail: tuple[Link, ...]) -> list[NameChain]:
        """The chains that give a role to the name at the end of a trail (innermost first)."""
        kind = trail[0][0]
        candidates = self._names.get((kind, _ANY), [])
        if len(trail) > 1:
            candidates = candidates + self._names.get((kind, trail[1][0]), [])
        return [chain for chain in candidates if fits(chain.links, trail)]


def fits(links: tuple[Link, ...], trail: tuple[Link, ...]) -> bool:
    """Whether a chain's links are those at the end of a trail (both innermost first)."""
    if len(links) > len(trail):
        return False
    for (kind, field), (own_kind, own_field) in zip(links, trail, strict=False):
        if kind != own_kind or (field and field != own_field):
            return False
    return True


def follow(node: Node, down: tuple[Link, ...]) -> Node | None:
    """The node that these links lead down to, by kind and field, or None."""
    found: Node | None = node
    for kind, field in down:
        found = found.child_by_field_id(field) if found is not None else None
        if found is None or found.kind_id != kind:
            return None
    return found
