"""A page of rows: as many as there are tokens for, how many are left, and the cursor to go on with.

A cursor says how many rows were shown, and which rows they were of: when those are others now, it is refused.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from cq.errors import CqError
from cq.render.budget import check_cursor, left_line, made_cursor, parsed_cursor
from cq.rows.search import Row
from cq.scan.row_store import EncodedRow

_decode_row = msgspec.json.Decoder(Row).decode


class _Path(msgspec.Struct, frozen=True):
    path: str


_decode_path = msgspec.json.Decoder(_Path).decode


class Page(NamedTuple):
    """Some of the rows."""

    rows: list[EncodedRow]
    first: int  # how many rows stand before these
    left: dict[str, int]  # rows behind these, by role
    left_files: int
    cursor: str  # "" when these are the last


def page_of(
    rows: Iterable[EncodedRow],
    most_tokens: int,
    cursor: str,
    cost: Callable[[Row, Row | None], int],
    most_rows: int = sys.maxsize,
) -> Page:
    """The rows behind the cursor that fit. `cost` says what a row takes, given the one before it on the page.

    Raises CqError for a cursor that is none, or of other rows.
    """
    start, state = parsed_cursor(cursor)
    shown: list[EncodedRow] = []
    left: Counter[str] = Counter()
    files: set[str] = set()
    digest = blake2b(digest_size=4)
    before: Row | None = None
    is_full = False
    at = 0
    for at, (role, encoded) in enumerate(rows, 1):
        digest.update(encoded)
        if at <= start:
            continue
        if not is_full:
            row = _decode_row(encoded)
            most_tokens -= cost(row, before)
            # One row is always shown: a page without any would have no end.
            is_full = (most_tokens < 0 and bool(shown)) or len(shown) == most_rows
            if not is_full:
                shown.append((role, encoded))
                before = row
                continue
        left[role] += 1
        files.add(_decode_path(encoded).path)
    now = digest.hexdigest()
    check_cursor(cursor, state, now)
    if start > at:
        raise CqError(f"cursor {cursor} is behind the last row", "ask without a cursor")
    until = start + len(shown)
    return Page(shown, start, dict(left), len(files), made_cursor(until, now) if left else "")


def more_line(page: Page, how: str) -> str:
    """What is left, and how to get it: `... 41 calls, 2 references more in 12 files: --cursor c20-12ab34cd`."""
    return left_line(page.left, page.left_files, how)
