"""What indexing takes from the tree of a single file: where it may be cut into parts that are parsed alone, and what
frequent names are wherever they stand.
"""

import msgspec

from cq.grammar.parse import parse
from cq.lanes.census import CensusTaker, starts_of
from cq.lanes.lanes import Lanes
from cq.lanes.parts import PartTaker
from cq.lanes.table import lane_table
from cq.settings import INDEX_PARSE_BYTES, PARTS_FROM_BYTES
from cq.store import census, parts
from cq.store.syntax import Syntax


class FileSyntax(msgspec.Struct, frozen=True, array_like=True):
    """What indexing takes from the tree of one file."""

    path: str
    size: int
    kept: bytes


class SyntaxPlan(msgspec.Struct, frozen=True):
    """All that a worker needs to know."""

    folders: tuple[str, ...]  # of queries
    words: frozenset[bytes]  # that are frequent


class SyntaxAnalysis:
    """Looks at single files. Owns the lanes: made once per process."""

    def __init__(self, plan: SyntaxPlan) -> None:
        self._words = plan.words
        self._table = lane_table(plan.folders)
        self._lanes = Lanes(self._table)
        self._parts: dict[str, PartTaker] = {}
        self._census: dict[str, CensusTaker] = {}

    def run(self, path: str, data: bytes) -> FileSyntax:
        """What is taken from one file."""
        language = self._table.by_content(path, data)
        return FileSyntax(path, len(data), self._kept(path, data, language).packed() if language else b"")

    def _kept(self, path: str, data: bytes, language: str) -> Syntax:
        entry = self._table.languages[language]
        is_cut = bool(entry.part_kinds) and len(data) >= PARTS_FROM_BYTES
        # Nearly every file that is cut holds one of the words.
        has_words = bool(self._words) and (is_cut or bool(starts_of(data, self._words)))
        if not (is_cut or has_words) or len(data) > INDEX_PARSE_BYTES:
            return Syntax()
        lane = self._lanes.lane_or_none(language)
        if lane is None:
            return Syntax()
        root = parse(lane.language, data).root_node
        kept = Syntax()
        if is_cut:
            if language not in self._parts:
                self._parts[language] = PartTaker(lane.language, entry)
            kept.parts = parts.packed(self._parts[language].take(data, root))
        if has_words:
            if language not in self._census:
                self._census[language] = CensusTaker(lane)
            taker = self._census[language]
            names = taker.take(data, root, self._words)
            if names is not None:
                is_test = self._table.is_test(path)
                kept.census = census.packed(language, entry.separator, is_test, names, taker.codes)
        return kept
