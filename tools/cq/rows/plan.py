"""What `cq packs plan` and `cq query --explain` emit."""

import msgspec

from cq.rows.shared import Report, SchemaId


class PatternPlan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One pattern as the planner sees it; with counts and times when it was run on its own."""

    pack: str
    pattern: int
    path: str
    line: int
    rooted: bool
    non_local: bool
    guaranteed: bool
    assertions: int
    captures: dict[str, str]  # name -> quantifier: "", "?", "*", "+"
    score: float
    matches: int | None = None
    ms: float | None = None


class PackPlan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One pack in the plan of a language, in the order of the plan."""

    language: str
    pack: str
    hash: str
    patterns: int
    score: float
    cost_us_per_kb: float | None = None  # measured in earlier runs
    priority: float
    scores: tuple[PatternPlan, ...] = ()


class LanguagePlan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a run of these packs would do in one language."""

    language: str
    grammar_version: str
    together: str  # the packs that are merged into one query
    cost_us_per_kb: float | None = None
    budget_ms: float
    match_limit: int
    windows: int
    tuned: bool  # false: the static plan
    packs: tuple[PackPlan, ...]


class PlanAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq packs plan --json` and `cq query --explain --json`."""

    schema: SchemaId
    rows: tuple[LanguagePlan, ...]
    report: Report | None = None
