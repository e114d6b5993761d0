"""Run rules over many files: which files, which of them can match, the findings, what is written, and the account."""

from collections.abc import Iterator

import msgspec

from cq.errors import CqError
from cq.grammar.language import is_installed
from cq.index.selection import Selection
from cq.lanes.table import LaneTable
from cq.matching.analysis import FileFindings, RulesAnalysis, RulesPlan, digest_of
from cq.rows.findings import TextEdit
from cq.rows.shared import Diagnostic, as_text
from cq.rules.rule import Rule, RuleLanguage
from cq.scan.files_run import FilesRun
from cq.scan.read import read_file, unread_job
from cq.scan.results import FileJob, Unread
from cq.scan.write import apply_edits, write_edits
from cq.settings import KEEP_BYTES


class RulesRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One run."""

    selection: Selection
    folders: tuple[str, ...]  # of queries
    rules: tuple[Rule, ...]
    languages: tuple[str, ...] = ()  # empty: all
    not_languages: tuple[str, ...] = ()
    silence: bool = True
    every_language: bool = False  # they are meant for all there are: files without a grammar are told of
    workers: int | None = None


def rule_languages(table: LaneTable) -> dict[str, RuleLanguage]:
    """The languages that rules can be for, by all their names."""
    known: dict[str, RuleLanguage] = {}
    for name, entry in table.languages.items():
        if entry.ast_grep and is_installed(entry.grammar):
            language = RuleLanguage(name, entry.ast_grep, entry.grammar)
            known |= dict.fromkeys((name, *(alias.lower() for alias in entry.aliases)), language)
    return known


class RulesRun(FilesRun):
    """One run under way. Iterate `files()` once, then ask for the ledger and the report."""

    done = "searched"

    def __init__(self, request: RulesRequest) -> None:
        super().__init__(request.selection, request.folders, request.languages, request.not_languages, request.workers)
        self.request = request
        self.files_checked = self.files_to_check = self.nested = self.fixed = 0
        self.errors = 0  # findings of that severity
        self._by_language: dict[str, tuple[Rule, ...]] = {}
        for rule in request.rules:
            if rule.language not in self._unwanted and (not self._wanted or rule.language in self._wanted):
                self._by_language[rule.language] = (*self._by_language.get(rule.language, ()), rule)

    def files(self) -> Iterator[FileFindings]:
        """What each file gives, in the order of the paths, files without a finding included."""
        jobs = self._jobs()
        self._cost.list_ms = self._cost.since_ms()
        self.files_to_check = len(jobs)
        known = rule_languages(self.table)
        plan = RulesPlan(
            folders=self.request.folders,
            languages={name: known[name] for name in self._by_language},
            rules=self._by_language,
            silence=self.request.silence,
        )
        for found in self._results(jobs, RulesAnalysis, plan):
            self._count(found)
            yield found

    def _jobs(self) -> list[FileJob]:
        selection = self.request.selection
        jobs = []
        kept = 0
        missing = {name for name, entry in self.table.languages.items() if entry.extra} - {*self.table.installed()}
        for path, language in self._listed():
            rules = self._by_language.get(language)
            if not rules:
                if self.request.every_language and language in missing:
                    self.diagnostics.append(self.table.without_grammar(path, language, "not searched"))
                continue
            needs = [rule.need for rule in rules if rule.need is not None]
            if len(needs) < len(rules):  # one of them may match anywhere
                jobs.append(unread_job(selection.tree, path, selection.binary))
                continue
            data = read_file(selection.tree, path, selection.binary)
            if isinstance(data, Unread):
                self._note_unread(data)
            elif any(need.is_met(data) for need in needs):
                kept += len(data)
                jobs.append(FileJob(path, len(data), data if kept < KEEP_BYTES else None, selection.binary))
            else:
                self.files_checked += 1
        return jobs

    def _count(self, found: FileFindings) -> None:
        self.files_checked += found.is_whole
        self.rows += len(found.rows)
        self.errors += sum(severity == "error" for severity, _ in found.rows)
        self.nested += found.nested
        named = found.path in self._named
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
        old = read_file(self.request.selection.tree, found.path, self.request.selection.binary)
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


def _applied(root: str, path: str, old: bytes, edits: tuple[TextEdit, ...]) -> bytes:
    return apply_edits(old, edits)
