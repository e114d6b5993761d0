"""Rows with what their names refer to: each row's target, and the rows grouped by target."""

from collections.abc import Sequence

import msgspec

from cq.lanes.table import LaneTable
from cq.rows.resolution import Resolution, Target
from cq.rows.search import MENTIONS, Row
from cq.scan.row_store import Group
from cq.search.plan import FileFound
from cq.symbols.resolvers import Resolvers
from cq.symbols.target import same

_decode_row = msgspec.json.Decoder(Row).decode
_encode_row = msgspec.json.Encoder().encode

# What refers to a definition inside or outside of the project comes apart; the rest stands together behind it.
_KNOWN, _EXTERNAL, _LOCAL, _UNCERTAIN, _UNKNOWN = range(5)
_TOGETHER = {_LOCAL: "local names", _UNCERTAIN: "one of several", _UNKNOWN: "not resolved"}


class RowResolver:
    """Adds targets to rows and drops the rows that are not asked for."""

    def __init__(
        self,
        resolvers: Resolvers,
        table: LaneTable,
        targets: Sequence[Target],
        *,
        rows_of: str,
        certain: bool,
        possible: bool,
        max_count: int,
    ) -> None:
        """With targets, rows that a qualifier excludes stay when they refer to one of these.

        With `rows_of` only rows that refer to one of the targets ("references") or are one ("definitions") stay. What
        may refer to one of several definitions counts only with `possible`.
        """
        self._resolvers = resolvers
        self._table = table
        self._targets = targets
        self._rows_of = rows_of
        self._certain = certain
        self._possible = possible
        self._max_count = max_count
        resolvers.guess(possible or not (certain or rows_of == "references"))

    def file(self, found: FileFound) -> FileFound:
        """The same file with resolved rows."""
        if not found.rows:
            return found
        rows: list[tuple[str, bytes]] = []
        groups: list[Group] = []
        withheld = dict(found.withheld)
        lines: set[int] = set()
        for number, (role, encoded) in enumerate(found.rows):
            row = _decode_row(encoded)
            answers = () if role in MENTIONS else self._resolvers.definitions_at(found.path, row.start_byte)
            reason = self._unwanted(found.path, row, answers, number in found.unqualified)
            if reason:
                withheld[reason] = withheld.get(reason, 0) + 1
                continue
            if row.line not in lines and self._max_count and len(lines) >= self._max_count:
                withheld["max-count"] = withheld.get("max-count", 0) + 1
                continue
            if answers:
                row = _with_targets(row, answers)
                encoded = _encode_row(row)
            rows.append((role, encoded))
            groups.append(self._group(row))
            lines.add(row.line)
        return msgspec.structs.replace(
            found,
            rows=tuple(rows),
            groups=tuple(groups),
            lines=len(lines),
            withheld=withheld,
            unqualified=(),
        )

    def row(self, row: Row) -> Row:
        """One row with what its name refers to."""
        answers = () if row.role in MENTIONS else self._resolvers.definitions_at(row.path, row.start_byte)
        return _with_targets(row, answers) if answers else row

    def _unwanted(self, path: str, row: Row, answers: Sequence[Resolution], unqualified: bool) -> str:
        if self._rows_of == "definitions":
            if not any((path, row.start_byte) == (each.path, each.start_byte) for each in self._targets):
                return "target"
        elif self._rows_of or unqualified:
            sure = [each for each in answers if each.confidence != "possible"]
            if not self._refers(sure) and not (self._possible and self._refers(answers)):
                if self._refers(answers):
                    return "possible"
                if self._rows_of and not answers and row.role not in MENTIONS:
                    return "" if self._possible else "unresolved"
                return "target" if self._rows_of else "qualifier"
        if self._certain and row.role not in MENTIONS and not (answers and answers[0].confidence == "certain"):
            return "confidence"
        return ""

    def _refers(self, answers: Sequence[Resolution]) -> bool:
        return any(same(each.target, target) for each in answers for target in self._targets)

    def _group(self, row: Row) -> Group:
        target = None if row.target is None else self._resolvers.counted(row.target)
        if row.confidence == "possible":
            return _together(_UNCERTAIN)
        if target is None:
            return _together(_UNKNOWN)
        if target.local:
            return _together(_LOCAL)
        label = " · ".join(part for part in (target.qualified_name, target.kind) if part)
        if not target.path:
            return Group(_EXTERNAL, False, "", 0, f"{label} · external")
        place = f"{target.path}:{target.line}"
        return Group(_KNOWN, self._table.is_test(target.path), target.path, target.start_byte, f"{label} · {place}")


def _with_targets(row: Row, answers: Sequence[Resolution]) -> Row:
    best = answers[0]
    # Of several that only the name speaks for none is the answer.
    guessed = best.confidence == "possible" and len(answers) > 1
    return msgspec.structs.replace(
        row,
        target=None if guessed else best.target,
        confidence=best.confidence,
        reason=best.reason,
        candidates=tuple(answers if guessed else answers[1:]),
    )


def _together(order: int) -> Group:
    return Group(order, False, "", 0, _TOGETHER[order])
