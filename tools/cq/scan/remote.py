"""One analysis over many files on an executor that somebody else runs: a cluster of machines that see the same files.

Nothing is assumed of it but what `concurrent.futures.Executor` promises. A task that fails, as it does when its worker
dies again and again, is halved until the file is found that no worker survives; that one is named and left out.
"""

import functools
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from typing import Any

from cq.index.file_tree import FileTree
from cq.scan.results import FileJob, Unread
from cq.scan.work import Analysis, batches, run_one

# Tasks that are handed out ahead of the one that is waited for: enough for some dozens of workers.
_AHEAD = 256
# A file is given up when so many tasks with it alone have failed.
_TRIES = 3


def scan_remotely(
    executor: Executor, tree: FileTree, jobs: Sequence[FileJob], make: Callable[[Any], Analysis[Any]], plan: object
) -> Iterator[Any]:
    """The results in the order of the jobs."""
    waiting: deque[tuple[list[FileJob], Future[list[Any]], int]] = deque()
    left = batches(jobs)
    try:
        while True:
            while len(waiting) < _AHEAD and (batch := next(left, None)) is not None:
                waiting.append((batch, executor.submit(_run, tree, batch, make, plan), 0))
            if not waiting:
                return
            batch, future, failed = waiting.popleft()
            error = future.exception()
            if error is None:
                yield from future.result()
            elif len(batch) == 1 and failed < _TRIES - 1:
                # Whatever was on a worker when it died is blamed with what killed it.
                waiting.appendleft((batch, executor.submit(_run, tree, batch, make, plan), failed + 1))
            elif len(batch) == 1:
                reason = " ".join(str(error).split()) or type(error).__name__
                yield Unread(batch[0].path, "crashed", f"no worker got through it: {reason[:200]}")
            else:
                middle = len(batch) // 2
                for half in (batch[middle:], batch[:middle]):
                    waiting.appendleft((half, executor.submit(_run, tree, half, make, plan), 0))
    finally:
        # Reached on Ctrl-C, too.
        for _, future, _ in waiting:
            future.cancel()


def _run(tree: FileTree, batch: list[FileJob], make: Callable[[Any], Analysis[Any]], plan: object) -> list[Any]:
    analysis = _analysis(make, plan)
    return [run_one(analysis, tree, job) for job in batch]


@functools.lru_cache(maxsize=4)
def _analysis(make: Callable[[Any], Analysis[Any]], plan: object) -> Analysis[Any]:
    """Made once in each worker."""
    return make(plan)
