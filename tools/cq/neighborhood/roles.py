"""What a use of a definition is: a call, a value that is passed on, the access of a property, a type ..."""

from cq.lanes.regions import Span
from cq.lanes.verdict import Verdict
from cq.neighborhood.sources import Source, Sources
from cq.rows.facts import Facts
from cq.rows.neighborhood import Symbol
from cq.rows.resolution import Target
from cq.symbols.resolvers import Resolvers

CALLABLE = frozenset({"function", "method", "macro"})
# Kinds of definitions that a call makes a value of.
MADE = frozenset({"class", "struct", "enum", "union", "variant"})
_PLAIN = {"macro": "call", "call": "call", "decorator": "decorator", "import": "import", "parameter": "parameter"}
# What a head of a type names, by the kinds of rows; an interface that a class implements is as a trait.
_INHERITS = {
    "base": "base",
    "metaclass": "metaclass",
    "implemented-trait": "implemented-trait",
    "implemented": "implemented-trait",
    "implementing-type": "implementing-type",
}


class Roles:
    """Tells the roles of sites."""

    def __init__(self, resolvers: Resolvers, sources: Sources) -> None:
        self._resolvers = resolvers
        self._sources = sources
        self._properties: dict[tuple[str, int], bool] = {}
        self._decorated: dict[tuple[str, int], bool] = {}

    def of(self, source: Source, hit: Span, verdict: Verdict, target: Target) -> tuple[str, str]:
        """The role of a use of the target, and with "passed" what it is given to, if that is a call."""
        if verdict.kind == "keyword-argument":
            return "keyword", ""
        is_example = verdict.role == "doc-example"
        if is_example:
            verdict = verdict._replace(role=verdict.kind, kind="")
        if verdict.role == "call" and target.kind in MADE:
            return "instantiation", ""
        if verdict.role in _PLAIN:
            return _PLAIN[verdict.role], ""
        if verdict.role == "type":
            if verdict.kind == "struct-literal":
                return "instantiation", ""
            return _INHERITS.get(verdict.kind, "type"), ""
        if target.kind == "method" and self.is_property(target):
            return "property", ""
        if verdict.role == "assignment":
            return "assignment", ""
        if is_example or (target.kind not in CALLABLE and target.kind not in MADE):
            return "reference", ""
        separators = (source.entry.separator, source.entry.module_separator)
        if any(source.data.startswith(each.encode(), hit[1]) for each in separators):
            return "reference", ""  # the owner of what comes next
        facts = source.lane_facts.row(source.data, source.tree.root_node, verdict, hit, "all")
        call = facts.call if facts is not None else None
        passed_to = call.target if call is not None else ""
        if target.kind in MADE and passed_to in source.entry.type_tests:
            return "type", ""
        if target.kind in MADE and self._is_called(source, hit):
            return "instantiation", ""
        return "passed", passed_to

    def _is_called(self, source: Source, hit: Span) -> bool:
        """Whether syntax other than a call makes a value of a type: `raise Error`."""
        resolver = self._resolvers.of(self._sources.project.table.by_path(source.path))
        places = resolver.calls_in(source.path, *hit) if resolver is not None else ()
        # A place is found by where it begins: that of `raise errors.Failed` begins before the name.
        begin = source.data.rfind(b"\n", 0, hit[0]) + 1
        if resolver is not None and begin < hit[0] and not places:
            places = resolver.calls_in(source.path, begin, hit[1])
        return any(place.end_byte == hit[1] and not place.implicit for place in places)

    def is_property(self, target: Target) -> bool:
        """Whether a method is called by reading it."""
        key = (target.path, target.start_byte)
        if key not in self._properties:
            self._properties[key] = "property" in self._facts(*key).forms
        return self._properties[key]

    def is_decorated(self, symbol: Symbol) -> bool:
        """Whether something else may be called by the name of a function than the function."""
        key = (symbol.path, symbol.start_byte)
        if key not in self._decorated:
            self._decorated[key] = symbol.kind in CALLABLE and bool(self._facts(*key).decorators)
        return self._decorated[key]

    def _facts(self, path: str, start_byte: int) -> Facts:
        source = self._sources.of(path)
        own = source.definition_at(start_byte) if source is not None else None
        if source is None or own is None:
            return Facts()
        return source.lane_facts.facts(source.data, own.node, own.verdict.regions, own.name_span)
