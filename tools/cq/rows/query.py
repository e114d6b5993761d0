"""What `cq query` emits."""

import msgspec

from cq.rows.shared import Diagnostic, More, Report, SchemaId, Skipped


class EvidenceRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One captured node of a query, or the place that a match of a pack's pattern speaks of."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    start_byte: int
    end_byte: int
    language: str
    capture: str = ""  # of an ad-hoc query
    node: str = ""  # kind of the captured node
    role: str = ""  # of a pack's pattern: "definition", "call" ..., or its `cq.emit`
    kind: str = ""
    name: str = ""  # of a pack's pattern: the text of its anchor
    pack: str = ""
    pattern: int  # index in the query or the pack, from 0
    match: int  # number of the match in the file, from 0: captures of one match share it
    text: str  # what is captured, cut when it is long; of a pack's pattern its line


class AskedQuery(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The question of `cq query`, as it was understood."""

    query: str = ""
    packs: tuple[str, ...] = ()
    captures: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    globs: tuple[str, ...] = ()
    window_mode: str = "intersection"
    limit: int | None = None


class QuerySummary(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The account of `cq query`."""

    rows: int
    matches: int
    files: int  # with a row
    files_queried: int
    of: dict[str, int] = {}  # rows by capture, or by role
    languages: dict[str, int] = {}  # rows by language
    complete: bool  # false when a limit or the user stopped it
    exit_status: int


class QueryTail(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The last line of `cq query --format jsonl`; each line before it is an EvidenceRow."""

    schema: SchemaId
    query: AskedQuery
    summary: QuerySummary
    ledger: tuple[Skipped, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    more: More | None = None  # within a budget: what is not given
    report: Report


class QueryAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq query --json`."""

    schema: SchemaId
    query: AskedQuery
    summary: QuerySummary
    rows: tuple[EvidenceRow, ...]
    ledger: tuple[Skipped, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    more: More | None = None  # within a budget: what is not given
    report: Report


class ChangeRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of `cq query --watch --format jsonl`."""

    change: str  # "added" or "removed"
    row: EvidenceRow
