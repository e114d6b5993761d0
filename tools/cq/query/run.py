"""Run a query: which languages it fits, a plan for each, the files, the account, and what it cost for the next time."""

import time
from collections.abc import Iterator, Sequence

import msgspec

from cq.engine.history import History, Timing
from cq.engine.limits import is_over
from cq.engine.plan import PackFigures, make_plan
from cq.errors import CqError
from cq.grammar.language import grammar_version, is_installed, load_language
from cq.grammar.node_types import installed_version
from cq.lanes.scopes import check_scope_kinds
from cq.packs.query import PackQuery
from cq.packs.score import pack_score, pattern_scores
from cq.packs.source import pack_hash
from cq.query.analysis import FileEvidence, LanguageAsk, QueryAnalysis, QueryPlan
from cq.query.ask import ALL, QUERY, Numbered, QueryRequest, ad_hoc, pack_patterns
from cq.query.needles import Needles, may_have_needles, needles_of
from cq.rows.query import QuerySummary
from cq.rows.shared import Diagnostic
from cq.scan.files_run import FilesRun
from cq.scan.read import read_file, unread_job
from cq.scan.results import FileJob, Unread
from cq.settings import KEEP_BYTES


class QueryRun(FilesRun):
    """One query under way. Iterate `files()` once, then ask for the summary, the ledger and the report."""

    done = "queried"
    not_of_a_file = frozenset({"other-language"})

    def __init__(self, request: QueryRequest) -> None:
        # Which languages a query fits is told by all files, whichever of them are asked about.
        every = msgspec.structs.replace(request.selection, only=None)
        super().__init__(every, request.folders, request.languages, request.not_languages, request.workers)
        self.request = request
        self.history = History(request.history)
        self.matches = self.files_with_rows = self.files_queried = self.files_to_query = 0
        self.of: dict[str, int] = {}
        self.languages: dict[str, int] = {}
        self.timings: dict[tuple[str, str], list[Timing]] = {}
        self.asks: dict[str, LanguageAsk] = {}
        self._needles: dict[str, Needles | None] = {}
        self.too_large = 0  # files that were not parsed
        self._partly: list[str] = []  # files that were not queried to their end

    def files(self) -> Iterator[FileEvidence]:
        """What each file gives, in the order of the paths. Ends early at the row limit, or when cancelled."""
        jobs = self.prepare()
        limit = self.request.row_limit
        for found in self._results(jobs, QueryAnalysis, self.plan()):
            more = bool(self._ahead)
            if limit is not None:
                more = more or len(found.rows) > limit - self.rows
                found = msgspec.structs.replace(found, rows=found.rows[: limit - self.rows])
            self._count(found)
            yield found
            if limit is not None and self.rows >= limit and more:
                self._stop("row_cap")
                break
        self._keep_history()

    def plan(self) -> QueryPlan:
        """What the workers need to know."""
        request = self.request
        return QueryPlan(
            folders=request.folders,
            languages=self.asks,
            by_bytes=request.by_bytes,
            by_points=request.by_points,
            mode=request.mode,
            ends_at=self.ends_at,
        )

    def prepare(self) -> list[FileJob]:
        """List the files, and settle what is asked in which language."""
        by_language: dict[str, list[str]] = {}
        for path, language in self._listed():
            by_language.setdefault(language, []).append(path)
        self.settle({language: len(paths) for language, paths in by_language.items()})
        only = self.request.selection.only
        asked = {
            path: language
            for language in self.asks
            for path in by_language.get(language, ())
            if only is None or path in only
        }
        listed = time.perf_counter()
        self._cost.list_ms = self._cost.since_ms()
        jobs = list(self._jobs(asked))
        self._cost.read_ms = (time.perf_counter() - listed) * 1000
        self.files_to_query = len(jobs)
        return jobs

    def _jobs(self, language_of: dict[str, str]) -> Iterator[FileJob]:
        """The files that may have a match; those of which the bytes say no are queried with that."""
        kept = 0
        tree, binary = self.request.selection.tree, self.request.selection.binary
        for path in sorted(language_of):
            needles = self._needles[language_of[path]]
            if needles is None:
                yield unread_job(tree, path, binary)
                continue
            data = read_file(tree, path, binary)
            if isinstance(data, Unread):
                self._note_unread(data)
            elif needles.may_match(data):
                kept += len(data)
                yield FileJob(path, len(data), data if kept < KEEP_BYTES else None, binary)
            else:
                self.files_queried += 1

    def settle(self, present: dict[str, int]) -> None:
        """Resolve the question for each of these languages (with how many files each has) and make a plan for it."""
        # Without files the query is still checked: a misspelt one is an error, not an empty answer.
        languages = [*present] or sorted(self._wanted or self.table.languages)
        languages.sort(key=lambda name: (-present.get(name, 0), name))
        # Of packs by name each language has its own; a file of the user's, like a query, may be for one language.
        strange = not self.request.packs or any(name.endswith(".scm") for name in self.request.packs)
        misfits: list[tuple[str, CqError]] = []
        for language in languages:
            patterns = (
                pack_patterns(self.request, self.table, language)
                if self.request.packs
                else {QUERY: ad_hoc(self.request)}
            )
            try:
                if patterns:
                    self.asks[language] = self._ask(language, patterns)
            except CqError as error:
                missing = not is_installed(self.table.languages[language].grammar)
                if missing:
                    error = CqError(error.message, self.table.how_to_install(language))
                if language in self._wanted or not (strange or missing):
                    raise error from None
                misfits.append((language, error))
        if misfits and not self.asks:
            hints = [f"{language}: {error.hint}" for language, error in misfits if error.hint]
            raise CqError(misfits[0][1].message, "; ".join(hints) if len(misfits) > 1 else misfits[0][1].hint)
        for language, misfit in misfits:
            # A query for one language: files in others are passed over, and it is said so.
            if present.get(language):
                why = misfit.message.partition("\n")[0]
                if not is_installed(self.table.languages[language].grammar):
                    why += f"; {misfit.hint}"
                files = f"{present[language]:,} {language} file{'s' * (present[language] != 1)}"
                message = f"{files} passed over: {why}"
                self.diagnostics.append(Diagnostic(path=self.request.source, code="other-language", message=message))
        if self.request.packs:
            self._check_packs(languages)

    def _check_packs(self, languages: list[str]) -> None:
        there = {name for language in languages for name in self.table.packs.names(language)}
        for name in self.request.packs:
            if name != ALL and not name.endswith(".scm") and name not in there:
                where = ", ".join(sorted(languages)) or "any language here"
                raise CqError(f"no pack {name!r} for {where}", f"one of: {', '.join(sorted(there))}, {ALL}")
        if not self.asks:
            roles = ", ".join(self.request.roles)
            raise CqError(f"no pattern of these packs gives {roles or 'a row'}", "cq packs show LANGUAGE")

    def _ask(self, language: str, patterns: dict[str, Numbered]) -> LanguageAsk:
        entry = self.table.languages[language]
        grammar = load_language(entry.grammar)
        version = grammar_version(grammar) or installed_version(entry.grammar)
        every = [pattern for of_pack in patterns.values() for _, pattern in of_pack]
        if any("in-scope?" in pattern.text for pattern in every):
            packs = self.table.packs
            check_scope_kinds(every, (*packs.patterns(language, "definitions"), *packs.patterns(language, "structure")))
        figures = []
        self._needles[language] = None
        for name, of_pack in patterns.items():
            texts = [pattern for _, pattern in of_pack]
            hash = pack_hash(texts)
            key = self._key(name, hash)
            known = self.history.entry(language, key, hash, version)
            score = known.score if known is not None else 0.0
            if known is None or may_have_needles(texts):
                scores = pattern_scores(PackQuery(grammar, texts))
                score = pack_score(scores)
                self.history.put_score(language, key, hash, version, score)
                if len(patterns) == 1:
                    self._needles[language] = needles_of(texts, scores)
            figures.append(PackFigures(key, hash, len(texts), score))
        plan = make_plan(
            language,
            version,
            figures,
            pack_hash(every),
            self.history,
            self.request.limits,
        )
        keyed = {figure.name: of_pack for figure, of_pack in zip(figures, patterns.values(), strict=True)}
        evidence = bool(self.request.packs)
        return LanguageAsk(plan=plan, patterns=keyed, captures=self.request.captures, evidence=evidence)

    def _key(self, name: str, hash: str) -> str:
        """How a pack is called in the history: with the roles when it is cut down to some."""
        if not self.request.packs:
            return f"{name}:{hash}"
        return f"{name}[{','.join(self.request.roles)}]" if self.request.roles else name

    def _count(self, found: FileEvidence) -> None:
        if not found.looked_at:
            self.diagnostics.extend(found.diagnostics)
            if found.diagnostics:
                self.too_large += 1
                return
            self._left.append(found.path)
            if is_over(self.ends_at):
                self.stopped_by = self.stopped_by or "deadline"
            return
        self.files_queried += 1
        self.rows += len(found.rows)
        self.matches += found.matches
        if found.rows:
            self.files_with_rows += 1
            self.languages[found.language] = self.languages.get(found.language, 0) + len(found.rows)
            for of, _ in found.rows:
                self.of[of] = self.of.get(of, 0) + 1
        self.diagnostics.extend(found.diagnostics)
        self.stopped_by = self.stopped_by or found.tally.stopped_by
        if found.tally.stopped_by:
            self._partly.append(found.path)
        for timing in found.timings:
            self.timings.setdefault((found.language, timing.name), []).append(timing)
        cost = self._cost
        cost.windows += found.tally.windows
        cost.windows_run += found.tally.windows_run
        cost.matches += found.matches
        cost.captures += found.tally.captures
        cost.files_parsed += bool(found.parsed_bytes)
        cost.bytes_parsed += found.parsed_bytes
        cost.cache_hits += found.cache_hit
        cost.parse_ms += found.parse_ms
        cost.query_ms += found.query_ms
        cost.rows_ms += found.rows_ms

    def _keep_history(self) -> None:
        if self.request.history is None:
            return
        for (language, name), timings in self.timings.items():
            plan = self.asks[language].plan
            hash = plan.hash if name == plan.together else next(pack.hash for pack in plan.packs if pack.name == name)
            self.history.put_run(language, name, hash, plan.grammar, timings)
        self.history.save()

    @property
    def left(self) -> Sequence[str]:
        """The files that were not queried to their end."""
        return (*self._left, *self._partly)

    @property
    def is_complete(self) -> bool:
        """Whether every file that may have a row was queried to its end."""
        return not self.stopped_by and not self.too_large and not self._left

    def summary(self, status: int) -> QuerySummary:
        """The account of the run."""
        return QuerySummary(
            rows=self.rows,
            matches=self.matches,
            files=self.files_with_rows,
            files_queried=self.files_queried,
            of=dict(sorted(self.of.items())),
            languages=dict(sorted(self.languages.items())),
            complete=self.is_complete,
            exit_status=status,
        )
