"""What is known of one hit once its place in the tree is judged."""

from typing import NamedTuple

from tree_sitter import Node

from cq.lanes.regions import Region


class Verdict(NamedTuple):
    """One hit, judged."""

    role: str
    kind: str = ""
    scope: tuple[str, ...] = ()  # labels for readers, outermost first: "class Flask", "def route"
    names: tuple[str, ...] = ()  # the names of those scopes: "Flask", "route"
    via: str = ""
    node: Node | None = None  # the whole definition, or what else a pattern says the name is of: for its facts
    regions: tuple[Region, ...] = ()  # around it, outermost first
    scope_kind: str = ""  # of the innermost scope: "class", "function", "impl" ...; "module" outside of all
    injected: str = ""  # the language of the injection that the hit stands in
