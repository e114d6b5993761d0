"""Which names a file imports, and from where: `module#name` by the name that it has in the file."""

from tree_sitter import Node

from cq.mining.table import WORD, Table

# Imports are looked for at the top of a file and in what stands there: `if`, `try`, a block.
_DEPTH = 4
_MOST_NODES = 20_000


def imported(root: Node, source: bytes, table: Table) -> dict[str, str]:
    """The names of one file."""
    modules = table.file.modules
    found: dict[str, str] = {}
    stack = [(root, 0)] if modules else []
    looked = 0
    while stack:
        node, depth = stack.pop()
        looked += 1
        if node.type in modules:
            found.update(_names(node, source, table, modules[node.type]))
        elif depth < _DEPTH and looked < _MOST_NODES:
            stack += ((child, depth + 1) for child in node.named_children)
    return found


def _names(node: Node, source: bytes, table: Table, field: str) -> dict[str, str]:
    module = node.child_by_field_name(field) if field else None
    of = _text(module, source).strip("'\"`") if module is not None else ""
    found = {}
    stack = [child for child in node.children if module is None or child.id != module.id]
    while stack:
        each = stack.pop()
        alias = each.child_by_field_name("alias")
        name = each.child_by_field_name("name")
        if alias is not None and name is not None:
            found[_text(alias, source)] = _joined(of, _text(name, source))
        elif table.actions[each.kind_id] == WORD:
            found[_text(each, source)] = _joined(of, _text(each, source))
        elif not of and each.named_children and all(table.actions[x.kind_id] == WORD for x in each.named_children):
            # A dotted name: its first word is what the file knows.
            text = _text(each, source)
            found[text.partition(".")[0]] = text
        else:
            stack += each.children
    return found


def _joined(module: str, name: str) -> str:
    return f"{module}#{name}" if module else name


def _text(node: Node, source: bytes) -> str:
    return source[node.start_byte : node.end_byte].decode("utf-8", "replace")
