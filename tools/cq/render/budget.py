"""A page of an answer: as many rows as there is room for, what is left by kind, and the cursor to go on with.

An answer is a sequence of blocks. A block with a `what` is a row and is never cut; one without is a heading or a note.
The first rows are given in full; when not all fit, the later half of the room goes to rows in few words. A page that
begins below headings repeats them. A cursor says how many rows were shown, and of which answer.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

from cq.errors import CqError
from cq.tokens import tokens_at_most

_CURSOR = re.compile(r"c(?P<at>\d{1,9})-(?P<state>[0-9a-f]{8})")
_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
_KINDS_NAMED = 4
LAST_LEVEL = 99  # of what nothing stands below


class Block(NamedTuple):
    """Some lines that belong together."""

    text: str
    what: str = ""  # that it is counted as; "" when it is no row
    path: str = ""
    level: int = LAST_LEVEL  # it stands below the last block of a smaller level
    short: str = ""  # the same in fewer words, when there are


class Budget(NamedTuple):
    """How much may be given, and from where on."""

    tokens: int
    rows: int
    cursor: str = ""


class Page(NamedTuple):
    """What is given of an answer."""

    blocks: list[Block]  # in the words that there is room for
    rows: int
    before: int  # rows before this page
    shortened: int  # rows given in few words
    left: dict[str, int]  # rows behind it, by what they are
    left_files: int
    cursor: str  # "" when nothing is left
    tokens: int  # what the blocks may cost


def page_of(blocks: Iterable[Block], budget: Budget, beside: Callable[[Iterable[str]], int]) -> Page:
    """The blocks behind the cursor that fit.

    `beside` is asked at the end what else the answer takes, when rows of these kinds may be left.

    One row is always given, since pages without any would have no end. Raises CqError for a cursor that is none, or of
    another answer.
    """
    start, state = parsed_cursor(budget.cursor)
    digest = blake2b(digest_size=4)
    above: list[Block] = []
    near: list[Block] = []  # what may fit, in order
    left: Counter[str] = Counter()
    files: set[str] = set()
    kinds: set[str] = set()
    rows = spent = 0
    for block in blocks:
        digest.update(block.text.encode("utf-8", "surrogateescape"))
        while above and above[-1].level >= block.level:
            above.pop()
        if block.what:
            rows += 1
            kinds.add(block.what)
        if rows > start or not start:
            if not near and start:
                near.extend(_heading(each) for each in above)
            spent += _cost(block.short or block.text)
            if spent <= budget.tokens or not any(each.what for each in near):
                near.append(block)
            elif block.what:
                left[block.what] += 1
                files.add(block.path)
        if block.level != LAST_LEVEL:
            above.append(block)
    check_cursor(budget.cursor, state, digest.hexdigest())
    if start > rows or (start and start == rows):
        raise CqError(f"cursor {budget.cursor} is behind the last row", "ask without a cursor")
    room = budget.tokens - beside(kinds)
    given, count, shortened = _fitting(near, room, budget.rows, whole=not left)
    for block in near[count:]:
        if block.what:
            left[block.what] += 1
            files.add(block.path)
    shown = sum(bool(each.what) for each in given)
    tokens = sum(_cost(each.text) for each in given)
    cursor = made_cursor(start + shown, digest.hexdigest()) if left else ""
    return Page(given, shown, start, shortened, dict(left), len(files - {""}), cursor, tokens)


def left_line(left: Mapping[str, int], files: int, how: str) -> str:
    """What is left, and how to get it: `... 41 calls, 2 references more in 12 files: --cursor c20-12ab34cd`."""
    most = sorted(left, key=lambda each: -left[each])[:_KINDS_NAMED]
    counts = [_many(left[what], what) for what in left if what in most]
    others = sum(left.values()) - sum(left[what] for what in most)
    if others:
        counts.append(_many(others, "other row"))
    where = f" in {_many(files, 'file')}" if files else ""
    return f"... {', '.join(counts)} more{where}: {how}"


def parsed_cursor(cursor: str) -> tuple[int, str]:
    """How many rows stand before it, and which answer it is of."""
    if not cursor:
        return 0, ""
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        raise CqError(f"no such cursor: {cursor!r}", "as an answer gives it: c20-12ab34cd")
    return int(found["at"]), found["state"]


def check_cursor(cursor: str, state: str, now: str) -> None:
    """Raise CqError when the rows are others now."""
    if state and state != now:
        raise CqError(
            f"cursor {cursor} is of an older state: the answer has changed since",
            "ask without a cursor; one is good for the same question, in the same form, over the same files",
        )


def made_cursor(at: int, state: str) -> str:
    """The cursor behind so many rows of an answer."""
    return f"c{at}-{state}"


def _fitting(near: Sequence[Block], room: int, most_rows: int, whole: bool) -> tuple[list[Block], int, int]:
    """What is given, how many of the blocks that is, and how many rows of it in few words."""
    if whole:
        given, count, _ = _filled(near, room, room, most_rows)
        if count == len(near):
            return given, count, 0
    return _filled(near, room, room // 2, most_rows)


def _filled(near: Sequence[Block], room: int, in_full: int, most_rows: int) -> tuple[list[Block], int, int]:
    given: list[Block] = []
    waiting: list[Block] = []  # headings are given with a row below them
    spent = rows = shortened = count = 0
    for number, block in enumerate(near, 1):
        if not block.what:
            waiting.append(block)
            continue
        if spent + sum(_cost(each.text) for each in waiting) > room // 2:
            waiting = [_heading(each) for each in waiting]
        cost = sum(_cost(each.text) for each in waiting)
        full = cost + _cost(block.text)
        if block.short and spent + full > in_full:
            short = cost + _cost(block.short)
            if short < full:
                full, block = short, block._replace(text=block.short)
        if rows and (spent + full > room or rows == most_rows):
            return given, count, shortened
        shortened += block.text == block.short
        given += (*waiting, block)
        waiting.clear()
        spent += full
        rows += 1
        count = number
    if sum(_cost(each.text) for each in waiting) + spent <= room or not rows:
        given += waiting
        count = len(near)
    return given, count, shortened


def _heading(block: Block) -> Block:
    """A block as it stands again above what is below it."""
    return Block(block.short or block.text, "", block.path, block.level)


def _cost(text: str) -> int:
    return tokens_at_most(_ESCAPES.sub("", text)) + 1


def _many(count: int, what: str) -> str:
    if count == 1 or what == "info":
        return f"{count:,} {what}"
    if what.endswith(("s", "x", "ch")):
        return f"{count:,} {what}es"
    return f"{count:,} {what[:-1]}ies" if what.endswith(("ty", "ry")) else f"{count:,} {what}s"
