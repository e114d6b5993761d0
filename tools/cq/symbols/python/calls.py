"""What calls give: of functions and classes of the project, and of those from elsewhere that pass values on."""

from cq.symbols.python.annotations import Annotations
from cq.symbols.python.classes import substituted
from cq.symbols.python.evaluator import Context, Evaluator, Frame
from cq.symbols.python.externals import (
    CATCHING,
    CAUGHT,
    CONTEXT_MANAGERS,
    ELEMENT_OF_ARGUMENT,
    ENTERED,
    FIRST_ARGUMENT,
    MAPPING_VALUE,
    MAPPINGS,
    RECONTAIN,
    REFERENCES,
    SAME_KIND,
    SEQUENCE_ELEMENT,
)
from cq.symbols.python.overloads import Overloads
from cq.symbols.python.summary import Attribute, Call, Expression, Name, Parameter, Scope, Spread, Text
from cq.symbols.python.values import (
    EXACT,
    FLOW,
    NOTHING,
    ClassValue,
    ExternalInstance,
    ExternalMethod,
    ExternalValue,
    FunctionValue,
    InstanceValue,
    PartialValue,
    SuperValue,
    TypeVariable,
    Value,
    Values,
    one,
    union,
)

_DEEPEST_FRAMES = 4


class Calls:
    """The results of calls."""

    def __init__(self, evaluator: Evaluator, annotations: Annotations) -> None:
        self._evaluator = evaluator
        self._annotations = annotations
        self._overloads = Overloads(evaluator)

    def meant(self, values: Values, argument: Expression, context: Context) -> Values:
        """The same methods, of overloaded ones those that an operator or a subscription with this operand means."""
        call = Call(None, (argument,), (), 0)
        return Values(self._overloads.chosen(values.items, call, context), values.rank, values.reason)

    def result(self, values: Values, call: Call | None, context: Context) -> Values:
        """What a call of these values gives."""
        found = [self._of(item, call, context) for item in self._overloads.chosen(values.items, call, context)]
        return union(each.at_least(values.rank) for each in found)

    def _of(self, item: Value, call: Call | None, context: Context) -> Values:
        if isinstance(item, ClassValue):
            return self._instance(item, call, context)
        if isinstance(item, FunctionValue):
            return self.returned(item, call, context)
        if isinstance(item, InstanceValue):
            method = self._evaluator.member_values(one(item), "__call__")
            return self._evaluator.call(method, call, context).at_least(FLOW, "return-type") if method else NOTHING
        if isinstance(item, ExternalValue):
            return self._external(item.name, call, context)
        if isinstance(item, ExternalMethod):
            return self._method(item)
        if isinstance(item, PartialValue):
            return self._evaluator.call(one(item.function), call, context)
        if isinstance(item, ExternalInstance):
            if item.name.endswith("Callable") and item.arguments:
                return item.arguments[0]
            if item.name in REFERENCES and item.arguments:
                return item.arguments[0].at_least(FLOW, "return-type")
            if item.name == "builtins.type" and item.arguments:
                return item.arguments[0].at_least(FLOW, "constructor")
        return NOTHING

    def _instance(self, owner: ClassValue, call: Call | None, context: Context) -> Values:
        for item in self._evaluator.member_values(one(owner), "__new__").items:
            made = self._declared(item, owner, context) if isinstance(item, FunctionValue) else NOTHING
            if made:
                return made.at_least(FLOW, "constructor")
        arguments = owner.arguments
        if not arguments:
            variables = self._evaluator.type_variables(owner)
            if variables and call is not None:
                arguments = self._inferred(owner, variables, call, context)
        return one(InstanceValue(owner.path, owner.scope, arguments), FLOW, "constructor")

    def _declared(self, maker: FunctionValue, owner: ClassValue, context: Context) -> Values:
        """What a `__new__` says that it gives, when that is no type variable."""
        module = self._evaluator.names.module(maker.path)
        if module is None or module.scopes[maker.scope].annotation is None:
            return NOTHING
        made = self._annotations.returned(FunctionValue(maker.path, maker.scope, owner), context)
        return NOTHING if any(_is_open(item) for item in made.items) else made

    def _inferred(
        self, owner: ClassValue, variables: list[TypeVariable], call: Call, context: Context
    ) -> tuple[Values, ...]:
        """The arguments of a generic class, from what its `__init__` is called with."""
        maker = self._evaluator.member_values(one(InstanceValue(owner.path, owner.scope)), "__init__")
        for item in self._overloads.chosen(maker.items, call, context):
            if isinstance(item, FunctionValue):
                known = self.solved(item, call, context)
                if known:
                    return tuple(known.get((each.path, each.at), NOTHING) for each in variables)
        return ()

    # Functions

    def returned(self, function: FunctionValue, call: Call | None, context: Context) -> Values:
        """What a function of the project gives back."""
        module = self._evaluator.names.module(function.path)
        if module is None:
            return NOTHING
        scope = module.scopes[function.scope]
        if scope.annotation is not None:
            values = self._annotations.returned(function, context)
            values = self._open(values, function, call, context)
            if values.reason != "self":
                values = values.at_least(FLOW, "return-type")
            return self._wrapped(scope, values, False)
        frame = self._frame(function, scope, call, context)
        inner = Context(function.path, function.scope, frame)
        if scope.yields:
            parts = [
                self._evaluator.element(self._evaluator.evaluate(each.value, inner))
                if isinstance(each, Spread)
                else self._evaluator.evaluate(each, inner)
                for each in scope.yields[:12]
            ]
            return self._wrapped(scope, union(parts).at_least(FLOW, "return-type"), True)
        values = self._evaluator.returns(function, frame)
        return self._wrapped(scope, values.at_least(FLOW, "return-type"), False)

    def _wrapped(self, scope: Scope, values: Values, is_generator: bool) -> Values:
        """In the context manager, generator or coroutine that the call really gives."""
        if any(_last(each) in CONTEXT_MANAGERS for each in scope.decorators):
            element = values if is_generator else self._evaluator.element(values)
            return one(ExternalInstance("contextlib.contextmanager", (element,)), FLOW, "return-type")
        if is_generator:
            return one(ExternalInstance("typing.Generator", (values,)), FLOW, "return-type")
        if scope.is_async and not scope.yields:
            return one(ExternalInstance("types.coroutine", (values,)), values.rank, values.reason)
        return values

    def _open(self, values: Values, function: FunctionValue, call: Call | None, context: Context) -> Values:
        """Type variables in a result, replaced by what receiver and arguments tell."""
        receiver = function.receiver
        if isinstance(receiver, (InstanceValue, ClassValue)):
            values = substituted(values, self._evaluator.type_arguments(receiver))
        if any(_is_open(item) for item in values.items):
            values = substituted(values, self.solved(function, call, context))
        return values

    def solved(self, function: FunctionValue, call: Call | None, context: Context) -> dict[tuple[str, int], Values]:
        """What the type variables in the parameters' annotations stand for in one call."""
        module = self._evaluator.names.module(function.path)
        if module is None:
            return {}
        scope = module.scopes[function.scope]
        place = Context(
            function.path, function.scope if any(b.kind == "typevar" for b in scope.bindings) else scope.parent
        )
        known: dict[tuple[str, int], Values] = {}
        first = scope.parameters[0] if scope.parameters else None
        if function.receiver is not None and first is not None and first.annotation is not None:
            # `def __enter__(self: T) -> T`
            declared = self._annotations.instances(first.annotation, place)
            self._match(declared, one(function.receiver), known, 0)
        if call is None:
            return known
        for parameter, expression in self.matched(scope, call, function.receiver is not None):
            if parameter.annotation is None:
                continue
            declared = self._annotations.instances(parameter.annotation, place)
            if any(_is_open(item) for item in declared.items):
                self._match(declared, self._evaluator.evaluate(expression, context), known, 0)
        return known

    def _match(self, declared: Values, given: Values, known: dict[tuple[str, int], Values], depth: int) -> None:
        if depth > 4 or not given:
            return
        for item in declared.items:
            if isinstance(item, TypeVariable):
                known.setdefault((item.path, item.at), given)
            elif isinstance(item, ExternalInstance) and item.arguments:
                last = item.name.rpartition(".")[2]
                if last == "type":
                    made = self.result(given, None, Context("", 0))
                    self._match(item.arguments[0], made, known, depth + 1)
                elif last == "Callable":
                    self._match(item.arguments[0], self.result(given, None, Context("", 0)), known, depth + 1)
                elif last in MAPPINGS and len(item.arguments) == 2:
                    self._match(item.arguments[0], self._evaluator.element(given), known, depth + 1)
                    self._match(item.arguments[1], self._evaluator.item(given, None), known, depth + 1)
                else:
                    self._match(item.arguments[0], self._evaluator.element(given), known, depth + 1)

    def matched(self, scope: Scope, call: Call, bound: bool) -> list[tuple[Parameter, Expression]]:
        """The parameters of a function that a call gives a value, each with it."""
        return matched(scope, call, bound)

    def _frame(self, function: FunctionValue, scope: Scope, call: Call | None, context: Context) -> Frame | None:
        if not scope.parameters or _depth(context.frame) >= _DEEPEST_FRAMES:
            return None
        if call is None:
            # A property. Of an instance its class is known without the call, of a class only by the call.
            own = function.receiver
            given_class = ((scope.parameters[0].name, one(own, EXACT, "self")),) if isinstance(own, ClassValue) else ()
            return Frame(function.path, function.scope, given_class, context.frame) if given_class else None
        given: list[tuple[str, Values]] = []
        for parameter, expression in self.matched(scope, call, function.receiver is not None):
            if parameter.annotation is None and parameter.kind not in ("star", "stars"):
                values = self._evaluator.evaluate(expression, context)
                if values:
                    given.append((parameter.name, values))
        if function.receiver is not None and scope.parameters:
            given.append((scope.parameters[0].name, one(function.receiver, EXACT, "self")))
        return Frame(function.path, function.scope, tuple(given), context.frame) if given else None

    # From elsewhere

    def _external(self, name: str, call: Call | None, context: Context) -> Values:
        arguments = call.arguments if call is not None else ()
        first = arguments[0] if arguments else None
        if name == "builtins.super":
            return self._super(arguments, context)
        if name in _PARTIAL and first is not None:
            inner = self._evaluator.evaluate(first, context)
            return Values(tuple(PartialValue(item) for item in inner.items), inner.rank, inner.reason)
        if name.endswith((".cast", ".assert_type")) and name.startswith("typing") and first is not None:
            return self._annotations.instances(first, context)
        if name == "builtins.type" and len(arguments) == 1:
            return self.classes_of(self._evaluator.evaluate(first, context))
        if name == "builtins.getattr" and len(arguments) > 1 and isinstance(arguments[1], Text):
            found = self._evaluator.member_values(self._evaluator.evaluate(first, context), arguments[1].text)
            rest = [self._evaluator.evaluate(each, context) for each in arguments[2:]]
            return union((found, *rest)).at_least(FLOW, "assigned")
        if name.endswith(".__new__") and first is not None:
            return self._annotations.of_classes(self._evaluator.evaluate(first, context), context)
        if name.endswith(CATCHING) and first is not None:
            raised = self._annotations.of_classes(self._evaluator.evaluate(first, context), context)
            return one(ExternalInstance(CAUGHT, (raised,)), FLOW)
        if name in FIRST_ARGUMENT and first is not None:
            return self._evaluator.evaluate(first, context)
        if name in ELEMENT_OF_ARGUMENT and first is not None:
            if len(arguments) > 1 and name in ("builtins.min", "builtins.max"):
                return union(self._evaluator.evaluate(each, context) for each in arguments)
            rest = [self._evaluator.evaluate(each, context) for each in arguments[1:2]]
            return union((self._evaluator.element(self._evaluator.evaluate(first, context)), *rest))
        if name in RECONTAIN:
            element = (
                self._evaluator.element(self._evaluator.evaluate(first, context)) if first is not None else NOTHING
            )
            kind = RECONTAIN[name]
            if not kind:
                return one(ExternalInstance("typing.Iterator", (self._evaluator.element(element),)), FLOW)
            return one(ExternalInstance(kind, (element,)), max(FLOW, element.rank), element.reason)
        if name in REFERENCES and first is not None:
            return one(ExternalInstance("weakref.ref", (self._evaluator.evaluate(first, context),)), FLOW)
        if name == "builtins.enumerate" and first is not None:
            element = self._evaluator.element(self._evaluator.evaluate(first, context))
            pair = one(ExternalInstance("builtins.tuple", (one(ExternalInstance("builtins.int")), element)), FLOW)
            return one(ExternalInstance("typing.Iterator", (pair,)), FLOW)
        if name == "builtins.zip":
            parts = tuple(self._evaluator.element(self._evaluator.evaluate(each, context)) for each in arguments)
            return one(ExternalInstance("typing.Iterator", (one(ExternalInstance("builtins.tuple", parts)),)), FLOW)
        if name == "builtins.map" and len(arguments) > 1:
            results = self._evaluator.call(self._evaluator.evaluate(first, context), None, context)
            return one(ExternalInstance("typing.Iterator", (results,)), FLOW)
        if name == "builtins.filter" and len(arguments) > 1:
            element = self._evaluator.element(self._evaluator.evaluate(arguments[1], context))
            return one(ExternalInstance("typing.Iterator", (element,)), FLOW)
        if name == "builtins.dict" and first is not None:
            return self._evaluator.evaluate(first, context)
        if name == "itertools.chain":
            parts = tuple(self._evaluator.element(self._evaluator.evaluate(each, context)) for each in arguments)
            return one(ExternalInstance("typing.Iterator", (union(parts),)), FLOW)
        if name == "typing.NewType" and len(arguments) == 2:
            return self._evaluator.evaluate(arguments[1], context)
        if name.endswith((".TypeVar", ".ParamSpec", ".TypeVarTuple", ".namedtuple", ".NamedTuple")):
            return NOTHING
        if name == "collections.defaultdict":
            made = self._evaluator.call(self._evaluator.evaluate(first, context), None, context) if first else NOTHING
            return one(ExternalInstance("collections.defaultdict", (NOTHING, made)), FLOW)
        last = name.rpartition(".")[2]
        if last in _WRAPPERS and first is not None:
            return self._evaluator.evaluate(first, context)
        if name.startswith("builtins.") and last.islower():
            return one(ExternalInstance(name), FLOW) if last in _BUILTIN_TYPES else NOTHING
        if last[:1].isupper():
            return one(ExternalInstance(name), FLOW, "constructor")
        return NOTHING

    def classes_of(self, values: Values) -> Values:
        """`type(value)`"""
        items: list[Value] = []
        for item in values.items:
            if isinstance(item, InstanceValue):
                items.append(ClassValue(item.path, item.scope, item.arguments))
            elif isinstance(item, ExternalInstance):
                items.append(ExternalValue(item.name))
        return Values(tuple(items), values.rank, values.reason)

    def _super(self, arguments: tuple[Expression, ...], context: Context) -> Values:
        module = self._evaluator.names.module(context.path)
        if module is None:
            return NOTHING
        method = module.method_around(context.scope)
        if not method:
            return NOTHING
        scope = module.scopes[method]
        owner = ClassValue(context.path, scope.parent)
        if arguments and not (isinstance(arguments[0], Name) and arguments[0].text == "__class__"):
            named = self._evaluator.evaluate(arguments[0], context)
            owner = next((item for item in named.items if isinstance(item, ClassValue)), owner)
        receiver: Value = InstanceValue(context.path, scope.parent)
        is_class = any(_last(each) == "classmethod" for each in scope.decorators)
        if is_class or scope.name in ("__new__", "__init_subclass__", "__class_getitem__"):
            receiver = ClassValue(context.path, scope.parent)
        return one(SuperValue(owner, receiver), EXACT, "super")

    def _method(self, item: ExternalMethod) -> Values:
        """What methods of containers give."""
        receiver, name = item.receiver, item.name
        own = one(receiver, FLOW)
        kind = self._evaluator.kind_of(receiver)
        if name in ("__enter__", "__aenter__") and isinstance(receiver, ExternalInstance) and kind in ENTERED:
            given = receiver.arguments[0] if receiver.arguments else NOTHING
            return given if name == "__enter__" else one(ExternalInstance("types.coroutine", (given,)), FLOW)
        if kind in MAPPINGS:
            if name in MAPPING_VALUE:
                return self._evaluator.item(own, None)
            if name == "values":
                return one(ExternalInstance("typing.Iterable", (self._evaluator.item(own, None),)), FLOW)
            if name == "keys":
                return one(ExternalInstance("typing.Iterable", (self._evaluator.element(own),)), FLOW)
            if name == "items":
                pair = ExternalInstance(
                    "builtins.tuple", (self._evaluator.element(own), self._evaluator.item(own, None))
                )
                return one(ExternalInstance("typing.Iterable", (one(pair, FLOW),)), FLOW)
            return own if name in SAME_KIND else NOTHING
        if name in SEQUENCE_ELEMENT:
            return self._evaluator.element(own)
        if name in SAME_KIND:
            return own
        if isinstance(receiver, ExternalInstance) and receiver.name == "builtins.str":
            if name in ("split", "splitlines", "rsplit"):
                return one(ExternalInstance("builtins.list", (one(ExternalInstance("builtins.str")),)), FLOW)
            return one(ExternalInstance("builtins.str"), FLOW) if name in _TEXT_METHODS else NOTHING
        return NOTHING


def matched(scope: Scope, call: Call, bound: bool) -> list[tuple[Parameter, Expression]]:
    """The parameters of a function that a call gives a value, each with it; what `*a` gives is not known."""
    found: list[tuple[Parameter, Expression]] = []
    plain = [each for each in scope.parameters if each.kind in ("plain", "positional")]
    star = next((each for each in scope.parameters if each.kind == "star"), None)
    position = 1 if bound else 0
    for argument in call.arguments:
        if isinstance(argument, Spread):
            break
        if position < len(plain):
            found.append((plain[position], argument))
        elif star is not None:
            found.append((star, argument))
        position += 1
    by_name = {each.name: each for each in scope.parameters if each.kind in ("plain", "keyword")}
    stars = next((each for each in scope.parameters if each.kind == "stars"), None)
    for name, value in call.keywords:
        parameter = by_name.get(name) or stars
        if parameter is not None and name != "**":
            found.append((parameter, value))
    return found


def _depth(frame: Frame | None) -> int:
    depth = 0
    while frame is not None:
        frame = frame.outer
        depth += 1
    return depth


def _last(expression: Expression) -> str:
    """The last name of a decorator, its call left out."""
    if isinstance(expression, Call):
        expression = expression.function
    if isinstance(expression, Attribute):
        return expression.name
    return expression.text if isinstance(expression, Name) else ""


def is_partial(item: Value) -> bool:
    """Whether a call of it makes a function of which some arguments are given."""
    return isinstance(item, ExternalValue) and item.name in _PARTIAL


def _is_open(item: Value, depth: int = 0) -> bool:
    if isinstance(item, TypeVariable):
        return True
    if isinstance(item, (ExternalInstance, InstanceValue)) and depth < 5:
        return any(_is_open(each, depth + 1) for part in item.arguments for each in part.items)
    return False


last_name = _last
_WRAPPERS = frozenset({"staticmethod", "classmethod", "lru_cache", "cache", "wraps", "sync_to_async", "async_to_sync"})
_PARTIAL = frozenset({"functools.partial", "functools.partialmethod"})
_BUILTIN_TYPES = frozenset({"str", "int", "float", "bytes", "bool", "object", "dict", "complex", "bytearray", "open"})
_TEXT_METHODS = frozenset(
    {"strip", "lstrip", "rstrip", "lower", "upper", "replace", "format", "join", "title", "capitalize", "removeprefix"}
)
