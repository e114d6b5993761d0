"""What a tool answers: an account in words, the text of files in a fence, and the same as data."""

import json
import re
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

import msgspec

from cq.errors import CqError
from cq.render.color import printable
from cq.render.text import diagnostic_lines
from cq.rows.shared import Diagnostic
from cq.serve.wording import for_tools
from cq.tokens import most, tokens_at_most

Row = TypeVar("Row")
_TICKS = re.compile(r"`{3,}")
# Room for the account, the fence and what is left out.
ASIDE_TOKENS = 60
_MOST_NOTES = 3
_OF_WHOLE_ROWS = 0.6  # of the room, where there is none for all
_SECONDS_BETWEEN = 0.5  # two words of how far a question is


class Reply(NamedTuple):
    """One answer."""

    text: str
    structured: dict[str, Any]


class Ask:
    """What a question under way needs to know of the one who asked, and what it may tell them."""

    def __init__(self, cancelled: Callable[[], bool], tell: Callable[[int], object] | None = None) -> None:
        """`tell` is told now and then how many steps are done."""
        self.cancelled = cancelled
        self._tell = tell
        self._steps = 0
        self._told = time.monotonic()

    def step(self) -> None:
        """To be called at each file or so. Raises CqError when nobody waits any more."""
        if self.cancelled():
            raise CqError("cancelled")
        self._steps += 1
        now = time.monotonic()
        if self._tell is not None and now - self._told >= _SECONDS_BETWEEN:
            self._told = now
            self._tell(self._steps)

    def ended(self) -> bool:
        """The same for those who end by themselves: whether nobody waits any more."""
        if self.cancelled():
            return True
        self.step()
        return False


def reply(account: str, lines: Iterable[str], answer: msgspec.Struct | bytes, after: Sequence[str] = ()) -> Reply:
    """An answer. `lines` are from files: they are fenced, and what a terminal or a reader may mistake is replaced."""
    text = "\n".join(printable(line) for line in lines)
    longest = max(map(len, _TICKS.findall(text)), default=2)
    fence = "`" * (longest + 1)
    parts = [printable(account)]
    if text:
        parts += [fence, text, fence]
    parts += [printable(line) for line in after]
    data = answer if isinstance(answer, bytes) else msgspec.json.encode(answer)
    return Reply("\n".join(part for part in parts if part), json.loads(data))


def cost_of(lines: Iterable[str]) -> int:
    """What lines may take, in tokens."""
    return sum(tokens_at_most(line) + 1 for line in lines)


def fitting(count: int, lines: Callable[[int], Iterable[str]], max_tokens: int) -> int:
    """How many of `count` rows may be given so that their lines cost no more than that; at least one."""
    room = max_tokens - ASIDE_TOKENS
    return max(min(count, 1), most(count, lambda n: cost_of(lines(n)) <= room))


class Page(NamedTuple):
    """How many rows are given as they are, how many with those of which only the names are, and these names' lines."""

    whole: int
    shown: int
    brief: list[str]


def shared(
    rows: Sequence[Row],
    lines: Callable[[int], Iterable[str]],
    brief: Callable[[Sequence[Row]], Iterable[str]],
    max_tokens: int,
) -> Page:
    """All about the first rows (`lines` of so many), and where there is no room for all, of the others their names."""
    whole = fitting(len(rows), lines, max_tokens)
    if whole == len(rows):
        return Page(whole, whole, [])
    whole = fitting(len(rows), lines, int(max_tokens * _OF_WHOLE_ROWS))
    room = max_tokens - ASIDE_TOKENS - cost_of(lines(whole))
    rest = rows[whole:]
    shown = whole + max(0, most(len(rest), lambda count: cost_of(brief(rest[:count])) <= room))
    if shown == len(rows):
        # What the names of all leave is for more of the first.
        whole = max(whole, most(len(rows), lambda count: _cost(rows, lines, brief, count) <= max_tokens - ASIDE_TOKENS))
    return Page(whole, shown, list(brief(rows[whole:shown])))


def _cost(
    rows: Sequence[Row],
    lines: Callable[[int], Iterable[str]],
    brief: Callable[[Sequence[Row]], Iterable[str]],
    whole: int,
) -> int:
    return cost_of(lines(whole)) + cost_of(brief(rows[whole:]))


def left_out(shown: int, count: int, what: str, how: str) -> tuple[str, ...]:
    """What to say when not all rows are given."""
    if shown >= count:
        return ()
    return (f"... {many(count - shown, f'more {what}')}: {how}",)


def many(count: int, what: str) -> str:
    """A count of things: `1 file`, `2,000 files`."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def notes_of(diagnostics: Iterable[Diagnostic]) -> tuple[str, ...]:
    """What the one who asked must know of files: which were not looked at, and why. Lines for the fence: of files."""
    lines = tuple(dict.fromkeys(map(for_tools, diagnostic_lines(diagnostics))))
    left = len(lines) - _MOST_NOTES
    return (*lines[:_MOST_NOTES], *((f"... {many(left, 'more note')} of files",) if left > 0 else ()))
