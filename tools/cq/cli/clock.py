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


def not_looked_at(
    left: Sequence[str], of: int, how: str = "ask for more time, or for those only"
) -> tuple[Diagnostic, ...]:
    """What there is to say of the files that there was no time for, of so many; `how` is how to go on."""
    if not left:
        return ()
    message = f"--budget-ms was spent: {len(left):,} of {of:,} files not looked at, from this one on; {how}"
    return (Diagnostic(path=as_text(left[0]), code="not-looked-at", message=message),)


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
        return not_looked_at(self.left, self._of)
