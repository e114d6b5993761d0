"""What every run over the files of a selection has in common: the list, the results in order, what was left out."""

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cq.engine.limits import is_over
from cq.index.selection import Selection
from cq.index.walk import list_files
from cq.rows.shared import Diagnostic, Report, Skipped, as_text
from cq.scan.account import RunCost, ledger_of
from cq.scan.read import read_file
from cq.scan.results import FileJob, Unread
from cq.scan.scan import scan, workers_for
from cq.scan.work import Analysis, Result

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from cq.lanes.table import LaneTable

# Of the files that were left when something stopped the run: how many it is says enough.
_PATHS_SHOWN = 20


class FilesRun:
    """One run under way. What is asked of a file, and what counts as a row, says whoever derives from it."""

    done = "looked at"  # what is done to a file, for messages that say it was not
    not_of_a_file: frozenset[str] = frozenset()  # codes of diagnostics that are of the question

    def __init__(
        self,
        selection: Selection,
        folders: tuple[str, ...],
        languages: Sequence[str],
        not_languages: Sequence[str],
        workers: int | None,
    ) -> None:
        """`folders` hold the queries; no `languages` are all. Raises CqError for one that nobody knows."""
        self._cost = RunCost()
        self._selection = selection
        self._workers = workers
        self._folders = folders
        self._wanted = {self.table.named(word) for word in languages}
        self._unwanted = {self.table.named(word) for word in not_languages}
        self._named = {path.removeprefix(selection.root.rstrip("/") + "/") for path in selection.paths}
        self.unread: list[Unread] = []
        self.diagnostics: list[Diagnostic] = []
        self.rows = 0
        self.stopped_by = ""
        self.is_cancelled = False  # set by whoever wants the run to end with what is there
        self.executor: Executor | None = None  # who does the work, when it is not this machine
        self.ends_at: float | None = None  # in seconds of the epoch: set by whoever has a budget of time
        self._left: list[str] = []  # files that nobody looked at
        self._ahead: Sequence[FileJob] = ()  # of the jobs, those after the one whose result came last

    @cached_property
    def table(self) -> "LaneTable":
        """The languages there are."""
        from cq.lanes.table import lane_table  # and tree-sitter, which a run that has all its answers does without

        return lane_table(self._folders)

    def _listed(self) -> Iterator[tuple[str, str]]:
        """Each file in a language that is wanted, with the language. One that the user names is answered for."""
        listing = list_files(self._selection)
        self.unread.extend(Unread(problem.path, problem.reason, problem.detail) for problem in listing.problems)
        self._cost.files_listed = len(listing.files)
        asked = self.table.asked(self._wanted, self._named)
        for path in listing.files:
            language = self.table.by_path(path, asked)
            if not language and (path in self._named or "." not in os.path.basename(path)):
                data = read_file(self._selection.tree, path, self._selection.binary)
                if isinstance(data, Unread):
                    if path in self._named:
                        self._note_unread(data)
                    continue
                language = self.table.by_content(path, data, asked)
                if not language and path in self._named:
                    message = f"no grammar for this language: not {self.done}"
                    self.unread.append(Unread(path, "unknown-language", message))
            if language and language not in self._unwanted and (not self._wanted or language in self._wanted):
                yield path, language

    def _note_unread(self, unread: Unread) -> None:
        """Binary files are passed over in silence, but not one that the user names."""
        if unread.reason == "binary" and unread.path in self._named:
            unread = Unread(unread.path, "unreadable", f"binary, not {self.done}: {unread.detail}")
        self.unread.append(unread)

    def _results(
        self, jobs: Sequence[FileJob], make: Callable[[Any], Analysis[Result]], plan: object
    ) -> Iterator[Result]:
        """What each file gives, in the order of the jobs. Ends early when cancelled."""
        self._cost.workers = workers_for(jobs, self._workers)
        return self._through(jobs, scan(self._selection.tree, jobs, make, plan, self._cost.workers, self.executor))

    def _through(self, jobs: Sequence[FileJob], results: Iterator[Result | Unread]) -> Iterator[Result]:
        """The results of these jobs; takes note of files that were not read. Ends early when cancelled."""
        try:
            for number, found in enumerate(results, 1):
                self._ahead = jobs[number:]
                if isinstance(found, Unread):
                    self._note_unread(found)
                    continue
                yield found
                if self.is_cancelled or (self._ahead and is_over(self.ends_at)):
                    self._stop("cancelled" if self.is_cancelled else "deadline")
                    break
        finally:
            results.close()  # type: ignore[attr-defined]

    def _stop(self, stopped_by: str) -> None:
        """Note that the files ahead are not looked at, and why."""
        self.stopped_by = stopped_by
        self._left += (job.path for job in self._ahead)

    @property
    def left(self) -> Sequence[str]:
        """The files that nobody looked at to their end."""
        return self._left

    def ledger(self) -> tuple[Skipped, ...]:
        """The files that were not looked at, or not wholly, by reason."""
        of_files = (each for each in self.diagnostics if each.code not in self.not_of_a_file)
        ledger = ledger_of(self.unread, of_files)
        if not self._left:
            return ledger
        some = tuple(as_text(path) for path in self._left[:_PATHS_SHOWN])
        return (*ledger, Skipped(reason="not-looked-at", count=len(self._left), paths=some))

    def report(self) -> Report:
        """What the run cost so far."""
        return self._cost.report(self._selection.root, self.rows, self.stopped_by)
