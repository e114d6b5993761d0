"""How many tokens a text may cost its reader: an estimate that errs on the high side.

The rule, for any text: each run of ASCII letters is cut where case changes (`HTTPServer` is `HTTP`, `Server`),
and each part counts one token for every four letters or part of them (for every two where none is a vowel); each digit,
sign and line break counts one; blanks count one for every sixteen in a run, but a single one only before a digit; any
other character counts one for each of its bytes. No vocabulary of 50,000 to 200,000 tokens that was tried gives more
for source (benchmarks/tokens.py): the estimate is 1.04 to 2.4 times what they count; of one of 32,000 at worst 0.96.
"""

import re
from collections.abc import Callable

_PIECES = re.compile(
    r"(?P<word>[A-Z]+(?![a-z])|[A-Z]?[a-z]+)"
    r"|(?P<none> (?![\d \t\r\f\v]))|(?P<blank>[ \t\r\f\v]+)"
    r"|(?P<one>[\x00-\x7f])|(?P<strange>[^\x00-\x7f]+)"
)
_VOWEL = re.compile(r"[aeiouyAEIOUY]")
_BLANKS = 16


def tokens_at_most(text: str) -> int:
    """A number of tokens that the text does not exceed."""
    count = 0
    for piece in _PIECES.finditer(text):
        kind = piece.lastgroup
        length = piece.end() - piece.start()
        if kind == "word":
            count += -(-length // (4 if _VOWEL.search(piece.group()) else 2))
        elif kind == "blank":
            count += -(-length // _BLANKS)
        elif kind == "one":
            count += 1
        elif kind == "strange":
            count += len(piece.group().encode("utf-8", "replace"))
    return count


def most(count: int, fits: Callable[[int], bool]) -> int:
    """The largest number up to `count` that fits, if all smaller ones do; -1 when not even 0 does.

    It begins at the small ones, so that what is tried costs about as much as what is found.
    """
    if not fits(0):
        return -1
    low, step = 0, 1
    while low < count and fits(min(count, low + step)):
        low = min(count, low + step)
        step *= 2
    high = min(count, low + step) - 1 if low < count else count
    while low < high:
        middle = (low + high + 1) // 2
        if fits(middle):
            low = middle
        else:
            high = middle - 1
    return low
