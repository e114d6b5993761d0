"""One Rust file to its summary. Goes through items only, also those that stand in macro calls between items."""

import re

from tree_sitter import Language, Node

from cq.grammar.language import load_language
from cq.grammar.parse import parse_region, parse_text
from cq.symbols.rust.cfg import conditions_in
from cq.symbols.rust.summary import FileSummary, Item

_KINDS = {
    "function_item": "function",
    "function_signature_item": "function",
    "struct_item": "struct",
    "enum_item": "enum",
    "union_item": "union",
    "trait_item": "trait",
    "mod_item": "module",
    "const_item": "constant",
    "static_item": "static",
    "type_item": "type",
    "associated_type": "type",
    "macro_definition": "macro",
    "enum_variant": "variant",
    "field_declaration": "field",
    "impl_item": "impl",
    "use_declaration": "use",
    "extern_crate_declaration": "extern-crate",
}
_HANDED = frozenset(_KINDS) | {"attribute_item", "line_comment", "block_comment"}
_KEPT_ATTRIBUTE = re.compile(rb"#!?\[\s*(?:cfg|path|macro_use|macro_export|derive|proc_macro\w*|cfg_attr)\b")
_STATIC_REF = re.compile(rb"static\s+ref\s+(\w+)\s*:\s*([^=;]+)=")
_BIT_FLAGS = re.compile(rb"\bstruct\s+(\w+)\s*:\s*[\w:]+\s*\{")
_BIT_FLAG = re.compile(rb"\bconst\s+(\w+)\s*=")
_LOCAL_STATIC = re.compile(rb"\bstatic\s+(\w+)\s*:\s*([^=;]+)=")
# Without a boundary before it, which would cost most: what is too much is seen when it is looked at.
_DEFINED = re.compile(rb"(?:fn|struct|enum|union|trait|type|mod|const|static)\s+(?:mut\s+)?([^\W\d]\w*)")
_STRING = re.compile(rb'"([^"\\\n]+)"')
_FIELDS = ("fields", "body")
_LONGEST_CFG_MACRO = 2_000  # one that only puts `cfg` before what it is handed
_MOST_MACROS_DEEP = 24
_MOST_DEPTH = 200  # of items within each other


class RustSummarizer:
    """Makes summaries. Owns the grammar; made once per process."""

    name = "rust"
    version = 2
    makes = FileSummary

    def __init__(self, language: Language | None = None) -> None:
        self._language = language or load_language("tree_sitter_rust")

    def summarize(self, data: bytes) -> FileSummary:
        """The summary of a file. What is broken is left out."""
        tree, data = parse_text(self._language, data)
        items = self.items_of(tree.root_node, data)
        return FileSummary(
            items=items, attributes=_inner_attributes(tree.root_node, data), inner=_inner_names(items, data)
        )

    def _branches(self, tokens: Node, depth: int, data: bytes) -> list[Item]:
        """The items of `if #[cfg(..)] { .. } else if .. { .. } else { .. }`, each with its condition."""
        found: list[Item] = []
        before: list[str] = []
        condition = ""
        for child in tokens.children:
            if child.type != "token_tree":
                continue
            text = _text(child, data)
            if text.startswith("["):
                given = conditions_in(f"#{text}")
                condition = given[len("#[cfg(") : -len(")]")]
            elif text.startswith("{"):
                parts = [f"not({each})" for each in before] + ([condition] if condition else [])
                attribute = f"#[cfg(all({', '.join(parts)}))]"
                items = self.items_of(_bare(parse_region(self._language, data, child).root_node), data, depth + 1)
                for item in items:
                    item.attributes = attribute + item.attributes
                found += items
                before.append(condition or "all()")
                condition = ""
        return found

    def _in_braces(self, tokens: Node, depth: int, data: bytes) -> list[Item]:
        """The items in braces among other things that a macro is handed, as in `each!(a, b, { fn f() {} })`."""
        found: list[Item] = []
        for child in tokens.named_children:
            if child.type != "token_tree" or not data.startswith(b"{", child.start_byte):
                continue
            if _DEFINED.search(data, child.start_byte, child.end_byte):
                root = parse_region(self._language, data, child).root_node
                parts = _bare(root).named_children
                if not root.has_error and parts and all(each.type in _HANDED for each in parts):
                    found += self.items_of(_bare(root), data, depth + 1)
        return found

    def items_of(self, root: Node, data: bytes, depth: int = 0) -> list[Item]:
        """The items directly in a file, block or body, each with those within it."""
        found: list[Item] = []
        queue = [(root, found, depth)]
        while queue:
            node, into, depth = queue.pop()
            if depth > _MOST_DEPTH:
                continue
            self._read(node, into, depth, data, queue)
        return found

    def _read(
        self, parent: Node, into: list[Item], depth: int, data: bytes, queue: list[tuple[Node, list[Item], int]]
    ) -> None:
        attributes: list[bytes] = []
        for node in parent.named_children:
            node_type = node.type
            if node_type == "attribute_item":
                text = data[node.start_byte : node.end_byte]
                if _KEPT_ATTRIBUTE.match(text):
                    attributes.append(text)
                continue
            if node_type in ("line_comment", "block_comment", "inner_attribute_item", "visibility_modifier"):
                continue
            kept = "".join(text.decode("utf-8", "replace") for text in attributes)
            attributes = []
            kind = _KINDS.get(node_type)
            if kind is None:
                if node_type == "expression_statement" and node.named_child_count == 1:
                    node = node.named_children[0]
                    node_type = node.type
                if node_type == "macro_invocation":
                    self._macro_call(node, into, kept, depth, data, queue)
                elif node_type == "foreign_mod_item":
                    body = node.child_by_field_name("body")
                    if body is not None:
                        queue.append((body, into, depth + 1))
                elif node_type == "ERROR" and depth < _MOST_DEPTH:
                    queue.append((node, into, depth + 1))
                continue
            item = _item(kind, node, data)
            item.attributes = kept
            into.append(item)
            for field in _FIELDS:
                body = node.child_by_field_name(field)
                if body is None or kind in ("function", "macro"):
                    continue
                if body.type == "ordered_field_declaration_list":
                    _tuple_fields(body, item, data)
                else:
                    queue.append((body, item.items, depth + 1))

    def _macro_call(
        self,
        node: Node,
        into: list[Item],
        attributes: str,
        depth: int,
        data: bytes,
        queue: list[tuple[Node, list[Item], int]],
    ) -> None:
        tokens = next((child for child in node.named_children if child.type == "token_tree"), None)
        if tokens is None:
            return
        macro = node.child_by_field_name("macro")
        item = _place("macro-call", node)
        item.text = _text(macro, data)
        item.attributes = attributes
        into.append(item)
        if item.text == "include":
            included = _STRING.search(data, tokens.start_byte, tokens.end_byte)
            item.type = _decoded(included[1]) if included is not None else ""
            return
        if depth > _MOST_MACROS_DEEP:
            return
        if item.text.rpartition("::")[2] == "cfg_if":
            item.items = self._branches(tokens, depth, data)
            return
        tree = parse_region(self._language, data, tokens)
        root = tree.root_node
        if root.has_error:
            item.items.extend(_by_tokens(data, tokens.start_byte, tokens.end_byte))
            item.handed.extend(self._in_braces(tokens, depth, data))
        elif any(child.type in _KINDS or child.type == "macro_invocation" for child in _bare(root).named_children):
            queue.append((_bare(root), item.items, depth + 1))


def _inner_names(items: list[Item], data: bytes) -> list[int]:
    """Where words are defined that are no items of the file, nor in a comment of a line."""
    known: set[int] = set()
    stack = list(items)
    while stack:
        item = stack.pop()
        known.add(item.name_start)
        stack += item.items
        stack += item.handed
    starts = (found.start(1) for found in _DEFINED.finditer(data))
    return [
        start for start in starts if start not in known and b"//" not in data[data.rfind(b"\n", 0, start) + 1 : start]
    ]


def _bare(root: Node) -> Node:
    """The block of a text that is `{ .. }` and nothing else."""
    node = root
    while node.named_child_count == 1 and node.named_children[0].type in ("expression_statement", "block"):
        node = node.named_children[0]
    return node


def _by_tokens(data: bytes, start: int, end: int) -> list[Item]:
    """Items of well-known macros whose contents are no Rust: `static ref`, and structs of bit flags."""
    found = []
    for pattern in (_STATIC_REF, _LOCAL_STATIC):
        for match in pattern.finditer(data, start, end):
            item = _of_match("static", match)
            item.type = _decoded(match[2])
            found.append(item)
    for match in _BIT_FLAGS.finditer(data, start, end):
        struct = _of_match("struct", match)
        struct.text = "unit"
        impl = Item(kind="impl", type=struct.name, start=match.end(), end=end)
        until = data.find(b"}", match.end(), end)
        for flag in _BIT_FLAG.finditer(data, match.end(), until if until > 0 else end):
            constant = _of_match("constant", flag)
            constant.type = "Self"
            impl.items.append(constant)
        found += [struct, impl]
    return found


def _of_match(kind: str, match: re.Match[bytes]) -> Item:
    item = Item(kind=kind, name=match[1].decode("utf-8", "replace"), visibility="pub")
    item.name_start, item.name_end = match.span(1)
    item.start = item.end = -1  # found by the name
    return item


def _place(kind: str, node: Node) -> Item:
    return Item(kind=kind, start=node.start_byte, end=node.end_byte)


def _decoded(text: bytes) -> str:
    return text.decode("utf-8", "replace").strip()


def _text(node: Node | None, data: bytes) -> str:
    return "" if node is None else data[node.start_byte : node.end_byte].decode("utf-8", "replace")


def plain_name(text: str) -> str:
    """A name without the mark of a raw identifier."""
    return text[2:] if text.startswith("r#") else text


def _item(kind: str, node: Node, data: bytes) -> Item:
    item = _place(kind, node)
    field = node.child_by_field_name
    name = field("name")
    if name is not None:
        item.name = plain_name(_text(name, data))
        item.name_start, item.name_end = name.start_byte, name.end_byte
    if kind == "macro":
        if len(data[node.start_byte : node.end_byte]) < _LONGEST_CFG_MACRO:
            item.text = conditions_in(_text(node, data))
        return item
    first = node.named_children[0] if node.named_child_count else None
    if first is not None and first.type == "visibility_modifier":
        item.visibility = _text(first, data)
    if kind == "use":
        argument = field("argument")
        if argument is not None:
            item.text, item.text_start = _text(argument, data), argument.start_byte
        return item
    if kind == "extern-crate":
        item.text = _text(field("alias"), data)
        return item
    item.generics = _text(field("type_parameters"), data)
    if kind in ("function", "impl", "struct", "enum", "trait", "union"):
        where = next((child for child in node.named_children if child.type == "where_clause"), None)
        item.where = _text(where, data)
    if kind == "function":
        item.type = _text(field("return_type"), data)
        parameters = field("parameters")
        if parameters is not None:
            item.text, item.text_start = _text(parameters, data), parameters.start_byte
    elif kind == "trait":
        item.trait = _text(field("bounds"), data)
    elif kind == "type":
        item.type, item.trait = _text(field("type"), data), _text(field("bounds"), data)
    elif kind == "module":
        item.type = "inline" if field("body") is not None else ""
    else:
        item.type = _text(field("type"), data)
        item.trait = _text(field("trait"), data)
        if kind in ("struct", "variant"):
            body = field("body")
            item.text = "unit" if body is None else "tuple" if body.type == "ordered_field_declaration_list" else ""
    if kind == "function" and any(
        child.type == "function_modifiers" and b"async" in data[child.start_byte : child.end_byte]
        for child in node.named_children
    ):
        item.trait = "async"
    return item


def _tuple_fields(body: Node, item: Item, data: bytes) -> None:
    index = 0
    start = -1
    types = {child.id for child in body.children_by_field_name("type")}
    for child in body.named_children:
        if child.type == "visibility_modifier":
            start = child.start_byte
        if child.id not in types:
            continue
        part = _place("field", child)
        part.name = str(index)
        part.name_start = part.name_end = child.start_byte if start < 0 else start
        start = -1
        part.type = _text(child, data)
        item.items.append(part)
        index += 1


def _inner_attributes(root: Node, data: bytes) -> str:
    found = [child for child in root.named_children[:200] if child.type == "inner_attribute_item"]
    return "".join(_text(node, data) for node in found)
