"""What indexing takes from the bytes of a single file: its words, and which of them look defined there."""

import msgspec

from cq.digest import blake2b
from cq.lanes.table import lane_table
from cq.store.files import HEAD_BYTES
from cq.store.snapshot import DIGEST_BYTES
from cq.store.vocabulary import defined_in, words_of


class FileWords(msgspec.Struct, frozen=True, array_like=True):
    """What indexing takes from the bytes of one file."""

    path: str
    size: int
    digest: bytes
    head: bytes  # the first bytes when they are a `#!` line, else nothing
    words: bytes  # joined by line breaks
    defined: bytes  # those that look defined, but for the ones that were told before; likewise


class WordsPlan(msgspec.Struct, frozen=True):
    """All that a worker needs to know."""

    folders: tuple[str, ...] = ()  # of queries
    # By language, words that stand before what is defined. Pairs: a plan can be hashed.
    openers: tuple[tuple[str, frozenset[bytes]], ...] = ()


class WordsAnalysis:
    """Cuts single files into words. Needs no parser."""

    def __init__(self, plan: WordsPlan) -> None:
        self._openers = dict(plan.openers)
        self._table = lane_table(plan.folders) if plan.openers else None
        self._told: set[bytes] = set()

    def run(self, path: str, data: bytes) -> FileWords:
        """What is taken from one file."""
        digest = blake2b(data, digest_size=DIGEST_BYTES).digest()
        head = data[:HEAD_BYTES] if data.startswith(b"#!") else b""
        words = words_of(data)
        openers = self._openers.get(self._table.by_path(path)) if self._table is not None else None
        defined = defined_in(data, openers & words) - self._told if openers else set()
        self._told |= defined
        return FileWords(path, len(data), digest, head, b"\n".join(words), b"\n".join(defined))
