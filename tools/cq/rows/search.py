"""What `cq search` emits: rows with exactly one role each, and the account."""

import msgspec

from cq.rows.facts import Facts
from cq.rows.resolution import Confidence, Resolution, Target
from cq.rows.shared import Diagnostic, Report, SchemaId, Skipped

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
    host: str = ""  # the language of the file, when the place is in an injection: then `language` is that of the code
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
    target: Target | None = None  # the definition that the name refers to; of several the likeliest, but no guess
    confidence: Confidence | None = None  # of the target; "possible" without one: only the name says so
    reason: str = ""  # why it is this: "import", "self", "annotation" ...
    candidates: tuple[Resolution, ...] = ()  # the other definitions that it may refer to, the likeliest first


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
    injected: bool | None = None
    certain: bool = False
    sort: str = "rank"
    limit: int | None = None


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


class SearchAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq search --json`."""

    schema: SchemaId
    query: Query
    summary: Summary
    rows: tuple[Row, ...] = ()
    targets: tuple[Resolution, ...] = ()  # what the question itself resolved to: with --def, --refs-of, Type.name
    why_not: Near | None = None
    cursor: str = ""  # for the rows behind these, when there was no room for them
    ledger: tuple[Skipped, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    report: Report


class SearchTail(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The last line of `cq search --format jsonl`; each line before it is a Row."""

    schema: SchemaId
    query: Query
    summary: Summary
    targets: tuple[Resolution, ...] = ()  # what the question itself resolved to: with --def, --refs-of, Type.name
    why_not: Near | None = None
    cursor: str = ""  # for the rows behind these, when there was no room for them
    ledger: tuple[Skipped, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    report: Report
