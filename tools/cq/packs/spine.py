"""Patterns about one node, its subject, which may stand below the pattern's root: asked of the subject, not the root.

`(impl_item trait: (_) @fact.x body: (declaration_list (function_item) @definition))` is about a function, and says
something of what is around it. Run from its root it would look at every child of the block; here the way up from the
subject is compared with the pattern's, and only what the pattern says beside that way is looked for.
"""

import functools
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tree_sitter import Node

from cq.packs.shape import Captures, Shape, Shapes, joined, matches_of

Settings = Mapping[str, str | None]


class Spine(NamedTuple):
    """One way through a pattern, from its subject up to its root."""

    levels: tuple[Shape, ...]  # subject first; each without the child on the way
    fields: tuple[str, ...]  # of each level in the one above; "": any
    whole: Shape | None  # the pattern's root, when anchors tie the way to what is beside it
    settings: Settings


class SubjectPatterns:
    """Patterns that have one capture for their subject, by the kind of node that this is."""

    def __init__(self, patterns: Iterable[Shapes], subject: str) -> None:
        self._subject = subject
        self._by_kind: dict[str, list[Spine]] = {}
        for shapes in patterns:
            for root in shapes.alternatives:
                for levels, fields, tied in _ways(root, subject):
                    spine = Spine(tuple(levels), tuple(fields), root if tied else None, shapes.settings)
                    self._by_kind.setdefault(levels[0].kind, []).append(spine)
        self._any = self._by_kind.pop("_", [])

    def knows(self, kind: str) -> bool:
        """Whether a node of this kind can be the subject of any pattern."""
        return kind in self._by_kind or bool(self._any)

    def matches(self, node: Node, down: Sequence[Node] = ()) -> Iterator[tuple[Settings, Captures]]:
        """The ways in which a node is the subject of a pattern, each with what the pattern captures.

        `down`: it and the nodes above it, the uppermost first, as far as somebody knows them: asking a node what is
        above it takes long.
        """
        way = [node]
        for spine in itertools.chain(self._by_kind.get(node.type, ()), self._any):
            if _stands_below(spine, way, down):
                for captures in self._captures(spine, way):
                    yield spine.settings, captures

    def _captures(self, spine: Spine, way: list[Node]) -> Iterator[Captures]:
        if spine.whole is not None:
            for captures in matches_of(spine.whole, way[len(spine.levels) - 1]):
                if captures[self._subject][0] == way[0]:
                    yield captures
            return
        if len(spine.levels) == 1:
            yield from matches_of(spine.levels[0], way[0])
            return
        each = [list(matches_of(level, node)) for level, node in zip(spine.levels, way, strict=False)]
        for parts in itertools.product(*each):
            yield functools.reduce(joined, parts)


def above(down: Sequence[Node], depth: int, node: Node) -> Node | None:
    """The parent of the node that stands so many levels above the last one of a way down, if known, else asked."""
    return down[-2 - depth] if len(down) > depth + 1 else node.parent


def _stands_below(spine: Spine, way: list[Node], down: Sequence[Node]) -> bool:
    """Whether the kinds and fields above a node are the pattern's. Adds the nodes on the way up as it needs them."""
    for depth, level in enumerate(spine.levels):
        if depth == len(way):
            parent = above(down, depth - 1, way[-1])
            if parent is None:
                return False
            way.append(parent)
        node = way[depth]
        if node.type != level.kind and not (level.kind == "_" and node.is_named):
            return False
        if depth and spine.fields[depth - 1]:
            below = way[depth - 1]
            if all(child != below for child in node.children_by_field_name(spine.fields[depth - 1])):
                return False
    return True


def _ways(shape: Shape, subject: str) -> Iterator[tuple[list[Shape], list[str], bool]]:
    """From each node of the pattern that is its subject up: levels, fields, and whether anchors tie them."""
    if subject in shape.captures:
        yield [shape._replace(field="")], [shape.field], False
        return
    last = len(shape.children) - 1
    for at, child in enumerate(shape.children):
        beside = shape.children[:at] + shape.children[at + 1 :]
        ties = child.anchored or (at < last and shape.children[at + 1].anchored) or (shape.closed and at == last)
        own = shape._replace(field="", children=beside, closed=shape.closed and at != last)
        for alternative in child.alternatives:
            for levels, fields, tied in _ways(alternative, subject):
                yield [*levels, own], [*fields, shape.field], tied or ties
