"""What the index keeps of frequent names: what each is wherever it stands, so that a search needs no parser for it.

Packed to five bytes for each place.
"""

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    from cq.lanes.census import Census

_SCOPE_NUMBERS = 4
_TEXT_NUMBERS = 3
_MOST_CODES = 256

_encode = msgspec.msgpack.Encoder().encode


# Role and kind of a name.
Code = tuple[str, str]


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    language: str
    separator: str  # between the names of scopes
    is_test: bool
    meanings: tuple[Code, ...]  # of the codes of this file
    starts: bytes
    codes: bytes
    texts: bytes
    spans: bytes
    labels: tuple[str, ...]  # label and name of each scope, in turns


class Judged(NamedTuple):
    """What a name is."""

    role: str
    kind: str
    labels: tuple[str, ...]  # of the scopes around, outermost first: "class Flask"
    names: tuple[str, ...]  # of those scopes: "Flask"


class FileCensus:
    """What some of the names of one file are."""

    def __init__(self, packed: _Packed) -> None:
        self.language = packed.language
        self.separator = packed.separator
        self.is_test = packed.is_test
        self._meanings = packed.meanings
        self._starts = _numbers(packed.starts)
        self._codes = packed.codes
        texts = _numbers(packed.texts)
        self._texts, self._text_ends, self._text_codes = (texts[at::_TEXT_NUMBERS] for at in range(_TEXT_NUMBERS))
        self._spans = _numbers(packed.spans)
        self._words = packed.labels
        if len(self._starts) != len(self._codes) or len(texts) % _TEXT_NUMBERS:
            raise msgspec.DecodeError("not a code for each place")
        if max(max(self._codes, default=-1), max(self._text_codes, default=-1)) >= len(self._meanings):
            raise msgspec.DecodeError("a code without a meaning")
        if len(self._spans) != len(self._words) // 2 * _SCOPE_NUMBERS:
            raise msgspec.DecodeError("not as many scopes as labels")

    def judged(self, starts: Sequence[int]) -> list[Judged] | None:
        """What the names at these bytes (ascending) are; None when one of them is not kept."""
        found: list[Judged] = []
        places, spans, words = self._starts, self._spans, self._words
        at = scope = 0
        last: list[int] = []
        labels: tuple[str, ...] = ()
        names: tuple[str, ...] = ()
        around: list[int] = []  # where in the spans each scope is that the last name stood in
        for start in starts:
            at = bisect_left(places, start, at)
            if at == len(places) or places[at] != start:
                text = bisect_right(self._texts, start) - 1
                if text < 0 or start >= self._text_ends[text]:
                    return None
                found.append(Judged(*self._meanings[self._text_codes[text]], (), ()))
                continue
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
            found.append(Judged(*self._meanings[self._codes[at]], labels, names))
        return found


def packed(language: str, separator: str, is_test: bool, census: "Census", meanings: Sequence[Code]) -> bytes:
    """A census as bytes; empty when there is too much in it. `meanings`: of the codes."""
    used = sorted({*census.codes, *(code for _, _, code in census.texts)})
    if len(used) > _MOST_CODES:
        return b""
    numbers = {code: number for number, code in enumerate(used)}
    spans: list[int] = []
    labels: list[str] = []
    for scope in census.scopes:
        spans += (scope.start, scope.end, scope.name_start, scope.name_end)
        labels += (scope.label, scope.name)
    texts = chain.from_iterable((start, end, numbers[code]) for start, end, code in census.texts)
    return _encode(
        _Packed(
            language,
            separator,
            is_test,
            tuple([meanings[code] for code in used]),
            _bytes(census.starts),
            bytes([numbers[code] for code in census.codes]),
            _bytes(array("I", texts)),
            _bytes(array("I", spans)),
            tuple(labels),
        )
    )


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
