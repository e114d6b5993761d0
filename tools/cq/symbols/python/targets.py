"""Definitions as rows have them: places, kinds and qualified names."""

from cq.rows.resolution import Target
from cq.symbols.project import Project
from cq.symbols.python.indexed import IndexedModule
from cq.symbols.python.names import FoundExternal, FoundModule, Names, Source
from cq.symbols.python.summary import AttributeBinding, Binding

_VARIABLES = frozenset({"assign", "target", "annotated", "augmented", "typevar", "delete"})


class Targets:
    """Makes targets of definitions."""

    def __init__(self, project: Project, names: Names) -> None:
        self._project = project
        self._names = names

    def of(self, source: Source) -> Target | None:
        """The target of a definition whose imports were followed; None for an import that leads nowhere."""
        if isinstance(source, FoundExternal):
            return Target(name=source.name.rpartition(".")[2], qualified_name=source.name)
        if isinstance(source, FoundModule):
            return self._module(source.path)
        module = self._names.module(source.path)
        if module is None:
            return None
        binding = source.binding
        scope = source.scope
        if isinstance(binding, AttributeBinding):
            return self._attribute(module, source.path, scope, binding)
        if binding.kind in ("import", "from", "star"):
            return None
        if binding.kind in _VARIABLES:
            binding = first_of(module, scope, binding)
        owner = module.scopes[scope]
        kind = _kind(binding, owner.kind)
        local = kind in ("parameter", "variable") and _in_function(module, scope)
        return self._made(source.path, self._qualified(module, scope), binding.name, binding.at, kind, local)

    def anonymous(self, path: str, number: int) -> Target | None:
        """The target of a scope without a name, a lambda: it stands where it begins."""
        module = self._names.module(path)
        if module is None:
            return None
        scope = module.scopes[number]
        return self._made(path, self._qualified(module, scope.parent), "<lambda>", scope.start, "function")

    def _module(self, path: str) -> Target:
        name = self._names.finder.name_of(path)
        return Target(name=name.rpartition(".")[2], qualified_name=name, kind="module", path=path, line=1, column=1)

    def _attribute(self, module: IndexedModule, path: str, scope: int, binding: AttributeBinding) -> Target:
        method = module.method_around(scope)
        owner = module.scopes[method].parent if method else 0
        first = _first_attribute(module, owner, binding) if owner else binding
        kind = _kind(first, "class") if isinstance(first, Binding) else "field"
        return self._made(path, self._qualified(module, owner), first.name, first.at, kind)

    def _made(self, path: str, container: str, name: str, at: int, kind: str, local: bool = False) -> Target:
        line, column = self._position(path, at)
        return Target(
            name=name,
            qualified_name=f"{container}.{name}" if container else name,
            kind=kind,
            path=path,
            line=line,
            column=column,
            start_byte=at,
            end_byte=at + len(name.encode("utf-8", "replace")),
            local=local,
        )

    def _position(self, path: str, at: int) -> tuple[int, int]:
        data = self._project.read(path) or b""
        begin = data.rfind(b"\n", 0, at) + 1
        text = data[begin:at].decode("utf-8", "replace")
        if not begin:
            text = text.removeprefix("\ufeff")
        return data.count(b"\n", 0, at) + 1, len(text) + 1

    def _qualified(self, module: IndexedModule, scope: int) -> str:
        names = (self._names.finder.name_of(module.path), module.qualified(scope))
        return ".".join(name for name in names if name)


def first_of(module: IndexedModule, scope: int, binding: Binding) -> Binding:
    """The binding that stands for a variable: its first, in the scope that owns it."""
    for each in module.names(scope).get(binding.name, ()):
        if each.kind in _VARIABLES or each.kind == "parameter":
            return each
    return binding


def _first_attribute(module: IndexedModule, owner: int, binding: AttributeBinding) -> Binding | AttributeBinding:
    for each in module.names(owner).get(binding.name, ()):
        if each.kind not in ("import", "from", "star", "typevar"):
            return each
    known = module.attributes(owner).get(binding.name, [])
    return known[0].binding if known else binding


def _kind(binding: Binding, owner: str) -> str:
    kind = binding.kind
    if kind == "function":
        return "method" if owner == "class" else "function"
    if kind in ("class", "parameter", "type"):
        return kind
    return "field" if owner == "class" else "variable"


def _in_function(module: IndexedModule, scope: int) -> bool:
    """Whether a scope is a function, or stands in one."""
    while scope:
        if module.scopes[scope].kind != "class":
            return True
        scope = module.scopes[scope].parent
    return False
