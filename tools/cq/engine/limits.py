"""What bounds one run of a query over one file, and the clock that is asked between windows."""

import time
from collections.abc import Callable
from typing import Literal

import msgspec

from cq.settings import ROWS_PER_FILE

StoppedBy = Literal["", "deadline", "match_limit", "row_cap", "cancelled"]

LEAST_BUDGET_MS, MOST_BUDGET_MS = 50.0, 2_000.0
LEAST_MATCH_LIMIT, MOST_MATCH_LIMIT = 512, 16_384
MOST_SPLITS = 4


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The limits for one file. These are the ones without a history and without the user's word."""

    budget_ms: float = MOST_BUDGET_MS  # of CPU time, so that a busy machine loses no rows
    match_limit: int = 4_096  # matches in progress, not results
    splits: int = 1  # windows that a file is cut into: the budget is checked between them
    row_cap: int = ROWS_PER_FILE
    max_start_depth: int | None = None
    retry: bool = True  # where the match limit was too low, once more with the highest


class Watch:
    """Says when to stop: the budget of a file, the end of the whole run, or somebody's word.

    QueryCursor's own progress_callback crashes the interpreter in py-tree-sitter 0.25.2 to 0.26.1, so this is asked
    between windows, and one window is the worst overshoot.
    """

    def __init__(
        self,
        budget_ms: float | None = None,
        ends_at: float | None = None,  # as time.time() has it: the same for all processes
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._until = None if budget_ms is None else time.process_time() + budget_ms / 1000
        self._ends_at = ends_at
        self._cancelled = cancelled

    def stopped_by(self) -> StoppedBy:
        """What says stop now, or "" to go on."""
        if self._cancelled is not None and self._cancelled():
            return "cancelled"
        if self._until is not None and time.process_time() >= self._until:
            return "deadline"
        if self._ends_at is not None and time.time() >= self._ends_at:
            return "deadline"
        return ""


def is_over(ends_at: float | None) -> bool:
    """Whether a run that ends at this time is over."""
    return ends_at is not None and time.time() >= ends_at
