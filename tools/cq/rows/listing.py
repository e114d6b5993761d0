"""What `cq files`, `cq outline` and `cq languages` emit."""

import msgspec

from cq.rows.shared import Diagnostic, More, Report, SchemaId


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
    install: str = ""  # what to type for a grammar that is not there
    packs: tuple[str, ...] = ()


class FilesAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq files --json`."""

    schema: SchemaId
    summary: dict[str, int]
    rows: tuple[FileRow, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    complete: bool = True  # false: --budget-ms was spent before all files were looked at
    more: More | None = None  # within a budget: what is not given
    report: Report


class OutlineAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq outline --json`."""

    schema: SchemaId
    summary: dict[str, int]
    rows: tuple[OutlineRow, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    more: More | None = None  # within a budget: what is not given
    report: Report


class LanguagesAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq languages --json`."""

    schema: SchemaId
    rows: tuple[LanguageRow, ...]
    more: More | None = None  # within a budget: what is not given
