"""What `cq map` emits: the definitions that matter, best first."""

import msgspec

from cq.rows.shared import Diagnostic, More, Report, SchemaId


class MapRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One definition, and how much of the code leans on it."""

    path: str
    line: int
    column: int
    end_line: int
    kind: str
    name: str
    qualified_name: str
    signature: str = ""
    score: float  # its share of all that files refer to, from 0 to 1


class MapSummary(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The account."""

    definitions: int  # that were weighed
    shown: int
    files: int
    tokens: int  # of the text form, at most
    least: int = 0  # of the shortest map, when there is no room for any
    complete: bool = True  # false: --budget-ms was spent before all files were looked at
    exit_status: int


class MapAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq map --json`. The rows come by path and line; their scores tell their order."""

    schema: SchemaId
    focus: tuple[str, ...] = ()
    summary: MapSummary
    rows: tuple[MapRow, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    more: More | None = None  # what there was no room for
    report: Report
