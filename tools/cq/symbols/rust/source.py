"""One Rust file as trees: its own, and those of its macro calls where their tokens parse as Rust."""

import bisect

from tree_sitter import Language, Node, Tree

from cq.grammar.parse import parse_region, parse_spans, parse_text

MOST_DEPTH = 1500
_BRACE = 0x7B
_MOST_CALLS_DEEP = 48  # macro calls within each other: each is parsed again
_SEPARATORS = frozenset({",", ";", "=>"})
# Nodes that define a name, and open a scope for what stands in them.
NAMED_ITEMS = frozenset(
    {
        "function_item",
        "function_signature_item",
        "struct_item",
        "enum_item",
        "union_item",
        "trait_item",
        "mod_item",
        "const_item",
        "static_item",
        "type_item",
        "associated_type",
    }
)
NAME_KINDS = frozenset(
    {
        "identifier",
        "type_identifier",
        "field_identifier",
        "shorthand_field_identifier",
        "self",
        "super",
        "crate",
        "integer_literal",
        "primitive_type",
    }
)


class SourceFile:
    """The trees of one file. They live as long as it does, and so do the ids of their nodes."""

    def __init__(self, path: str, data: bytes, language: Language) -> None:
        self.path = path
        self._language = language
        self.tree, self.data = parse_text(language, data)
        self._padded = self.data + b";"  # so that each text finds a terminator
        self.root = self.tree.root_node  # kept: a node remembers its children
        self._trees: list[Tree] = [self.tree]
        self._ends: dict[int, int] = {}  # of roots in macro calls: a terminator of theirs may stand behind
        self._within: dict[int, tuple[Node, ...]] = {}
        self.expansions = 0  # how deep within macros that were expanded this is
        self.arms: dict[int, Node] = {}  # by the root of `{ .. }` in `pattern = value => { .. }`: the assignment
        self.scopes: dict[int, object] = {}  # by node id; kept by who makes them

    def text(self, node: Node) -> str:
        """The source of a node."""
        return self.data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def chain(self, start: int) -> list[Node]:
        """The nodes around a byte, from the root to the leaf that holds it, through macro calls. [] when too deep."""
        node = self.root
        chain = [node]
        calls = 0
        while len(chain) < MOST_DEPTH:
            found: Node | None = None
            if node.type == "token_tree":
                calls += 1
                if calls > _MOST_CALLS_DEEP:
                    return []
                for root in self.within(node):
                    if root.start_byte <= start < self._ends[root.id]:
                        found = root
                        break
            if found is None:
                found = _child_at(node, start)
                if found is None:
                    return chain
            node = found
            chain.append(node)
        return []

    def within(self, tokens: Node) -> tuple[Node, ...]:
        """The roots of what a token tree holds: one for all of it, or one for each part that parses."""
        known = self._within.get(tokens.id)
        if known is None:
            known = self._within[tokens.id] = tuple(self._parsed(tokens))
        return known

    def _parsed(self, tokens: Node) -> list[Node]:
        tree = parse_region(self._language, self._padded, tokens, ";")
        if not tree.root_node.has_error:
            self._trees.append(tree)
            self._ends[tree.root_node.id] = tokens.end_byte
            return [tree.root_node]
        found: list[Node] = []
        part: list[Node] = []
        pattern: Node | None = None
        is_body = False
        for child in tokens.children[1:]:
            is_block = is_body and not part and child.type == "token_tree" and self.data[child.start_byte] == _BRACE
            if is_block:
                part.append(child)
            is_end = child.type in _SEPARATORS or child.end_byte == tokens.end_byte
            if is_end or is_block:
                roots = self._part(part[0].start_byte, part[-1].end_byte) if part else []
                found.extend(roots)
                if is_body and pattern is not None and roots:
                    self.arms[roots[0].id] = pattern
                pattern = _assignment(roots[0]) if roots and child.type == "=>" else None
                is_body = child.type == "=>"
                part = []
            else:
                part.append(child)
        return found

    def _part(self, start: int, end: int) -> list[Node]:
        tree = parse_spans(self._language, self._padded, [(start, end)], ";")
        if tree.root_node.has_error:
            return []
        self._trees.append(tree)
        self._ends[tree.root_node.id] = end
        return [tree.root_node]


def _assignment(root: Node) -> Node | None:
    """The `a = b` that a text is."""
    node: Node | None = root
    while node is not None and node.type in ("source_file", "expression_statement"):
        node = node.named_children[0] if node.named_child_count else None
    return node if node is not None and node.type == "assignment_expression" else None


def _child_at(node: Node, start: int) -> Node | None:
    """The child that holds a byte. Not by `first_child_for_byte`, which crashes on some trees (0.26.1)."""
    children = node.children
    index = bisect.bisect_right(children, start, key=_start) - 1
    # Children without text stand where the next one begins.
    while index >= 0 and children[index].start_byte == children[index].end_byte:
        index -= 1
    return children[index] if index >= 0 and start < children[index].end_byte else None


def _start(node: Node) -> int:
    return node.start_byte
