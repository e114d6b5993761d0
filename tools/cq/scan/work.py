"""The parts of a scan that are the same here and in a worker: one file, tasks of several, results in order."""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, Protocol, TypeVar, runtime_checkable

from cq.index.file_tree import FileTree
from cq.scan.read import read_file
from cq.scan.results import FileJob, Unread
from cq.settings import TASK_BYTES

Result = TypeVar("Result", covariant=True)


class Analysis(Protocol[Result]):
    """A function of one file. Made from a picklable plan, once per process; owns the parsers."""

    def run(self, path: str, data: bytes) -> Result:
        """The result for one file, `path` relative to the root."""
        ...


@runtime_checkable
class KnowingAnalysis(Protocol):
    """One that can make use of what is known of a file."""

    def run_known(self, path: str, data: bytes, known: bytes) -> Any:
        """The same result as that of `run`."""
        ...


def run_one(analysis: Analysis[Result], tree: FileTree, job: FileJob) -> Result | Unread:
    """Read one file, unless its bytes are at hand, and analyse it."""
    data = job.data if job.data is not None else read_file(tree, job.path, job.binary)
    if isinstance(data, Unread):
        return data
    if job.known and isinstance(analysis, KnowingAnalysis):
        result: Result = analysis.run_known(job.path, data, job.known)
        return result
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
