"""What a definition says of itself: signature, parameters, decorators, documentation. Never decides about a row."""

import bisect
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec
from tree_sitter import Node

from cq.engine.execute import matches_at, matches_in
from cq.lanes.fact_uses import UseReader, implementation_of, scopes_of
from cq.lanes.fact_values import VALUE_LIMIT, Value, Values, add_parameter, cut, value_of, values_of, without_comments
from cq.lanes.lane import Lane
from cq.lanes.regions import Region, Span
from cq.lanes.verdict import Verdict
from cq.lanes.way_down import WayDown, nodes_before
from cq.packs.predicates import check_clauses
from cq.packs.query import PackQuery
from cq.packs.shape import Captures, Shapes, shapes_of
from cq.packs.spine import Settings, SubjectPatterns, above
from cq.resources import is_shipped
from cq.rows.facts import FactDetail, Facts, Parameter
from cq.rows.search import MENTIONS

_SIGNATURE_LIMIT = 300
_DOC_LIMIT = 160
_SENTENCE_END = re.compile(r"(?<=[.!?])\s|\n\s*\n")
# Captures that are one of the words of a field with another name.
_FIELDS = {
    "fact.base": "bases",
    "fact.decorator": "decorators",
    "fact.derive": "derives",
    "fact.export": "exports",
    "fact.field": "fields",
    "fact.keyword": "keywords",
    "fact.modifier": "modifiers",
    "fact.variant": "variants",
}
# What the head of a definition needs; the rest is for those who read every fact.
_HEAD = frozenset({"fact.body", "fact.doc", "fact.decorator", "fact.parameter"})
_SPANNED = (
    *("returns", "decorators", "visibility", "modifiers", "abi", "generics", "where", "bases", "metaclass"),
    *("keywords", "forms", "value", "fields", "variants", "derives", "cfg", "exports"),
    *("raises", "catches", "yields", "awaits", "globals", "nonlocals"),
)


class FactReader:
    """The facts pack of one lane. Owns C objects: made once per process."""

    def __init__(self, lane: Lane) -> None:
        self._entry = lane.entry
        self._language = lane.language
        self._doc = re.compile(lane.entry.doc_comment or r"(?!)")
        self._queries: dict[str, PackQuery | None] = {}
        patterns = lane.packs.patterns(lane.name, "facts")
        for pattern in patterns:
            if not is_shipped(pattern.path):
                check_clauses(pattern)
        # What may stand anywhere in a body is the query engine's; so is a pattern that has no shape. Any other has
        # one, and reading it costs far less than compiling it.
        self._inside = [pattern for pattern in patterns if "@inside" in pattern.text or "@boundary" in pattern.text]
        pairs = [(pattern, shapes_of(pattern)) for pattern in patterns if pattern not in self._inside]
        shaped = [shapes for _, shapes in pairs if shapes is not None]
        self._others = [pattern for pattern, shapes in pairs if shapes is None]
        self._shaped = shaped
        self._some: dict[frozenset[str], SubjectPatterns] = {}
        self._all = SubjectPatterns(shaped, "definition")
        self._heads = SubjectPatterns([shapes for shapes in shaped if _captures(shapes) & _HEAD], "definition")
        self._leading_patterns = SubjectPatterns(shaped, "leading")
        self._uses = UseReader(shaped, lane.entry.module_separator)
        self._inside_query: PackQuery | None = None
        self._way: WayDown | None = None  # in the tree that was asked about last

    def row(self, data: bytes, root: Node, verdict: Verdict, hit: Span, detail: FactDetail) -> Facts | None:
        """The facts of a name in a file whose tree has this root, as many as are asked for."""
        if verdict.role == "definition":
            if verdict.node is None:
                return None
            if detail == "head":
                return self.head(data, verdict.node, root)
            return self._facts(data, verdict.node, True, verdict.regions, hit, self._way_to(verdict.node, root))
        if detail == "head" or verdict.role in MENTIONS or (detail == "definitions" and verdict.role != "import"):
            return None
        facts = self._uses.facts(data, root, verdict.node, hit)
        if detail == "definitions":
            return facts
        return msgspec.structs.replace(facts or Facts(), scopes=scopes_of(verdict.regions, hit, len(data)))

    def head(self, data: bytes, definition: Node, root: Node | None = None) -> Facts:
        """Signature, decorators and documentation of the definition at this node, which is what a reader is shown.

        With the root of its tree, many of one file are read faster.
        """
        way = self._way_to(definition, root) if root is not None else (definition,)
        return self._facts(data, definition, False, (), (0, 0), way)

    def _way_to(self, definition: Node, root: Node) -> Sequence[Node]:
        if self._way is None or self._way.root != root:
            self._way = WayDown(root)
        return self._way.to(definition)

    def facts(self, data: bytes, definition: Node, regions: Iterable[Region] = (), hit: Span = (0, 0)) -> Facts:
        """All facts of the definition at this node, whose name is the hit, in these regions (outermost first)."""
        return self._facts(data, definition, True, regions, hit, (definition,))

    def texts(self, data: bytes, definition: Node, fields: Collection[str]) -> dict[str, tuple[str, ...]]:
        """The texts of some facts of the definition at this node, each on one line, by capture: "fact.returns"."""
        values = Values()
        wanted = frozenset(fields)
        if wanted not in self._some:
            # Trying all patterns would cost more than the parse.
            said = [shapes for shapes in self._shaped if _captures(shapes) & wanted]
            self._some[wanted] = SubjectPatterns(said, "definition")
        for settings, captures in self._matches(definition, self._some[wanted]):
            for key in fields:
                if key in captures:
                    values.add(key, values_of(data, captures[key], settings))
        return {key: values.texts(key) for key in fields}

    def _facts(
        self,
        data: bytes,
        definition: Node,
        full: bool,
        regions: Iterable[Region],
        hit: Span,
        way: Sequence[Node],
    ) -> Facts:
        values = Values()
        implements = Values()
        parameters: dict[int, Parameter] = {}
        generics: dict[int, Parameter] = {}
        marks: list[tuple[int, bool, str]] = []
        bodies: list[Node] = []
        docs: list[Value] = []
        end = definition.end_byte
        for settings, captures in self._matches(definition, self._all if full else self._heads, way):
            kind = settings.get("cq.kind") or ""
            if "fact.parameter" in captures:
                add_parameter(data, parameters, captures, "fact.parameter", settings)
                continue
            if "fact.generic" in captures:
                add_parameter(data, generics, captures, "fact.generic", settings)
                continue
            for key, nodes in captures.items():
                if key == "fact.body":
                    end = nodes[0].start_byte
                elif key == "fact.doc":
                    docs = [_raw(nodes[0])]
                elif key == "deep":
                    bodies.extend(nodes)
                elif key in ("fact.before", "fact.after"):
                    marks.append((nodes[0].start_byte, key == "fact.before", kind))
                elif key == "fact.form":
                    values.add("forms", (Value(node.start_byte, node.end_byte, kind) for node in nodes))
                elif key.startswith("fact.implements."):
                    implements.add(key.removeprefix("fact.implements."), values_of(data, nodes, settings))
                elif key.startswith("fact."):
                    field = _FIELDS.get(key) or key.removeprefix("fact.")
                    values.add(field, values_of(data, nodes, settings))
        comments = self._leading(data, way, values, full)
        doc, doc_spans = _summary(docs or comments)
        until = min(end, definition.start_byte + 4 * _SIGNATURE_LIMIT)
        text = " ".join(without_comments(data, definition, definition.start_byte, until).split()).rstrip(" :{;")
        text = text.replace("( ", "(").replace(", )", ")").replace(" )", ")")
        # Without a head of its own it is an assignment or the like, and its value may be long.
        headed = end < definition.end_byte or parameters
        signature = cut(text, _SIGNATURE_LIMIT if headed else VALUE_LIMIT)
        end_line = definition.end_point.row + 1
        if not full:
            return Facts(signature=signature, decorators=values.texts("decorators", 0), doc=doc, end_line=end_line)
        for body in bodies:
            self._look_inside(data, body, values)
        spans = values.spans(_SPANNED)
        head = data[definition.start_byte : end].rstrip(b" \t\r\n\f:{;")
        spans["signature"] = ((definition.start_byte, definition.start_byte + len(head)),)
        if doc_spans:
            spans["doc"] = doc_spans
        return Facts(
            signature=signature,
            parameters=_placed(parameters, marks),
            returns=values.text("returns"),
            decorators=values.texts("decorators", 0),
            visibility=values.text("visibility"),
            modifiers=values.texts("modifiers"),
            abi=values.first("abi"),
            generics=values.text("generics"),
            type_parameters=_placed(generics, []),
            where=values.texts("where", 0),
            bases=values.texts("bases", 0),
            metaclass=values.text("metaclass"),
            keywords=values.texts("keywords"),
            forms=tuple(dict.fromkeys(values.texts("forms"))),
            value=values.text("value", limit=VALUE_LIMIT),
            fields=values.texts("fields"),
            variants=values.texts("variants"),
            derives=values.texts("derives"),
            cfg=values.texts("cfg", 0),
            raises=values.texts("raises"),
            catches=values.texts("catches"),
            yields=values.texts("yields"),
            awaits=values.texts("awaits"),
            globals=values.texts("globals"),
            nonlocals=values.texts("nonlocals"),
            exports=values.texts("exports"),
            implements=implementation_of(implements),
            doc=doc,
            end_line=end_line,
            scopes=scopes_of(regions, hit, len(data)) if hit != (0, 0) else (),
            spans=spans,
        )

    def _matches(
        self, definition: Node, patterns: SubjectPatterns, way: Sequence[Node] = ()
    ) -> Iterator[tuple[Settings, Captures]]:
        """Those of the patterns that hold of this definition: their settings, and the captures of each match."""
        yield from patterns.matches(definition, way)
        if not self._others:
            return
        for node in (definition, above(way, 0, definition)):
            query = self._query_for(node.type) if node is not None else None
            if node is not None and query is not None:
                for index, captures in matches_at(query, node):
                    if definition in captures.get("definition", ()):
                        yield query.parts(index).settings, captures

    def _query_for(self, kind: str) -> PackQuery | None:
        if kind not in self._queries:
            patterns = [pattern for pattern in self._others if not pattern.roots or kind in pattern.roots]
            self._queries[kind] = PackQuery(self._language, patterns) if patterns else None
        return self._queries[kind]

    def _look_inside(self, data: bytes, body: Node, values: Values) -> None:
        """Add what the patterns `@inside` find in a body, but not in the `@boundary` of anything there."""
        if not self._inside:
            return
        if self._inside_query is None:
            self._inside_query = PackQuery(self._language, self._inside)
        boundaries: list[Span] = []
        found: list[tuple[str, Node]] = []
        for _, captures in matches_in(self._inside_query, body, [body.byte_range]):
            boundaries.extend(node.byte_range for node in captures.get("boundary", ()))
            for key, nodes in captures.items():
                if key.startswith("fact."):
                    found.extend((key, node) for node in nodes if not node.is_extra)  # a comment is named, too
        outermost = _outermost(boundaries)
        for key, node in sorted(found, key=lambda item: item[1].start_byte):
            if not _stands_in(node.start_byte, outermost):
                values.add(key.removeprefix("fact."), (value_of(data, node),))

    def _leading(self, data: bytes, way: Sequence[Node], values: Values, full: bool) -> list[Value]:
        """Read what stands before a definition as its siblings: add decorators, return the lines of documentation."""
        if not self._entry.leading_decorators and not self._entry.leading_comments:
            return []
        comments: list[list[Value]] = []
        depth = 0  # of the wrappers around it
        whole = way[-1]
        while self._entry.wrappers and (parent := above(way, depth, whole)) is not None:
            if parent.type not in self._entry.wrappers:
                break
            whole, depth = parent, depth + 1
        for node in nodes_before(whole, way[: len(way) - depth] if depth else way):
            if node.type in self._entry.leading_decorators:
                values.add("decorators", (value_of(data, node),))
                if full:
                    self._add_leading(data, node, values)
            elif node.type in self._entry.leading_comments:
                comments.append(self._documentation(node))
            else:
                break
        return [value for lines in reversed(comments) for value in lines]

    def _add_leading(self, data: bytes, node: Node, values: Values) -> None:
        for settings, captures in self._leading_patterns.matches(node):
            for key, nodes in captures.items():
                if key == "fact.form":
                    kind = settings.get("cq.kind") or ""
                    values.add("forms", (Value(each.start_byte, each.end_byte, kind) for each in nodes))
                elif key.startswith("fact."):
                    field = _FIELDS.get(key) or key.removeprefix("fact.")
                    values.add(field, values_of(data, nodes, settings))

    def _documentation(self, comment: Node) -> list[Value]:
        """The lines of a comment without its markers; none when it is no documentation."""
        whole = _raw(comment)
        marker = self._doc.match(whole.text)
        if marker is None:
            return []
        start = whole.start + len(marker.group().encode())
        lines = []
        for line in whole.text[marker.end() :].rstrip("\n").removesuffix("*/").split("\n"):
            text = line.strip(" \t\r*")
            if text:
                at = start + len(line[: line.index(text)].encode())
                lines.append(Value(at, at + len(text.encode()), text))
            else:
                lines.append(Value(start, start, ""))
            start += len(line.encode()) + 1
        return lines


def _captures(shapes: Shapes) -> set[str]:
    found: set[str] = set()
    waiting = list(shapes.alternatives)
    while waiting:
        shape = waiting.pop()
        found.update(shape.captures)
        waiting.extend(alternative for child in shape.children for alternative in child.alternatives)
    return found


def _placed(found: dict[int, Parameter], marks: Sequence[tuple[int, bool, str]]) -> tuple[Parameter, ...]:
    """Parameters in the order of the text; a mark gives those of no kind before it, or after it, a kind."""
    placed = []
    for start, parameter in sorted(found.items()):
        for mark, before, kind in marks:
            if not parameter.kind and (start < mark if before else start > mark):
                parameter = msgspec.structs.replace(parameter, kind=kind)
        placed.append(parameter)
    return tuple(placed)


def _outermost(spans: Iterable[Span]) -> list[Span]:
    """Those of the spans (which nest) that stand in no other, in order."""
    kept: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _stands_in(start: int, spans: Sequence[Span]) -> bool:
    at = bisect.bisect_right(spans, (start, sys.maxsize)) - 1
    return at >= 0 and start < spans[at][1]


def _raw(node: Node) -> Value:
    return Value(node.start_byte, node.end_byte, (node.text or b"").decode("utf-8", "replace"))


def _summary(pieces: Sequence[Value]) -> tuple[str, tuple[Span, ...]]:
    """The first sentence of documentation that comes in pieces, and where it stands."""
    if not pieces:
        return "", ()
    whole = "\n".join(piece.text for piece in pieces)
    begin = len(whole) - len(whole.lstrip())
    end = begin + len(_SENTENCE_END.split(whole.strip(), maxsplit=1)[0])
    spans = []
    at = 0
    for piece in pieces:
        text = piece.text[max(0, begin - at) : max(0, end - at)]
        if text.strip():
            skipped = piece.text[: max(0, begin - at)]
            start = piece.start + len(skipped.encode())
            spans.append((start, min(piece.end, start + len(text.encode()))))
        at += len(piece.text) + 1
    return cut(whole[begin:end], _DOC_LIMIT), tuple(spans)
