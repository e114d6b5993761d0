"""What the index keeps of frequent names: what each is wherever it stands, so that a search needs no parser for it.

Packed to four bytes for each place. What a number means is said once, in the head.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    from cq.lanes.census import ScopeSpan

_CODE_BITS = 10
MOST_CODES = 1 << _CODE_BITS
# A place is a position and a code in 32 bits.
MOST_BYTES = 1 << (32 - _CODE_BITS)
_SCOPE_NUMBERS = 4

_encode = msgspec.msgpack.Encoder().encode


class LanguageCodes(msgspec.Struct, frozen=True, array_like=True):
    """What the codes of one language mean."""

    name: str
    separator: str  # between the names of scopes
    codes: tuple[tuple[str, str], ...]  # role and kind


class CensusHead(msgspec.Struct, frozen=True, array_like=True):
    """What holds for the census of all files."""

    stamp: bytes  # of what it depends on besides the files
    files: int  # of which the words were known when they were chosen
    words: bytes  # whose places are kept, joined by line breaks
    languages: tuple[LanguageCodes, ...]


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    language: int
    is_test: bool
    places: bytes
    spans: bytes
    labels: tuple[str, ...]  # label and name of each scope, in turns


class Judged(NamedTuple):
    """What a name is."""

    code: int
    labels: tuple[str, ...]  # of the scopes around, outermost first: "class Flask"
    names: tuple[str, ...]  # of those scopes: "Flask"


class FileCensus:
    """What some of the names of one file are."""

    def __init__(self, packed: _Packed) -> None:
        self.language = packed.language
        self.is_test = packed.is_test
        self._places = _numbers(packed.places)
        self._spans = _numbers(packed.spans)
        self._words = packed.labels
        if len(self._spans) != len(self._words) // 2 * _SCOPE_NUMBERS:
            raise msgspec.DecodeError("not as many scopes as labels")

    def judged(self, starts: Sequence[int]) -> list[Judged] | None:
        """What the names at these bytes (ascending) are; None when one of them is not kept."""
        found: list[Judged] = []
        places, spans, words = self._places, self._spans, self._words
        at = scope = 0
        last: list[int] = []
        labels: tuple[str, ...] = ()
        names: tuple[str, ...] = ()
        around: list[int] = []  # where in the spans each scope is that the last name stood in
        for start in starts:
            at = bisect_left(places, start << _CODE_BITS, at)
            if at == len(places) or places[at] >> _CODE_BITS != start:
                return None
            while scope < len(spans) and spans[scope] <= start:
                while around and spans[around[-1] + 1] <= spans[scope]:
                    around.pop()
                around.append(scope)
                scope += _SCOPE_NUMBERS
            while around and spans[around[-1] + 1] <= start:
                around.pop()
            # The name of a scope does not stand in it.
            own = [each // 2 for each in around if not spans[each + 2] <= start < spans[each + 3]]
            if own != last:
                last = own
                labels, names = tuple([words[each] for each in own]), tuple([words[each + 1] for each in own])
            found.append(Judged(places[at] & (MOST_CODES - 1), labels, names))
        return found


def packed(
    language: int,
    is_test: bool,
    places: Iterable[tuple[int, int]],
    scopes: Sequence["ScopeSpan"],
) -> bytes:
    """A census as bytes: places with their codes, ascending, and scopes, an outer one first."""
    numbers = array("I", [start << _CODE_BITS | code for start, code in places])
    spans = array("I")
    labels: list[str] = []
    for scope in scopes:
        spans.extend((scope.start, scope.end, scope.name_start, scope.name_end))
        labels += (scope.label, scope.name)
    return _encode(_Packed(language, is_test, _bytes(numbers), _bytes(spans), tuple(labels)))


_decode = msgspec.msgpack.Decoder(_Packed).decode


def unpacked(data: bytes) -> FileCensus:
    """From bytes. Raises msgspec.DecodeError for what is no census."""
    return FileCensus(_decode(data))


def _bytes(numbers: "array[int]") -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def _numbers(data: bytes) -> "array[int]":
    if len(data) % 4:
        raise msgspec.DecodeError("not whole numbers")
    numbers = array("I", data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
