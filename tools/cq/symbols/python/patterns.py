"""The names that the patterns of a `case` bind, each with what it is known to be."""

from collections.abc import Iterator

from tree_sitter import Node

from cq.symbols.python.expressions import Expressions
from cq.symbols.python.summary import Attribute, Caught, Expression

_MOST = 500


def bind_case(node: Node, expressions: Expressions) -> Iterator[tuple[Node, Expression]]:
    """Each name bound by a case clause, in the order of the text, with its value where the pattern tells it."""
    todo: list[tuple[Node, Expression]] = [
        (child, None) for child in reversed(node.named_children) if child.type not in ("block", "if_clause", "comment")
    ]
    for _ in range(_MOST):
        if not todo:
            return
        pattern, value = todo.pop()
        kind = pattern.type
        children = pattern.named_children
        if kind == "identifier":
            if expressions.text(pattern) != "_":
                yield pattern, value
        elif kind == "dotted_name":
            if len(children) == 1:
                todo.append((children[0], value))
        elif kind == "as_pattern" and len(children) == 2:
            alias = children[1]
            todo.append(
                (
                    alias.named_children[0] if alias.type == "as_pattern_target" else alias,
                    _told(children[0], expressions),
                )
            )
            todo.append((children[0], None))
        elif kind == "class_pattern" and children:
            known = expressions.of(children[0])
            for child in reversed(children[1:]):
                inner = child.named_children[0] if child.named_children else child
                named = inner.named_children
                if inner.type == "keyword_pattern" and len(named) == 2:
                    todo.append((named[1], Attribute(Caught(known), expressions.text(named[0]))))
                else:
                    todo.append((child, None))
        elif kind == "dict_pattern":
            keys = {child.id for child in pattern.children_by_field_name("key")}
            todo.extend((child, None) for child in reversed(children) if child.id not in keys)
        elif kind == "keyword_pattern":
            todo.extend((child, None) for child in reversed(children[1:]))
        else:
            todo.extend((child, value) for child in reversed(children))


def _told(pattern: Node, expressions: Expressions) -> Expression:
    """An instance of the class of `case A() as b`."""
    while pattern.type == "case_pattern" and pattern.named_children:
        pattern = pattern.named_children[0]
    if pattern.type == "class_pattern" and pattern.named_children:
        return Caught(expressions.of(pattern.named_children[0]))
    return None
