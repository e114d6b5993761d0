"""How large a piece of a file is, in the unit asked for.

A `Ruler` is made for one file and weighs spans of it. Weights are integers that add up: the weight of a span is the sum
of those of its parts, as long as they are cut where a line begins. `SCALE` of them are one unit.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import Protocol
from zlib import adler32

UNITS = ("tokens", "chars", "nws", "lines", "bytes")

# The estimate of tokens, in twentieths of a token: words, signs and digits, lines, bytes beyond ASCII, and runs of
# blanks. Few features, since every byte is weighed; fitted to two vocabularies of 100,000 and 200,000 tokens on 5,500
# windows of 40 lines in seven kinds of source (benchmarks/chunk_estimate.py): 0.76 to 1.31 of the real count for 98 of
# 100 windows, and 1.01 in the mean.
_WORD, _SIGN, _LINE, _OTHER, _BLANKS, _LONG = 19, 11, 32, 9, 20, 60
_SCALE = 20
# No word of a program is as long: keys and data in letters.
_LONG_LETTERS = 24
_BLANK_BYTES = b" \t\n\r\v\f"


def _mark(code: int) -> int:
    """What a byte adds to the weight of a text; a letter does only where it is the first of its word."""
    if code < 127 and chr(code).isalpha():
        return _WORD
    if code == 10 or code in _BLANK_BYTES:
        return _LINE if code == 10 else 0
    return _SIGN if 33 <= code < 127 else _OTHER


_MARKS = bytes(map(_mark, range(256)))
# Of the marks only that of a letter has both of these bits.
_LETTER_BITS = (4, 1)
assert [mark for mark in {*_MARKS, _BLANKS} if all(mark >> bit & 1 for bit in _LETTER_BITS)] == [_WORD]
_LONG_WORD = bytes([_WORD]) * _LONG_LETTERS
_LETTERS = bytes(mark if mark == _WORD else 0 for mark in _MARKS)
_MANY_BLANKS = bytes(16)
_MARKED_BLANKS = bytes([_BLANKS]) + bytes(15)
# A checksum has the sum of some bytes in its lower half, modulo a number that this many of them do not come to.
_SUMMED_BYTES = 65_520 // max(_MARKS)


class Ruler(Protocol):
    """Weighs spans of one file."""

    def weight(self, start: int, end: int) -> int:
        """The weight of the bytes from `start` to `end`; where a line begins, that of a text of its own."""

    def alone(self, start: int, end: int) -> int:
        """The weight of these bytes as a text of their own, wherever they begin."""


class Measure(Protocol):
    """A unit: what a limit is counted in."""

    @property
    def name(self) -> str:
        """The unit: "tokens", ..."""

    @property
    def tokenizer(self) -> str:
        """Of tokens: "estimate", or the name of the vocabulary."""

    @property
    def scale(self) -> int:
        """Weights that make up one unit."""

    @property
    def is_exact(self) -> bool:
        """Whether what is counted is what a reader of the text will count."""

    @property
    def adds_up(self) -> bool:
        """Whether a text has the weight of its lines together."""

    def ruler(self, data: bytes) -> Ruler:
        """The ruler of one file."""

    def count(self, text: bytes) -> int:
        """How many units a text on its own has."""


class TokenEstimate:
    """Tokens, estimated by the letters, signs and lines of a text."""

    name, tokenizer, scale, is_exact, adds_up = "tokens", "estimate", _SCALE, False, True

    def ruler(self, data: bytes) -> Ruler:
        return _EstimateRuler(data)

    def count(self, text: bytes) -> int:
        return -(-_EstimateRuler(text).weight(0, len(text)) // _SCALE)


_MOST_ONES = 1 << 18
_USUAL_ONES = int.from_bytes(b"\1" * _MOST_ONES, "little")


def _ones(length: int) -> int:
    """A number with a one in each of so many bytes, or in more."""
    return _USUAL_ONES if length <= _MOST_ONES else int.from_bytes(b"\1" * length, "little")


class _EstimateRuler:
    """Adds up what each byte of a span weighs, by a checksum: the one sum over bytes that takes no step for each."""

    __slots__ = ("_data", "_long_ends", "_long_starts", "_marks", "_words")

    def __init__(self, data: bytes) -> None:
        self._data = data
        words = data.translate(_MARKS)
        if _MANY_BLANKS in words:
            words = words.replace(_MANY_BLANKS, _MARKED_BLANKS)
        # As a number, of which a shift by a byte puts each letter where the next byte is: the marks of all letters that
        # stand behind another one are taken away at once.
        marks = int.from_bytes(words, "little")
        high, low = _LETTER_BITS
        is_letter = (marks >> high) & (marks >> low) & _ones(len(data))
        self._marks = (marks - (is_letter & (is_letter << 8)) * _WORD).to_bytes(len(data), "little")
        # Long words are rare, and no reason to look for them in every span.
        self._words = words
        self._long_starts: list[int] = []
        self._long_ends: list[int] = []
        at = words.find(_LONG_WORD)
        letters = data.translate(_LETTERS) if at >= 0 else b""
        while at >= 0:
            self._long_starts.append(at)
            end = letters.find(b"\0", at)
            self._long_ends.append(end if end >= 0 else len(data))
            at = words.find(_LONG_WORD, end) if end >= 0 else -1

    def weight(self, start: int, end: int) -> int:
        if end - start <= _SUMMED_BYTES:
            found = adler32(self._marks[start:end], 0) & 0xFFFF
        else:
            marks, stops = self._marks, range(start, end, _SUMMED_BYTES)
            found = sum([adler32(marks[at : min(end, at + _SUMMED_BYTES)], 0) & 0xFFFF for at in stops])
        if self._long_starts and bisect_right(self._long_ends, start) < bisect_left(self._long_starts, end):
            found += _LONG * self._words.count(_LONG_WORD, start, end)
        return found

    def alone(self, start: int, end: int) -> int:
        # A run that the span begins within is counted from its own beginning.
        return _EstimateRuler(self._data[start:end]).weight(0, end - start)


class Bytes:
    """Bytes."""

    name, tokenizer, scale, is_exact, adds_up = "bytes", "", 1, True, True

    def ruler(self, data: bytes) -> Ruler:
        return _ByteRuler()

    def count(self, text: bytes) -> int:
        return len(text)


class _ByteRuler:
    def weight(self, start: int, end: int) -> int:
        return end - start

    alone = weight


class _Counted:
    """Counts the bytes that stand for what is counted: of each character its first."""

    __slots__ = ("_marks",)

    def __init__(self, marks: bytes) -> None:
        self._marks = marks

    def weight(self, start: int, end: int) -> int:
        return self._marks.count(b"x", start, end)

    alone = weight


_CONTINUES = bytes(range(0x80, 0xC0))
_FIRSTS = bytes(32 if code in _CONTINUES else 120 for code in range(256))
_NOT_BLANK = bytes(32 if code in _BLANK_BYTES or code in _CONTINUES else 120 for code in range(256))


class Characters:
    """Code points. Of bytes that are no UTF-8 those count that may begin a character."""

    name, tokenizer, scale, is_exact, adds_up = "chars", "", 1, True, True

    def ruler(self, data: bytes) -> Ruler:
        return _ByteRuler() if data.isascii() else _Counted(data.translate(_FIRSTS))

    def count(self, text: bytes) -> int:
        return self.ruler(text).weight(0, len(text))


class NotBlank:
    """Code points that are no white space."""

    name, tokenizer, scale, is_exact, adds_up = "nws", "", 1, True, True

    def ruler(self, data: bytes) -> Ruler:
        return _Counted(data.translate(_NOT_BLANK))

    def count(self, text: bytes) -> int:
        return self.ruler(text).weight(0, len(text))


class TextLines:
    """Lines. A part of a line is a line as well."""

    name, tokenizer, scale, is_exact, adds_up = "lines", "", 1, True, True

    def ruler(self, data: bytes) -> Ruler:
        return _LineRuler(data)

    def count(self, text: bytes) -> int:
        return text.count(b"\n") + (not text.endswith(b"\n") and text != b"")


class _LineRuler:
    __slots__ = ("_data",)

    def __init__(self, data: bytes) -> None:
        self._data = data

    def weight(self, start: int, end: int) -> int:
        return self._data.count(b"\n", start, end) + (end > start and self._data[end - 1] != 10)

    alone = weight


class ExactTokens:
    """Tokens of a vocabulary."""

    name, scale, is_exact, adds_up = "tokens", 1, True, False

    def __init__(self, tokenizer: str, count: Callable[[str], int]) -> None:
        self.tokenizer = tokenizer
        self._count = count

    def ruler(self, data: bytes) -> Ruler:
        return _TokenRuler(data, self.count)

    def count(self, text: bytes) -> int:
        return self._count(text.decode("utf-8", "replace"))


class _TokenRuler:
    """The tokens of a span on its own. Those of two spans together are hardly ever more than the sum."""

    __slots__ = ("_count", "_data")

    def __init__(self, data: bytes, count: Callable[[bytes], int]) -> None:
        self._data = data
        self._count = count

    def weight(self, start: int, end: int) -> int:
        return self._count(self._data[start:end])

    alone = weight


def plain_measure(unit: str) -> Measure:
    """The measure of a unit that needs no vocabulary; tokens are estimated."""
    measures: dict[str, Measure] = {
        "tokens": TokenEstimate(),
        "chars": Characters(),
        "nws": NotBlank(),
        "lines": TextLines(),
        "bytes": Bytes(),
    }
    return measures[unit]
