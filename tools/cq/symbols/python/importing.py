"""What import statements bind."""

from collections.abc import Iterator

from tree_sitter import Node

from cq.symbols.python.expressions import Expressions
from cq.symbols.python.summary import Binding


def imported(node: Node, expressions: Expressions, block: tuple[int, int], is_fallback: bool) -> Iterator[Binding]:
    """The bindings of `import a.b as c, d`, one for each name."""
    for child in node.children_by_field_name("name"):
        alias = child.child_by_field_name("alias")
        name = child.child_by_field_name("name") if alias is not None else child
        if name is None:
            continue
        module = "".join(expressions.text(name).split())
        at = alias if alias is not None else name
        bound = expressions.text(alias) if alias is not None else module.partition(".")[0]
        # `import a.b` binds a; `import a.b as c` binds a.b
        yield Binding(
            "import",
            bound,
            at.start_byte,
            block,
            module=module if alias is not None else bound,
            original=module,
            after=node.end_byte,
            is_fallback=is_fallback,
        )


def imported_from(node: Node, expressions: Expressions, block: tuple[int, int], is_fallback: bool) -> Iterator[Binding]:
    """The bindings of `from a import b as c, d`; one of kind "star" for `*`."""
    source = node.child_by_field_name("module_name")
    text = "".join(expressions.text(source).split()) if source is not None else "__future__"
    module = text.lstrip(".")
    level = len(text) - len(module)
    names = node.children_by_field_name("name")
    for child in names:
        alias = child.child_by_field_name("alias")
        name = child.child_by_field_name("name") if alias is not None else child
        if name is None:
            continue
        at = alias if alias is not None else name
        yield Binding(
            "from",
            expressions.text(at),
            at.start_byte,
            block,
            module=module,
            level=level,
            original=expressions.text(name),
            after=node.end_byte,
            is_fallback=is_fallback,
        )
    if not names and any(child.type == "wildcard_import" for child in node.named_children):
        yield Binding("star", "*", node.start_byte, block, module=module, level=level, after=node.end_byte)
