"""The analysis behind `cq search`: one file to its rows and to the account of its hits."""

import time

import msgspec

from cq.grammar.parse import first_error
from cq.lanes.facts import FactReader
from cq.lanes.lane import Lane
from cq.lanes.lexical import LexicalReader
from cq.lanes.lines import Lines
from cq.lanes.qualifier import qualifier_of
from cq.lanes.table import LaneTable, lane_table
from cq.lanes.verdict import Verdict
from cq.rows import MENTIONS, Diagnostic, Facts, Row
from cq.search.names import NameMatcher, NameQuery, Span
from cq.settings import PARSE_LIMIT_BYTES

_encode_row = msgspec.json.Encoder().encode


class SearchPlan(msgspec.Struct, frozen=True, kw_only=True):
    """All that a worker needs to know of a search."""

    query: NameQuery
    folders: tuple[str, ...]  # of queries
    roles: frozenset[str] = frozenset()  # empty: all that are no mentions
    kinds: frozenset[str] = frozenset()
    text: bool = False  # mentions too
    facts: bool = True
    before: int = 0
    after: int = 0
    max_count: int = 0  # matching lines per file; 0: all


class FileFound(msgspec.Struct, frozen=True, kw_only=True):
    """What one file holds. Rows are encoded already: a name may stand in a hundred thousand places."""

    path: str
    language: str
    rows: tuple[tuple[str, bytes], ...]  # role and the row as JSON, in the order of the file
    lines: int  # distinct lines that hold a row
    roles: dict[str, int]
    withheld: dict[str, int]
    hits: int
    diagnostics: tuple[Diagnostic, ...] = ()
    parsed_bytes: int = 0
    parse_ms: float = 0.0
    query_ms: float = 0.0
    rows_ms: float = 0.0


class SearchAnalysis:
    """Searches single files for one plan. Owns the lanes: made once per process."""

    def __init__(self, plan: SearchPlan) -> None:
        self._plan = plan
        self._matcher = NameMatcher(plan.query)
        self._table: LaneTable = lane_table(plan.folders)
        self._lexical = LexicalReader(self._table.lexical)
        self._lanes: dict[str, Lane] = {}
        self._facts: dict[str, FactReader] = {}

    def run(self, path: str, data: bytes) -> FileFound:
        """Rows and account of one file."""
        began = time.perf_counter()
        hits = self._matcher.find(data)
        language = self._table.by_content(path, data)
        diagnostics: tuple[Diagnostic, ...] = ()
        parsed = queried = began
        root = None
        # With fixed text the role is that of its last word.
        anchors = [_last_word(data, hit) for hit in hits] if self._plan.query.mode == "text" else hits
        if language and len(data) <= PARSE_LIMIT_BYTES:
            lane = self._lane(language)
            tree = lane.parse(data)
            root = tree.root_node
            parsed = time.perf_counter()
            verdicts = lane.classify(data, root, anchors)
            queried = time.perf_counter()
            if root.has_error:
                diagnostics = (_syntax_error(path, root),)
        else:
            verdicts = [self._textual(path, data, hit, bool(language)) for hit in anchors]
            if language:
                message = f"{len(data) / 1e6:.1f} MB: searched as text, not parsed"
                diagnostics = (Diagnostic(path=path, code="too-large-to-parse", message=message),)
        lexical = root is None
        rows, lines, roles, withheld = self._rows(path, data, language, lexical, root, hits, anchors, verdicts)
        return FileFound(
            path=path,
            language=language,
            rows=rows,
            lines=lines,
            roles=roles,
            withheld=withheld,
            hits=len(hits),
            diagnostics=diagnostics if hits else (),
            parsed_bytes=0 if lexical else len(data),
            parse_ms=(parsed - began) * 1000,
            query_ms=(queried - parsed) * 1000,
            rows_ms=(time.perf_counter() - queried) * 1000,
        )

    def _rows(  # type: ignore[no-untyped-def]
        self, path, data: bytes, language: str, lexical: bool, root, hits, anchors, verdicts: list[Verdict]
    ) -> tuple[tuple[tuple[str, bytes], ...], int, dict[str, int], dict[str, int]]:
        rows: list[tuple[str, bytes]] = []
        roles: dict[str, int] = {}
        withheld: dict[str, int] = {}
        lines = Lines(data)
        plan = self._plan
        entry = self._table.languages.get(language)
        separator = entry.separator if entry else "."
        shown_path = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        last_line = matching_lines = 0
        for hit, anchor, verdict in zip(hits, anchors, verdicts, strict=True):
            role = verdict.role
            roles[role] = roles.get(role, 0) + 1
            reason = self._withheld(path, data, language, root, anchor, verdict)
            if not reason and plan.max_count:
                line = lines.position(hit[0])[0]
                if matching_lines >= plan.max_count and line != last_line:
                    reason = "max-count"
            if reason:
                withheld[reason] = withheld.get(reason, 0) + 1
                continue
            line, column, begin = lines.position(hit[0])
            if line != last_line:
                matching_lines += 1
                last_line = line
            text, text_column = lines.text(begin, *hit)
            name = data[hit[0] : hit[1]].decode("utf-8", "replace")
            before, after = (
                lines.around(begin, hit[1], plan.before, plan.after) if plan.before or plan.after else ((), ())
            )
            facts: Facts | None = None
            if plan.facts and verdict.node is not None:
                facts = self._fact_reader(language).facts(data, verdict.node)
            row = Row(
                path=shown_path,
                line=line,
                column=column,
                end_line=line,
                end_column=column + len(name),
                start_byte=hit[0],
                end_byte=hit[1],
                language=language or "text",
                role=role,
                kind=verdict.kind,
                name=name,
                container=separator.join(verdict.names),
                scope=verdict.scope,
                text=text,
                text_column=text_column,
                method="lexical" if lexical or role == "unparsed" else "syntax",
                via=verdict.via,
                before=before,
                after=after,
                facts=facts,
            )
            rows.append((role, _encode_row(row)))
        return tuple(rows), matching_lines, roles, withheld

    def _withheld(self, path, data, language: str, root, anchor: Span, verdict: Verdict) -> str:  # type: ignore[no-untyped-def]
        """Why a hit is no row, or ""."""
        plan = self._plan
        if plan.roles:
            if verdict.role not in plan.roles:
                return "role"
        elif verdict.role in MENTIONS and not plan.text:
            return "mention"
        if plan.kinds and verdict.kind not in plan.kinds:
            return "kind"
        if self._matcher.qualified and not self._is_qualified(path, data, language, root, anchor, verdict):
            return "qualifier"
        return ""

    def _is_qualified(self, path, data, language: str, root, anchor: Span, verdict: Verdict) -> bool:  # type: ignore[no-untyped-def]
        word = data[anchor[0] : anchor[1]].decode("utf-8", "replace")
        entry = self._table.languages.get(language)
        if root is None or entry is None or verdict.role in MENTIONS:
            return self._matcher.admits_text(data, anchor)
        owners: list[tuple[str, ...]] = []
        written = qualifier_of(entry, root, *anchor)
        if written and written[0] in entry.self_words:
            # The type is one of the scopes around: which of them is for the qualifiers to say.
            owners.extend((*verdict.names[:depth], *written[1:]) for depth in range(1, len(verdict.names) + 1))
        elif written:
            owners.append(written)
        if verdict.role == "definition":
            owners.append((*_module_of(path, entry.package_files), *verdict.names))
        return self._matcher.admits(word, owners)

    def _textual(self, path: str, data: bytes, hit: Span, is_code: bool) -> Verdict:
        if not is_code and self._table.is_prose(path):
            return Verdict("text")
        return self._lexical.verdict(data, *hit)

    def _lane(self, language: str) -> Lane:
        lane = self._lanes.get(language)
        if lane is None:
            lane = Lane(language, self._table.languages[language], self._table.folder_of[language])
            self._lanes[language] = lane
        return lane

    def _fact_reader(self, language: str) -> FactReader:
        reader = self._facts.get(language)
        if reader is None:
            reader = self._facts[language] = FactReader(self._lane(language))
        return reader


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


def _syntax_error(path: str, root) -> Diagnostic:  # type: ignore[no-untyped-def]
    node = first_error(root)
    point = (node or root).start_point
    what = f"missing {node.type}" if node is not None and node.is_missing else "not understood from here"
    return Diagnostic(
        path=path,
        code="syntax-error",
        message=f"syntax error: {what}; the rest of the file is still searched",
        line=point.row + 1,
        column=point.column + 1,
    )
