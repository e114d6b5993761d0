"""What `cq neighborhood` emits: the target's card, and a row for each symbol around it.

A symbol is a definition, or a module; a site is a place where one is used. A row says how a symbol is related to
another, `of`, how sure that is and why, and at which sites.
"""

import msgspec

from cq.rows.facts import Facts
from cq.rows.resolution import Confidence
from cq.rows.shared import Diagnostic, Report, SchemaId

# In the order in which they are shown.
RELATIONS = (
    "caller",
    "callee",
    "overridden",  # what the target overrides
    "override",
    "base",
    "subclass",
    "implementation",  # of a trait
    "member",
    "importer",  # modules that import the target, or its module
    "import",  # what the target's own module imports for it
    "raises",
    "catcher",  # callers that catch what the target raises
    "user",  # any other use of the target: types, references
    "sibling",
)

# Of a site: how the symbol is used there. The first six are edges of the call graph.
CALL_ROLES = frozenset({"call", "decorator", "passed", "property", "operator", "instantiation"})


class Symbol(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A definition or a module. One outside of the project has no path, and its qualified name is its id."""

    id: str  # path:line:column, which is a TARGET; of a module its path
    name: str
    qualified_name: str
    kind: str = ""
    path: str = ""
    line: int = 0  # of the name
    column: int = 0
    start_byte: int = 0  # of the name
    end_byte: int = 0
    test: bool = False


class Site(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A place where a symbol is used, by its name or another."""

    path: str
    line: int
    column: int
    end_column: int
    start_byte: int
    end_byte: int
    role: str  # "call", "instantiation", "decorator", "passed", "property", "operator", "import", "type", "base" ...
    name: str  # as it stands there
    container: str = ""  # qualified name of what encloses it: a class body belongs to its module, and is told here
    text: str = ""  # the line
    via: str = ""  # "macro cfg_rt!", "doctest"
    passed_to: str = ""  # what is called with it
    confidence: Confidence = "certain"
    reason: str = ""


class Neighbor(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How one symbol is related to another."""

    relation: str  # one of RELATIONS
    symbol: Symbol
    of: str  # id of the symbol that it is a neighbor of: the target, or with --depth one between
    distance: int = 1
    confidence: Confidence  # of the surest site
    reason: str  # why: "import", "self", "annotation", "dispatch" ...
    sites: tuple[Site, ...] = ()
    again: bool = False  # it stands at a smaller distance, too, or the calls come back to it: not followed further


class Card(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The target."""

    symbol: Symbol
    container: str = ""
    lines: int = 0
    end_line: int = 0
    facts: Facts | None = None
    note: str = ""  # how the target was found, when it is not what stands at the place that was asked for


class Unresolved(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Calls in the target of which nothing is known, and names like the target's that may be calls of it."""

    name: str
    sites: int
    line: int


class NeighborhoodSummary(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Counts of the rows at distance 1."""

    rows: int
    relations: dict[str, int] = {}
    call_sites: int = 0  # of the target
    test_callers: int = 0
    calls_resolved: int = 0  # in the target
    calls_unresolved: int = 0
    exit_status: int = 0


class Candidate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One of several definitions that the question may mean."""

    symbol: Symbol
    command: str  # that asks of this one


class NeighborhoodAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq neighborhood --json`."""

    schema: SchemaId
    query: str
    summary: NeighborhoodSummary
    targets: tuple[Card, ...]
    rows: tuple[Neighbor, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    candidates: tuple[Candidate, ...] = ()  # when the question is ambiguous: then there are no rows
    diagnostics: tuple[Diagnostic, ...] = ()
    report: Report


class NeighborhoodTail(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The last line of `cq neighborhood --format jsonl`; each line before it is a Neighbor."""

    schema: SchemaId
    query: str
    summary: NeighborhoodSummary
    targets: tuple[Card, ...]
    unresolved: tuple[Unresolved, ...] = ()
    candidates: tuple[Candidate, ...] = ()  # when the question is ambiguous: then there are no rows
    diagnostics: tuple[Diagnostic, ...] = ()
    report: Report
