"""Fields and calls: what is called, with what arguments for its parameters, and what it returns."""

from typing import TYPE_CHECKING

from tree_sitter import Node

from cq.symbols.rust.impls import Hit, Impls
from cq.symbols.rust.lowering import Lowering
from cq.symbols.rust.members import Members
from cq.symbols.rust.model import Def
from cq.symbols.rust.paths import Paths
from cq.symbols.rust.scopes import Binding, Scope
from cq.symbols.rust.shapes import arguments_of, has_param, is_pointer, is_self, parts_of, with_arguments
from cq.symbols.rust.ty import UNIT_TY, UNKNOWN_TY, Bound, Subst, Ty, substituted, unify
from cq.symbols.rust.types import ListType, PathType, generics_of_text, parameters_of_text, type_of_text

if TYPE_CHECKING:
    from cq.symbols.rust.infer import Inference

_PROJECTIONS = frozenset({"project", "project_ref", "project_replace", "as_mut", "as_ref"})


class Calls:
    """The types of field accesses and calls."""

    def __init__(
        self, inference: "Inference", paths: Paths, lowering: Lowering, impls: Impls, members: Members
    ) -> None:
        self._inference = inference
        self._paths = paths
        self._lowering = lowering
        self._impls = impls
        self._members = members

    def field(self, ty: Ty, name: str) -> tuple[Def | None, Ty]:
        """The field of a type, through dereferences, and its type."""
        for step in self._impls.steps(ty):
            if step.kind == "tuple" and name.isdigit():
                index = int(name)
                return None, step.arguments[index] if index < len(step.arguments) else UNKNOWN_TY
            if step.kind == "adt" and step.definition is not None:
                for each in sorted(step.definition.members.get(name, ()), key=Def.is_off):
                    if each.kind == "field":
                        return each, self._inference.patterns.field_type(step.definition, name, arguments_of(step))
        return None, UNKNOWN_TY

    def type_of_field(self, node: Node, scope: Scope) -> Ty:
        name = node.child_by_field_name("field")
        if name is None:
            return UNKNOWN_TY
        return self.field(self._inference.type_of(node.child_by_field_name("value"), scope), scope.file.text(name))[1]

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
            receiver = self._inference.type_of(function.child_by_field_name("value"), scope)
            called = scope.file.text(name).removeprefix("r#")
            return self._impls.method(receiver, called, scope.context.scope), None
        if function.type in ("identifier", "scoped_identifier"):
            if function.type == "identifier":
                name_text = scope.file.text(function)
                if isinstance(self._inference.local(name_text, function.start_byte, scope), Binding):
                    return [], None
            text = type_of_text(scope.file.text(whole))
            if isinstance(text, PathType):
                return self._members.path(text, "value", scope.context), text
        return [], None

    def type_of_call(self, node: Node, scope: Scope) -> Ty:
        hits, text = self.hits_of_call(node, scope)
        for hit in hits:
            definition = hit.definition
            if definition.kind in ("function", "method"):
                subst = self.subst_of_call(hit, node, scope)
                ty = substituted(self.returned(definition), self.open(definition, subst, hit.receiver))
                return self._impls.normal(ty)
            if definition.kind in ("struct", "variant"):
                return self._constructor_call(hit, text, node, scope)
        function = node.child_by_field_name("function")
        if not hits and function is not None and function.type == "field_expression":
            return self._projection(function, scope)
        if hits or function is None:
            return UNKNOWN_TY
        return self.called(self._inference.type_of(function, scope))

    def _projection(self, function: Node, scope: Scope) -> Ty:
        """What `project` of pin-project gives has the fields of the type itself, and each may be pinned."""
        name = function.child_by_field_name("field")
        if name is not None and scope.file.text(name) in _PROJECTIONS:
            for step in self._impls.steps(self._inference.type_of(function.child_by_field_name("value"), scope)):
                if step.kind in ("param", "assoc"):
                    return step
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
        return self._inference.type_of(scope.node.child_by_field_name("body"), scope)

    def _constructor_call(self, hit: Hit, text: PathType | None, node: Node, scope: Scope) -> Ty:
        ty = self._inference.constructed(hit.definition, text, scope.context, hit.receiver)
        if ty.kind != "adt" or ty.definition is None or not any(each.kind == "unknown" for each in ty.arguments):
            return ty
        subst: Subst = {}
        arguments = node.child_by_field_name("arguments")
        for index, argument in enumerate(parts_of(arguments) if arguments is not None else ()):
            for each in hit.definition.members.get(str(index), ()):
                context = self._lowering.context_of(each.parent or each)
                unify(
                    self._lowering.lower_text(each.item.type, context), self._inference.type_of(argument, scope), subst
                )
        return with_arguments(ty, subst)

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

    def awaited(self, ty: Ty) -> Ty:
        """What `.await` gives."""
        for trait in ("Future", "IntoFuture"):
            found = self._paths.path(self._paths.std_root, ("future", trait), "type")
            for step in self._impls.steps(ty):
                output = self._impls.projected(step, found[0], "Output") if found else None
                if output is not None:
                    return output
        return UNKNOWN_TY

    def open(self, definition: Def, subst: Subst, receiver: Ty) -> Subst:
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
        for each, given in zip(generics, _turbofish(function, scope) if function is not None else (), strict=False):
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
            if not has_param(pattern):
                continue
            actual = self._inference.type_of(argument, scope)
            if actual.kind == "unknown":
                continue
            if is_pointer(pattern) and not is_pointer(actual):
                pattern = pattern.arguments[0]  # a reference becomes a pointer
            if pattern.kind == "impl" or pattern.kind == "param":
                self._by_bounds(pattern, actual, subst)
            unify(pattern, self._coerced(actual, pattern), subst)
        if not without_closures:
            for parameter, argument in closures:
                self._by_closure(self._lowering.lower(parameter, own), self._inference.type_of(argument, scope), subst)
        return subst

    def _coerced(self, actual: Ty, pattern: Ty) -> Ty:
        """What an argument is where a parameter is of another type: `&Rc<T>` is a `&T`, too."""
        if pattern.kind != "adt" or actual.kind != "adt" or actual.definition is pattern.definition:
            return actual
        return next((step for step in self._impls.steps(actual) if step.definition is pattern.definition), actual)

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
        is_method = function is not None and function.type == "field_expression"
        if is_method and parameters and is_self(parameters[0].pattern):
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
                if name == "Output" and has_param(each):
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
                    return self._parameters_of(pattern, self.open(definition, subst, hit.receiver))
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


def _turbofish(function: Node, scope: Scope) -> list[str]:
    if function.type != "generic_function":
        return []
    arguments = function.child_by_field_name("type_arguments")
    if arguments is None:
        return []
    return [scope.file.text(each) for each in arguments.named_children if each.type != "lifetime"]
