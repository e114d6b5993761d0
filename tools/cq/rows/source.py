"""What `cq source` emits: the text of definitions, each with the heads of what contains it."""

import msgspec

from cq.rows.neighborhood import Candidate, Symbol
from cq.rows.resolution import Confidence
from cq.rows.shared import Diagnostic, More, Report, SchemaId


class Piece(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Whole lines of a file that follow one another."""

    line: int  # of the first
    end_line: int
    text: str  # without the last line break


class Relative(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A definition that the source calls, is called by, or names as a type: only its signature."""

    relation: str  # "caller", "callee", "type"
    symbol: Symbol
    signature: str = ""
    doc: str = ""
    line: int = 0  # of the first place where the one uses the other: in `path`
    path: str = ""
    confidence: Confidence = "certain"


class SourceRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The source of one definition, of a whole file, or of some lines of it."""

    symbol: Symbol  # of lines the definition around them, or the module
    path: str
    line: int  # first line of the source: of decorators and documentation before it, too
    end_line: int
    heads: tuple[Piece, ...] = ()  # of what contains it, outermost first
    pieces: tuple[Piece, ...] = ()  # the source; the lines between two of them are left out, as are those at the end
    relatives: tuple[Relative, ...] = ()
    note: str = ""  # how the target was found, when it is not what was asked for by name
    omitted_lines: int = 0


class LeftOut(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A source that there was no room for."""

    path: str
    line: int
    end_line: int
    symbol: Symbol


class SourceSummary(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Counts of the answer."""

    sources: int
    lines: int
    omitted_lines: int = 0
    omitted_sources: int = 0  # beyond --max-tokens and --max-rows
    omitted_relatives: int = 0
    tokens: int = 0  # of the text form, at most; with --max-tokens only
    complete: bool = True  # false: --budget-ms was spent before all was looked at
    exit_status: int = 0


class SourceAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq source --json`."""

    schema: SchemaId
    query: tuple[str, ...]
    summary: SourceSummary
    rows: tuple[SourceRow, ...]
    left_out: tuple[LeftOut, ...] = ()  # the first of those beyond --max-tokens and --max-rows
    candidates: tuple[Candidate, ...] = ()  # when a target is ambiguous
    diagnostics: tuple[Diagnostic, ...] = ()
    more: More | None = None  # the sources that come next
    report: Report
