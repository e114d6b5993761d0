"""Patterns that only say what stands above a name: found by walking up from it, without running a query.

Most patterns of a pack are chains, such as `(call function: (attribute attribute: (identifier) @name))`: each node
has one child. Whether one matches at a given name is decided by the kinds and fields between the name and the
chain's root, which a search has at hand anyway.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cq.packs.pattern import PatternText
from cq.packs.shape import Shape, shapes_of


class Step(NamedTuple):
    """One node of a chain: its kind, and the field that it has in the node above it ("": any)."""

    kind: str
    field: str


class Chain(NamedTuple):
    """From the root of a pattern down to its innermost node, and what is captured on the way."""

    steps: tuple[Step, ...]
    captures: dict[str, int]  # capture -> index into steps
    settings: Mapping[str, str | None]


def chains_of(pattern: PatternText) -> list[Chain] | None:
    """The chains that the pattern stands for (one for each alternative), or None when it is more than chains."""
    shapes = shapes_of(pattern)
    if shapes is None or not all(map(_is_chain, shapes.alternatives)):
        return None
    return [
        Chain(tuple(steps), captures, shapes.settings)
        for shape in shapes.alternatives
        for steps, captures in _paths(shape, 0)
    ]


def _is_chain(shape: Shape) -> bool:
    if not shape.named or shape.kind == "_" or shape.closed or shape.texts or shape.regex or len(shape.children) > 1:
        return False
    return all(not child.anchored and all(map(_is_chain, child.alternatives)) for child in shape.children)


def _paths(shape: Shape, depth: int) -> Iterator[tuple[list[Step], dict[str, int]]]:
    own = dict.fromkeys(shape.captures, depth)
    step = Step(shape.kind, shape.field)
    if not shape.children:
        yield [step], own
    for child in shape.children:
        for alternative in child.alternatives:
            for steps, captures in _paths(alternative, depth + 1):
                yield [step, *steps], own | captures
