"""Types of values, as far as they are known. References count as what they refer to."""

from collections.abc import Mapping
from typing import NamedTuple

from cq.symbols.rust.model import Def

_MOST_DEPTH = 24


class Bound(NamedTuple):
    """`Trait<Args, Name = Type>`."""

    trait: Def
    arguments: tuple["Ty", ...] = ()
    bindings: tuple[tuple[str, "Ty"], ...] = ()


class Ty(NamedTuple):
    """One type."""

    kind: str  # "adt", "param", "dyn", "impl", "tuple", "fn", "closure", "assoc", "unknown"
    definition: Def | None = None  # of an adt; the item that declares or bounds a param; the trait of an assoc
    arguments: tuple["Ty", ...] = ()  # of a fn: parameters, then what it returns; of an assoc: what it is of
    name: str = ""  # of a param or assoc
    bounds: tuple[Bound, ...] = ()  # of dyn and impl
    closure: object | None = None  # what inference knows of it


UNKNOWN_TY = Ty("unknown")
UNIT_TY = Ty("tuple")
Subst = dict[str, Ty]


def substituted(ty: Ty, subst: Mapping[str, Ty], depth: int = 0) -> Ty:
    """The type with its parameters replaced."""
    if not subst or depth > _MOST_DEPTH:
        return ty
    if ty.kind == "param":
        return subst.get(ty.name, ty)
    if not ty.arguments and not ty.bounds:
        return ty
    arguments = tuple(substituted(each, subst, depth + 1) for each in ty.arguments)
    bounds = tuple(substituted_bound(each, subst, depth + 1) for each in ty.bounds)
    return ty._replace(arguments=arguments, bounds=bounds)


def substituted_bound(bound: Bound, subst: Mapping[str, Ty], depth: int = 0) -> Bound:
    """The bound with its parameters replaced."""
    return Bound(
        bound.trait,
        tuple(substituted(each, subst, depth) for each in bound.arguments),
        tuple((name, substituted(each, subst, depth)) for name, each in bound.bindings),
    )


def unify(pattern: Ty, actual: Ty, subst: Subst, depth: int = 0) -> bool:
    """Whether the pattern may be the actual type, and what its parameters are then. The unknown may be anything."""
    if pattern.kind == "unknown" or actual.kind == "unknown" or depth > _MOST_DEPTH:
        if pattern.kind == "param":
            subst.setdefault(pattern.name, UNKNOWN_TY)
        return True
    if pattern.kind == "param":
        known = subst.get(pattern.name)
        if known is None or known.kind == "unknown":
            subst[pattern.name] = actual
            return True
        return unify(known, actual, {}, depth + 1) if known.kind != "param" else True
    if depth and (pattern.kind in ("assoc", "impl") or actual.kind == "assoc"):
        return True  # an argument that only the trait solver could tell
    if actual.kind in ("param", "assoc", "impl") or pattern.kind in ("assoc", "impl"):
        return actual.kind == pattern.kind and actual.name == pattern.name
    if pattern.kind != actual.kind:
        return False
    if pattern.kind == "adt" and pattern.definition is not actual.definition:
        return False
    if pattern.kind == "dyn":
        return bool(pattern.bounds and actual.bounds and pattern.bounds[0].trait is actual.bounds[0].trait)
    if pattern.kind in ("tuple", "fn") and len(pattern.arguments) != len(actual.arguments):
        return False
    return all(
        unify(one, other, subst, depth + 1) for one, other in zip(pattern.arguments, actual.arguments, strict=False)
    )
