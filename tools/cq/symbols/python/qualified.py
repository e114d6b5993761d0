"""From a written name, `Flask.route` or `flask.app.Flask.route`, to the definitions that it may mean."""

import re
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

from cq.symbols.project import Project
from cq.symbols.python.fallback import LANGUAGE
from cq.symbols.python.inference import Inference
from cq.symbols.python.names import Found, FoundModule, Names, Source
from cq.symbols.python.summary import Binding
from cq.symbols.python.values import ClassValue, ModuleValue, Values

_KEPT_NAMES = 256
Key = TypeVar("Key")
_DEFINING = frozenset({"function", "class", "assign", "annotated", "type", "target"})


class Qualified:
    """Definitions by name."""

    def __init__(self, project: Project, names: Names, inference: Inference) -> None:
        self._project = project
        self._names = names
        self._inference = inference
        self._modules: dict[str, list[FoundModule]] | None = None  # by the last part of their names
        # A full name begins with its package, for which nearly all files are looked through: not for each anew.
        self._started: OrderedDict[tuple[str, bool], list[Source]] = OrderedDict()
        self._known_as: OrderedDict[str, list[Source]] = OrderedDict()

    def found(self, qualified_name: str) -> list[Source]:
        """The definitions that a name may mean; its first part may be any definition or module of that name."""
        parts = re.split(r"\.|::", qualified_name.strip())
        if not all(parts):
            return []
        found: list[Source] = []
        for start in self._starts(parts[0], len(parts) == 1):
            found.extend(self._below(start, parts[1:]))
        for start in self._renamed(parts[0]) if not found else ():
            found.extend(self._below(start, parts[1:]))
        # A name may begin with the names of folders or packages that lead to one module.
        for count in range(len(parts), 0, -1):
            path = self._names.finder.find(".".join(parts[:count]), "")
            if path and not path.endswith("/"):
                found.extend(self._below(FoundModule(path), parts[count:]))
                break
        return found

    def _below(self, source: Source, parts: list[str]) -> list[Source]:
        if not parts:
            return [source]
        if isinstance(source, FoundModule):
            values = Values((ModuleValue(source.path),))
        elif isinstance(source, Found) and isinstance(source.binding, Binding) and source.binding.kind == "class":
            values = Values((ClassValue(source.path, source.binding.scope),))
        elif isinstance(source, Found) and isinstance(source.binding, Binding) and source.binding.kind == "function":
            module = self._names.module(source.path)
            inner = module.names(source.binding.scope).get(parts[0], []) if module is not None else []
            return [
                each
                for binding in inner[:1]
                for each in self._below(Found(source.path, source.binding.scope, binding), parts[1:])
            ]
        else:
            return []
        found: list[Source] = []
        for member in self._inference.members(values, parts[0]):
            if isinstance(member.source, (Found, FoundModule)):
                found.extend(self._below(member.source, parts[1:]))
        return found

    def _starts(self, name: str, alone: bool) -> list[Source]:
        """All definitions and modules of a name; of members only when nothing follows."""
        return _kept(self._started, (name, alone), lambda: self._searched(name, alone))

    def _searched(self, name: str, alone: bool) -> list[Source]:
        found: list[Source] = []
        if self._modules is None:
            self._modules = {}
            for path in self._project.paths(LANGUAGE):
                last = self._names.finder.name_of(path).rpartition(".")[2]
                self._modules.setdefault(last, []).append(FoundModule(path))
        found.extend(self._modules.get(name, ()))
        may_define = _defining(name)
        for path in self._project.files_with(name, LANGUAGE):
            # Most files only use it: they need not be read any further.
            module = self._names.module(path) if may_define.search(self._project.read(path) or b"") else None
            for number, scope in enumerate(module.scopes if module is not None else ()):
                if module is None or scope.kind in ("lambda", "comprehension"):
                    continue
                bindings = [each for each in module.names(number).get(name, ()) if each.kind in _DEFINING]
                if scope.kind == "function":
                    bindings = [each for each in bindings if each.kind in ("function", "class")]
                found.extend(Found(path, number, binding) for binding in _one_variable(bindings))
                if alone and scope.kind == "class" and not bindings:
                    own = module.attributes(number).get(name, [])
                    found.extend(Found(path, each.scope, each.binding) for each in own[:1])
        return found

    def _renamed(self, name: str) -> list[Source]:
        """What modules know by this name, where it is not its own: `from core import Child as Kid`."""
        return _kept(self._known_as, name, lambda: self._searched_renamed(name))

    def _searched_renamed(self, name: str) -> list[Source]:
        found: list[Source] = []
        renaming = re.compile(rb"\bas[\s\\]+" + re.escape(name.encode("utf-8", "surrogateescape")) + rb"(?!\w)")
        for path in self._project.files_with(name, LANGUAGE):
            module = self._names.module(path) if renaming.search(self._project.read(path) or b"") else None
            for binding in module.names(0).get(name, ()) if module is not None else ():
                if binding.kind in ("import", "from") and binding.original.rpartition(".")[2] != name:
                    found.extend(self._names.resolve([Found(path, 0, binding)]))
        return [each for each in found if isinstance(each, (Found, FoundModule))]


def _kept(known: OrderedDict[Key, list[Source]], key: Key, make: Callable[[], list[Source]]) -> list[Source]:
    """What was found for a key, of those asked for last."""
    if key in known:
        known.move_to_end(key)
    else:
        known[key] = make()
        if len(known) > _KEPT_NAMES:
            known.popitem(last=False)
    return known[key]


def _defining(name: str) -> re.Pattern[bytes]:
    """What a definition of a name looks like, and more: no call, nobody's owner, and not where imports are from."""
    word = re.escape(name.encode("utf-8", "surrogateescape"))
    opened = rb"\b(?:def|class|type)[\s\\]+" + word + rb"(?!\w)"
    assigned = rb"(?<!from )(?<!\w)" + word + rb"\s*(?=\\|[:=,)\]]|in\b|[-+*/%@&|^<>]{1,3}=|$)"
    return re.compile(opened + rb"|" + assigned)


def _one_variable(bindings: list[Binding]) -> list[Binding]:
    """Every function and class, and of the assignments the first."""
    definitions = [each for each in bindings if each.kind in ("function", "class", "type")]
    return definitions or bindings[:1]
