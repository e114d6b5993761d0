"""What `cq context` emits."""

import msgspec

from cq.rows.shared import Diagnostic, More, Report, SchemaId


class ContextRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A definition that the text may be about, or the lines around a place that it names."""

    path: str
    line: int  # where it begins
    end_line: int
    kind: str  # "lines" when it is no definition
    name: str = ""
    qualified_name: str = ""
    signature: str = ""
    doc: str = ""
    why: str  # "trace", "name" or "words"
    said: str = ""  # why in words: "line 649 of the trace, the innermost", "the text says QuerySet.get"
    at: tuple[int, ...] = ()  # lines of it that the text names
    score: float = 0.0
    source: str = ""  # its text; of a large class the heads of its members


class ContextSummary(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The account."""

    rows: int
    frames: int = 0  # places that the text names
    frames_inside: int = 0  # of those, in files of the project
    names: tuple[str, ...] = ()  # that the text says
    names_unknown: tuple[str, ...] = ()  # of those, what is defined nowhere that was looked at
    files_searched: int = 0
    files_read: int = 0  # closely: those with most of the words
    complete: bool = True  # false: --budget-ms was spent before all files were looked at
    exit_status: int = 0


class ContextAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq context --json`; with `--format jsonl` the same without rows is the last line."""

    schema: SchemaId
    summary: ContextSummary
    rows: tuple[ContextRow, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    more: More | None = None  # within a budget: what is not given
    report: Report
