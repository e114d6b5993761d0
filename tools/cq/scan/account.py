"""What a run over many files cost, and which files it has no whole answer for."""

import time
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from cq.rows.shared import Diagnostic, Report, Skipped, as_text
from cq.scan.results import Unread

_PATHS_SHOWN = 20  # of those that there was no time for


class RunCost(msgspec.Struct):
    """Adds up what a run costs; its fields are those of Report. The clock starts when it is made."""

    files_listed: int = 0
    files_parsed: int = 0
    bytes_read: int = 0
    bytes_parsed: int = 0
    workers: int = 0
    list_ms: float = 0.0
    read_ms: float = 0.0
    parse_ms: float = 0.0
    query_ms: float = 0.0
    rows_ms: float = 0.0
    windows: int = 0
    windows_run: int = 0
    matches: int = 0
    captures: int = 0
    cache_hits: int = 0
    began: float = msgspec.field(default_factory=time.perf_counter)

    def since_ms(self) -> float:
        """Milliseconds since the run began."""
        return (time.perf_counter() - self.began) * 1000

    def report(self, root: str, rows: int, stopped_by: str) -> Report:
        """What the run cost so far."""
        costs: dict[str, Any] = {}
        for name in self.__struct_fields__:
            cost = getattr(self, name)
            costs[name] = round(cost, 2) if isinstance(cost, float) else cost
        del costs["began"]
        return Report(root=root, rows=rows, stopped_by=stopped_by, total_ms=round(self.since_ms(), 2), **costs)


def ledger_with_left(
    unread: Iterable[Unread], diagnostics: Iterable[Diagnostic], left: Sequence[str]
) -> tuple[Skipped, ...]:
    """The same, and the files that there was no time for, of which a diagnostic names the first only."""
    ledger = ledger_of(unread, (each for each in diagnostics if each.code != "not-looked-at" or not left))
    if not left:
        return ledger
    some = tuple(map(as_text, left[:_PATHS_SHOWN]))
    return (*ledger, Skipped(reason="not-looked-at", count=len(left), paths=some))


def ledger_of(unread: Iterable[Unread], diagnostics: Iterable[Diagnostic]) -> tuple[Skipped, ...]:
    """The files that were not read, or not wholly understood, by reason."""
    by_reason: dict[str, list[str]] = {}
    for each in unread:
        by_reason.setdefault(each.reason, []).append(each.path)
    for diagnostic in diagnostics:
        by_reason.setdefault(diagnostic.code, []).append(diagnostic.path)
    return tuple(
        Skipped(reason=reason, count=len(paths), paths=tuple(as_text(path) for path in sorted(paths)))
        for reason, paths in sorted(by_reason.items())
    )
