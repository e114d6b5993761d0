"""Other names of a definition: those that imports and assignments give it."""

from collections.abc import Iterable, Iterator

from cq.rows.resolution import Target
from cq.symbols.project import Project
from cq.symbols.python.evaluator import Context
from cq.symbols.python.fallback import LANGUAGE
from cq.symbols.python.inference import Inference
from cq.symbols.python.names import Found, FoundModule, Names
from cq.symbols.python.summary import Attribute, Binding, Name
from cq.symbols.python.values import ClassValue, FunctionValue, ModuleValue, Value

_MOST_NAMES = 40  # of one definition; a name that leads astray must not lead through the whole project


class Aliases:
    """Which names a definition has beside its own."""

    def __init__(self, project: Project, names: Names, inference: Inference) -> None:
        self._project = project
        self._names = names
        self._inference = inference
        self._renamed: dict[tuple[str, int], tuple[str, ...]] = {}

    def of(self, path: str, target: Target) -> Iterable[str]:
        """The names that one file gives the target."""
        known = (target.name, *self.renamed(target))
        found: dict[str, None] = {}
        for scope, binding, last in self._bindings(path, known):
            if last not in known or binding.name in found:
                continue
            # `n = self.degree` says nothing of another class's `degree`: all places of `n` would be looked at for it.
            if binding.kind != "assign" or self._is_target(Found(path, scope, binding), target):
                found[binding.name] = None
        found.pop(target.name, None)
        return tuple(found)

    def renamed(self, target: Target) -> tuple[str, ...]:
        """The names that modules give the target and others may import, and those that these give it."""
        key = (target.path, target.start_byte)
        if key not in self._renamed:
            self._renamed[key] = self._searched(target)
        return self._renamed[key]

    def _searched(self, target: Target) -> tuple[str, ...]:
        found = [target.name]
        if not target.path or target.local:
            return ()
        for name in found:  # which grows
            for path in self._project.files_with(name, LANGUAGE):
                for scope, binding, last in self._bindings(path, (name,)):
                    is_new = not scope and last == name and binding.name not in found
                    if is_new and len(found) <= _MOST_NAMES and self._is_target(Found(path, scope, binding), target):
                        found.append(binding.name)
        return tuple(found[1:])

    def _bindings(self, path: str, known: Iterable[str]) -> Iterator[tuple[int, Binding, str]]:
        """The bindings that may rename: scope, binding, and the last part of what it names."""
        data = self._project.read(path) or b""
        module = self._names.module(path) if any(name.encode() in data for name in known) else None
        for number, scope in enumerate(module.scopes if module is not None else ()):
            for binding in scope.bindings:
                value = binding.value
                if binding.kind == "from":
                    yield number, binding, binding.original
                elif binding.kind == "import":
                    yield number, binding, binding.original.rpartition(".")[2]
                elif binding.kind == "assign" and isinstance(value, Name):
                    yield number, binding, value.text
                elif binding.kind == "assign" and isinstance(value, Attribute):
                    yield number, binding, value.name

    def _is_target(self, found: Found, target: Target) -> bool:
        binding = found.binding
        if not isinstance(binding, Binding):
            return False
        if binding.kind == "assign":
            self._inference.begin()
            values = self._inference.evaluate(binding.value, Context(found.path, found.scope))
            return any(self._place(item) == (target.path, target.start_byte) for item in values.items)
        module = self._names.module_named(found.path, binding.module, binding.level)
        if not isinstance(module, FoundModule):
            return False
        for each in self._names.resolve([found]):
            if isinstance(each, Found) and each.key == (target.path, target.start_byte):
                return True
            if isinstance(each, FoundModule) and (each.path, 0) == (target.path, target.start_byte):
                return True
        return False

    def _place(self, item: Value) -> tuple[str, int]:
        """Where the definition behind a value stands."""
        if isinstance(item, ModuleValue):
            return item.path, 0
        module = self._names.module(item.path) if isinstance(item, (ClassValue, FunctionValue)) else None
        if module is None or not isinstance(item, (ClassValue, FunctionValue)):
            return "", -1
        return item.path, module.scopes[item.scope].at
