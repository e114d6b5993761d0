"""The parameters of a function or lambda."""

from tree_sitter import Node

from cq.symbols.python.expressions import Expressions
from cq.symbols.python.summary import Parameter

_STARS = {"list_splat_pattern": "star", "dictionary_splat_pattern": "stars"}


def parameters_of(node: Node | None, expressions: Expressions) -> list[Parameter]:
    """The parameters in order, each with its kind, annotation and default."""
    found: list[Parameter] = []
    kind = "plain"
    for child in node.named_children if node is not None else ():
        shape = child.type
        if shape == "keyword_separator":
            kind = "keyword"
            continue
        if shape == "positional_separator":
            found = [Parameter(each.name, "positional", each.at, each.annotation, each.default) for each in found]
            continue
        name = child if shape == "identifier" else child.child_by_field_name("name") or first_identifier(child)
        if name is None:
            continue
        inner = child.named_children[0].type if shape == "typed_parameter" else shape
        own = _STARS.get(inner, kind)
        annotation = expressions.of(child.child_by_field_name("type")) if shape.startswith("typed") else None
        default = expressions.of(child.child_by_field_name("value")) if "default" in shape else None
        found.append(Parameter(expressions.text(name), own, name.start_byte, annotation, default))
        if own == "star":
            kind = "keyword"
    return found


def first_identifier(node: Node) -> Node | None:
    """The first name in a node, a few levels down at most."""
    for _ in range(8):
        if node.type == "identifier":
            return node
        if not node.named_children:
            return None
        node = node.named_children[0]
    return None
