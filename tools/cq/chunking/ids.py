"""Ids of chunks and definitions: by what they are and where in the code, not by path and position.

A chunk that moves, within its file or to another, keeps its id; one whose text changes gets another. Of chunks that are
the same in all of this, the second has an id of its own, and so on.
"""

from collections.abc import Sequence
from hashlib import blake2b

# Part of every id. Raised when the same text would be cut, named or hashed in another way.
ALGORITHM = 2
ID_DIGITS = 32
_PERSON = b"cq.chunk" + bytes([ALGORITHM])
_PERSON_OF_DEFINITIONS = b"cq.def" + bytes([ALGORITHM])


def content_hash(text: bytes) -> str:
    """The hash of a chunk's text alone."""
    return blake2b(text, digest_size=16).hexdigest()


def chunk_id(language: str, route: Sequence[str], kind: str, content: str) -> str:
    """The id of the first chunk with these in a file."""
    words = "\0".join((language, kind, *route))
    return blake2b(f"{words}\0{content}".encode("utf-8", "replace"), digest_size=16, person=_PERSON).hexdigest()


def again(first: str, number: int) -> str:
    """The id of one more chunk that would have the id `first`; `number` counts from 1."""
    return blake2b(f"{first}#{number}".encode(), digest_size=16, person=_PERSON).hexdigest()


def definition_id(language: str, route: Sequence[str], kind: str, signature: str) -> str:
    """The id of a definition, which stays when its body changes."""
    words = "\0".join((language, kind, signature, *route))
    return blake2b(words.encode("utf-8", "replace"), digest_size=16, person=_PERSON_OF_DEFINITIONS).hexdigest()


class Ordinals:
    """Makes ids unique, in the order they are asked for."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def unique(self, first: str) -> str:
        """The id, or if it was given before one of its own."""
        number = self._seen.get(first, 0)
        self._seen[first] = number + 1
        return again(first, number) if number else first
