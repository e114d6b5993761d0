"""The analysis behind `cq search`: one file to its rows and to the account of its hits."""

import time
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tree_sitter import Node, Tree

from cq.grammar.parse import parse_parts
from cq.lanes.injected_hits import Injected
from cq.lanes.lane import Lane
from cq.lanes.lanes import Lanes
from cq.lanes.lexical import LexicalReader
from cq.lanes.qualifier import qualifier_of
from cq.lanes.syntax_error import syntax_error
from cq.lanes.table import LaneTable, LanguageEntry, lane_table
from cq.lanes.verdict import Verdict
from cq.rows.facts import Facts
from cq.rows.search import MENTIONS
from cq.rows.shared import Diagnostic
from cq.search.file_rows import FileRows, Place, mentions_of, withheld
from cq.search.names import NameMatcher, Span
from cq.search.plan import FileFound, SearchPlan
from cq.settings import HITS_AT_ONCE, PARSE_LIMIT_BYTES, ROWS_PER_FILE
from cq.store.parts import spans_of


class _File(NamedTuple):
    """The file at hand; without a root when it was not parsed."""

    path: str
    data: bytes
    language: str
    lane: Lane | None = None
    root: Node | None = None

    @property
    def entry(self) -> LanguageEntry | None:
        return None if self.lane is None else self.lane.entry


class SearchAnalysis:
    """Searches single files for one plan. Owns the lanes: made once per process."""

    def __init__(self, plan: SearchPlan, lanes: Lanes | None = None) -> None:
        """`lanes`: those of another search of this process, which know their languages already."""
        self._plan = plan
        self._matcher = NameMatcher(plan.query)
        self._table: LaneTable = lane_table(plan.folders)
        self._data = self._table.searched | self._table.asked(plan.data, plan.named)
        self._lexical = LexicalReader(self._table.lexical)
        self._lanes = lanes or Lanes(self._table)
        self._injected = _injected(plan)
        self._mentions = mentions_of(plan)

    def run(self, path: str, data: bytes) -> FileFound:
        """Rows and account of one file."""
        return self.run_known(path, data, b"")

    def run_known(self, path: str, data: bytes, known: bytes) -> FileFound:
        """The same; `known` is what the index has of where the file may be cut, so that not all of it is parsed."""
        began = time.perf_counter()
        hits = self._matcher.find(data)
        language = self._table.by_content(path, data, self._data)
        # With fixed text the role is that of its last word.
        anchors = [_last_word(data, hit) for hit in hits] if self._plan.query.mode == "text" else hits
        diagnostics: list[Diagnostic] = []
        file = _File(path, data, language)
        lane: Lane | None = None
        parsed_bytes = 0
        if not hits:
            pass
        elif language and len(data) <= PARSE_LIMIT_BYTES:
            understood = self._parsed(language, data, anchors, known)
            if understood is None:
                diagnostics.append(self._table.without_grammar(path, language, "searched as text"))
            else:
                lane, tree, parsed_bytes = understood
                file = _File(path, data, language, lane, tree.root_node)
                if language not in self._table.data:  # of those there are dialects, and templates
                    diagnostics.extend(syntax_error(path, tree.root_node, "the rest of the file is still searched"))
        elif language:
            message = f"{len(data) / 1e6:.1f} MB: searched as text, not parsed"
            diagnostics.append(Diagnostic(path=path, code="too-large-to-parse", message=message))
        parsed = time.perf_counter()
        separator = file.entry.separator if file.entry else "."
        rows = FileRows(self._plan, path, data, language, separator, file.root is not None)
        query_seconds = 0.0
        for first in range(0, len(hits), HITS_AT_ONCE):
            asked = time.perf_counter()
            some = anchors[first : first + HITS_AT_ONCE]
            if lane is not None and file.root is not None:
                verdicts = lane.classify(data, file.root, some, self._injected)
            else:
                verdicts = [self._textual(file, hit) for hit in some]
            query_seconds += time.perf_counter() - asked
            self._add_rows(rows, file, zip(hits[first : first + HITS_AT_ONCE], some, verdicts, strict=True))
        tally = lane.take_tally() if lane is not None else None
        if "truncated" in rows.withheld:
            message = f"only the first {ROWS_PER_FILE:,} rows of {len(hits):,} hits"
            diagnostics.append(Diagnostic(path=path, code="truncated", message=message))
        return FileFound(
            path=path,
            language=language,
            rows=tuple(rows.encoded),
            lines=rows.lines,
            roles=rows.roles,
            withheld=rows.withheld,
            hits=len(hits),
            unqualified=tuple(rows.unqualified),
            diagnostics=tuple(diagnostics),
            is_test=self._table.is_test(path),
            parsed_bytes=parsed_bytes,
            windows=0 if tally is None else tally.windows,
            matches=0 if tally is None else tally.matches,
            parse_ms=(parsed - began) * 1000,
            query_ms=query_seconds * 1000,
            rows_ms=(time.perf_counter() - parsed - query_seconds) * 1000,
        )

    def _parsed(self, language: str, data: bytes, hits: Sequence[Span], known: bytes) -> tuple[Lane, Tree, int] | None:
        """The lane, the tree of all that has to be parsed for these hits, and how much that is."""
        lane = self._lanes.lane_or_none(language) if known else None
        if lane is not None:
            members = not self._plan.facts or self._plan.detail == "head"
            spans = spans_of(known, [hit[0] for hit in hits], len(data), members)
            tree = parse_parts(lane.language, data, spans)
            if not tree.root_node.has_error:
                return lane, tree, sum(end - start for start, end in spans)
        understood = self._lanes.parsed(language, data)
        return None if understood is None else (*understood, len(data))

    def _add_rows(self, rows: FileRows, file: _File, judged: Iterable[tuple[Span, Span, Verdict]]) -> None:
        plan = self._plan
        for hit, anchor, verdict in judged:
            rows.count(verdict.role)
            reason = self._withheld(file, anchor, verdict)
            unqualified = reason == "qualifier" and plan.keep_unqualified
            if reason and not unqualified:
                rows.withhold(reason)
                continue
            at = rows.begin(hit)
            if at is None:
                continue
            if unqualified:
                rows.unqualified.append(len(rows.encoded))
            facts: Facts | None = None
            if plan.facts and file.root is not None and file.lane is not None:
                facts = self._lanes.facts(file.lane.name).row(file.data, file.root, verdict, anchor, plan.detail)
            place = Place(verdict.role, verdict.kind, verdict.scope, verdict.names, verdict.via, verdict.injected)
            rows.add(hit, at, place, facts)

    def _withheld(self, file: _File, anchor: Span, verdict: Verdict) -> str:
        """Why a hit is no row, or ""."""
        reason = withheld(self._plan, self._mentions, verdict.role, verdict.kind)
        if not reason and self._matcher.qualified and not self._is_qualified(file, anchor, verdict):
            return "qualifier"
        return reason

    def _is_qualified(self, file: _File, anchor: Span, verdict: Verdict) -> bool:
        entry = file.entry
        if file.root is None or entry is None or verdict.role in MENTIONS:
            return self._matcher.admits_text(file.data, anchor)
        owners: list[tuple[str, ...]] = []
        written = qualifier_of(entry, file.root, *anchor)
        if written and written[0] in entry.self_words:
            # The type is one of the scopes around: which of them is for the qualifiers to say.
            owners.extend((*verdict.names[:depth], *written[1:]) for depth in range(1, len(verdict.names) + 1))
        if written:
            owners.append(written)
        if verdict.role == "definition":
            owners.append((*_module_of(file.path, entry.package_files), *verdict.names))
        return self._matcher.admits(file.data[anchor[0] : anchor[1]].decode("utf-8", "replace"), owners)

    def _textual(self, file: _File, hit: Span) -> Verdict:
        if not file.language and self._table.is_prose(file.path):
            return Verdict("text")
        return self._lexical.verdict(file.data, *hit)


def _injected(plan: SearchPlan) -> Injected:
    """How far into injections the hits are followed: what no row will tell is not looked for."""
    if plan.injected is False:
        return "none"
    return "all" if plan.injected or plan.text or plan.roles & MENTIONS else "code"


def _last_word(data: bytes, hit: Span) -> Span:
    end = hit[1]
    while end > hit[0] and not (data[end - 1] >= 0x80 or chr(data[end - 1]).isalnum() or data[end - 1] == 0x5F):
        end -= 1
    start = end
    while start > hit[0] and (data[start - 1] >= 0x80 or chr(data[start - 1]).isalnum() or data[start - 1] == 0x5F):
        start -= 1
    return (start, end) if start < end else hit


def _module_of(path: str, package_files: tuple[str, ...]) -> tuple[str, ...]:
    *folders, name = path.split("/")
    stem = name.rsplit(".", 1)[0]
    return tuple(folders) if stem in package_files else (*folders, stem)
