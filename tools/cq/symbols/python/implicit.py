"""The special methods that pieces of syntax and built-in functions call: `with`, `for`, operators, items, `len(x)`.

What `if x` asks of x is left out: next to no class of a project answers it, and it is asked everywhere.
"""

import functools
from collections.abc import Callable, Iterator

from tree_sitter import Node, Query, QueryCursor

from cq.grammar.language import load_language
from cq.symbols.python.summarize import GRAMMAR
from cq.symbols.resolver import CallPlace

_ITERATES = "__iter__|__getitem__ __next__"
# Methods apart by blanks are all called; of those with "|" between the first that there is.
_WITH = {False: "__enter__ __exit__", True: "__aenter__ __aexit__"}
_FOR = {False: _ITERATES, True: "__aiter__ __anext__"}
ENTERED = ("__enter__", "__aenter__", "__iter__", "__aiter__")  # of what they are asked is worth looking for
_OPERATORS = {
    "+": "add",
    "-": "sub",
    "*": "mul",
    "/": "truediv",
    "//": "floordiv",
    "%": "mod",
    "**": "pow",
    "|": "or",
    "&": "and",
    "^": "xor",
    "@": "matmul",
    "<<": "lshift",
    ">>": "rshift",
}
_COMPARISONS = {
    "==": "__eq__",
    "!=": "__ne__|__eq__",
    "<>": "__ne__|__eq__",
    "<": "__lt__",
    "<=": "__le__",
    ">": "__gt__",
    ">=": "__ge__",
}
# What a comparison asks of its right side, when the left one is plain.
_REFLECTED = {"<": "__gt__", "<=": "__ge__", ">": "__lt__", ">=": "__le__", "==": "__eq__", "!=": "__ne__|__eq__"}
_UNARY = {"-": "__neg__", "+": "__pos__", "~": "__invert__"}
_BUILTINS = {
    "len": "__len__",
    "str": "__str__|__repr__",
    "print": "__str__|__repr__",
    "repr": "__repr__",
    "bool": "__bool__|__len__",
    "hash": "__hash__",
    "abs": "__abs__",
    "int": "__int__",
    "float": "__float__",
    "bytes": "__bytes__",
    "round": "__round__",
    "format": "__format__",
    "reversed": "__reversed__",
    "iter": "__iter__",
    "next": "__next__",
    "dir": "__dir__",
    **dict.fromkeys(("list", "tuple", "set", "frozenset", "sorted", "sum", "any", "all", "enumerate"), _ITERATES),
}
# Operands of these kinds have no methods of the project's.
_PLAIN = frozenset(
    {"integer", "float", "string", "concatenated_string", "true", "false", "none", "list", "dictionary", "tuple", "set"}
    | {"list_comprehension", "set_comprehension", "dictionary_comprehension", "generator_expression", "lambda"}
    | {"comparison_operator", "not_operator", "ellipsis"}
)


def implicit_calls(root: Node, data: bytes, start: int, end: int) -> Iterator[CallPlace]:
    """The values in a part of a file of which syntax calls methods, and which these are."""
    cursor = QueryCursor(_query())
    cursor.set_byte_range(start, end)
    captures = cursor.captures(root)
    written = {node.id for capture in ("set", "both", "delete") for node in captures.get(capture, ())}
    for capture, nodes in captures.items():
        for node in nodes:
            if start <= node.start_byte < end and not (capture == "item" and node.id in written):
                for value, methods in _MAKERS[capture](node, data):
                    value = _bare(value)
                    if value.type not in _PLAIN:
                        yield CallPlace(value.start_byte, value.end_byte, methods)


def _bare(node: Node) -> Node:
    while node.type == "parenthesized_expression" and node.named_child_count == 1:
        node = node.named_children[0]
    return node


def _with(node: Node, data: bytes) -> Iterator[tuple[Node, str]]:
    methods = _WITH[_is_async(node)]
    for clause in node.named_children:
        for item in clause.named_children if clause.type == "with_clause" else ():
            value = item.child_by_field_name("value")
            if value is not None and value.type == "as_pattern":
                value = value.named_children[0]
            for each in value.named_children if value is not None and value.type == "tuple" else (value,):
                if each is not None:
                    yield (each.named_children[0] if each.type == "as_pattern" else each), methods


def _loop(node: Node, data: bytes) -> Iterator[tuple[Node, str]]:
    value = node.child_by_field_name("right")
    if value is not None:
        yield value, _FOR[_is_async(node)]


def _is_async(node: Node) -> bool:
    first = node.child(0)
    return first is not None and first.type == "async"


def _sides(node: Node) -> tuple[Node | None, str, Node | None]:
    operator = node.child_by_field_name("operator")
    return node.child_by_field_name("left"), operator.type if operator else "", node.child_by_field_name("right")


def _binary(node: Node, data: bytes) -> Iterator[tuple[Node, str]]:
    left, sign, right = _sides(node)
    word = _OPERATORS.get(sign)
    if left is None or right is None or word is None:
        return
    if left.type in _PLAIN:
        yield right, f"__r{word}__"
    else:
        yield left, f"__{word}__"


def _augmented(node: Node, data: bytes) -> Iterator[tuple[Node, str]]:
    left, sign, _ = _sides(node)
    word = _OPERATORS.get(sign.removesuffix("="))
    if left is not None and word is not None:
        yield left, f"__i{word}__|__{word}__"


def _comparison(node: Node, data: bytes) -> Iterator[tuple[Node, str]]:
    parts = [child for child in node.children if child.type != "comment"]
    for number in range(1, len(parts) - 1, 2):
        left, sign, right = parts[number - 1], parts[number].type, parts[number + 1]
        if sign in ("in", "not in"):
            yield right, "__contains__|__iter__"
        elif sign in _COMPARISONS and left.type in _PLAIN:
            yield right, _REFLECTED.get(sign, "__eq__")
        elif sign in _COMPARISONS:
            yield left, _COMPARISONS[sign]


def _unary(node: Node, data: bytes) -> Iterator[tuple[Node, str]]:
    value, sign = node.child_by_field_name("argument"), node.child_by_field_name("operator")
    if value is not None and sign is not None and sign.type in _UNARY:
        yield value, _UNARY[sign.type]


def _item_of(methods: str) -> Callable[[Node, bytes], Iterator[tuple[Node, str]]]:
    def item(node: Node, data: bytes) -> Iterator[tuple[Node, str]]:
        value = node.child_by_field_name("value")
        if value is not None:
            yield value, methods

    return item


def _awaited(node: Node, data: bytes) -> Iterator[tuple[Node, str]]:
    for child in node.named_children[:1]:
        yield child, "__await__"


def _builtin(node: Node, data: bytes) -> Iterator[tuple[Node, str]]:
    function, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None or given is None:
        return
    methods = _BUILTINS.get(data[function.start_byte : function.end_byte].decode("utf-8", "replace"))
    first = next((child for child in given.named_children if child.type != "comment"), None)
    if methods is not None and first is not None and first.type not in ("keyword_argument", "list_splat"):
        yield first, methods


_MAKERS = {
    "with": _with,
    "for": _loop,
    "binary": _binary,
    "augmented": _augmented,
    "comparison": _comparison,
    "unary": _unary,
    "item": _item_of("__getitem__|__class_getitem__"),
    "set": _item_of("__setitem__"),
    "both": _item_of("__getitem__ __setitem__"),
    "delete": _item_of("__delitem__"),
    "await": _awaited,
    "builtin": _builtin,
}


@functools.cache
def _query() -> Query:
    return Query(
        load_language(GRAMMAR),
        """
        (with_statement) @with
        (for_statement) @for
        (for_in_clause) @for
        (binary_operator) @binary
        (augmented_assignment) @augmented
        (comparison_operator) @comparison
        (unary_operator) @unary
        (subscript) @item
        (assignment left: (subscript) @set)
        (augmented_assignment left: (subscript) @both)
        (delete_statement (subscript) @delete)
        (await) @await
        (call function: (identifier) arguments: (argument_list)) @builtin
        """,
    )
