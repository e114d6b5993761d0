"""The type of an expression, as far as declarations, literals and signatures tell. Never a whole-function inference."""

from collections.abc import Callable

from tree_sitter import Node

from cq.symbols.rust.impls import Hit, Impls
from cq.symbols.rust.lowering import Context, Lowering, generic_named
from cq.symbols.rust.members import Members
from cq.symbols.rust.model import Def
from cq.symbols.rust.paths import Paths
from cq.symbols.rust.scopes import SCOPE_KINDS, Binding, Scope
from cq.symbols.rust.ty import UNIT_TY, UNKNOWN_TY, Bound, Subst, Ty, substituted, unify
from cq.symbols.rust.types import (
    ListType,
    PathType,
    generics_of_text,
    parameters_of_text,
    type_of_text,
)

_MOST_DEPTH = 36
_MOST_CHAIN = 400
_COMPARISONS = frozenset({"==", "!=", "<", ">", "<=", ">=", "&&", "||"})
_TRANSPARENT = frozenset({"parenthesized_expression", "reference_expression", "unsafe_block", "const_block"})
_STRING_MACROS = frozenset({"format", "concat", "stringify", "env", "include_str", "file", "module_path"})


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
            if node.type in SCOPE_KINDS and node.type not in ("block",):
                inner = self.scope_for(node, scope)
            else:
                inner = scope
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
        method = _METHODS.get(kind)
        if method is not None:
            return method(self, node, scope)
        if kind == "expression_statement":
            return self.type_of(_last_named(node), scope)
        if kind in _TRANSPARENT:
            return self.type_of(_last_named(node), scope)
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
                    if _is_self(parameter.pattern):  # `self: Pin<&mut Self>`
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
                own = table.values.get(name)
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
            return substituted(self._lowering.lower_text(definition.item.type, own), {**hit.subst, "Self": hit.receiver})
        if kind in ("function", "method"):
            arguments = [self._lowering.lower(each.type, own) for each in parameters_of_text(definition.item.text)]
            subst = self._open(definition, dict(hit.subst), hit.receiver)
            result = self.returned(definition)
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
            ty = self._impls.normal(self.in_pattern(binding.pattern, node, whole, binding.scope))
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
            if ty.kind != "unknown" and not (kind == "let_declaration" and _has_unknown(ty)):
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
        if kind == "for_expression":
            return self.element(self.type_of(field("value"), scope))
        if kind == "match_arm":
            match = scope.parent
            if match is not None and match.node.type == "match_expression":
                return self.type_of(match.node.child_by_field_name("value"), match)
        if kind in ("closure_expression", "parameter") and scope.node.type == "closure_expression":
            expected = self.expected_of_closure(scope.node, scope)
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
            if kind == "tuple_pattern":
                ty = _part_of_tuple(ty, children, inner)
            elif kind == "slice_pattern":
                ty = self.element(ty)
            elif kind == "tuple_struct_pattern":
                definition, subst = self._matched(at, ty, scope)
                fields = [each for each in children[1:]]
                ty = self._field_type(definition, str(_index(fields, inner, definition)), subst)
            elif kind == "struct_pattern":
                definition, subst = self._matched(at, ty, scope)
                name = inner.child_by_field_name("name")
                if inner.type == "field_pattern" and name is not None:
                    ty = self._field_type(definition, scope.file.text(name), subst)
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

    def _field_type(self, definition: Def | None, name: str, subst: Subst) -> Ty:
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

    # Fields and calls

    def field(self, ty: Ty, name: str) -> tuple[Def | None, Ty]:
        """The field of a type, through dereferences, and its type."""
        for step in self._impls.steps(ty):
            if step.kind == "tuple" and name.isdigit():
                index = int(name)
                return None, step.arguments[index] if index < len(step.arguments) else UNKNOWN_TY
            if step.kind == "adt" and step.definition is not None:
                for each in step.definition.members.get(name, ()):
                    if each.kind == "field":
                        return each, self._field_type(step.definition, name, arguments_of(step))
        return None, UNKNOWN_TY

    def _field(self, node: Node, scope: Scope) -> Ty:
        name = node.child_by_field_name("field")
        if name is None:
            return UNKNOWN_TY
        return self.field(self.type_of(node.child_by_field_name("value"), scope), scope.file.text(name))[1]

    def hits_of_call(self, node: Node, scope: Scope) -> tuple[list[Hit], PathType | None]:
        """What a call calls, and the path as written, where it is one."""
        function = node.child_by_field_name("function")
        if function is None:
            return [], None
        whole = function
        if function.type == "generic_function":
            function = function.child_by_field_name("function") or function
        if function.type == "field_expression":
            name = function.child_by_field_name("field")
            if name is None:
                return [], None
            receiver = self.type_of(function.child_by_field_name("value"), scope)
            return self._impls.method(receiver, scope.file.text(name).removeprefix("r#")), None
        if function.type in ("identifier", "scoped_identifier"):
            if function.type == "identifier":
                name_text = scope.file.text(function)
                if isinstance(self.local(name_text, function.start_byte, scope), Binding):
                    return [], None
            text = type_of_text(scope.file.text(whole))
            if isinstance(text, PathType):
                return self._members.path(text, "value", scope.context), text
        return [], None

    def _call(self, node: Node, scope: Scope) -> Ty:
        hits, text = self.hits_of_call(node, scope)
        for hit in hits:
            definition = hit.definition
            if definition.kind in ("function", "method"):
                subst = self.subst_of_call(hit, node, scope)
                ty = substituted(self.returned(definition), self._open(definition, subst, hit.receiver))
                return self._impls.normal(ty)
            if definition.kind in ("struct", "variant"):
                return self._constructor_call(hit, text, node, scope)
        function = node.child_by_field_name("function")
        if not hits and function is not None and function.type == "field_expression":
            return self._projection(function, scope)
        if hits or function is None:
            return UNKNOWN_TY
        return self.called(self.type_of(function, scope))

    def _projection(self, function: Node, scope: Scope) -> Ty:
        """What `project` of pin-project gives has the fields of the type itself."""
        name = function.child_by_field_name("field")
        if name is not None and scope.file.text(name) in ("project", "project_ref", "project_replace"):
            for step in self._impls.steps(self.type_of(function.child_by_field_name("value"), scope)):
                if step.kind == "adt" and step.definition is not None and not step.definition.is_external:
                    return step
        return UNKNOWN_TY

    def called(self, ty: Ty) -> Ty:
        """What calling a value of the type gives."""
        for step in self._impls.steps(ty):
            if step.kind == "fn" and step.arguments:
                return step.arguments[-1]
            if step.kind == "closure" and isinstance(step.closure, Scope):
                return self.type_of_closure_body(step.closure)
            for bound in self._impls.bounds_of(step):
                for name, each in bound.bindings:
                    if name == "Output" and bound.trait.name in ("Fn", "FnMut", "FnOnce"):
                        return each
        return UNKNOWN_TY

    def type_of_closure_body(self, scope: Scope) -> Ty:
        """What a closure returns."""
        returned = scope.node.child_by_field_name("return_type")
        if returned is not None:
            return self._lowering.lower_text(scope.file.text(returned), scope.context)
        return self.type_of(scope.node.child_by_field_name("body"), scope)

    def _constructor_call(self, hit: Hit, text: PathType | None, node: Node, scope: Scope) -> Ty:
        ty = self.constructed(hit.definition, text, scope.context, hit.receiver)
        if ty.kind != "adt" or ty.definition is None or not any(each.kind == "unknown" for each in ty.arguments):
            return ty
        subst: Subst = {}
        arguments = node.child_by_field_name("arguments")
        for index, argument in enumerate(arguments.named_children if arguments is not None else ()):
            for each in hit.definition.members.get(str(index), ()):
                context = self._lowering.context_of(each.parent or each)
                unify(self._lowering.lower_text(each.item.type, context), self.type_of(argument, scope), subst)
        return _with(ty, subst)

    def returned(self, definition: Def) -> Ty:
        """What a function returns, as its signature says."""
        context = self._lowering.context_of(definition)
        ty = self._lowering.lower_text(definition.item.type, context) if definition.item.type else UNIT_TY
        if definition.item.trait == "async":
            ty = self.future(ty)
        return ty

    def future(self, ty: Ty) -> Ty:
        """`impl Future<Output = T>`."""
        found = self._paths.path(self._paths.std_root, ("future", "Future"), "type")
        return Ty("impl", bounds=(Bound(found[0], (), (("Output", ty),)),)) if found else UNKNOWN_TY

    def _open(self, definition: Def, subst: Subst, receiver: Ty) -> Subst:
        """The arguments of a call, with those that nothing told unknown."""
        at: Def | None = definition
        while at is not None and at.table is None:
            for each in generics_of_text(at.item.generics):
                subst.setdefault(each.name, UNKNOWN_TY)
            at = at.parent
        if receiver.kind != "unknown":
            subst.setdefault("Self", receiver)
        else:
            subst.setdefault("Self", UNKNOWN_TY)
        return subst

    def subst_of_call(self, hit: Hit, node: Node, scope: Scope, without_closures: bool = False) -> Subst:
        """What the parameters of a called function are, by its receiver, its arguments and `::<T>`."""
        definition = hit.definition
        subst = dict(hit.subst)
        if hit.receiver.kind != "unknown":
            subst.setdefault("Self", hit.receiver)
        generics = generics_of_text(definition.item.generics)
        function = node.child_by_field_name("function")
        if function is not None and generics:
            written = scope.file.text(function)
            if written.endswith(">"):
                text = type_of_text("_" + written[written.rfind("::<") :] if "::<" in written else "_")
                last = _turbofish(function, scope)
                del text
                for each, given in zip(generics, last, strict=False):
                    lowered = self._lowering.lower_text(given, scope.context)
                    if lowered.kind != "unknown":
                        subst[each.name] = lowered
        own = self._lowering.context_of(definition)
        closures = []
        for parameter, argument in self._arguments(definition, node, function):
            if argument.type == "closure_expression":
                closures.append((parameter, argument))
                continue
            pattern = self._lowering.lower(parameter, own)
            if not _has_param(pattern):
                continue
            actual = self.type_of(argument, scope)
            if actual.kind == "unknown":
                continue
            if pattern.kind == "impl" or pattern.kind == "param":
                self._by_bounds(pattern, actual, subst)
            unify(pattern, actual, subst)
        if not without_closures:
            for parameter, argument in closures:
                self._by_closure(self._lowering.lower(parameter, own), self.type_of(argument, scope), subst)
        return subst

    def _arguments(self, definition: Def, node: Node, function: Node | None) -> list[tuple[PathType | ListType, Node]]:
        arguments = node.child_by_field_name("arguments")
        given = [
            each
            for each in (arguments.named_children if arguments is not None else ())
            if each.type not in ("line_comment", "block_comment", "attribute_item")
        ]
        parameters = parameters_of_text(definition.item.text)
        if function is not None and function.type == "generic_function":
            function = function.child_by_field_name("function")
        if parameters and _is_self(parameters[0].pattern) and function is not None:
            if function.type == "field_expression":
                parameters = parameters[1:]
        return list(zip((each.type for each in parameters), given, strict=False))

    def _by_bounds(self, pattern: Ty, actual: Ty, subst: Subst) -> None:
        """`I: Iterator<Item = T>` given an iterator tells T; `F: Fn(A) -> B` given a function tells B."""
        for bound in self._impls.bounds_of(pattern):
            for name, each in bound.bindings:
                if name == "Output" and actual.kind in ("fn", "closure"):
                    unify(each, self.called(actual), subst)
                else:
                    found = self._impls.projected(actual, bound.trait, name)
                    if found is not None:
                        unify(each, found, subst)

    def _by_closure(self, pattern: Ty, actual: Ty, subst: Subst) -> None:
        if actual.kind != "closure" or not isinstance(actual.closure, Scope):
            return
        for bound in self._impls.bounds_of(pattern):
            for name, each in bound.bindings:
                if name == "Output" and _has_param(each):
                    unify(each, self.type_of_closure_body(actual.closure), subst)
        if pattern.kind == "param":
            subst.setdefault(pattern.name, actual)

    def expected_of_closure(self, closure: Node, scope: Scope) -> tuple[Ty, ...]:
        """What the parameters of a closure are, by the function that it is handed to."""
        arguments = closure.parent
        call = arguments.parent if arguments is not None and arguments.type == "arguments" else None
        outer = scope.parent
        if call is None or outer is None or call.type != "call_expression":
            return ()
        hits, _ = self.hits_of_call(call, outer)
        for hit in hits:
            definition = hit.definition
            if definition.kind not in ("function", "method"):
                continue
            subst = self.subst_of_call(hit, call, outer, without_closures=True)
            own = self._lowering.context_of(definition)
            function = call.child_by_field_name("function")
            for parameter, argument in self._arguments(definition, call, function):
                if argument.id == closure.id:
                    pattern = self._lowering.lower(parameter, own)
                    return self._parameters_of(pattern, self._open(definition, subst, hit.receiver))
        return ()

    def _parameters_of(self, pattern: Ty, subst: Subst) -> tuple[Ty, ...]:
        if pattern.kind == "fn":
            return tuple(self._impls.normal(substituted(each, subst)) for each in pattern.arguments[:-1])
        if pattern.kind == "adt":  # Box<dyn Fn(A)>
            for each in pattern.arguments:
                found = self._parameters_of(each, subst)
                if found:
                    return found
            return ()
        for bound in self._impls.bounds_of(pattern):
            if bound.trait.name in ("Fn", "FnMut", "FnOnce") and bound.arguments:
                given = self._impls.normal(substituted(bound.arguments[0], subst))
                return given.arguments if given.kind == "tuple" else ()
        return ()

    # Other expressions

    def _await(self, node: Node, scope: Scope) -> Ty:
        ty = self.type_of(_last_named(node), scope)
        for trait in ("Future", "IntoFuture"):
            found = self._paths.path(self._paths.std_root, ("future", trait), "type")
            for step in self._impls.steps(ty):
                output = self._impls.projected(step, found[0], "Output") if found else None
                if output is not None:
                    return output
        return UNKNOWN_TY

    def _try(self, node: Node, scope: Scope) -> Ty:
        ty = self.type_of(_last_named(node), scope)
        if ty.kind == "adt" and ty.definition is not None and ty.arguments:
            if ty.definition.name in ("Option", "Result"):
                return ty.arguments[0]
            if ty.definition.name == "Poll":
                inner = ty.arguments[0]
                if inner.kind == "adt" and inner.arguments:
                    return ty._replace(arguments=(inner.arguments[0],))
        return UNKNOWN_TY

    def _unary(self, node: Node, scope: Scope) -> Ty:
        ty = self.type_of(_last_named(node), scope)
        if node.child_count and node.children[0].type == "*":
            steps = []
            for step in self._impls.steps(ty):
                steps.append(step)
                if len(steps) == 2:
                    return steps[1]
        return ty

    def _block(self, node: Node, scope: Scope) -> Ty:
        inner = self.scope_for(node, scope)
        last = _last_named(node)
        if last is None or last.type == "let_declaration":
            return UNIT_TY
        if last.type == "expression_statement":
            expression = last.named_children[0] if last.named_child_count else None
            if expression is None or last.children[-1].type == ";":
                return UNIT_TY if last.children[-1].type == ";" else UNKNOWN_TY
            return self.type_of(expression, inner)
        return self.type_of(last, inner)

    def _async(self, node: Node, scope: Scope) -> Ty:
        return self.future(self.type_of(_last_named(node), scope))

    def _if(self, node: Node, scope: Scope) -> Ty:
        ty = self.type_of(node.child_by_field_name("consequence"), scope)
        alternative = node.child_by_field_name("alternative")
        if ty.kind == "unknown" and alternative is not None:
            return self.type_of(_last_named(alternative), scope)
        return ty

    def _match(self, node: Node, scope: Scope) -> Ty:
        body = node.child_by_field_name("body")
        best = UNKNOWN_TY
        for arm in (body.named_children if body is not None else ())[:12]:
            if arm.type == "match_arm":
                inner = self.scope_for(arm, scope)
                ty = self.type_of(arm.child_by_field_name("value"), inner)
                if ty.kind != "unknown" and not _has_unknown(ty):
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
            return self.constructed(hit.definition, None, scope.context, hit.receiver)
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
                unify(self._lowering.lower_text(member.item.type, context), self.type_of(value, scope), subst)
        return _with(ty, subst)

    def _macro(self, node: Node, scope: Scope) -> Ty:
        macro = node.child_by_field_name("macro")
        name = scope.file.text(macro).rpartition("::")[2] if macro is not None else ""
        expansion = self.expand(node, scope)
        if expansion is not None:
            return self.type_of(_last_named(expansion.node), expansion)
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
                    element = self.type_of(expression, self.scope_for(root, scope))
                    arguments = element.arguments[:1] if element.kind == "adt" else ()
                    return self._std("vec", "Vec")._replace(arguments=arguments or (UNKNOWN_TY,))
            return self._std("vec", "Vec")._replace(arguments=(UNKNOWN_TY,))
        if name in ("dbg", "ready", "pin", "try", "black_box"):
            for root in scope.file.within(tokens):
                ty = self.type_of(_only_expression(root), self.scope_for(root, scope))
                if name == "ready" and ty.kind == "adt" and ty.arguments:
                    return ty.arguments[0]
                return ty
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
        for suffix in ("usize", "u8", "u16", "u32", "u64", "u128", "isize", "i8", "i16", "i32", "i64", "i128", "f32", "f64"):
            if text.endswith(suffix) and not text.startswith("0x"):
                return self._std("primitive", suffix)
        return self._std("primitive", "f64" if kind == "float_literal" else "i32")

    def _tuple(self, node: Node, scope: Scope) -> Ty:
        return Ty("tuple", arguments=tuple(self.type_of(each, scope) for each in node.named_children[:16]))

    def _array(self, node: Node, scope: Scope) -> Ty:
        first = next((each for each in node.named_children if "comment" not in each.type), None)
        return self._std("primitive", "array")._replace(arguments=(self.type_of(first, scope),))

    def _index(self, node: Node, scope: Scope) -> Ty:
        if node.named_child_count < 2:
            return UNKNOWN_TY
        value = self.type_of(node.named_children[0], scope)
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
        left = self.type_of(node.child_by_field_name("left"), scope)
        if left.kind == "adt" and left.definition is not None and left.definition.is_external:
            return left
        found = self._paths.path(self._paths.std_root, ("ops", _OPERATORS.get(operator.type if operator else "", "")), "type")
        output = self._impls.projected(left, found[0], "Output") if found and found[0].kind == "trait" else None
        return output or UNKNOWN_TY

    def _cast(self, node: Node, scope: Scope) -> Ty:
        given = node.child_by_field_name("type")
        return self._lowering.lower_text(scope.file.text(given), scope.context) if given is not None else UNKNOWN_TY

    def _closure(self, node: Node, scope: Scope) -> Ty:
        return Ty("closure", name=str(node.id), closure=scope)

    def _range(self, node: Node, scope: Scope) -> Ty:
        first = node.named_children[0] if node.named_child_count else None
        return self._std("ops", "Range")._replace(arguments=(self.type_of(first, scope),))

    def _unit(self, node: Node, scope: Scope) -> Ty:
        return UNIT_TY


_OPERATORS = {"+": "Add", "-": "Sub", "*": "Mul", "/": "Div", "%": "Rem", "|": "BitOr", "&": "BitAnd", "^": "BitXor"}
_METHODS: dict[str, Callable[[Inference, Node, Scope], Ty]] = {
    "identifier": Inference._identifier,
    "self": Inference._self,
    "scoped_identifier": Inference._path,
    "generic_function": Inference._path,
    "field_expression": Inference._field,
    "call_expression": Inference._call,
    "await_expression": Inference._await,
    "try_expression": Inference._try,
    "unary_expression": Inference._unary,
    "block": Inference._block,
    "async_block": Inference._async,
    "if_expression": Inference._if,
    "match_expression": Inference._match,
    "struct_expression": Inference._struct,
    "macro_invocation": Inference._macro,
    "string_literal": Inference._literal,
    "raw_string_literal": Inference._literal,
    "char_literal": Inference._literal,
    "boolean_literal": Inference._literal,
    "integer_literal": Inference._literal,
    "float_literal": Inference._literal,
    "tuple_expression": Inference._tuple,
    "array_expression": Inference._array,
    "index_expression": Inference._index,
    "binary_expression": Inference._binary,
    "type_cast_expression": Inference._cast,
    "closure_expression": Inference._closure,
    "range_expression": Inference._range,
    "unit_expression": Inference._unit,
}


def arguments_of(ty: Ty) -> Subst:
    """The arguments of a type by the names of its parameters."""
    if ty.definition is None:
        return {}
    generics = generics_of_text(ty.definition.item.generics)
    return {each.name: given for each, given in zip(generics, ty.arguments, strict=False)}


def _with(ty: Ty, subst: Subst) -> Ty:
    if ty.definition is None:
        return ty
    generics = generics_of_text(ty.definition.item.generics)
    arguments = tuple(
        subst.get(each.name, given) if given.kind == "unknown" else given
        for each, given in zip(generics, ty.arguments, strict=False)
    )
    return ty._replace(arguments=arguments)


def _last_named(node: Node) -> Node | None:
    for child in reversed(node.named_children):
        if child.type not in ("line_comment", "block_comment", "empty_statement"):
            return child
    return None


def _only_expression(root: Node) -> Node | None:
    node = _last_named(root)
    while node is not None and node.type in ("expression_statement", "parenthesized_expression"):
        node = _last_named(node) if node.type != "expression_statement" else node.named_children[0]
    return node


def _has_unknown(ty: Ty, depth: int = 0) -> bool:
    return ty.kind == "unknown" or (depth < 8 and any(_has_unknown(each, depth + 1) for each in ty.arguments))


def _has_param(ty: Ty, depth: int = 0) -> bool:
    if ty.kind in ("param", "assoc", "impl", "dyn") or depth > 8:
        return True
    return any(_has_param(each, depth + 1) for each in ty.arguments)


def _is_self(pattern: str) -> bool:
    return pattern == "self" or pattern.endswith(" self")


def _turbofish(function: Node, scope: Scope) -> list[str]:
    if function.type != "generic_function":
        return []
    arguments = function.child_by_field_name("type_arguments")
    if arguments is None:
        return []
    return [scope.file.text(each) for each in arguments.named_children if each.type != "lifetime"]


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


__all__ = ["Inference", "Spent", "arguments_of", "generic_named"]
