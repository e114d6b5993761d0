"""What indexing takes from the tree of a single file: where it may be cut into parts that are parsed alone, and what
frequent names are wherever they stand.
"""

import msgspec

from cq.grammar.parse import parse
from cq.lanes.census import CensusTaker
from cq.lanes.lane import Lane
from cq.lanes.lanes import Lanes
from cq.lanes.parts import PartTaker
from cq.lanes.table import LaneTable, LanguageEntry, lane_table
from cq.settings import INDEX_PARSE_BYTES, PARTS_FROM_BYTES
from cq.store import census, parts
from cq.store.syntax import Syntax
from cq.store.vocabulary import starts_of


def telling_language(table: LaneTable, path: str, head: bytes, size: int, names: bool) -> str:
    """The language of a file of whose tree anything is kept, else "". `names`: frequent ones stand in it."""
    language = table.by_content(path, head)
    told = language and size <= INDEX_PARSE_BYTES and (names or _is_cut(table.languages[language], size))
    return language if told else ""


def _is_cut(entry: LanguageEntry, size: int) -> bool:
    return bool(entry.part_kinds) and size >= PARTS_FROM_BYTES


class FileSyntax(msgspec.Struct, frozen=True, array_like=True):
    """What indexing takes from the tree of one file."""

    path: str
    size: int
    kept: bytes


class SyntaxPlan(msgspec.Struct, frozen=True):
    """All that a worker needs to know."""

    folders: tuple[str, ...]  # of queries


class SyntaxAnalysis:
    """Looks at single files. Owns the lanes: made once per process."""

    def __init__(self, plan: SyntaxPlan) -> None:
        self._table = lane_table(plan.folders)
        self._lanes = Lanes(self._table)
        self._parts: dict[str, PartTaker] = {}
        self._census: dict[str, CensusTaker] = {}

    def run(self, path: str, data: bytes) -> FileSyntax:
        """What is taken from a file in which no frequent name stands."""
        return self.run_known(path, data, b"")

    def run_known(self, path: str, data: bytes, known: bytes) -> FileSyntax:
        """What is taken from one file; `known`: the frequent names in it, joined by line breaks."""
        words = frozenset(known.split(b"\n")) if known else frozenset()
        language = telling_language(self._table, path, data, len(data), bool(words))
        lane = self._lanes.lane_or_none(language)
        kept = Syntax() if lane is None else self._kept(path, data, lane, words)
        return FileSyntax(path, len(data), kept.packed())

    def _kept(self, path: str, data: bytes, lane: Lane, words: frozenset[bytes]) -> Syntax:
        language, entry = lane.name, lane.entry
        root = parse(lane.language, data).root_node
        kept = Syntax()
        if _is_cut(entry, len(data)):
            if language not in self._parts:
                self._parts[language] = PartTaker(lane.language, entry)
            kept.parts = parts.packed(self._parts[language].take(data, root))
        if words:
            if language not in self._census:
                self._census[language] = CensusTaker(lane)
            taker = self._census[language]
            names = taker.take(data, root, starts_of(data, words - lane.keywords.all))
            if names is not None:
                is_test = self._table.is_test(path)
                kept.census = census.packed(language, entry.separator, is_test, names, taker.codes)
        return kept
