"""The chains of a language as one automaton: how far each has come is a state, and a node leads from one to the next.

What no chain tells is not known here: a pattern with siblings, predicates or wildcards, the body of a macro. A state
below which such a thing may count `asks`: whoever meets it has to ask the lane.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from tree_sitter import Language

from cq.lanes.chains import ChainTable, Link
from cq.lanes.walk import PRECEDENCE
from cq.packs.meaning import Meaning, meaning_of
from cq.packs.pattern import PatternText, parts_of
from cq.packs.shape import Shape, shapes_of
from cq.resources import is_shipped
from cq.settings import MOST_REGIONS

# A role and a kind.
Code = tuple[str, str]
# A node's kind and field in one number.
FIELD_BITS = 12
_UNKNOWN = "unknown"
_NEGATED = re.compile(r'(?<!")!\s*[A-Za-z_]\w*')


class ScopeKnown(NamedTuple):
    """A scope that a node opens; one with a label, when these links lead from it to a name."""

    meaning: Meaning
    down: tuple[Link, ...]


class Known(NamedTuple):
    """What is known at a node by the nodes above it and its own kind and field."""

    progress: frozenset[tuple[int, int]]  # which chains go on below, and how many of their links are matched
    within: int  # the region in which names stand, by number; -1: none
    regions: int  # how many there are around
    code: Code  # of a name that is this node, with nothing below it
    at: tuple[tuple[str, Code], ...]  # the same in a scope of some kind
    scope: int  # the scope that this node opens, by number; -1: none
    opens_within: bool  # whether the node is a region: a string, a comment, an annotation
    may_open: bool  # whether a pattern that is no chain may say that the node is a scope
    asks: bool  # whether nothing is known here


class State:
    """What is known at a node, and the states below it."""

    __slots__ = ("asks", "at", "code", "is_plain", "known", "next")

    def __init__(self, known: Known) -> None:
        self.known = known
        self.asks = known.asks
        self.is_plain = not (known.asks or known.opens_within or known.may_open or known.scope >= 0)
        self.code = known.code
        self.at = dict(known.at)
        self.next: dict[int, State] = {}  # by kind and field of the child


class _Chain(NamedTuple):
    """One chain, from its root inwards."""

    links: tuple[Link, ...]
    order: int
    meaning: Meaning
    is_region: bool
    down: tuple[Link, ...] = ()


class Automaton:
    """Of one language. States are made when they are met: there are some hundreds of them."""

    def __init__(self, language: Language, chains: ChainTable) -> None:
        self._language = language
        self._supertypes = frozenset(language.supertypes)
        self._chains: list[_Chain] = []
        self._first: dict[int, list[int]] = {}  # chains by the kind of their root
        self._withins: list[Meaning] = []
        self.scopes: list[ScopeKnown] = []
        self._states: dict[Known, State] = {}
        self._ask_kinds: set[int] = set()
        self._scope_kinds: set[int] = set()
        self.scope_patterns: list[PatternText] = []  # which say that a node is a scope, and are no chains
        self.knows_all = True  # false: a pattern may hold anywhere, so nothing is known
        for name in chains.names():
            self._add(_Chain(name.links[::-1], name.order, name.meaning, False))
        for regions in chains.regions.values():
            for region in regions:
                self._add(_Chain(region.links[::-1], region.order, region.meaning, True, region.down))
        for _, pattern in chains.rest:
            self._add_rest(pattern)

    def _add(self, chain: _Chain) -> None:
        self._first.setdefault(chain.links[0][0], []).append(len(self._chains))
        self._chains.append(chain)

    def _add_rest(self, pattern: PatternText) -> None:
        """Where such a pattern may say something, nothing is known: of its names, and of all in its regions."""
        parts = parts_of(pattern)
        meaning = meaning_of(parts.settings, parts.captures)
        kinds = {self._language.id_for_node_kind(word, True) for word in pattern.roots}
        # Without its predicates, and without the fields that must not be there, a pattern holds wherever it does with
        # them.
        shapes = shapes_of(pattern._replace(text=_NEGATED.sub("", parts.structure)))
        # A group of siblings may be about names that do not stand below the first of them.
        grouped = shapes is None and not is_shipped(pattern.path)
        if not kinds or None in kinds or kinds & self._supertypes or grouped:
            self.knows_all = False
            return
        roots = {kind for kind in kinds if kind is not None}
        if meaning.emit == "scope" and not meaning.via:
            self._scope_kinds |= roots
            self.scope_patterns.append(pattern)
            return
        if meaning.scope and shapes is not None and all(meaning.owner in each.captures for each in shapes.alternatives):
            # A definition that opens a scope: that is found out at its node, and of its name nothing is known.
            self._scope_kinds |= roots
            self.scope_patterns.append(pattern)
            meaning = meaning._replace(scope="")
        wanted = meaning.owner if meaning.emit in ("within", "embedded") else "name"
        paths: list[tuple[Link, ...] | None] = [None]
        is_plain = meaning.emit in ("within", "reference", "definition") and not meaning.via and not meaning.scope
        if shapes is not None and is_plain:
            paths = [self._links(path) for shape in shapes.alternatives for path in _paths_to(shape, wanted)]
        if paths and None not in paths:
            for path in paths:
                if path:
                    self._add(_Chain(path, 0, meaning._replace(emit=_UNKNOWN), False))
        else:
            self._ask_kinds |= roots

    def _links(self, path: Sequence[Shape]) -> tuple[Link, ...] | None:
        links: list[Link] = []
        for shape in path:
            kind = self._language.id_for_node_kind(shape.kind, shape.named)
            field = self._language.field_id_for_name(shape.field) if shape.field else 0
            if kind is None or field is None or shape.kind == "_" or kind in self._supertypes:
                return None
            links.append((kind, field))
        return tuple(links)

    def codes(self) -> list[Code]:
        """All that names may be, in an order that depends on the patterns alone."""
        found: set[Code] = {("reference", ""), ("keyword", ""), ("doc-example", "")}
        for chain in self._chains:
            meaning = chain.meaning
            found.update(((meaning.role, meaning.kind), ("keyword", meaning.kind), *meaning.at.values()))
        return sorted(found)

    def root(self, kind: int) -> State:
        """The state at the root of a tree."""
        return self._state(frozenset(), -1, 0, kind, 0)

    @cached_property
    def unknown(self) -> State:
        """The state of a node of which nothing is known."""
        nothing: Code = ("reference", "")
        return State(Known(frozenset(), -1, 0, nothing, (), -1, opens_within=False, may_open=False, asks=True))

    def step(self, state: State, child: int) -> State:
        """The state at a child of this kind, in this field (0: none), as one number."""
        known = state.known
        kind, field = child >> FIELD_BITS, child & (1 << FIELD_BITS) - 1
        below = state.next[child] = self._state(known.progress, known.within, known.regions, kind, field)
        return below

    def _state(self, above: frozenset[tuple[int, int]], within: int, regions: int, kind: int, field: int) -> State:
        progress: set[tuple[int, int]] = set()
        complete: list[_Chain] = []
        for number, taken in (*above, *((number, 0) for number in self._first.get(kind, ()))):
            chain = self._chains[number]
            own_kind, own_field = chain.links[taken]
            if own_kind == kind and (not own_field or own_field == field):
                if taken + 1 == len(chain.links):
                    complete.append(chain)
                else:
                    progress.add((number, taken + 1))
        asks = kind in self._ask_kinds
        scopes: list[ScopeKnown] = []
        opens_within = False
        names: list[Meaning] = []
        # Of two patterns with the same precedence the later one wins.
        for chain in sorted(complete, key=lambda each: each.order):
            meaning = chain.meaning
            if meaning.emit == _UNKNOWN:
                asks = True
            elif not chain.is_region:
                if not names or PRECEDENCE[meaning.role] <= PRECEDENCE[names[-1].role]:
                    names.append(meaning)
            else:
                regions += 1
                if meaning.emit == "within":
                    within, opens_within = self._within(meaning), True
                elif meaning.emit == "embedded":
                    asks = True
                elif meaning.scope or meaning.emit == "scope":
                    scopes.append(ScopeKnown(meaning, chain.down))
        may_open = kind in self._scope_kinds
        around = self._withins[within] if within >= 0 else None
        code, at = self._judged(names[-1] if names else None, around, kind)
        known = Known(
            progress=frozenset(progress),
            within=within,
            regions=regions + may_open,
            code=code,
            at=at,
            scope=self._scope(scopes[0]) if scopes else -1,
            opens_within=opens_within,
            may_open=may_open,
            asks=asks or regions + may_open >= MOST_REGIONS or len(scopes) > 1,
        )
        state = self._states.get(known)
        if state is None:
            state = self._states[known] = State(known)
        return state

    def _within(self, meaning: Meaning) -> int:
        if meaning not in self._withins:
            self._withins.append(meaning)
        return self._withins.index(meaning)

    def _scope(self, scope: ScopeKnown) -> int:
        if scope not in self.scopes:
            self.scopes.append(scope)
        return self.scopes.index(scope)

    def _judged(
        self, name: Meaning | None, within: Meaning | None, kind: int
    ) -> tuple[Code, tuple[tuple[str, Code], ...]]:
        """What a name is here, as `lane` judges it."""
        plain = "reference" if self._language.node_kind_is_named(kind) else "keyword"
        if name is not None and not (within is not None and name.role in within.over):
            return (name.role, name.kind), tuple(sorted(name.at.items()))
        if within is not None:
            role = within.role
            if name is None and plain == "keyword" and role not in ("string", "comment", "decorator"):
                role = plain
            return (role, within.kind), ()
        return (plain, ""), ()


def _paths_to(shape: Shape, capture: str) -> Iterator[tuple[Shape, ...]]:
    """The ways from the root of a pattern to the nodes that it captures so."""
    if capture in shape.captures:
        yield (shape,)
    for child in shape.children:
        for alternative in child.alternatives:
            for path in _paths_to(alternative, capture):
                yield (shape, *path)
