"""What `cq packs list`, `show`, `lint` and `drift` emit."""

import msgspec

from cq.rows.shared import More, SchemaId


class PackRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One pack of a language."""

    language: str
    pack: str
    installed: bool  # whether the grammar is
    patterns: int  # own and inherited
    inherited: int = 0
    chains: int = 0  # patterns that are matched without the query engine
    hash: str
    files: tuple[str, ...]  # the last counts; a pack that inherits from its own language extends the one before


class PatternRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One pattern of a pack, and what a match of it says."""

    language: str
    pack: str
    path: str
    line: int
    column: int
    text: str
    emit: str
    role: str = ""
    kind: str = ""
    anchor: str = ""  # the capture that a row stands at
    captures: tuple[str, ...] = ()
    predicates: tuple[str, ...] = ()
    chain: bool = False


class PackProblem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is wrong with a pack, and where."""

    path: str
    line: int = 1
    column: int = 1
    language: str
    pack: str
    code: str  # "unknown-kind", "impossible", "unrooted", "missing-metadata" ...
    severity: str = "error"
    message: str
    hint: str = ""
    pattern: str = ""  # how the pattern begins


class DriftRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One language: the grammar that its packs were written for, and the one that they are held against."""

    language: str
    grammar: str
    written_for: str = ""  # version; empty when nothing is kept of it
    version: str = ""  # of the grammar that the packs are held against; empty when there is none
    added: dict[str, tuple[str, ...]] = {}  # "kinds", "tokens", "fields", "supertypes" -> names
    removed: dict[str, tuple[str, ...]] = {}
    patterns: int = 0
    problems: int = 0
    note: str = ""


class PacksAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq packs list --json`."""

    schema: SchemaId
    rows: tuple[PackRow, ...]
    more: More | None = None  # within a budget: what is not given


class PatternsAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq packs show --json`."""

    schema: SchemaId
    rows: tuple[PatternRow, ...]


class PackLintAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq packs lint --json`."""

    schema: SchemaId
    summary: dict[str, int]  # "files", "patterns", "problems"
    rows: tuple[PackProblem, ...]


class PackDriftAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq packs drift --json`."""

    schema: SchemaId
    languages: tuple[DriftRow, ...]
    rows: tuple[PackProblem, ...]
