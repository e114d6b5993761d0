"""Which implementation a type has of what: methods, associated items and types, by inherent and trait impls."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from cq.symbols.rust.lowering import Lowering
from cq.symbols.rust.model import Def, ancestors
from cq.symbols.rust.paths import Paths
from cq.symbols.rust.shapes import takes_self
from cq.symbols.rust.ty import UNKNOWN_TY, Bound, Subst, Ty, substituted, substituted_bound, unify
from cq.symbols.rust.types import PathType, bounds_of_text, type_of_text

_MOST_DEPTH = 12
_MOST_STEPS = 8
# Traits of the standard library that its types have without being told so in the stand-in.
_COMMON = frozenset(
    {"Clone", "Copy", "Debug", "Default", "Display", "Eq", "Error", "Hash", "Ord", "PartialEq", "PartialOrd"}
)
_NUMBERS = {
    "integer": ("usize", "u8", "u16", "u32", "u64", "u128", "isize", "i8", "i16", "i32", "i64", "i128"),
    "float": ("f32", "f64"),
}
CALLED = "called method"  # kind of a method with a receiver, as a call by `.` wants it
_DERIVE = re.compile(r"derive\s*\(([^)]*)\)")


class Hit(NamedTuple):
    """A member found for a type."""

    definition: Def
    subst: Subst  # of the impl's or trait's parameters
    receiver: Ty  # what `Self` is
    is_generic: bool = False  # through a bound: which impl it is depends on the caller
    trait: Def | None = None


class Impls:
    """All impls of the loaded crates."""

    def __init__(self, paths: Paths, lowering: Lowering) -> None:
        self._paths = paths
        self._lowering = lowering
        self._new: list[Def] = []
        self._inherent: dict[Def, list[Def]] = {}
        self._of_type: dict[Def, list[tuple[Def, Def]]] = {}  # impl and trait
        self._blanket: list[tuple[Def, Def]] = []
        self._of_trait: dict[Def, list[Def]] = {}
        self._derived: dict[Def, tuple[Def, ...]] = {}
        self._others: dict[str, list[tuple[Def, Def]]] = {}  # for tuples, functions and trait objects
        self._depth = 0

    def add(self, impl: Def) -> None:
        """Note an impl; its names are resolved when somebody asks."""
        self._new.append(impl)

    def _settle(self) -> None:
        while self._new:
            new, self._new = self._new, []
            for impl in new:
                self._place(impl)

    def _place(self, impl: Def) -> None:
        ty = self._lowering.self_type(impl) or UNKNOWN_TY
        trait = self.trait_of(impl)
        if not impl.item.trait:
            if ty.kind == "adt" and ty.definition is not None:
                self._inherent.setdefault(ty.definition, []).append(impl)
            elif ty.kind == "dyn" and ty.bounds:
                self._inherent.setdefault(ty.bounds[0].trait, []).append(impl)
            elif ty.kind == "param":
                for each in self._numbers(ty):
                    self._inherent.setdefault(each, []).append(impl)
            return
        if trait is None or impl.item.trait.startswith("!"):
            return
        self._of_trait.setdefault(trait, []).append(impl)
        if ty.kind == "adt" and ty.definition is not None:
            self._of_type.setdefault(ty.definition, []).append((impl, trait))
        elif ty.kind == "param":
            if not impl.item.type.lstrip().startswith("&"):
                self._blanket.append((impl, trait))
        else:
            self._others.setdefault(ty.kind, []).append((impl, trait))

    def _numbers(self, ty: Ty) -> Iterator[Def]:
        """The primitive types that the stand-in for the standard library has one impl for."""
        for bound in self._lowering.bounds_of_param(ty):
            for name in _NUMBERS.get(bound.trait.name, ()):
                yield from self._paths.path(self._paths.std_root, ("primitive", name), "type")

    def trait_of(self, impl: Def) -> Def | None:
        """The trait that an impl is of."""
        if not impl.item.trait:
            return None
        text = type_of_text(impl.item.trait.lstrip("!"))
        if not isinstance(text, PathType) or not text.segments:
            return None
        names = tuple(each.name for each in text.segments)
        found = self._paths.path(impl.module(), ("", *names) if text.is_global else names, "type")
        return next((each for each in found if each.kind in ("trait", "external")), None)

    def trait_bound(self, impl: Def) -> Bound | None:
        """The trait of an impl with its arguments."""
        found = self._lowering.bounds((type_of_text(impl.item.trait),), self._lowering.context_of(impl))
        return found[0] if found else None

    def implementations(self, trait: Def) -> list[Def]:
        """The impls of a trait."""
        self._settle()
        return self._of_trait.get(trait, [])

    def method(self, ty: Ty, name: str, scope: Def | None = None) -> list[Hit]:
        """What `.name()` on a value of the type is, through its dereferences, in a module or block, or anywhere."""
        unseen: list[Hit] = []
        for step in self.steps(ty):
            found = self.member(step, name, (CALLED,))
            seen = self.seen(found, scope) if scope is not None else found
            if seen:
                return seen
            unseen = unseen or found
        return unseen

    def seen(self, hits: list[Hit], scope: Def) -> list[Hit]:
        """Those that are no members of a trait of the project which the scope does not know."""
        return [
            hit
            for hit in hits
            if hit.trait is None or hit.is_generic or hit.trait.is_external or self._paths.sees(scope, hit.trait)
        ]

    def steps(self, ty: Ty) -> Iterator[Ty]:
        """A type and what it dereferences to."""
        seen: list[Ty] = []
        at: Ty | None = ty
        while at is not None and at.kind != "unknown" and len(seen) < _MOST_STEPS and at not in seen:
            seen.append(at)
            yield at
            if at.kind == "adt" and at.definition is not None and at.definition.name == "array":
                slices = self._paths.path(self._paths.std_root, ("primitive", "slice"), "type")
                at = Ty("adt", slices[0], at.arguments) if slices else None
                continue
            deref = self._lang("ops", "Deref")
            at = self.projected(at, deref, "Target") if deref is not None else None

    def ends_in_unknown(self, ty: Ty) -> bool:
        """Whether a type dereferences to something that is not known: `Arc<_>`."""
        last = ty
        for step in self.steps(ty):
            last = step
        deref = self._lang("ops", "Deref")
        target = self.projected(last, deref, "Target") if deref is not None else None
        return target is not None and target.kind == "unknown"

    def _lang(self, *path: str) -> Def | None:
        found = self._paths.path(self._paths.std_root, path, "type")
        return found[0] if found and found[0].kind == "trait" else None

    def member(self, ty: Ty, name: str, kinds: tuple[str, ...]) -> list[Hit]:
        """The members of that name that the type has itself, inherent ones before those of traits."""
        self._settle()
        if self._depth > _MOST_DEPTH:
            return []
        self._depth += 1
        try:
            if ty.kind in ("param", "impl", "dyn", "assoc"):
                found = self._of_bounds(ty, name, kinds)
            else:
                found = self._of_value(ty, name, kinds)
            return found or self._of_blanket(ty, name, kinds)
        finally:
            self._depth -= 1

    def _of_value(self, ty: Ty, name: str, kinds: tuple[str, ...]) -> list[Hit]:
        definition = ty.definition
        found: list[Hit] = []
        if definition is not None:
            for impl in self._inherent.get(definition, ()):
                found.extend(self._in_impl(impl, None, ty, name, kinds))
            if found:
                # The standard library may be the project: what it says counts more than the stand-in.
                own = [hit for hit in found if not hit.definition.is_external and not _is_off(hit)]
                return _active_first(own or found)
        pairs = self._of_type.get(definition, ()) if definition is not None else self._others.get(ty.kind, ())
        for impl, trait in pairs:
            found.extend(self._in_impl(impl, trait, ty, name, kinds))
        if found:
            return _active_first(found)
        for impl, trait in pairs:
            for each in trait.members.get(name, ()):
                if _is_of(each, kinds):
                    subst: Subst = {}
                    if unify(self._lowering.self_type(impl) or UNKNOWN_TY, ty, subst):
                        found.append(Hit(each, self._trait_subst(impl, subst, ty), ty, False, trait))
        if found or definition is None:
            return found
        for trait in self._derives(definition):
            for each in trait.members.get(name, ()):
                if _is_of(each, kinds):
                    return [Hit(each, {"Self": ty}, ty, False, trait)]
        return []

    def _in_impl(self, impl: Def, trait: Def | None, ty: Ty, name: str, kinds: tuple[str, ...]) -> Iterator[Hit]:
        for each in impl.members.get(name, ()):
            if _is_of(each, kinds):
                subst: Subst = {}
                if unify(self._lowering.self_type(impl) or UNKNOWN_TY, ty, subst):
                    yield Hit(each, subst, ty, False, trait)

    def _trait_subst(self, impl: Def, subst: Subst, ty: Ty) -> Subst:
        """Of a trait's parameters, by how an impl has them."""
        made: Subst = {"Self": ty}
        bound = self.trait_bound(impl)
        if bound is not None:
            self._bind(bound.trait, substituted_bound(bound, subst), made)
        return made

    def _bind(self, trait: Def, bound: Bound, into: Subst) -> None:
        generics = self._lowering.own_type(trait).arguments
        into.update((each.name, given) for each, given in zip(generics, bound.arguments, strict=False))

    def bounds_of(self, ty: Ty) -> list[Bound]:
        """The traits that a type is known to have, those of their supertraits, too."""
        queue: list[Bound] = []
        if ty.kind == "param":
            queue.extend(self._lowering.bounds_of_param(ty))
        elif ty.kind in ("impl", "dyn"):
            queue.extend(ty.bounds)
        elif ty.kind == "assoc":
            queue.extend(self._lowering.bounds_of_assoc(ty))
            declared = self._declared(ty)
            if declared is not None:
                item, subst = declared
                context = self._lowering.context_of(item)
                from_trait = self._lowering.bounds(bounds_of_text(item.item.trait), context)
                queue.extend(substituted_bound(each, {**subst, "Self": ty.arguments[0]}) for each in from_trait)
        found: list[Bound] = []
        at = 0
        while at < len(queue) and len(found) < 40:
            bound = queue[at]
            at += 1
            if any(bound.trait is each.trait and bound.arguments == each.arguments for each in found):
                continue
            found.append(bound)
            if bound.trait.kind == "trait":
                subst = {"Self": ty}
                self._bind(bound.trait, bound, subst)
                queue.extend(substituted_bound(each, subst) for each in self._lowering.supertraits(bound.trait))
        return found

    def _declared(self, ty: Ty) -> tuple[Def, Subst] | None:
        """The associated type of a trait that a projection names."""
        if self._depth > _MOST_DEPTH:
            return None
        self._depth += 1
        try:
            bounds = self.bounds_of(ty.arguments[0]) if ty.arguments[0].kind != "adt" else []
        finally:
            self._depth -= 1
        for bound in bounds:
            if bound.trait.kind == "trait" and (ty.definition is None or bound.trait is ty.definition):
                for each in bound.trait.members.get(ty.name, ()):
                    if each.kind == "type":
                        subst: Subst = {}
                        self._bind(bound.trait, bound, subst)
                        return each, subst
        if ty.definition is not None:
            for each in ty.definition.members.get(ty.name, ()):
                return each, {}
        return None

    def _of_bounds(self, ty: Ty, name: str, kinds: tuple[str, ...]) -> list[Hit]:
        found: list[Hit] = []
        if ty.kind == "dyn" and ty.bounds:
            for impl in self._inherent.get(ty.bounds[0].trait, ()):
                found.extend(self._in_impl(impl, None, ty, name, kinds))
            if found:
                return found
        for bound in self.bounds_of(ty):
            for each in bound.trait.members.get(name, ()):
                if _is_of(each, kinds):
                    subst: Subst = {"Self": ty}
                    self._bind(bound.trait, bound, subst)
                    found.append(Hit(each, subst, ty, True, bound.trait))
        if not found and ty.kind == "dyn":
            for impl, trait in self._others.get("dyn", ()):
                found.extend(self._in_impl(impl, trait, ty, name, kinds))
        return found[:1]

    def _of_blanket(self, ty: Ty, name: str, kinds: tuple[str, ...]) -> list[Hit]:
        for impl, trait in self._blanket:
            members = impl.members.get(name) or trait.members.get(name) or ()
            for each in members:
                if _is_of(each, kinds) and self._has_bounds(impl, ty):
                    subst = {self._lowering.self_type(impl).name: ty}  # type: ignore[union-attr]
                    if each.parent is not impl:
                        subst = self._trait_subst(impl, subst, ty)
                    return [Hit(each, subst, ty, False, trait)]
        return []

    def _has_bounds(self, impl: Def, ty: Ty) -> bool:
        own = self._lowering.self_type(impl)
        if own is None:
            return False
        return all(self.implements(ty, bound.trait) is not False for bound in self._lowering.bounds_of_param(own))

    def implements(self, ty: Ty, trait: Def) -> bool | None:
        """Whether a type has a trait; None when that cannot be known."""
        if trait.kind == "external" or ty.kind == "unknown" or self._depth > _MOST_DEPTH:
            return None
        if not trait.members and trait.crate is not None and trait.crate.is_std:
            return None  # Send, Sized ...
        self._settle()
        self._depth += 1
        try:
            if ty.kind in ("param", "impl", "dyn", "assoc"):
                if any(bound.trait is trait for bound in self.bounds_of(ty)):
                    return True
            elif ty.kind == "adt" and ty.definition is not None:
                for impl, each in self._of_type.get(ty.definition, ()):
                    if each is trait and self._fits(impl, ty):
                        return True
                if trait in self._derives(ty.definition):
                    return True
                if trait.is_external and (ty.definition.kind == "external" or trait.name in _COMMON):
                    return None
            elif ty.kind == "closure" or ty.kind == "fn":
                return trait.name in ("Fn", "FnMut", "FnOnce", "Clone", "Copy") or None
            return any(each is trait and self._has_bounds(impl, ty) for impl, each in self._blanket)
        finally:
            self._depth -= 1

    def _fits(self, impl: Def, ty: Ty) -> bool:
        """Whether an impl is for this type, by the bounds of its parameters, too."""
        subst: Subst = {}
        if not unify(self._lowering.self_type(impl) or UNKNOWN_TY, ty, subst):
            return False
        for name, given in subst.items():
            if given.kind in ("unknown", "param"):
                continue
            for bound in self._lowering.bounds_of_param(Ty("param", impl, name=name)):
                if self.implements(given, bound.trait) is False:
                    return False
        return True

    def _derives(self, definition: Def) -> tuple[Def, ...]:
        known = self._derived.get(definition)
        if known is None:
            found: list[Def] = []
            for names in _DERIVE.findall(definition.item.attributes):
                for name in re.findall(r"[\w:]+", names):
                    parts = tuple(part for part in name.split("::") if part)
                    found.extend(
                        each
                        for each in self._paths.path(definition.module(), parts, "type")
                        if each.kind == "trait" and each not in found
                    )
            known = self._derived[definition] = tuple(found)
        return known

    def projected(self, base: Ty, trait: Def | None, name: str) -> Ty | None:
        """The associated type of a type, or None."""
        self._settle()
        if self._depth > _MOST_DEPTH or base.kind == "unknown":
            return None
        self._depth += 1
        try:
            return self._projected(base, trait, name)
        finally:
            self._depth -= 1

    def _projected(self, base: Ty, trait: Def | None, name: str) -> Ty | None:
        if base.kind in ("param", "impl", "dyn", "assoc"):
            for bound in self.bounds_of(base):
                if trait is None or bound.trait is trait:
                    for binding, ty in bound.bindings:
                        if binding == name:
                            return ty
            for bound in self.bounds_of(base):
                if (trait is None or bound.trait is trait) and name in bound.trait.members:
                    return Ty("assoc", bound.trait, (base,), name)
        else:
            definition = base.definition
            pairs = self._of_type.get(definition, ()) if definition is not None else self._others.get(base.kind, ())
            for impl, each in pairs:
                found = self._assoc_in(impl, each, base, trait, name)
                if found is not None:
                    return found
        for impl, each in self._blanket:
            if (trait is None or each is trait) and name in impl.members and self._has_bounds(impl, base):
                found = self._assoc_in(impl, each, base, trait, name)
                if found is not None:
                    return found
        return None

    def _assoc_in(self, impl: Def, of: Def, base: Ty, trait: Def | None, name: str) -> Ty | None:
        if trait is not None and of is not trait:
            return None
        for each in impl.members.get(name, ()):
            subst: Subst = {}
            if each.kind == "type" and unify(self._lowering.self_type(impl) or UNKNOWN_TY, base, subst):
                ty = self._lowering.lower_text(each.item.type, self._lowering.context_of(each))
                return self.normal(substituted(ty, subst))
        return None

    def normal(self, ty: Ty, depth: int = 0) -> Ty:
        """The type with what can be said of its associated types."""
        if depth > _MOST_DEPTH:
            return ty
        if ty.arguments:
            arguments = tuple(self.normal(each, depth + 1) for each in ty.arguments)
            if arguments != ty.arguments:
                ty = ty._replace(arguments=arguments)
        if ty.bounds:
            bounds = tuple(
                each._replace(bindings=tuple((n, self.normal(t, depth + 1)) for n, t in each.bindings))
                for each in ty.bounds
            )
            if bounds != ty.bounds:
                ty = ty._replace(bounds=bounds)
        if ty.kind == "assoc":
            found = self.projected(ty.arguments[0], ty.definition, ty.name)
            if found is not None:
                return found
            if ty.arguments[0].kind in ("unknown", "adt"):
                return UNKNOWN_TY
        return ty


def _is_of(member: Def, kinds: tuple[str, ...]) -> bool:
    return member.kind in kinds or (CALLED in kinds and member.kind == "method" and takes_self(member))


def _active_first(hits: list[Hit]) -> list[Hit]:
    return sorted(hits, key=_is_off) if hits[1:] else hits


def _is_off(hit: Hit) -> bool:
    return any(each.is_off() for each in ancestors(hit.definition))
