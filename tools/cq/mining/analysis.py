"""The analysis behind `cq mine`: one file to the facts about its anchors, which say nothing of its path."""

import time
from typing import NamedTuple

import msgspec

from cq.grammar.parse import error_bytes, text_of
from cq.lanes.lanes import Lanes
from cq.lanes.table import lane_table
from cq.mining.normalize import Normalizer
from cq.mining.table import Table, tables_of
from cq.settings import PARSE_LIMIT_BYTES


class MinePlan(msgspec.Struct, frozen=True, kw_only=True):
    """All that a worker needs to know."""

    folders: tuple[str, ...]
    level: str


class FileFacts(NamedTuple):
    """The facts of one file: `Anchors`, as bytes."""

    path: str
    language: str  # whose tables were used; "" when there are none
    rows: bytes = b""
    limits: bytes = b""
    anchors: int = 0
    parsed_bytes: int = 0
    broken_bytes: int = 0
    parse_ms: float = 0.0
    normalize_ms: float = 0.0


class MineAnalysis:
    """Makes facts of single files. Owns the parsers: made once per process."""

    def __init__(self, plan: MinePlan) -> None:
        self._level = plan.level
        self._folders = plan.folders
        self.table = lane_table(plan.folders)
        self.lanes = Lanes(self.table)
        self._normalizers: dict[str, Normalizer | None] = {}

    def run(self, path: str, data: bytes) -> FileFacts:
        """The facts of one file."""
        language = self.table.by_content(path, data)
        if not language or len(data) > PARSE_LIMIT_BYTES:
            return FileFacts(path, "")
        began = time.perf_counter()
        parsed = self.lanes.parsed(language, data)
        if parsed is None:
            return FileFacts(path, "")
        lane, tree = parsed
        between = time.perf_counter()
        normalizer = self.normalizer(lane.name)
        if normalizer is None:
            return FileFacts(path, "")
        root = tree.root_node
        found = normalizer.anchors(tree, text_of(tree, data))
        return FileFacts(
            path,
            lane.name,
            found.rows,
            found.limits.tobytes(),
            len(found.limits),
            len(data),
            error_bytes(root) if root.has_error else 0,
            (between - began) * 1000,
            (time.perf_counter() - between) * 1000,
        )

    def normalizer(self, language: str) -> Normalizer | None:
        """The walk for a language; None when there are no tables for it."""
        if language not in self._normalizers:
            tables = self.tables(language)
            self._normalizers[language] = Normalizer(tables, self._level) if tables else None
        return self._normalizers[language]

    def tables(self, language: str) -> Table | None:
        """The tables of a language whose grammar is installed."""
        grammar = self.lanes.grammar(self.table.languages[language].grammar)
        return tables_of(self._folders, language, grammar) if grammar is not None else None
