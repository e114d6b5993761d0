"""The analysis behind `cq query`: one file to the evidence rows of a query or of packs."""

import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from cq.engine.evidence import Evidence, MatchSpans
from cq.engine.execute import Tally
from cq.engine.history import Timing
from cq.engine.limits import is_over
from cq.engine.plan import Plan
from cq.engine.program import Program
from cq.engine.windows import ByteWindow, PointWindow, WindowMode, aligned, joined
from cq.grammar.language import load_language
from cq.grammar.session import ParseSession
from cq.lanes.scopes import ScopeReader
from cq.lanes.syntax_error import syntax_error
from cq.lanes.table import lane_table
from cq.packs.meaning import meaning_of
from cq.packs.pattern import parts_of
from cq.query.ask import Numbered
from cq.query.places import Places, Said
from cq.rows.shared import Diagnostic, as_text
from cq.settings import PARSE_LIMIT_BYTES, SESSION_BYTES


class LanguageAsk(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of files in one language."""

    plan: Plan
    patterns: dict[str, Numbered]  # by pack
    evidence: bool  # a row for each match of a pack's pattern; else one for each captured node
    captures: tuple[str, ...] = ()  # empty: all


class QueryPlan(msgspec.Struct, frozen=True, kw_only=True):
    """All that a worker needs to know."""

    folders: tuple[str, ...]
    languages: dict[str, LanguageAsk]
    by_bytes: tuple[ByteWindow, ...] = ()
    by_points: tuple[PointWindow, ...] = ()
    mode: WindowMode = "intersection"
    ends_at: float | None = None


class FileEvidence(msgspec.Struct, frozen=True, kw_only=True):
    """What one file gives. Rows are encoded already."""

    path: str
    language: str
    rows: tuple[tuple[str, bytes], ...] = ()  # capture or role, and the row as JSON, in the order of the file
    matches: int = 0
    tally: Tally
    timings: tuple[Timing, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    looked_at: bool = True  # false when the time was over before
    parsed_bytes: int = 0
    cache_hit: bool = False
    read_ms: float = 0.0
    parse_ms: float = 0.0
    query_ms: float = 0.0
    rows_ms: float = 0.0


class _Language(NamedTuple):
    program: Program
    session: ParseSession
    said: tuple[Said, ...]  # of each pattern, as the program numbers them


class QueryAnalysis:
    """Queries single files. Owns parsers and queries: made once per process."""

    def __init__(self, plan: QueryPlan) -> None:
        self._plan = plan
        self._table = lane_table(plan.folders)
        self._languages: dict[str, _Language] = {}

    def run(self, path: str, data: bytes) -> FileEvidence:
        """The evidence of one file."""
        language = self._table.by_content(path, data, self._table.data)
        ask = self._plan.languages.get(language)
        if ask is None or is_over(self._plan.ends_at):
            return FileEvidence(path=path, language=language, tally=Tally(), looked_at=ask is None)
        if len(data) > PARSE_LIMIT_BYTES:
            message = f"{len(data) / 1e6:.1f} MB: not parsed, not queried"
            large = Diagnostic(path=path, code="too-large-to-parse", message=message)
            return FileEvidence(path=path, language=language, tally=Tally(), diagnostics=(large,), looked_at=False)
        lane = self._language(language, ask)
        windows, outside = self._windows(data)
        diagnostics: list[Diagnostic] = []
        if outside:
            message = "a window lies outside this file" if windows else "the windows lie outside this file"
            diagnostics.append(Diagnostic(path=as_text(path), code="outside", message=message))
        if not windows:
            return FileEvidence(path=path, language=language, tally=Tally(), diagnostics=tuple(diagnostics))
        began = time.perf_counter()
        hits = lane.session.statistics.hits
        tree = lane.session.parse(data)
        parsed = time.perf_counter()
        run = lane.program.run(tree.root_node, windows, self._plan.mode, len(data), self._plan.ends_at)
        queried = time.perf_counter()
        rows = tuple(self._rows(path, data, language, lane, run.found))
        if run.tally.stopped_by:
            diagnostics.append(_stopped(path, run.tally))
        diagnostics.extend(syntax_error(path, tree.root_node, "the rest of the file is still queried"))
        return FileEvidence(
            path=path,
            language=language,
            rows=rows,
            matches=len(run.found),
            tally=run.tally,
            timings=tuple(run.timings),
            diagnostics=tuple(diagnostics),
            parsed_bytes=len(data),
            cache_hit=lane.session.statistics.hits > hits,
            parse_ms=(parsed - began) * 1000,
            query_ms=(queried - parsed) * 1000,
            rows_ms=(time.perf_counter() - queried) * 1000,
        )

    def _language(self, language: str, ask: LanguageAsk) -> _Language:
        known = self._languages.get(language)
        if known is None:
            entry = self._table.languages[language]
            grammar = load_language(entry.grammar)
            packs = self._table.packs
            scoped = [*packs.patterns(language, "definitions"), *packs.patterns(language, "structure")]
            program = Program(
                grammar,
                ask.plan,
                {pack: [pattern for _, pattern in patterns] for pack, patterns in ask.patterns.items()},
                captures=frozenset(ask.captures) or None,
                evidence=ask.evidence,
                separator=entry.separator,
                scopes_of=ScopeReader(grammar, scoped).scopes_of,
            )
            known = _Language(program, ParseSession(grammar, SESSION_BYTES), tuple(_said(ask)))
            self._languages[language] = known
        return known

    def _windows(self, data: bytes) -> tuple[list[ByteWindow], bool]:
        """The windows in this file, and whether one that was asked for lies outside of it."""
        plan = self._plan
        asked = [
            aligned(data, by_bytes, by_points)
            for by_bytes in plan.by_bytes or (None,)
            for by_points in plan.by_points or (None,)
        ]
        windows = [window for window in asked if window is not None]
        return joined(windows), len(windows) < len(asked)

    def _rows(
        self, path: str, data: bytes, language: str, lane: _Language, found: Sequence[Evidence | MatchSpans]
    ) -> Iterator[tuple[str, bytes]]:
        places = Places(path, data, language)
        for number, each in enumerate(found):
            if isinstance(each, MatchSpans):
                said = lane.said[each.pattern]
                for start, minus_end, capture, node in each.captures:
                    yield capture, places.row(start, -minus_end, capture, node, said, number)
            else:
                start, end, pattern = each
                said = lane.said[pattern]
                yield said.role, places.evidence(start, end, said, number)


def _said(ask: LanguageAsk) -> Iterator[Said]:
    for pack, patterns in ask.patterns.items():
        for index, pattern in patterns:
            if not ask.evidence:
                yield Said("", index, "", "")
                continue
            parts = parts_of(pattern)
            meaning = meaning_of(parts.settings, parts.captures)
            yield Said(pack.partition("[")[0], index, meaning.role or meaning.emit, meaning.kind)


def _stopped(path: str, tally: Tally) -> Diagnostic:
    message = {
        "deadline": f"the budget was spent after {tally.windows_run} of {tally.windows} windows: rows are missing",
        "match_limit": "too many matches in progress: rows may be missing (--match-limit 65536 takes more)",
        "row_cap": "more rows than the cap",
        "cancelled": "cancelled",
    }[tally.stopped_by]
    return Diagnostic(path=as_text(path), code=tally.stopped_by, message=message)
