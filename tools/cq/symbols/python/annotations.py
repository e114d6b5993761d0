"""Annotations to the values that have the type they tell."""

from cq.symbols.python.evaluator import Context, Evaluator
from cq.symbols.python.externals import OPEN, SAME, TRANSPARENT, UNION
from cq.symbols.python.names import Found
from cq.symbols.python.summary import (
    Attribute,
    Binding,
    Display,
    Expression,
    Literal,
    Name,
    Operation,
    Spread,
    Subscript,
    Text,
)
from cq.symbols.python.values import (
    EXACT,
    FLOW,
    NOTHING,
    ClassValue,
    ExternalInstance,
    ExternalValue,
    FunctionValue,
    InstanceValue,
    TypeVariable,
    Value,
    Values,
    one,
    union,
)

_DEEPEST = 12
_MOST_PARTS = 60  # of one annotation


class Annotations:
    """What has a type that is written down."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._depth = 0
        self._receiver: tuple[Context, Value] | None = None  # what `Self` is, of annotations in one place

    def instances(self, annotation: Expression, context: Context) -> Values:
        """The values of the annotated type; `None` and what is not known are left out."""
        if annotation is None or self._depth > _DEEPEST:
            return NOTHING
        self._depth += 1
        try:
            return self._instances(annotation, context)
        finally:
            self._depth -= 1

    def _instances(self, annotation: Expression, context: Context) -> Values:
        if isinstance(annotation, Text):
            inner = self._evaluator.text_expression(context.path, annotation.start, annotation.end)
            return self.instances(inner, context)
        if isinstance(annotation, Operation):
            if annotation.operator != "|":
                return NOTHING
            return union((self.instances(annotation.left, context), self.instances(annotation.right, context)))
        if isinstance(annotation, Subscript):
            return self._subscript(annotation, context)
        if isinstance(annotation, (Name, Attribute)):
            alias = self._alias(annotation, context)
            if alias is not None:
                return alias
            classes = self._evaluator.evaluate(annotation, context)
            return self.of_classes(classes, context)
        if isinstance(annotation, Spread):
            return self.instances(annotation.value, context)
        if isinstance(annotation, (Literal, Display)):
            return NOTHING
        return NOTHING

    def of_classes(self, classes: Values, context: Context, arguments: tuple[Values, ...] = ()) -> Values:
        """Instances of the classes among the values."""
        items: list[Value] = []
        for item in classes.items:
            if isinstance(item, ClassValue):
                items.append(InstanceValue(item.path, item.scope, arguments or item.arguments))
            elif isinstance(item, ExternalValue):
                if item.name.endswith((".Self", ".self")):
                    items.extend(self._own(context))
                elif not _tells_nothing(item.name):
                    items.append(ExternalInstance(SAME.get(item.name, item.name), arguments))
            elif isinstance(item, TypeVariable):
                items.append(item)
        return Values(tuple(items), max(classes.rank, FLOW), "annotation") if items else NOTHING

    def _own(self, context: Context) -> list[Value]:
        if self._receiver is not None and self._receiver[0] == context:
            return [self._receiver[1]]
        module = self._evaluator.names.module(context.path)
        around = module.class_around(context.scope) if module is not None else 0
        return [InstanceValue(context.path, around)] if around else []

    def _alias(self, annotation: Expression, context: Context) -> Values | None:
        """The type that a name assigned to a type stands for; None when the name is no such alias."""
        if not isinstance(annotation, Name):
            if not isinstance(annotation, Attribute):
                return None
            sources = [
                each.source
                for each in self._evaluator.members(
                    self._evaluator.evaluate(annotation.value, context), annotation.name
                )
            ]
        else:
            names = self._evaluator.names
            sources = names.resolve(names.lookup(context.path, context.scope, annotation.text, annotation.at))
        found = [each for each in sources if isinstance(each, Found) and isinstance(each.binding, Binding)]
        aliases = []
        for each in found:
            binding = each.binding
            if isinstance(binding, Binding) and binding.kind in ("assign", "type"):
                value = binding.value
                if isinstance(value, (Subscript, Operation, Text)) or (
                    binding.kind == "type" or isinstance(value, (Name, Attribute))
                ):
                    aliases.append(self.instances(value, Context(each.path, each.scope)))
        return union(aliases) if aliases and len(aliases) == len(found) else None

    def _subscript(self, annotation: Subscript, context: Context) -> Values:
        base = self._evaluator.evaluate(annotation.value, context)
        index = annotation.index
        parts = index.items if isinstance(index, Display) and index.kind == "tuple" else (index,)
        results = []
        for item in base.items:
            if isinstance(item, ClassValue):
                given = tuple(self.instances(part, context) for part in parts)
                results.append(one(InstanceValue(item.path, item.scope, given), FLOW, "annotation"))
            elif isinstance(item, ExternalValue):
                results.append(self._external(SAME.get(item.name, item.name), parts, context))
        if not results:
            # A generic alias, `Pair = tuple[T, T]`: what it stands for, its variables open.
            return self._alias(annotation.value, context) or NOTHING
        return union(results)

    def _external(self, name: str, parts: tuple[Expression, ...], context: Context) -> Values:
        last = name.rpartition(".")[2]
        if last in UNION:
            return union(self.instances(part, context) for part in parts)
        if last in TRANSPARENT:
            return self.instances(parts[0], context)
        if last == "type":
            classes: list[Value] = []
            found = union(self.instances(part, context) for part in parts)
            for item in found.items:
                if isinstance(item, InstanceValue):
                    classes.append(ClassValue(item.path, item.scope, item.arguments))
                elif isinstance(item, ExternalInstance):
                    classes.append(ExternalValue(item.name))
                elif isinstance(item, TypeVariable):
                    classes.append(ExternalInstance("builtins.type", (one(item),)))
            return Values(tuple(classes), max(FLOW, found.rank), "annotation")
        if last == "Callable":
            result = self.instances(parts[-1], context) if len(parts) > 1 else NOTHING
            taken = parts[0].items if isinstance(parts[0], Display) and parts[0].kind == "list" else ()
            # The result comes first, then the parameters.
            given = (result, *(self.instances(part, context) for part in taken))
            return one(ExternalInstance("typing.Callable", given), FLOW, "annotation")
        if last == "Literal":
            return one(ExternalInstance("builtins.str"), FLOW, "annotation")
        if last in ("TypeGuard", "TypeIs"):
            return one(ExternalInstance("builtins.bool"), FLOW, "annotation")
        if last == "tuple" and len(parts) == 2 and isinstance(parts[1], Literal):
            return one(ExternalInstance("typing.Sequence", (self.instances(parts[0], context),)), FLOW, "annotation")
        given = tuple(self.instances(part, context) for part in parts)
        return one(ExternalInstance(name, given), FLOW, "annotation")

    def returned(self, function: FunctionValue, context: Context) -> Values:
        """What the return annotation of a function tells, `Self` and all."""
        module = self._evaluator.names.module(function.path)
        if module is None:
            return NOTHING
        scope = module.scopes[function.scope]
        annotation = scope.annotation
        if annotation is None:
            return NOTHING
        place = function.scope if any(each.kind == "typevar" for each in scope.bindings) else scope.parent
        if _is_self(annotation) and function.receiver is not None:
            receiver = function.receiver
            if isinstance(receiver, ClassValue):
                receiver = InstanceValue(receiver.path, receiver.scope, receiver.arguments)
            return one(receiver, EXACT, "self")
        context = Context(function.path, place)
        if isinstance(function.receiver, (InstanceValue, ClassValue)):
            return self.of_receiver(annotation, context, function.receiver) or self.instances(annotation, context)
        return self.instances(annotation, context)

    def of_receiver(self, annotation: Expression, context: Context, receiver: InstanceValue | ClassValue) -> Values:
        """The values of a type that mentions `Self`, of this receiver; nothing when it does not mention it."""
        if not _mentions_self(annotation):
            return NOTHING
        before = self._receiver
        self._receiver = context, InstanceValue(receiver.path, receiver.scope, receiver.arguments)
        try:
            return self.instances(annotation, context)
        finally:
            self._receiver = before


def _is_self(annotation: Expression) -> bool:
    return (isinstance(annotation, Name) and annotation.text == "Self") or (
        isinstance(annotation, Attribute) and annotation.name == "Self"
    )


def _mentions_self(annotation: Expression) -> bool:
    todo = [annotation]
    for _ in range(_MOST_PARTS):
        if not todo:
            return False
        each = todo.pop()
        if _is_self(each) or (isinstance(each, Text) and "Self" in each.text):
            return True
        if isinstance(each, Subscript):
            todo.append(each.index)
        elif isinstance(each, Operation):
            todo += [each.left, each.right]
        elif isinstance(each, Display):
            todo += each.items
    return False


def _tells_nothing(name: str) -> bool:
    """Whether an annotation, without arguments, leaves open what has it: `Any`; also `Final`, where the value tells."""
    module, _, last = name.rpartition(".")
    return last in OPEN or (last in TRANSPARENT and module in ("typing", "typing_extensions", "dataclasses"))
