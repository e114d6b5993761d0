"""The type of an expression, as far as declarations, literals and signatures tell. Never a whole-function inference."""

from collections.abc import Callable, Sequence

from tree_sitter import Node

from cq.symbols.rust.calls import Calls
from cq.symbols.rust.expressions import Expressions
from cq.symbols.rust.impls import Hit, Impls
from cq.symbols.rust.lowering import Context, Lowering
from cq.symbols.rust.members import Members
from cq.symbols.rust.model import Def
from cq.symbols.rust.paths import Paths
from cq.symbols.rust.patterns import Patterns
from cq.symbols.rust.scopes import SCOPE_KINDS, Binding, Scope
from cq.symbols.rust.shapes import has_unknown, is_self, last_named
from cq.symbols.rust.ty import UNKNOWN_TY, Ty, substituted
from cq.symbols.rust.types import PathType, parameters_of_text, type_of_text

_MOST_DEPTH = 36
_MOST_CHAIN = 400
_TRANSPARENT = frozenset(
    {"expression_statement", "parenthesized_expression", "reference_expression", "unsafe_block", "const_block"}
)


class Spent(Exception):
    """A question took more steps than it may."""


class Inference:
    """Types of expressions and local names. `find` gives the scope that a node within another scope opens."""

    def __init__(self, paths: Paths, lowering: Lowering, impls: Impls, members: Members) -> None:
        self._paths = paths
        self._lowering = lowering
        self._impls = impls
        self._members = members
        self.steps_left = 0
        self.scope_for: Callable[[Node, Scope], Scope] = lambda node, scope: scope
        self.expand: Callable[[Node, Scope], Scope | None] = lambda node, scope: None
        self.patterns = Patterns(self, lowering, impls, members)
        self.calls = Calls(self, paths, lowering, impls, members)
        self._by_kind: dict[str, Callable[[Node, Scope], Ty]] = {
            **Expressions(self, paths, lowering, impls, members).by_kind(),
            "identifier": self._identifier,
            "self": self._self,
            "scoped_identifier": self._path,
            "generic_function": self._path,
            "field_expression": self.calls.type_of_field,
            "call_expression": self.calls.type_of_call,
        }
        self._types: dict[int, Ty] = {}
        self._active: set[int] = set()
        self._depth = 0

    def forget(self) -> None:
        """Forget the types of nodes: their trees are about to go."""
        self._types.clear()

    def type_of(self, node: Node | None, scope: Scope) -> Ty:
        """The type of an expression that stands in a scope."""
        if node is None:
            return UNKNOWN_TY
        known = self._types.get(node.id)
        if known is not None:
            return known
        if node.id in self._active or self._depth > _MOST_DEPTH:
            return UNKNOWN_TY
        self.steps_left -= 1
        if self.steps_left < 0:
            raise Spent
        self._types_of_receivers(node, scope)
        self._active.add(node.id)
        self._depth += 1
        try:
            opens = node.type in SCOPE_KINDS and node.type != "block"
            inner = self.scope_for(node, scope) if opens else scope
            ty = self._impls.normal(self._type_of(node, inner))
        finally:
            self._active.discard(node.id)
            self._depth -= 1
        if self._depth < _MOST_DEPTH // 2 or ty.kind != "unknown":
            self._types[node.id] = ty
        return ty

    def _types_of_receivers(self, node: Node, scope: Scope) -> None:
        """A long chain of calls is gone through from its beginning, so that it needs no depth."""
        chain: list[Node] = []
        at: Node | None = node
        while at is not None and len(chain) < _MOST_CHAIN and at.id not in self._types:
            kind = at.type
            if kind == "call_expression":
                function = at.child_by_field_name("function")
                if function is not None and function.type == "generic_function":
                    function = function.child_by_field_name("function")
                at = function.child_by_field_name("value") if function is not None else None
            elif kind == "field_expression":
                at = at.child_by_field_name("value")
            elif kind in ("try_expression", "await_expression"):
                at = at.named_children[0] if at.named_child_count else None
            else:
                break
            if at is not None:
                chain.append(at)
        if len(chain) > 3:
            for each in reversed(chain[2:]):
                self.type_of(each, scope)

    def _type_of(self, node: Node, scope: Scope) -> Ty:
        kind = node.type
        method = self._by_kind.get(kind)
        if method is not None:
            return method(node, scope)
        if kind in _TRANSPARENT:
            return self.type_of(last_named(node), scope)
        return UNKNOWN_TY

    # Names and paths

    def _identifier(self, node: Node, scope: Scope) -> Ty:
        name = scope.file.text(node).removeprefix("r#")
        found = self.local(name, node.start_byte, scope)
        if isinstance(found, Binding):
            return self.type_of_binding(found)
        return self._path(node, scope)

    def _self(self, node: Node, scope: Scope) -> Ty:
        each: Scope | None = scope
        while each is not None:
            if each.node.type == "function_item":
                owner = each.context.owner
                for parameter in parameters_of_text(owner.item.text)[:1] if owner is not None else ():
                    if is_self(parameter.pattern):  # `self: Pin<&mut Self>`
                        return self._lowering.lower(parameter.type, each.context)
                break
            each = each.parent
        return scope.context.self_ty or UNKNOWN_TY

    def local(self, name: str, at: int, scope: Scope) -> "Binding | Def | None":
        """The local binding that a name means, or the item of a block that hides it, or None."""
        each: Scope | None = scope
        while each is not None:
            found = each.own(name, at)
            if found is not None and not self.is_constant(found):
                return found
            table = each.context.scope.table
            if each.node.type == "block" and each.context.scope.kind == "block" and table is not None:
                own: Sequence[Def] = table.values.get(name, ())
                if not own and name in table.imports:
                    own = self._paths.in_module(each.context.scope, name, "value", True)
                if own and (each.parent is None or each.parent.context.scope is not each.context.scope):
                    return own[0]
            if each.node.type in ("function_item", "function_signature_item"):
                return None
            at = at if each.at_outside is None else each.at_outside
            each = each.parent
        return None

    def is_constant(self, binding: Binding) -> bool:
        """Whether the name in a pattern is that of a constant, unit struct or variant, and so binds nothing."""
        name = binding.name
        if not name[:1].isupper() or binding.source.type in ("parameter", "closure_expression"):
            return False
        found = self._paths.path(binding.scope.context.scope, (name,), "value")
        return any(each.kind in ("constant", "static", "variant", "struct", "external") for each in found)

    def _path(self, node: Node, scope: Scope) -> Ty:
        text = type_of_text(scope.file.text(node))
        if not isinstance(text, PathType):
            return UNKNOWN_TY
        for hit in self._members.path(text, "value", scope.context):
            return self.type_of_value(hit, text, scope.context)
        return UNKNOWN_TY

    def type_of_value(self, hit: Hit, text: PathType, context: Context) -> Ty:
        """The type of what a path to a value means."""
        definition = hit.definition
        kind = definition.kind
        own = self._lowering.context_of(definition)
        if kind in ("constant", "static"):
            if hit.is_generic:
                return UNKNOWN_TY
            return substituted(
                self._lowering.lower_text(definition.item.type, own), {**hit.subst, "Self": hit.receiver}
            )
        if kind in ("function", "method"):
            arguments = [self._lowering.lower(each.type, own) for each in parameters_of_text(definition.item.text)]
            subst = self.calls.open(definition, dict(hit.subst), hit.receiver)
            result = self.calls.returned(definition)
            return substituted(Ty("fn", definition, (*arguments, result)), subst)
        if kind == "struct" or kind == "variant":
            return self.constructed(definition, text, context, hit.receiver)
        return UNKNOWN_TY

    def constructed(self, definition: Def, text: PathType | None, context: Context, receiver: Ty) -> Ty:
        """The type of a struct, or of the enum of a variant, with the arguments that its path says."""
        if receiver.kind == "adt":
            return receiver
        if text is not None:
            ty = self._lowering.lower(text, context)
            if ty.kind == "adt":
                return ty
        owner = definition.parent if definition.kind == "variant" else definition
        return self._members.type_of_definition(owner) if owner is not None else UNKNOWN_TY

    # Bindings

    def type_of_binding(self, binding: Binding) -> Ty:
        """The type of a local name."""
        node = binding.node
        known = self._types.get(node.id)
        if known is not None:
            return known
        if node.id in self._active or self._depth > _MOST_DEPTH:
            return UNKNOWN_TY
        self._active.add(node.id)
        self._depth += 1
        try:
            whole = self._impls.normal(self._type_of_source(binding))
            ty = self._impls.normal(self.patterns.in_pattern(binding.pattern, node, whole, binding.scope))
        finally:
            self._active.discard(node.id)
            self._depth -= 1
        self._types[node.id] = ty
        return ty

    def _type_of_source(self, binding: Binding) -> Ty:
        source, scope = binding.source, binding.scope
        field = source.child_by_field_name
        kind = source.type
        annotation = field("type") if kind in ("let_declaration", "parameter") else None
        if annotation is not None:
            ty = self._lowering.lower_text(scope.file.text(annotation), scope.context)
            if ty.kind != "unknown" and not (kind == "let_declaration" and has_unknown(ty)):
                return ty
            value = field("value")
            if value is not None:
                inferred = self.type_of(value, scope)
                if inferred.kind == ty.kind == "adt" and inferred.definition is ty.definition:
                    return inferred
                return inferred if ty.kind == "unknown" else ty
            if kind == "let_declaration":
                return ty
        if kind in ("let_declaration", "let_condition"):
            return self.type_of(field("value"), scope)
        if kind == "assignment_expression":
            return self.calls.awaited(self.type_of(field("right"), scope))
        if kind == "for_expression":
            return self.element(self.type_of(field("value"), scope))
        if kind == "match_arm":
            match = scope.parent
            if match is not None and match.node.type == "match_expression":
                return self.type_of(match.node.child_by_field_name("value"), match)
        if kind in ("closure_expression", "parameter") and scope.node.type == "closure_expression":
            expected = self.calls.expected_of_closure(scope.node, scope)
            return expected[binding.index] if binding.index < len(expected) else UNKNOWN_TY
        return UNKNOWN_TY

    def element(self, ty: Ty) -> Ty:
        """What a `for` over the type gives."""
        for trait in ("IntoIterator", "Iterator"):
            found = self._paths.path(self._paths.std_root, ("iter", trait), "type")
            for step in self._impls.steps(ty):
                item = self._impls.projected(step, found[0], "Item") if found else None
                if item is not None:
                    return item
        return UNKNOWN_TY
