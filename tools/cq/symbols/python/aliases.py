"""Other names of a definition: those that imports and assignments give it."""

import re
from collections.abc import Iterable

from cq.rows.resolution import Target
from cq.symbols.project import Project
from cq.symbols.python.evaluator import Context
from cq.symbols.python.fallback import LANGUAGE
from cq.symbols.python.inference import Inference
from cq.symbols.python.names import Found, FoundModule, Names
from cq.symbols.python.summary import Attribute, Binding, Name
from cq.symbols.python.values import ClassValue, FunctionValue, ModuleValue, Value

_MOST_NAMES = 40  # of one definition; a name that leads astray must not lead through the whole project
_MANY = 20  # definitions from which on it pays to look through all files for what is renamed at all
_RENAMED = re.compile(rb"(\w+)\s+as\b|=[\s(\\]*(?:\w+\s*\.\s*)*(\w+)\b(?!\s*[\w(\[.])")


class Aliases:
    """Which names a definition has beside its own."""

    def __init__(self, project: Project, names: Names, inference: Inference) -> None:
        self._project = project
        self._names = names
        self._inference = inference
        self._renamed: dict[tuple[str, int], tuple[str, ...]] = {}
        self._renaming: dict[bytes, list[str]] | None = None  # name -> files that may give it another
        self._by_last: dict[str, dict[str, list[tuple[int, Binding]]]] = {}

    def of(self, path: str, target: Target) -> Iterable[str]:
        """The names that one file gives the target."""
        known = (target.name, *self.renamed(target))
        found: dict[str, None] = {}
        for last in known:
            for scope, binding in self._bindings(path, last):
                # `n = self.degree` says nothing of another class's `degree`: all places of `n` would be looked at.
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
            for path in self._files_renaming(name):
                for scope, binding in self._bindings(path, name):
                    is_new = not scope and binding.name not in found
                    if is_new and len(found) <= _MOST_NAMES and self._is_target(Found(path, scope, binding), target):
                        found.append(binding.name)
        return tuple(found[1:])

    def _files_renaming(self, name: str) -> Iterable[str]:
        """The files that may give the name another, and maybe more."""
        if self._renaming is None:
            if len(self._renamed) < _MANY:
                return self._project.files_with(name, LANGUAGE)
            self._renaming = {}
            for path in self._project.paths(LANGUAGE):
                pairs = _RENAMED.findall(self._project.read(path) or b"")
                for word in {first or second for first, second in pairs}:
                    self._renaming.setdefault(word, []).append(path)
        return self._renaming.get(name.encode("utf-8", "surrogateescape"), ())

    def _bindings(self, path: str, last: str) -> list[tuple[int, Binding]]:
        """The bindings of a file that give another name to what they name last, each with its scope."""
        if path not in self._by_last:
            if last.encode("utf-8", "surrogateescape") not in (self._project.read(path) or b""):
                return []
            found: dict[str, list[tuple[int, Binding]]] = {}
            self._by_last[path] = found
            module = self._names.module(path)
            for number, scope in enumerate(module.scopes if module is not None else ()):
                for binding in scope.bindings:
                    own = _last_named(binding)
                    if own and own != binding.name:
                        found.setdefault(own, []).append((number, binding))
        return self._by_last[path].get(last, [])

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


def _last_named(binding: Binding) -> str:
    """The last part of what an import or an assignment names."""
    value = binding.value
    if binding.kind == "from":
        return binding.original
    if binding.kind == "import":
        return binding.original.rpartition(".")[2]
    if binding.kind == "assign" and isinstance(value, Name):
        return value.text
    return value.name if binding.kind == "assign" and isinstance(value, Attribute) else ""
