"""Run a search: list, look for the bytes of the name, analyse the files that have it, keep the account."""

import os
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cq.index.selection import Selection
from cq.index.walk import list_files
from cq.lanes.table import LaneTable, lane_table
from cq.rows.resolution import Resolution, Target
from cq.rows.search import RANK, Summary
from cq.rows.shared import Diagnostic, Report, Skipped
from cq.scan.account import RunCost, ledger_of
from cq.scan.read import read_file
from cq.scan.results import FileJob, Unread
from cq.scan.scan import scan, workers_for
from cq.search.analysis import FileFound, SearchAnalysis, SearchPlan
from cq.search.names import NameMatcher
from cq.search.request import SearchRequest
from cq.settings import KEEP_BYTES, RESOLVE_UNASKED_BYTES
from cq.symbols.project import Project
from cq.symbols.resolvers import Resolvers, can_resolve

if TYPE_CHECKING:
    from cq.search.resolved import RowResolver


class SearchRun:
    """One search under way. Iterate `files()` once, then ask for the summary, the ledger and the report."""

    def __init__(self, request: SearchRequest, resolvers: Resolvers | None = None) -> None:
        self._cost = RunCost()
        self.table: LaneTable = lane_table(request.folders)
        self.request = request.checked(self.table)
        self._matcher = NameMatcher(self.request.query)
        self.roles: dict[str, int] = {}
        self.withheld: dict[str, int] = {}
        self.languages: dict[str, int] = {}
        self.hits = self.rows = self.files_with_rows = self.files_searched = 0
        self.searched: list[str] = []
        self.unread: list[Unread] = []
        self.diagnostics: list[Diagnostic] = []
        self.files_to_analyse = 0
        self._listed: list[str] = []
        self._resolvers = resolvers
        self.stopped_by = ""
        self.targets: tuple[Target, ...] = self.request.targets
        self.resolutions: tuple[Resolution, ...] = ()  # what the question itself refers to

    def files(self) -> Iterator[FileFound]:
        """What each file with a hit holds, in the order of the paths."""
        jobs = self._candidates()
        self.files_to_analyse = len(jobs)
        self._cost.workers = workers_for(jobs, self.request.workers)
        request = self.request
        resolver = self._resolver(jobs)
        plan = SearchPlan(
            query=request.query,
            folders=request.folders,
            roles=frozenset(request.roles),
            kinds=frozenset(request.kinds),
            text=request.text,
            injected=request.injected,
            facts=request.facts,
            detail=request.detail,
            before=request.before,
            after=request.after,
            # Both are for the resolver to judge when there is one.
            max_count=0 if resolver else request.max_count,
            keep_unqualified=resolver is not None and bool(self.targets),
        )
        for found in scan(request.selection.root, jobs, SearchAnalysis, plan, self._cost.workers):
            if isinstance(found, Unread):
                self.unread.append(found)
                continue
            if resolver is not None:
                found = resolver.file(found)
            self._count(found)
            yield found

    def wants(self, path: str, language: str) -> bool:
        """Whether a file in this language is to be searched."""
        request = self.request
        if language in request.not_languages:
            return False
        return not request.languages or language in request.languages

    def _resolver(self, jobs: Sequence[FileJob]) -> "RowResolver | None":
        request = self.request
        if request.resolve is False or not any(can_resolve(self.table.by_path(job.path)) for job in jobs):
            return None
        asked = request.resolve or request.certain or request.wants or self._matcher.qualified
        if not asked and sum(job.size for job in jobs) > RESOLVE_UNASKED_BYTES:
            return None
        from cq.search.resolved import RowResolver  # a search of other languages does without

        resolvers = self.resolvers()
        if not request.wants and self._matcher.qualified:
            self.targets = tuple(each.target for name in request.query.names for each in resolvers.named(name))
            self.resolutions = tuple(
                Resolution(target=target, confidence="certain", reason="name") for target in self.targets
            )
        return RowResolver(
            resolvers,
            self.table,
            self.targets,
            wants=request.wants,
            certain=request.certain,
            possible=request.possible,
            max_count=request.max_count,
        )

    def resolvers(self) -> Resolvers:
        """Those of the whole project, of which the search may be over a part."""
        if self._resolvers is None:
            selection = self.request.selection
            whole = Selection(root=selection.root, hidden=selection.hidden, no_ignore=selection.no_ignore)
            files = self._listed if self._listed and selection == whole else list_files(whole).files
            self._resolvers = Resolvers(Project(selection.root, files, self.table))
        return self._resolvers

    def _candidates(self) -> list[FileJob]:
        listing = list_files(self.request.selection)
        self.unread.extend(Unread(problem.path, problem.reason, problem.detail) for problem in listing.problems)
        listed = time.perf_counter()
        self._listed = listing.files
        self._cost.list_ms = self._cost.since_ms()
        self._cost.files_listed = len(listing.files)
        root = self.request.selection.root
        binary = self.request.selection.binary
        by_path = self.table.by_path
        filtered = bool(self.request.languages or self.request.not_languages)
        stands_in = self._matcher.stands_in
        jobs: list[FileJob] = []
        kept = 0
        for path in listing.files:
            # Only a file without an extension may still be told by its content.
            known = by_path(path)
            if filtered and (known or "." in os.path.basename(path)) and not self.wants(path, known):
                continue
            data = read_file(root, path, binary)
            if isinstance(data, Unread):
                self.unread.append(data)
                continue
            if filtered and not known and not self.wants(path, self.table.by_content(path, data)):
                continue
            self._cost.bytes_read += len(data)
            self.searched.append(path)
            if stands_in(data):
                keep = kept < KEEP_BYTES
                kept += len(data) if keep else 0
                jobs.append(FileJob(path, len(data), data if keep else None, binary))
        self.files_searched = len(self.searched)
        self._cost.read_ms = (time.perf_counter() - listed) * 1000
        return jobs

    def _count(self, found: FileFound) -> None:
        for role, count in found.roles.items():
            self.roles[role] = self.roles.get(role, 0) + count
        for reason, count in found.withheld.items():
            self.withheld[reason] = self.withheld.get(reason, 0) + count
        self.hits += found.hits
        self.rows += len(found.rows)
        if found.rows:
            self.files_with_rows += 1
            language = found.language or "text"
            self.languages[language] = self.languages.get(language, 0) + len(found.rows)
        self.diagnostics.extend(found.diagnostics)
        self._cost.bytes_parsed += found.parsed_bytes
        self._cost.windows += found.windows
        self._cost.windows_run += found.windows
        self._cost.matches += found.matches
        self._cost.files_parsed += bool(found.parsed_bytes)
        self._cost.parse_ms += found.parse_ms
        self._cost.query_ms += found.query_ms
        self._cost.rows_ms += found.rows_ms

    def summary(self, shown: int | None = None) -> Summary:
        """The account of the whole search; `shown` is how many of the rows are given."""
        return Summary(
            hits=self.hits,
            rows=self.rows,
            shown=self.rows if shown is None else shown,
            roles=dict(sorted(self.roles.items(), key=lambda item: RANK[item[0]])),
            withheld=dict(sorted(self.withheld.items())),
            unexplained=self.hits - sum(self.roles.values()),
            files=self.files_with_rows,
            files_searched=self.files_searched,
            languages=dict(sorted(self.languages.items())),
            complete=not self.stopped_by,
            exit_status=self.exit_status,
        )

    @property
    def exit_status(self) -> int:
        """As grep has it: 0 something found, 1 nothing; 2 for errors is for the caller to say."""
        return 0 if self.rows else 1

    def ledger(self) -> tuple[Skipped, ...]:
        """The files that were not searched, or not wholly understood, by reason."""
        return ledger_of(self.unread, self.diagnostics)

    def report(self) -> Report:
        """What the run cost so far."""
        return self._cost.report(self.request.selection.root, self.rows, self.stopped_by)
