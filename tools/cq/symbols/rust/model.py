"""The definitions of a project in memory: a tree of modules and items for each crate."""

from collections.abc import Iterator

from cq.symbols.rust.cfg import is_off
from cq.symbols.rust.summary import Item
from cq.symbols.rust.use_trees import Used

EMPTY = Item(kind="")
# Kinds with names of their own within them.
CONTAINERS = frozenset({"module", "block", "enum", "trait", "impl", "struct", "union", "variant"})
TYPE_KINDS = frozenset({"module", "struct", "enum", "union", "trait", "type", "external"})
VALUE_KINDS = frozenset({"function", "constant", "static", "method", "external"})


class Crate:
    """One crate."""

    __slots__ = ("dependencies", "features", "is_std", "kind", "macros", "name", "root")

    def __init__(self, name: str, kind: str, is_std: bool = False) -> None:
        self.name = name
        self.kind = kind
        self.is_std = is_std  # the stand-in for the standard library
        self.features: frozenset[str] | None = None
        self.root: Def
        self.dependencies: dict[str, Def] = {}  # roots of other crates, by the name they have here
        self.macros: dict[str, list[Def]] = {}  # exported ones, and all others by name


class Def:
    """One definition, or an impl, or a block with items. External things have no item and no path."""

    __slots__ = ("crate", "end", "item", "kind", "macros", "members", "name", "parent", "path", "start", "table")

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
        self.macros: tuple[str, ...] = ()  # calls that it is written in
        self.table: Table | None = None  # of a module or block: filled when it is made
        self.members: dict[str, list[Def]] = {}  # of a type, trait, impl or external thing

    @property
    def is_external(self) -> bool:
        """Whether it stands outside of the project."""
        return not self.path

    def is_off(self) -> bool:
        """Whether a `cfg` of its own, or of a macro that it is handed to, leaves it out."""
        return is_off_in(self.crate, self.item.attributes, self.macros)

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

    __slots__ = ("found", "item", "macros", "module", "used")

    def __init__(self, used: Used, module: Def, item: Item, macros: tuple[str, ...] = ()) -> None:
        self.used = used
        self.module = module
        self.item = item
        self.macros = macros
        self.found: dict[str, tuple[Def, ...]] = {}  # by namespace

    @property
    def visibility(self) -> str:
        """`pub` and the like, or "" """
        return self.item.visibility

    def is_off(self) -> bool:
        """Whether a `cfg` leaves it out."""
        return is_off_in(self.module.crate, self.item.attributes, self.macros)


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


def is_off_in(crate: Crate | None, attributes: str, macros: tuple[str, ...]) -> bool:
    """Whether attributes, or those that macros give to what they are handed, are false conditions."""
    if crate is None:
        return False
    if "cfg" in attributes and is_off(attributes, crate.features):
        return True
    for name in macros:
        for each in crate.macros.get(name, ())[:1]:
            if each.item.text and is_off(each.item.text, crate.features):
                return True
    return False


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
