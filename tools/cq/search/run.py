"""Run a search: list, look for the bytes of the name, analyse the files that have it, keep the account.

With a store, a file whose content is known is not read, and one whose answer is known not parsed.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from cq.index.walk import list_files
from cq.rows.resolution import Resolution
from cq.rows.search import RANK, Summary
from cq.rows.shared import Diagnostic, Report, Skipped, as_text
from cq.scan.account import RunCost, ledger_with_left
from cq.scan.results import FileJob, Unread
from cq.scan.scan import scan, workers_for
from cq.search.candidates import Candidate, Candidates
from cq.search.counted import CountedAnswers
from cq.search.names import NameMatcher
from cq.search.plan import FileFound, SearchPlan, packed, plan_key, unpacked
from cq.search.request import SearchRequest
from cq.search.resolved_answers import ResolvedAnswers
from cq.settings import RESOLVE_UNASKED_BYTES
from cq.store.holders import Holders
from cq.store.keeper import Keeper, without_store
from cq.store.stamp import stamp
from cq.store.store import Store
from cq.store.syntax import decode_head
from cq.store.syntax import unpacked as syntax_of

if TYPE_CHECKING:
    from cq.lanes.lanes import Lanes
    from cq.lanes.table import LaneTable
    from cq.search.resolved import RowResolver
    from cq.search.warm import Warm
    from cq.store.blobs import Blobs
    from cq.symbols.resolvers import Resolvers


class SearchRun:
    """One search under way. Iterate `files()` once, then ask for the summary, the ledger and the report; in the end
    `keep()` what was learned.
    """

    def __init__(
        self,
        request: SearchRequest,
        keeper: Keeper | None = None,
        resolvers: "Resolvers | None" = None,
        blobs: "Callable[[], Blobs | None]" = lambda: None,
        warm: "Warm | None" = None,
    ) -> None:
        """`blobs` opens what is kept of files by their content, should resolution need it. `warm`: between searches."""
        self._warm = warm
        self._lanes: Lanes | None = None
        self._cost = RunCost()
        self._folders = request.folders
        self.request = request.checked(lambda word: self.table.named(word))
        self._keeper = keeper or without_store()
        self._matcher = NameMatcher(self.request.query)
        self.roles: dict[str, int] = {}
        self.withheld: dict[str, int] = {}
        self.languages: dict[str, int] = {}
        self.hits = self.rows = self.files_with_rows = self.files_searched = 0
        self.unread: list[Unread] = []
        self.diagnostics: list[Diagnostic] = []
        self.left: list[str] = []  # files that there was no time for
        self.files_to_analyse = 0
        self.stopped_by = ""
        self._candidates: Candidates | None = None
        self._tests: set[str] = set()
        self._plan_key = b""
        self._counted: dict[int, FileFound] = {}  # by position of the file: what the index says without a parser
        self._to_the_end = False
        self._resolvers = resolvers
        self._blobs = blobs
        self._resolved: ResolvedAnswers | None = None
        self.resolutions: tuple[Resolution, ...] = ()  # what the question itself refers to

    @cached_property
    def table(self) -> "LaneTable":
        """The languages. A search whose answers are known needs none of it."""
        from cq.lanes.table import lane_table

        return lane_table(self._folders)

    @property
    def searched(self) -> Sequence[str]:
        """The files that were searched."""
        looked_at = self._candidates
        if looked_at is None:
            return ()
        return [path for at, path in enumerate(looked_at.files.paths) if at not in looked_at.skipped]

    @property
    def searched_numbers(self) -> Sequence[int]:
        """Of the files that were searched, the number of each; 0 where the store does not know its content."""
        looked_at = self._candidates
        if looked_at is None:
            return ()
        return [number for at, number in enumerate(looked_at.files.numbers) if at not in looked_at.skipped]

    @property
    def store(self) -> Store | None:
        """What is kept of the root, if anything is."""
        return self._keeper.store

    def is_test(self, path: str) -> bool:
        """Whether a file with rows belongs to the tests."""
        return path in self._tests

    def files(self) -> Iterator[FileFound]:
        """What each file with a hit holds, in the order of the paths."""
        request = self.request
        asked = self._asks_for_targets()
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
            # Both are for the resolver to judge.
            max_count=0 if asked else request.max_count,
            keep_unqualified=asked and self._matcher.qualified,
            data=tuple(sorted(self.table.asked(request.languages, ()))) if request.languages else (),
            named=tuple(sorted({f"*{os.path.splitext(path)[1]}" for path in request.selection.paths} - {"*"})),
        )
        candidates = self._keeper.attempt(lambda: self._find(plan))
        assert self._candidates is not None
        self.unread.extend(self._candidates.unread)
        jobs = [
            candidate.job for candidate in candidates if candidate.answer is None and candidate.at not in self._counted
        ]
        self.files_to_analyse = len(candidates)
        # Of a file that may be cut about a third is parsed.
        to_parse = [job._replace(size=job.size // 3) if job.known else job for job in jobs]
        self._cost.workers = workers_for(to_parse, request.workers)
        known = None if self._resolved is None else self._resolved.resolutions
        if known is not None and self._resolved is not None:
            self.resolutions = known
            yield from self._known(candidates, self._resolved)
            return
        resolver = self._resolver(candidates, asked)
        analysed = self._analysed(jobs, plan, self._cost.workers)
        looked_at = 0
        for number, candidate in enumerate(candidates):
            if candidate.answer is None and candidate.at not in self._counted:
                # What is known costs nothing, and one more file each time: asked often enough, it comes to an end.
                if looked_at and request.ends_at is not None and time.time() > request.ends_at:
                    self._stop(candidates[number:], len(candidates))
                    return
                looked_at += 1
            found = self._found(candidate, analysed, plan)
            if isinstance(found, Unread):
                self.unread.append(found)
                continue
            if not found.hits:
                # It has the words of a text, but not side by side: the index cannot tell.
                self._count(found)
                continue
            if resolver is not None:
                found = resolver.file(found)
                if self._resolved is not None:
                    self._resolved.add(candidate, found)
            self._count(found)
            yield found
        self._to_the_end = True

    def _stop(self, left: Sequence[Candidate], of: int) -> None:
        """The time is over: say what was not looked at, and how to go on."""
        self.stopped_by = "deadline"
        self.left = [candidate.job.path for candidate in left]
        kept = "the same again goes on from there" if self._keeper.store is not None else "ask for more time"
        message = (
            f"--budget-ms was spent: {len(left):,} of {of:,} files that may hold it not looked at, from this one on; "
            f"{kept}"
        )
        self.diagnostics.append(Diagnostic(path=as_text(left[0].job.path), code="not-looked-at", message=message))

    def _known(self, candidates: Sequence[Candidate], resolved: ResolvedAnswers) -> Iterator[FileFound]:
        for candidate in candidates:
            found = resolved.of(candidate)
            if found is not None:
                self._cost.cache_hits += 1
                self._count(found)
                yield found

    def _asks_for_targets(self) -> bool:
        """Whether the question is one about definitions, which takes resolution whatever it costs."""
        request = self.request
        if request.resolve is not None:
            return request.resolve
        return request.certain or bool(request.rows_of) or self._matcher.qualified

    def _resolves_never(self) -> bool:
        """Whether no row gets a target, however quick that is."""
        request = self.request
        return request.resolve is False or not (request.shows_targets or self._asks_for_targets())

    def _resolver(self, candidates: Sequence[Candidate], asked: bool) -> "RowResolver | None":
        request = self.request
        if not asked:
            if self._resolves_never() or sum(each.job.size for each in candidates) > RESOLVE_UNASKED_BYTES:
                return None
            # The table tells languages, and all that belongs to resolution is imported only for it.
            from cq.symbols.resolvers import can_resolve

            if not any(can_resolve(self.table.by_path(each.job.path)) for each in candidates):
                return None
        from cq.search.resolved import RowResolver

        resolvers = self.resolvers()
        targets = request.targets
        if not request.rows_of and self._matcher.qualified:
            targets = tuple(each.target for name in request.query.names for each in resolvers.named(name))
            self.resolutions = tuple(Resolution(target=each, confidence="certain", reason="name") for each in targets)
        return RowResolver(
            resolvers,
            self.table,
            targets,
            rows_of=request.rows_of,
            certain=request.certain,
            possible=request.possible,
            max_count=request.max_count if asked else 0,
        )

    def resolvers(self) -> "Resolvers":
        """Those of the whole project, of which the search may be over a part."""
        if self._resolvers is None:
            from cq.symbols.project import Project
            from cq.symbols.resolvers import Resolvers

            selection = self.request.selection
            looked_at = self._candidates
            holders = None
            if looked_at is not None and looked_at.files.is_whole:
                files = looked_at.files.paths
                if self._keeper.store is not None:
                    known = Holders(self._keeper.store, looked_at.files)
                    holders = known.of if known.pays else None
            else:
                files = list_files(selection.whole).files
            self._resolvers = Resolvers(Project(selection.tree, files, self.table, holders, self._blobs()))
        return self._resolvers

    def _find(self, plan: SearchPlan) -> list[Candidate]:
        began = time.perf_counter()
        store = self._keeper.store
        looked_at = self._candidates = Candidates(self.request, self._matcher, lambda: self.table, store, self._warm)
        self._cost.list_ms = (time.perf_counter() - began) * 1000
        stamped = stamp if self._warm is None else self._warm.stamp
        own_stamp = b"" if store is None else stamped(self.request.folders)
        self._plan_key = b"" if store is None else plan_key(plan, own_stamp)
        found = looked_at.find(self._plan_key)
        # Whoever is warm knows what names refer to as long as no file changes.
        if store is not None and self._warm is None and not self._resolves_never():
            self._resolved = ResolvedAnswers(store, looked_at.files, self.request, self._plan_key)
        self._counted = {}
        if store is not None and (self._resolved is None or self._resolved.resolutions is None):
            found = self._with_syntax(store, found, plan, own_stamp)
        self._cost.read_ms = (time.perf_counter() - began) * 1000 - self._cost.list_ms
        self._cost.bytes_read = looked_at.bytes_read
        self._cost.files_listed = len(looked_at.files.paths)
        self.files_searched = len(looked_at.files.paths) - len(looked_at.skipped)
        return found

    def _with_syntax(
        self, store: Store, candidates: list[Candidate], plan: SearchPlan, own_stamp: bytes
    ) -> list[Candidate]:
        """The candidates, those that have to be parsed with what is known of their parts; the others are counted."""
        warm = self._warm
        head = store.syntax_head()
        if not head or (decode_head(head) if warm is None else warm.syntax_head(head)).stamp != own_stamp:
            return candidates
        assert self._candidates is not None
        files = self._candidates.files
        answers = CountedAnswers(files, self.request.selection.tree, plan, self._own_lanes, warm)
        found = []
        for candidate in candidates:
            number = files.numbers[candidate.at]
            if candidate.answer is None and number:
                known = syntax_of(store.syntax(number)) if warm is None else warm.syntax(number, store.syntax)
                counted = answers.of(candidate, known)
                if counted is not None:
                    self._counted[candidate.at] = counted
                else:
                    candidate = candidate._replace(job=candidate.job._replace(known=known.parts))
            found.append(candidate)
        return found

    def _own_lanes(self) -> "Lanes":
        if self._warm is not None:
            return self._warm.lanes
        if self._lanes is None:
            from cq.lanes.lanes import Lanes  # with the parser

            self._lanes = Lanes(self.table)
        return self._lanes

    def _analysed(self, jobs: Sequence[FileJob], plan: SearchPlan, workers: int) -> Iterator[FileFound | Unread]:
        if jobs:
            # The parser and all that goes with it: not for an answer that is known.
            from cq.search.analysis import SearchAnalysis

            # What is handed to other processes is the class: they have lanes of their own.
            make = SearchAnalysis if workers else lambda plan: SearchAnalysis(plan, self._own_lanes())
            yield from scan(self.request.selection.tree, jobs, make, plan, workers)

    def _found(
        self, candidate: Candidate, analysed: Iterator[FileFound | Unread], plan: SearchPlan
    ) -> FileFound | Unread:
        if candidate.answer is not None:
            self._cost.cache_hits += 1
            return unpacked(candidate.answer, candidate.job.path)
        counted = self._counted.pop(candidate.at, None)
        if counted is not None:
            self._cost.cache_hits += 1
        found = counted or next(analysed)
        if candidate.job.known and self._candidates is not None and not self._candidates.files.number_of(candidate.at):
            # It was written to since it was listed: what is known of it may not be so any more.
            found = next(self._analysed([candidate.job._replace(known=b"")], plan, 0))
        if self._plan_key and self._candidates is not None:
            self._candidates.answered(candidate, None if isinstance(found, Unread) else packed(found))
        return found

    def keep(self) -> None:
        """Give the store what was learned. Ask for it when all else is done: nobody has to wait for it."""
        if self._warm is not None and self._candidates is not None and self._candidates.remember(self._plan_key):
            self._keeper.close()
            return
        if self._candidates is not None and self._keeper.store is not None:
            learned = self._candidates.learned(self._plan_key, int(time.time()), self._to_the_end)
            if learned is not None:
                self._keeper.keep(learned)
            if self._resolved is not None and self._resolvers is not None and self._to_the_end:
                listed_ns = self._resolvers.project.listed_ns
                resolved = self._resolved.learned(self.resolutions, int(time.time()), listed_ns)
                if resolved is not None:
                    self._keeper.keep(resolved)
            self._keeper.used()
        self._keeper.close()

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
            if found.is_test:
                self._tests.add(found.path)
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
        """As grep has it: 0 something found, 1 nothing; 2 when nothing was found in the time there was.

        2 for errors is for the caller to say.
        """
        return 0 if self.rows else 2 if self.stopped_by else 1

    def ledger(self) -> tuple[Skipped, ...]:
        """The files that were not searched, or not wholly understood, by reason."""
        # What there was no time for is one note, and as many files.
        return ledger_with_left(self.unread, self.diagnostics, self.left)

    def report(self) -> Report:
        """What the run cost so far."""
        return self._cost.report(self.request.selection.root, self.rows, self.stopped_by)
