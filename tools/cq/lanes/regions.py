"""Regions: the parts of a file that say something of the names in them, and what they come to at one hit."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from tree_sitter import Node

from cq.packs.meaning import Meaning

Span = tuple[int, int]

# What stands before the name of a type that is referred to: `&'a mut Shelf` is about `Shelf`.
_REFERENCE = re.compile(r"^(?:[&\s]|'\w+\s|mut\s)+")


class Region(NamedTuple):
    """A part of a file that says something of the names in it: a scope, a string, a macro's tokens."""

    start: int
    minus_end: int  # so that an outer region sorts before an inner one that begins with it
    anchor: Span | None  # the name that it is of: that name does not stand inside
    meaning: Meaning
    label: str
    name: str
    order: int = 0  # of its pattern: of two regions that span the same the later pattern's is the inner one


class Around(NamedTuple):
    """What the regions around a hit come to."""

    regions: tuple[Region, ...]  # outermost first
    labels: tuple[str, ...]
    names: tuple[str, ...]
    scope_kind: str  # of the innermost scope
    within: Region | None
    bodies: tuple[Span, ...]  # the macro bodies that the hit stands in, outermost first
    via: str


def region_of(meaning: Meaning, owner: Node, captures: dict[str, list[Node]], order: int = 0) -> Region:
    """The region that a match says its owner is."""
    label = name = ""
    anchor: Span | None = None
    template = meaning.scope or meaning.via
    if template:
        words = {key: one_line(nodes[0]) for key, nodes in captures.items() if key in ("name", "trait")}
        label = template.format_map(words)
        # A template without the name is of a scope that nothing is named after: `class << self`.
        if "{" in template:
            name = _REFERENCE.sub("", words["name"].partition("<")[0]).strip("'\" ")
        anchor = captures["name"][0].byte_range
    return Region(owner.start_byte, -owner.end_byte, anchor, meaning, label, name, order)


def around_of(regions: Sequence[Region], hit: Span) -> Around:
    """What these regions (outermost first) say of a hit."""
    labels: list[str] = []
    names: list[str] = []
    scope_kind = "module"
    within: Region | None = None
    bodies: list[Span] = []
    via = ""
    for region in regions:
        meaning = region.meaning
        if meaning.emit == "within":
            within = region
        elif meaning.emit == "embedded":
            if within is None:
                bodies.append((region.start, -region.minus_end))
        elif region.anchor is None or not region.anchor[0] <= hit[0] < region.anchor[1]:
            if meaning.via:
                via = region.label
            if meaning.scope:
                labels.append(region.label)
                if region.name:
                    names.append(region.name)
            if meaning.scope or meaning.emit == "scope":
                scope_kind = meaning.kind
    return Around(tuple(regions), tuple(labels), tuple(names), scope_kind, within, tuple(bodies), via if bodies else "")


def one_line(node: Node) -> str:
    """The text of a node with every run of white space as one blank."""
    return " ".join((node.text or b"").decode("utf-8", "replace").split())
