"""What the calls in a project pass as a parameter of a function."""

import functools
import re
from collections.abc import Iterator

import msgspec
from tree_sitter import Node, Query, QueryCursor

from cq.grammar.language import load_language
from cq.symbols.project import Project
from cq.symbols.python.calls import last_name, matched
from cq.symbols.python.evaluator import Context
from cq.symbols.python.expressions import Expressions
from cq.symbols.python.fallback import LANGUAGE
from cq.symbols.python.indexed import IndexedModule
from cq.symbols.python.inference import Inference
from cq.symbols.python.lambdas import declared_of_lambda
from cq.symbols.python.names import Found
from cq.symbols.python.places import Places
from cq.symbols.python.summarize import GRAMMAR
from cq.symbols.python.summary import Attribute, Binding, Call, Lambda, Name
from cq.symbols.python.values import (
    FLOW,
    NOTHING,
    ClassValue,
    ExternalInstance,
    FunctionValue,
    InstanceValue,
    Value,
    Values,
    one,
    union,
)

_MOST_FILES = 8
_MOST_SITES = 40  # of one function
_MOST_DYNAMIC = 400  # calls of a file of which every callee is looked at
_MAKERS = frozenset({"__init__", "__new__", "__call__"})


class Site(msgspec.Struct, frozen=True):
    """One call; of a decorator, the function or class that it is given."""

    call: Call
    scope: int
    decorated: tuple[int, int] | None = None  # the scope of what is decorated, and the decorator's place


class CallSites:
    """Call sites by the name of what is called, and in the function's own file by what is really called."""

    def __init__(
        self, project: Project, inference: Inference, places: Places, known: "CallSites | None" = None
    ) -> None:
        """`known` has call sites that need not be looked for again."""
        self._project = project
        self._inference = inference
        self._places = places
        self._sites: dict[str, list[Site]] = {} if known is None else known._sites
        self._named: dict[str, dict[str, list[Site]]] = {} if known is None else known._named
        self._dynamic: dict[str, list[tuple[str, Site]]] = {} if known is None else known._dynamic
        self._few: dict[tuple[str, str], list[Site]] = {} if known is None else known._few

    def passed(self, function: FunctionValue, name: str) -> Values:
        """The values of the arguments for a parameter, over the calls that are found."""
        module = self._inference.names.module(function.path)
        if module is None:
            return NOTHING
        scope = module.scopes[function.scope]
        word = module.scopes[scope.parent].name if scope.name in _MAKERS else scope.name
        found: list[Values] = []
        count = 0
        for path in self._files(function.path, word):
            for site in self._plausible(path, word, path == function.path):
                count += 1
                if count > _MOST_SITES + (_MOST_DYNAMIC if path == function.path else 0):
                    return union(found)
                found.extend(self._arguments(path, site, function, name))
        return union(found)

    def expected(self, function: FunctionValue, name: str) -> Values:
        """What a lambda's parameter is by the annotation of the parameter that the lambda is given to."""
        module = self._inference.names.module(function.path)
        if module is None:
            return NOTHING
        scope = module.scopes[function.scope]
        place = next((place for place, each in enumerate(scope.parameters) if each.name == name), 0)
        declared = declared_of_lambda(self._inference, module, function.scope)
        if declared:
            return union(_parameter(declared, place)).at_least(FLOW, "annotation")
        for site in self.sites(function.path):
            values = (*site.call.arguments, *(value for _, value in site.call.keywords))
            if not any(isinstance(value, Lambda) and value.at == scope.start for value in values):
                continue
            found: list[Values] = []
            for item in self._inference.evaluate(site.call.function, Context(function.path, site.scope)).items:
                for taken in self._declared(item, site, scope.start):
                    found.extend(_parameter(taken, place))
            return union(found).at_least(FLOW, "annotation")
        return NOTHING

    def _declared(self, item: Value, site: Site, start: int) -> Iterator[Values]:
        """The annotated types of the parameter of a callee that takes the lambda that begins at a byte."""
        bound = isinstance(item, ClassValue)
        if isinstance(item, ClassValue):
            made = self._inference.member_values(one(InstanceValue(item.path, item.scope)), "__init__")
            item = made.items[0] if made else item
        if not isinstance(item, FunctionValue):
            return
        module = self._inference.names.module(item.path)
        callee = module.scopes[item.scope] if module is not None else None
        if callee is None:
            return
        for parameter, expression in matched(callee, site.call, bound or item.receiver is not None):
            if isinstance(expression, Lambda) and expression.at == start:
                yield self._inference.instances(parameter.annotation, Context(item.path, callee.parent))

    def _files(self, own: str, word: str) -> list[str]:
        if not word:
            return [own]
        others = [path for path in self._project.files_with(word, LANGUAGE) if path != own]
        return [own, *others[:_MOST_FILES]]

    def _plausible(self, path: str, word: str, own: bool) -> list[Site]:
        if not own and path not in self._sites:
            return self._of_name(path, word) if word else []
        sites = self.sites(path)
        named = self._by_name(path).get(word, []) if word else []
        if not own or len(sites) > _MOST_DYNAMIC:
            return named
        return named + [site for last, site in self._dynamic_of(path) if last != word]

    def _of_name(self, path: str, word: str) -> list[Site]:
        """The calls in a file of what is called by a name, in order: only where the name stands is looked."""
        key = (path, word)
        if key not in self._few:
            self._few[key] = self._searched_for(path, word)
        return self._few[key]

    def _searched_for(self, path: str, word: str) -> list[Site]:
        parsed, module = self._places.tree(path), self._inference.names.module(path)
        if parsed is None or module is None:
            return []
        tree, data = parsed
        expressions = Expressions(data)
        found: dict[tuple[int, int], Site] = {}
        for place in re.finditer(re.escape(word.encode("utf-8", "surrogateescape")), data):
            cursor = QueryCursor(_called())
            cursor.set_byte_range(*place.span())
            for _, captures in cursor.matches(tree.root_node):
                called, node = captures["f"][0], captures["n"][0]
                if not called.start_byte <= place.start() < called.end_byte or node.byte_range in found:
                    continue
                call = expressions.of(node)
                if isinstance(call, Call) and last_name(call.function) == word:
                    found[node.byte_range] = Site(call, module.scope_at(node.start_byte))
        sites = [found[key] for key in sorted(found)]
        sites.extend(site for site in _decorators(module) if last_name(site.call.function) == word)
        return sites

    def _by_name(self, path: str) -> dict[str, list[Site]]:
        """The calls of a file by the last name of what is called."""
        if path not in self._named:
            named: dict[str, list[Site]] = {}
            for site in self.sites(path):
                named.setdefault(last_name(site.call.function), []).append(site)
            self._named[path] = named
        return self._named[path]

    def _dynamic_of(self, path: str) -> list[tuple[str, Site]]:
        """The calls of a file of which the name does not say what is called, with that name."""
        if path not in self._dynamic:
            module = self._inference.names.module(path)
            sites = self.sites(path) if module is not None else ()
            self._dynamic[path] = [
                (last_name(site.call.function), site)
                for site in sites
                if module is not None and self._is_dynamic(module, site)
            ]
        return self._dynamic[path]

    def _is_dynamic(self, module: IndexedModule, site: Site) -> bool:
        """Whether the name that is called says nothing of what is called: a parameter, a variable, an item."""
        function = site.call.function
        if isinstance(function, Attribute):
            return True
        if not isinstance(function, Name):
            return True
        for each in self._inference.names.lookup(module.path, site.scope, function.text, function.at):
            if not isinstance(each, Found) or not isinstance(each.binding, Binding):
                return False
            if each.binding.kind in ("parameter", "assign", "target"):
                return True
        return False

    def sites(self, path: str) -> list[Site]:
        """The calls of a file, decorators among them."""
        if path not in self._sites:
            self._sites[path] = self._searched(path)
        return self._sites[path]

    def _searched(self, path: str) -> list[Site]:
        parsed, module = self._places.tree(path), self._inference.names.module(path)
        if parsed is None or module is None:
            return []
        tree, data = parsed
        expressions = Expressions(data)
        found = []
        # A query gives nodes in no order; that of the text decides which calls count where there are too many.
        nodes = QueryCursor(_calls()).captures(tree.root_node).get("n", [])
        for _, _, node in sorted([(each.start_byte, each.end_byte, each) for each in nodes], key=_by_place):
            call = expressions.of(node)
            if isinstance(call, Call):
                found.append(Site(call, module.scope_at(node.start_byte)))
        found.extend(_decorators(module))
        return found

    def _arguments(self, path: str, site: Site, function: FunctionValue, name: str) -> list[Values]:
        context = Context(path, site.scope)
        callees = self._inference.evaluate(site.call.function, context)
        found = []
        for item in callees.items:
            bound = self._bound(item, function)
            module = self._inference.names.module(function.path)
            if bound is None or module is None:
                continue
            for parameter, expression in matched(module.scopes[function.scope], site.call, bound):
                if parameter.name == name:
                    if site.decorated is not None:
                        found.append(self._decorated(path, *site.decorated))
                    else:
                        found.append(self._inference.evaluate(expression, context))
        return found

    def _decorated(self, path: str, number: int, place: int) -> Values:
        """What a decorator is given: the function, as the decorators below leave it."""
        module = self._inference.names.module(path)
        if module is None or module.scopes[number].kind == "class":
            return one(ClassValue(path, number))
        return self._inference.bindings.decorated(path, number, module.scopes[number], place + 1)

    def _bound(self, item: Value, function: FunctionValue) -> bool | None:
        """Whether a callee is the function with its first parameter taken; None when it is not the function."""
        if isinstance(item, FunctionValue):
            if (item.path, item.scope) == (function.path, function.scope):
                return item.receiver is not None
            return None
        module = self._inference.names.module(function.path)
        if module is None or not isinstance(item, (ClassValue, InstanceValue)):
            return None
        made = module.scopes[function.scope].name
        if made not in _MAKERS or (made == "__call__") != isinstance(item, InstanceValue):
            return None
        found, _, _ = self._inference.classes.lookup(ClassValue(item.path, item.scope), made)
        for each in found:
            if (
                each.path == function.path
                and isinstance(each.binding, Binding)
                and each.binding.scope == function.scope
            ):
                return True
        return None


def _decorators(module: IndexedModule) -> Iterator[Site]:
    """The calls that decorators are."""
    for number, scope in enumerate(module.scopes):
        for place, decorator in enumerate(scope.decorators):
            call = Call(decorator, (None,), (), scope.at)
            yield Site(call, scope.parent, (number, place))


def _parameter(declared: Values, place: int) -> list[Values]:
    """What callables of declared types take at a place."""
    return [
        each.arguments[place + 1]
        for each in declared.items
        if isinstance(each, ExternalInstance) and each.name.endswith("Callable") and len(each.arguments) > place + 1
    ]


def _by_place(item: tuple[int, int, Node]) -> tuple[int, int]:
    return item[0], item[1]


@functools.cache
def _calls() -> Query:
    return Query(load_language(GRAMMAR), "(call) @n")


@functools.cache
def _called() -> Query:
    return Query(load_language(GRAMMAR), "(call function: (_) @f) @n")
