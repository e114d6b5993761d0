"""Run rules over many files: which files, which of them can match, the findings, what is written, and the account."""

import os
from collections.abc import Iterator

import msgspec

from cq.errors import CqError
from cq.grammar.language import is_installed
from cq.index.selection import Selection
from cq.index.walk import list_files
from cq.lanes.table import LaneTable, lane_table
from cq.matching.analysis import FileFindings, RulesAnalysis, RulesPlan, digest_of
from cq.rows.findings import TextEdit
from cq.rows.shared import Diagnostic, Report, Skipped, as_text
from cq.rules.rule import Rule, RuleLanguage
from cq.scan.account import RunCost, ledger_of
from cq.scan.read import read_file
from cq.scan.results import FileJob, Unread
from cq.scan.scan import scan, workers_for
from cq.scan.write import apply_edits, write_edits
from cq.settings import KEEP_BYTES

# Of the files that were left when something stopped the run: how many it is says enough.
_PATHS_SHOWN = 20


class RulesRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One run."""

    selection: Selection
    folders: tuple[str, ...]  # of queries
    rules: tuple[Rule, ...]
    languages: tuple[str, ...] = ()  # empty: all
    not_languages: tuple[str, ...] = ()
    silence: bool = True
    workers: int | None = None


def rule_languages(table: LaneTable) -> dict[str, RuleLanguage]:
    """The languages that rules can be for, by all their names."""
    known: dict[str, RuleLanguage] = {}
    for name, entry in table.languages.items():
        if entry.ast_grep and is_installed(entry.grammar):
            language = RuleLanguage(name, entry.ast_grep, entry.grammar)
            known |= dict.fromkeys((name, *(alias.lower() for alias in entry.aliases)), language)
    return known


class RulesRun:
    """One run under way. Iterate `files()` once, then ask for the ledger and the report."""

    def __init__(self, request: RulesRequest) -> None:
        self._cost = RunCost()
        self.request = request
        self.table = lane_table(request.folders)
        self.unread: list[Unread] = []
        self.diagnostics: list[Diagnostic] = []
        self.rows = self.files_checked = self.files_to_check = self.nested = self.fixed = self.errors = (
            0  # errors: findings of that severity
        )
        self.stopped_by = ""
        self.is_cancelled = False  # set by whoever wants the run to end with what is there
        self._left: list[str] = []
        wanted = {self.table.named(word) for word in request.languages}
        unwanted = {self.table.named(word) for word in request.not_languages}
        self._by_language: dict[str, tuple[Rule, ...]] = {}
        for rule in request.rules:
            if rule.language not in unwanted and (not wanted or rule.language in wanted):
                self._by_language[rule.language] = (*self._by_language.get(rule.language, ()), rule)

    def files(self) -> Iterator[FileFindings]:
        """What each file gives, in the order of the paths, files without a finding included."""
        jobs = self._jobs()
        self._cost.workers = workers_for(jobs, self.request.workers)
        known = rule_languages(self.table)
        plan = RulesPlan(
            folders=self.request.folders,
            languages={name: known[name] for name in self._by_language},
            rules=self._by_language,
            silence=self.request.silence,
        )
        results = scan(self.request.selection.root, jobs, RulesAnalysis, plan, self._cost.workers)
        try:
            for number, found in enumerate(results, 1):
                if isinstance(found, Unread):
                    self._note_unread(found)
                    continue
                self._count(found)
                yield found
                if self.is_cancelled:
                    self.stopped_by = "cancelled"
                    self._left += (job.path for job in jobs[number:])
                    break
        finally:
            results.close()  # type: ignore[attr-defined]

    def _jobs(self) -> list[FileJob]:
        selection = self.request.selection
        listing = list_files(selection)
        self.unread.extend(Unread(problem.path, problem.reason, problem.detail) for problem in listing.problems)
        self._cost.files_listed = len(listing.files)
        jobs = []
        kept = 0
        below = selection.root.rstrip("/") + "/"
        named = {path.removeprefix(below) for path in selection.paths}
        for path in listing.files:
            language = self.table.by_path(path)
            if not language and "." not in os.path.basename(path):
                data = read_file(selection.root, path, selection.binary)
                language = "" if isinstance(data, Unread) else self.table.by_content(path, data)
            if not language and path in named:
                self.unread.append(Unread(path, "unknown-language", "no grammar for this language: not searched"))
            rules = self._by_language.get(language)
            if not rules:
                continue
            needs = [rule.need for rule in rules if rule.need is not None]
            if len(needs) < len(rules):  # one of them may match anywhere
                jobs.append(FileJob(path, _size(selection.root, path), binary=selection.binary))
                continue
            data = read_file(selection.root, path, selection.binary)
            if isinstance(data, Unread):
                self._note_unread(data)
            elif any(need.is_met(data) for need in needs):
                kept += len(data)
                jobs.append(FileJob(path, len(data), data if kept < KEEP_BYTES else None, selection.binary))
            else:
                self.files_checked += 1
        self._cost.list_ms = self._cost.since_ms()
        self.files_to_check = len(jobs)
        return jobs

    def _note_unread(self, unread: Unread) -> None:
        """Binary files are passed over in silence, but not one that the user names."""
        if unread.reason == "binary":
            path = os.path.join(self.request.selection.root, unread.path)
            if path in self.request.selection.paths:
                unread = Unread(unread.path, "unreadable", f"binary, not searched: {unread.detail}")
        self.unread.append(unread)

    def _count(self, found: FileFindings) -> None:
        self.files_checked += found.is_whole
        self.rows += len(found.rows)
        self.errors += sum(severity == "error" for severity, _ in found.rows)
        self.nested += found.nested
        named = os.path.join(self.request.selection.root, found.path) in self.request.selection.paths
        for each in found.diagnostics:
            # A file that is named is searched or answered for.
            is_error = named and not found.is_whole
            self.diagnostics.append(msgspec.structs.replace(each, severity="error") if is_error else each)
        cost = self._cost
        cost.matches += len(found.rows)
        cost.files_parsed += bool(found.parsed_bytes)
        cost.bytes_parsed += found.parsed_bytes
        cost.parse_ms += found.parse_ms
        cost.query_ms += found.query_ms
        cost.rows_ms += found.rows_ms

    def changed(self, found: FileFindings, write: bool) -> tuple[bytes, bytes] | None:
        """The bytes of a file before and after its fixes, which are written when asked; None when that failed."""
        root = self.request.selection.root
        old = read_file(root, found.path, self.request.selection.binary)
        try:
            if isinstance(old, Unread):
                raise CqError(f"{found.path}: {old.detail}")
            if digest_of(old) != found.digest:
                raise CqError(f"{found.path}: not written: the file has changed since it was read", "run it again")
            new = (write_edits if write else _applied)(root, found.path, old, found.fixes)
        except CqError as error:
            message = error.message.removeprefix(f"{found.path}: ")
            path = as_text(found.path)
            self.diagnostics.append(Diagnostic(path=path, code="not-written", severity="error", message=message))
            return None
        self.fixed += len(found.fixes) * write
        return old, new

    @property
    def is_complete(self) -> bool:
        """Whether every file was looked at."""
        return not self.stopped_by and not self._left

    def ledger(self) -> tuple[Skipped, ...]:
        """The files that were not looked at, or not wholly, by reason."""
        ledger = ledger_of(self.unread, self.diagnostics)
        if not self._left:
            return ledger
        some = tuple(as_text(path) for path in self._left[:_PATHS_SHOWN])
        return (*ledger, Skipped(reason="not-looked-at", count=len(self._left), paths=some))

    def report(self) -> Report:
        """What the run cost so far."""
        return self._cost.report(self.request.selection.root, self.rows, self.stopped_by)


def _applied(root: str, path: str, old: bytes, edits: tuple[TextEdit, ...]) -> bytes:
    return apply_edits(old, edits)


def _size(root: str, path: str) -> int:
    try:
        return os.stat(os.path.join(root, path)).st_size
    except OSError:
        return 0  # whoever reads it will say why
