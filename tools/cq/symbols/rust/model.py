"""The definitions of a project in memory: a tree of modules and items for each crate."""

from collections.abc import Iterator

from cq.symbols.rust.summary import Item
from cq.symbols.rust.use_trees import Used

EMPTY = Item(kind="")
# Kinds with names of their own within them.
CONTAINERS = frozenset({"module", "block", "enum", "trait", "impl", "struct", "union", "variant"})
TYPE_KINDS = frozenset({"module", "struct", "enum", "union", "trait", "type", "external"})
VALUE_KINDS = frozenset({"function", "constant", "static", "method", "external"})


class Crate:
    """One crate."""

    __slots__ = ("blocks", "dependencies", "is_std", "kind", "macros", "name", "root")

    def __init__(self, name: str, kind: str, is_std: bool = False) -> None:
        self.name = name
        self.kind = kind
        self.is_std = is_std  # the stand-in for the standard library
        self.root: Def
        self.dependencies: dict[str, Def] = {}  # roots of other crates, by the name they have here
        self.macros: dict[str, list[Def]] = {}  # exported ones, and all others by name


class Def:
    """One definition, or an impl, or a block with items. External things have no item and no path."""

    __slots__ = ("crate", "end", "item", "kind", "members", "name", "parent", "path", "start", "table")

    def __init__(
        self, kind: str, name: str, parent: "Def | None", crate: Crate | None, path: str = "", item: Item = EMPTY
    ) -> None:
        self.kind = kind
        self.name = name
        self.parent = parent
        self.crate = crate
        self.path = path
        self.item = item
        self.start = item.name_start
        self.end = item.name_end
        self.table: Table | None = None  # of a module or block: filled when it is made
        self.members: dict[str, list[Def]] = {}  # of a type, trait, impl or external thing

    @property
    def is_external(self) -> bool:
        """Whether it stands outside of the project."""
        return not self.path

    def module(self) -> "Def":
        """The module (or block of a function) around it; itself when it is one."""
        at = self
        while at.table is None and at.parent is not None:
            at = at.parent
        return at

    def __repr__(self) -> str:
        return f"<{self.kind} {self.name} {self.path}:{self.start}>"


class Import:
    """A name or glob that a use declaration brings into a module."""

    __slots__ = ("found", "module", "used", "visibility")

    def __init__(self, used: Used, module: Def, visibility: str) -> None:
        self.used = used
        self.module = module
        self.visibility = visibility
        self.found: dict[str, tuple[Def, ...]] = {}  # by namespace


class Table:
    """The names of one module, by namespace."""

    __slots__ = ("attributes", "globs", "imports", "macros", "names", "types", "uses_macros", "values")

    def __init__(self) -> None:
        self.types: dict[str, list[Def]] = {}
        self.values: dict[str, list[Def]] = {}
        self.macros: dict[str, list[Def]] = {}  # textual: macro_rules
        self.imports: dict[str, list[Import]] = {}
        self.globs: list[Import] = []
        self.uses_macros: list[Def] = []  # modules with #[macro_use]

    def of(self, namespace: str) -> dict[str, list[Def]]:
        """One namespace: "type", "value" or "macro"."""
        return self.types if namespace == "type" else self.values if namespace == "value" else self.macros


def external(name: str, parent: Def | None = None) -> Def:
    """A thing outside of the project, the same one each time when it is within another."""
    if parent is None:
        return Def("external", name, None, None)
    known = parent.members.get(name)
    if known is None:
        known = parent.members[name] = [Def("external", name, parent, parent.crate)]
    return known[0]


def ancestors(definition: Def) -> Iterator[Def]:
    """It and what it stands in, inside out."""
    at: Def | None = definition
    while at is not None:
        yield at
        at = at.parent
