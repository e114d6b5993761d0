"""Matches to evidence: plain spans without duplicates, in the order of the file, whatever the windows were."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tree_sitter import Node

from cq.packs.query import Match, PackQuery

# What a pack emits that is a place in its own right; regions and facts are told of on request only.
EVIDENCE_EMITS = frozenset(("definition", "reference"))
# Captures that only say where a name must stand: the `.` of a query passes over punctuation, these do not.
TOUCHING = frozenset(("before", "after"))


# One place that a pattern speaks of, its anchor: start byte, end byte, and the pattern's number. A plain tuple, which
# takes a third of the time of a named one: a file has one for nearly every name.
Evidence = tuple[int, int, int]


class CaptureSpan(NamedTuple):
    """One captured node. Sorts by position, an outer node before an inner one."""

    start_byte: int
    minus_end_byte: int
    capture: str
    node: str  # its kind

    @property
    def end_byte(self) -> int:
        """Half-open."""
        return -self.minus_end_byte


class MatchSpans(NamedTuple):
    """One match: what it captured, in order. Two matches that capture the same are one."""

    captures: tuple[CaptureSpan, ...]
    pattern: int


class EvidenceMaker:
    """Makes evidence of the matches of one query: an anchor for each match."""

    def __init__(self, pack: PackQuery) -> None:
        self._anchors = [pack.meaning(index).anchor for index in range(len(pack.patterns))]
        self._touching = frozenset(
            index for index in range(len(pack.patterns)) if not TOUCHING.isdisjoint(pack.parts(index).captures)
        )
        names = set(self._anchors)
        self._only = names.pop() if len(names) == 1 and not self._touching else ""

    def evidence(self, matches: Iterable[Match], first: int) -> Iterator[Evidence]:
        """The evidence of these matches, in their order, duplicates and all; patterns are numbered from `first`."""
        only = self._only
        if only:  # the common case: this loop is as long as a file has names
            for index, captures in matches:
                for node in captures.get(only, ()):
                    yield node.start_byte, node.end_byte, first + index
            return
        anchors, touching = self._anchors, self._touching
        for index, captures in matches:
            if index in touching and not side_by_side(captures, anchors[index]):
                continue
            for node in captures.get(anchors[index], ()):
                yield node.start_byte, node.end_byte, first + index


def spans_of(matches: Iterable[Match], keep: frozenset[str] | None, first: int) -> Iterator[MatchSpans]:
    """What each match captured, of these captures only, duplicates and all; patterns are numbered from `first`."""
    for index, captures in matches:
        spans = sorted(
            CaptureSpan(node.start_byte, -node.end_byte, name, node.type)
            for name, nodes in captures.items()
            if keep is None or name in keep
            for node in nodes
        )
        if spans:
            yield MatchSpans(tuple(spans), first + index)


def side_by_side(captures: dict[str, list[Node]], name: str = "name") -> bool:
    """Whether @before and @after touch the name."""
    node = captures[name][0]
    if "before" in captures and node.prev_sibling != captures["before"][0]:
        return False
    return "after" not in captures or node.next_sibling == captures["after"][0]
