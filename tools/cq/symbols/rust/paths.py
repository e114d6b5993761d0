"""Paths to definitions: what a name means in a module, through imports, globs and the preludes.

Answers are looked for when they are asked for. A search that comes back to itself (globs of each other) finds nothing
new there, so no fixpoint has to be computed first.
"""

from collections.abc import Callable, Sequence

from cq.symbols.rust.model import TYPE_KINDS, Crate, Def, Import, Table, ancestors, external

_MOST_DEPTH = 48
Found = tuple[Def, ...]
_NO_PRIMITIVES = frozenset({"slice", "array", "pointer", "integer", "float"})  # the stand-in's own names
_STD_NAMES = ("std", "core", "alloc")


class Paths:
    """Resolves paths over the crates of one project. `associated` finds members of types."""

    def __init__(self, std: Crate) -> None:
        self._std = std
        self.preludes: list[Def] = []  # of the standard library, where that is the project
        self.associated: Callable[[Def, str, str], Found] = lambda definition, name, namespace: ()
        self._memo: dict[tuple[Def, str, str, bool], Found] = {}
        self._active: set[tuple[Def, str, str, bool]] = set()
        self._is_cut = False
        self._depth = 0

    @property
    def std_root(self) -> Def:
        """The root of the standard library's stand-in."""
        return self._std.root

    def path(
        self, scope: Def, parts: Sequence[str], namespace: str, of_import: bool = False, hidden: bool = True
    ) -> Found:
        """What `a::b::c` means in a scope. A first part "" is that of `::a`. `hidden`: also what may not be seen."""
        prefixes = self.prefix(scope, parts[:-1], of_import) if len(parts) > 1 else None
        if prefixes is None:
            found = self.first(scope, parts[0], namespace) if parts else ()
            if not found and of_import and scope.crate is not None:
                return self.in_module(scope.crate.root, parts[0], namespace, True)
            return found
        return _merged([self.within(each, parts[-1], namespace, scope, hidden) for each in prefixes])

    def prefix(self, scope: Def, parts: Sequence[str], of_import: bool = False) -> Found:
        """What the parts before the last one of a path mean."""
        crate = scope.crate
        at = 0
        found: Found = ()
        first = parts[0]
        if first == "" and len(parts) == 1:
            return (_GLOBAL,)
        if first == "":
            found, at = self._crates(scope, parts[1]) or self._of_root(crate, parts[1], "type"), 2
        elif first in ("crate", "$crate") and crate is not None:
            found, at = (crate.root,), 1
        elif first in ("self", "super"):
            module: Def | None = real_module(scope)
            while at < len(parts) and parts[at] in ("self", "super"):
                if parts[at] == "super" and module is not None:
                    module = real_module(module.parent) if module.parent is not None else None
                at += 1
            found = (module,) if module is not None else ()
        else:
            found, at = self.first(scope, first, "type"), 1
            if not found and of_import and crate is not None:
                found = self.in_module(crate.root, first, "type", True)
        while at < len(parts) and found:
            found = _merged([self.within(each, parts[at], "type", scope) for each in _active(found)])
            at += 1
        return _active(found)

    def first(self, scope: Def, name: str, namespace: str) -> Found:
        """What a name that begins a path means."""
        at: Def | None = scope
        while at is not None:
            if at.table is not None:
                found = self.in_module(at, name, namespace, True)
                if found:
                    return found
                if namespace == "macro":
                    found = _used_macros(at.table, name)
                    if found:
                        return found
                elif at.kind == "module" or self._is_unknown(at, name):
                    break
            at = at.parent
        if scope.crate is None:
            return ()
        if namespace == "type":
            if name in ("crate", "$crate"):
                return (scope.crate.root,)
            if name in ("self", "super"):
                return self.prefix(scope, (name,))
            found = self._crates(scope, name)
            if found:
                return found
        found = self.in_prelude(scope.crate, name, namespace)
        return found or self._root_imports(scope.crate, name, namespace)

    def _is_unknown(self, block: Def, name: str) -> bool:
        """Whether a block imports a name from nobody knows where: what is outside of the block is not meant then."""
        table = block.table
        if table is None or name not in table.imports:
            return False
        return not any(self.in_module(block, name, each, True) for each in ("type", "value", "macro"))

    def _root_imports(self, crate: Crate, name: str, namespace: str) -> Found:
        """`extern crate` in the root file makes a name that all modules know."""
        table = crate.root.table
        if namespace == "type" and table is not None:
            for each in table.imports.get(name, ()):
                if each.used.path[:1] == ("",):
                    return self._imported(each, namespace)
        if namespace == "macro" and table is not None:
            for each in table.globs:
                if each.used.path[:1] == ("",):
                    found = self._through_glob(each, name, namespace)
                    if found:
                        return found
        return ()

    def in_prelude(self, crate: Crate, name: str, namespace: str) -> Found:
        """Names that every module knows."""
        table = self._std.root.table
        assert table is not None
        for prelude in (*self.preludes, *table.types.get("prelude", ())):
            found = self.in_module(prelude, name, namespace, True)
            if found:
                return found
        if namespace == "macro":
            return tuple(table.macros.get(name, ()))
        if namespace == "type" and (crate.is_std or name not in _NO_PRIMITIVES):
            return self._primitive(name)
        return ()

    def _primitive(self, name: str) -> Found:
        root = self._std.root.table
        for primitives in root.types.get("primitive", ()) if root is not None else ():
            return tuple((primitives.table or Table()).types.get(name, ()))
        return ()

    def _crates(self, scope: Def, name: str) -> Found:
        crate = scope.crate
        if crate is None:
            return ()
        if name == "self":
            return (crate.root,)
        known = crate.dependencies.get(name)
        if known is not None:
            return (known,)
        return (self._std.root,) if name in _STD_NAMES else ()

    def _of_root(self, crate: Crate | None, name: str, namespace: str) -> Found:
        """What `::name` means where it begins at the crate's root (edition 2015)."""
        return self.in_module(crate.root, name, namespace, True) if crate is not None else ()

    def within(self, container: Def, name: str, namespace: str, scope: Def, hidden: bool = True) -> Found:
        """What `container::name` means, seen from a scope."""
        if container is _GLOBAL:
            return self._crates(scope, name) or self._of_root(scope.crate, name, namespace)
        if container.kind == "module":
            if name == "self":
                return (container,)
            if name == "super":
                return (container.parent,) if container.parent is not None else ()
            private = self._sees_private(scope, container)
            found = self.in_module(container, name, namespace, private)
            if not found and not private and hidden:
                found = self.in_module(container, name, namespace, True)
            if not found and container.crate is not None and container.crate.is_std:
                # `use std::u8` makes a name of a module, which as a type is the primitive one all the same.
                primitive = self._primitive(name) if container is self._std.root and namespace == "type" else ()
                return primitive or (external(name, container),)
            if not found and namespace == "macro" and container.crate is not None and container is container.crate.root:
                return tuple(container.crate.macros.get(name, ()))
            return found
        if container.kind == "external":
            return (external(name, container),)
        if container.kind == "enum":
            found = tuple(each for each in container.members.get(name, ()) if each.kind == "variant")
            if found:
                return found
        return self.associated(container, name, namespace)

    def in_module(self, module: Def, name: str, namespace: str, private: bool) -> Found:
        """What a module itself has under a name: items, imports, then globs."""
        key = (module, name, namespace, private)
        known = self._memo.get(key)
        if known is not None:
            return known
        if key in self._active or self._depth > _MOST_DEPTH:
            self._is_cut = True
            return ()
        self._active.add(key)
        self._depth += 1
        try:
            found = self._in_module(module, name, namespace, private)
        finally:
            self._active.discard(key)
            self._depth -= 1
        # What was cut short on the way may be found when asked for on its own.
        if not self._is_cut or found or not self._active:
            self._memo[key] = found
        if not self._active:
            self._is_cut = False
        return found

    def _in_module(self, module: Def, name: str, namespace: str, private: bool) -> Found:
        table = module.table
        if table is None:
            return ()
        found: list[Def] = []
        for each in table.of(namespace).get(name, ()):
            if private or each.item.visibility or namespace == "macro" or each.kind == "external":
                found.append(each)
        if not found or all(each.is_off() for each in found):
            imported: list[Def] = []
            for one in _that_are_on(table.imports.get(name, ())):
                if private or one.visibility:
                    imported.extend(self._imported(one, namespace))
            found = [*imported, *found]
        if not found or all(each.is_off() for each in found):
            through: list[Def] = []
            for glob in table.globs:
                if (private or glob.visibility) and not glob.is_off():
                    through.extend(self._through_glob(glob, name, namespace))
            found = [*through, *found]
        if not found:
            for glob in table.globs:
                if (private or glob.visibility) and glob.is_off():
                    found.extend(self._through_glob(glob, name, namespace))
        return _merged([tuple(found)])

    def _imported(self, each: Import, namespace: str) -> Found:
        known = each.found.get(namespace)
        if known is not None:
            return known
        found = self.path(each.module, each.used.path, namespace, of_import=True)
        if namespace != "type":
            # An external path may be anything: it counts where nothing says otherwise, once.
            found = tuple(f for f in found if f.kind != "external") or found
        if found and not self._is_cut:
            each.found[namespace] = found
        return found

    def _through_glob(self, glob: Import, name: str, namespace: str) -> Found:
        path = glob.used.path
        if not path:
            return ()
        # `use ::*` is all that the crate's root has (edition 2015).
        targets = self.prefix(glob.module, ("crate",) if path == ("",) else path, of_import=True)
        found: list[Def] = []
        for target in targets:
            if target.kind == "module":
                found.extend(self.in_module(target, name, namespace, self._sees_private(glob.module, target)))
            elif target.kind == "enum":
                found.extend(each for each in target.members.get(name, ()) if each.kind == "variant")
        return tuple(found)

    def sees(self, scope: Def, trait: Def) -> bool:
        """Whether a trait is known in a scope, by whatever name."""
        if trait in self.first(scope, trait.name, "type"):
            return True
        at: Def | None = scope
        while at is not None:
            for imports in at.table.imports.values() if at.table is not None else ():
                if any(each.used.path[-1:] == (trait.name,) for each in imports):
                    return True
            if at.kind == "module":
                break
            at = at.parent
        return False

    def _sees_private(self, scope: Def, module: Def) -> bool:
        if module.crate is not None and module.crate.is_std:
            return True
        return any(each is module for each in ancestors(scope))


_GLOBAL = Def("global", "", None, None)


def real_module(scope: Def) -> Def:
    """The module around a scope; blocks are none."""
    at = scope
    while at.kind != "module" and at.parent is not None:
        at = at.parent
    return at


def _active(found: Found) -> Found:
    """Definitions without those that a `cfg` leaves out, when that leaves any."""
    return tuple(each for each in found if not each.is_off()) or found if len(found) > 1 else found


def _that_are_on(imports: Sequence[Import]) -> Sequence[Import]:
    """Imports without those that a `cfg` leaves out, when that leaves any."""
    return [each for each in imports if not each.is_off()] or imports


def _used_macros(table: Table, name: str) -> Found:
    """Macros of the modules with #[macro_use], and of those in them."""
    stack = list(table.uses_macros)
    for _ in range(200):
        if not stack:
            break
        inner = stack.pop().table
        if inner is not None:
            if name in inner.macros:
                return tuple(inner.macros[name])
            stack.extend(inner.uses_macros)
    return ()


def _merged(parts: Sequence[Found]) -> Found:
    found: dict[Def, None] = {}
    for part in parts:
        for each in part:
            found.setdefault(each)
    return tuple(found)


def is_type(definition: Def) -> bool:
    """Whether it may stand before `::`."""
    return definition.kind in TYPE_KINDS
