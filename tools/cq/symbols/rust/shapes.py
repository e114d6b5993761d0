"""Small questions about types and nodes that inference asks in several places."""

from tree_sitter import Node

from cq.symbols.rust.model import Def
from cq.symbols.rust.ty import Subst, Ty
from cq.symbols.rust.types import generics_of_text, parameters_of_text


def arguments_of(ty: Ty) -> Subst:
    """The arguments of a type by the names of its parameters."""
    if ty.definition is None:
        return {}
    generics = generics_of_text(ty.definition.item.generics)
    return {each.name: given for each, given in zip(generics, ty.arguments, strict=False)}


def with_arguments(ty: Ty, subst: Subst) -> Ty:
    """The type with unknown arguments taken from what parameters are known to be."""
    if ty.definition is None:
        return ty
    generics = generics_of_text(ty.definition.item.generics)
    arguments = tuple(
        subst.get(each.name, given) if given.kind == "unknown" else given
        for each, given in zip(generics, ty.arguments, strict=False)
    )
    return ty._replace(arguments=arguments)


def last_named(node: Node) -> Node | None:
    """The last child that is no comment, or None."""
    for child in reversed(node.named_children):
        if child.type not in ("line_comment", "block_comment", "empty_statement"):
            return child
    return None


def is_pointer(ty: Ty) -> bool:
    """Whether it is `*const T` or `*mut T`."""
    definition = ty.definition
    if ty.kind != "adt" or definition is None or definition.name != "pointer" or not ty.arguments:
        return False
    return definition.is_external and definition.parent is not None and definition.parent.name == "primitive"


def has_unknown(ty: Ty, depth: int = 0) -> bool:
    """Whether a type, or a part of it, is unknown."""
    return ty.kind == "unknown" or (depth < 8 and any(has_unknown(each, depth + 1) for each in ty.arguments))


def has_param(ty: Ty, depth: int = 0) -> bool:
    """Whether a type depends on parameters."""
    if ty.kind in ("param", "assoc", "impl", "dyn") or depth > 8:
        return True
    return any(has_param(each, depth + 1) for each in ty.arguments)


def is_self(pattern: str) -> bool:
    """Whether the pattern of a parameter is that of a receiver."""
    return pattern == "self" or pattern.endswith(" self")


def takes_self(method: Def) -> bool:
    """Whether a method has a receiver, so that it may be called with `.`."""
    parameters = parameters_of_text(method.item.text)
    return not method.item.text or (bool(parameters) and is_self(parameters[0].pattern))


def parts_of(node: Node) -> list[Node]:
    """The parts of a list or pattern: `_` is one, punctuation and comments are none."""
    return [child for child in node.children if child.type == "_" or (child.is_named and not child.is_extra)]
