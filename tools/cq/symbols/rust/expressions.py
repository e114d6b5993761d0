"""The types of expressions other than names, fields and calls."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tree_sitter import Node

from cq.symbols.rust.impls import Impls
from cq.symbols.rust.loops import broken_off, label_of
from cq.symbols.rust.lowering import Lowering
from cq.symbols.rust.members import Members
from cq.symbols.rust.paths import Paths
from cq.symbols.rust.scopes import Scope
from cq.symbols.rust.shapes import has_unknown, is_pointer, last_named, parts_of, with_arguments
from cq.symbols.rust.ty import UNIT_TY, UNKNOWN_TY, Subst, Ty, unify
from cq.symbols.rust.types import PathType, type_of_text

if TYPE_CHECKING:
    from cq.symbols.rust.infer import Inference

_COMPARISONS = frozenset({"==", "!=", "<", ">", "<=", ">=", "&&", "||"})
_STRING_MACROS = frozenset({"format", "concat", "stringify", "env", "include_str", "file", "module_path"})
_NUMBERS = ["usize", "u8", "u16", "u32", "u64", "u128", "isize", "i8", "i16", "i32", "i64", "i128", "f32", "f64"]
_OPERATORS = {
    "+": "Add",
    "-": "Sub",
    "*": "Mul",
    "/": "Div",
    "%": "Rem",
    "|": "BitOr",
    "&": "BitAnd",
    "^": "BitXor",
    "<<": "Shl",
    ">>": "Shr",
}


class Expressions:
    """The types of expressions, by their kind."""

    def __init__(
        self, inference: "Inference", paths: Paths, lowering: Lowering, impls: Impls, members: Members
    ) -> None:
        self._inference = inference
        self._paths = paths
        self._lowering = lowering
        self._impls = impls
        self._members = members

    def by_kind(self) -> dict[str, Callable[[Node, Scope], Ty]]:
        """What types the expressions of each kind."""
        return {
            "await_expression": self._await,
            "try_expression": self._try,
            "parenthesized_expression": self._parenthesized,
            "unary_expression": self._unary,
            "block": self._block,
            "async_block": self._async,
            "if_expression": self._if,
            "loop_expression": self._broken_off,
            "match_expression": self._match,
            "struct_expression": self._struct,
            "macro_invocation": self._macro,
            "string_literal": self._literal,
            "raw_string_literal": self._literal,
            "char_literal": self._literal,
            "boolean_literal": self._literal,
            "integer_literal": self._literal,
            "float_literal": self._literal,
            "tuple_expression": self._tuple,
            "array_expression": self._array,
            "index_expression": self._index,
            "binary_expression": self._binary,
            "type_cast_expression": self._cast,
            "closure_expression": self._closure,
            "range_expression": self._range,
            "unit_expression": self._unit,
        }

    def _await(self, node: Node, scope: Scope) -> Ty:
        return self._inference.calls.awaited(self._inference.type_of(last_named(node), scope))

    def _try(self, node: Node, scope: Scope) -> Ty:
        return _tried(self._inference.type_of(last_named(node), scope))

    def _parenthesized(self, node: Node, scope: Scope) -> Ty:
        ty = self._inference.type_of(last_named(node), scope)
        # `try` is a keyword by now: of `try!(a)` the grammar makes an error and `(a)`.
        return _tried(ty) if scope.file.data.endswith(b"try!", 0, node.start_byte) else ty

    def _unary(self, node: Node, scope: Scope) -> Ty:
        ty = self._inference.type_of(last_named(node), scope)
        if node.child_count and node.children[0].type == "*":
            if is_pointer(ty):
                return ty.arguments[0]
            steps = []
            for step in self._impls.steps(ty):
                steps.append(step)
                if len(steps) == 2:
                    return steps[1]
        return ty

    def _block(self, node: Node, scope: Scope) -> Ty:
        inner = self._inference.scope_for(node, scope)
        last = last_named(node)
        if label_of(node):
            ty = self._broken_off(node, scope)
            if ty.kind != "unknown":
                return ty
        if last is None or last.type == "let_declaration":
            return UNIT_TY
        if last.type == "expression_statement":
            expression = last.named_children[0] if last.named_child_count else None
            if expression is None or last.children[-1].type == ";":
                return UNIT_TY if last.children[-1].type == ";" else UNKNOWN_TY
            return self._inference.type_of(expression, inner)
        return self._inference.type_of(last, inner)

    def _async(self, node: Node, scope: Scope) -> Ty:
        return self._inference.calls.future(self._inference.type_of(last_named(node), scope))

    def _if(self, node: Node, scope: Scope) -> Ty:
        ty = self._inference.type_of(node.child_by_field_name("consequence"), scope)
        alternative = node.child_by_field_name("alternative")
        if ty.kind == "unknown" and alternative is not None:
            return self._inference.type_of(last_named(alternative), scope)
        return ty

    def _broken_off(self, node: Node, scope: Scope) -> Ty:
        """What a `break` gives to the loop or block that it leaves."""
        for value, inner in broken_off(node, scope, self._inference.scope_for):
            ty = self._inference.type_of(value, inner)
            if ty.kind != "unknown":
                return ty
        return UNKNOWN_TY

    def _match(self, node: Node, scope: Scope) -> Ty:
        body = node.child_by_field_name("body")
        best = UNKNOWN_TY
        for arm in (body.named_children if body is not None else ())[:12]:
            if arm.type == "match_arm":
                inner = self._inference.scope_for(arm, scope)
                ty = self._inference.type_of(arm.child_by_field_name("value"), inner)
                if ty.kind != "unknown" and not has_unknown(ty):
                    return ty
                if best.kind == "unknown":
                    best = ty
        return best

    def _struct(self, node: Node, scope: Scope) -> Ty:
        name = node.child_by_field_name("name")
        if name is None:
            return UNKNOWN_TY
        text = type_of_text(scope.file.text(name))
        if not isinstance(text, PathType):
            return UNKNOWN_TY
        ty = self._lowering.lower(text, scope.context)
        if ty.kind == "adt" and any(each.kind == "unknown" for each in ty.arguments):
            return self._by_fields(ty, text, node, scope)
        if ty.kind in ("adt", "param"):
            return ty
        for hit in self._members.path(text, "type", scope.context):
            return self._inference.constructed(hit.definition, None, scope.context, hit.receiver)
        return UNKNOWN_TY

    def _by_fields(self, ty: Ty, text: PathType, node: Node, scope: Scope) -> Ty:
        definition = ty.definition
        for hit in self._members.path(text, "type", scope.context):
            if hit.definition.kind in ("struct", "variant", "union"):
                definition = hit.definition
        body = node.child_by_field_name("body")
        subst: Subst = {}
        for each in body.named_children if body is not None and definition is not None else ():
            name = each.child_by_field_name("field")
            value = each.child_by_field_name("value")
            if each.type == "shorthand_field_initializer":
                name = value = each.named_children[0] if each.named_child_count else None
            if name is None or value is None or definition is None:
                continue
            for member in definition.members.get(scope.file.text(name), ()):
                context = self._lowering.context_of(member.parent or member)
                unify(
                    self._lowering.lower_text(member.item.type, context), self._inference.type_of(value, scope), subst
                )
        return with_arguments(ty, subst)

    def _macro(self, node: Node, scope: Scope) -> Ty:
        macro = node.child_by_field_name("macro")
        name = scope.file.text(macro).rpartition("::")[2] if macro is not None else ""
        expansion = self._inference.expand(node, scope)
        if expansion is not None:
            return self._inference.type_of(last_named(expansion.node), expansion)
        if name in _STRING_MACROS:
            return self._std("string", "String") if name == "format" else self._std("primitive", "str")
        if name == "matches":
            return self._std("primitive", "bool")
        tokens = next((each for each in node.named_children if each.type == "token_tree"), None)
        if tokens is None:
            return UNKNOWN_TY
        if name == "vec":
            for root in scope.file.within(tokens):
                expression = _only_expression(root)
                if expression is not None:
                    element = self._inference.type_of(expression, self._inference.scope_for(root, scope))
                    arguments = element.arguments[:1] if element.kind == "adt" else ()
                    return self._std("vec", "Vec")._replace(arguments=arguments or (UNKNOWN_TY,))
            return self._std("vec", "Vec")._replace(arguments=(UNKNOWN_TY,))
        if name in ("dbg", "ready", "pin", "try", "black_box"):
            for root in scope.file.within(tokens):
                ty = self._inference.type_of(_only_expression(root), self._inference.scope_for(root, scope))
                if name == "ready" and ty.kind == "adt" and ty.arguments:
                    return ty.arguments[0]
                return _tried(ty) if name == "try" else ty
        return UNKNOWN_TY

    def _std(self, *path: str) -> Ty:
        found = self._paths.path(self._paths.std_root, path, "type")
        return self._members.type_of_definition(found[0]) if found else UNKNOWN_TY

    def _literal(self, node: Node, scope: Scope) -> Ty:
        kind = node.type
        if kind in ("string_literal", "raw_string_literal"):
            if scope.file.data[node.start_byte : node.start_byte + 1] == b"b":
                slices = self._std("primitive", "slice")
                return slices._replace(arguments=(self._std("primitive", "u8"),))
            return self._std("primitive", "str")
        if kind == "char_literal":
            return self._std("primitive", "char")
        if kind == "boolean_literal":
            return self._std("primitive", "bool")
        text = scope.file.text(node)
        for suffix in _NUMBERS:
            if text.endswith(suffix) and not text.startswith("0x"):
                return self._std("primitive", suffix)
        return self._std("primitive", "f64" if kind == "float_literal" else "i32")

    def _tuple(self, node: Node, scope: Scope) -> Ty:
        return Ty("tuple", arguments=tuple(self._inference.type_of(each, scope) for each in parts_of(node)[:16]))

    def _array(self, node: Node, scope: Scope) -> Ty:
        first = next((each for each in node.named_children if "comment" not in each.type), None)
        return self._std("primitive", "array")._replace(arguments=(self._inference.type_of(first, scope),))

    def _index(self, node: Node, scope: Scope) -> Ty:
        if node.named_child_count < 2:
            return UNKNOWN_TY
        value = self._inference.type_of(node.named_children[0], scope)
        index = node.named_children[1]
        for step in self._impls.steps(value):
            name = step.definition.name if step.definition is not None else ""
            if name in ("slice", "array", "Vec", "VecDeque") and step.arguments:
                if index.type == "range_expression":
                    return self._std("primitive", "slice")._replace(arguments=step.arguments[:1])
                return step.arguments[0]
            if name in ("str", "String"):
                return self._std("primitive", "str")
            if name in ("HashMap", "BTreeMap") and len(step.arguments) > 1:
                return step.arguments[1]
            found = self._paths.path(self._paths.std_root, ("ops", "Index"), "type")
            output = self._impls.projected(step, found[0], "Output") if found else None
            if output is not None:
                return output
        return UNKNOWN_TY

    def _binary(self, node: Node, scope: Scope) -> Ty:
        operator = node.child_by_field_name("operator")
        if operator is not None and operator.type in _COMPARISONS:
            return self._std("primitive", "bool")
        left = self._inference.type_of(node.child_by_field_name("left"), scope)
        if left.kind == "adt" and left.definition is not None and left.definition.is_external:
            return left
        found = self._paths.path(
            self._paths.std_root, ("ops", _OPERATORS.get(operator.type if operator else "", "")), "type"
        )
        output = self._impls.projected(left, found[0], "Output") if found and found[0].kind == "trait" else None
        return output or UNKNOWN_TY

    def _cast(self, node: Node, scope: Scope) -> Ty:
        given = node.child_by_field_name("type")
        return self._lowering.lower_text(scope.file.text(given), scope.context) if given is not None else UNKNOWN_TY

    def _closure(self, node: Node, scope: Scope) -> Ty:
        return Ty("closure", name=str(node.id), closure=scope)

    def _range(self, node: Node, scope: Scope) -> Ty:
        first = node.named_children[0] if node.named_child_count else None
        return self._std("ops", "Range")._replace(arguments=(self._inference.type_of(first, scope),))

    def _unit(self, node: Node, scope: Scope) -> Ty:
        return UNIT_TY


def _only_expression(root: Node) -> Node | None:
    node = last_named(root)
    while node is not None and node.type in ("expression_statement", "parenthesized_expression"):
        node = last_named(node) if node.type != "expression_statement" else node.named_children[0]
    return node


def _tried(ty: Ty) -> Ty:
    """What `?` or `try!` makes of a value."""
    if ty.kind == "adt" and ty.definition is not None and ty.arguments:
        if ty.definition.name in ("Option", "Result"):
            return ty.arguments[0]
        if ty.definition.name == "Poll":
            inner = ty.arguments[0]
            if inner.kind == "adt" and inner.arguments:
                return ty._replace(arguments=(inner.arguments[0],))
    return UNKNOWN_TY
