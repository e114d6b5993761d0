"""Conditions that tell the class of a name."""

import re

from tree_sitter import Node

from cq.symbols.python.expressions import Expressions
from cq.symbols.python.forms import path_of
from cq.symbols.python.summary import Attribute, Call, Expression, Name

TESTS = re.compile(rb"isinstance|\btype\(")


def class_tests(condition: Node, expressions: Expressions, holds: bool = True) -> list[tuple[str, Expression]]:
    """The names of which the class is known where a condition holds, or does not; each with the class or classes."""
    found = []
    todo = [(condition, not holds)]
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
                not negated
                and isinstance(call, Call)
                and isinstance(call.function, Name)
                and call.function.text == "isinstance"
                and len(call.arguments) == 2
                and (path := path_of(call.arguments[0]))
            ):
                found.append((path, call.arguments[1]))
        elif kind == "comparison_operator" and not negated and len(node.children) == 3:
            left, sign, right = node.children
            found.extend(_exact(left, sign, right, expressions))
    return found


def _exact(left: Node, sign: Node, right: Node, expressions: Expressions) -> list[tuple[str, Expression]]:
    """What `type(a) is A` tells."""
    call = expressions.of(left) if left.type == "call" and sign.type in ("is", "==") else None
    if not isinstance(call, Call) or not isinstance(call.function, Name) or call.function.text != "type":
        return []
    path, told = path_of(call.arguments[0]) if len(call.arguments) == 1 else "", expressions.of(right)
    return [(path, told)] if path and isinstance(told, (Name, Attribute)) else []


def leaves(body: Node) -> bool:
    """Whether a block never reaches what follows it."""
    last = body.named_children[-1].type if body.named_children else ""
    return last in ("return_statement", "raise_statement", "continue_statement", "break_statement")
