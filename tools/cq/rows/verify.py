"""What `cq verify` emits: scores of the lanes, and where an independent reader disagrees."""

import msgspec

from cq.rows.shared import Diagnostic, More, Report, SchemaId, Skipped


class Disagreement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One place of which cq and the reader say different things."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    start_byte: int
    end_byte: int
    language: str
    about: str  # "role" or "target"
    name: str
    expected: str  # by the reader: "definition", "definition.method", "call or type"; of a target its lines
    found: str  # by cq
    confidence: str = ""  # of a target
    text: str


class RoleScore(msgspec.Struct, frozen=True, kw_only=True):
    """How often the two agree of one role in one language."""

    language: str
    role: str
    expected: int  # words that have it by the reader
    found: int  # words that have it by cq
    right: int  # both say so, and of the same kind
    precision: float  # right of those found
    recall: float  # right of those expected


class ConfidenceScore(msgspec.Struct, frozen=True, kw_only=True):
    """How often the target is what the scopes of the file say, for one word of confidence; "" stands for no answer."""

    language: str
    confidence: str
    names: int
    right: int
    precision: float
    recall: float  # right of all names that the scopes decide


class LanguageTotal(msgspec.Struct, frozen=True, kw_only=True):
    """All words of a language's files by a plain word scan, and how many of them the lane gave a role."""

    language: str
    files: int
    reader: bool  # whether there is an independent reader
    words: int
    judged: int
    outlined: int  # definitions of the outline
    defined: int  # words that are judged a definition


class VerifyQuery(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The question, as it was understood."""

    roles: tuple[str, ...]  # which decide
    least: float
    languages: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    globs: tuple[str, ...] = ()
    limit: int | None = None


class VerifySummary(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The account."""

    files: int
    files_compared: int
    words: int
    words_compared: int
    disagreements: int
    shown: int
    lowest: float | None = None  # precision or recall of the roles that decide; None: nothing was compared
    passed: bool
    complete: bool = True  # every file was looked at
    exit_status: int


class VerifyTail(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The last line of JSON Lines; each line before it is a Disagreement."""

    schema: SchemaId
    query: VerifyQuery
    summary: VerifySummary
    roles: tuple[RoleScore, ...] = ()
    confidence: tuple[ConfidenceScore, ...] = ()
    totals: tuple[LanguageTotal, ...] = ()
    ledger: tuple[Skipped, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    report: Report
    more: More | None = None  # what there was no room for


class VerifyAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq verify --json`."""

    schema: SchemaId
    query: VerifyQuery
    summary: VerifySummary
    roles: tuple[RoleScore, ...] = ()
    confidence: tuple[ConfidenceScore, ...] = ()
    totals: tuple[LanguageTotal, ...] = ()
    rows: tuple[Disagreement, ...] = ()
    ledger: tuple[Skipped, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    report: Report
    more: More | None = None  # what there was no room for
