"""What an expression may be: values flow from definitions through names, attributes, calls and containers.

Every question has a budget of steps, and cycles end where they close: what is not found then is unknown, not wrong.
"""

import types
from collections.abc import Callable, Hashable
from typing import ParamSpec

from cq.symbols.python.annotations import Annotations
from cq.symbols.python.assigned import Assigned
from cq.symbols.python.bindings import Bindings
from cq.symbols.python.calls import Calls
from cq.symbols.python.classes import Classes
from cq.symbols.python.containers import Containers
from cq.symbols.python.evaluator import Context, Frame, Member
from cq.symbols.python.externals import CAUGHT, CAUGHT_NAMES, may_have
from cq.symbols.python.forms import key_of, path_of
from cq.symbols.python.indexed import IndexedModule
from cq.symbols.python.names import Found, FoundExternal, FoundModule, Names, Source
from cq.symbols.python.operators import operated
from cq.symbols.python.summary import (
    Attribute,
    Awaited,
    Binding,
    Call,
    Caught,
    Comprehension,
    Display,
    Either,
    ElementOf,
    EnteredOf,
    Expression,
    Lambda,
    Literal,
    Mapping,
    Name,
    Operation,
    PartOf,
    Spread,
    Subscript,
    Text,
)
from cq.symbols.python.values import (
    EXACT,
    FLOW,
    GUESS,
    NOTHING,
    ClassValue,
    ExternalInstance,
    ExternalMethod,
    ExternalValue,
    FunctionValue,
    InstanceValue,
    KeptValue,
    ModuleValue,
    PartialValue,
    SuperValue,
    TypeVariable,
    Value,
    Values,
    one,
    union,
)

# Of one question. Nearly all take less than a hundred; the others find nothing more in ten times as many.
_STEPS = 600
_STEPS_OF_CALL_SITES = 250  # of one question, apart from the others
_MOST_CALL_SITES = 5
_DEEPEST = 60  # evaluations in one another; each takes several Python frames
Arguments = ParamSpec("Arguments")
FromCalls = Callable[[FunctionValue, str], Values]
TextExpression = Callable[[str, int, int], Expression]


class Inference:
    """The evaluator over one project."""

    def __init__(self, names: Names, text_expression: TextExpression) -> None:
        self.names = names
        self.text_expression = text_expression
        self.passed: FromCalls = _no_calls  # what call sites tell; set by who can find them
        self.declared: FromCalls = _no_calls  # what a lambda is called with, by where it is given to
        self._call_sites = 0  # questions about call sites in one another
        self.classes = Classes(self)
        self.annotations = Annotations(self)
        self.calls = Calls(self, self.annotations)
        self.bindings = Bindings(self, self.annotations, self.classes)
        self.containers = Containers(self)
        self.assigned = Assigned(self)
        self.mro = self.classes.mro
        self.is_enum = self.classes.is_enum
        self.type_arguments = self.classes.type_arguments
        self.type_variables = self.classes.variables
        self.instances = self.annotations.instances
        self.meant = self.calls.meant
        self.kind_of = self.containers.kind_of
        self._memo: dict[Hashable, Values] = {}
        self._running: set[Hashable] = set()
        self._steps = 0
        self._site_steps = _STEPS_OF_CALL_SITES
        self._depth = 0
        self._cuts = 0  # how often an answer was cut short: what depends on one is not remembered

    def begin(self) -> None:
        """A new question with a full budget."""
        self._steps = 0
        self._site_steps = _STEPS_OF_CALL_SITES
        self._depth = 0
        self._running.clear()

    def forget(self) -> None:
        """Remember nothing of what was asked before."""
        self._memo.clear()

    def remembered(self, key: Hashable, make: Callable[[], Values]) -> Values:
        """The answer for a key, made once; nothing when it is asked for while it is being made."""
        known = self._memo.get(key)
        if known is not None:
            return known
        if key in self._running:
            self._cuts += 1
            return NOTHING
        cuts = self._cuts
        self._running.add(key)
        try:
            values = make()
        finally:
            self._running.discard(key)
        if cuts == self._cuts or not self._running:
            self._memo[key] = values
        return values

    # Expressions

    def evaluate(self, expression: Expression, context: Context) -> Values:
        """What an expression may be."""
        if expression is None:
            return NOTHING
        return self._bounded(_EVALUATORS[type(expression)], self, expression, context)

    def settled(self, expression: Expression, context: Context) -> tuple[Values, bool]:
        """What an expression may be, with a budget of its own, and whether that is all of it."""
        steps, depth, cuts = self._steps, self._depth, self._cuts
        self._steps, self._depth = 0, max(0, depth - _DEEPEST // 4)
        try:
            values = self.evaluate(expression, context)
        finally:
            self._steps, self._depth = steps + 1, depth
        return values, cuts == self._cuts

    def _bounded(
        self, answer: Callable[Arguments, Values], *given: Arguments.args, **named: Arguments.kwargs
    ) -> Values:
        """An answer that counts against the budget; nothing when it is spent."""
        self._steps += 1
        if self._steps > _STEPS or self._depth > _DEEPEST:
            self._cuts += 1
            return NOTHING
        self._depth += 1
        try:
            return answer(*given, **named)
        finally:
            self._depth -= 1

    def call(self, values: Values, call: Call | None, context: Context) -> Values:
        """What a call of these values gives."""
        return self._bounded(self.calls.result, values, call, context) if values.items else NOTHING

    def element(self, values: Values) -> Values:
        """What a loop over these values gives."""
        return self._bounded(self.containers.element, values) if values.items else NOTHING

    def item(self, values: Values, key: str | None, index: Expression = None, context: Context | None = None) -> Values:
        """What a subscription of these values gives."""
        return self._bounded(self.containers.item, values, key, index, context) if values.items else NOTHING

    def _name(self, expression: Name, context: Context) -> Values:
        module = self.names.module(context.path)
        if module is None:
            return NOTHING
        narrowed = self._narrowed(module, context, expression.text, expression.at)
        sources = self.names.lookup(context.path, context.scope, expression.text, expression.at)
        values = union(self.values_of(source, context.frame) for source in sources)
        return values if narrowed is None else self._narrower(values, narrowed)

    def _narrowed(self, module: IndexedModule, context: Context, path: str, at: int) -> Values | None:
        """The classes that `isinstance` tells of a name here, as instances; None when there is no such test."""
        number = context.scope
        while True:
            scope = module.scopes[number]
            for each in module.narrowings(number, path, at):
                values = self._instances_of(self.evaluate(each.classes, context))
                if values:
                    return values.at_least(FLOW, "annotation")
            if not number or scope.kind != "comprehension":
                return None
            number = scope.parent

    def _narrower(self, known: Values, tested: Values) -> Values:
        """What is known of a name and agrees with a test of its class; the class tested when nothing does."""
        if known.rank >= GUESS:
            return tested
        kept: list[Value] = []
        for item in known.items:
            if isinstance(item, InstanceValue):
                order = self.mro(ClassValue(item.path, item.scope))
                if any(isinstance(c, InstanceValue) and ClassValue(c.path, c.scope) in order for c in tested.items):
                    kept.append(item)
            elif isinstance(item, (ExternalInstance, KeptValue)) and item not in tested.items:
                last = self.kind_of(item)
                if any(isinstance(c, ExternalInstance) and self.kind_of(c) == last for c in tested.items):
                    kept.append(item)
        return Values(tuple(kept), known.rank, known.reason) if kept else tested

    def _attribute(self, expression: Attribute, context: Context) -> Values:
        path = path_of(expression)
        if path:
            module = self.names.module(context.path)
            first: Expression = expression
            while isinstance(first, (Attribute, Subscript)):
                first = first.value
            if module is not None and isinstance(first, Name):
                narrowed = self._narrowed(module, context, path, first.at)
                if narrowed is not None:
                    known = self.member_values(self.evaluate(expression.value, context), expression.name)
                    return self._narrower(known, narrowed)
                assigned = self.assigned.attribute(expression, path, context, module)
                if assigned:
                    return assigned
        return self.member_values(self.evaluate(expression.value, context), expression.name)

    def _call(self, expression: Call, context: Context) -> Values:
        return self.call(self.evaluate(expression.function, context), expression, context)

    def _subscript(self, expression: Subscript, context: Context) -> Values:
        values = self.evaluate(expression.value, context)
        classes = tuple(item for item in values.items if isinstance(item, (ClassValue, ExternalValue)))
        if classes and not any(self.classes.has_external(c, "Enum") for c in classes if isinstance(c, ClassValue)):
            made = self.annotations.instances(expression, context)
            subscribed = [ClassValue(v.path, v.scope, v.arguments) for v in made.items if isinstance(v, InstanceValue)]
            return Values(tuple(subscribed) or classes, values.rank, values.reason)
        index = expression.index
        if isinstance(index, Literal) and index.kind == "slice":
            return self.containers.sliced(values, index, context)
        key = key_of(self._constant_of(index, context)) or None
        assigned, over = self.assigned.items(expression.value, key, context)
        if over:
            return assigned
        found = self.item(values, key, index, context)
        return union((found, assigned)).at_least(FLOW) if assigned else found

    def _constant_of(self, index: Expression, context: Context) -> Expression:
        """A key itself, or the constant that a variable used as a key was set to."""
        if not isinstance(index, Name):
            return index
        sources = self.names.resolve(self.names.lookup(context.path, context.scope, index.text, index.at))
        if len(sources) == 1 and isinstance(sources[0], Found) and isinstance(sources[0].binding, Binding):
            return sources[0].binding.value
        return None

    def _awaited(self, expression: Awaited, context: Context) -> Values:
        return self.containers.awaited(self.evaluate(expression.value, context))

    def _constant(self, expression: Literal | Text, context: Context) -> Values:
        kind = expression.kind if isinstance(expression, Literal) else "str"
        return NOTHING if kind in ("none", "ellipsis") else one(ExternalInstance("builtins." + kind))

    def _kept(self, expression: Display | Mapping | Comprehension, context: Context) -> Values:
        if context.frame is not None:
            return self.containers.made(expression, context)
        return one(KeptValue(context.path, context.scope, expression))

    def _either(self, expression: Either, context: Context) -> Values:
        return union(self.evaluate(option, context) for option in expression.options)

    def _lambda(self, expression: Lambda, context: Context) -> Values:
        module = self.names.module(context.path)
        number = module.scope_from(expression.at) if module is not None else 0
        return one(FunctionValue(context.path, number)) if number else NOTHING

    def _element_of(self, expression: ElementOf, context: Context) -> Values:
        return self.element(self.evaluate(expression.value, context)).at_least(FLOW)

    def _entered(self, expression: EnteredOf, context: Context) -> Values:
        return self.containers.entered(self.evaluate(expression.value, context), context)

    def _part(self, expression: PartOf, context: Context) -> Values:
        values = self.evaluate(expression.value, context)
        if expression.star:
            return one(ExternalInstance("builtins.list", (self.element(values),)), FLOW)
        return self.containers.part(values, expression.index)

    def _spread(self, expression: Spread, context: Context) -> Values:
        return self.element(self.evaluate(expression.value, context))

    def _operation(self, expression: Operation, context: Context) -> Values:
        return self._sent(context) if expression.operator == "yield" else operated(self, expression, context)

    def _sent(self, context: Context) -> Values:
        """What `yield` gives: the second argument of the generator that the function says it is."""
        module = self.names.module(context.path)
        scope = module.scopes[context.scope] if module is not None else None
        if scope is None or scope.annotation is None:
            return NOTHING
        declared = self.instances(scope.annotation, Context(context.path, scope.parent))
        given = (i.arguments for i in declared.items if isinstance(i, ExternalInstance) and "Generator" in i.name)
        return union(arguments[1] for arguments in given if len(arguments) > 1)

    def _caught(self, expression: Caught, context: Context) -> Values:
        return self._instances_of(self.evaluate(expression.value, context)).at_least(FLOW, "constructor")

    def _instances_of(self, values: Values) -> Values:
        """Instances of classes, of a tuple of classes, too."""
        items: list[Value] = []
        todo = list(values.items)
        for _ in range(60):
            if not todo:
                break
            item = todo.pop(0)
            if isinstance(item, ClassValue):
                items.append(InstanceValue(item.path, item.scope, item.arguments))
            elif isinstance(item, ExternalValue):
                items.append(ExternalInstance(item.name))
            elif isinstance(item, (KeptValue, ExternalInstance)):
                inside = self.element(one(item))
                todo.extend(each for each in inside.items if isinstance(each, (ClassValue, ExternalValue)))
        return Values(tuple(dict.fromkeys(items)), values.rank, values.reason)

    # Definitions

    def values_of(self, source: Source, frame: Frame | None = None) -> Values:
        """What a definition stands for, imports followed."""
        if isinstance(source, Found):
            binding = source.binding
            if isinstance(binding, Binding) and binding.kind in ("import", "from"):
                return union(self.values_of(each) for each in self.names.resolve([source]))
            return self.found_values(source, frame)
        if isinstance(source, FoundModule):
            return one(ModuleValue(source.path), EXACT, "import")
        return one(ExternalValue(source.name), EXACT, "import")

    def found_values(self, found: Found, frame: Frame | None) -> Values:
        """What a binding gives."""
        while frame is not None and (frame.path, frame.scope) != (found.path, found.scope):
            frame = frame.outer
        key = (found.path, found.scope, found.binding.at, frame)
        return self.remembered(key, lambda: self.bindings.values(found, frame))

    def returns(self, function: FunctionValue, frame: Frame | None) -> Values:
        """What the `return` statements of a function give."""

        def make() -> Values:
            module = self.names.module(function.path)
            if module is None:
                return NOTHING
            context = Context(function.path, function.scope, frame)
            return union(self.evaluate(each, context) for each in module.scopes[function.scope].returns[:16])

        return self.remembered(("returns", function.path, function.scope, frame), make)

    def from_calls(self, function: FunctionValue, name: str) -> Values:
        """What the calls in the project pass as a parameter, as far as a budget of its own reaches."""
        key = ("passed", function.path, function.scope, name)
        if key in self._memo or self._call_sites >= _MOST_CALL_SITES or self._site_steps <= 0:
            return self._memo.get(key, NOTHING)
        steps, cuts = self._steps, self._cuts
        begin = self._steps = max(steps, _STEPS - self._site_steps)
        self._call_sites += 1
        try:
            values = self.remembered(key, lambda: self.passed(function, name))
        finally:
            self._call_sites -= 1
            self._site_steps -= self._steps - begin
            self._steps = steps + 1
        if not self._call_sites:
            # It is a guess anyway: a part of the call sites is as good, and need not be looked for again.
            self._memo[key] = values
            self._cuts = cuts
        return values

    def expected(self, function: FunctionValue, name: str) -> Values:
        """What a lambda's parameter is by the annotation of the parameter that the lambda is given to."""
        key = ("expected", function.path, function.scope, name)
        return self.remembered(key, lambda: self.declared(function, name))

    # Attributes

    def members(self, values: Values, name: str) -> list[Member]:
        """The definitions of an attribute of these values."""
        found: dict[object, Member] = {}
        for item in values.items:
            for member in self._members_of(item, name):
                source = member.source
                key = source.key if isinstance(source, Found) else source
                found.setdefault(key, Member(source, member.receiver, max(member.rank, values.rank), member.reason))
        return list(found.values())

    def _members_of(self, item: Value, name: str) -> list[Member]:
        if isinstance(item, ModuleValue):
            sources = self.names.resolve(self.names.members(item.path, name))
            return [Member(source, None, EXACT, "module-attribute") for source in sources]
        if isinstance(item, (ClassValue, InstanceValue, SuperValue)):
            return self.classes.members(item, name)
        if isinstance(item, TypeVariable):
            return self.members(self.bindings.bound_of(item), name)
        if isinstance(item, ExternalValue):
            known = item.name and may_have(item.name, name)
            return [Member(FoundExternal(f"{item.name}.{name}"), item, EXACT, "module-attribute")] if known else []
        if isinstance(item, (ExternalInstance, KeptValue)):
            own = self.kind_name(item)
            if not may_have(own, name):
                return []
            return [Member(FoundExternal(f"{own}.{name}"), item, FLOW, "external")]
        if isinstance(item, FunctionValue):
            if not hasattr(types.FunctionType, name):
                return []  # a decorator from elsewhere made something else of it
            return [Member(FoundExternal(f"types.FunctionType.{name}"), item, FLOW, "external")]
        if isinstance(item, PartialValue):
            return [Member(FoundExternal(f"functools.partial.{name}"), item, FLOW, "external")]
        return []

    def kind_name(self, value: ExternalInstance | KeptValue) -> str:
        """The full name of the class of a value from elsewhere."""
        return value.name if isinstance(value, ExternalInstance) else "builtins." + self.kind_of(value)

    def member_values(self, values: Values, name: str) -> Values:
        """What an attribute of these values may be."""
        if name == "__class__":
            return self.calls.classes_of(values)
        found = []
        for member in self.members(values, name):
            source = member.source
            if isinstance(source, FoundExternal) and isinstance(member.receiver, (ExternalInstance, KeptValue)):
                own = member.receiver
                if name in CAUGHT_NAMES and isinstance(own, ExternalInstance) and own.name == CAUGHT:
                    found.append(own.arguments[0])
                    continue
                made = one(ExternalMethod(member.receiver, name))
            elif isinstance(source, FoundExternal) and isinstance(member.receiver, InstanceValue):
                bases = self.containers.bases(member.receiver)
                methods: list[Value] = [
                    ExternalMethod(base, name) for base in bases if source.name == f"{base.name}.{name}"
                ]
                made = Values(tuple(methods)) or self.values_of(source)
            elif isinstance(source, Found) and member.receiver is not None:
                made = self.bindings.bound(source, member.receiver)
            else:
                made = self.values_of(source)
            found.append(made.at_least(member.rank))
        return union(found)


def _no_calls(function: FunctionValue, name: str) -> Values:
    return NOTHING


_EVALUATORS: dict[type, Callable[..., Values]] = {
    Name: Inference._name,
    Attribute: Inference._attribute,
    Call: Inference._call,
    Subscript: Inference._subscript,
    Awaited: Inference._awaited,
    Literal: Inference._constant,
    Text: Inference._constant,
    Display: Inference._kept,
    Mapping: Inference._kept,
    Comprehension: Inference._kept,
    Either: Inference._either,
    Lambda: Inference._lambda,
    ElementOf: Inference._element_of,
    EnteredOf: Inference._entered,
    PartOf: Inference._part,
    Spread: Inference._spread,
    Operation: Inference._operation,
    Caught: Inference._caught,
}
