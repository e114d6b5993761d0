"""What was assigned to `a.b` or `a[key]` before it is used: it says more than what the attribute is elsewhere."""

from cq.symbols.python.evaluator import Context, Evaluator
from cq.symbols.python.forms import key_of, path_of
from cq.symbols.python.indexed import IndexedModule
from cq.symbols.python.names import Found
from cq.symbols.python.summary import (
    Attribute,
    AttributeBinding,
    Binding,
    Expression,
    Name,
    Scope,
    Subscript,
)
from cq.symbols.python.values import FLOW, GUESS, NOTHING, ExternalInstance, KeptValue, Value, Values, one, union

_MOST_BRANCHES = 8  # assignments in branches that are looked at


class Assigned:
    """Looks at the assignments of the scope in which an expression stands."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator

    def attribute(self, expression: Attribute, path: str, context: Context, module: IndexedModule) -> Values:
        """What an attribute was last set to on every way to its use, and in branches since; nothing if that is open."""
        number, at = context.scope, _first(expression)
        while number and module.scopes[number].kind == "comprehension":
            number = module.scopes[number].parent
        scope = module.scopes[number]
        name = expression.name
        before = [each for each in scope.attributes if each.name == name and each.after <= at]
        if not before:
            return NOTHING
        receiver = path_of(expression.value)
        found: list[Values] = []
        frame = context.frame if number == context.scope else None
        for each in reversed(before):
            if path_of(each.receiver) != receiver:
                continue
            if each.value is None or len(found) > _MOST_BRANCHES or _is_set_anew(scope, path, each, at):
                return NOTHING
            values = self._evaluator.evaluate(each.value, Context(context.path, number, frame))
            if values.rank >= GUESS or any(self._is_empty(item) for item in values.items):
                return NOTHING
            found.append(values)
            if each.block == (0, 0) or each.block[0] <= at < each.block[1]:
                found += self._later_in_loop(scope, receiver, each, at, Context(context.path, number, frame))
                if not values or self._is_computed(expression, context):
                    return NOTHING
                return union(found).at_least(FLOW, "assigned")
        return NOTHING

    def _is_empty(self, item: Value) -> bool:
        """Whether a container of which nothing is known was set: what it is for is said elsewhere."""
        return isinstance(item, (KeptValue, ExternalInstance)) and not self._evaluator.element(one(item))

    def _later_in_loop(
        self, scope: Scope, receiver: str, first: AttributeBinding, at: int, context: Context
    ) -> list[Values]:
        """What is assigned behind the use, but within a loop around it that does not begin with the first one."""
        loops = [loop for loop in scope.loops if loop[0] <= at < loop[1] and not loop[0] <= first.at < loop[1]]
        return [
            self._evaluator.evaluate(each.value, context)
            for each in scope.attributes
            if each.at > at
            and each.name == first.name
            and path_of(each.receiver) == receiver
            and any(loop[0] <= each.at < loop[1] for loop in loops)
        ]

    def _is_computed(self, expression: Attribute, context: Context) -> bool:
        """Whether a class says by a function what the attribute is: what was set is not what one gets then."""
        owners = self._evaluator.evaluate(expression.value, context)
        return any(
            isinstance(each.source, Found) and each.source.binding.kind == "function"
            for each in self._evaluator.members(owners, expression.name)
            if isinstance(each.source, Found) and isinstance(each.source.binding, Binding)
        )

    def items(self, receiver: Expression, key: str | None, context: Context) -> tuple[Values, bool]:
        """What `receiver[key] = value` in the same scope, or the module's, says; whether it takes the place of all."""
        path = path_of(receiver)
        module = self._evaluator.names.module(context.path)
        if not path or module is None:
            return NOTHING, False
        found: list[Values] = []
        at = _first(receiver)
        for number in dict.fromkeys((context.scope, 0)):
            for each in reversed(module.scopes[number].items):
                if path_of(each.receiver) != path or (number == context.scope and each.after > at):
                    continue
                own = key_of(each.index) or None
                if key is None or own is None or own == key:
                    frame = context.frame if number == context.scope else None
                    found.append(self._evaluator.evaluate(each.value, Context(context.path, number, frame)))
                    if key is not None and own == key and number == context.scope and each.block == (0, 0):
                        return union(found).at_least(FLOW, "assigned"), True
        return union(found).at_least(FLOW, "assigned"), False


def _first(expression: Expression) -> int:
    """Where an expression begins, when that is with a name."""
    while isinstance(expression, (Attribute, Subscript)):
        expression = expression.value
    return expression.at if isinstance(expression, Name) else 0


def _is_set_anew(scope: Scope, path: str, assigned: AttributeBinding, at: int) -> bool:
    """Whether what the attribute is of became something else before the use."""
    above = path.split(".")[:-1]
    if any(each.name == above[0] and assigned.after < each.after <= at for each in scope.bindings):
        return True
    if len(above) < 2:
        return False
    wholes = {".".join(above[:end]) for end in range(2, len(above) + 1)}
    return any(
        f"{path_of(each.receiver)}.{each.name}" in wholes and assigned.after < each.after <= at
        for each in scope.attributes
    )
