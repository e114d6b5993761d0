"""What `cq diff` emits: the definitions that differ between two trees of files, and whom that touches."""

from typing import Literal

import msgspec

from cq.rows.resolution import Confidence
from cq.rows.shared import Diagnostic, More, Report, SchemaId, Skipped

# In the order in which they are shown. "body": nothing else of it changed.
CHANGES = ("removed", "renamed", "moved", "signature", "added", "body")
Change = Literal["removed", "renamed", "moved", "signature", "added", "body"]


class Before(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A definition as it was."""

    path: str
    line: int
    name: str
    qualified_name: str
    signature: str = ""


class Touched(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A use of a definition whose signature changed or that is gone."""

    path: str
    line: int
    column: int
    container: str = ""  # qualified name of the definition that it stands in
    text: str = ""  # the line
    confidence: Confidence = "certain"
    problems: tuple[str, ...] = ()  # why it does not fit any more


class DefinitionChange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One definition, or with the kind "file" a file that has another path."""

    change: Change
    also: tuple[Change, ...] = ()  # what else changed: a moved one may have a new signature
    language: str = ""
    kind: str
    name: str
    qualified_name: str  # within its file
    path: str
    line: int
    column: int = 1
    end_line: int = 0
    signature: str = ""
    before: Before | None = None  # unless it was added
    similarity: float | None = None  # of a moved or renamed one: how much of its text is the same, up to 1
    definitions: int = 0  # that were removed, added or moved along with it
    callers: tuple[Touched, ...] = ()
    broken: int = 0  # callers that do not fit any more


class DiffQuery(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was compared."""

    before: str
    after: str  # "": the files as they are in the folder
    paths: tuple[str, ...] = ()
    globs: tuple[str, ...] = ()
    overlay: str = ""


class DiffSummary(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How many definitions there are of each change; of one with several the first counts."""

    changes: dict[str, int]
    files: int  # that differ
    files_compared: int  # of these: the others are in no language that cq knows
    callers: int = 0
    broken: int = 0
    errors: int = 0  # syntax errors that are new
    complete: bool = True  # every file was compared, and the users of all that changed were looked for
    exit_status: int = 0


class DiffTail(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The last line of `cq diff --format jsonl`; each line before it is a DefinitionChange."""

    schema: SchemaId
    query: DiffQuery
    summary: DiffSummary
    errors: tuple[Touched, ...] = ()  # syntax errors that were not there before
    ledger: tuple[Skipped, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    report: Report
    more: More | None = None  # what there was no room for


class DiffAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq diff --json`."""

    schema: SchemaId
    query: DiffQuery
    summary: DiffSummary
    rows: tuple[DefinitionChange, ...] = ()
    errors: tuple[Touched, ...] = ()
    ledger: tuple[Skipped, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    report: Report
    more: More | None = None  # what there was no room for
