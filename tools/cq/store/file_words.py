"""What indexing takes from a single file: its words, and where it may be cut into parts that are parsed alone."""

from hashlib import blake2b

import msgspec

from cq.grammar.parse import parse
from cq.lanes.lanes import Lanes
from cq.lanes.parts import PartTaker
from cq.lanes.table import lane_table
from cq.settings import PARSE_LIMIT_BYTES, PARTS_FROM_BYTES
from cq.store.files import HEAD_BYTES
from cq.store.parts import packed
from cq.store.snapshot import DIGEST_BYTES
from cq.store.vocabulary import words_of


class FileWords(msgspec.Struct, frozen=True, array_like=True):
    """What indexing takes from one file."""

    path: str
    size: int
    digest: bytes
    head: bytes  # the first bytes when they are a `#!` line, else nothing
    words: bytes  # joined by line breaks
    parts: bytes  # where it may be cut, packed; empty when it is always parsed as a whole


class WordsPlan(msgspec.Struct, frozen=True):
    """All that a worker needs to know."""

    folders: tuple[str, ...]  # of queries; none: words only


class WordsAnalysis:
    """Cuts single files into words and parts. Owns the parsers: made once per process."""

    def __init__(self, plan: WordsPlan) -> None:
        self._lanes = Lanes(lane_table(plan.folders)) if plan.folders else None
        self._takers: dict[str, PartTaker | None] = {}

    def run(self, path: str, data: bytes) -> FileWords:
        """What is taken from one file."""
        digest = blake2b(data, digest_size=DIGEST_BYTES).digest()
        head = data[:HEAD_BYTES] if data.startswith(b"#!") else b""
        return FileWords(path, len(data), digest, head, b"\n".join(words_of(data)), self._parts(path, data))

    def _parts(self, path: str, data: bytes) -> bytes:
        if self._lanes is None or not PARTS_FROM_BYTES <= len(data) <= PARSE_LIMIT_BYTES:
            return b""
        language = self._lanes.table.by_content(path, data)
        taker = self._taker(language) if language else None
        grammar = self._lanes.grammar(self._lanes.table.languages[language].grammar) if taker is not None else None
        if taker is None or grammar is None:
            return b""
        return packed(taker.take(data, parse(grammar, data).root_node))

    def _taker(self, language: str) -> PartTaker | None:
        """The one of a language; None when its files are not cut."""
        assert self._lanes is not None
        if language not in self._takers:
            entry = self._lanes.table.languages[language]
            grammar = self._lanes.grammar(entry.grammar) if entry.part_kinds else None
            self._takers[language] = None if grammar is None else PartTaker(grammar, entry)
        return self._takers[language]
