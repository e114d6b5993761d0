"""What a call enters when the called name does not say it: a parameter, a variable, an item, the result of a call."""

import functools
from collections.abc import Sequence

from tree_sitter import Node, Query, QueryCursor

from cq.grammar.flat import pieces_of
from cq.grammar.language import load_language
from cq.grammar.trails import Trails
from cq.rows.resolution import Confidence, Resolution, Target
from cq.symbols.python.evaluator import Context
from cq.symbols.python.expressions import Expressions
from cq.symbols.python.externals import CALLING
from cq.symbols.python.implicit import ENTERED, implicit_calls
from cq.symbols.python.inference import Inference
from cq.symbols.python.names import Found, FoundExternal
from cq.symbols.python.places import Places
from cq.symbols.python.summarize import GRAMMAR
from cq.symbols.python.summary import Attribute, Binding, Expression, Name, Subscript
from cq.symbols.python.targets import Targets
from cq.symbols.python.values import (
    FLOW,
    GUESS,
    ClassValue,
    ExternalMethod,
    ExternalValue,
    FunctionValue,
    InstanceValue,
    PartialValue,
    Value,
    Values,
)
from cq.symbols.resolver import CallPlace

_CONFIDENCE: tuple[Confidence, Confidence, Confidence] = ("certain", "likely", "possible")
_FEW = 4
_DEEPEST = 3  # partial of partial of ...


class Callees:
    """Follows called expressions to functions."""

    def __init__(self, inference: Inference, places: Places, targets: Targets) -> None:
        self._inference = inference
        self._places = places
        self._targets = targets
        self._trails = Trails()

    def calls_in(self, path: str, start: int, end: int) -> list[CallPlace]:
        """The calls in a part of a file, with what is called; what syntax calls, too."""
        parsed = self._places.tree(path)
        if parsed is None:
            return []
        found: set[CallPlace] = set()
        for piece in pieces_of(parsed[0].root_node):
            cursor = QueryCursor(_calls())
            cursor.set_byte_range(start, end)
            nodes = cursor.captures(piece).get("call", [])
            found.update(CallPlace(node.start_byte, node.end_byte) for node in nodes if start <= node.start_byte < end)
            found.update(implicit_calls(piece, parsed[1], start, end))
        return sorted(found)

    def at(self, path: str, start: int, end: int, implicit: str = "") -> tuple[Resolution, ...]:
        """The functions that a call of the expression between two bytes may enter, the surest first."""
        parsed = self._places.tree(path)
        module = self._inference.names.module(path)
        if parsed is None or module is None:
            return ()
        tree, data = parsed
        node = self._trails.named(tree.root_node, start, end)
        if node is None or node.byte_range != (start, end):
            return ()
        self._inference.begin()
        context = Context(path, module.scope_at(start))
        expression = Expressions(data).of(node)
        if implicit and not implicit.startswith(ENTERED) and self._is_open(expression, context):
            return ()
        values = self._inference.evaluate(expression, context)
        if values.rank == GUESS and len(values.items) == 1:
            values = Values(values.items, FLOW, values.reason)  # what all calls that are found agree on
        if implicit:
            return self._methods(values, implicit)
        found: dict[tuple[str, int, str], Resolution] = {}
        rank = values.rank
        if len(values.items) <= _FEW and all(_is_handed(item, node) for item in values.items):
            # Whatever else may be passed, these functions are: that they are called is no guess.
            rank = min(rank, FLOW)
        mixed = any(not isinstance(item, InstanceValue) for item in values.items)
        for item in values.items:
            own = rank
            if isinstance(item, InstanceValue) and mixed:
                own = GUESS  # of one that may be a function as well it is not known that it is called
            elif isinstance(item, ClassValue) and node.type == "attribute":
                own = GUESS  # a class in an attribute is there to be replaced
            for target in self._entered(item, 0):
                key = (target.path, target.start_byte, target.qualified_name)
                reason = values.reason or "value"
                found.setdefault(key, Resolution(target=target, confidence=_CONFIDENCE[own], reason=reason))
        for each in self._handed_on(values, node, data, context):
            found.setdefault((each.target.path, each.target.start_byte, each.target.qualified_name), each)
        return tuple(found.values())

    def _is_open(self, expression: Expression, context: Context) -> bool:
        """Whether only calls could tell what a value is: of an operand that is too little, and much to look for."""
        while isinstance(expression, (Attribute, Subscript)):
            expression = expression.value
        module = self._inference.names.module(context.path)
        if not isinstance(expression, Name) or module is None:
            return False
        for each in self._inference.names.lookup(context.path, context.scope, expression.text, expression.at):
            if not isinstance(each, Found) or not isinstance(each.binding, Binding) or each.binding.kind != "parameter":
                return False
            scope = module.scopes[each.scope]
            own = next((parameter for parameter in scope.parameters if parameter.name == expression.text), None)
            if own is None or own.annotation is not None or own.default is not None:
                return False
            if module.receiver_of(each.scope) == expression.text or scope.narrowings:
                return False
        return True

    def _handed_on(self, values: Values, node: Node, data: bytes, context: Context) -> list[Resolution]:
        """`map(f, x)` calls f here and now."""
        if not any(isinstance(item, ExternalValue) and item.name in CALLING for item in values.items):
            return []
        call = node.parent
        given = call.child_by_field_name("arguments") if call is not None else None
        first = [child for child in given.named_children if child.type != "comment"] if given is not None else []
        found = []
        for child in first[:_FEW]:
            value = child.child_by_field_name("value") if child.type == "keyword_argument" else child
            passed = self._inference.evaluate(Expressions(data).of(value), context)
            for item in passed.items:
                if isinstance(item, FunctionValue):
                    for target in self._entered(item, 0):
                        found.append(Resolution(target=target, confidence="likely", reason="handed on"))
        return found

    def _methods(self, values: Values, methods: str) -> tuple[Resolution, ...]:
        """What syntax calls of values: of each methods with "|" between the first that there is."""
        found: dict[tuple[str, int], Resolution] = {}
        for item in values.items:
            if not isinstance(item, InstanceValue):
                continue
            own = Values((item,), values.rank)
            for names in methods.split(" "):
                for target in self._first_method(own, names.split("|")):
                    row = Resolution(target=target, confidence=_CONFIDENCE[values.rank], reason="protocol")
                    found.setdefault((target.path, target.start_byte), row)
        return tuple(found.values())

    def _first_method(self, own: Values, names: Sequence[str]) -> list[Target]:
        asked = own
        if names[0] in ("__next__", "__anext__"):
            # Of what __iter__ gives; of the thing itself where that is not known.
            maker = "__iter__" if names[0] == "__next__" else "__aiter__"
            made = self._inference.call(self._inference.member_values(own, maker), None, Context("", 0))
            if any(not isinstance(i, InstanceValue) for i in made.items):
                return []
            asked = made or own
        for name in names:
            called = self._inference.member_values(asked, name).items
            targets = [
                target for item in called if isinstance(item, FunctionValue) for target in self._entered(item, 0)
            ]
            if targets:
                return targets
        return []

    def _entered(self, item: Value, depth: int) -> list[Target]:
        if depth > _DEEPEST:
            return []
        if isinstance(item, FunctionValue):
            target = self._function(item.path, item.scope)
            return [target] if target is not None else []
        if isinstance(item, PartialValue):
            return self._entered(item.function, depth + 1)
        if isinstance(item, ExternalValue):
            target = self._targets.of(FoundExternal(item.name))
            return [target] if target is not None else []
        if isinstance(item, ExternalMethod):
            name = f"{self._inference.kind_name(item.receiver)}.{item.name}"
            return [Target(name=item.name, qualified_name=name)]
        if isinstance(item, ClassValue):
            target = self._function(item.path, item.scope)
            return [target] if target is not None else []
        if isinstance(item, InstanceValue):
            called = self._inference.member_values(Values((item,)), "__call__")
            return [each for v in called.items if isinstance(v, FunctionValue) for each in self._entered(v, depth + 1)]
        return []

    def _function(self, path: str, number: int) -> Target | None:
        """The function, lambda or class that opens a scope."""
        module = self._inference.names.module(path)
        if module is None:
            return None
        scope = module.scopes[number]
        known = module.binding_at(scope.at)
        if scope.name and known is not None and isinstance(known[1], Binding):
            return self._targets.of(Found(path, scope.parent, known[1]))
        return self._targets.anonymous(path, number)


def _is_handed(item: Value, called: Node) -> bool:
    """Whether a value is a function or class that came here as such, not a method of what is only guessed."""
    if isinstance(item, FunctionValue):
        return item.receiver is None or called.type != "attribute"
    return isinstance(item, (ClassValue, PartialValue, ExternalValue))


@functools.cache
def _calls() -> Query:
    return Query(
        load_language(GRAMMAR),
        """
        (call function: (_) @call)
        (decorator (_) @call)
        (raise_statement . [(identifier) (attribute)] @call)
        """,
    )
