"""All crates of a project, loaded, with what finds definitions by place and by name."""

import functools
import os
import posixpath
import re
from collections.abc import Iterable, Sequence

from cq.grammar.language import load_language
from cq.resources import data_folder
from cq.symbols.project import Project, Summaries
from cq.symbols.rust.crates import Call, CrateBuilder
from cq.symbols.rust.expansion import MacroExpander
from cq.symbols.rust.impls import Impls
from cq.symbols.rust.infer import Inference
from cq.symbols.rust.lowering import Lowering
from cq.symbols.rust.manifest import CrateSpec, Package, packages_of
from cq.symbols.rust.members import Members
from cq.symbols.rust.model import Crate, Def, Table, ancestors, external
from cq.symbols.rust.paths import Paths
from cq.symbols.rust.summary import FileSummary, Item

_MOST_EXPANSIONS = 20_000
_MOST_ROUNDS = 3
_MOST_IN_BLOCK = 200  # calls in one block of a function that may make items
_KIND_ORDER = {"lib": 0, "bin": 1}

_KNOWN_CRATE = re.compile(rb"(?<=\n)pub mod (\w+) \{\n")


class World:
    """The definitions of a project."""

    def __init__(self, project: Project, language: str, summaries: Summaries[FileSummary]) -> None:
        self._project = project
        self._summaries = summaries
        self._listed = set(project.paths(language))
        self.by_name: dict[str, list[Def]] = {}
        self.at: dict[str, dict[int, Def]] = {}  # by file and the first byte of the item
        self.made_at: dict[str, dict[int, Def]] = {}  # by file and the first byte of the name, in a macro call
        self.modules_of: dict[str, list[Def]] = {}
        self._blocks: dict[tuple[str, int], Def] = {}
        self._calls: list[CrateBuilder] = []
        self._roots: dict[str, Crate] = {}
        self._std = Crate("std", "lib", is_std=True)
        self.paths = Paths(self._std)
        self.lowering = Lowering(self.paths)
        self.impls = Impls(self.paths, self.lowering)
        self.members = Members(self.paths, self.lowering, self.impls)
        self.inference = Inference(self.paths, self.lowering, self.impls, self.members)
        self.expander = MacroExpander(load_language("tree_sitter_rust"), project.read)
        self._load_std()
        self._load(packages_of(self._listed, project.read))

    def note(self, definition: Def) -> None:
        """Remember a definition where it stands, once for a file that several crates share."""
        if definition.kind == "impl":
            self.impls.add(definition)
        if not definition.path:
            return
        if definition.item.start < 0:
            # Made by a macro: found by its name, where that stands in the call.
            if definition.start < 0:
                definition.start = definition.end = max(definition.start, 0)
            else:
                self.made_at.setdefault(definition.path, {})[definition.start] = definition
                self.by_name.setdefault(definition.name, []).append(definition)
            return
        known = self.at.setdefault(definition.path, {})
        other = known.get(definition.item.start)
        if other is not None and other.name == definition.name:
            # A file that includes itself: the outermost counts.
            if other.crate is definition.crate and _depth(definition) < _depth(other):
                known[definition.item.start] = definition
            return
        known.setdefault(definition.item.start, definition)
        if definition.kind != "impl":
            self.by_name.setdefault(definition.name, []).append(definition)

    def _load_std(self) -> None:
        path = os.path.join(data_folder("queries"), "rust", "std.rs")
        with open(path, "rb") as file:
            summary = self._summaries.of_content(file.read())
        builder = CrateBuilder(self._std, lambda path: summary, lambda path: False, self.note)
        builder.build(CrateSpec("std", "lib", "", ""))

    def _load_known(self, names: set[str]) -> dict[str, Def]:
        """The roots of stand-ins for crates from elsewhere, of those with these names that have one."""
        with open(os.path.join(data_folder("queries"), "rust", "crates.rs"), "rb") as file:
            parts = _KNOWN_CRATE.split(file.read())[1:]
        roots: dict[str, Def] = {}
        for name, text in zip(parts[::2], parts[1::2], strict=True):
            if name.decode() in names:
                crate = Crate(name.decode(), "lib", is_std=True)
                summaries = {"": self._summaries.of_content(text[: text.rindex(b"}")])}
                builder = CrateBuilder(crate, summaries.get, lambda path: False, self.note)
                builder.build(CrateSpec(crate.name, "lib", "", ""))
                roots[crate.name] = crate.root
        return roots

    def _load(self, packages: dict[str, Package]) -> None:
        crates: list[tuple[CrateSpec, Crate]] = []
        for package in packages.values():
            for spec in package.crates:
                crate = Crate(spec.name, spec.kind)
                crate.features = package.features
                crates.append((spec, crate))
        crates.sort(key=lambda each: (_KIND_ORDER.get(each[0].kind, 2), each[0].root))
        for spec, crate in crates:
            self._build(spec, crate)
        libraries = {spec.package: crate for spec, crate in crates if spec.kind == "lib"}
        elsewhere = {
            name for package in packages.values() for name, folder in package.dependencies.items() if not folder
        }
        known = self._load_known(elsewhere) if elsewhere else {}
        for spec, crate in crates:
            package = packages[spec.package]
            for name, folder in package.dependencies.items():
                library = libraries.get("" if folder == "." else folder) if folder else None
                crate.dependencies[name] = library.root if library is not None else known.get(name) or external(name)
            own = libraries.get(spec.package)
            if own is not None:
                crate.dependencies.setdefault(own.name, own.root)
        self._load_orphans(packages, libraries)
        self.paths.preludes = [
            prelude
            for name in ("std", "core")
            for crate in libraries.values()
            if crate.name == name
            for prelude in self.paths.prefix(crate.root, ("crate", "prelude", "v1"))
        ]
        self._expand()

    def _build(self, spec: CrateSpec, crate: Crate) -> None:
        builder = CrateBuilder(crate, self._summaries.of, self._listed.__contains__, self.note)
        builder.build(spec)
        self._roots[spec.root] = crate
        self._calls.append(builder)
        for path, modules in builder.modules_of.items():
            self.modules_of.setdefault(path, []).extend(modules)

    def _expand(self) -> None:
        """Expand macro calls between items, also those that expansions make, up to a limit."""
        left = _MOST_EXPANSIONS
        for _ in range(_MOST_ROUNDS):
            for builder in self._calls:
                calls, builder.calls = builder.calls, []
                self._expand_calls(builder, calls[: max(0, left)])
                left -= len(calls)

    def _expand_calls(self, builder: CrateBuilder, calls: Sequence[Call]) -> None:
        for owner, item, macros, path in calls:
            macro = self.macro_of(owner, item.text) if item.start >= 0 else None
            if macro is not None:
                made = self.expander.items(macro, path, item, functools.partial(self.macro_of, owner))
                builder.fill_expanded(owner, made, (*macros, macro.name), path)
            elif item.handed:
                builder.fill_expanded(owner, item.handed, (*macros, item.text.rpartition("::")[2]), path)

    def macro_of(self, owner: Def, name: str) -> Def | None:
        """The macro of the project that a call in a module or type means."""
        parts = [part.strip() for part in name.split("::")]
        found = self.paths.path(owner.module(), parts, "macro")
        if not found and owner.crate is not None:
            found = tuple(owner.crate.macros.get(parts[-1], ()))
        return next((each for each in found if each.kind == "macro" and each.path), None)

    def _load_orphans(self, packages: dict[str, Package], libraries: dict[str, Crate]) -> None:
        """Files that no crate reaches stand alone, knowing what their package knows."""
        for path in sorted(self._listed - self.modules_of.keys()):
            if path in self.modules_of:
                continue
            stem = posixpath.basename(path)[:-3]
            name = posixpath.basename(posixpath.dirname(path)) if stem in ("mod", "lib", "main") else stem
            crate = Crate(name.replace("-", "_") or "crate", "orphan")
            self._build(CrateSpec(crate.name, "orphan", path, ""), crate)
            folder = _package_of(path, packages)
            own = libraries.get(folder)
            if own is not None:
                crate.dependencies.update(own.dependencies)
                crate.dependencies.setdefault(own.name, own.root)

    def block(self, items: Iterable[Item], parent: Def, path: str, start: int) -> Def:
        """The scope of a block with items of its own, made once."""
        key = (path, start)
        if key in self._blocks:
            return self._blocks[key]
        scope = Def("block", "", parent, parent.crate, path)
        scope.table = Table()
        assert parent.crate is not None
        builder = CrateBuilder(parent.crate, lambda path: None, lambda path: False, self.note)
        self._blocks[key] = scope
        builder.fill(scope, items, path)
        self._expand_calls(builder, [call for call in builder.calls if call[0] is scope][:_MOST_IN_BLOCK])
        return scope

    def crates(self) -> Iterable[Crate]:
        """All crates but that of the standard library."""
        return self._roots.values()


def _depth(definition: Def) -> int:
    return sum(1 for _ in ancestors(definition))


def _package_of(path: str, packages: dict[str, Package]) -> str:
    folder = posixpath.dirname(path)
    while folder and folder not in packages:
        folder = posixpath.dirname(folder)
    return folder
