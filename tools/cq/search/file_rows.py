"""The rows of one file and the account of its hits, as they are judged one after the other."""

from collections.abc import Set
from typing import NamedTuple

import msgspec

from cq.lanes.lines import Lines
from cq.rows.facts import Facts
from cq.rows.search import MENTIONS, Row
from cq.rows.shared import as_text
from cq.search.names import Span
from cq.search.plan import SearchPlan
from cq.settings import ROWS_PER_FILE

_encode_row = msgspec.json.Encoder().encode


class Place(NamedTuple):
    """What is known of one hit."""

    role: str
    kind: str
    scope: tuple[str, ...]
    names: tuple[str, ...]
    via: str = ""
    injected: str = ""


class FileRows:
    """What is known of a file's rows so far."""

    def __init__(self, plan: SearchPlan, path: str, data: bytes, language: str, separator: str, parsed: bool) -> None:
        self._plan = plan
        self._path = as_text(path)
        self._data = data
        self._language = language
        self._separator = separator
        self._parsed = parsed
        self._lines = Lines(data)
        self._last_line = 0
        self.encoded: list[tuple[str, bytes]] = []
        self.lines = 0  # that hold a row
        self.roles: dict[str, int] = {}
        self.withheld: dict[str, int] = {}
        self.unqualified: list[int] = []

    def count(self, role: str) -> None:
        """A hit has this role."""
        self.roles[role] = self.roles.get(role, 0) + 1

    def withhold(self, reason: str) -> None:
        """A hit is no row."""
        self.withheld[reason] = self.withheld.get(reason, 0) + 1

    def begin(self, hit: Span) -> tuple[int, int, int] | None:
        """Where a row stands that is to be added: line, column, and where the line begins. None: there are enough."""
        if len(self.encoded) >= ROWS_PER_FILE:
            self.withhold("truncated")
            return None
        line, column, begin = self._lines.position(hit[0])
        if line != self._last_line:
            if self._plan.max_count and self.lines >= self._plan.max_count:
                self.withhold("max-count")
                return None
            self.lines += 1
            self._last_line = line
        return line, column, begin

    def add(self, hit: Span, at: tuple[int, int, int], place: Place, facts: Facts | None) -> None:
        """Add a row, `at` where it begins."""
        line, column, begin = at
        text, text_column = self._lines.text(begin, *hit)
        name = self._data[hit[0] : hit[1]].decode("utf-8", "replace")
        around: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        if self._plan.before or self._plan.after:
            around = self._lines.around(begin, hit[1], self._plan.before, self._plan.after)
        row = Row(
            path=self._path,
            line=line,
            column=column,
            end_line=line,
            end_column=column + len(name),
            start_byte=hit[0],
            end_byte=hit[1],
            language=place.injected or self._language or "text",
            host=self._language if place.injected else "",
            role=place.role,
            kind=place.kind,
            name=name,
            container=self._separator.join(place.names),
            scope=place.scope,
            text=text,
            text_column=text_column,
            method="syntax" if self._parsed and place.role != "unparsed" else "lexical",
            via=place.via,
            before=around[0],
            after=around[1],
            facts=facts,
        )
        self.encoded.append((place.role, _encode_row(row)))


def mentions_of(plan: SearchPlan) -> Set[str]:
    """The roles that are no rows of a plan unless it asks for them."""
    return MENTIONS - {"doc-example"} if plan.injected else MENTIONS


def withheld(plan: SearchPlan, mentions: Set[str], role: str, kind: str) -> str:
    """Why a hit of this role and kind is no row, or ""."""
    if plan.roles:
        if role not in plan.roles:
            return "role"
    elif role in mentions and not plan.text:
        return "mention"
    if plan.kinds and kind not in plan.kinds:
        return "kind"
    return ""
