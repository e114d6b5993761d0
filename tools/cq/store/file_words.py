"""What indexing takes from the bytes of a single file: its words, and which of them look defined there."""

from hashlib import blake2b

import msgspec

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

    openers: tuple[str, ...] = ()  # words that stand before what is defined


class WordsAnalysis:
    """Cuts single files into words. Needs no parser."""

    def __init__(self, plan: WordsPlan) -> None:
        self._openers = frozenset(word.encode() for word in plan.openers)
        self._told: set[bytes] = set()

    def run(self, path: str, data: bytes) -> FileWords:
        """What is taken from one file."""
        digest = blake2b(data, digest_size=DIGEST_BYTES).digest()
        head = data[:HEAD_BYTES] if data.startswith(b"#!") else b""
        defined = defined_in(data, self._openers) - self._told if self._openers else set()
        self._told |= defined
        return FileWords(path, len(data), digest, head, b"\n".join(words_of(data)), b"\n".join(defined))
