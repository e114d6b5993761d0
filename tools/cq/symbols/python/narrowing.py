"""Conditions that tell the class of a name."""

from tree_sitter import Node

from cq.symbols.python.expressions import Expressions
from cq.symbols.python.forms import path_of
from cq.symbols.python.summary import Call, Expression, Name


def class_tests(condition: Node, expressions: Expressions) -> list[tuple[bool, str, Expression]]:
    """The `isinstance` calls that must hold, or must not, for the condition to hold."""
    found = []
    todo = [(condition, False)]
    while todo:
        node, negated = todo.pop()
        kind = node.type
        if kind == "parenthesized_expression" and node.named_children:
            todo.append((node.named_children[0], negated))
        elif kind == "not_operator" and node.named_children:
            todo.append((node.named_children[0], not negated))
        elif kind == "boolean_operator":
            operator = node.child_by_field_name("operator")
            if operator is not None and (operator.type == "and") != negated:
                todo.extend((child, negated) for child in node.named_children)
        elif kind == "call":
            call = expressions.of(node)
            if (
                isinstance(call, Call)
                and isinstance(call.function, Name)
                and call.function.text == "isinstance"
                and len(call.arguments) == 2
                and (path := path_of(call.arguments[0]))
            ):
                found.append((negated, path, call.arguments[1]))
    return found


def leaves(body: Node) -> bool:
    """Whether a block never reaches what follows it."""
    last = body.named_children[-1].type if body.named_children else ""
    return last in ("return_statement", "raise_statement", "continue_statement", "break_statement")
