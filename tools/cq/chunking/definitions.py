"""Which nodes are definitions, and what their names are: asked of single nodes, without a query over the tree.

A pattern of a chunks pack is mostly a kind, a field for the name and one for the body. Those are read from the pattern
and looked up; what says more is a shape (`packs.shape`), and what no shape can say is asked of the query engine.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import msgspec
from tree_sitter import Language, Node, Query, QueryCursor, Tree

from cq.engine.execute import matches_at, matches_in
from cq.packs.meaning import meaning_of
from cq.packs.pattern import PatternText, split_patterns
from cq.packs.query import PackQuery, known_kinds
from cq.packs.shape import Shape, matches_of, shapes_of
from cq.packs.source import PackSource

_NAME_LIMIT = 200
# `declarator: (pointer_declarator declarator: (function_declarator ...))`: so many steps down to a name.
_NAME_STEPS = 8
# `export const a = () => ...`: so many nodes around one another.
_WRAPPERS = 4
# No field has this id.
_NO_FIELD = 0


class Head(msgspec.Struct, frozen=True, gc=False, eq=False):
    """A definition: its kind, its name, and where its body is."""

    kind: str
    named: Node | None  # what says its name
    node: Node  # without what wraps it
    body: Node | None
    at: Mapping[str, str] = {}  # its kind within a definition of another kind: a method in a class

    @property
    def name(self) -> str:
        """Its name on one line; "" when it has none."""
        return name_of(self.named) if self.named is not None else ""


class KindTable(NamedTuple):
    """Definitions by node kind, and the fields that lead to a name."""

    kinds: dict[str, str]
    names: tuple[str, ...]


class _Plain(NamedTuple):
    """A pattern that is a kind with fields."""

    kind: str
    name_fields: tuple[tuple[int, frozenset[str]], ...]  # the field, and the kinds that it may hold ("_": any)
    body_field: int  # fields by their ids: to find those by name takes as long as all the rest
    body_is_needed: bool
    at: Mapping[str, str]
    holder: tuple[int, str] | None = None  # the field and kind of a node between, which has the body


class Finder:
    """Answers for one language; `chosen` are the nodes of one tree that a query of the user's took, by their ids."""

    def __init__(
        self,
        wrappers: frozenset[str],
        plain: dict[str, list[_Plain]],
        shapes: dict[str, list[tuple[str, Shape]]],
        query: PackQuery | None = None,
        table: KindTable | None = None,
        chosen: dict[int, Head] | None = None,
    ) -> None:
        self._wrappers = wrappers
        self._plain = plain
        self._shapes = shapes
        self._query = query
        self._roots = frozenset().union(*(pattern.roots for pattern in query.patterns)) if query else frozenset()
        self._table = table
        self._any = table is not None and not table.kinds
        self._chosen = chosen
        # Those whose name is found by one pattern alone.
        self._named = {
            kind: plains[0]
            for kind, plains in plain.items()
            if chosen is None and len(plains) == 1 and plains[0].holder is None and kind not in wrappers
        }
        kinds = {*plain, *shapes, *self._roots, *(table.kinds if table else ()), *wrappers}
        self.kinds = frozenset(kinds)

    @property
    def is_open(self) -> bool:
        """Whether a node of any kind may be a definition."""
        return self._any

    def chosen_starts(self) -> list[int] | None:
        """Where the nodes begin that a query of the user's took; None when there is none."""
        if self._chosen is None:
            return None
        return sorted({head.node.start_byte for head in self._chosen.values()})

    @property
    def candidates(self) -> frozenset[str] | None:
        """The kinds of nodes that can be definitions, or hold one as their wrappers; None: any."""
        return None if self._any or self._chosen is not None else self.kinds

    def of(self, node: Node) -> Head | None:
        """The definition that a node is, or that it wraps."""
        if self._chosen is not None:
            return self._chosen.get(node.id)
        kind = node.type
        for _ in range(_WRAPPERS):
            if kind not in self._wrappers:
                return self._own(node, kind)
            # What is wrapped stands last, but for punctuation and words.
            inner = next((child for child in reversed(node.named_children) if not child.is_extra), None)
            head = self._own(node, kind)
            if head is not None or inner is None:
                return head
            node, kind = inner, inner.type
        return None

    def name_of(self, node: Node, data: bytes) -> str | None:
        """The name of the definition that a node is, or that it wraps; None when it is none.

        What most nodes need is asked of them alone: many are asked, and only for their names.
        """
        plain = self._named.get(node.type)
        if plain is not None:
            _, name_fields, body_field, body_is_needed, _, _ = plain
            for field, kinds in name_fields:
                name = node.child_by_field_id(field)
                if name is not None and ("_" in kinds or name.type in kinds):
                    if body_is_needed and node.child_by_field_id(body_field) is None:
                        break
                    start, end = name.byte_range
                    return _on_one_line(name, data[start:end])
        head = self.of(node)
        return head.name if head is not None else None

    def _own(self, node: Node, kind: str) -> Head | None:
        for plain in self._plain.get(kind, ()):
            head = _plain_head(plain, node)
            if head is not None:
                return head
        for what, shape in self._shapes.get(kind, ()):
            for captures in matches_of(shape, node):
                return _head(what, node, captures, {})
        if kind in self._roots and self._query is not None:
            for index, captures in matches_at(self._query, node):
                meaning = self._query.meaning(index)
                return _head(meaning.kind, node, captures, {key: kind for key, (_, kind) in meaning.at.items()})
        return self._from_table(node, kind) if self._table is not None else None

    def _from_table(self, node: Node, kind: str) -> Head | None:
        assert self._table is not None
        what = self._table.kinds.get(kind)
        if what is None and not self._any:
            return None
        body = node.child_by_field_name("body")
        name = _named(node, self._table.names)
        if what is None:
            if body is None or name is None:
                return None
            what = kind.removesuffix("_definition").removesuffix("_declaration").removesuffix("_item")
        return Head(what, name, node, body)


def finder_of(
    language: Language, packs: PackSource, name: str, table: KindTable, wrappers: frozenset[str], query: str
) -> Callable[[Tree], Finder]:
    """How the finder of a tree is made: from the user's query, the chunks pack, the table, or the definitions pack."""
    if query:
        asked = PackQuery(language, split_patterns("--query", query))
        return lambda tree: Finder(wrappers, {}, {}, chosen=_chosen(asked, tree))
    patterns = packs.patterns(name, "chunks")
    needs_body = False
    if not patterns and not table.kinds:
        patterns, needs_body = packs.patterns(name, "definitions"), True
    if not patterns:
        by_kind = Finder(wrappers, {}, {}, table=table)
        return lambda tree: by_kind
    finder = _of_patterns(language, patterns, wrappers, needs_body)
    return lambda tree: finder


def _of_patterns(
    language: Language, patterns: Sequence[PatternText], wrappers: frozenset[str], needs_body: bool
) -> Finder:
    plain: dict[str, list[_Plain]] = {}
    shaped: dict[str, list[tuple[str, Shape]]] = {}
    others = []
    for pattern in patterns:
        shapes = shapes_of(pattern)
        if shapes is None:
            if not needs_body and "@definition." in pattern.text:
                others.append(pattern)
            continue
        for shape in shapes.alternatives:
            what = next((each.partition(".")[2] for each in shape.captures if each.startswith("definition.")), "")
            if not what:
                continue
            simple = _plain_of(language, what, shape, needs_body, meaning_of(shapes.settings, ()).at)
            if simple is not None:
                plain.setdefault(shape.kind, []).append(simple)
            elif not needs_body:
                shaped.setdefault(shape.kind, []).append((what, shape))
    return Finder(wrappers, plain, shaped, PackQuery(language, others) if others else None)


def _plain_of(
    language: Language, what: str, shape: Shape, needs_body: bool, at: Mapping[str, tuple[str, str]]
) -> _Plain | None:
    """The pattern as a kind with fields, when it says no more than that."""
    name_fields: dict[str, set[str]] = {}
    body = ""
    holder: tuple[str, str] | None = None
    for child in shape.children:
        for each in child.alternatives:
            if child.anchored or not _is_field(each):
                return None
            if "name" in each.captures and not each.children:
                name_fields.setdefault(each.field, set()).add(each.kind)
            elif "body" in each.captures and not each.children:
                body = each.field
            elif len(each.children) == 1 and not each.captures and len(child.alternatives) == 1:
                below = each.children[0]
                inner = below.alternatives[0]
                if below.anchored or len(below.alternatives) > 1 or not _is_field(inner) or inner.children:
                    return None
                if inner.captures != ("body",) or holder is not None:
                    return None
                holder, body = (each.field, each.kind), inner.field
            else:
                return None
    if shape.closed or shape.texts or shape.regex:
        return None
    ids = language.field_id_for_name
    return _Plain(
        what,
        tuple((ids(field) or _NO_FIELD, frozenset(kinds)) for field, kinds in name_fields.items()),
        ids(body or "body") or _NO_FIELD,
        bool(body) or needs_body,
        {key: kind for key, (_, kind) in at.items()},
        (ids(holder[0]) or _NO_FIELD, holder[1]) if holder is not None else None,
    )


def _is_field(shape: Shape) -> bool:
    """Whether a node of a pattern is told by its field and kind."""
    return bool(shape.field) and shape.named and not (shape.texts or shape.regex or shape.closed)


def _plain_head(plain: _Plain, node: Node) -> Head | None:
    what, name_fields, body_field, body_is_needed, at, between = plain
    holder: Node | None = node
    if between is not None:
        holder = node.child_by_field_id(between[0])
        if holder is None or holder.type != between[1]:
            return None
    assert holder is not None
    body = holder.child_by_field_id(body_field)
    if body is None and body_is_needed:
        return None
    for field, kinds in name_fields:
        name = node.child_by_field_id(field)
        if name is not None and ("_" in kinds or name.type in kinds):
            return Head(what, name, node, body, at)
    return None if name_fields else Head(what, None, node, body, at)


def _head(what: str, node: Node, captures: dict[str, list[Node]], at: Mapping[str, str]) -> Head:
    names, bodies = captures.get("name"), captures.get("body")
    body = bodies[0] if bodies else node.child_by_field_name("body")
    return Head(what, names[0] if names else None, node, body, at)


def _chosen(query: PackQuery, tree: Tree) -> dict[int, Head]:
    """What the user's query takes: `@definition.KIND` or `@chunk`; without either what its first capture holds."""
    found: dict[int, Head] = {}
    for _, captures in matches_in(query, tree.root_node, [(0, tree.root_node.end_byte)]):
        owner = next((name for name in captures if name.startswith("definition.")), "")
        owner = owner or ("chunk" if "chunk" in captures else next(iter(captures), ""))
        for node in captures.get(owner, ()):
            what = owner.partition(".")[2] or node.type
            found.setdefault(node.id, _head(what, node, captures, {}))
    return found


def places_of(finder: Finder, language: Language, root: Node) -> list[int] | None:
    """Where the nodes begin that may be definitions, in order; None when only looking at each tells."""
    chosen = finder.chosen_starts()
    if chosen is not None:
        return chosen
    kinds = sorted(kind for kind in finder.kinds if kind in known_kinds(language))
    if finder.is_open or not kinds:
        return None
    query = Query(language, f"[{' '.join(f'({kind})' for kind in kinds)}] @it")
    return sorted({node.start_byte for node in QueryCursor(query).captures(root).get("it", ())})


def _named(node: Node, fields: Sequence[str]) -> Node | None:
    """The node that names a definition: down the fields as far as they lead."""
    found = None
    for _ in range(_NAME_STEPS):
        for field in fields:
            below = node.child_by_field_name(field)
            if below is not None:
                found = node = below
                break
        else:
            break
    return found


def name_of(node: Node) -> str:
    """The text of a name on one line."""
    return _on_one_line(node, node.text or b"")


def _on_one_line(node: Node, text: bytes) -> str:
    if text.isascii():
        name = text.decode()
        if name.isidentifier():  # as nearly all are, and nothing to change
            return name[:_NAME_LIMIT]
    if node.child_count:
        text = _uncommented(node, text)
    return " ".join(text[: 4 * _NAME_LIMIT].decode("utf-8", "replace").split())[:_NAME_LIMIT]


def _uncommented(node: Node, text: bytes) -> bytes:
    """The text of a node without the comments in it: a list of selectors may have one on each line."""
    begin = node.start_byte
    parts, at = [], 0
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if each.is_extra:
            parts.append(text[at : each.start_byte - begin])
            at = each.end_byte - begin
        elif each.start_byte - begin < 4 * _NAME_LIMIT:
            waiting.extend(reversed(each.children))
    return b" ".join((*parts, text[at:])) if parts else text
