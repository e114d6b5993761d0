"""Local scopes of a function's body: which name is bound where, and what it is bound to."""

from collections.abc import Iterator

from tree_sitter import Node

from cq.symbols.rust.lowering import Context
from cq.symbols.rust.model import is_off_in
from cq.symbols.rust.shapes import parts_of
from cq.symbols.rust.source import SourceFile

# Nodes that bind names for what stands in them.
SCOPE_KINDS = frozenset(
    {
        "block",
        "source_file",
        "function_item",
        "function_signature_item",
        "closure_expression",
        "match_arm",
        "for_expression",
        "if_expression",
        "while_expression",
        "match_expression",
        "async_block",
        "let_chain",
    }
)
_COMMENTS = frozenset({"line_comment", "block_comment"})
_MOST_PATTERN_NODES = 2_000


class Binding:
    """One local name."""

    __slots__ = ("index", "is_parameter", "name", "node", "pattern", "scope", "since", "source", "until")

    def __init__(
        self, name: str, node: Node, pattern: Node, source: Node, scope: "Scope", since: int, until: int, index: int = 0
    ) -> None:
        self.name = name
        self.node = node
        self.pattern = pattern
        self.source = source  # let_declaration, parameter, for_expression, match_arm, let_condition, closure_expression
        self.scope = scope
        self.since = since
        self.until = until
        self.index = index  # of a closure's parameter
        self.is_parameter = source.type in ("parameter", "closure_expression", "self_parameter")


class Scope:
    """One node that binds names, within another."""

    __slots__ = ("_bindings", "_by_start", "at_outside", "context", "file", "node", "parent")

    def __init__(self, node: Node, parent: "Scope | None", context: Context, file: SourceFile) -> None:
        self.node = node
        self.parent = parent
        self.context = context
        self.file = file
        self._bindings: dict[str, list[Binding]] | None = None
        self._by_start: dict[int, Binding] = {}
        self.at_outside: int | None = None  # of what a macro call was expanded to: where the call stands

    def bindings(self) -> dict[str, list[Binding]]:
        """The names bound by this node itself, in their order."""
        if self._bindings is None:
            self._bindings = {}
            for each in _bindings(self):
                self._by_start[each.node.start_byte] = each
                self._bindings.setdefault(each.name, []).append(each)
        return self._bindings

    def made_at(self, start: int) -> Binding | None:
        """The binding whose name stands at a byte."""
        self.bindings()
        return self._by_start.get(start)

    def own(self, name: str, at: int) -> Binding | None:
        """The last binding of a name here that is seen from a byte."""
        found = None
        for each in self.bindings().get(name, ()):
            if each.since <= at < each.until:
                found = each
        return found


def _bindings(scope: Scope) -> Iterator[Binding]:
    node = scope.node
    kind = node.type
    end = node.end_byte
    arm = scope.file.arms.get(node.id)
    if arm is not None:
        left = arm.child_by_field_name("left")
        for each in _names_in_expression(left) if left is not None else ():
            yield Binding(scope.file.text(each), each, left or each, arm, scope, node.start_byte, end)
    if kind in ("block", "source_file"):
        attributes = ""
        crate = scope.context.scope.crate
        for child in node.named_children:
            if child.type == "attribute_item":
                attributes += scope.file.text(child)
                continue
            given, attributes = attributes, "" if child.type not in _COMMENTS else attributes
            if child.type == "let_declaration" and not (given and is_off_in(crate, given, ())):
                yield from _of(scope, child.child_by_field_name("pattern"), child, child.end_byte, end)
    elif kind in ("function_item", "function_signature_item"):
        parameters = node.child_by_field_name("parameters")
        for child in parameters.named_children if parameters is not None else ():
            if child.type == "parameter":
                yield from _of(scope, child.child_by_field_name("pattern"), child, node.start_byte, end)
    elif kind == "closure_expression":
        parameters = node.child_by_field_name("parameters")
        for index, child in enumerate(parts_of(parameters) if parameters is not None else ()):
            if child.type == "parameter":
                yield from _of(scope, child.child_by_field_name("pattern"), child, node.start_byte, end, index)
            else:
                yield from _of(scope, child, node, node.start_byte, end, index)
    elif kind == "match_arm":
        pattern = node.child_by_field_name("pattern")
        yield from _of(scope, pattern, node, node.start_byte, end)
        for condition in _let_conditions(pattern.child_by_field_name("condition") if pattern is not None else None):
            yield from _of(scope, condition.child_by_field_name("pattern"), condition, condition.end_byte, end)
    elif kind == "for_expression":
        body = node.child_by_field_name("body")
        if body is not None:
            yield from _of(scope, node.child_by_field_name("pattern"), node, body.start_byte, end)
    elif kind in ("if_expression", "while_expression"):
        body = node.child_by_field_name("consequence" if kind == "if_expression" else "body")
        until = body.end_byte if body is not None else end
        for condition in _let_conditions(node.child_by_field_name("condition")):
            yield from _of(scope, condition.child_by_field_name("pattern"), condition, condition.end_byte, until)


def _let_conditions(condition: Node | None) -> Iterator[Node]:
    stack = [condition] if condition is not None else []
    for _ in range(_MOST_PATTERN_NODES):
        if not stack:
            return
        node = stack.pop()
        if node.type == "let_condition":
            yield node
        elif node.type in ("let_chain", "binary_expression", "parenthesized_expression"):
            stack.extend(reversed(node.named_children))


def _of(scope: Scope, pattern: Node | None, source: Node, since: int, until: int, index: int = 0) -> Iterator[Binding]:
    if pattern is None:
        return
    for node in names_in(pattern):
        name = scope.file.text(node).removeprefix("r#")
        yield Binding(name, node, pattern, source, scope, since, until, index)


def _names_in_expression(node: Node) -> Iterator[Node]:
    """The names of a pattern that was parsed as an expression: `Some(x)`, `(a, b)`."""
    stack = [node]
    for _ in range(_MOST_PATTERN_NODES):
        if not stack:
            return
        at = stack.pop()
        if at.type == "identifier":
            yield at
        elif at.type == "call_expression":
            arguments = at.child_by_field_name("arguments")
            stack.extend(arguments.named_children if arguments is not None else ())
        elif at.type in ("tuple_expression", "parenthesized_expression", "reference_expression"):
            stack.extend(at.named_children)


def names_in(pattern: Node) -> Iterator[Node]:
    """The names that a pattern binds, or may bind: a constant looks the same."""
    stack = [pattern]
    for _ in range(_MOST_PATTERN_NODES):
        if not stack:
            return
        node = stack.pop()
        kind = node.type
        if kind in ("identifier", "shorthand_field_identifier"):
            yield node
            continue
        if kind == "match_pattern":
            children = node.named_children[:1]
        elif kind in ("tuple_struct_pattern", "struct_pattern", "captured_pattern", "field_pattern"):
            type_node = node.child_by_field_name("type")
            children = [each for each in node.named_children if each != type_node and each.type != "field_identifier"]
        elif kind in (
            "tuple_pattern",
            "slice_pattern",
            "ref_pattern",
            "mut_pattern",
            "reference_pattern",
            "or_pattern",
            "parenthesized_pattern",
        ):
            children = node.named_children
        else:
            continue
        stack.extend(reversed(children))
