"""The types of names in patterns."""

from typing import TYPE_CHECKING

from tree_sitter import Node

from cq.symbols.rust.impls import Hit, Impls
from cq.symbols.rust.lowering import Lowering
from cq.symbols.rust.members import Members
from cq.symbols.rust.model import Def
from cq.symbols.rust.scopes import Scope
from cq.symbols.rust.shapes import arguments_of
from cq.symbols.rust.ty import UNKNOWN_TY, Subst, Ty, substituted
from cq.symbols.rust.types import PathType, type_of_text

if TYPE_CHECKING:
    from cq.symbols.rust.infer import Inference

_MOST_DEPTH = 36


class Patterns:
    """Matches patterns against types."""

    def __init__(self, inference: "Inference", lowering: Lowering, impls: Impls, members: Members) -> None:
        self._inference = inference
        self._lowering = lowering
        self._impls = impls
        self._members = members

    def in_pattern(self, pattern: Node, target: Node, ty: Ty, scope: Scope) -> Ty:
        """The type of a name in a pattern that is matched against a type."""
        at = pattern
        for _ in range(_MOST_DEPTH):
            if at.id == target.id:
                return ty
            children = at.named_children
            inner = next(
                (each for each in children if each.start_byte <= target.start_byte < each.end_byte),
                None,
            )
            if inner is None:
                return ty
            kind = at.type
            if kind == "call_expression":  # a pattern that was parsed as an expression
                ty = ty.arguments[0] if ty.kind == "adt" and ty.arguments else UNKNOWN_TY
            elif kind in ("tuple_pattern", "tuple_expression"):
                ty = _part_of_tuple(ty, children, inner)
            elif kind == "slice_pattern":
                ty = self._inference.element(ty)
            elif kind == "tuple_struct_pattern":
                definition, subst = self._matched(at, ty, scope)
                fields = children[1:]
                ty = self.field_type(definition, str(_index(fields, inner, definition)), subst)
            elif kind == "struct_pattern":
                definition, subst = self._matched(at, ty, scope)
                name = inner.child_by_field_name("name")
                if inner.type == "field_pattern" and name is not None:
                    ty = self.field_type(definition, scope.file.text(name), subst)
                    if name.id == target.id:
                        return ty
                    nested = inner.child_by_field_name("pattern")
                    if nested is None:
                        return ty
                    inner = nested
            elif kind == "captured_pattern" and children and inner.id == children[0].id:
                return ty
            at = inner
        return UNKNOWN_TY

    def _matched(self, pattern: Node, ty: Ty, scope: Scope) -> tuple[Def | None, Subst]:
        """The struct or variant of a pattern, and the arguments of its type."""
        node = pattern.child_by_field_name("type")
        if node is None:
            return None, {}
        text = type_of_text(scope.file.text(node))
        hits: list[Hit] = []
        if isinstance(text, PathType):
            hits = self._members.path(text, "type", scope.context) or self._members.path(text, "value", scope.context)
            if pattern.type == "tuple_struct_pattern":
                hits = self._members.path(text, "value", scope.context) or hits
        for hit in hits:
            definition: Def | None = hit.definition
            if definition is not None and definition.kind == "type":
                aliased = self._members.type_of_definition(definition)
                definition = aliased.definition
            if definition is None:
                continue
            owner = definition.parent if definition.kind == "variant" else definition
            for step in self._impls.steps(ty):
                if step.definition is owner and owner is not None:
                    return definition, arguments_of(step)
            return definition, arguments_of(self._members.type_of_definition(owner)) if owner is not None else {}
        return None, {}

    def field_type(self, definition: Def | None, name: str, subst: Subst) -> Ty:
        """The type of a field of a struct or variant."""
        if definition is None:
            return UNKNOWN_TY
        for each in definition.members.get(name, ()):
            if each.kind == "field":
                owner = each.parent
                context = self._lowering.context_of(each)
                if owner is not None and owner.kind == "variant":
                    context = self._lowering.context_of(owner)
                return self._impls.normal(substituted(self._lowering.lower_text(each.item.type, context), subst))
        return UNKNOWN_TY


def _part_of_tuple(ty: Ty, children: list[Node], inner: Node) -> Ty:
    if ty.kind != "tuple":
        return UNKNOWN_TY
    index = _index(children, inner, None, len(ty.arguments))
    return ty.arguments[index] if 0 <= index < len(ty.arguments) else UNKNOWN_TY


def _index(children: list[Node], inner: Node, definition: Def | None, size: int = 0) -> int:
    """The place of a sub-pattern, counted from the end behind `..`."""
    children = [each for each in children if "comment" not in each.type]
    index = next((i for i, each in enumerate(children) if each.id == inner.id), 0)
    rest = next((i for i, each in enumerate(children) if each.type == "remaining_field_pattern"), None)
    if rest is not None and rest < index:
        size = size or (sum(1 for name in definition.members if name.isdigit()) if definition is not None else 0)
        return size - (len(children) - index)
    return index
