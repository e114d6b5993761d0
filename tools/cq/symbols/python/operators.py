"""What operators give."""

from cq.symbols.python.evaluator import Context, Evaluator
from cq.symbols.python.expressions import COMPARED
from cq.symbols.python.summary import Operation
from cq.symbols.python.values import FLOW, ExternalInstance, InstanceValue, KeptValue, Values, one, union

_OPERATORS = {
    "+": "__add__",
    "-": "__sub__",
    "*": "__mul__",
    "/": "__truediv__",
    "//": "__floordiv__",
    "%": "__mod__",
    "**": "__pow__",
    "|": "__or__",
    "&": "__and__",
    "^": "__xor__",
    "@": "__matmul__",
    "<<": "__lshift__",
    ">>": "__rshift__",
    "==": "__eq__",
    "!=": "__ne__",
    "<": "__lt__",
    ">": "__gt__",
    "<=": "__le__",
    ">=": "__ge__",
}


def operated(evaluator: Evaluator, expression: Operation, context: Context) -> Values:
    """The result of an operator: of a method of the project's classes, or the kind of its operands."""
    left = evaluator.evaluate(expression.left, context)
    if expression.operator == "unary":
        return left
    method = _OPERATORS.get(expression.operator)
    found = []
    if expression.operator in COMPARED:
        for item in left.items:
            if isinstance(item, InstanceValue) and method:
                compared = evaluator.meant(evaluator.member_values(one(item), method), expression.right, context)
                found.append(evaluator.call(compared, None, context).at_least(max(FLOW, left.rank), "return-type"))
        return union(found) or one(ExternalInstance("builtins.bool"))
    for item in left.items:
        if isinstance(item, InstanceValue) and method:
            made = evaluator.call(
                evaluator.meant(evaluator.member_values(one(item), method), expression.right, context), None, context
            )
            found.append(made.at_least(max(FLOW, left.rank), "return-type"))
    if found:
        return union(found)
    right = evaluator.evaluate(expression.right, context)
    for item in right.items:
        if isinstance(item, InstanceValue) and method:
            reflected = evaluator.member_values(one(item), method.replace("__", "__r", 1))
            made = evaluator.call(evaluator.meant(reflected, expression.left, context), None, context)
            found.append(made.at_least(max(FLOW, right.rank), "return-type"))
    if not union(found):
        found.extend(one(i, left.rank, left.reason) for i in left.items if isinstance(i, (ExternalInstance, KeptValue)))
        if expression.operator in ("+", "|"):
            found.append(right)
    return union(found)
