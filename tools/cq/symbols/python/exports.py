"""What a module adds to `__all__` by calls: `__all__.append("a")`, `__all__.extend(other.__all__)`."""

from tree_sitter import Node

from cq.symbols.python.expressions import Expressions
from cq.symbols.python.summary import Attribute, Call, Display, Expression, Name


def exports_of_calls(root: Node, expressions: Expressions) -> list[Expression]:
    """The lists that calls at the top of a module add."""
    found: list[Expression] = []
    for statement in root.named_children:
        for child in statement.named_children if statement.type == "expression_statement" else ():
            call = expressions.of(child) if child.type == "call" else None
            if (
                isinstance(call, Call)
                and call.arguments
                and isinstance(call.function, Attribute)
                and isinstance(call.function.value, Name)
                and call.function.value.text == "__all__"
            ):
                one = call.function.name == "append"
                found.append(Display("list", call.arguments) if one else call.arguments[0])
    return found
