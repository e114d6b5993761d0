"""What a file is cut into on the way to chunks: atoms, the definitions that they stand in, and the limits."""

from typing import NamedTuple

import msgspec
from tree_sitter import Node

from cq.chunking.definitions import Head
from cq.chunking.options import ChunkOptions
from cq.chunking.size import Measure


class Limits(NamedTuple):
    """The limits of one run, as weights; those in bytes spare weighing what is surely small or large."""

    most: int
    target: int
    least: int
    part: int  # what a part of a definition may weigh, so that its header and the overlap have room
    block: int  # lighter neighbours are one to the planner
    small_bytes: int  # so few bytes are never too large
    surely_bytes: int  # more bytes are always too large


def limits_of(options: ChunkOptions, measure: Measure) -> Limits:
    """The limits that these options come to in the weights of a measure."""
    scale = measure.scale
    usual = _HEADER[options.unit] * (2 if options.imports else 1)
    reserve = min(options.most // 4, usual) if options.header else 0
    part = max(options.most - reserve - options.overlap, options.most // 4)
    densest, sparsest = _BYTES[options.unit]
    return Limits(
        most=options.most * scale,
        target=min(options.target, part) * scale,
        least=options.least * scale,
        part=part * scale,
        block=max(1, min(options.target, part) * scale // 7),
        small_bytes=int(part / densest),
        surely_bytes=options.most * sparsest,
    )


# What a header usually takes.
_HEADER = {"tokens": 48, "chars": 160, "nws": 140, "bytes": 160, "lines": 1}
# Of each unit: how many a byte can be at most, and of how many bytes one is at most in what anybody writes.
_BYTES = {"tokens": (1.6, 14), "chars": (1.0, 5), "nws": (1.0, 14), "bytes": (1.0, 1), "lines": (1.0, 1000)}


class Scope:
    """A definition that chunks stand in."""

    __slots__ = ("body", "depth", "end", "head", "kind", "node", "outer", "start")

    def __init__(self, outer: "Scope | None", head: Head, node: Node, start: int, end: int, depth: int = 0) -> None:
        self.outer = outer
        self.head = head
        self.kind: str = head.at.get(outer.kind, head.kind) if outer is not None else head.kind
        self.node = node  # with what wraps it
        self.start = start  # with the comments before it
        self.end = end
        self.depth = depth  # levels that were opened to come here
        self.body = head.body.start_byte if head.body is not None else end

    def chain(self) -> list["Scope"]:
        """This scope and those around it, outermost first."""
        found: list[Scope] = []
        scope: Scope | None = self
        while scope is not None:
            found.append(scope)
            scope = scope.outer
        return found[::-1]


# Made by the thousand: a named tuple takes five times as long to make.
class Atom(msgspec.Struct, frozen=True, gc=False, eq=False):
    """A stretch that stays whole, or a region."""

    start: int
    end: int
    weight: int
    cost: float  # of a cut before it
    node: Node | None = None  # what may be a definition: the atom is all of it
    scope: Scope | None = None  # of a region
    inner: "list[Atom] | None" = None  # of a region: what it is made of
    split: str = ""  # "lines" or "chars": cut without regard to structure
    is_sign: bool = False  # a closing brace or the like, which goes with what stands before it


# What a cut costs, where the size of a chunk that is right costs nothing and of one half as large 0.25.
LEVEL_COST, DEEPEST_COST = 0.22, 1.6
NO_BLANK_LINE_COST = 0.12


def level_cost(level: int) -> float:
    """What a cut costs for the level that it is at."""
    return min(LEVEL_COST * level, DEEPEST_COST)
