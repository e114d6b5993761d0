"""The type that is declared for a lambda where it stands: in an assignment, a table, a `return`."""

from cq.symbols.python.evaluator import Context, Evaluator
from cq.symbols.python.indexed import IndexedModule
from cq.symbols.python.summary import AttributeBinding, Binding, Display, Either, Expression, Lambda, Mapping
from cq.symbols.python.values import NOTHING, Values

_MOST = 600  # expressions in one value


def declared_of_lambda(evaluator: Evaluator, module: IndexedModule, number: int) -> Values:
    """What the annotation of whatever a lambda is a part of says of it, the lambda by its scope."""
    start, above = module.scopes[number].start, module.scopes[number].parent
    scope = module.scopes[above]
    context = Context(module.path, above)
    if scope.annotation is not None and Lambda(start) in scope.returns:
        return evaluator.instances(scope.annotation, Context(module.path, scope.parent))
    targets: list[Binding | AttributeBinding] = [*scope.bindings, *scope.attributes]
    for each in targets:
        if each.annotation is not None and each.at < start < each.after:
            return _within(evaluator, each.value, start, evaluator.instances(each.annotation, context))
    return NOTHING


def _within(evaluator: Evaluator, value: Expression, start: int, declared: Values) -> Values:
    """What is declared of the lambda that begins at a byte, of the whole value being declared what is given."""
    todo = [(value, declared)]
    for _ in range(_MOST):
        if not todo:
            break
        each, known = todo.pop()
        if isinstance(each, Lambda) and each.at == start:
            return known
        if isinstance(each, Either):
            todo.extend((option, known) for option in each.options)
        elif isinstance(each, Mapping) and any(_may_hold(option) for option in each.values):
            inside = evaluator.item(known, None)
            todo.extend((option, inside) for option in each.values if _may_hold(option))
        elif isinstance(each, Display) and any(_may_hold(option) for option in each.items):
            for place, option in enumerate(each.items):
                if _may_hold(option):
                    # Of a tuple each part has a type of its own.
                    inside = evaluator.item(known, str(place)) if each.kind == "tuple" else evaluator.element(known)
                    todo.append((option, inside))
    return NOTHING


def _may_hold(value: Expression) -> bool:
    return isinstance(value, (Lambda, Either, Mapping, Display))
