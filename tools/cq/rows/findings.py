"""What `cq diagnose`, `cq pattern` and `cq rules` emit: findings, which may carry a fix."""

import msgspec

from cq.rows.shared import Diagnostic, More, Report, SchemaId, Skipped

# Worst first.
SEVERITIES = ("error", "warning", "info", "hint")


class TextEdit(msgspec.Struct, frozen=True, kw_only=True):
    """Replace these bytes of the file with this text. Edits of one fix do not overlap, and come in order."""

    start_byte: int
    end_byte: int
    text: str


class Hint(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What may have caused a syntax error, and where that is when it is not at the error itself."""

    code: str  # "unclosed-delimiter", "unterminated-string", "missing-token" ...
    message: str
    line: int = 0
    column: int = 0


class Variable(msgspec.Struct, frozen=True, kw_only=True):
    """What a metavariable of a pattern stands for; one that stands for several nodes has a Variable for each."""

    name: str
    text: str
    line: int
    column: int
    start_byte: int
    end_byte: int


class Finding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One place of which there is something to say."""

    path: str  # relative to the root, "/" between folders
    line: int
    column: int
    end_line: int
    end_column: int
    start_byte: int
    end_byte: int
    language: str
    host: str = ""  # the language of the file, when the place is in an injection
    via: str = ""  # how the injection is reached: "doctest", "macro cfg_rt!"
    code: str  # of the error, or the rule's id
    severity: str  # one of SEVERITIES
    message: str
    note: str = ""
    url: str = ""
    role: str = ""  # of a rule that tells what a name is: "definition", "call" ...
    kind: str = ""
    name: str = ""
    text: str  # the first line of the place; of a very long line the part around it
    text_column: int = 1  # the column at which `text` begins
    expected: tuple[str, ...] = ()  # what could have stood here instead
    hints: tuple[Hint, ...] = ()  # the likeliest first
    variables: tuple[Variable, ...] = ()
    fix: tuple[TextEdit, ...] = ()
    fix_message: str = ""  # the fix in words: "insert `)` at 12:8"


class FindingsQuery(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The question, as it was understood."""

    pattern: str = ""
    rewrite: str = ""
    rules: tuple[str, ...] = ()  # ids of the rules that were run
    languages: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    globs: tuple[str, ...] = ()
    limit: int | None = None


class FindingsSummary(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The account."""

    findings: int
    shown: int
    severities: dict[str, int] = {}
    codes: dict[str, int] = {}
    files: int  # with a finding
    files_checked: int
    fixable: int = 0  # findings with a fix
    fixed: int = 0  # findings whose fix was written
    complete: bool  # false when a limit or the user stopped it
    exit_status: int


class FindingsAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq diagnose --json`, `cq pattern --json`, `cq rules --json`."""

    schema: SchemaId
    query: FindingsQuery
    summary: FindingsSummary
    rows: tuple[Finding, ...] = ()
    ledger: tuple[Skipped, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    more: More | None = None  # within a budget: what is not given
    report: Report


class FindingsTail(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The last line of JSON Lines; each line before it is a Finding."""

    schema: SchemaId
    query: FindingsQuery
    summary: FindingsSummary
    ledger: tuple[Skipped, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    more: More | None = None  # within a budget: what is not given
    report: Report
