"""The analysis behind `cq search`: one file to its rows and to the account of its hits."""

import time
from collections.abc import Iterable
from typing import NamedTuple

import msgspec
from tree_sitter import Node

from cq.lanes.injected_hits import Injected
from cq.lanes.lane import Lane
from cq.lanes.lanes import Lanes
from cq.lanes.lexical import LexicalReader
from cq.lanes.lines import Lines
from cq.lanes.qualifier import qualifier_of
from cq.lanes.syntax_error import syntax_error
from cq.lanes.table import LaneTable, LanguageEntry, lane_table
from cq.lanes.verdict import Verdict
from cq.rows.facts import Facts
from cq.rows.search import MENTIONS, Row
from cq.rows.shared import Diagnostic, as_text
from cq.search.names import NameMatcher, Span
from cq.search.plan import FileFound, SearchPlan
from cq.settings import HITS_AT_ONCE, PARSE_LIMIT_BYTES, ROWS_PER_FILE

_encode_row = msgspec.json.Encoder().encode


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


class _Rows:
    """What is known of a file's rows so far."""

    def __init__(self, of_file: Lines) -> None:
        self.of_file = of_file
        self.encoded: list[tuple[str, bytes]] = []
        self.lines = 0  # that hold a row
        self.last_line = 0
        self.roles: dict[str, int] = {}
        self.withheld: dict[str, int] = {}
        self.unqualified: list[int] = []


class SearchAnalysis:
    """Searches single files for one plan. Owns the lanes: made once per process."""

    def __init__(self, plan: SearchPlan) -> None:
        self._plan = plan
        self._matcher = NameMatcher(plan.query)
        self._table: LaneTable = lane_table(plan.folders)
        self._lexical = LexicalReader(self._table.lexical)
        self._lanes = Lanes(self._table)
        self._injected = _injected(plan)
        self._mentions = MENTIONS - {"doc-example"} if plan.injected else MENTIONS

    def run(self, path: str, data: bytes) -> FileFound:
        """Rows and account of one file."""
        began = time.perf_counter()
        hits = self._matcher.find(data)
        language = self._table.by_content(path, data)
        # With fixed text the role is that of its last word.
        anchors = [_last_word(data, hit) for hit in hits] if self._plan.query.mode == "text" else hits
        diagnostics: list[Diagnostic] = []
        file = _File(path, data, language)
        lane: Lane | None = None
        if language and len(data) <= PARSE_LIMIT_BYTES:
            understood = self._lanes.parsed(language, data)
            if understood is None:
                diagnostics.append(self._table.without_grammar(path, language, "searched as text"))
            else:
                lane, tree = understood
                file = _File(path, data, language, lane, tree.root_node)
                if tree.root_node.has_error:
                    diagnostics.append(syntax_error(path, tree.root_node, "the rest of the file is still searched"))
        elif language:
            message = f"{len(data) / 1e6:.1f} MB: searched as text, not parsed"
            diagnostics.append(Diagnostic(path=path, code="too-large-to-parse", message=message))
        parsed = time.perf_counter()
        rows = _Rows(Lines(data))
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
            diagnostics=tuple(diagnostics) if hits else (),
            is_test=self._table.is_test(path),
            parsed_bytes=0 if file.root is None else len(data),
            windows=0 if tally is None else tally.windows,
            matches=0 if tally is None else tally.matches,
            parse_ms=(parsed - began) * 1000,
            query_ms=query_seconds * 1000,
            rows_ms=(time.perf_counter() - parsed - query_seconds) * 1000,
        )

    def _add_rows(self, rows: _Rows, file: _File, judged: Iterable[tuple[Span, Span, Verdict]]) -> None:
        lines = rows.of_file
        plan = self._plan
        path = as_text(file.path)
        separator = file.entry.separator if file.entry else "."
        for hit, anchor, verdict in judged:
            role = verdict.role
            rows.roles[role] = rows.roles.get(role, 0) + 1
            reason = self._withheld(file, anchor, verdict)
            unqualified = reason == "qualifier" and plan.keep_unqualified
            if reason and not unqualified:
                rows.withheld[reason] = rows.withheld.get(reason, 0) + 1
                continue
            if len(rows.encoded) >= ROWS_PER_FILE:
                rows.withheld["truncated"] = rows.withheld.get("truncated", 0) + 1
                continue
            line, column, begin = lines.position(hit[0])
            if line != rows.last_line:
                if plan.max_count and rows.lines >= plan.max_count:
                    rows.withheld["max-count"] = rows.withheld.get("max-count", 0) + 1
                    continue
                rows.lines += 1
                rows.last_line = line
            if unqualified:
                rows.unqualified.append(len(rows.encoded))
            text, text_column = lines.text(begin, *hit)
            name = file.data[hit[0] : hit[1]].decode("utf-8", "replace")
            around: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
            if plan.before or plan.after:
                around = lines.around(begin, hit[1], plan.before, plan.after)
            facts: Facts | None = None
            if plan.facts and file.root is not None and file.lane is not None:
                facts = self._lanes.facts(file.lane.name).row(file.data, file.root, verdict, anchor, plan.detail)
            row = Row(
                path=path,
                line=line,
                column=column,
                end_line=line,
                end_column=column + len(name),
                start_byte=hit[0],
                end_byte=hit[1],
                language=verdict.injected or file.language or "text",
                host=file.language if verdict.injected else "",
                role=role,
                kind=verdict.kind,
                name=name,
                container=separator.join(verdict.names),
                scope=verdict.scope,
                text=text,
                text_column=text_column,
                method="lexical" if file.root is None or role == "unparsed" else "syntax",
                via=verdict.via,
                before=around[0],
                after=around[1],
                facts=facts,
            )
            rows.encoded.append((role, _encode_row(row)))

    def _withheld(self, file: _File, anchor: Span, verdict: Verdict) -> str:
        """Why a hit is no row, or ""."""
        plan = self._plan
        if plan.roles:
            if verdict.role not in plan.roles:
                return "role"
        elif verdict.role in self._mentions and not plan.text:
            return "mention"
        if plan.kinds and verdict.kind not in plan.kinds:
            return "kind"
        if self._matcher.qualified and not self._is_qualified(file, anchor, verdict):
            return "qualifier"
        return ""

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
