"""From summaries to definitions: each crate's module tree, with the file of each declared module found."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator

from cq.symbols.rust.cfg import is_false
from cq.symbols.rust.manifest import CrateSpec
from cq.symbols.rust.model import Crate, Def, Import, Table
from cq.symbols.rust.summary import FileSummary, Item
from cq.symbols.rust.use_trees import Used, used_of_text

_PATH = re.compile(r'\[\s*path\s*=\s*"([^"]+)"')
_CFG_PATH = re.compile(r'cfg_attr\s*\((.*?),\s*path\s*=\s*"([^"]+)"', re.DOTALL)
_PROC_MACRO = re.compile(r"proc_macro_derive\s*\(\s*(\w+)")
_MOST_MODULES_DEEP = 128
_MOST_TIMES = 8  # that one file is a module of one crate


Call = tuple[Def, Item, tuple[str, ...], str]  # where it stands, the macros around it, and its file


class CrateBuilder:
    """Builds the definitions of one crate. `note` is told of each."""

    def __init__(
        self,
        crate: Crate,
        summary_of: Callable[[str], FileSummary | None],
        exists: Callable[[str], bool],
        note: Callable[[Def], None],
    ) -> None:
        self.crate = crate
        self.modules_of: dict[str, list[Def]] = {}  # by file
        self._summary_of = summary_of
        self._exists = exists
        self._note = note
        self.calls: list[Call] = []  # of macros between items, not looked into

    def build(self, spec: CrateSpec) -> None:
        """Follow the module tree from the root file. Files that are missing leave empty modules."""
        root = Def("module", self.crate.name, None, self.crate, spec.root)
        root.table = Table()
        self.crate.root = root
        self._fill_file(root, spec.root, posixpath.dirname(spec.root), 0)

    def fill(self, scope: Def, items: Iterable[Item], path: str) -> None:
        """Put the items of a block into its scope."""
        self._fill(scope, items, path, posixpath.dirname(path), posixpath.dirname(path), 0)

    def fill_expanded(self, owner: Def, items: Iterable[Item], macros: tuple[str, ...], path: str) -> None:
        """Put what a macro call made into the module, type or impl that it stands in."""
        if owner.table is not None:
            self._fill(owner, items, path, posixpath.dirname(path), posixpath.dirname(path), _MOST_MODULES_DEEP - 1)
        else:
            made = Def(owner.kind, "", owner.parent, owner.crate, path, Item(kind="", items=list(items)))
            self._members(made, path)
            for name, members in made.members.items():
                for each in members:
                    each.parent = owner
                    each.macros = macros
                owner.members.setdefault(name, []).extend(members)

    def _fill_file(self, module: Def, path: str, folder: str, depth: int) -> None:
        known = self.modules_of.setdefault(path, [])
        known.append(module)
        module.path, module.start, module.end = path, -1, -1
        # A file that includes itself, or one reached again and again.
        if depth > _MOST_MODULES_DEEP or len(known) > _MOST_TIMES:
            return
        summary = self._summary_of(path)
        if summary is not None:
            self._fill(module, summary.items, path, folder, posixpath.dirname(path), depth)

    def _fill(self, module: Def, items: Iterable[Item], path: str, folder: str, beside: str, depth: int) -> None:
        table = module.table
        assert table is not None
        for item, macros in with_macros(items):
            kind = item.kind
            if kind == "use":
                for used in used_of_text(item.text):
                    self._use(table, Import(used, module, item, macros))
            elif kind == "extern-crate":
                used = Used(("", item.name), item.text or item.name, 0)
                self._use(table, Import(used, module, item, macros))
                if "macro_use" in item.attributes:
                    table.globs.append(Import(used._replace(name="*"), module, item, macros))
            elif kind == "impl":
                impl = Def("impl", "", module, self.crate, path, item)
                impl.macros = macros
                self._members(impl, path)
                self._note(impl)
            elif kind == "macro-call" and item.type:
                self._include(module, posixpath.normpath(posixpath.join(posixpath.dirname(path), item.type)), depth)
            elif kind == "macro-call":
                self.calls.append((module, item, macros, path))
            elif kind == "module":
                self._module(table, module, item, macros, path, folder, beside, depth)
            elif item.name:
                definition = Def(kind, item.name, module, self.crate, path, item)
                definition.macros = macros
                if kind == "static" and macros and "thread_local" in macros[-1] and "LocalKey" not in item.type:
                    item.type = f"::std::thread::LocalKey<{item.type}>"
                self._item(table, definition, path)

    def _include(self, module: Def, path: str, depth: int) -> None:
        """Put what a file holds in place of `include!`."""
        known = self.modules_of.setdefault(path, [])
        known.append(module)
        summary = self._summary_of(path) if self._exists(path) else None
        if summary is not None and depth < _MOST_MODULES_DEEP and len(known) <= _MOST_TIMES:
            folder = posixpath.dirname(path)
            self._fill(module, summary.items, path, folder, folder, depth + 1)

    def _use(self, table: Table, each: Import) -> None:
        if each.used.name == "*":
            table.globs.append(each)
        else:
            table.imports.setdefault(each.used.name, []).append(each)

    def _item(self, table: Table, definition: Def, path: str) -> None:
        kind, item, name = definition.kind, definition.item, definition.name
        self._note(definition)
        if kind == "macro":
            table.macros.setdefault(name, []).append(definition)
            if "macro_export" in item.attributes and table is not self.crate.root.table:
                exported = self.crate.root.table
                assert exported is not None
                exported.macros.setdefault(name, []).append(definition)
            self.crate.macros.setdefault(name, []).append(definition)
            return
        if kind in ("struct", "enum", "union", "trait"):
            self._members(definition, path)
        if kind in ("struct", "enum", "union", "trait", "type"):
            _put(table.types, name, definition)
        if kind in ("function", "constant", "static") or (kind == "struct" and item.text):
            _put(table.values, name, definition)
        if kind == "function" and "proc_macro" in item.attributes:
            derived = _PROC_MACRO.search(item.attributes)
            table.macros.setdefault(derived[1] if derived else name, []).append(definition)

    def _members(self, owner: Def, path: str) -> None:
        """Make the members of a type, trait or impl."""
        for item, macros in with_macros(owner.item.items):
            if item.kind == "macro-call":
                self.calls.append((owner, item, macros, path))
            elif item.name:
                kind = "method" if item.kind == "function" else item.kind
                member = Def(kind, item.name, owner, owner.crate, path, item)
                member.macros = macros
                owner.members.setdefault(item.name, []).append(member)
                self._note(member)
                if kind == "variant":
                    self._members(member, path)

    def _module(
        self,
        table: Table,
        parent: Def,
        item: Item,
        macros: tuple[str, ...],
        path: str,
        folder: str,
        beside: str,
        depth: int,
    ) -> None:
        module = Def("module", item.name, parent, self.crate, path, item)
        module.macros = macros
        module.table = Table()
        self._note(module)
        _put(table.types, item.name, module)
        if "macro_use" in item.attributes:
            table.uses_macros.append(module)
        given = _PATH.search(item.attributes)
        if item.items or item.type == "inline":
            inner = posixpath.join(folder, given[1] if given else item.name)
            if depth < _MOST_MODULES_DEEP:
                self._fill(module, item.items, path, inner, inner, depth + 1)
            return
        for guess in self._guesses(item, given[1] if given else "", folder, beside):
            if self._exists(guess):
                is_root = posixpath.basename(guess) == "mod.rs" or given is not None
                at = posixpath.dirname(guess) if is_root else guess[:-3]
                self._fill_file(module, guess, at, depth + 1)
                return

    def _guesses(self, item: Item, given: str, folder: str, beside: str) -> list[str]:
        if given:
            return [posixpath.normpath(posixpath.join(beside, given))]
        conditional = [
            posixpath.normpath(posixpath.join(beside, path))
            for condition, path in _CFG_PATH.findall(item.attributes)
            if not is_false(condition, self.crate.features)
        ]
        return [
            *conditional,
            posixpath.join(folder, f"{item.name}.rs"),
            posixpath.join(folder, item.name, "mod.rs"),
        ]


def with_macros(items: Iterable[Item]) -> Iterator[tuple[Item, tuple[str, ...]]]:
    """Items, those within macro calls in place of the call, each with the names of the macros around it.

    A call of which nothing is known is one of them.
    """
    stack: list[tuple[Iterator[Item], tuple[str, ...]]] = [(iter(items), ())]
    while stack:
        within, macros = stack[-1]
        for item in within:
            if item.kind == "macro-call" and item.items:
                stack.append((iter(item.items), (*macros, item.text.rpartition("::")[2])))
                break
            yield item, macros
        else:
            stack.pop()


def _put(names: dict[str, list[Def]], name: str, definition: Def) -> None:
    """Later definitions of one name stand behind earlier ones, those that are off for us last."""
    known = names.setdefault(name, [])
    known.append(definition)
    if len(known) > 1:
        known.sort(key=Def.is_off)
