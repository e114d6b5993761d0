"""Which exceptions code raises, and which handlers around a place catch them."""

import builtins
import functools

from tree_sitter import Node, Query, QueryCursor

from cq.grammar.flat import pieces_of
from cq.grammar.language import load_language
from cq.rows.resolution import Target
from cq.symbols.python.evaluator import Context
from cq.symbols.python.expressions import Expressions
from cq.symbols.python.indexed import IndexedModule
from cq.symbols.python.inference import Inference
from cq.symbols.python.names import Found, FoundExternal
from cq.symbols.python.places import Places
from cq.symbols.python.summarize import GRAMMAR
from cq.symbols.python.summary import Binding
from cq.symbols.python.targets import Targets
from cq.symbols.python.values import (
    GUESS,
    ClassValue,
    ExternalInstance,
    ExternalValue,
    InstanceValue,
    KeptValue,
    Value,
    one,
)
from cq.symbols.resolver import Handler, Raised

_BUILTIN = "builtins."
# What a handler of `Exception` does not catch.
_BEYOND = frozenset({"KeyboardInterrupt", "SystemExit", "GeneratorExit", "BaseException", "BaseExceptionGroup"})


class Exceptions:
    """Follows exceptions to the classes they are of."""

    def __init__(self, inference: Inference, places: Places, targets: Targets) -> None:
        self._inference = inference
        self._places = places
        self._targets = targets

    def raised_in(self, path: str, start: int, end: int) -> list[Raised]:
        """What a part of a file raises, as far as the classes are known; what its own handlers catch left out."""
        parsed, module = self._places.tree(path), self._inference.names.module(path)
        if parsed is None or module is None:
            return []
        tree, data = parsed
        found = []
        for node in _captured(tree.root_node, start, end, "raise"):
            if not start <= node.start_byte < end:
                continue
            thrown = next((child for child in node.named_children if child.type != "comment"), None)
            # `raise` alone raises what is being handled.
            named = [thrown] if thrown is not None else self._handled_at(tree.root_node, node.start_byte)
            for each in named:
                place = _callee(each)
                for value in self._values(each, data, path, module):
                    target = self._target(value)
                    if target is not None and not self._caught_inside(path, node.start_byte, start, target):
                        found.append(Raised(place.start_byte, place.end_byte, target))
        return found

    def handler_at(self, path: str, at: int, raised: Target, begin: int = 0) -> Handler | None:
        """The innermost handler around a place that catches an exception; of those that begin behind `begin`."""
        parsed, module = self._places.tree(path), self._inference.names.module(path)
        if parsed is None or module is None:
            return None
        tree, data = parsed
        # What is called in a function is not called where the function is defined.
        number = module.scope_at(at)
        while number and module.scopes[number].kind not in ("function", "lambda"):
            number = module.scopes[number].parent
        begin = max(begin, module.scopes[number].start if number else 0)
        around = [each for each in _captured(tree.root_node, at, at + 1, "try") if each.start_byte >= begin]
        for node in sorted(around, key=_start, reverse=True):
            body = node.child_by_field_name("body")
            if body is None or not body.start_byte <= at < body.end_byte:
                continue
            for clause in node.named_children:
                if clause.type not in ("except_clause", "except_group_clause"):
                    continue
                named = _classes(clause)
                if not named:
                    return Handler(clause.start_byte, clause.start_byte + len("except"))
                for each in named:
                    if any(self._catches(value, raised) for value in self._values(each, data, path, module)):
                        last = _callee(each)
                        return Handler(last.start_byte, last.end_byte)
        return None

    def _caught_inside(self, path: str, at: int, begin: int, raised: Target) -> bool:
        return self.handler_at(path, at, raised, begin) is not None

    def _handled_at(self, root: Node, at: int) -> list[Node]:
        around = [each for each in _captured(root, at, at + 1, "except") if each.start_byte <= at < each.end_byte]
        return _classes(max(around, key=_start)) if around else []

    def _values(self, node: Node, data: bytes, path: str, module: IndexedModule) -> list[Value]:
        """The classes that an expression names, or is an instance of; of a tuple of classes all."""
        self._inference.begin()
        context = Context(path, module.scope_at(node.start_byte))
        values = self._inference.evaluate(Expressions(data).of(node), context)
        found: list[Value] = []
        for item in values.items if values.rank < GUESS else ():
            inside = self._inference.element(one(item)).items if isinstance(item, KeptValue) else (item,)
            for each in inside:
                if isinstance(each, InstanceValue):
                    found.append(ClassValue(each.path, each.scope))
                elif isinstance(each, ExternalInstance):
                    found.append(ExternalValue(each.name))
                elif isinstance(each, (ClassValue, ExternalValue)):
                    found.append(each)
        return found

    def _target(self, value: Value) -> Target | None:
        if isinstance(value, ExternalValue):
            return self._targets.of(FoundExternal(value.name))
        module = self._inference.names.module(value.path) if isinstance(value, ClassValue) else None
        if not isinstance(value, ClassValue) or module is None:
            return None
        scope = module.scopes[value.scope]
        known = module.binding_at(scope.at)
        if known is None or not isinstance(known[1], Binding):
            return None
        return self._targets.of(Found(value.path, scope.parent, known[1]))

    def _catches(self, handler: Value, raised: Target) -> bool:
        """Whether a handler of a class catches an exception: it is of this class, or of one below it."""
        names = {raised.qualified_name} if not raised.path else set()
        if raised.path:
            module = self._inference.names.module(raised.path)
            number = module.scope_named_at(raised.start_byte) if module is not None else 0
            order = self._inference.mro(ClassValue(raised.path, number)) if number else ()
            if isinstance(handler, ClassValue):
                return any(
                    isinstance(each, ClassValue) and (each.path, each.scope) == (handler.path, handler.scope)
                    for each in order
                )
            names = {each.name for each in order if isinstance(each, ExternalValue)}
        if not isinstance(handler, ExternalValue):
            return False
        return any(name == handler.name or _is_below(name, handler.name) for name in names)


def _is_below(name: str, above: str) -> bool:
    """Whether an exception class from outside of the project extends another, as far as built-in ones tell."""
    lower = getattr(builtins, name.removeprefix(_BUILTIN), None) if name.startswith(_BUILTIN) else None
    upper = getattr(builtins, above.removeprefix(_BUILTIN), None) if above.startswith(_BUILTIN) else None
    if isinstance(lower, type) and isinstance(upper, type):
        return issubclass(lower, upper)
    # Of others it is not known what they extend, but that is `Exception` next to always.
    return lower is None and above in ("builtins.Exception", "builtins.BaseException") and name not in _BEYOND


def _classes(clause: Node) -> list[Node]:
    """What an `except` names: one class or those of a tuple; nothing when it catches all."""
    value = clause.child_by_field_name("value")
    if value is not None and value.type == "as_pattern":
        value = value.named_children[0]
    while value is not None and value.type == "parenthesized_expression" and value.named_child_count:
        value = value.named_children[0]
    if value is None:
        return []
    return [child for child in value.named_children if child.type != "comment"] if value.type == "tuple" else [value]


def _callee(node: Node) -> Node:
    """The name that stands for an expression: the last one of what is called."""
    for _ in range(4):
        inner = node.child_by_field_name("function") or node.child_by_field_name("attribute")
        if inner is None:
            break
        node = inner
    return node


def _captured(root: Node, start: int, end: int, capture: str) -> list[Node]:
    found: list[Node] = []
    for piece in pieces_of(root):
        cursor = QueryCursor(_query())
        cursor.set_byte_range(start, end)
        found.extend(cursor.captures(piece).get(capture, ()))
    return sorted(found, key=_start)


def _start(node: Node) -> int:
    return node.start_byte


@functools.cache
def _query() -> Query:
    return Query(load_language(GRAMMAR), "(raise_statement) @raise (try_statement) @try (except_clause) @except")
