"""Which overloads of a function a call means: the first that takes its arguments, and those before it that may."""

import builtins
import collections.abc
from collections.abc import Iterator

from cq.symbols.python.evaluator import Context, Evaluator
from cq.symbols.python.externals import OPEN, TRANSPARENT, UNION
from cq.symbols.python.names import Found
from cq.symbols.python.summary import (
    Attribute,
    Binding,
    Call,
    Display,
    Expression,
    Literal,
    Name,
    Operation,
    Scope,
    Spread,
    Subscript,
    Text,
)
from cq.symbols.python.values import (
    ClassValue,
    ExternalInstance,
    ExternalValue,
    FunctionValue,
    InstanceValue,
    KeptValue,
    PartialValue,
    TypeVariable,
    Value,
    one,
)

_NO, _MAYBE, _YES = 0, 1, 2
_MOST_OPTIONS = 40  # types in one annotation
_ITERABLES = frozenset({"Iterable", "Iterator", "Sequence", "Collection", "MutableSequence", "Mapping"})
_NONE = Literal("none")
# What a literal of the first type may stand for besides its own type.
_PROMOTED = {
    "int": frozenset({"float", "complex"}),
    "bool": frozenset({"float", "complex"}),
    "float": frozenset({"complex"}),
}


class Overloads:
    """Chooses among functions of one name that `typing.overload` tells apart."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator

    def chosen(self, items: tuple[Value, ...], call: Call | None, context: Context) -> tuple[Value, ...]:
        """The same values; in place of an overloaded function those of its overloads that a call may mean."""
        found: list[Value] = []
        groups: set[tuple[str, int, str]] = set()
        for item in items:
            scope = self._scope(item) if isinstance(item, FunctionValue) else None
            overloads = self._overloads(item, scope) if isinstance(item, FunctionValue) and scope is not None else []
            if not overloads or scope is None or not isinstance(item, FunctionValue):
                found.append(item)
                continue
            if call is None:
                found.extend([item] if item in overloads else overloads)
                continue
            key = (item.path, scope.parent, scope.name)
            if key not in groups:
                groups.add(key)
                found.extend(self._first_that_takes(overloads, call, context))
        return tuple(dict.fromkeys(found))

    def _scope(self, function: FunctionValue) -> Scope | None:
        module = self._evaluator.names.module(function.path)
        return module.scopes[function.scope] if module is not None else None

    def _overloads(self, function: FunctionValue, scope: Scope) -> list[FunctionValue]:
        """The overloads beside a function, itself among them when it is one; none when it has none."""
        module = self._evaluator.names.module(function.path)
        bindings = module.names(scope.parent).get(scope.name, ()) if module is not None and scope.name else ()
        if module is None or len(bindings) < 2:
            return []
        return [
            FunctionValue(function.path, each.scope, function.receiver)
            for each in bindings
            if each.kind == "function" and _is_overload(module.scopes[each.scope])
        ]

    def _first_that_takes(self, group: list[FunctionValue], call: Call, context: Context) -> list[FunctionValue]:
        kept: list[FunctionValue] = []
        for item in group:
            scope = self._scope(item)
            verdict = self._takes(item, scope, call, context) if scope is not None else _MAYBE
            if verdict:
                kept.append(item)
            if verdict == _YES:
                break
        return kept or group

    def _takes(self, function: FunctionValue, scope: Scope, call: Call, context: Context) -> int:
        """Whether an overload takes the arguments of a call."""
        parameters = list(scope.parameters)
        place = Context(function.path, scope.parent)
        verdict = _YES
        if function.receiver is not None and parameters:
            own = parameters.pop(0)
            if own.annotation is not None:
                verdict = min(verdict, self._accepts(own.annotation, place, (function.receiver,), None))
        plain = [each for each in parameters if each.kind in ("plain", "positional")]
        star = next((each for each in parameters if each.kind == "star"), None)
        stars = next((each for each in parameters if each.kind == "stars"), None)
        by_name = {each.name: each for each in parameters if each.kind in ("plain", "keyword")}
        spread = any(isinstance(each, Spread) for each in call.arguments) or any(
            key == "**" for key, _ in call.keywords
        )
        given: set[str] = set()
        pairs: list[tuple[Expression, Expression]] = []
        for position, argument in enumerate(call.arguments):
            if isinstance(argument, Spread):
                break
            parameter = plain[position] if position < len(plain) else star
            if parameter is None:
                return _NO
            given.add(parameter.name)
            pairs.append((parameter.annotation, argument))
        for key, value in call.keywords:
            parameter = by_name.get(key) or stars
            if key != "**":
                if parameter is None:
                    return _NO
                given.add(parameter.name)
                pairs.append((parameter.annotation, value))
        for each in parameters:
            if each.kind in ("plain", "positional", "keyword") and each.default is None and each.name not in given:
                if not spread:
                    return _NO
                verdict = _MAYBE
        for annotation, argument in pairs:
            if annotation is not None and verdict:
                passed = self._evaluator.evaluate(argument, context).items
                verdict = min(verdict, self._accepts(annotation, place, passed, argument))
        return verdict

    def _accepts(self, annotation: Expression, place: Context, given: tuple[Value, ...], written: Expression) -> int:
        """Whether what is annotated takes values, given as they are known and as they are written."""
        options = list(self._options(annotation, place))
        if written == _NONE:
            return max((self._takes_none(*option) for option in options), default=_MAYBE)
        if not given:
            return _MAYBE
        return min(max((self._option(*option, item, written) for option in options), default=_MAYBE) for item in given)

    def _options(self, annotation: Expression, place: Context) -> Iterator[tuple[Expression, Context]]:
        """The types that an annotation offers, with where their names are looked up; aliases are followed."""
        todo = [(annotation, place)]
        for _ in range(_MOST_OPTIONS):
            if not todo:
                return
            each, context = todo.pop(0)
            if isinstance(each, Text):
                each = self._evaluator.text_expression(context.path, each.start, each.end)
            if isinstance(each, Operation) and each.operator == "|":
                todo += [(each.left, context), (each.right, context)]
                continue
            if isinstance(each, Subscript):
                last = _last(each.value)
                parts = each.index.items if isinstance(each.index, Display) else (each.index,)
                if last in UNION:
                    todo += [(part, context) for part in parts]
                    if last == "Optional":
                        yield _NONE, context
                    continue
                if last in TRANSPARENT and parts:
                    todo.append((parts[0], context))
                    continue
            if isinstance(each, Name):
                names = self._evaluator.names
                aliases = [
                    (found.binding.value, Context(found.path, found.scope))
                    for found in names.resolve(names.lookup(context.path, context.scope, each.text, each.at))
                    if isinstance(found, Found)
                    and isinstance(found.binding, Binding)
                    and found.binding.kind in ("assign", "type")
                    and isinstance(found.binding.value, (Subscript, Operation, Text))
                ]
                if aliases:
                    todo += aliases
                    continue
            yield each, context

    def _takes_none(self, option: Expression, context: Context) -> int:
        if option == _NONE:
            return _YES
        if isinstance(option, Subscript):
            return _NO
        types = self._evaluator.evaluate(option, context).items
        if not types or any(isinstance(each, TypeVariable) for each in types):
            return _MAYBE
        open_names = any(isinstance(each, ExternalValue) and _is_open(each.name) for each in types)
        return _YES if open_names else _NO

    def _option(self, option: Expression, context: Context, item: Value, written: Expression) -> int:
        """Whether one type takes one value."""
        if option is None:
            return _MAYBE
        if option == _NONE:
            return _NO
        base = option.value if isinstance(option, Subscript) else option
        if isinstance(option, Subscript) and _last(base) == "Literal":
            return _literal(option.index, written)
        worst = _YES if base is option else _MAYBE  # what is in brackets is not looked at
        verdicts = [self._type(each, item) for each in self._evaluator.evaluate(base, context).items]
        return min(worst, max(verdicts, default=_MAYBE))

    def _type(self, declared: Value, item: Value) -> int:
        if isinstance(declared, TypeVariable):
            return _MAYBE
        if isinstance(declared, ExternalValue) and _is_open(declared.name):
            return _YES
        if isinstance(item, InstanceValue):
            return self._instance(declared, item)
        if isinstance(declared, ClassValue):
            return _MAYBE if self._is_protocol(declared) or not _is_plain(item) else _NO
        if not isinstance(declared, ExternalValue):
            return _MAYBE
        last = declared.name.rpartition(".")[2]
        if isinstance(item, (FunctionValue, PartialValue, ClassValue, ExternalValue)):
            fitting = {"Callable", "Hashable"} | (
                {"type", "Type"} if isinstance(item, (ClassValue, ExternalValue)) else set()
            )
            return _YES if last in fitting else _NO if declared.name.startswith("builtins.") else _MAYBE
        if isinstance(item, (ExternalInstance, KeptValue)):
            return _of_builtin(self._evaluator.kind_of(item), item, declared.name)
        return _MAYBE

    def _instance(self, declared: Value, item: InstanceValue) -> int:
        order = self._evaluator.mro(ClassValue(item.path, item.scope))
        outside = [each.name for each in order if isinstance(each, ExternalValue)]
        if isinstance(declared, ClassValue):
            if ClassValue(declared.path, declared.scope) in order:
                return _YES
            return _MAYBE if "" in outside or self._is_protocol(declared) else _NO
        if not isinstance(declared, ExternalValue):
            return _MAYBE
        last = declared.name.rpartition(".")[2]
        if any(each.rpartition(".")[2] == last for each in outside):
            return _YES
        method = "__iter__" if last in _ITERABLES else "__call__" if last == "Callable" else ""
        if method:
            return _MAYBE if "" in outside or self._evaluator.members(one(item), method) else _NO
        return _NO if declared.name.startswith("builtins.") and not outside else _MAYBE

    def _is_protocol(self, owner: ClassValue) -> bool:
        return any(
            isinstance(each, ExternalValue) and (not each.name or each.name.endswith("Protocol"))
            for each in self._evaluator.mro(owner)
        )


def _is_overload(scope: Scope) -> bool:
    return any("overload" in (getattr(each, "name", ""), getattr(each, "text", "")) for each in scope.decorators)


def _is_open(name: str) -> bool:
    return name == "builtins.object" or name.rpartition(".")[2] in OPEN


def _is_plain(item: Value) -> bool:
    """Whether a value is surely none of a class of the project."""
    return isinstance(item, (FunctionValue, KeptValue)) or (
        isinstance(item, ExternalInstance) and item.name.startswith("builtins.")
    )


def _of_builtin(kind: str, item: ExternalInstance | KeptValue, declared: str) -> int:
    """Whether a type from elsewhere, by its full name, takes a value of a built-in type."""
    own = getattr(builtins, kind, None)
    if isinstance(item, ExternalInstance) and not item.name.startswith("builtins."):
        return _YES if item.name == declared else _MAYBE
    last = declared.rpartition(".")[2]
    other = getattr(builtins, last, None) if declared.startswith("builtins.") else None
    abstract = getattr(collections.abc, last, None) if declared.startswith(("typing.", "collections.abc.")) else None
    other = other if isinstance(other, type) else abstract
    if not isinstance(own, type) or not isinstance(other, type):
        return _MAYBE
    return _YES if issubclass(own, other) or last in _PROMOTED.get(kind, ()) else _NO


def _literal(index: Expression, written: Expression) -> int:
    """Whether `Literal[index]` takes what is written."""
    if not isinstance(written, (Text, Literal)) or (isinstance(written, Literal) and not written.text):
        return _NO if isinstance(written, Display) else _MAYBE
    parts = index.items if isinstance(index, Display) else (index,)
    for part in parts:
        if isinstance(part, (Text, Literal)) and type(part) is type(written) and part.text == written.text:
            return _YES
    return _NO if all(isinstance(part, (Text, Literal)) for part in parts) else _MAYBE


def _last(expression: Expression) -> str:
    if isinstance(expression, Attribute):
        return expression.name
    return expression.text if isinstance(expression, Name) else ""
