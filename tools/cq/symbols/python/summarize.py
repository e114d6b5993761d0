"""The bytes of one Python file to its summary: one query finds the nodes that bind, then one pass over those."""

import functools
from collections.abc import Callable

from tree_sitter import Node, Query, QueryCursor

from cq.grammar.flat import pieces_of
from cq.grammar.language import load_language
from cq.grammar.parse import parse_text
from cq.symbols.python.branches import WORDS, mark_dead, never_run
from cq.symbols.python.exports import exports_of_calls
from cq.symbols.python.expressions import Expressions
from cq.symbols.python.forms import part_of, rest_of, shortened, type_comment
from cq.symbols.python.importing import imported, imported_from
from cq.symbols.python.narrowing import TESTS, class_tests, leaves
from cq.symbols.python.parameters import first_identifier, parameters_of
from cq.symbols.python.patterns import bind_case
from cq.symbols.python.summary import (
    AttributeBinding,
    Binding,
    Caught,
    ElementOf,
    EnteredOf,
    Expression,
    ItemBinding,
    ModuleSummary,
    Narrowing,
    Operation,
    Scope,
    Spread,
    Subscript,
)

GRAMMAR = "tree_sitter_python"
_DEEPEST_TARGET = 20


class PythonSummarizer:
    """Makes the summary of one file. Broken source gives what the tree holds of it."""

    name = "python-symbols"
    version = 5
    makes = ModuleSummary

    def summarize(self, data: bytes) -> ModuleSummary:
        """The scopes and bindings of a file."""
        tree, data = parse_text(load_language(GRAMMAR), data)
        return _Walk(tree.root_node, data).run()


@functools.cache
def _query(narrows: bool) -> Query:
    # No predicate and no directive: what makes compiling dangerous elsewhere is not there.
    kinds = [kind for kind in _HANDLERS if narrows or kind not in _NARROWING]
    return Query(load_language(GRAMMAR), "[" + "".join(f"({kind})" for kind in kinds) + "] @n")


class _Walk:
    def __init__(self, root: Node, data: bytes) -> None:
        self._root = root
        self._data = data
        self._expressions = Expressions(data)
        self._of = self._expressions.of
        self._text = self._expressions.text
        module = Scope("module", "", 0, 0, max(len(data), root.end_byte) + 1, 0, (0, 0), 0)
        self._scopes = [module]
        self._open = [0]  # the scopes around the node at hand, by number
        self._blocks: list[tuple[int, int]] = []  # the branches around it
        self._fallbacks: list[tuple[int, int]] = []  # the `except` clauses around it
        self._always: set[int] = set()  # where blocks begin that are no branches
        self._decorators: dict[int, list[Expression]] = {}  # by where the definition begins
        self._dead: list[tuple[int, int]] = []  # branches that never run
        self._chooses = any(word in data for word in WORDS)
        self._narrows = self._chooses or TESTS.search(data) is not None
        self._has_type_comments = b"# type: " in data
        self._chained: dict[int, Node | None] = {}  # by its end, what a chain of assignments gives
        self._exports: list[Expression] = []

    def run(self) -> ModuleSummary:
        query = _query(self._narrows)
        found = [node for piece in pieces_of(self._root) for node in QueryCursor(query).captures(piece).get("n", [])]
        # A query gives nodes in no order, not even the same each time; parents must come before what is in them.
        for start, _, _, node in sorted([(n.start_byte, -n.end_byte, n.type, n) for n in found], key=_by_place):
            while self._scopes[self._open[-1]].end <= start:
                self._open.pop()
            while self._blocks and self._blocks[-1][1] <= start:
                self._blocks.pop()
            while self._fallbacks and self._fallbacks[-1][1] <= start:
                self._fallbacks.pop()
            _HANDLERS[node.type](self, node)
        if self._dead:
            mark_dead(self._scopes, self._dead)
        if b"__all__." in self._data:
            self._exports += exports_of_calls(self._root, self._expressions)
        return ModuleSummary(self._scopes, self._exports)

    def _scope_at(self, start: int) -> int:
        for number in reversed(self._open):
            scope = self._scopes[number]
            if scope.body <= start and not scope.hole[0] <= start < scope.hole[1]:
                return number
        return 0

    def _block(self, scope: Scope) -> tuple[int, int]:
        return self._blocks[-1] if self._blocks and self._blocks[-1][0] >= scope.body else (0, 0)

    def _is_fallback(self, scope: Scope) -> bool:
        return bool(self._fallbacks) and self._fallbacks[-1][0] >= scope.body

    def _opened(self, node: Node, kind: str, name: Node | None, body: int, hole: tuple[int, int] = (0, 0)) -> Scope:
        start = node.start_byte
        text, at = (self._text(name), name.start_byte) if name is not None else ("", start)
        scope = Scope(kind, text, at, start, node.end_byte, body, hole, self._scope_at(start))
        self._open.append(len(self._scopes))
        self._scopes.append(scope)
        return scope

    def _bind(
        self, number: int, kind: str, name: Node, value: Expression = None, annotation: Expression = None
    ) -> None:
        scope = self._scopes[number]
        text, at = self._text(name), name.start_byte
        scope.bindings.append(Binding(kind, text, at, self._block(scope), value, annotation, after=name.end_byte))

    # What opens scopes

    def _decorated(self, node: Node) -> None:
        found = node.child_by_field_name("definition")
        if found is not None:
            self._decorators[found.start_byte] = [
                self._expressions.inner(child) for child in node.named_children if child.type == "decorator"
            ]

    def _define(self, node: Node, kind: str) -> tuple[Scope | None, Scope]:
        name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
        outer = self._scopes[self._scope_at(node.start_byte)]
        block = self._block(outer)
        types = node.child_by_field_name("type_parameters")
        begin = body.start_byte if body is not None else node.end_byte
        if body is not None:
            self._always.add(body.start_byte)
        scope = self._opened(node, kind, name, types.start_byte if types is not None else begin)
        number = self._open[-1]
        scope.decorators = self._decorators.pop(node.start_byte, [])
        if name is not None:
            outer.bindings.append(
                Binding(
                    kind,
                    scope.name,
                    scope.at,
                    block,
                    scope=number,
                    after=min(begin, node.end_byte),
                    is_fallback=self._is_fallback(outer),
                )
            )
        if types is not None:
            for child in types.named_children:
                first = first_identifier(child)
                if first is not None:
                    self._bind(number, "typevar", first)
        return outer, scope

    def _class(self, node: Node) -> None:
        _, scope = self._define(node, "class")
        given = node.child_by_field_name("superclasses")
        for child in given.named_children if given is not None else ():
            if child.type == "keyword_argument":
                name = child.child_by_field_name("name")
                if name is not None:
                    scope.keywords.append((self._text(name), self._of(child.child_by_field_name("value"))))
            elif child.type != "comment":
                scope.bases.append(self._of(child))

    def _function(self, node: Node) -> None:
        _, scope = self._define(node, "function")
        scope.is_async = self._data.startswith(b"async", node.start_byte)
        scope.annotation = self._of(node.child_by_field_name("return_type"))
        scope.parameters = parameters_of(node.child_by_field_name("parameters"), self._expressions)

    def _lambda(self, node: Node) -> None:
        body = node.child_by_field_name("body")
        scope = self._opened(node, "lambda", None, body.start_byte if body is not None else node.end_byte)
        scope.parameters = parameters_of(node.child_by_field_name("parameters"), self._expressions)
        scope.returns.append(self._of(body))

    def _comprehension(self, node: Node) -> None:
        first = next((child for child in node.named_children if child.type == "for_in_clause"), None)
        iterable = first.child_by_field_name("right") if first is not None else None
        hole = (iterable.start_byte, iterable.end_byte) if iterable is not None else (0, 0)
        self._opened(node, "comprehension", None, node.start_byte, hole)

    # What binds

    def _for_in(self, node: Node) -> None:
        value = ElementOf(self._of(node.child_by_field_name("right")))
        number = self._scope_at(node.start_byte)
        self._target(number, node.child_by_field_name("left"), value, "target")

    def _for(self, node: Node) -> None:
        number = self._scope_at(node.start_byte)
        self._scopes[number].loops.append((node.start_byte, node.end_byte))
        value = ElementOf(self._of(node.child_by_field_name("right")))
        self._target(number, node.child_by_field_name("left"), value, "target")

    def _while(self, node: Node) -> None:
        self._scopes[self._scope_at(node.start_byte)].loops.append((node.start_byte, node.end_byte))
        self._if(node)

    def _assignment(self, node: Node) -> None:
        right = node.child_by_field_name("right")
        if right is not None and right.type == "assignment":
            # `a = b = c`: all of the chain end together, and have one value
            if node.end_byte not in self._chained:
                while right is not None and right.type == "assignment":
                    right = right.child_by_field_name("right")
                self._chained[node.end_byte] = right
            right = self._chained[node.end_byte]
        left = node.child_by_field_name("left")
        annotation = node.child_by_field_name("type")
        number = self._scope_at(node.start_byte)
        kind = "assign" if right is not None or annotation is None else "annotated"
        value = self._of(right)
        if not number and left is not None and left.type == "identifier" and self._text(left) == "__all__":
            self._exports.append(value)
        value = shortened(value)
        declared = self._of(annotation)
        if annotation is None and self._has_type_comments:
            declared = type_comment(self._data, node.end_byte)
        self._target(number, left, value, kind, declared, node.end_byte)

    def _augmented(self, node: Node) -> None:
        left = node.child_by_field_name("left")
        if left is None or left.type != "identifier":
            return
        number = self._scope_at(node.start_byte)
        value = self._of(node.child_by_field_name("right"))
        operator = node.child_by_field_name("operator")
        sign = operator.type.rstrip("=") if operator is not None else ""
        self._target(number, left, Operation(sign, self._of(left), value), "augmented", None, node.end_byte)
        if not number and self._text(left) == "__all__":
            self._exports.append(value)

    def _target(
        self,
        number: int,
        node: Node | None,
        value: Expression,
        kind: str,
        annotation: Expression = None,
        after: int = 0,
        depth: int = 0,
    ) -> None:
        if node is None or depth > _DEEPEST_TARGET:
            return
        scope = self._scopes[number]
        found = node.type
        if found == "identifier":
            block = self._block(scope)
            name = self._text(node)
            scope.bindings.append(
                Binding(
                    kind,
                    name,
                    node.start_byte,
                    block,
                    value,
                    annotation,
                    after=after or node.end_byte,
                    is_fallback=self._is_fallback(scope),
                )
            )
        elif found in _SEQUENCES:
            children = [each for each in node.named_children if each.type != "comment"]
            starred = next((place for place, each in enumerate(children) if each.type in _STARRED), len(children))
            for index, child in enumerate(children):
                # Behind a star items are counted from the end.
                place = index if index <= starred else index - len(children)
                inner = rest_of(value, index, len(children) - index - 1) if index == starred else part_of(value, place)
                self._target(number, child, inner, kind, None, after, depth + 1)
        elif found in _STARRED:
            self._target(number, node.named_children[0], value, kind, None, after, depth + 1)
        elif found == "parenthesized_expression":
            self._target(number, node.named_children[0], value, kind, annotation, after, depth + 1)
        elif found == "attribute":
            name_node = node.child_by_field_name("attribute")
            receiver = self._of(node.child_by_field_name("object"))
            if name_node is not None and receiver is not None:
                scope.attributes.append(
                    AttributeBinding(
                        receiver,
                        self._text(name_node),
                        name_node.start_byte,
                        value,
                        annotation,
                        after or node.end_byte,
                        self._block(scope),
                    )
                )
        elif found == "subscript":
            item = self._of(node)
            if isinstance(item, Subscript) and value is not None:
                scope.items.append(ItemBinding(item.value, item.index, value, after, self._block(scope)))

    def _walrus(self, node: Node) -> None:
        number = self._scope_at(node.start_byte)
        while self._scopes[number].kind == "comprehension":
            number = self._scopes[number].parent
        value = self._of(node.child_by_field_name("value"))
        self._target(number, node.child_by_field_name("name"), value, "assign")

    def _with_item(self, node: Node) -> None:
        value = node.child_by_field_name("value")
        if value is not None and value.type == "conditional_expression":
            # `with a if b else c as d:` is read with `c as d` together
            last = value.named_children[-1]
            if last.type == "as_pattern":
                value = last
        if value is None or value.type != "as_pattern":
            # `with (a as b):` is read as a parenthesized expression
            if value is not None and value.type in ("parenthesized_expression", "tuple"):
                for child in value.named_children:
                    if child.type == "as_pattern":
                        self._entered(child)
            return
        self._entered(value)

    def _entered(self, node: Node) -> None:
        alias = node.child_by_field_name("alias")
        if alias is not None and alias.named_children:
            value = EnteredOf(self._of(node.named_children[0]))
            self._target(self._scope_at(node.start_byte), alias.named_children[0], value, "target")

    def _with(self, node: Node) -> None:
        body = node.child_by_field_name("body")
        if body is not None:
            self._always.add(body.start_byte)

    def _except(self, node: Node) -> None:
        self._fallbacks.append((node.start_byte, node.end_byte))
        value = node.child_by_field_name("value")
        alias: Node | None = node.child_by_field_name("alias")
        if value is not None and value.type == "as_pattern":
            alias = value.child_by_field_name("alias")
            value = value.named_children[0]
        if alias is not None and alias.type == "as_pattern_target":
            alias = alias.named_children[0] if alias.named_children else None
        if alias is not None:
            self._target(self._scope_at(node.start_byte), alias, Caught(self._of(value)), "target")

    def _case(self, node: Node) -> None:
        number = self._scope_at(node.start_byte)
        for name, value in bind_case(node, self._expressions):
            self._bind(number, "target", name, value)

    def _import(self, node: Node) -> None:
        scope = self._scopes[self._scope_at(node.start_byte)]
        read = imported if node.type == "import_statement" else imported_from
        found = read(node, self._expressions, self._block(scope), self._is_fallback(scope))
        scope.bindings.extend(found)

    def _global(self, node: Node) -> None:
        scope = self._scopes[self._scope_at(node.start_byte)]
        names = [self._text(child) for child in node.named_children if child.type == "identifier"]
        (scope.globals if node.type == "global_statement" else scope.nonlocals).extend(names)

    def _return(self, node: Node) -> None:
        self._scopes[self._scope_at(node.start_byte)].returns.append(
            self._expressions.inner(node) if node.named_child_count else None
        )

    def _yield(self, node: Node) -> None:
        value = self._expressions.inner(node)
        is_from = any(child.type == "from" for child in node.children[:2])
        self._scopes[self._scope_at(node.start_byte)].yields.append(Spread(value) if is_from else value)

    def _type_alias(self, node: Node) -> None:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        name = first_identifier(left) if left is not None else None
        if name is not None:
            self._bind(self._scope_at(node.start_byte), "type", name, self._of(right))

    # What tells branches and types

    def _block_node(self, node: Node) -> None:
        if node.start_byte not in self._always:
            self._blocks.append((node.start_byte, node.end_byte))

    def _if(self, node: Node) -> None:
        condition = node.child_by_field_name("condition")
        if not self._narrows or condition is None:
            return
        body = node.child_by_field_name("consequence") or node.child_by_field_name("body")
        if self._chooses and node.type == "if_statement":
            self._dead += never_run(node, self._data)
        if body is None or not self._tests(condition):
            return
        self._narrow(condition, True, body.start_byte, body.end_byte)
        if node.type == "if_statement":
            if node.child_by_field_name("alternative") is not None:
                self._narrow(condition, False, body.end_byte, node.end_byte)
            elif leaves(body):
                self._narrow(condition, False, node.end_byte, self._block_end(node))

    def _tests(self, condition: Node) -> bool:
        return self._narrows and TESTS.search(self._data, condition.start_byte, condition.end_byte) is not None

    def _block_end(self, node: Node) -> int:
        scope = self._scopes[self._scope_at(node.start_byte)]
        return self._blocks[-1][1] if self._block(scope) != (0, 0) else scope.end

    def _narrow(self, condition: Node, holds: bool, start: int, end: int) -> None:
        """What a condition tells between two bytes, where it holds or does not."""
        scope = self._scopes[self._scope_at(condition.start_byte)]
        for path, classes in class_tests(condition, self._expressions, holds):
            scope.narrowings.append(Narrowing(path, classes, start, end))

    def _assert(self, node: Node) -> None:
        condition = node.named_children[0] if node.named_children else None
        if condition is not None and self._tests(condition):
            self._narrow(condition, True, node.end_byte, self._block_end(node))

    def _and(self, node: Node) -> None:
        operator, right = node.child_by_field_name("operator"), node.child_by_field_name("right")
        left = node.child_by_field_name("left")
        if operator is not None and right is not None and left is not None and self._tests(left):
            self._narrow(left, operator.type == "and", right.start_byte, right.end_byte)

    def _chosen(self, node: Node) -> None:
        """`a.b if isinstance(a, A) else c`"""
        parts = [child for child in node.named_children if child.type != "comment"]
        if len(parts) == 3 and self._tests(parts[1]):
            self._narrow(parts[1], True, parts[0].start_byte, parts[0].end_byte)
            self._narrow(parts[1], False, parts[2].start_byte, parts[2].end_byte)

    def _filter(self, node: Node) -> None:
        """`[a.b for a in c if isinstance(a, A)]`"""
        scope = self._scopes[self._scope_at(node.start_byte)]
        if scope.kind == "comprehension" and node.named_children and self._tests(node.named_children[0]):
            self._narrow(node.named_children[0], True, scope.start, node.start_byte)
            self._narrow(node.named_children[0], True, node.end_byte, scope.end)


def _by_place(item: tuple[int, int, str, Node]) -> tuple[int, int, bool, bool, str]:
    # Of nodes of one extent the outer first: a block of one statement, a `with` item of one expression.
    start, end, kind, _ = item
    return start, end, kind != "block", kind != "with_item", kind


_NARROWING = frozenset(
    {"if_statement", "elif_clause", "assert_statement", "boolean_operator", "conditional_expression", "if_clause"}
)
_STARRED = frozenset({"list_splat_pattern", "list_splat"})
_SEQUENCES = frozenset({"pattern_list", "tuple_pattern", "list_pattern", "tuple", "list", "expression_list"})
_HANDLERS: dict[str, Callable[[_Walk, Node], None]] = {
    "decorated_definition": _Walk._decorated,
    "class_definition": _Walk._class,
    "function_definition": _Walk._function,
    "lambda": _Walk._lambda,
    "list_comprehension": _Walk._comprehension,
    "set_comprehension": _Walk._comprehension,
    "dictionary_comprehension": _Walk._comprehension,
    "generator_expression": _Walk._comprehension,
    "for_in_clause": _Walk._for_in,
    "for_statement": _Walk._for,
    "while_statement": _Walk._while,
    "assignment": _Walk._assignment,
    "augmented_assignment": _Walk._augmented,
    "named_expression": _Walk._walrus,
    "with_item": _Walk._with_item,
    "with_statement": _Walk._with,
    "except_clause": _Walk._except,
    "case_clause": _Walk._case,
    "import_statement": _Walk._import,
    "import_from_statement": _Walk._import,
    "future_import_statement": _Walk._import,
    "global_statement": _Walk._global,
    "nonlocal_statement": _Walk._global,
    "return_statement": _Walk._return,
    "yield": _Walk._yield,
    "type_alias_statement": _Walk._type_alias,
    "block": _Walk._block_node,
    "if_statement": _Walk._if,
    "elif_clause": _Walk._if,
    "assert_statement": _Walk._assert,
    "boolean_operator": _Walk._and,
    "conditional_expression": _Walk._chosen,
    "if_clause": _Walk._filter,
}
