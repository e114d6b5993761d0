"""What comes out of values: by a loop, a subscription, unpacking, `await` or `with`."""

from cq.symbols.python.classes import substituted
from cq.symbols.python.evaluator import Context, Evaluator
from cq.symbols.python.externals import AWAITABLE, ELEMENTS, ENTERED, MAPPINGS
from cq.symbols.python.forms import key_of
from cq.symbols.python.summary import Comprehension, Display, Expression, Literal, Mapping, Spread, Subscript
from cq.symbols.python.values import (
    FLOW,
    NOTHING,
    ClassValue,
    ExternalInstance,
    FunctionValue,
    InstanceValue,
    KeptValue,
    Value,
    Values,
    one,
    union,
)

_NOWHERE = Context("", 0)


class Containers:
    """The inside of values."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator

    def kind_of(self, value: Value) -> str:
        """The last name of the type of a container."""
        if isinstance(value, KeptValue):
            expression = value.expression
            if isinstance(expression, Mapping):
                return "dict"
            return expression.kind if isinstance(expression, (Display, Comprehension)) else ""
        return value.name.rpartition(".")[2] if isinstance(value, ExternalInstance) else ""

    def made(self, expression: Display | Mapping | Comprehension, context: Context) -> Values:
        """A container with what is in it, for one call of a function: its arguments are not known later."""
        evaluate = self._evaluator.evaluate
        if isinstance(expression, Display):
            items = tuple(evaluate(item, context) for item in expression.items[:24])
            if expression.kind == "tuple" and not any(isinstance(item, Spread) for item in expression.items):
                return one(ExternalInstance("builtins.tuple", items))
            return one(ExternalInstance("builtins." + expression.kind, (union(items),)))
        if isinstance(expression, Mapping):
            keys = union(evaluate(key, context) for key in expression.keys[:24])
            return one(
                ExternalInstance("builtins.dict", (keys, union(evaluate(v, context) for v in expression.values[:24])))
            )
        module = self._evaluator.names.module(context.path)
        number = module.scope_from(expression.at) if module is not None else 0
        inner = Context(context.path, number, context.frame)
        element = evaluate(expression.element, inner)
        if expression.kind == "dict":
            return one(ExternalInstance("builtins.dict", (evaluate(expression.key, inner), element)))
        return one(ExternalInstance("builtins." + expression.kind, (element,)))

    def element(self, values: Values) -> Values:
        """What a loop over these values gives."""
        return union(self._element(item).at_least(values.rank) for item in values.items)

    def _element(self, item: Value) -> Values:
        evaluate = self._evaluator.evaluate
        if isinstance(item, KeptValue):
            expression, context = item.expression, Context(item.path, item.scope)
            if isinstance(expression, Display):
                return union(evaluate(each, context) for each in expression.items)
            if isinstance(expression, Mapping):
                return union(evaluate(each, context) for each in expression.keys)
            if isinstance(expression, Comprehension):
                inner = self._inside(item, expression)
                return evaluate(expression.key if expression.kind == "dict" else expression.element, inner)
            return NOTHING
        if isinstance(item, ExternalInstance):
            last = item.name.rpartition(".")[2]
            if last == "tuple":
                return union(item.arguments)
            place = ELEMENTS.get(last)
            if last == "generator":
                place = 0
            if place is not None and place < len(item.arguments):
                return item.arguments[place]
            return one(ExternalInstance("builtins.str")) if item.name == "builtins.str" else NOTHING
        if isinstance(item, InstanceValue):
            return self._of_instance(item)
        if isinstance(item, ClassValue):
            if self._evaluator.is_enum(item):
                return one(InstanceValue(item.path, item.scope), FLOW, "enum")
            made = self._evaluator.member_values(one(item), "__iter__")
            return self._evaluator.element(self._evaluator.call(made, None, _NOWHERE)) if made else NOTHING
        return NOTHING

    def _inside(self, item: KeptValue, expression: Comprehension) -> Context:
        module = self._evaluator.names.module(item.path)
        return Context(item.path, module.scope_from(expression.at) if module is not None else 0)

    def _of_instance(self, item: InstanceValue) -> Values:
        for maker, getter in (("__iter__", "__next__"), ("__aiter__", "__anext__")):
            made = self._evaluator.member_values(one(item), maker)
            if made:
                iterator = self._evaluator.call(made, None, _NOWHERE)
                found = []
                for each in iterator.items:
                    if isinstance(each, InstanceValue):
                        step = self._evaluator.member_values(one(each), getter)
                        given = self._evaluator.call(step, None, _NOWHERE)
                        found.append(self.awaited(given) if maker == "__aiter__" else given)
                    else:
                        found.append(self._evaluator.element(one(each)))
                if found:
                    return union(found)
        given = self._evaluator.call(self._evaluator.member_values(one(item), "__getitem__"), None, _NOWHERE)
        if given:
            return given
        return self._base_argument(item, 0)

    def _base_argument(self, item: InstanceValue, place: int) -> Values:
        """What a class that extends `list[X]` or `dict[K, V]` holds."""
        return next((base.arguments[place] for base in self.bases(item) if place < len(base.arguments)), NOTHING)

    def bases(self, item: InstanceValue) -> list[ExternalInstance]:
        """The containers from elsewhere that the class of an object extends, with what is in them."""
        found: list[ExternalInstance] = []
        known = self._evaluator.type_arguments(item)
        for owner in self._evaluator.mro(ClassValue(item.path, item.scope)):
            module = self._evaluator.names.module(owner.path) if isinstance(owner, ClassValue) else None
            if module is None or not isinstance(owner, ClassValue):
                continue
            scope = module.scopes[owner.scope]
            for base in scope.bases:
                if isinstance(base, Subscript):
                    made = substituted(self._evaluator.instances(base, Context(owner.path, scope.parent)), known)
                    found.extend(each for each in made.items if isinstance(each, ExternalInstance) and each.arguments)
        return found

    def item(self, values: Values, key: str | None, index: Expression = None, context: Context | None = None) -> Values:
        """What a subscription of these values gives."""
        return union(self._item(item, key, index, context).at_least(values.rank) for item in values.items)

    def _item(self, item: Value, key: str | None, index: Expression = None, context: Context | None = None) -> Values:
        evaluate = self._evaluator.evaluate
        if isinstance(item, KeptValue):
            expression, context = item.expression, Context(item.path, item.scope)
            if isinstance(expression, Mapping):
                found = []
                for each, value in zip(expression.keys, expression.values, strict=False):
                    if each is None:
                        found.append(self._evaluator.item(evaluate(value, context), key))
                    elif key is None or key_of(each) in ("", key):
                        found.append(evaluate(value, context))
                return union(found).at_least(FLOW, "container")
            if isinstance(expression, Display):
                place = _number(key)
                items = expression.items
                exact = not any(isinstance(each, Spread) for each in items)
                if exact and place is not None and -len(items) <= place < len(items):
                    return evaluate(items[place], context).at_least(FLOW, "container")
                return self._element(item).at_least(FLOW, "container")
            if isinstance(expression, Comprehension):
                return evaluate(expression.element, self._inside(item, expression)).at_least(FLOW, "container")
            return NOTHING
        if isinstance(item, ExternalInstance):
            last = item.name.rpartition(".")[2]
            if last in MAPPINGS:
                return item.arguments[1] if len(item.arguments) > 1 else NOTHING
            place = _number(key)
            if last == "tuple" and place is not None and -len(item.arguments) <= place < len(item.arguments):
                return item.arguments[place]
            if last == "type" and item.arguments:
                return NOTHING
            return self._element(item)
        if isinstance(item, InstanceValue):
            method = self._evaluator.member_values(one(item), "__getitem__")
            if any(isinstance(each, FunctionValue) for each in method.items):
                if context is not None:
                    method = self._evaluator.meant(method, index, context)
                return self._evaluator.call(method, None, _NOWHERE).at_least(FLOW, "return-type")
            return self._base_argument(item, 1) or self._base_argument(item, 0)
        if isinstance(item, ClassValue) and self._evaluator.is_enum(item):
            return one(InstanceValue(item.path, item.scope), FLOW, "enum")
        return NOTHING

    def sliced(self, values: Values, index: Literal, context: Context) -> Values:
        """What a slice of values gives: a container of the same kind."""
        text = index.text
        items: list[Value] = []
        for item in values.items:
            if isinstance(item, KeptValue) and isinstance(item.expression, Display):
                ends = [int(part) if _number(part.strip()) is not None else None for part in text.split(":")]
                if all(part.strip() == "" or end is not None for part, end in zip(text.split(":"), ends, strict=True)):
                    cut = item.expression.items[slice(*ends[:2])]
                    item = KeptValue(item.path, item.scope, Display(item.expression.kind, cut))
            elif isinstance(item, InstanceValue):
                items.extend(self._item(item, None, index, context).items)
                continue
            items.append(item)
        return Values(tuple(items), max(FLOW, values.rank), values.reason)

    def part(self, values: Values, index: int) -> Values:
        """An item of unpacked values."""
        found = []
        for item in values.items:
            if isinstance(item, InstanceValue):
                fields = self._fields(item)
                if index < len(fields):
                    found.append(self._evaluator.member_values(one(item), fields[index]))
                    continue
                tuples = [base for base in self.bases(item) if base.name == "builtins.tuple"]
                if tuples and -len(tuples[0].arguments) <= index < len(tuples[0].arguments):
                    found.append(tuples[0].arguments[index])
                    continue
            if self.kind_of(item) in ("tuple", "list", ""):
                found.append(self._item(item, str(index)))
            else:
                found.append(self._element(item))
        return union(found).at_least(max(FLOW, values.rank))

    def _fields(self, item: InstanceValue) -> list[str]:
        """The fields of a named tuple."""
        module = self._evaluator.names.module(item.path)
        if module is None:
            return []
        mro = self._evaluator.mro(ClassValue(item.path, item.scope))
        if not any(getattr(each, "name", "").endswith("NamedTuple") for each in mro):
            return []
        return [each.name for each in module.scopes[item.scope].bindings if each.annotation is not None]

    def awaited(self, values: Values) -> Values:
        """What `await` gives."""
        found = []
        for item in values.items:
            if isinstance(item, ExternalInstance) and item.name.rpartition(".")[2] in AWAITABLE and item.arguments:
                found.append(item.arguments[-1].at_least(values.rank))
            elif isinstance(item, InstanceValue):
                made = self._evaluator.call(self._evaluator.member_values(one(item), "__await__"), None, _NOWHERE)
                for each in made.items:
                    if isinstance(each, ExternalInstance) and each.arguments:
                        found.append(each.arguments[-1])
        return union(found)

    def entered(self, values: Values, context: Context) -> Values:
        """What `with values as` gives."""
        found = []
        for item in values.items:
            if isinstance(item, ExternalInstance):
                last = item.name.rpartition(".")[2]
                if last in ENTERED:
                    found.append(item.arguments[0] if item.arguments else NOTHING)
                elif last not in ELEMENTS and last not in AWAITABLE:
                    found.append(one(item))  # most give themselves; of containers and coroutines something was lost
            elif isinstance(item, InstanceValue):
                method = self._evaluator.member_values(one(item), "__enter__")
                if method:
                    found.append(self._evaluator.call(method, None, context))
                else:
                    method = self._evaluator.member_values(one(item), "__aenter__")
                    found.append(self.awaited(self._evaluator.call(method, None, context)))
        return union(found).at_least(max(FLOW, values.rank))


def _number(key: str | None) -> int | None:
    return int(key) if key is not None and key.lstrip("-").isascii() and key.lstrip("-").isdigit() else None
