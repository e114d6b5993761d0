"""What one binding gives: a class, a function under its decorators, a parameter, an assigned or declared value."""

from cq.symbols.python.annotations import Annotations
from cq.symbols.python.calls import last_name, matched
from cq.symbols.python.classes import Classes, substituted
from cq.symbols.python.evaluator import Context, Evaluator, Frame
from cq.symbols.python.externals import KEEPING, PROPERTIES, TYPE_VARIABLES
from cq.symbols.python.names import Found
from cq.symbols.python.summary import AttributeBinding, Binding, Call, Expression, Lambda, Parameter, Scope
from cq.symbols.python.values import (
    EXACT,
    FLOW,
    GUESS,
    NOTHING,
    ClassValue,
    ExternalInstance,
    FunctionValue,
    InstanceValue,
    PartialValue,
    TypeVariable,
    Value,
    Values,
    one,
    union,
)

_KEEPS_CLASS_FIRST = frozenset({"__new__", "__init_subclass__", "__class_getitem__"})


class Bindings:
    """Values of bindings."""

    def __init__(self, evaluator: Evaluator, annotations: Annotations, classes: Classes) -> None:
        self._evaluator = evaluator
        self._annotations = annotations
        self._classes = classes

    def values(self, found: Found, frame: Frame | None) -> Values:
        """What a binding gives; with a frame, in one call of the function."""
        module = self._evaluator.names.module(found.path)
        if module is None:
            return NOTHING
        binding = found.binding
        context = Context(found.path, found.scope, frame)
        if isinstance(binding, AttributeBinding):
            return self._assigned(binding.value, binding.annotation, context, False)
        kind = binding.kind
        if kind == "class":
            return one(ClassValue(found.path, binding.scope), EXACT, "local")
        if kind == "function":
            return self.decorated(found.path, binding.scope, module.scopes[binding.scope])
        if kind == "parameter":
            return self._parameter(found, binding, module.scopes[found.scope], frame)
        if kind == "typevar":
            return one(TypeVariable(found.path, binding.at, binding.name))
        if kind in ("import", "from"):
            return self._evaluator.values_of(found, frame)
        if self._is_type_variable(binding.value, context):
            return one(TypeVariable(found.path, binding.at, binding.name))
        # In a function the value assigned last is known; from elsewhere only what is declared.
        narrows = module.scopes[found.scope].kind == "function"
        declared = binding.annotation or self._declared(found, binding)
        return self._assigned(binding.value, declared, context, narrows)

    def _declared(self, found: Found, binding: Binding) -> Expression:
        """The annotation that another binding of the same name has."""
        module = self._evaluator.names.module(found.path)
        if module is None or binding.kind == "target":
            return None
        for each in module.names(found.scope).get(binding.name, ()):
            if each.annotation is not None:
                return each.annotation
        return None

    def _is_type_variable(self, value: Expression, context: Context) -> bool:
        return isinstance(value, Call) and last_name(value) in TYPE_VARIABLES

    def _assigned(self, value: Expression, annotation: Expression, context: Context, narrows: bool) -> Values:
        declared = self._annotations.instances(annotation, context) if annotation is not None else NOTHING
        if declared and not narrows:
            return declared
        assigned = self._evaluator.evaluate(value, context) if value is not None else NOTHING
        # What is assigned is narrower than what is declared, except for an empty container.
        if declared and not any(
            isinstance(item, (InstanceValue, ClassValue, FunctionValue)) for item in assigned.items
        ):
            return declared
        return assigned.at_least(FLOW, assigned.reason or "assigned")

    # Functions

    def decorated(self, path: str, number: int, scope: Scope, first: int = 0) -> Values:
        """A function as its decorators leave it, from the first on that counts."""
        plain = one(FunctionValue(path, number), EXACT, "local")
        values = plain
        for decorator in reversed(scope.decorators[first:]):
            last = last_name(decorator)
            if last in KEEPING or last in PROPERTIES or last in ("staticmethod", "classmethod", "setter", "getter"):
                continue
            context = Context(path, scope.parent)
            function = self._evaluator.evaluate(decorator, context)
            made = []
            for item in function.items:
                if isinstance(item, (FunctionValue, ClassValue, InstanceValue, PartialValue, ExternalInstance)):
                    # Its name would mean what is bound before it, or what the decorators are about to make.
                    call = Call(decorator, (Lambda(scope.start),), (), scope.at)
                    made.append(self._result(item, call, values, context))
            kept: list[Value] = [
                v for v in union(made).items if isinstance(v, (FunctionValue, ClassValue, InstanceValue))
            ]
            if any(isinstance(v, InstanceValue) and self._passes_on(v) for v in kept):
                kept = [*values.items, *(v for v in kept if v not in values.items)]
            if kept:
                values = Values(tuple(kept), FLOW, "decorator")
        return values

    def _passes_on(self, made: InstanceValue) -> bool:
        """Whether an object that takes a function's place is called with whatever the function is called with."""
        for item in self._evaluator.member_values(one(made), "__call__").items:
            if isinstance(item, ExternalInstance) and item.name.endswith("Callable") and not any(item.arguments[:1]):
                return True
            module = self._evaluator.names.module(item.path) if isinstance(item, FunctionValue) else None
            if module is not None and isinstance(item, FunctionValue) and _takes_anything(module.scopes[item.scope], 1):
                return True
        return False

    def _result(self, decorator: Value, call: Call, decorated: Values, context: Context) -> Values:
        """What a decorator of the project makes of a function."""
        if not isinstance(decorator, FunctionValue):
            return self._evaluator.call(one(decorator), call, context)
        module = self._evaluator.names.module(decorator.path)
        scope = module.scopes[decorator.scope] if module is not None else None
        if scope is None or module is None:
            return NOTHING
        if scope.annotation is not None:
            # It tells a type: that of an object that takes the function's place, or of a function like it.
            declared = self._evaluator.call(one(decorator), call, context)
            items = [item for item in declared.items if isinstance(item, (InstanceValue, FunctionValue))]
            return Values(tuple(items), declared.rank, declared.reason)
        names = [parameter.name for parameter, _ in matched(scope, call, decorator.receiver is not None)]
        if not names:
            return NOTHING
        frame = Frame(decorator.path, decorator.scope, tuple((name, decorated) for name in names[:1]))
        results = self._evaluator.returns(decorator, frame)
        found: list[Value] = []
        for item in results.items:
            inner = self._evaluator.names.module(item.path) if isinstance(item, FunctionValue) else None
            if inner is not None and isinstance(item, FunctionValue):
                decorators = inner.scopes[item.scope].decorators
                # It says itself that it stands for the function, or takes all that the function may take.
                wraps = any(last_name(each) in ("wraps", "update_wrapper") for each in decorators)
                if wraps or _takes_anything(inner.scopes[item.scope], 0):
                    found.extend(decorated.items)
                    continue
            found.append(item)
        return Values(tuple(dict.fromkeys(found)), results.rank, results.reason)

    def _parameter(self, found: Found, binding: Binding, scope: Scope, frame: Frame | None) -> Values:
        if frame is not None:
            for name, values in frame.arguments:
                if name == binding.name:
                    return values
        parameter = next((each for each in scope.parameters if each.name == binding.name), None)
        module = self._evaluator.names.module(found.path)
        if parameter is None or module is None:
            return NOTHING
        outer = Context(found.path, scope.parent)
        if parameter.annotation is not None:
            generic = any(each.kind == "typevar" for each in scope.bindings)
            values = self._annotations.instances(
                parameter.annotation, Context(found.path, found.scope) if generic else outer
            )
            values = self._bounded(values)
            if parameter.kind == "star":
                return one(ExternalInstance("typing.Sequence", (values,)), FLOW, "annotation")
            if parameter.kind == "stars":
                return one(ExternalInstance("builtins.dict", (NOTHING, values)), FLOW, "annotation")
            return values
        if module.receiver_of(found.scope) == binding.name:
            return self._receiver(found, scope)
        return self._unannotated(found, parameter, scope)

    def _bounded(self, values: Values) -> Values:
        """Type variables by what their bound tells, beside themselves."""
        more = []
        for item in values.items:
            if isinstance(item, TypeVariable):
                more.append(self.bound_of(item))
            elif isinstance(item, ExternalInstance) and item.name == "builtins.type":
                for each in (each for argument in item.arguments for each in argument.items):
                    if isinstance(each, TypeVariable):
                        more.append(self._evaluator.member_values(self.bound_of(each), "__class__"))
        return union((values, *more))

    def bound_of(self, variable: TypeVariable) -> Values:
        """What a type variable must be: its bound or its constraints."""
        module = self._evaluator.names.module(variable.path)
        for scope_number, scope in enumerate(module.scopes if module is not None else ()):
            for binding in scope.bindings:
                if binding.at == variable.at and isinstance(binding.value, Call):
                    context = Context(variable.path, scope_number)
                    bounds = [value for key, value in binding.value.keywords if key == "bound"]
                    options = bounds or list(binding.value.arguments[1:])
                    return union(self._annotations.instances(each, context) for each in options)
        return NOTHING

    def _receiver(self, found: Found, scope: Scope) -> Values:
        decorators = {last_name(each) for each in scope.decorators}
        owner = ClassValue(found.path, scope.parent)
        is_meta = any(getattr(each, "name", "") == "builtins.type" for each in self._classes.mro(owner))
        if "classmethod" in decorators or scope.name in _KEEPS_CLASS_FIRST:
            return one(owner, EXACT, "self")
        if is_meta and scope.parameters and scope.parameters[0].name != "self":
            return NOTHING if not is_meta else one(InstanceValue(owner.path, owner.scope), EXACT, "self")
        return one(InstanceValue(owner.path, owner.scope), EXACT, "self")

    def _unannotated(self, found: Found, parameter: Parameter, scope: Scope) -> Values:
        default = NOTHING
        if parameter.default is not None:
            default = self._evaluator.evaluate(parameter.default, Context(found.path, scope.parent))
        if scope.kind == "lambda":
            expected = self._evaluator.expected(FunctionValue(found.path, found.scope), parameter.name)
            if expected:
                return expected
        inherited = self._inherited(found, parameter, scope)
        if inherited:
            return union((inherited, default))
        passed = self._evaluator.from_calls(FunctionValue(found.path, found.scope), parameter.name)
        if parameter.kind == "star":
            passed = one(ExternalInstance("typing.Sequence", (passed,)), GUESS, "call-site")
        elif parameter.kind == "stars":
            passed = one(ExternalInstance("builtins.dict", (NOTHING, passed)), GUESS, "call-site")
        return union((default.at_least(FLOW, "default"), passed.at_least(GUESS, "call-site")))

    def _inherited(self, found: Found, parameter: Parameter, scope: Scope) -> Values:
        """The type that the method of a base class gives the parameter of the same name."""
        module = self._evaluator.names.module(found.path)
        if (
            module is None
            or not scope.parent
            or module.scopes[scope.parent].kind != "class"
            or scope.kind != "function"
        ):
            return NOTHING
        bases, _, _ = self._classes.lookup(ClassValue(found.path, scope.parent), scope.name, True)
        for each in bases:
            binding = each.binding
            above = self._evaluator.names.module(each.path)
            if above is None or not isinstance(binding, Binding) or binding.kind != "function":
                continue
            method = above.scopes[binding.scope]
            for other in method.parameters:
                if other.name == parameter.name and other.annotation is not None and other.kind == parameter.kind:
                    return self._annotations.instances(other.annotation, Context(each.path, method.parent))
        return NOTHING

    # Attributes of classes and instances

    def bound(self, found: Found, receiver: Value) -> Values:
        """What an attribute found in a class gives, asked of this receiver."""
        binding = found.binding
        values: Values
        if isinstance(binding, Binding) and binding.kind == "function":
            module = self._evaluator.names.module(found.path)
            if module is None:
                return NOTHING
            scope = module.scopes[binding.scope]
            return self._method(found, binding.scope, scope, receiver)
        values = self._evaluator.found_values(found, None)
        if binding.annotation is not None and isinstance(receiver, (InstanceValue, ClassValue)):
            values = (
                self._annotations.of_receiver(binding.annotation, Context(found.path, found.scope), receiver) or values
            )
        if isinstance(binding, Binding) and self._is_enum_member(found, binding, values):
            return one(InstanceValue(found.path, found.scope), FLOW, "enum")
        if (
            isinstance(binding, Binding)
            and binding.kind not in ("function", "class")
            and isinstance(receiver, InstanceValue)
        ):
            values = self._through_descriptor(values, binding, receiver)
        if isinstance(receiver, (InstanceValue, ClassValue)):
            values = substituted(values, self._evaluator.type_arguments(receiver))
        return values

    def _is_enum_member(self, found: Found, binding: Binding, values: Values) -> bool:
        """Whether an attribute of a class is a member of an enumeration: a value, and no method, by a public name."""
        if binding.kind != "assign" or binding.name.startswith("_"):
            return False
        if any(isinstance(item, FunctionValue) for item in values.items):
            return False
        return self._evaluator.is_enum(ClassValue(found.path, found.scope))

    def _through_descriptor(self, values: Values, binding: Binding, receiver: Value) -> Values:
        items: list[Value] = []
        for item in values.items:
            if isinstance(item, FunctionValue) and item.receiver is None:
                items.append(FunctionValue(item.path, item.scope, receiver))
                continue
            if isinstance(item, InstanceValue) and binding.kind in ("assign", "annotated"):
                getter = self._evaluator.member_values(one(item), "__get__")
                # Of a class with a base from elsewhere it is not known that it has none.
                if any(isinstance(each, FunctionValue) for each in getter.items):
                    items.extend(self._evaluator.call(getter, None, Context("", 0)).items)
                    continue
            items.append(item)
        return Values(tuple(dict.fromkeys(items)), values.rank, values.reason)

    def _method(self, found: Found, number: int, scope: Scope, receiver: Value) -> Values:
        names = {last_name(each) for each in scope.decorators}
        if names & PROPERTIES or "getter" in names:
            method = FunctionValue(found.path, number, receiver)
            return self._evaluator.call(one(method), None, Context("", 0)).at_least(FLOW, "return-type")
        if names & {"setter", "deleter"}:
            return NOTHING  # the getter tells what it gives
        values = self._evaluator.found_values(found, None)
        if "staticmethod" in names:
            return values
        owner = receiver
        if "classmethod" in names or scope.name in _KEEPS_CLASS_FIRST:
            if isinstance(receiver, InstanceValue):
                owner = ClassValue(receiver.path, receiver.scope, receiver.arguments)
        elif isinstance(receiver, ClassValue) and ClassValue(found.path, found.scope) in self._evaluator.mro(receiver):
            return values  # unbound; but a method of the metaclass has the class as its receiver
        items = tuple(
            FunctionValue(item.path, item.scope, owner) if isinstance(item, FunctionValue) else item
            for item in values.items
        )
        return Values(items, values.rank, values.reason)


def _takes_anything(function: Scope, bound: int) -> bool:
    """Whether a function declares nothing of what it takes and gives: `(*args, **kwargs)`, behind those bound."""
    parameters = function.parameters[bound:]
    kinds = {each.kind for each in parameters}
    return (
        {"star", "stars"} <= kinds <= {"star", "stars", "keyword"}
        and function.annotation is None
        and all(each.annotation is None for each in parameters)
    )
