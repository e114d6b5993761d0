"""A budget of time for a run over files: when it is spent, what was not looked at is said."""

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from cq.engine.limits import is_over
from cq.rows.shared import Diagnostic, as_text
from cq.scan.results import FileJob

Result = TypeVar("Result")


def ends_at(values: dict[str, Any]) -> float | None:
    """When `--budget-ms` is over, in seconds of the epoch; None without it."""
    if "ends_at" in values:  # of several runs that have one budget
        known: float | None = values["ends_at"]
        return known
    return time.time() + values["budget_ms"] / 1000 if "budget_ms" in values else None


class Clock:
    """The time that is left for the files of one run."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._ends_at = ends_at(values)
        self._left: Sequence[FileJob] = ()
        self._of = 0

    def until(self, jobs: Sequence[FileJob], results: Iterable[Result]) -> Iterator[Result]:
        """The results of these jobs, as long as there is time; of one at least."""
        self._of = len(jobs)
        for number, result in enumerate(results, 1):
            yield result
            if is_over(self._ends_at):
                self._left = jobs[number:]
                break

    @property
    def left(self) -> tuple[str, ...]:
        """The files that nobody looked at."""
        return tuple(job.path for job in self._left)

    @property
    def is_over(self) -> bool:
        """Whether there are files that nobody looked at."""
        return bool(self._left)

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was not looked at."""
        if not self._left:
            return ()
        message = (
            f"--budget-ms was spent: {len(self._left):,} of {self._of:,} files not looked at, from this one on; "
            "ask for more time, or for those only"
        )
        return (Diagnostic(path=as_text(self._left[0].path), code="not-looked-at", message=message),)
