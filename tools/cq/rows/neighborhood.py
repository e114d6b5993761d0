"""What `cq neighborhood` emits: the target's card, and a row for each symbol around it.

A symbol is a definition, or a module; a site is a place where one is used. A row says how a symbol is related to
another, `of`, how sure that is and why, and at which sites.
"""

import msgspec

from cq.rows.facts import Facts
from cq.rows.resolution import Confidence
from cq.rows.shared import Diagnostic, More, Report, SchemaId

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

# Of a site: how the symbol is used there. These are edges of the call graph. "injected": a parameter
# for which the runner of tests calls a function of that name.
CALL_ROLES = frozenset({"call", "decorator", "passed", "property", "operator", "instantiation", "injected"})


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
    complete: bool = True  # false: --budget-ms was spent before all files were looked at
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
    more: More | None = None  # within a budget: what is not given
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
    more: More | None = None  # within a budget: what is not given
    report: Report


class Argument(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One argument of a call, and the parameter that takes it."""

    text: str
    parameter: str = ""  # "" when none takes it, or when it is not known which
    how: str = "position"  # "keyword", "spread": it is `*args` or `**kwargs`


class CallRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One call of the target."""

    site: Site
    caller: Symbol
    target: str  # id of the definition that is called
    arguments: tuple[Argument, ...] = ()
    defaults: tuple[str, ...] = ()  # parameters that are left to their defaults
    problems: tuple[str, ...] = ()  # why the call does not fit the signature


class ParameterUse(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How one parameter is really given, over all calls."""

    name: str
    kind: str = ""
    default: str = ""
    position: int = 0  # calls that give it by position
    keyword: int = 0
    spread: int = 0  # calls in which a spread may give it
    defaulted: int = 0
    values: tuple[tuple[str, int], ...] = ()  # the most frequent arguments, and how often each is given


class CallsAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq calls --json`, and `cq neighborhood --signature --json`."""

    schema: SchemaId
    query: str
    signature: str = ""  # that the calls are bound to
    targets: tuple[Card, ...] = ()
    parameters: tuple[ParameterUse, ...] = ()
    rows: tuple[CallRow, ...] = ()
    broken: int = 0  # calls with a problem
    candidates: tuple[Candidate, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    complete: bool = True  # false: --budget-ms was spent before all files were looked at
    exit_status: int = 0
    more: More | None = None  # within a budget: what is not given
    report: Report


class CallsTail(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The last line of `cq calls --format jsonl`; each line before it is a CallRow."""

    schema: SchemaId
    query: str
    signature: str = ""
    targets: tuple[Card, ...] = ()
    parameters: tuple[ParameterUse, ...] = ()
    broken: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()
    complete: bool = True  # false: --budget-ms was spent before all files were looked at
    exit_status: int = 0
    more: More | None = None  # within a budget: what is not given
    report: Report


class ImportRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One module that another imports."""

    path: str  # of the one that imports
    line: int  # of the first import
    imported: str  # the path of the module; of one outside of the project the name of its package
    outside: bool = False
    later: bool = False  # only in functions: it does not run with the module
    typing: bool = False  # only for type checkers


class ImportCycle(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Modules that import each other: the shortest way round, beginning with the first by path."""

    paths: tuple[str, ...]
    lines: tuple[int, ...]  # of the import of the next, in each
    size: int  # modules that reach each other, of which these are some
    later: bool = False  # an import of it runs later, or never


class ImportsAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq imports --json`."""

    schema: SchemaId
    summary: dict[str, int]  # "modules", "imports", "cycles"
    rows: tuple[ImportRow, ...] = ()
    cycles: tuple[ImportCycle, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    complete: bool = True  # false: --budget-ms was spent before all files were looked at
    exit_status: int = 0
    more: More | None = None  # within a budget: what is not given
    report: Report


class ImportsTail(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The last line of `cq imports --format jsonl`; each line before it is an ImportRow."""

    schema: SchemaId
    summary: dict[str, int]
    cycles: tuple[ImportCycle, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    complete: bool = True  # false: --budget-ms was spent before all files were looked at
    exit_status: int = 0
    more: More | None = None  # within a budget: what is not given
    report: Report


class Reached(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A symbol that may run the target, and the nearest call on the way."""

    symbol: Symbol
    distance: int
    of: str  # id of the symbol that it calls
    site: Site
    confidence: Confidence  # of the least sure call on the way
    test_id: str = ""  # when it is a test: as its runner calls it


class ImpactAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq neighborhood --impact --json`, and `--path-to`."""

    schema: SchemaId
    query: str
    targets: tuple[Card, ...] = ()
    rows: tuple[Reached, ...] = ()  # nearest first
    modules: dict[str, int] = {}  # path -> symbols in it that are reached
    tests: tuple[str, ...] = ()  # to run, nearest first
    paths: tuple[tuple[Reached, ...], ...] = ()  # with --path-to: each from caller to callee
    candidates: tuple[Candidate, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    complete: bool = True  # false: --budget-ms was spent before all files were looked at
    exit_status: int = 0
    more: More | None = None  # within a budget: what is not given
    report: Report
