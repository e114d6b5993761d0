"""What `cq injections` emits."""

import msgspec

from cq.rows.shared import Diagnostic, More, Report, SchemaId


class ByteSpan(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes of a file, half-open."""

    start_byte: int
    end_byte: int


class InjectionRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One text in another language, or code that the grammar sees as text or tokens, within a file."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    start_byte: int
    end_byte: int
    language: str  # as it was written when no language is called so
    host: str  # the language that it stands in
    via: tuple[str, ...] = ()  # how it is reached, the outermost first: "doctest", "call re.compile"
    told_by: str  # what told the language: "pattern", "capture", "self", "parent", "profile", "default"
    state: str  # "parsed", "not-parsed", "missing-grammar", "unknown-language"
    has_error: bool = False
    depth: int = 1  # 2: within another injection
    spans: tuple[ByteSpan, ...] = ()  # when it is more than one; together they are one text
    pattern: str  # LANGUAGE/injections.scm:LINE
    text: str  # its first line


class InjectionsAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq injections --json`."""

    schema: SchemaId
    summary: dict[str, int]  # injections, files, and a count for each state
    languages: dict[str, int]
    rows: tuple[InjectionRow, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    more: More | None = None  # within a budget: what is not given
    report: Report
