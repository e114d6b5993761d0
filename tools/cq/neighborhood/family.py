"""Inheritance: bases and subclasses of a type, its members, and what overrides what."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from cq.lanes.regions import Region
from cq.neighborhood.callers import Use, Uses
from cq.neighborhood.roles import MADE
from cq.neighborhood.sought import Sought
from cq.neighborhood.sources import Source, Sources, innermost
from cq.neighborhood.symbols import Symbols
from cq.rows.resolution import Target
from cq.symbols.resolvers import Resolvers

_TYPES = frozenset({"class", "struct", "enum", "union", "trait", "interface"})
_BLOCKS = _TYPES | {"impl"}
_WORD = re.compile(rb"[A-Za-z_\x80-\xff][\w\x80-\xff]*")
_MOST_TYPES = 2_000  # that one type may stand in relation to


class Member(NamedTuple):
    """A definition in a type."""

    owner: Target
    target: Target


class Family:
    """Answers about types. Remembers them: one method after the other asks for the same."""

    def __init__(
        self, resolvers: Resolvers, sources: Sources, symbols: Symbols, uses: Uses, room_bytes: int = 0
    ) -> None:
        """`room_bytes` is how much source is looked through for the types below one; 0: all."""
        self._room_bytes = room_bytes
        self._resolvers = resolvers
        self._sources = sources
        self._symbols = symbols
        self._uses = uses
        self._used: dict[tuple[str, int], tuple[tuple[Use, ...], tuple[str, ...]]] = {}  # and files that were left
        self._members: dict[tuple[str, int], tuple[Target, ...]] = {}
        self._bases: dict[tuple[str, int], list[Target]] = {}
        self._constructors: dict[Target, Target | None] = {}

    def constructor(self, target: Target) -> Target | None:
        """What making a value of a type calls, its own or an inherited member of the project."""
        if target not in self._constructors:
            self._constructors[target] = self._constructor(target)
        return self._constructors[target]

    def _constructor(self, target: Target) -> Target | None:
        entry = (
            self._sources.project.table.languages[self._sources.project.table.by_path(target.path)]
            if target.path
            else None
        )
        resolver = self._resolvers.of(self._sources.project.table.by_path(target.path)) if target.path else None
        if entry is None or resolver is None:
            return None
        for name in entry.constructors:
            for found in resolver.named(f"{target.qualified_name}{entry.separator}{name}"):
                if found.path:
                    return found
        return None

    def owner(self, target: Target) -> Target | None:
        """The type that a member belongs to."""
        source = self._sources.of(target.path)
        if source is None or not target.path:
            return None
        verdict = source.verdicts([(target.start_byte, target.end_byte)])[0]
        region = innermost(verdict, target.start_byte, _BLOCKS | {"function"})
        return self._type_of(source, region) if region is not None and region.meaning.kind in _BLOCKS else None

    def trait(self, target: Target) -> Target | None:
        """The trait that a member of an implementation is of."""
        source = self._sources.of(target.path)
        if source is None:
            return None
        verdict = source.verdicts([(target.start_byte, target.end_byte)])[0]
        region = innermost(verdict, target.start_byte, frozenset({"impl"}))
        return next(iter(self._heads(source, region, "implemented-trait")), None) if region is not None else None

    def members(self, owner: Target) -> tuple[Target, ...]:
        """The definitions directly in a type, and in blocks that implement it."""
        key = (owner.path, owner.start_byte)
        if key not in self._members:
            spans: list[tuple[Source, tuple[int, int]]] = []
            source = self._sources.of(owner.path)
            if source is not None:
                spans.extend(
                    (source, each.span) for each in source.definitions() if each.name_span[0] == owner.start_byte
                )
            for use in self._blocks_of(source, owner):
                block = innermost(use.verdict, -1, frozenset({"impl"}))
                own = self._sources.of(use.site.path)
                if use.site.role == "implementing-type" and block is not None and own is not None:
                    spans.append((own, (block.start, -block.minus_end)))
            found: dict[tuple[str, int], Target] = {}
            for source, span in spans:
                found.update(self._members_in(source, span))
            self._members[key] = tuple(found.values())
        return self._members[key]

    def subtypes(self, owner: Target, transitive: bool = True) -> Iterator[tuple[Target, Use]]:
        """The types that name this one as a base, or implement it, and where they say so."""
        seen = {(owner.path, owner.start_byte)}
        waiting = [owner]
        room = self._room_bytes
        while waiting and len(seen) < _MOST_TYPES:
            at = waiting.pop(0)
            if self._room_bytes:
                if room <= 0:
                    self._sources.leave(at.path)
                    continue
                room -= self._uses.cost(at)
            for use in self._of_type(at):
                if use.site.role not in ("base", "implemented-trait"):
                    continue
                source = self._sources.of(use.site.path)
                region = innermost(use.verdict, use.site.start_byte, _BLOCKS)
                found = self._type_of(source, region) if source is not None and region is not None else None
                if found is None or (found.path, found.start_byte) in seen:
                    continue
                seen.add((found.path, found.start_byte))
                yield found, use
                if transitive and use.site.role == "base":
                    waiting.append(found)

    def bases(self, owner: Target, transitive: bool = True) -> Iterator[Target]:
        """The types that this one names as bases, and those of these; external ones, too. Traits that it implements."""
        seen = {(owner.path, owner.start_byte, owner.qualified_name)}
        waiting = [owner]
        while waiting and len(seen) < _MOST_TYPES:
            at = waiting.pop(0)
            for found in self._named_bases(at):
                key = (found.path, found.start_byte, found.qualified_name)
                if key not in seen:
                    seen.add(key)
                    yield found
                    if transitive and found.path:
                        waiting.append(found)

    def overridden(self, target: Target) -> Iterator[Target]:
        """The members of bases that a member takes the place of, nearest first."""
        owner = self.owner(target)
        if owner is None:
            return
        trait = self.trait(target)
        for base in (trait,) if trait is not None else self.bases(owner):
            if base.path:
                yield from (each for each in self.members(base) if each.name == target.name and each != target)

    def overrides(self, target: Target) -> Iterator[Target]:
        """The members of subtypes that take the place of a member."""
        owner = self.owner(target)
        if owner is None or owner.kind not in _TYPES:
            return
        for use in self._of_type(owner):
            # A trait may be implemented for what is no type of its own, such as `&mut S`: the block is what counts.
            block = innermost(use.verdict, -1, frozenset({"impl"}))
            source = self._sources.of(use.site.path)
            if use.site.role == "implemented-trait" and block is not None and source is not None:
                members = self._members_in(source, (block.start, -block.minus_end)).values()
                yield from (each for each in members if each.name == target.name)
        for subtype, use in self.subtypes(owner):
            if use.site.role == "base" or innermost(use.verdict, -1, frozenset({"impl"})) is None:
                yield from (each for each in self.members(subtype) if each.name == target.name)

    def sought(self, target: Target) -> list[Sought]:
        """What the uses of a symbol are uses of: itself; of a constructor its type, and the types that inherit it."""
        found = [Sought(target)]
        entry = self._sources.project.table.languages[self._sources.project.table.by_path(target.path)]
        if target.name in entry.constructors:
            owner = self.owner(target)
            if owner is not None:
                found.append(Sought(owner, "instantiation"))
                for subtype, _ in self.subtypes(owner):
                    own = self.constructor(subtype)
                    if own is not None and (own.path, own.start_byte) == (target.path, target.start_byte):
                        found.append(Sought(subtype, "instantiation"))
            return found
        found.extend(Sought(each) for each in self._overloaded(target))
        found.extend(Sought(each, "dispatch", "possible") for each in self.overridden(target))
        return found

    def _overloaded(self, target: Target) -> list[Target]:
        """The other definitions of a function that is declared several times: calls are of the one that counts."""
        source = self._sources.of(target.path)
        definitions = source.definitions() if source is not None else ()
        own = source.definition_at(target.start_byte) if source is not None else None
        if source is None or own is None:
            return []
        beside = [each for each in definitions if each.name == own.name and each.verdict.names == own.verdict.names]
        if len(beside) < 2:
            return []
        facts = source.lane_facts.facts(source.data, own.node, own.verdict.regions, own.name_span)
        if "overload" not in facts.forms:
            return []
        # All of a thousand are one function: the last is what calls are resolved to.
        last = self._resolvers.definitions_at(source.path, beside[-1].name_span[0])[:1]
        return [each.target for each in last if each.target != target]

    def _of_type(self, owner: Target) -> tuple[Use, ...]:
        key = (owner.path, owner.start_byte)
        if key not in self._used:
            before = self._sources.take_left()
            uses = self._uses.of([Sought(owner)]) if owner.path else ()
            found = tuple(use for use in uses if use.site.role in ("base", "implemented-trait", "implementing-type"))
            self._used[key] = found, self._sources.take_left()
            for path in before:
                self._sources.leave(path)
        found, left = self._used[key]
        for path in left:
            self._sources.leave(path)
        return found

    def _blocks_of(self, source: Source | None, owner: Target) -> tuple[Use, ...]:
        """The uses of a type among which are the blocks that implement it; none where its definition is all of it."""
        return () if source is not None and source.entry.closed_types else self._of_type(owner)

    def _named_bases(self, owner: Target) -> list[Target]:
        key = (owner.path, owner.start_byte)
        if key not in self._bases:
            self._bases[key] = self._searched_bases(owner)
        return self._bases[key]

    def _searched_bases(self, owner: Target) -> list[Target]:
        source = self._sources.of(owner.path)
        if source is None:
            return []
        found = []
        verdict = source.verdicts([(owner.start_byte, owner.end_byte)])[0]
        region = next((each for each in verdict.regions if each.anchor and each.anchor[0] == owner.start_byte), None)
        if region is not None:
            found.extend(self._heads(source, region, "base"))
        for use in self._blocks_of(source, owner):
            block = innermost(use.verdict, -1, frozenset({"impl"}))
            own = self._sources.of(use.site.path)
            if use.site.role == "implementing-type" and block is not None and own is not None:
                found.extend(self._heads(own, block, "implemented-trait"))
        return found

    def _heads(self, source: Source, region: Region, kind: str) -> list[Target]:
        """What the head of a type or block names in this capacity."""
        found: list[Target] = []
        inner = [each.span[0] for each in source.definitions() if region.start < each.span[0] < -region.minus_end]
        assert region.anchor is not None
        end = min((start for start in inner if start > region.anchor[1]), default=-region.minus_end)
        hits = [found.span() for found in _WORD.finditer(source.data, region.start, end)]
        for hit, verdict in zip(hits, source.verdicts(hits), strict=True):
            if verdict.role == "type" and verdict.kind == kind and innermost(verdict, hit[0], _BLOCKS) == region:
                found.extend(each.target for each in self._resolvers.definitions_at(source.path, hit[0])[:1])
        return found

    def _type_of(self, source: Source, region: Region) -> Target | None:
        """The type that a class, or a block of implementations, is of."""
        assert region.anchor is not None
        if region.meaning.kind != "impl":
            answers = self._resolvers.definitions_at(source.path, region.anchor[0])
            return answers[0].target if answers else None
        for found in _WORD.finditer(source.data, *region.anchor):
            for answer in self._resolvers.definitions_at(source.path, found.start()):
                if answer.target.kind in _TYPES:
                    return answer.target
        return None

    def _members_in(self, source: Source, span: tuple[int, int]) -> dict[tuple[str, int], Target]:
        found = {}
        outer = -1
        for each in source.definitions():
            if each.span[0] < outer or not (span[0] < each.span[0] and each.span[1] <= span[1]):
                continue
            outer = each.span[1]
            for answer in self._resolvers.definitions_at(source.path, each.name_span[0])[:1]:
                found[(source.path, each.name_span[0])] = answer.target
        return found


def is_type(target: Target) -> bool:
    """Whether the target has members, bases and the like."""
    return target.kind in _TYPES or target.kind in MADE
