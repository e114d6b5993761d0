"""A summary with its look-ups: names by scope, scopes by place, attributes by class."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import TypeVar

import msgspec

from cq.symbols.python.forms import path_of
from cq.symbols.python.summary import AttributeBinding, Binding, ModuleSummary, Name, Narrowing, Scope

Told = TypeVar("Told")


class OwnAttribute(msgspec.Struct, frozen=True):
    """`self.name = value` in a method."""

    binding: AttributeBinding
    scope: int  # of the method


class IndexedModule:
    """The summary of one file, by its path."""

    def __init__(self, path: str, summary: ModuleSummary) -> None:
        self.path = path
        self.summary = summary
        self.scopes = summary.scopes
        self._names: dict[int, dict[str, list[Binding]]] = {}
        self._attributes: dict[int, dict[str, list[OwnAttribute]]] | None = None
        self._starts = [scope.start for scope in self.scopes]
        self._around = _containers(summary)
        self._by_start = {scope.start: number for number, scope in enumerate(self.scopes) if number}
        self._by_name_place = {scope.at: number for number, scope in enumerate(self.scopes) if number}
        self._by_binding_place: dict[int, tuple[int, Binding]] | None = None
        self._children: dict[int, list[int]] | None = None
        self._has_dead: bool | None = None
        self._bound_within: frozenset[str] | None = None
        self._qualified: dict[int, str] = {0: ""}
        self._in_comprehensions: dict[int, bool] = {0: True}
        self._narrowings: dict[tuple[int, str], tuple[list[int], list[Narrowing], list[int]]] = {}

    def _bindings(self, scope: Scope) -> list[Binding]:
        """The bindings of a scope, its parameters first."""
        own = [Binding("parameter", each.name, each.at, annotation=each.annotation) for each in scope.parameters]
        return own + scope.bindings if own else scope.bindings

    def names(self, number: int) -> dict[str, list[Binding]]:
        """What a scope binds; to a module belongs what functions bind with `global`."""
        known = self._names.get(number)
        if known is None:
            known = self._names[number] = {}
            scope = self.scopes[number]
            away = {*scope.globals, *scope.nonlocals} if scope.kind == "function" else set()
            for binding in self._bindings(scope):
                if binding.name not in away:
                    known.setdefault(binding.name, []).append(binding)
            if not number:
                for each in self.scopes:
                    for binding in each.bindings if each.globals else ():
                        if binding.name in each.globals:
                            known.setdefault(binding.name, []).append(msgspec.structs.replace(binding, block=(-1, -1)))
            else:
                for child in self._children_of(number):
                    inner = self.scopes[child]
                    for binding in inner.bindings if inner.nonlocals else ():
                        if binding.name in inner.nonlocals:
                            known.setdefault(binding.name, []).append(msgspec.structs.replace(binding, block=(-1, -1)))
            for name, found in known.items():
                if len(found) > 1 and any(each.is_dead for each in found):
                    known[name] = [binding for binding in found if not binding.is_dead] or found
        return known

    def is_bound_within(self, name: str) -> bool:
        """Whether any scope within the module binds or declares a name, so that scopes must be gone through for it."""
        if self._bound_within is None:
            found: set[str] = set()
            for scope in self.scopes[1:]:
                found.update(each.name for each in scope.bindings)
                found.update(each.name for each in scope.parameters)
                found.update(scope.globals, scope.nonlocals)
            self._bound_within = frozenset(found)
        return name in self._bound_within

    def is_of_comprehensions(self, number: int) -> bool:
        """Whether a scope is the module, or comprehensions in it: what they look up has run before."""
        return self._along(
            number, self._in_comprehensions, lambda scope, outer: outer and scope.kind == "comprehension"
        )

    def qualified(self, number: int) -> str:
        """The names of a scope and those around it, with dots, without the module's."""
        return self._along(
            number,
            self._qualified,
            lambda scope, outer: f"{outer}.{scope.name}" if outer and scope.name else outer or scope.name,
        )

    def _along(self, number: int, known: dict[int, Told], told: Callable[[Scope, Told], Told]) -> Told:
        """What is told of a scope by what is told of the one around it, each once."""
        way: list[int] = []
        while number not in known:
            way.append(number)
            number = self.scopes[number].parent
        value = known[number]
        for each in reversed(way):
            value = known[each] = told(self.scopes[each], value)
        return value

    def never_bound(self, at: int) -> tuple[int, list[Binding]]:
        """The scope of the name that is bound at this byte, and its bindings in branches that never run."""
        if self._has_dead is None:
            self._has_dead = any(each.is_dead for scope in self.scopes for each in scope.bindings)
        own = self.binding_at(at) if self._has_dead else None
        if own is None or own[1].is_dead:
            return 0, []
        number, binding = own
        return number, [each for each in self.scopes[number].bindings if each.is_dead and each.name == binding.name]

    def _children_of(self, number: int) -> list[int]:
        if self._children is None:
            self._children = {}
            for child, scope in enumerate(self.scopes):
                if child and scope.nonlocals:
                    # `nonlocal` may reach over several functions: each counts that is around.
                    above = scope.parent
                    while above:
                        self._children.setdefault(above, []).append(child)
                        above = self.scopes[above].parent
        return self._children.get(number, [])

    def scope_at(self, at: int) -> int:
        """The scope in which a name at this byte is looked up."""
        number = bisect_right(self._starts, at) - 1
        while number > 0:
            scope = self.scopes[number]
            if scope.body <= at < scope.end and not scope.hole[0] <= at < scope.hole[1]:
                return number
            number = self._around[number]  # the byte may stand in its head, or behind its end
        return 0

    def scope_from(self, start: int) -> int:
        """The scope that begins at this byte, or 0."""
        return self._by_start.get(start, 0)

    def scope_named_at(self, at: int) -> int:
        """The scope whose name stands at this byte, or 0."""
        return self._by_name_place.get(at, 0)

    def class_around(self, number: int) -> int:
        """The class in which a scope stands, itself among them, or 0."""
        while number and self.scopes[number].kind != "class":
            number = self.scopes[number].parent
        return number

    def method_around(self, number: int) -> int:
        """The method in which a scope stands, itself among them, or 0."""
        while number:
            scope = self.scopes[number]
            if scope.kind == "function" and self.scopes[scope.parent].kind == "class" and scope.parent:
                return number
            number = scope.parent
        return 0

    def receiver_of(self, number: int) -> str:
        """The name of the first parameter of a method, or ""."""
        scope = self.scopes[number]
        if scope.kind != "function" or not scope.parent or self.scopes[scope.parent].kind != "class":
            return ""
        if not scope.parameters or scope.parameters[0].kind not in ("plain", "positional"):
            return ""
        if any(isinstance(each, Name) and each.text == "staticmethod" for each in scope.decorators):
            return ""
        return scope.parameters[0].name

    def attributes(self, number: int) -> dict[str, list[OwnAttribute]]:
        """What the methods of a class assign to `self` and `cls`."""
        if self._attributes is None:
            self._attributes = {}
            for inner, scope in enumerate(self.scopes):
                if not scope.attributes:
                    continue
                method = self.method_around(inner)
                receiver = self.receiver_of(method) if method else ""
                for each in scope.attributes:
                    if isinstance(each.receiver, Name) and receiver and each.receiver.text == receiver:
                        of_class = self._attributes.setdefault(self.scopes[method].parent, {})
                        of_class.setdefault(each.name, []).append(OwnAttribute(each, inner))
        return self._attributes.get(number, {})

    def narrowings(self, number: int, path: str, at: int) -> Iterator[Narrowing]:
        """What tests in a scope tell of a name or path at this byte, the innermost first."""
        scope = self.scopes[number]
        if not scope.narrowings:
            return
        known = self._narrowings.get((number, path))
        if known is None:
            own = sorted((each for each in scope.narrowings if each.path == path), key=_start)
            anew = self._set_anew(number, path) if own else []
            known = self._narrowings[number, path] = [each.start for each in own], own, anew
        starts, own, anew = known
        last = bisect_right(anew, at)
        since = anew[last - 1] if last else 0
        for place in range(bisect_right(starts, at) - 1, -1, -1):
            if starts[place] < since:
                return  # it spoke of what was there before
            if at < own[place].end:
                yield own[place]

    def _set_anew(self, number: int, path: str) -> list[int]:
        """Where a scope sets a name, or what a path begins with, to something else; sorted."""
        first, _, rest = path.partition(".")
        places = [each.after for each in self.names(number).get(first, ())]
        for each in self.scopes[number].attributes if rest else ():
            whole = f"{path_of(each.receiver)}.{each.name}"
            if path == whole or path.startswith(whole + "."):
                places.append(each.after)
        return sorted(places)

    def binding_at(self, at: int) -> tuple[int, Binding] | None:
        """The binding whose name stands at this byte, and the scope in which it was met."""
        if self._by_binding_place is None:
            self._by_binding_place = {}
            for number, scope in enumerate(self.scopes):
                for binding in self._bindings(scope):
                    self._by_binding_place.setdefault(binding.at, (number, binding))
        return self._by_binding_place.get(at)


def _start(narrowing: Narrowing) -> int:
    return narrowing.start


def _containers(summary: ModuleSummary) -> list[int]:
    """For each scope the one whose text it stands in: not its parent when it stands in the head of a function."""
    found: list[int] = []
    open_scopes: list[int] = []
    for number, scope in enumerate(summary.scopes):
        while open_scopes and summary.scopes[open_scopes[-1]].end <= scope.start:
            open_scopes.pop()
        found.append(open_scopes[-1] if open_scopes else 0)
        open_scopes.append(number)
    return found
