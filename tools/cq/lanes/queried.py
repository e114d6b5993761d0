"""The patterns of one language that are more than chains: compiled when they can match, run around the hits."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import chain

from tree_sitter import Language, Node

from cq.engine.execute import Tally, matches_in, side_by_side
from cq.engine.windows import windows_around
from cq.lanes.regions import Region, Span, region_of
from cq.lanes.walk import PRECEDENCE, Found
from cq.packs.pattern import PatternText
from cq.packs.query import PackQuery, subtypes_of
from cq.settings import WINDOW_GAP_BYTES


class QueriedPatterns:
    """Patterns with their order in the packs. Owns the queries: made once per process."""

    def __init__(self, language: Language, patterns: list[tuple[int, PatternText]]) -> None:
        self._language = language
        # A supertype stands for many kinds.
        supertypes = subtypes_of(language).keys()
        self._waiting = [
            (order, pattern._replace(roots=frozenset()) if pattern.roots & supertypes else pattern)
            for order, pattern in patterns
        ]
        self._queries: list[tuple[PackQuery, list[int]]] = []
        self._kinds: set[int] = set()
        self.tally = Tally()  # of all runs so far

    def compile_for(self, kinds: set[int]) -> None:
        """Compile the patterns that are no chains, can match here and are not compiled yet.

        A pattern is rooted in an ancestor of the name that it is about, so patterns of kinds that no hit has
        above it cannot match. Compiling all patterns of a language costs more than parsing a large file.
        """
        fresh = kinds - self._kinds
        if not fresh or not self._waiting:
            return
        self._kinds |= fresh
        names = {self._language.node_kind_for_id(kind) for kind in fresh}
        needed = [item for item in self._waiting if not item[1].roots or item[1].roots & names]
        if needed:
            orders = [order for order, _ in needed]
            self._queries.append((PackQuery(self._language, [pattern for _, pattern in needed]), orders))
            taken = set(orders)
            self._waiting = [item for item in self._waiting if item[0] not in taken]

    def run(
        self, root: Node, hits: Sequence[Span], near: Sequence[Node | None]
    ) -> tuple[dict[int, Found], list[Region]]:
        """What the patterns say: of the hits by where they start, and the regions, outermost first."""
        found: dict[int, Found] = {}
        regions: dict[tuple[int, int, str], Region] = {}
        if not self._queries:
            return found, []
        starts = [start for start, _ in hits]
        shallow = [hit for hit, node in zip(hits, near, strict=True) if node is None]
        windows = list(windows_around(shallow, WINDOW_GAP_BYTES))
        deep = [(node, [hit]) for hit, node in zip(hits, near, strict=True) if node is not None]
        for pack, orders in self._queries:
            runs = [(root, windows), *deep]
            for index, captures in chain.from_iterable(matches_in(pack, *each, self.tally) for each in runs):
                if "name" in captures and not side_by_side(captures):
                    continue
                meaning = pack.meaning(index)
                owner = captures[meaning.owner][0]
                anchors = captures.get("name")
                if anchors and meaning.emit in ("definition", "reference"):
                    for anchor in anchors:
                        # An anchor may be wider than the hit: `r#type`, or a string that holds a type.
                        last = anchor.end_byte
                        at = bisect_left(starts, anchor.start_byte)
                        while at < len(starts) and starts[at] < last:
                            candidate = Found(PRECEDENCE[meaning.role], -orders[index], meaning, owner)
                            known = found.get(starts[at])
                            if known is None or candidate[:2] < known[:2]:
                                found[starts[at]] = candidate
                            at += 1
                if meaning.scope or meaning.via or meaning.emit in ("scope", "within", "embedded"):
                    region = region_of(meaning, owner, captures, orders[index])
                    regions[region.start, region.minus_end, meaning.emit] = region
        return found, sorted(regions.values(), key=lambda region: region[:2])
