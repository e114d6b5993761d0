"""What a command emits with `--rev A..B`: the rows of its answer that are not the same in both revisions."""

from typing import Literal

import msgspec

from cq.rows.shared import Diagnostic, More, SchemaId, Skipped


class FromPlace(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a row stood before."""

    path: str = ""
    line: int = 0
    column: int = 0


class RowChange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One row of the command, and what became of it. A moved one says the same at another place."""

    change: Literal["added", "removed", "moved"]
    row: msgspec.Raw  # as the command emits it: of B, or of A when it was removed
    moved_from: FromPlace | None = None


class ChangesQuery(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was asked."""

    command: str
    before: str
    after: str


class ChangesSummary(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How many rows there are of each sort."""

    added: int
    removed: int
    moved: int  # all of them, also within their files
    kept: int  # the same at the same place: these are not shown
    files: int | None = (
        None  # how many differ: the rows of others are the same, and not counted as kept. None: all count
    )
    complete: bool = True  # every file was looked at
    exit_status: int


class ChangesTail(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The last line of `--rev A..B --format jsonl`; each line before it is a RowChange."""

    schema: SchemaId
    query: ChangesQuery
    summary: ChangesSummary
    ledger: tuple[Skipped, ...] = ()  # files that were not looked at, in either revision
    diagnostics: tuple[Diagnostic, ...] = ()
    more: More | None = None  # what there was no room for


class ChangesAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`--rev A..B --json`."""

    schema: SchemaId
    query: ChangesQuery
    summary: ChangesSummary
    rows: tuple[RowChange, ...]
    ledger: tuple[Skipped, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    more: More | None = None  # what there was no room for
