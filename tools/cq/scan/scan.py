"""One analysis over many files, in order: here, or spread over a pool of processes when that pays."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

from cq.scan.read import read_file
from cq.scan.results import FileJob, Unread
from cq.settings import POOL_FROM_BYTES, TASK_BYTES, TASKS_AHEAD

Result = TypeVar("Result", covariant=True)


class Analysis(Protocol[Result]):
    """A function of one file. Made from a picklable plan, once per process; owns the parsers."""

    def run(self, path: str, data: bytes) -> Result:
        """The result for one file, `path` relative to the root."""
        ...


def workers_for(jobs: Sequence[FileJob], workers: int | None) -> int:
    """How many processes the jobs are worth; 0 means: do it in this one."""
    if workers is not None:
        return workers if workers > 1 else 0
    if sum(job.size for job in jobs) < POOL_FROM_BYTES or len(jobs) < 2:
        return 0
    try:
        usable = len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        usable = os.cpu_count() or 1
    return usable if usable > 1 else 0


def scan(
    root: str, jobs: Sequence[FileJob], make: Callable[[Any], Analysis[Result]], plan: object, workers: int
) -> Iterator[Result | Unread]:
    """The results in the order of the jobs, however many workers there are."""
    if workers:
        # Not imported by a search that is small enough for one process.
        from cq.scan.pool import scan_in_pool

        yield from scan_in_pool(root, jobs, make, plan, workers)
        return
    analysis = make(plan)
    for job in jobs:
        yield run_one(analysis, root, job)


def run_one(analysis: Analysis[Result], root: str, job: FileJob) -> Result | Unread:
    """Read one file, unless its bytes are at hand, and analyse it."""
    data = job.data if job.data is not None else read_file(root, job.path)
    if isinstance(data, Unread):
        return data
    return analysis.run(job.path, data)


def batches(jobs: Iterable[FileJob]) -> Iterator[list[FileJob]]:
    """Runs of jobs that together are about one task's worth of bytes."""
    batch: list[FileJob] = []
    size = 0
    for job in jobs:
        batch.append(job._replace(data=None))
        size += job.size
        if size >= TASK_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def in_order(futures: Iterator[Any], ahead: int) -> Iterator[Any]:
    """The results of futures in their order, keeping only so many in flight."""
    waiting: deque[Any] = deque()
    for future in futures:
        waiting.append(future)
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


__all__ = ["TASKS_AHEAD", "Analysis", "batches", "in_order", "run_one", "scan", "workers_for"]
