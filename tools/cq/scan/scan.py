"""One analysis over many files, in order: here, or spread over a pool of processes when that pays."""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from cq.index.file_tree import FileTree
from cq.scan.results import FileJob, Unread
from cq.scan.work import Analysis, Result, run_one
from cq.settings import POOL_FROM_BYTES

if TYPE_CHECKING:
    from concurrent.futures import Executor


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
    tree: FileTree,
    jobs: Sequence[FileJob],
    make: Callable[[Any], Analysis[Result]],
    plan: object,
    workers: int,
    executor: "Executor | None" = None,
) -> Iterator[Result | Unread]:
    """The results in the order of the jobs, however many workers there are: those of the executor, if there is one."""
    if executor is not None:
        from cq.scan.remote import scan_remotely

        yield from scan_remotely(executor, tree, jobs, make, plan)
        return
    if workers:
        # Not imported by a search that is small enough for one process.
        from cq.scan.pool import scan_in_pool

        yield from scan_in_pool(tree, jobs, make, plan, workers)
        return
    analysis = make(plan)
    for job in jobs:
        yield run_one(analysis, tree, job)
