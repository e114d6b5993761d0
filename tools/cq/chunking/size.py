"""How large a piece of a file is, in the unit asked for.

A `Ruler` is made for one file and weighs spans of it. Weights are integers that add up: the weight of a span is the sum
of those of its parts, as long as they are cut where a line begins. `SCALE` of them are one unit.
"""

from collections.abc import Callable
from typing import Protocol

UNITS = ("tokens", "chars", "nws", "lines", "bytes")

# The estimate of tokens, in twentieths of a token. Fitted to two vocabularies of 100,000 and 200,000 tokens on 5,500
# windows of 40 lines in seven kinds of source, balanced, then rounded up: mean 1.04 of the real count, 0.8 to 1.3 for
# 98 of 100 windows (benchmarks/chunk_estimate.py).
_WORD, _LONG, _SIGNS, _SIGN_PAIR, _NUMBER, _LINE, _OTHER, _BLANKS = 18, 12, 13, 5, 32, 28, 10, 20
_SCALE = 20
_LONG_WORD = b"a" * 7
_LONG_NUMBER = b"0000"
_MANY_BLANKS = b" " * 16


def _classes(of: bytes, becomes: bytes) -> bytes:
    return bytes(becomes[0] if code in of else 32 for code in range(256))


_LETTERS = _classes(bytes(range(65, 91)) + bytes(range(97, 123)), b"a")
_DIGITS = _classes(bytes(range(48, 58)), b"0")
_PUNCTUATION = _classes(
    bytes(code for code in range(33, 127) if not (48 <= code <= 57 or 65 <= code <= 90 or 97 <= code <= 122)), b"p"
)
_BLANK_BYTES = b" \t\n\r\v\f"
_STRANGE = _classes(bytes(code for code in range(256) if code >= 127 or (code < 32 and code not in _BLANK_BYTES)), b"u")
# Blanks of any kind become one kind; a line's end stays.
_SPACE = bytes(32 if code in b" \t\r\v\f" else 10 if code == 10 else 120 for code in range(256))


class Ruler(Protocol):
    """Weighs spans of one file."""

    def weight(self, start: int, end: int) -> int:
        """The weight of the bytes from `start` to `end`."""


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


class _EstimateRuler:
    """Counts runs of letters, signs and digits by their beginnings: each belongs to the byte it begins at."""

    __slots__ = ("_blanks", "_digits", "_letters", "_long_numbers", "_many_blanks", "_odd", "_signs")

    def __init__(self, data: bytes) -> None:
        # Shifted by one byte, so that what begins at a byte is seen from the byte before.
        self._letters = b" " + data.translate(_LETTERS)
        self._signs = b" " + data.translate(_PUNCTUATION)
        # Most files have few of these, or none.
        self._blanks = data.translate(_SPACE)
        self._many_blanks = _MANY_BLANKS in self._blanks
        digits = data.translate(_DIGITS)
        self._digits = b" " + digits if b"0" in digits else b""
        self._long_numbers = _LONG_NUMBER in digits
        odd = data.translate(_STRANGE)
        self._odd = odd if b"u" in odd else b""

    def weight(self, start: int, end: int) -> int:
        after = end + 1
        letters, signs = self._letters, self._signs
        found = (
            _WORD * letters.count(b" a", start, after)
            + _LONG * letters.count(_LONG_WORD, start + 1, after)
            + _SIGNS * signs.count(b" p", start, after)
            + _SIGN_PAIR * signs.count(b"pp", start + 1, after)
            + _LINE * self._blanks.count(b"\n", start, end)
        )
        if self._many_blanks:
            found += _BLANKS * self._blanks.count(_MANY_BLANKS, start, end)
        if self._digits:
            found += _NUMBER * self._digits.count(b" 0", start, after)
            if self._long_numbers:
                found += _NUMBER * self._digits.count(_LONG_NUMBER, start + 1, after)
        if self._odd:
            found += _OTHER * self._odd.count(b"u", start, end)
        return found


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


class _Counted:
    """Counts the bytes that stand for what is counted: of each character its first."""

    __slots__ = ("_marks",)

    def __init__(self, marks: bytes) -> None:
        self._marks = marks

    def weight(self, start: int, end: int) -> int:
        return self._marks.count(b"x", start, end)


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
