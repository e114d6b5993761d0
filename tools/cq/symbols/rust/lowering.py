"""Types as written to types of values: names are resolved, aliases followed, `Self` and parameters put in."""

from collections.abc import Iterator
from typing import NamedTuple

from cq.symbols.rust.model import Def
from cq.symbols.rust.paths import Paths
from cq.symbols.rust.ty import UNIT_TY, UNKNOWN_TY, Bound, Ty, substituted
from cq.symbols.rust.types import (
    GenericText,
    ListType,
    PathType,
    TypeText,
    bounds_of_text,
    generics_of_text,
    type_of_text,
    where_of_text,
)

_MOST_DEPTH = 24


class Context(NamedTuple):
    """Where a type is written."""

    scope: Def  # the module or block that its names are looked up in
    owner: Def | None = None  # the innermost item with generics around it: function, impl, struct ...
    self_ty: Ty | None = None


class Lowering:
    """Makes types of their texts."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._self_types: dict[Def, Ty | None] = {}
        self._bounds: dict[tuple[Def, str], tuple[Bound, ...]] = {}
        self._depth = 0

    def context_of(self, definition: Def) -> Context:
        """The context of what is written in an item: its signature, or the type of a member."""
        owner = _owner(definition)
        return Context(definition.module(), owner, self.self_type(owner) if owner is not None else None)

    def self_type(self, definition: Def) -> Ty | None:
        """What `Self` is in an item, or None outside of types."""
        at: Def | None = definition
        while at is not None and at.table is None:
            if at.kind in ("impl", "trait", "struct", "enum", "union"):
                if at not in self._self_types:
                    self._self_types[at] = None  # a type that names Self in its own head
                    self._self_types[at] = self._self_type(at)
                return self._self_types[at]
            at = at.parent
        return None

    def _self_type(self, owner: Def) -> Ty:
        if owner.kind == "trait":
            return Ty("param", owner, name="Self")
        if owner.kind == "impl":
            return self.lower(type_of_text(owner.item.type), Context(owner.module(), owner))
        return self.own_type(owner)

    def own_type(self, definition: Def) -> Ty:
        """A struct, enum or union with its own parameters as arguments."""
        generics = generics_of_text(definition.item.generics)
        return Ty("adt", definition, tuple(Ty("param", definition, name=each.name) for each in generics))

    def lower_text(self, text: str, context: Context) -> Ty:
        """The type that a text is in a context."""
        return self.lower(type_of_text(text), context) if text else UNKNOWN_TY

    def lower(self, text: TypeText, context: Context) -> Ty:
        """The type that a parsed text is in a context."""
        if self._depth > _MOST_DEPTH:
            return UNKNOWN_TY
        self._depth += 1
        try:
            return self._path(text, context) if isinstance(text, PathType) else self._list(text, context)
        finally:
            self._depth -= 1

    def _list(self, text: ListType, context: Context) -> Ty:
        if text.kind in ("dyn", "impl"):
            return Ty(text.kind, bounds=self.bounds(text.arguments, context))
        arguments = tuple(self.lower(each, context) for each in text.arguments)
        if text.kind in ("tuple", "fn"):
            return Ty(text.kind, arguments=arguments)
        if text.kind in ("slice", "array", "pointer"):
            found = self._paths.path(self._paths.std_root, ("primitive", text.kind), "type")
            return Ty("adt", found[0], arguments) if found else UNKNOWN_TY
        return UNKNOWN_TY

    def _path(self, text: PathType, context: Context) -> Ty:
        segments = text.segments
        if text.of is not None:
            base = self.lower(text.of, context)
            trait = None
            if text.trait is not None:
                found = self._paths.path(context.scope, _names(text.trait), "type")
                trait = next((each for each in found if each.kind == "trait"), None)
            for each in segments:
                base = Ty("assoc", trait, (base,), each.name)
            return base
        if not segments:
            return UNKNOWN_TY
        first = segments[0].name
        base_ty: Ty | None = None
        if not text.is_global:
            if first == "Self":
                base_ty = context.self_ty or UNKNOWN_TY
            elif context.owner is not None and (generic := generic_named(context.owner, first)) is not None:
                base_ty = UNKNOWN_TY if generic.is_const else Ty("param", context.owner, name=first)
        if base_ty is not None:
            for each in segments[1:]:
                base_ty = Ty("assoc", None, (base_ty,), each.name)
            return base_ty
        return self._named(text, context)

    def _named(self, text: PathType, context: Context) -> Ty:
        names = _names(text)
        found = self._paths.path(context.scope, names, "type")
        definition = next((each for each in found if each.kind != "module"), None)
        if definition is None:
            if len(names) > 1:
                for each in self._paths.path(context.scope, names[:-1], "type"):
                    if each.kind in ("struct", "enum", "union", "type", "trait"):
                        base = self._of(each, PathType(text.segments[:-1]), context)
                        return Ty("assoc", None, (base,), names[-1])
            return UNKNOWN_TY
        return self._of(definition, text, context)

    def _of(self, definition: Def, text: PathType, context: Context) -> Ty:
        last = text.segments[-1]
        arguments = tuple(self.lower(each, context) for each in last.arguments)
        kind = definition.kind
        if kind == "variant" and definition.parent is not None:
            before = text.segments[-2:-1]
            if before and not arguments:
                arguments = tuple(self.lower(each, context) for each in before[0].arguments)
            return self._filled(definition.parent, arguments)
        if kind in ("struct", "enum", "union"):
            return self._filled(definition, arguments)
        if kind == "external":
            return Ty("adt", definition, arguments)
        if kind == "trait":
            return Ty("dyn", bounds=(self._bound(definition, last.arguments, last.bindings, context),))
        if kind == "type":
            return self.alias(definition, arguments)
        return UNKNOWN_TY

    def alias(self, definition: Def, arguments: tuple[Ty, ...]) -> Ty:
        """What an alias stands for; of an associated type of a trait, that type of `Self`."""
        context = self.context_of(definition)
        if not definition.item.type:
            parent = definition.parent
            if parent is not None and parent.kind == "trait":
                return Ty("assoc", parent, (Ty("param", parent, name="Self"),), definition.name)
            return Ty("adt", definition)
        target = self.lower(type_of_text(definition.item.type), context._replace(owner=definition))
        generics = generics_of_text(definition.item.generics)
        subst = {each.name: UNKNOWN_TY for each in generics}
        subst.update((g.name, self.lower(g.default, context)) for g in generics if g.default is not None)
        subst.update((g.name, each) for g, each in zip(generics, arguments, strict=False))
        return substituted(target, subst)

    def _filled(self, definition: Def, arguments: tuple[Ty, ...]) -> Ty:
        generics = generics_of_text(definition.item.generics)
        if len(arguments) < len(generics):
            context = self.context_of(definition)
            rest = [
                self.lower(each.default, context) if each.default is not None else UNKNOWN_TY
                for each in generics[len(arguments) :]
            ]
            arguments = (*arguments, *rest)
        return Ty("adt", definition, arguments[: len(generics)])

    def bounds(self, texts: tuple[TypeText, ...], context: Context) -> tuple[Bound, ...]:
        """The traits of `A + B<C>`."""
        found = []
        for text in texts:
            if not isinstance(text, PathType) or not text.segments:
                continue
            last = text.segments[-1]
            for each in self._paths.path(context.scope, _names(text), "type"):
                if each.kind in ("trait", "external"):
                    found.append(self._bound(each, last.arguments, last.bindings, context))
                    break
        return tuple(found)

    def _bound(
        self,
        trait: Def,
        arguments: tuple[TypeText, ...],
        bindings: tuple[tuple[str, TypeText], ...],
        context: Context,
    ) -> Bound:
        return Bound(
            trait,
            tuple(self.lower(each, context) for each in arguments),
            tuple((name, self.lower(each, context)) for name, each in bindings),
        )

    def bounds_of_param(self, ty: Ty) -> tuple[Bound, ...]:
        """What is known of a type parameter where it was written."""
        owner = ty.definition
        if owner is None:
            return ()
        key = (owner, ty.name)
        if key not in self._bounds:
            self._bounds[key] = ()  # a bound that names its own parameter
            self._bounds[key] = tuple(self._bounds_of(owner, ty.name, ""))
        return self._bounds[key]

    def bounds_of_assoc(self, ty: Ty) -> tuple[Bound, ...]:
        """What where clauses say of `T::Name`; the trait's own bounds are found by who knows the trait."""
        base = ty.arguments[0]
        if base.kind != "param" or base.definition is None:
            return ()
        return tuple(self._bounds_of(base.definition, base.name, ty.name))

    def supertraits(self, trait: Def) -> tuple[Bound, ...]:
        """The bounds of a trait itself."""
        key = (trait, "")
        if key not in self._bounds:
            self._bounds[key] = ()
            context = self.context_of(trait)
            found = list(self.bounds(bounds_of_text(trait.item.trait), context))
            for subject, bounds in where_of_text(trait.item.where):
                if isinstance(subject, PathType) and _names(subject) == ("Self",):
                    found.extend(self.bounds(bounds, context))
            self._bounds[key] = tuple(found)
        return self._bounds[key]

    def _bounds_of(self, owner: Def, name: str, assoc: str) -> Iterator[Bound]:
        at: Def | None = owner
        while at is not None and at.table is None:
            context = self.context_of(at)
            if name == "Self" and at.kind == "trait" and not assoc:
                generics = generics_of_text(at.item.generics)
                yield Bound(at, tuple(Ty("param", at, name=each.name) for each in generics))
            for each in generics_of_text(at.item.generics) if not assoc else ():
                if each.name == name:
                    yield from self.bounds(each.bounds, context)
            for subject, bounds in where_of_text(at.item.where):
                if not isinstance(subject, PathType):
                    continue
                names = _names(subject)
                if subject.of is not None and isinstance(subject.of, PathType):
                    names = (*_names(subject.of), *names)
                if names == ((name, assoc) if assoc else (name,)):
                    yield from self.bounds(bounds, context)
            at = at.parent


def _owner(definition: Def) -> Def | None:
    at: Def | None = definition
    while at is not None and at.kind in ("field", "variant", "constant"):
        at = at.parent
    return at if at is not None and at.table is None else None


def generic_named(owner: Def, name: str) -> GenericText | None:
    """The parameter of that name that an item sees: its own or that of what it is a member of."""
    at: Def | None = owner
    while at is not None and at.table is None:
        if at.item.generics:
            for each in generics_of_text(at.item.generics):
                if each.name == name:
                    return each
        at = at.parent
    return None


def _names(text: PathType) -> tuple[str, ...]:
    names = tuple(each.name for each in text.segments)
    return ("", *names) if text.is_global else names


__all__ = ["UNIT_TY", "Context", "Lowering", "generic_named"]
