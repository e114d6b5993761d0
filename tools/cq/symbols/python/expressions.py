"""Nodes of the tree to the expressions of a summary."""

from collections.abc import Callable

from tree_sitter import Node

from cq.symbols.python.summary import (
    Attribute,
    Awaited,
    Call,
    Comprehension,
    Display,
    Either,
    Expression,
    Lambda,
    Literal,
    Mapping,
    Name,
    Operation,
    Spread,
    Subscript,
    Text,
)

MOST_ITEMS = 120  # of one display or call: data tables hold no definitions further down that matter
DEEPEST = 40  # expressions in one another; what is deeper is unknown
_LONGEST_TEXT = 120
COMPARED = frozenset({"==", "!=", "<", ">", "<=", ">="})


class Expressions:
    """Makes expressions of the nodes of one file."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def text(self, node: Node) -> str:
        """The text of a node."""
        return self._data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def of(self, node: Node | None, depth: int = 0) -> Expression:
        """The expression that a node stands for; None when it is nothing that resolution follows."""
        if node is None or depth > DEEPEST:
            return None
        make = _MAKERS.get(node.type)
        return make(self, node, depth + 1) if make is not None else None

    def _name(self, node: Node, depth: int) -> Expression:
        start = node.start_byte
        return Name(self._data[start : node.end_byte].decode("utf-8", "replace"), start)

    def _attribute(self, node: Node, depth: int) -> Expression:
        name = node.child_by_field_name("attribute")
        if name is None:
            return None
        value = self.of(node.child_by_field_name("object"), depth)
        if isinstance(value, Spread):  # `[*a.b]` is read as `(*a).b`
            return Spread(Attribute(value.value, self.text(name)))
        return Attribute(value, self.text(name))

    def _call(self, node: Node, depth: int) -> Expression:
        function = self.of(node.child_by_field_name("function"), depth)
        given = node.child_by_field_name("arguments")
        arguments: list[Expression] = []
        keywords: list[tuple[str, Expression]] = []
        if given is not None:
            if given.type == "argument_list":
                for child in given.named_children[:MOST_ITEMS]:
                    kind = child.type
                    if kind == "keyword_argument":
                        name = child.child_by_field_name("name")
                        if name is not None:
                            keywords.append((self.text(name), self.of(child.child_by_field_name("value"), depth)))
                    elif kind == "dictionary_splat":
                        keywords.append(("**", self.inner(child, depth)))
                    elif kind != "comment":
                        arguments.append(self.of(child, depth))
            else:
                arguments.append(self.of(given, depth))
        if isinstance(function, Spread):
            return Spread(Call(function.value, tuple(arguments), tuple(keywords), node.start_byte))
        return Call(function, tuple(arguments), tuple(keywords), node.start_byte)

    def _subscript(self, node: Node, depth: int) -> Expression:
        indices = [self.of(child, depth) for child in node.children_by_field_name("subscript")]
        index = indices[0] if len(indices) == 1 else Display("tuple", tuple(indices))
        value = self.of(node.child_by_field_name("value"), depth)
        return Spread(Subscript(value.value, index)) if isinstance(value, Spread) else Subscript(value, index)

    def _generic(self, node: Node, depth: int) -> Expression:
        parts = node.named_children
        if len(parts) < 2:
            return None
        indices = [self.of(child, depth) for child in parts[1].named_children if child.type != "comment"]
        index = indices[0] if len(indices) == 1 else Display("tuple", tuple(indices))
        return Subscript(self.of(parts[0], depth), index)

    def _member_type(self, node: Node, depth: int) -> Expression:
        parts = node.named_children
        return Attribute(self.of(parts[0], depth), self.text(parts[-1])) if len(parts) > 1 else None

    def _dotted(self, node: Node, depth: int) -> Expression:
        parts = [child for child in node.named_children if child.type == "identifier"]
        value: Expression = self._name(parts[0], depth) if parts else None
        for part in parts[1:]:
            value = Attribute(value, self.text(part))
        return value

    def inner(self, node: Node, depth: int = 0) -> Expression:
        """The expression of the first node in a node: what brackets, `await` or `return` stand around."""
        for child in node.named_children:
            if child.type != "comment":
                return self.of(child, depth)
        return None

    def _spread(self, node: Node, depth: int) -> Expression:
        return Spread(self.inner(node, depth))

    def _awaited(self, node: Node, depth: int) -> Expression:
        return Awaited(self.inner(node, depth))

    def _string(self, node: Node, depth: int) -> Expression:
        parts = node.named_children
        if len(parts) == 3 and parts[1].type == "string_content" and not parts[1].named_child_count:
            start, end = parts[1].start_byte, parts[1].end_byte
            prefix = self._data[parts[0].start_byte : parts[0].end_byte].lower()
            if b"b" in prefix:
                return Literal("bytes")
            if end - start <= _LONGEST_TEXT and b"f" not in prefix:
                return Text(self._data[start:end].decode("utf-8", "replace"), start, end)
        return Literal("bytes" if self._data[node.start_byte : node.start_byte + 1] in b"bB" else "str")

    def _integer(self, node: Node, depth: int) -> Expression:
        text = self._data[node.start_byte : node.end_byte]
        return Literal("int", text.decode("ascii", "replace") if len(text) < 6 else "")

    def _slice(self, node: Node, depth: int) -> Expression:
        text = self._data[node.start_byte : node.end_byte]
        return Literal("slice", text.decode("ascii", "replace") if len(text) < 12 else ":")

    def _display(self, node: Node, depth: int) -> Expression:
        items = [self.of(child, depth) for child in node.named_children[:MOST_ITEMS] if child.type != "comment"]
        return Display(_DISPLAYS[node.type], tuple(items))

    def _mapping(self, node: Node, depth: int) -> Expression:
        keys, values = [], []
        for child in node.named_children[:MOST_ITEMS]:
            if child.type == "pair":
                keys.append(self.of(child.child_by_field_name("key"), depth))
                values.append(self.of(child.child_by_field_name("value"), depth))
            elif child.type == "dictionary_splat":
                keys.append(None)
                values.append(self.inner(child, depth))
        return Mapping(tuple(keys), tuple(values))

    def _conditional(self, node: Node, depth: int) -> Expression:
        parts = [child for child in node.named_children if child.type != "comment"]
        if len(parts) != 3:
            return None
        return Either((self.of(parts[0], depth), self.of(parts[2], depth)))

    def _boolean(self, node: Node, depth: int) -> Expression:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        return Either((self.of(left, depth), self.of(right, depth)))

    def _operation(self, node: Node, depth: int) -> Expression:
        operator = node.child_by_field_name("operator")
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None:
            return Operation("unary", self.of(node.child_by_field_name("argument"), depth))
        sign = operator.type if operator is not None else ""
        return Operation(sign, self.of(left, depth), self.of(right, depth))

    def _comparison(self, node: Node, depth: int) -> Expression:
        parts = [child for child in node.children if child.type != "comment"]
        if len(parts) != 3 or parts[1].type not in COMPARED:
            return Literal("bool")
        left, right = self.of(parts[0], depth), self.of(parts[2], depth)
        # Only of objects of the project's own classes it may be anything else.
        if isinstance(left, (Name, Attribute, Call, Subscript)):
            return Operation(parts[1].type, left, right)
        return Literal("bool")

    def _union(self, node: Node, depth: int) -> Expression:
        parts = [self.of(child, depth) for child in node.named_children if child.type != "comment"]
        return Operation("|", parts[0], parts[1]) if len(parts) == 2 else None

    def _walrus(self, node: Node, depth: int) -> Expression:
        return self.of(node.child_by_field_name("value"), depth)

    def _yield(self, node: Node, depth: int) -> Expression:
        return Operation("yield", None)

    def _lambda(self, node: Node, depth: int) -> Expression:
        return Lambda(node.start_byte)

    def _comprehension(self, node: Node, depth: int) -> Expression:
        body = node.child_by_field_name("body")
        kind = _COMPREHENSIONS[node.type]
        if body is not None and body.type == "pair":
            key = self.of(body.child_by_field_name("key"), depth)
            return Comprehension(kind, node.start_byte, self.of(body.child_by_field_name("value"), depth), key)
        return Comprehension(kind, node.start_byte, self.of(body, depth))

    def _constant(self, node: Node, depth: int) -> Expression:
        return _CONSTANTS[node.type]


_DISPLAYS = {
    "list": "list",
    "tuple": "tuple",
    "set": "set",
    "expression_list": "tuple",
    "pattern_list": "tuple",
}
_COMPREHENSIONS = {
    "list_comprehension": "list",
    "set_comprehension": "set",
    "dictionary_comprehension": "dict",
    "generator_expression": "generator",
}
_CONSTANTS = {
    "float": Literal("float"),
    "true": Literal("bool", "True"),
    "false": Literal("bool", "False"),
    "none": Literal("none"),
    "ellipsis": Literal("ellipsis"),
    "not_operator": Literal("bool"),
    "concatenated_string": Literal("str"),
}
_MAKERS: dict[str, Callable[[Expressions, Node, int], Expression]] = {
    "identifier": Expressions._name,
    "attribute": Expressions._attribute,
    "call": Expressions._call,
    "subscript": Expressions._subscript,
    "generic_type": Expressions._generic,
    "member_type": Expressions._member_type,
    "type": Expressions.inner,
    "parenthesized_expression": Expressions.inner,
    "dotted_name": Expressions._dotted,
    "case_pattern": Expressions.inner,
    "list_splat": Expressions._spread,
    "splat_type": Expressions._spread,
    "await": Expressions._awaited,
    "string": Expressions._string,
    "integer": Expressions._integer,
    "slice": Expressions._slice,
    "dictionary": Expressions._mapping,
    "conditional_expression": Expressions._conditional,
    "boolean_operator": Expressions._boolean,
    "binary_operator": Expressions._operation,
    "comparison_operator": Expressions._comparison,
    "unary_operator": Expressions._operation,
    "union_type": Expressions._union,
    "named_expression": Expressions._walrus,
    "lambda": Expressions._lambda,
    "yield": Expressions._yield,
    **dict.fromkeys(_DISPLAYS, Expressions._display),
    **dict.fromkeys(_COMPREHENSIONS, Expressions._comprehension),
    **dict.fromkeys(_CONSTANTS, Expressions._constant),
}
