"""Paths with types in them: `Type::new`, `Self::X`, `T::method`, `<T as Trait>::Name`, `Enum::Variant`."""

from cq.symbols.rust.impls import Hit, Impls
from cq.symbols.rust.lowering import Context, Lowering, generic_named
from cq.symbols.rust.model import Def, external
from cq.symbols.rust.paths import Found, Paths
from cq.symbols.rust.ty import UNKNOWN_TY, Ty
from cq.symbols.rust.types import UNKNOWN, PathType, generics_of_text

_KINDS = {"value": ("method", "constant", "variant"), "type": ("type",), "macro": ()}
_KNOWN_TRAITS = {
    "from": ("From",),
    "try_from": ("TryFrom",),
    "default": ("Default",),
    "clone": ("Clone",),
    "from_iter": ("FromIterator",),
    "eq": ("PartialEq",),
    "cmp": ("Ord",),
    "partial_cmp": ("PartialOrd",),
    "to_string": ("ToString",),
    "to_owned": ("ToOwned",),
    "as_ref": ("AsRef",),
    "into": ("Into",),
    "into_iter": ("IntoIterator",),
    "next": ("Iterator",),
}
_TYPES = ("struct", "enum", "union", "type", "trait", "external", "variant")


class Members:
    """Resolves paths that may end within a type."""

    def __init__(self, paths: Paths, lowering: Lowering, impls: Impls) -> None:
        self._paths = paths
        self._lowering = lowering
        self._impls = impls
        paths.associated = self.associated

    def associated(self, definition: Def, name: str, namespace: str) -> Found:
        """The members of a type or trait under a name, whatever its parameters are."""
        if definition.kind == "trait":
            found = tuple(definition.members.get(name, ()))
            if found:
                return found
        kinds = _KINDS[namespace]
        ty = self.type_of_definition(definition)
        if ty.kind == "unknown":
            return ()
        if ty.kind == "adt" and ty.definition is not None:
            variants = self._variant(ty.definition, name)
            if variants:
                return variants
        return tuple(hit.definition for hit in self._impls.member(ty, name, kinds))

    def type_of_definition(self, definition: Def) -> Ty:
        """A type with nothing known of its parameters."""
        kind = definition.kind
        if kind in ("struct", "enum", "union"):
            generics = generics_of_text(definition.item.generics)
            return Ty("adt", definition, tuple(UNKNOWN_TY for _ in generics))
        if kind == "type":
            return self._lowering.alias(definition, ())
        if kind == "external":
            return Ty("adt", definition)
        if kind == "trait":
            return Ty("param", definition, name="Self")
        return UNKNOWN_TY

    def _variant(self, definition: Def, name: str) -> Found:
        if definition.kind != "enum":
            return ()
        return tuple(each for each in definition.members.get(name, ()) if each.kind == "variant")

    def path(self, text: PathType, namespace: str, context: Context) -> list[Hit]:
        """What a whole path means in a context."""
        segments = text.segments
        if not segments:
            return []
        last = segments[-1]
        if text.of is None and len(segments) == 1 and not text.is_global:
            return self._single(last.name, namespace, context)
        names = tuple(each.name for each in segments)
        if text.of is None:
            first = segments[0].name
            is_relative = first == "Self" or (
                context.owner is not None and not text.is_global and generic_named(context.owner, first) is not None
            )
            if not is_relative:
                parts = ("", *names) if text.is_global else names
                containers = self._paths.prefix(context.scope, parts[:-1])
                found: list[Hit] = []
                for each in containers:
                    if each.kind in ("module", "external") or each.name == "":
                        found.extend(
                            Hit(one, {}, UNKNOWN_TY)
                            for one in self._paths.within(each, last.name, namespace, context.scope)
                        )
                    else:
                        found.extend(self._in_type(each, text, namespace, context))
                if found or not containers:
                    return found
        elif text.trait is not None and len(segments) == 1:
            return self._qualified(text, namespace, context)
        owner = text._replace(segments=segments[:-1]) if len(segments) > 1 else text.of or UNKNOWN
        base = self._lowering.lower(owner, context)
        return self.of_type(self._impls.normal(base), last.name, namespace, context.scope)

    def _single(self, name: str, namespace: str, context: Context) -> list[Hit]:
        if name == "Self":
            ty = context.self_ty
            if ty is None or ty.definition is None:
                return []
            return [Hit(ty.definition, {}, ty)]
        return [Hit(each, {}, UNKNOWN_TY) for each in self._paths.path(context.scope, (name,), namespace)]

    def _in_type(self, container: Def, text: PathType, namespace: str, context: Context) -> list[Hit]:
        name = text.segments[-1].name
        if container.kind == "enum":
            variants = self._variant(container, name)
            if variants:
                return [Hit(each, {}, UNKNOWN_TY) for each in variants]
        if container.kind == "trait":
            members = container.members.get(name, ())
            if members:
                subst = {"Self": UNKNOWN_TY}
                given = text.segments[-2].arguments if len(text.segments) > 1 else ()
                for generic, argument in zip(generics_of_text(container.item.generics), given, strict=False):
                    subst[generic.name] = self._lowering.lower(argument, context)
                return [Hit(each, subst, UNKNOWN_TY, True, container) for each in members]
            return []
        if container.kind not in _TYPES:
            return []
        base = self._lowering.lower(text._replace(segments=text.segments[:-1]), context)
        return self.of_type(self._impls.normal(base), name, namespace, context.scope)

    def of_type(self, base: Ty, name: str, namespace: str, scope: Def) -> list[Hit]:
        """The variant or associated item of a type."""
        if base.kind == "adt" and base.definition is not None:
            variants = self._variant(base.definition, name)
            if variants and namespace != "macro":
                return [Hit(each, {}, base) for each in variants]
        hits = self._impls.member(base, name, _KINDS[namespace])
        if namespace != "value" or base.definition is None or not base.definition.is_external:
            return hits
        # What the standard library has by a trait that all know: `u8::from`.
        return self._impls.seen(hits, scope) or self._of_known_trait(base, name, scope) or hits

    def _of_known_trait(self, base: Ty, name: str, scope: Def) -> list[Hit]:
        for trait in _KNOWN_TRAITS.get(name, ()):
            for each in self._paths.path(scope, (trait,), "type"):
                if each.is_external and base.definition is not None:
                    return [Hit(external(name, base.definition), {}, base)]
        return []

    def _qualified(self, text: PathType, namespace: str, context: Context) -> list[Hit]:
        """`<T as Trait>::Name`."""
        trait_text = text.trait
        assert trait_text is not None
        assert text.of is not None
        base = self._impls.normal(self._lowering.lower(text.of, context))
        name = text.segments[-1].name
        names = tuple(each.name for each in trait_text.segments)
        traits = self._paths.path(context.scope, names, "type")
        found: list[Hit] = []
        for trait in traits:
            if base.kind not in ("unknown", "param") and namespace != "type":
                found.extend(hit for hit in self._impls.member(base, name, _KINDS[namespace]) if hit.trait is trait)
            if not found:
                found.extend(
                    Hit(each, {"Self": base}, base, base.kind in ("param", "unknown"), trait)
                    for each in trait.members.get(name, ())
                )
        return found
