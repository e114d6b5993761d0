"""Matches to evidence: plain spans without duplicates, in the order of the file, whatever the windows were."""

from collections.abc import Iterable, Iterator
from itertools import islice
from operator import eq
from typing import NamedTuple, TypeVar

from cq.engine.execute import side_by_side
from cq.packs.query import Match, PackQuery
from cq.packs.score import pattern_scores

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
        scores = pattern_scores(pack)
        # Whether each match has one anchor: not so of `(x)? @name` and of `(x)* @name`.
        single = not self._touching and all(
            not score.captures.get(anchor) for score, anchor in zip(scores, self._anchors, strict=True)
        )
        self._only = self._anchors[0] if single and len(set(self._anchors)) == 1 else ""

    def evidence(self, matches: Iterable[Match], first: int) -> list[Evidence]:
        """The evidence of these matches, in their order, duplicates and all; patterns are numbered from `first`."""
        only = self._only
        if only and not first:  # the common case, and the one loop that is as long as a file has names
            return [((node := captures[only][0]).start_byte, node.end_byte, index) for index, captures in matches]
        anchors, touching = self._anchors, self._touching
        return [
            (node.start_byte, node.end_byte, first + index)
            for index, captures in matches
            if index not in touching or side_by_side(captures, anchors[index])
            for node in captures.get(anchors[index], ())
        ]


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


Each = TypeVar("Each", Evidence, MatchSpans)


def in_order(found: list[Each]) -> list[Each]:
    """Without duplicates, in the order of the file. Sorts in place: matches come nearly sorted, which is cheap."""
    found.sort()
    return list(dict.fromkeys(found)) if any(map(eq, found, islice(found, 1, None))) else found
