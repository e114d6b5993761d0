"""What a definition says of itself: signature, parameters, decorators, documentation. Never decides about a row."""

import re
from collections.abc import Collection, Iterator

from tree_sitter import Node

from cq.engine.execute import matches_at
from cq.lanes.lane import Lane
from cq.lanes.regions import one_line
from cq.packs.pattern import PatternText
from cq.packs.query import PackQuery
from cq.packs.shape import Captures, Shapes, matches_of, shapes_of
from cq.rows.search import Facts, Parameter

_SIGNATURE_LIMIT = 300
_VALUE_LIMIT = 100
_DOC_LIMIT = 160
_SENTENCE_END = re.compile(r"(?<=[.!?])\s|\n\s*\n")


class FactReader:
    """The facts pack of one lane, or what it says of some facts only. Owns C objects: made once per process."""

    def __init__(self, lane: Lane, only: Collection[str] = ()) -> None:
        self._entry = lane.entry
        self._language = lane.language
        patterns = lane.packs.patterns(lane.name, "facts")
        self._patterns = [each for each in patterns if not only or any(f"@{name}" in each.text for name in only)]
        self._doc = re.compile(lane.entry.doc_comment or r"(?!)")
        self._shapes: list[Shapes] | None = None
        self._others: list[PatternText] = []
        self._queries: dict[str, PackQuery | None] = {}

    def facts(self, data: bytes, definition: Node) -> Facts:
        """The facts of the definition at this node."""
        whole = self._whole(definition)
        captured: dict[str, list[str]] = {}
        parameters: list[tuple[int, Parameter]] = []
        body = definition.end_byte
        for node in {whole.id: whole, definition.id: definition}.values():
            for kind, captures in self._matches(node):
                if captures["definition"][0] != definition:
                    continue
                if "fact.parameter" in captures:
                    parameters.append((captures["fact.parameter"][0].start_byte, _parameter(captures, kind)))
                    continue
                for key, nodes in captures.items():
                    if key == "fact.body":
                        body = nodes[0].start_byte
                    elif key == "fact.doc":
                        captured[key] = [(nodes[0].text or b"").decode("utf-8", "replace")]
                    elif key != "definition":
                        captured.setdefault(key, []).extend(one_line(node) for node in nodes)
        parameters.sort(key=lambda item: item[0])
        decorators, comments = self._leading(whole)
        doc = captured.get("fact.doc") or comments
        signature = " ".join(_without_comments(data, definition, body).split()).rstrip(" :{;")
        signature = signature.replace("( ", "(").replace(", )", ")").replace(" )", ")")
        # Without a head of its own it is an assignment or the like, and its value may be long.
        headed = body < definition.end_byte or parameters
        return Facts(
            signature=_cut(signature, _SIGNATURE_LIMIT if headed else _VALUE_LIMIT),
            parameters=tuple(parameter for _, parameter in parameters),
            returns=" ".join(captured.get("fact.returns", ())),
            decorators=tuple(captured.get("fact.decorator", ())) or decorators,
            visibility=" ".join(captured.get("fact.visibility", ())),
            modifiers=tuple(" ".join(captured.get("fact.modifier", ())).split()),
            generics=" ".join(captured.get("fact.generics", ())),
            bases=tuple(captured.get("fact.base", ())),
            doc=_cut(_SENTENCE_END.split(doc[0].strip(), maxsplit=1)[0], _DOC_LIMIT) if doc else "",
            end_line=definition.end_point.row + 1,
        )

    def texts(self, definition: Node) -> dict[str, list[str]]:
        """Just the texts that the patterns capture at this node, each on one line, by capture: "fact.returns"."""
        captured: dict[str, list[str]] = {}
        for node in {each.id: each for each in (self._whole(definition), definition)}.values():
            for _, captures in self._matches(node):
                if captures["definition"][0] == definition:
                    for key, nodes in captures.items():
                        if key != "definition":
                            captured.setdefault(key, []).extend(map(one_line, nodes))
        return captured

    def _whole(self, definition: Node) -> Node:
        parent = definition.parent
        return parent if parent is not None and parent.type in self._entry.wrappers else definition

    def _matches(self, node: Node) -> Iterator[tuple[str, Captures]]:
        """The facts that hold at this node: `cq.kind` and the captures of each."""
        if self._shapes is None:
            # Patterns without a shape are compiled; the shipped ones have one, and reading it costs far less.
            pairs = [(pattern, shapes_of(pattern)) for pattern in self._patterns]
            self._shapes = [shapes for _, shapes in pairs if shapes is not None]
            self._others = [pattern for pattern, shapes in pairs if shapes is None]
        for shapes in self._shapes:
            for shape in shapes.alternatives:
                for captures in matches_of(shape, node):
                    yield shapes.settings.get("cq.kind") or "", captures
        query = self._query_for(node.type)
        if query is not None:
            for index, captures in matches_at(query, node):
                yield query.meaning(index).kind, captures

    def _query_for(self, kind: str) -> PackQuery | None:
        if kind not in self._queries:
            patterns = [pattern for pattern in self._others if not pattern.roots or kind in pattern.roots]
            self._queries[kind] = PackQuery(self._language, patterns) if patterns else None
        return self._queries[kind]

    def _leading(self, definition: Node) -> tuple[tuple[str, ...], list[str]]:
        """Decorators and documentation that stand before a definition as its siblings."""
        decorators: list[str] = []
        comments: list[str] = []
        if not self._entry.leading_decorators and not self._entry.leading_comments:
            return (), []
        node = definition.prev_sibling
        while node is not None:
            if node.type in self._entry.leading_decorators:
                decorators.append(one_line(node))
            elif node.type in self._entry.leading_comments:
                comment = (node.text or b"").decode("utf-8", "replace")
                marker = self._doc.match(comment)
                if marker is not None:
                    comments.append(comment[marker.end() :].removesuffix("*/").strip("* \n"))
            else:
                break
            node = node.prev_sibling
        decorators.reverse()
        comments.reverse()
        return tuple(decorators), ["\n".join(comments)] if comments else []


def _without_comments(data: bytes, definition: Node, body: int) -> str:
    """The text of a definition up to its body, without the comments in it."""
    end = min(body, definition.start_byte + 4 * _SIGNATURE_LIMIT)
    parts = []
    at = definition.start_byte
    waiting = [definition]
    while waiting:
        node = waiting.pop()
        if node.start_byte >= end:
            continue
        if node.is_extra:
            parts.append(data[at : node.start_byte])
            at = node.end_byte
        else:
            waiting.extend(reversed(node.children))
    parts.append(data[at:end])
    return b" ".join(parts).decode("utf-8", "replace")


def _parameter(captures: dict[str, list[Node]], kind: str) -> Parameter:
    parts = {key: one_line(nodes[0]) for key, nodes in captures.items()}
    return Parameter(
        name=parts["fact.parameter"],
        kind=kind,
        type=parts.get("fact.parameter.type", ""),
        default=_cut(parts.get("fact.parameter.default", ""), _DOC_LIMIT),
    )


def _cut(text: str, limit: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
