"""Definitions as answers: with what is related to them, in order, each once."""

from collections.abc import Iterable, Sequence

import msgspec
from tree_sitter import Node

from cq.rows.resolution import CONFIDENCE_RANK, Confidence, Resolution, Target
from cq.symbols.rust.impls import Hit
from cq.symbols.rust.model import Def, ancestors, external
from cq.symbols.rust.paths import real_module
from cq.symbols.rust.scopes import Scope
from cq.symbols.rust.shapes import takes_self
from cq.symbols.rust.targets import Targets
from cq.symbols.rust.world import World

METHODS = ("method",)  # called with `.`
_MOST_CANDIDATES = 20


class Results:
    """Makes answers."""

    def __init__(self, world: World, targets: Targets) -> None:
        self._world = world
        self._targets = targets

    def of_hits(self, hits: Sequence[Hit], confidence: Confidence, reason: str) -> tuple[Resolution, ...]:
        """Members as answers, the first with what it implements or what implements it."""
        found = list(self.resolved([_of_number(hit) for hit in hits], confidence, reason))
        for hit in hits[:1]:
            related = self.related(hit)
            if not found and _is_nowhere(hit.definition):
                # What a macro wrote stands nowhere: the trait that it is of declares it.
                related = [msgspec.structs.replace(each, confidence=confidence, reason=reason) for each in related]
            if hit.definition.kind == "type" and hit.trait not in (None, hit.definition.parent):
                # The trait declares an associated type; an impl only says what it is.
                declared = [each.target for each in related]
                return merged(
                    (Resolution(target=each, confidence=confidence, reason=reason) for each in declared),
                    (msgspec.structs.replace(each, confidence="possible") for each in found) if declared else found,
                )
            found.extend(related)
        return merged(found)

    def related(self, hit: Hit) -> Iterable[Resolution]:
        """The trait's member behind an implementation; the implementations behind a trait's member."""
        definition, trait = hit.definition, hit.trait
        if trait is None and definition.parent is not None and definition.parent.kind == "impl":
            trait = self._world.impls.trait_of(definition.parent)
        if trait is None and definition.parent is not None and definition.parent.kind == "trait":
            trait = definition.parent
        if trait is None or trait.kind != "trait":
            return ()
        if definition.parent is not trait:
            return self.resolved(trait.members.get(definition.name, ()), "possible", "trait")
        if trait.crate is not None and trait.crate.is_std:
            return ()
        if not hit.is_generic:
            return ()
        members = [
            each
            for impl in self._world.impls.implementations(trait)
            for each in impl.members.get(definition.name, ())
            if each.kind == definition.kind
        ]
        return self.resolved(members[:_MOST_CANDIDATES], "possible", "implementation")

    def by_name(self, name: str, kinds: Sequence[str], scope: Scope) -> tuple[Resolution, ...]:
        """All members of that name, the nearest first."""
        found = [each for each in self._world.by_name.get(name, ()) if each.kind in kinds]
        if kinds == METHODS:
            found = [each for each in found if takes_self(each)]
        return self.named(found, scope)

    def named(self, found: list[Def], scope: Scope) -> tuple[Resolution, ...]:
        """Definitions of one name of which nothing says which is meant, the nearest first."""
        # A trait's method and its implementations are one to ask for.
        here = scope.file.path
        module = real_module(scope.context.scope)
        found.sort(key=lambda each: (each.path != here, each.module() is not module, each.crate is not module.crate))
        reason = "unique-name" if len(found) == 1 else "name-only"
        return self.resolved(found[:_MOST_CANDIDATES], "possible", reason)

    def resolved(self, found: Iterable[Def], confidence: Confidence, reason: str) -> tuple[Resolution, ...]:
        """Definitions as answers; what a `cfg` leaves out, beside what it does not, is only possible."""
        made = []
        kept = [each for each in found if each.kind != "block" and each.name and not _is_nowhere(each)]
        off = [each for each in kept if is_off_here(each)] if len(kept) > 1 else []
        for each in kept:
            # What is compiled elsewhere only, beside what is compiled here.
            less = len(off) < len(kept) and each in off
            made.append(
                Resolution(target=self._targets.of(each), confidence="possible" if less else confidence, reason=reason)
            )
        return merged(sorted(made, key=lambda each: CONFIDENCE_RANK[each.confidence]))

    def local_target(self, qualified: str, name: str, kind: str, scope: Scope, leaf: Node) -> Target:
        """The target of a name in the file that is asked about."""
        line, column, start, end = self._targets.place(scope.file.path, leaf.start_byte, leaf.end_byte)
        return Target(
            name=name,
            qualified_name=qualified,
            kind=kind,
            path=scope.file.path,
            line=line,
            column=column,
            start_byte=start,
            end_byte=end,
        )


def merged(*parts: Iterable[Resolution]) -> tuple[Resolution, ...]:
    """Answers, those for one target once."""
    found: dict[tuple[str, int, str], Resolution] = {}
    for part in parts:
        for each in part:
            target = each.target
            found.setdefault((target.path, target.start_byte, target.qualified_name if not target.path else ""), each)
    return tuple(found.values())


def _is_nowhere(definition: Def) -> bool:
    """Whether a macro made it with a name of its own: it stands in no file."""
    return bool(definition.path) and definition.kind != "module" and not definition.is_external and definition.end == 0


def _of_number(hit: Hit) -> Def:
    """The member itself; one that the stand-in has for all numbers is that of the type asked about."""
    definition, receiver = hit.definition, hit.receiver.definition
    impl = definition.parent
    if not definition.is_external or impl is None or impl.kind != "impl" or impl.item.trait or receiver is None:
        return definition
    return external(definition.name, receiver) if impl.item.type == "T" else definition


def is_off_here(definition: Def) -> bool:
    """Whether it, or what it stands in, is left out by a `cfg` that is false here."""
    return any(each.is_off() for each in ancestors(definition))
