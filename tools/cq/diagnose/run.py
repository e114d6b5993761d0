"""Diagnose many files: list them, hand them out, and account for what was not looked at."""

import os
from collections.abc import Iterator

import msgspec

from cq.diagnose.analysis import DiagnoseAnalysis, DiagnosePlan, FileDiagnosis
from cq.index.selection import Selection
from cq.index.walk import list_files
from cq.lanes.table import LaneTable, lane_table
from cq.rows.shared import Diagnostic, Report, Skipped, as_text
from cq.scan.account import RunCost, ledger_of
from cq.scan.read import read_file
from cq.scan.results import FileJob, Unread
from cq.scan.scan import scan, workers_for

# Of the files that were left when the user stopped the run: how many it is says enough.
_PATHS_SHOWN = 20


class DiagnoseRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked."""

    selection: Selection
    folders: tuple[str, ...]
    languages: tuple[str, ...] = ()
    not_languages: tuple[str, ...] = ()
    injected: bool = True  # examples in documentation and JSON in strings, too
    fix: bool = False
    workers: int | None = None


class DiagnoseRun:
    """One run. Iterate `files()` once, then ask for the ledger and the report."""

    def __init__(self, request: DiagnoseRequest) -> None:
        self._cost = RunCost()
        self.request = request
        self.table: LaneTable = lane_table(request.folders)
        self._wanted = {self.table.named(word) for word in request.languages}
        self._unwanted = {self.table.named(word) for word in request.not_languages}
        self.unread: list[Unread] = []
        self.diagnostics: list[Diagnostic] = []
        self.languages: set[str] = set()
        self.files_to_check = self.files_checked = self.findings = 0
        self._left: list[str] = []
        self.is_cancelled = False  # set by whoever wants the run to end with what is there

    def files(self) -> Iterator[FileDiagnosis]:
        """What each file gives, in the order of the paths. Ends early when cancelled."""
        jobs = list(self._jobs())
        self._cost.list_ms = self._cost.since_ms()
        self.files_to_check = len(jobs)
        self._cost.workers = workers_for(jobs, self.request.workers)
        plan = DiagnosePlan(folders=self.request.folders, injected=self.request.injected, fix=self.request.fix)
        results = scan(self.request.selection.root, jobs, DiagnoseAnalysis, plan, self._cost.workers)
        try:
            for number, found in enumerate(results, 1):
                if isinstance(found, Unread):
                    self._note_unread(found)
                    continue
                self._count(found)
                yield found
                if self.is_cancelled:
                    self._left += (job.path for job in jobs[number:])
                    break
        finally:
            results.close()  # type: ignore[attr-defined]

    def _jobs(self) -> Iterator[FileJob]:
        """The files in a language that is wanted. One that is named is diagnosed or answered for."""
        selection = self.request.selection
        listing = list_files(selection)
        self.unread.extend(Unread(problem.path, problem.reason, problem.detail) for problem in listing.problems)
        self._cost.files_listed = len(listing.files)
        root = selection.root.rstrip("/") + "/"
        named = {path.removeprefix(root) for path in selection.paths}
        for path in listing.files:
            language = self.table.by_path(path)
            if not language and (path in named or "." not in os.path.basename(path)):
                data = read_file(selection.root, path, selection.binary)
                if isinstance(data, Unread):
                    if path in named:
                        self._note_unread(data)
                    continue
                language = self.table.by_content(path, data)
            if not language:
                if path in named:
                    message = "no grammar for this language: not diagnosed"
                    self.unread.append(Unread(path, "unknown-language", message))
            elif language not in self._unwanted and (not self._wanted or language in self._wanted):
                yield FileJob(path, _size(selection.root, path), binary=selection.binary)

    def _note_unread(self, unread: Unread) -> None:
        """Binary files are passed over in silence, but not one that the user names."""
        if unread.reason == "binary":
            path = os.path.join(self.request.selection.root, unread.path)
            if path in self.request.selection.paths:
                unread = Unread(unread.path, "unreadable", f"binary, not diagnosed: {unread.detail}")
        self.unread.append(unread)

    def _count(self, found: FileDiagnosis) -> None:
        self.languages.add(found.language)
        self.diagnostics.extend(found.diagnostics)
        self.findings += len(found.rows)
        self.files_checked += all(each.code != "too-large-to-parse" for each in found.diagnostics)
        self._cost.files_parsed += bool(found.parsed_bytes)
        self._cost.bytes_parsed += found.parsed_bytes
        self._cost.bytes_read += found.parsed_bytes
        self._cost.parse_ms += found.parse_ms
        self._cost.query_ms += found.repair_ms

    def ledger(self) -> tuple[Skipped, ...]:
        """The files that were not diagnosed, by reason."""
        ledger = ledger_of(self.unread, self.diagnostics)
        if not self._left:
            return ledger
        some = tuple(as_text(path) for path in self._left[:_PATHS_SHOWN])
        return (*ledger, Skipped(reason="not-looked-at", count=len(self._left), paths=some))

    def report(self) -> Report:
        """What the run cost so far."""
        stopped_by = "cancelled" if self.is_cancelled else ""
        return self._cost.report(self.request.selection.root, self.findings, stopped_by)


def _size(root: str, path: str) -> int:
    try:
        return os.stat(os.path.join(root, path)).st_size
    except OSError:
        return 0  # whoever reads it will say why
