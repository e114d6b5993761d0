"""What is around a use of a name: the call, attribute access, assignment or import that encloses it, and its scopes."""

from collections.abc import Iterable, Sequence

from tree_sitter import Node

from cq.grammar.trails import Trails
from cq.lanes.fact_values import VALUE_LIMIT, Values, values_of
from cq.lanes.regions import Region, Span
from cq.packs.shape import Shapes
from cq.packs.spine import SubjectPatterns
from cq.rows.facts import Assignment, Attribute, Call, Facts, Implementation, Import, Scope

_STEPS_UP = 16
_ABOVE = 12  # further nodes that patterns may ask for; what is above those is found at a price
# An import says something at several of the nodes around a name; of the others the innermost counts.
_GATHERED = frozenset({"import"})


class UseReader:
    """The patterns about an `@enclosing` node, and the kinds of `@limit`, above which nothing is looked for."""

    def __init__(self, patterns: Sequence[Shapes], path_separator: str) -> None:
        self._enclosing = SubjectPatterns(patterns, "enclosing")
        self._limits = frozenset(
            shape.kind for shapes in patterns for shape in shapes.alternatives if "limit" in shape.captures
        )
        self._separator = path_separator
        self._trails = Trails()

    def facts(self, data: bytes, root: Node, above: Node | None, hit: Span) -> Facts | None:
        """The facts of a name at these bytes in a tree, or below a node of another; None when nothing is known."""
        groups: dict[str, Values] = {}
        settled: set[str] = set()
        way = self._trails.up(root, hit[0], _STEPS_UP + _ABOVE) if above is None else _way(above, hit)
        while way and not (way[0].start_byte <= hit[0] and hit[1] <= way[0].end_byte):
            del way[0]
        for step, node in enumerate(way[:_STEPS_UP]):
            if node.type in self._limits:
                break
            if self._enclosing.knows(node.type):
                found: set[str] = set()
                for settings, captures in self._enclosing.matches(node, way[step:][::-1]):
                    for capture, nodes in captures.items():
                        group, _, field = capture.removeprefix("fact.").partition(".")
                        if capture.startswith("fact.") and group not in settled:
                            groups.setdefault(group, Values()).add(field, values_of(data, nodes, settings))
                            found.add(group)
                settled |= found - _GATHERED
        if not groups:
            return None
        exports = groups.get("export")
        return Facts(
            call=_call(groups.get("call")),
            imported=_import(groups.get("import"), self._separator),
            assignment=_assignment(groups.get("assignment")),
            attribute=_attribute(groups.get("attribute")),
            implements=implementation_of(groups.get("implements")),
            exports=exports.texts("") if exports else (),
            spans={"exports": exports.spans([""])[""]} if exports else {},
        )


def _way(above: Node, hit: Span) -> list[Node]:
    """The node of a hit in a tree that is looked at once, and those above it."""
    way: list[Node] = []
    node = above.descendant_for_byte_range(*hit)
    while node is not None and len(way) < _STEPS_UP:
        way.append(node)
        node = node.parent
    return way


def scopes_of(regions: Iterable[Region], hit: Span, size: int) -> tuple[Scope, ...]:
    """The scopes that a hit stands in, innermost first, from what the regions around it (outermost first) say."""
    scopes = [Scope(kind="module", start_byte=0, end_byte=size)]
    for region in regions:
        meaning = region.meaning
        if not (meaning.scope or meaning.via or meaning.emit == "scope"):
            continue
        if region.anchor is None or not region.anchor[0] <= hit[0] < region.anchor[1]:
            scopes.append(
                Scope(
                    kind=meaning.kind or meaning.role,
                    name=region.name,
                    label=region.label or meaning.kind,
                    start_byte=region.start,
                    end_byte=-region.minus_end,
                )
            )
    scopes.reverse()
    return tuple(scopes)


def implementation_of(values: Values | None) -> Implementation | None:
    """The facts of a block of implementations."""
    if not values:
        return None
    return Implementation(
        trait=values.text("trait"),
        type=values.text("type"),
        generics=values.text("generics"),
        spans=values.spans(("trait", "type", "generics")),
    )


def _call(values: Values | None) -> Call | None:
    if not values:
        return None
    return Call(
        target=values.text("target", limit=VALUE_LIMIT),
        receiver=values.text("receiver", limit=VALUE_LIMIT),
        arguments=values.texts("arguments"),
        argument_count=values.count("arguments"),
        spans=values.spans(("target", "receiver", "arguments")),
    )


def _import(values: Values | None, separator: str) -> Import | None:
    if not values:
        return None
    # The path of a nested list of imports is in front of each of its parts, outermost first.
    module = Values()
    module.add("module", [*values.values("prefix"), *values.values("module")])
    return Import(
        module=module.text("module", separator),
        name=values.first("name"),
        names=values.texts("names") if "name" not in values else (),
        alias=values.first("alias"),
        level=values.first("level").count("."),
        star="star" in values,
        conditional=values.text("conditional", limit=VALUE_LIMIT),
        reexport=values.first("reexport"),
        spans=module.spans(("module",))
        | values.spans(("name", "alias", "level", "star", "conditional", "reexport"))
        | (values.spans(("names",)) if "name" not in values else {}),
    )


def _assignment(values: Values | None) -> Assignment | None:
    if not values:
        return None
    return Assignment(
        target=values.text("target", limit=VALUE_LIMIT),
        type=values.text("type", limit=VALUE_LIMIT),
        operator=values.first("operator"),
        value=values.text("value", limit=VALUE_LIMIT),
        spans=values.spans(("target", "type", "operator", "value")),
    )


def _attribute(values: Values | None) -> Attribute | None:
    if not values:
        return None
    return Attribute(
        object=values.text("object", limit=VALUE_LIMIT),
        name=values.first("name"),
        spans=values.spans(("object", "name")),
    )
