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


# To copy a hash that is set up takes a third of the time that to set one up does.
_OF_CONTENT = blake2b(digest_size=16)
_OF_CHUNKS = blake2b(digest_size=16, person=_PERSON)
_OF_DEFINITIONS = blake2b(digest_size=16, person=_PERSON_OF_DEFINITIONS)


def content_hash(text: bytes) -> str:
    """The hash of a chunk's text alone."""
    made = _OF_CONTENT.copy()
    made.update(text)
    return made.hexdigest()


def chunk_id(language: str, route: Sequence[str], kind: str, content: str) -> str:
    """The id of the first chunk with these in a file."""
    made = _OF_CHUNKS.copy()
    made.update("\0".join((language, kind, *route, content)).encode("utf-8", "replace"))
    return made.hexdigest()


def again(first: str, number: int) -> str:
    """The id of one more chunk that would have the id `first`; `number` counts from 1."""
    return blake2b(f"{first}#{number}".encode(), digest_size=16, person=_PERSON).hexdigest()


def definition_id(language: str, route: Sequence[str], kind: str, signature: str) -> str:
    """The id of a definition, which stays when its body changes."""
    made = _OF_DEFINITIONS.copy()
    made.update("\0".join((language, kind, signature, *route)).encode("utf-8", "replace"))
    return made.hexdigest()


class Ordinals:
    """Makes ids unique, in the order they are asked for."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def unique(self, first: str) -> str:
        """The id, or if it was given before one of its own."""
        seen = self._seen
        if first not in seen:
            seen[first] = 1
            return first
        number = seen[first]
        seen[first] = number + 1
        return again(first, number)
