"""From a name in a scope to what binds it, through imports of any length: the part of resolution that is exact."""

import builtins
from collections.abc import Iterable

import msgspec

from cq.symbols.project import Summaries
from cq.symbols.python.indexed import IndexedModule
from cq.symbols.python.modules import ModuleFinder
from cq.symbols.python.summary import (
    Attribute,
    AttributeBinding,
    Binding,
    Display,
    Expression,
    Literal,
    ModuleSummary,
    Name,
    Operation,
    Text,
)

BUILTINS = frozenset(dir(builtins)) | {"reveal_type", "WindowsError", "unicode"}
MODULE_NAMES = frozenset(
    {"__name__", "__file__", "__doc__", "__path__", "__package__", "__spec__", "__loader__", "__builtins__", "__dict__"}
)
_LONGEST_CHAIN = 40
_DEFINED = ("function", "class")


class Found(msgspec.Struct, frozen=True):
    """A binding with the scope that holds it. For `self.name = value` the scope is the method's."""

    path: str
    scope: int
    binding: Binding | AttributeBinding

    @property
    def key(self) -> tuple[str, int]:
        """What tells two of them apart."""
        return self.path, self.binding.at


class FoundModule(msgspec.Struct, frozen=True):
    """A module of the project."""

    path: str


class FoundExternal(msgspec.Struct, frozen=True):
    """Something outside of the project, by its full name."""

    name: str


Source = Found | FoundModule | FoundExternal


class Names:
    """Look-ups of names over all files of a project."""

    def __init__(self, finder: ModuleFinder, summaries: Summaries[ModuleSummary]) -> None:
        self.finder = finder
        self._summaries = summaries
        self._modules: dict[str, IndexedModule | None] = {}
        self._exports: dict[str, frozenset[str] | None] = {}

    def module(self, path: str) -> IndexedModule | None:
        """The module at a path; None for a folder, and for a file that cannot be read."""
        if path not in self._modules:
            summary = None if path.endswith("/") else self._summaries.of(path)
            self._modules[path] = IndexedModule(path, summary) if summary is not None else None
        return self._modules[path]

    # Names in scopes

    def lookup(self, path: str, scope: int, name: str, at: int) -> list[Source]:
        """What a name in a scope may be bound by, imports not followed; `at` tells which bindings were passed."""
        module = self.module(path)
        if module is None:
            return []
        number, flows, first = scope, True, True
        if scope and not module.is_bound_within(name):
            number, flows = 0, module.is_of_comprehensions(scope)
        while True:
            own = module.scopes[number]
            if first or own.kind != "class":
                if name in own.globals and number:
                    number = 0
                    flows = False
                    continue
                bindings = module.names(number).get(name) if name not in own.nonlocals else None
                if bindings:
                    if number and not flows:
                        chosen = _not_deleted(bindings)
                    elif flows:
                        chosen = reaching(bindings, at, own.loops)
                        if not chosen and own.kind not in ("class", "module"):
                            chosen = _not_deleted(bindings)
                    else:
                        chosen = _not_deleted(bindings)
                    if chosen:
                        return [Found(path, number, binding) for binding in chosen]
                    if not number:
                        outside = self._outside(module, name)
                        return outside or [Found(path, number, binding) for binding in _not_deleted(bindings)]
            if not number:
                return self._outside(module, name)
            flows = flows and own.kind == "comprehension"
            first = first and own.kind == "comprehension" and False
            number = own.parent

    def _outside(self, module: IndexedModule, name: str) -> list[Source]:
        starred = self._starred(module, name, set())
        if starred:
            return starred
        if name in BUILTINS:
            return [FoundExternal("builtins." + name)]
        if name in MODULE_NAMES:
            return [FoundExternal("types.ModuleType." + name)]
        return []

    # Modules and what they offer

    def members(self, path: str, name: str, seen: set[tuple[str, str]] | None = None) -> list[Source]:
        """What `module.name` is bound by, imports not followed: its bindings, star imports, then submodules."""
        seen = set() if seen is None else seen
        if (path, name) in seen:
            return []
        seen.add((path, name))
        module = self.module(path)
        if module is not None:
            bindings = _not_deleted(module.names(0).get(name, []))
            if bindings:
                return [Found(path, 0, binding) for binding in bindings]
            if starred := self._starred(module, name, seen):
                return starred
        child = self.finder.child(path, name)
        if child:
            return [FoundModule(child)]
        stub = self.finder.stub_of(path)
        if stub:
            return self.members(stub, name, seen)
        if name in MODULE_NAMES:
            return [FoundExternal("types.ModuleType." + name)]
        return []

    def _starred(self, module: IndexedModule, name: str, seen: set[tuple[str, str]]) -> list[Source]:
        for binding in reversed(module.names(0).get("*", [])):
            source = self._imported_module(module.path, binding)
            if isinstance(source, FoundModule) and self._is_exported(source.path, name):
                found = self.members(source.path, name, seen)
                # A submodule is bound in the package only when something imported it: `*` does not.
                found = [each for each in found if not isinstance(each, FoundModule)]
                if found and not all(self._comes_from(each, module.path, name) for each in found):
                    return found
        return []

    def _comes_from(self, source: Source, path: str, name: str) -> bool:
        """Whether it only imports the name from the module at the path, which has it from elsewhere then."""
        if not isinstance(source, Found) or not isinstance(source.binding, Binding) or source.binding.kind != "from":
            return False
        imported = self._imported_module(source.path, source.binding)
        return source.binding.original == name and isinstance(imported, FoundModule) and imported.path == path

    def _is_exported(self, path: str, name: str) -> bool:
        exports = self.exports(path)
        return name in exports if exports is not None else not name.startswith("_")

    def exports(self, path: str) -> frozenset[str] | None:
        """The names in `__all__`; None when there is none, or it is not written down."""
        if path not in self._exports:
            self._exports[path] = None  # for cycles
            module = self.module(path)
            parts = module.summary.exports if module is not None else []
            names: set[str] = set()
            known = bool(parts)
            for part in parts:
                more = self._exported_by(path, part)
                if more is None:
                    known = False
                else:
                    names |= more
            self._exports[path] = frozenset(names) if known else None
        return self._exports[path]

    def _exported_by(self, path: str, part: Expression) -> set[str] | None:
        if isinstance(part, Display):
            return {item.text for item in part.items if isinstance(item, Text)}
        if isinstance(part, Operation):
            left, right = self._exported_by(path, part.left), self._exported_by(path, part.right)
            return left | right if left is not None and right is not None else None
        if isinstance(part, Attribute) and part.name == "__all__" and isinstance(part.value, Name):
            names: set[str] = set()
            for source in self.resolve(self.members(path, part.value.text)):
                exports = self.exports(source.path) if isinstance(source, FoundModule) else None
                if exports is None:
                    return None
                names |= exports
            return names
        return set() if isinstance(part, Name) and part.text == "__all__" else None

    # Imports

    def resolve(self, sources: Iterable[Source], seen: frozenset[tuple[str, int]] = frozenset()) -> list[Source]:
        """The same with every import followed to its end; what leads nowhere is left out."""
        found: dict[object, Source] = {}
        for source in sources:
            for final in self._followed(source, seen):
                key = final.key if isinstance(final, Found) else final
                found.setdefault(key, final)
        return list(found.values())

    def _followed(self, source: Source, seen: frozenset[tuple[str, int]]) -> list[Source]:
        if not isinstance(source, Found) or not isinstance(source.binding, Binding):
            return [source]
        binding = source.binding
        if binding.kind not in ("import", "from"):
            return [source]
        if source.key in seen or len(seen) > _LONGEST_CHAIN:
            return []
        seen = seen | {source.key}
        module = self._imported_module(source.path, binding)
        if binding.kind == "import" or module is None:
            return [module] if module is not None else []
        if isinstance(module, FoundExternal):
            return [FoundExternal(f"{module.name}.{binding.original}")]
        if not isinstance(module, FoundModule):
            return []
        child = self.finder.child(module.path, binding.original)
        among = binding.level and not binding.module
        if child and among and not child.endswith("/") and not self._hides(module.path, child, binding.original):
            return [FoundModule(child)]  # `from . import a`: among the modules of a package, the module is meant
        found = self.resolve(self.members(module.path, binding.original), seen)
        if found:
            return found
        return [FoundModule(child)] if child else []

    def _hides(self, package: str, child: str, name: str) -> bool:
        """Whether a package takes from a module of its own what has the module's name: `from .a import a`."""
        module = self.module(package)
        return any(
            each.kind == "from" and each.original == name and self._imported_module(package, each) == FoundModule(child)
            for each in (module.names(0).get(name, ()) if module is not None else ())
        )

    def _imported_module(self, path: str, binding: Binding) -> Source | None:
        if binding.level:
            found = self.finder.relative(path, binding.level, binding.module)
            if found:
                return FoundModule(found)
            return None
        if not binding.module:
            return None
        found = self.finder.find(binding.module, path)
        if found:
            return FoundModule(found)
        top = binding.module.partition(".")[0]
        if top != binding.module and self.finder.find(top, path):
            top_path = self.finder.find(top, path)
            if not top_path.endswith("/"):
                return None  # a part of the project that is not there (generated, or compiled)
        return FoundExternal(binding.module)

    def module_named(self, path: str, module: str, level: int) -> Source | None:
        """The module that an import statement names."""
        return self._imported_module(path, Binding("import", "", 0, module=module, level=level))


def _not_deleted(bindings: list[Binding]) -> list[Binding]:
    """The bindings that give a value; those that only change or declare one count when there is no other.

    A function or class hides what was bound before it, but for the other branches of a condition: each is meant,
    those for when the usual way failed (`except`) last.
    """
    giving = [binding for binding in bindings if binding.kind not in ("augmented", "annotated")] or bindings
    if len(giving) > 1:
        last = [binding for binding in giving if not binding.is_fallback][-1:] or giving[-1:]
        if last[0].kind in _DEFINED and not any(binding.kind in ("import", "from") for binding in giving):
            return _alternatives(giving)
    return giving


def _alternatives(giving: list[Binding]) -> list[Binding]:
    """What is not hidden by what follows; of functions in one block all, since some may be overloads."""
    usual: list[Binding] = []
    fallbacks: list[Binding] = []
    last_kinds: dict[tuple[int, int], str] = {}  # by block
    for binding in reversed(giving):
        if isinstance(binding.value, Literal) and binding.value.kind == "none":
            continue  # `f = None`, until a branch defines it
        if binding.block in last_kinds:
            if not binding.kind == last_kinds[binding.block] == "function":
                continue
        elif (0, 0) in last_kinds:
            continue
        last_kinds.setdefault(binding.block, binding.kind)
        (fallbacks if binding.is_fallback else usual).append(binding)
    return [*reversed(usual), *reversed(fallbacks)]


def reaching(bindings: list[Binding], at: int, loops: list[tuple[int, int]]) -> list[Binding]:
    """The bindings of one scope that may have been the last before this byte."""
    found: list[Binding] = []
    for binding in reversed(bindings):
        if binding.after > at or binding.block == (-1, -1):
            continue
        if binding.kind == "annotated":
            continue
        found.append(binding)
        start, end = binding.block
        if (start, end) == (0, 0) or start <= at < end:
            break
    for binding in bindings:
        if binding.block == (-1, -1) and binding not in found:
            found.append(binding)
        elif binding.after > at and binding not in found:
            for start, end in loops:
                if start <= at < end and start <= binding.at < end:
                    found.append(binding)
                    break
    if not found:
        found = [binding for binding in bindings if binding.kind == "annotated" and binding.after <= at]
    found.sort(key=_place)
    return found


def _place(binding: Binding) -> int:
    return binding.at
