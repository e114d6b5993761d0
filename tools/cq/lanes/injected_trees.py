"""The trees of the texts within a file, and of the texts within those."""

import re
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from typing import Literal, NamedTuple

from tree_sitter import Node, Tree

from cq.grammar.parse import Span, clipped, parse_region, parse_spans
from cq.lanes.injections import Injection, Which
from cq.lanes.lanes import Lanes
from cq.settings import EMBED_DEPTH

State = Literal["parsed", "not-parsed", "missing-grammar", "unknown-language"]


class InjectedTree(NamedTuple):
    """One text within a file, and what became of it."""

    injection: Injection
    host: str  # the language that it stands in
    via: tuple[str, ...]  # how it is reached, the outermost first
    depth: int  # 1: in the file itself
    state: State
    tree: Tree | None  # when it was parsed


def injected_trees(
    lanes: Lanes, language: str, data: bytes, root: Node, which: Which = "all"
) -> Iterator[InjectedTree]:
    """The texts in a file of this language in the order of the text, each followed by those in it, each once."""
    yield from _trees(lanes, language, data, root, which, None, "", (), 1)


def _trees(
    lanes: Lanes,
    host: str,
    data: bytes,
    root: Node,
    which: Which,
    within: Sequence[Span] | None,
    parent: str,
    via: tuple[str, ...],
    depth: int,
) -> Iterator[InjectedTree]:
    lane = lanes.lane_or_none(host)
    if lane is None:
        return
    # By place; what stands in brackets is added when the text around it does not parse.
    planned = lane.injections.injections(data, root, parent, which=which)
    queue: list[tuple[int, int, int, int, Injection]] = []
    for number, each in enumerate(planned):
        # The comment marks between the lines of an example are no part of a text in it.
        spans = tuple(clipped(each.spans, within))
        if spans:
            heappush(queue, (spans[0][0], -spans[-1][1], number, 0, each._replace(spans=spans)))
    while queue:
        _, _, number, level, injection = heappop(queue)
        path = (*via, injection.via) if injection.via else via
        tree, state = _parsed(lanes, injection, data, within)
        if injection.brackets and tree is not None and tree.root_node.has_error:
            # A syntax of the macro's own.
            tree, state = None, "not-parsed"
            if depth + level < EMBED_DEPTH:
                for node in _brackets_in(injection.node):
                    inner = injection._replace(node=node, spans=tuple(clipped([node.byte_range], within)))
                    heappush(queue, (inner.start, -inner.end, number, level + 1, inner))
        yield InjectedTree(injection, host, path, depth, state, tree)
        if tree is not None and depth < EMBED_DEPTH:
            inside = None if len(injection.spans) == 1 else injection.spans
            yield from _trees(lanes, injection.language, data, tree.root_node, which, inside, host, path, depth + 1)


def _brackets_in(node: Node) -> Iterator[Node]:
    """The nodes of the same kind within a node, without those within these."""
    waiting = [*reversed(node.named_children)]
    while waiting:
        each = waiting.pop()
        if each.type == node.type:
            yield each
        else:
            waiting.extend(reversed(each.named_children))


def _parsed(
    lanes: Lanes, injection: Injection, data: bytes, within: Sequence[Span] | None
) -> tuple[Tree | None, State]:
    if not injection.grammar:
        return None, "unknown-language"
    language = lanes.grammar(injection.grammar)
    if language is None:
        return None, "missing-grammar"
    lane = lanes.lane_or_none(injection.language)
    terminator = lane.entry.terminator if lane is not None else ""
    if injection.brackets:
        return parse_region(language, data, injection.node, terminator, within), "parsed"
    placeholders = lanes.table.placeholders(injection.language)
    if placeholders is not None:
        data = _filled(data, injection, *placeholders)
        return parse_spans(language, data, sorted((*injection.spans, *injection.gaps)), terminator), "parsed"
    return parse_spans(language, data, injection.spans, terminator), "parsed"


def _filled(data: bytes, injection: Injection, placeholders: str, filler: str) -> bytes:
    """The file with fillers for what a program puts into a text, byte for byte."""
    filled = bytearray(data)
    for start, end in injection.gaps:
        filled[start:end] = filler.encode() * (end - start)
    for start, end in injection.spans:
        for found in re.finditer(placeholders.encode(), data[start:end]):
            first, last = start + found.start(), start + found.end()
            filled[first:last] = (b"0" if found.lastgroup == "number" else filler.encode()) * (last - first)
    return bytes(filled)
