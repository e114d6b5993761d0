"""Everything that cq emits, as frozen structs: the JSON Schemas in `contracts/` are made from these.

Positions: `line` and `column` are 1-based and a column counts code points; `start_byte` and `end_byte` are
0-based and half-open. Fields that are empty are left out of the JSON.
"""

import msgspec

# A row has exactly one role. Order is rank: what a reader most likely wants comes first.
ROLES = (
    "definition",
    "import",
    "decorator",
    "macro",
    "call",
    "type",
    "assignment",
    "parameter",
    "attribute",
    "reference",
    "unparsed",  # in a region that the grammar could not parse
    "doc-example",
    "string",
    "comment",
    "keyword",  # the word is a keyword of the language there
    "text",  # in a file that is prose or data
)
RANK = {role: rank for rank, role in enumerate(ROLES)}

# Mentions are counted always, and shown only when asked for (`--text`, or by `--role`).
MENTIONS = frozenset({"doc-example", "string", "comment", "keyword", "text"})


class Parameter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One parameter of a definition, as it is written."""

    name: str
    kind: str = ""  # "", "variadic", "keywords", "self", "type", "lifetime", "const"
    type: str = ""
    default: str = ""


class Facts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a definition says of itself. Every field is optional; none changes which rows are found."""

    signature: str = ""  # the head on one line, without the body
    parameters: tuple[Parameter, ...] = ()
    returns: str = ""
    decorators: tuple[str, ...] = ()  # Python decorators, Rust attributes
    visibility: str = ""
    modifiers: tuple[str, ...] = ()  # async, unsafe, const, extern ...
    generics: str = ""
    bases: tuple[str, ...] = ()
    doc: str = ""  # the first sentence or line of the documentation
    end_line: int = 0  # the last line of the whole definition


class Row(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One place where the name stands, and what it is there."""

    path: str  # relative to the root, "/" between folders
    line: int
    column: int
    end_line: int
    end_column: int
    start_byte: int
    end_byte: int
    language: str
    role: str  # one of ROLES
    kind: str = ""  # "function", "class", "keyword-argument" ...
    name: str
    container: str = ""  # qualified name of what encloses it: "Flask.route"
    scope: tuple[str, ...] = ()  # the same for readers: "class Flask", "def route"
    text: str  # the line; of a very long one the part around the name
    text_column: int = 1  # the column at which `text` begins
    method: str = "syntax"  # "lexical": judged by the text around it, not by a syntax tree
    via: str = ""  # how the place is reached when not directly: "macro cfg_rt!", "doctest"
    before: tuple[str, ...] = ()  # context lines, as asked for
    after: tuple[str, ...] = ()
    facts: Facts | None = None


class Diagnostic(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something about one file that the reader of the rows must know."""

    path: str
    code: str  # "syntax-error", "unreadable", "binary", "too-large", "not-utf-8" ...
    severity: str = "warning"  # "error" when the file was not searched
    message: str
    line: int = 0
    column: int = 0


class Query(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The question, as it was understood."""

    names: tuple[str, ...]
    mode: str = "name"  # name, glob, regex, text
    paths: tuple[str, ...] = ()
    globs: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    ignore_case: bool = False
    text: bool = False
    sort: str = "rank"
    limit: int | None = None


class Skipped(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Files that were listed and not searched, or not wholly understood, for one reason."""

    reason: str
    count: int
    paths: tuple[str, ...]


class Summary(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The account: `hits` is what a whole-word text search finds in the files searched.

    Every hit has one of the `roles`: hits = sum of roles + unexplained. And every hit is either a row or
    withheld for a reason: hits = rows + sum of withheld.
    """

    hits: int
    rows: int  # places that answer the question
    shown: int  # of these, how many are given: all, unless there is a limit
    roles: dict[str, int] = {}
    withheld: dict[str, int] = {}  # hits that are no rows, by reason: "mention", "role", "kind", "qualifier" ...
    unexplained: int  # hits that got no role: 0, or cq has a bug
    files: int  # files with a row
    files_searched: int
    languages: dict[str, int] = {}  # rows per language
    complete: bool  # false when something stopped the search before its end
    exit_status: int


class Near(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why there is no row: where the name, or one like it, does stand."""

    names: tuple[str, ...] = ()  # names like it
    mentions: dict[str, int] = {}  # role -> hits that are not shown
    elsewhere: dict[str, int] = {}  # reason ("ignored", "glob", "language") -> hits in files left out
    examples: tuple[str, ...] = ()  # path:line of some of them
    hint: str = ""


class Report(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the run cost and what ended it. The only part of an answer that may differ between two runs."""

    root: str
    files_listed: int = 0
    files_parsed: int = 0
    bytes_read: int = 0
    bytes_parsed: int = 0
    workers: int = 0
    list_ms: float = 0.0
    read_ms: float = 0.0
    parse_ms: float = 0.0
    query_ms: float = 0.0
    rows_ms: float = 0.0
    total_ms: float = 0.0
    windows: int = 0  # in which a query was to run, over all files
    windows_run: int = 0
    matches: int = 0  # of queries; most places are found without one
    captures: int = 0
    rows: int = 0
    cache_hits: int = 0  # files whose tree was there already: the same content was parsed before
    stopped_by: str = ""  # "deadline", "match_limit", "row_cap", "cancelled"


class SchemaId(msgspec.Struct, frozen=True):
    """The name and version of the shape of an answer."""

    name: str
    version: int = 1


class SearchAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq search --json`."""

    schema: SchemaId
    query: Query
    summary: Summary
    rows: tuple[Row, ...] = ()
    why_not: Near | None = None
    ledger: tuple[Skipped, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    report: Report


class SearchTail(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The last line of `cq search --format jsonl`; each line before it is a Row."""

    schema: SchemaId
    query: Query
    summary: Summary
    why_not: Near | None = None
    ledger: tuple[Skipped, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    report: Report


class FileRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One file, in or out of what is searched, and why."""

    path: str
    included: bool
    language: str = ""
    reason: str = ""
    detail: str = ""


class OutlineRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One definition and those inside it."""

    path: str
    line: int
    column: int
    end_line: int
    kind: str
    name: str
    qualified_name: str
    signature: str = ""
    doc: str = ""
    children: tuple["OutlineRow", ...] = ()


class LanguageRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One language: whether its grammar is installed, and which packs it has."""

    name: str
    extensions: tuple[str, ...]
    installed: bool
    grammar: str
    grammar_version: str = ""
    packs: tuple[str, ...] = ()


class FilesAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq files --json`."""

    schema: SchemaId
    summary: dict[str, int]
    rows: tuple[FileRow, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    report: Report


class OutlineAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq outline --json`."""

    schema: SchemaId
    summary: dict[str, int]
    rows: tuple[OutlineRow, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    report: Report


class LanguagesAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq languages --json`."""

    schema: SchemaId
    rows: tuple[LanguageRow, ...]


def as_text(path: str) -> str:
    """A path as JSON may have it: what is not UTF-8 in it is replaced."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


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
    report: Report


class QueryAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq query --json`."""

    schema: SchemaId
    query: AskedQuery
    summary: QuerySummary
    rows: tuple[EvidenceRow, ...]
    ledger: tuple[Skipped, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    report: Report


class ChangeRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of `cq query --watch --format jsonl`."""

    change: str  # "added" or "removed"
    row: EvidenceRow


class PatternPlan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One pattern as the planner sees it; with counts and times when it was run on its own."""

    pack: str
    pattern: int
    path: str
    line: int
    rooted: bool
    non_local: bool
    guaranteed: bool
    assertions: int
    captures: dict[str, str]  # name -> quantifier: "", "?", "*", "+"
    score: float
    matches: int | None = None
    ms: float | None = None


class PackPlan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One pack in the plan of a language, in the order of the plan."""

    language: str
    pack: str
    hash: str
    patterns: int
    score: float
    cost_us_per_kb: float | None = None  # measured in earlier runs
    priority: float
    scores: tuple[PatternPlan, ...] = ()


class LanguagePlan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a run of these packs would do in one language."""

    language: str
    grammar_version: str
    together: str  # the packs that are merged into one query
    cost_us_per_kb: float | None = None
    budget_ms: float
    match_limit: int
    windows: int
    tuned: bool  # false: the static plan
    packs: tuple[PackPlan, ...]


class PlanAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq packs plan --json` and `cq query --explain --json`."""

    schema: SchemaId
    rows: tuple[LanguagePlan, ...]
    report: Report | None = None


class PackRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One pack of a language."""

    language: str
    pack: str
    installed: bool  # whether the grammar is
    patterns: int  # own and inherited
    inherited: int = 0
    chains: int = 0  # patterns that are matched without the query engine
    hash: str
    files: tuple[str, ...]  # the last counts; a pack that inherits from its own language extends the one before


class PatternRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One pattern of a pack, and what a match of it says."""

    language: str
    pack: str
    path: str
    line: int
    column: int
    text: str
    emit: str
    role: str = ""
    kind: str = ""
    anchor: str = ""  # the capture that a row stands at
    captures: tuple[str, ...] = ()
    predicates: tuple[str, ...] = ()
    chain: bool = False


class PackProblem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is wrong with a pack, and where."""

    path: str
    line: int = 1
    column: int = 1
    language: str
    pack: str
    code: str  # "unknown-kind", "impossible", "unrooted", "missing-metadata" ...
    severity: str = "error"
    message: str
    hint: str = ""
    pattern: str = ""  # how the pattern begins


class DriftRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One language: the grammar that its packs were written for, and the one that they are held against."""

    language: str
    grammar: str
    written_for: str = ""  # version; empty when nothing is kept of it
    version: str = ""  # of the grammar that the packs are held against; empty when there is none
    added: dict[str, tuple[str, ...]] = {}  # "kinds", "tokens", "fields", "supertypes" -> names
    removed: dict[str, tuple[str, ...]] = {}
    patterns: int = 0
    problems: int = 0
    note: str = ""


class PacksAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq packs list --json`."""

    schema: SchemaId
    rows: tuple[PackRow, ...]


class PatternsAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq packs show --json`."""

    schema: SchemaId
    rows: tuple[PatternRow, ...]


class PackLintAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq packs lint --json`."""

    schema: SchemaId
    summary: dict[str, int]  # "files", "patterns", "problems"
    rows: tuple[PackProblem, ...]


class PackDriftAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq packs drift --json`."""

    schema: SchemaId
    languages: tuple[DriftRow, ...]
    rows: tuple[PackProblem, ...]
