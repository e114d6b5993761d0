"""A rule as it is run: checked, resolved, and ready to be sent to another process."""

import msgspec

from cq.rules.located import Json
from cq.rules.needs import Need


class RuleLanguage(msgspec.Struct, frozen=True):
    """A language that rules can be for."""

    name: str  # as cq calls it
    ast_grep: str  # as ast-grep calls it
    grammar: str  # the wheel


class FixTemplate(msgspec.Struct, frozen=True, kw_only=True):
    """What to put in the place of a match, and how far beyond it the place reaches."""

    template: str
    expand_start: Json = None
    expand_end: Json = None


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What a match tells of a name: `metadata: {cq: {role: ..., kind: ..., anchor: ...}}`."""

    role: str
    kind: str = ""
    anchor: str = ""  # the metavariable that holds the name; "": the match is the name


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule of one language."""

    id: str
    language: str
    path: str = ""  # of its file
    line: int = 0
    route: str  # "pattern", "kind", "rule" or "config": how ast-grep is asked
    config: dict[str, Json]  # `rule`, `constraints`, `utils`, `transform`
    single: tuple[str, ...] = ()  # metavariables that stand for a node
    multiple: tuple[str, ...] = ()  # and for any number of nodes
    transformed: tuple[str, ...] = ()
    severity: str = "hint"
    message: str = ""
    note: str = ""
    url: str = ""
    fix: FixTemplate | None = None
    labels: dict[str, str] = {}  # metavariable -> what to say of it
    files: tuple[str, ...] = ()
    ignores: tuple[str, ...] = ()
    evidence: Evidence | None = None
    need: Need | None = None  # words without which a file has no match
    is_deep: bool = False  # whether the depth of a tree could be too much for its matching
