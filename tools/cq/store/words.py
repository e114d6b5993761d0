"""Which files hold a word: blocks of sorted words with the numbers of their files.

A segment is what was learned at one time: the words of some files. Its directory (which files, and the first word of
each block) is a small piece that is read with the head; to look a word up is to read one block of each segment.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

import msgspec

# Words in a block: to read one must be quick, and so must be to read the directory.
_BLOCK_WORDS = 192
BLOCKS_PER_SEGMENT = 1 << 20

_encode = msgspec.msgpack.Encoder().encode
_decode_words = msgspec.msgpack.Decoder(tuple[list[bytes], msgspec.Raw]).decode
_decode_block = msgspec.msgpack.Decoder(tuple[list[bytes], list[list[int]]]).decode


class Directory(msgspec.Struct, frozen=True, array_like=True):
    """Of one segment: the numbers of its files, each as the distance from the one before, and its blocks."""

    files: tuple[int, ...]
    firsts: tuple[bytes, ...]

    def holds(self) -> Iterable[int]:
        """The numbers of the files whose words are in it."""
        return accumulate(self.files)

    def block_of(self, word: bytes) -> int | None:
        """The block that holds the word if any does."""
        at = bisect_right(self.firsts, word) - 1
        return at if at >= 0 else None

    def blocks_beginning(self, initial: int) -> tuple[int, int]:
        """From which block to which words are that begin with this byte."""
        begin = max(bisect_right(self.firsts, bytes((initial,))) - 1, 0)
        return begin, bisect_left(self.firsts, bytes((initial + 1,))) if initial < 255 else len(self.firsts)


def directory(files: Iterable[int], firsts: Sequence[bytes]) -> Directory:
    """The directory of these files and blocks."""
    return Directory(tuple(_distances(sorted(files))), tuple(firsts))


def blocks_of(postings: dict[bytes, list[int]]) -> Iterator[tuple[bytes, bytes]]:
    """The blocks of a segment in their order: the first word of each, and its bytes. Files of a word come ascending."""
    words = sorted(postings)
    for first in range(0, len(words), _BLOCK_WORDS):
        some = words[first : first + _BLOCK_WORDS]
        yield some[0], _encode((some, [_distances(postings[word]) for word in some]))


def files_in(block: bytes, word: bytes) -> Iterable[int]:
    """The files that hold the word, by the block it belongs to."""
    words, files = _decode_block(block)
    at = bisect_right(words, word) - 1
    return accumulate(files[at]) if at >= 0 and words[at] == word else ()


def only_words(block: bytes) -> list[bytes]:
    """The words of a block, without their files."""
    return _decode_words(block)[0]


def words_in(block: bytes) -> tuple[list[bytes], list[list[int]]]:
    """All words of a block; the files of each come as distances."""
    return _decode_block(block)


def _distances(ascending: Sequence[int]) -> Sequence[int]:
    if len(ascending) == 1:  # as most words have it
        return ascending
    return [here - before for before, here in zip((0, *ascending), ascending, strict=False)]
