"""The definitions of one parsed file with their places: what an outline and a tags file are made of."""

from collections.abc import Iterator
from typing import NamedTuple

from tree_sitter import Node

from cq.lanes.lane import Lane
from cq.lanes.lines import Lines
from cq.lanes.regions import Span
from cq.lanes.verdict import Verdict
from cq.settings import DEEPEST


class Definition(NamedTuple):
    """One definition."""

    name: str
    line: int  # of the name
    column: int
    line_start: int  # the byte at which that line begins
    end_line: int
    name_span: Span
    span: Span  # of all of it
    verdict: Verdict
    node: Node

    def qualified_name(self, separator: str) -> str:
        """The names of the scopes around it, and its own."""
        return separator.join((*self.verdict.names, self.name))


def definitions_of(lane: Lane, data: bytes, root: Node, reach: int = DEEPEST) -> Iterator[Definition]:
    """Every definition of a file, or down to a depth of its tree, in the order of the text."""
    lines = Lines(data)
    for hit, verdict in lane.definitions(data, root, reach):
        if verdict.node is not None:
            yield _made(lane, data, lines, hit, verdict, verdict.node)


def definition_at(lane: Lane, data: bytes, root: Node, hit: Span) -> Definition | None:
    """The definition with its name at these bytes, found without the others; None where only all of them tell."""
    verdict = lane.classify(data, root, [hit])[0]
    node = verdict.node
    if verdict.role != "definition" or node is None or verdict.injected or node.type in lane.entry.token_trees:
        return None
    return _made(lane, data, Lines(data), hit, verdict, node)


def _made(lane: Lane, data: bytes, lines: Lines, hit: Span, verdict: Verdict, node: Node) -> Definition:
    line, column, begin = lines.position(hit[0])
    name = data[hit[0] : hit[1]].decode("utf-8", "replace")
    # An item found in a token tree has no node of its own: it stands for its name alone.
    in_tokens = node.type in lane.entry.token_trees
    span = hit if in_tokens else node.byte_range
    end_line = line if in_tokens else node.end_point.row + 1
    return Definition(name, line, column, begin, end_line, hit, span, verdict, node)
