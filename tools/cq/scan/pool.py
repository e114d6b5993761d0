"""The pool of processes: each worker makes the analysis once and dies with its parent."""

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import Any

from cq.index.file_tree import FileTree
from cq.scan.results import FileJob, Unread
from cq.scan.work import Analysis, batches, in_order, run_one
from cq.settings import TASKS_AHEAD

_analysis: Analysis[Any] | None = None
_tree: FileTree | None = None


def scan_in_pool(
    tree: FileTree, jobs: Sequence[FileJob], make: Callable[[Any], Analysis[Any]], plan: object, workers: int
) -> Iterator[Any]:
    """The results in the order of the jobs. When a worker dies, what is left is done in this process."""
    done = 0
    # The children are started with `python -c`, which would look for modules in the current folder first; that
    # may be a repository that we scan, and nothing in it is ever executed.
    os.environ["PYTHONSAFEPATH"] = "1"
    # After a second Ctrl-C this process leaves at once, and what it leaves behind is cleared up without a word.
    os.environ["PYTHONWARNINGS"] = "ignore"
    # Not fork: a thread may run here already. A fork server imports the analysis once for all workers.
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload([__name__, make.__module__])
    executor = ProcessPoolExecutor(workers, context, _start, (make, plan, tree))
    try:
        for results in in_order(_submitted(executor, jobs), workers * TASKS_AHEAD):
            for result in results:
                done += 1
                yield result
    except BrokenProcessPool:
        print("cq: a worker process died; going on with one process", file=sys.stderr)  # noqa: T201
        analysis = make(plan)
        for job in jobs[done:]:
            yield run_one(analysis, tree, job)
    finally:
        # Reached on Ctrl-C and when the reader of the results stops early, too.
        executor.shutdown(wait=True, cancel_futures=True)


def _submitted(executor: Executor, jobs: Sequence[FileJob]) -> Iterator[Any]:
    for batch in batches(jobs):
        yield executor.submit(_run, batch)


def _start(make: Callable[[Any], Analysis[Any]], plan: object, tree: FileTree) -> None:
    global _analysis, _tree
    # Ctrl-C reaches the whole process group: the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    gc.disable()  # as in the parent: many small objects, and no cycles
    _analysis, _tree = make(plan), tree


def _die_with_parent() -> None:
    # The workers hold the writing end of their own queue, so a killed parent would leave them waiting for ever.
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _run(batch: list[FileJob]) -> list[Any | Unread]:
    assert _analysis is not None and _tree is not None
    return [run_one(_analysis, _tree, job) for job in batch]
