"""Diagnose many files: list them, hand them out, and account for what was not looked at."""

from collections.abc import Iterator

import msgspec

from cq.diagnose.analysis import DiagnoseAnalysis, DiagnosePlan, FileDiagnosis
from cq.index.selection import Selection
from cq.scan.files_run import FilesRun
from cq.scan.read import unread_job


class DiagnoseRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked."""

    selection: Selection
    folders: tuple[str, ...]
    languages: tuple[str, ...] = ()
    not_languages: tuple[str, ...] = ()
    injected: bool = True  # examples in documentation and JSON in strings, too
    fix: bool = False
    workers: int | None = None


class DiagnoseRun(FilesRun):
    """One run. Iterate `files()` once, then ask for the ledger and the report."""

    done = "diagnosed"

    def __init__(self, request: DiagnoseRequest) -> None:
        super().__init__(request.selection, request.folders, request.languages, request.not_languages, request.workers)
        self.request = request
        self.languages: set[str] = set()
        self.files_to_check = self.files_checked = 0

    def files(self) -> Iterator[FileDiagnosis]:
        """What each file gives, in the order of the paths. Ends early when cancelled."""
        selection = self.request.selection
        jobs = [unread_job(selection.tree, path, selection.binary) for path, _ in self._listed()]
        self._cost.list_ms = self._cost.since_ms()
        self.files_to_check = len(jobs)
        plan = DiagnosePlan(folders=self.request.folders, injected=self.request.injected, fix=self.request.fix)
        for found in self._results(jobs, DiagnoseAnalysis, plan):
            self._count(found)
            yield found

    def _count(self, found: FileDiagnosis) -> None:
        self.languages.add(found.language)
        self.diagnostics.extend(found.diagnostics)
        self.rows += len(found.rows)
        self.files_checked += all(each.code != "too-large-to-parse" for each in found.diagnostics)
        self._cost.files_parsed += bool(found.parsed_bytes)
        self._cost.bytes_parsed += found.parsed_bytes
        self._cost.bytes_read += found.parsed_bytes
        self._cost.parse_ms += found.parse_ms
        self._cost.query_ms += found.repair_ms
