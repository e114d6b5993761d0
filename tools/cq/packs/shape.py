"""Patterns as trees of kinds and fields, and whether a node has such a shape, without compiling a query.

Compiling a pattern takes the query engine about half a millisecond, which is what parsing a small file takes. What is
asked of a few nodes only (the facts of a definition) or at known places (the chains of `packs.chain`) is answered
here. A shape knows kinds, `_`, fields, tokens, alternatives, anchors, captures, and the predicates `#eq?`, `#any-of?`
and `#match?` about the text of a capture; a pattern with quantifiers, other predicates or negated fields has no shape
and goes to the query engine. Tests hold that both agree on real files.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tree_sitter import Node

from cq.packs.pattern import PatternText, unescaped

_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|;[^\n]*|[()\[\]]|[^\s()\[\]";]+')
_KIND = re.compile(r"[A-Za-z_][\w-]*\Z")

Captures = dict[str, list[Node]]


class Shape(NamedTuple):
    """One node of a pattern."""

    kind: str  # "_" is any named node; of a token its text
    named: bool
    field: str  # in the node above; "": any
    captures: tuple[str, ...] = ()
    children: tuple["Child", ...] = ()
    closed: bool = False  # nothing named follows the last child
    texts: tuple[str, ...] = ()  # its text must be one of these
    regex: str = ""  # or match this; compiled when it is first asked for, which it seldom is


class Child(NamedTuple):
    """One child of a pattern's node: its alternatives."""

    alternatives: tuple[Shape, ...]
    anchored: bool  # nothing named stands between it and the child before, or the beginning


class Shapes(NamedTuple):
    """A whole pattern: its alternatives, and its metadata."""

    alternatives: tuple[Shape, ...]
    settings: Mapping[str, str | None]


class _NoShape(Exception):
    """The pattern says more than a shape can."""


def shapes_of(pattern: PatternText) -> Shapes | None:
    """The pattern as shapes, or None when only the query engine can run it."""
    reader = _Reader([token for token in _TOKEN.findall(pattern.text) if not token.startswith(";")])
    try:
        alternatives = reader.item("")
    except _NoShape:
        return None
    if reader.at != len(reader.tokens):
        return None
    for capture, (texts, regex) in reader.conditions.items():
        alternatives = tuple(_conditioned(shape, capture, texts, regex) for shape in alternatives)
    return Shapes(alternatives, reader.settings)


def _conditioned(shape: Shape, capture: str, texts: tuple[str, ...], regex: str) -> Shape:
    """The shape with a condition on the text of every node that it captures so."""
    children = tuple(
        child._replace(alternatives=tuple(_conditioned(each, capture, texts, regex) for each in child.alternatives))
        for child in shape.children
    )
    if capture in shape.captures:
        return shape._replace(children=children, texts=texts, regex=regex)
    return shape._replace(children=children)


class _Reader:
    """Reads the tokens of one pattern, front to back."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0
        self.settings: dict[str, str | None] = {}
        self.conditions: dict[str, tuple[tuple[str, ...], str]] = {}

    def item(self, field: str) -> tuple[Shape, ...]:
        """Read a node, a token, an alternation or a group; its alternatives."""
        token = self._next()
        if token == "[":
            alternatives: list[Shape] = []
            while self._peek() != "]":
                alternatives.extend(self.item(field))
            self.at += 1
            return self._captured(tuple(alternatives))
        if token.startswith('"'):
            return self._captured((Shape(token[1:-1].replace('\\"', '"').replace("\\\\", "\\"), False, field),))
        if token != "(":
            raise _NoShape
        if self._peek() in "([":
            # A group: one node and the directives that belong to it.
            grouped = self.item(field)
            while self._peek() != ")":
                self._directive()
            self.at += 1
            return self._captured(grouped)
        return self._captured((self._node(field),))

    def _node(self, field: str) -> Shape:
        kind = self._next()
        if not _KIND.match(kind):
            raise _NoShape
        children: list[Child] = []
        anchored = False
        while (token := self._peek()) != ")":
            if token == "(" and self.tokens[self.at + 1].startswith("#"):
                self._directive()
            elif token == ".":
                anchored = True
                self.at += 1
            else:
                name = ""
                if token.endswith(":"):
                    name = token[:-1]
                    self.at += 1
                children.append(Child(self.item(name), anchored))
                anchored = False
        self.at += 1
        return Shape(kind, True, field, (), tuple(children), anchored)

    def _captured(self, shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        names: list[str] = []
        while self.at < len(self.tokens) and self.tokens[self.at].startswith("@"):
            names.append(self._next()[1:])
        return tuple(shape._replace(captures=shape.captures + tuple(names)) for shape in shapes) if names else shapes

    def _directive(self) -> None:
        if self._next() != "(":
            raise _NoShape
        name = self._next()
        words = []
        while (word := self._next()) != ")":
            words.append(word)
        if name != "#set!":
            self._condition(name, words)
            return
        words = [word.strip('"') for word in words]
        self.settings[words[0]] = words[1] if len(words) > 1 else None

    def _condition(self, name: str, words: list[str]) -> None:
        if len(words) < 2 or not words[0].startswith("@") or any(word[0] != '"' for word in words[1:]):
            raise _NoShape
        values = tuple(unescaped(word[1:-1]) for word in words[1:])
        capture = words[0][1:]
        if capture in self.conditions:
            raise _NoShape  # one condition on each capture is enough for what is asked here
        if name == "#any-of?" or (name == "#eq?" and len(values) == 1):
            self.conditions[capture] = (values, "")
        elif name == "#match?" and len(values) == 1:
            self.conditions[capture] = ((), values[0])
        else:
            raise _NoShape

    def _peek(self) -> str:
        if self.at >= len(self.tokens):
            raise _NoShape
        return self.tokens[self.at]

    def _next(self) -> str:
        token = self._peek()
        self.at += 1
        return token


def matches_of(shape: Shape, node: Node, field: str | None = None) -> Iterator[Captures]:
    """The ways in which a node has this shape, each with what it captures."""
    if node.is_named != shape.named or (shape.kind != node.type and not (shape.kind == "_" and shape.named)):
        return
    if shape.field and shape.field != field:
        return
    if (shape.texts or shape.regex) and not _has_text(shape, node):
        return
    own: Captures = {name: [node] for name in shape.captures}
    if not shape.children:
        yield own
        return
    for below in _of_children(shape, _children(node), 0, -1):
        yield joined(own, below)


def _has_text(shape: Shape, node: Node) -> bool:
    text = (node.text or b"").decode("utf-8", "replace")
    return text in shape.texts or bool(shape.regex and re.search(shape.regex, text))


def _of_children(shape: Shape, children: list[tuple[Node, str | None]], index: int, before: int) -> Iterator[Captures]:
    """The ways to place the pattern's children from `index` on behind the child at position `before`."""
    if index == len(shape.children):
        if not shape.closed or not any(child.is_named for child, _ in children[before + 1 :]):
            yield {}
        return
    wanted = shape.children[index]
    for position in range(before + 1, len(children)):
        child, field = children[position]
        for alternative in wanted.alternatives:
            for own in matches_of(alternative, child, field):
                for rest in _of_children(shape, children, index + 1, position):
                    yield joined(own, rest)
        if wanted.anchored and child.is_named:
            return


def _children(node: Node) -> list[tuple[Node, str | None]]:
    cursor = node.walk()
    found: list[tuple[Node, str | None]] = []
    more = cursor.goto_first_child()
    while more:
        assert cursor.node is not None
        found.append((cursor.node, cursor.field_name))
        more = cursor.goto_next_sibling()
    return found


def joined(first: Captures, second: Captures) -> Captures:
    """All that two parts of a match capture."""
    if not second:
        return first
    joined = dict(first)
    for name, nodes in second.items():
        joined[name] = joined.get(name, []) + nodes
    return joined
