"""What `cq rules --list` emits."""

import msgspec

from cq.rows.shared import More, SchemaId


class RuleRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One rule."""

    language: str
    id: str
    severity: str  # of its findings, or "off"
    message: str = ""
    role: str = ""  # of a rule that tells what a name is
    kind: str = ""
    has_fix: bool = False
    route: str  # how ast-grep is asked: "pattern", "kind", "rule" or "config"
    path: str  # of its file
    line: int


class RulesAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq rules --list --json`."""

    schema: SchemaId
    rows: tuple[RuleRow, ...] = ()
    more: More | None = None  # within a budget: what is not given
