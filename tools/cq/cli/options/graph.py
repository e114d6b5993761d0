"""Options of the commands that follow references: `cq neighborhood`, `calls`, `imports`, `source`, `context`."""

from cq.cli.options.option import KEEP, OUT, WHAT, Option, flag, some
from cq.cli.options.shared import BUDGET_MS, CACHING, FORMAT, GRAPH_FORMAT, PAGES, PROJECT, REVISION, SELECTION

_SIGNATURE = Option(
    "signature",
    ("--signature",),
    "word",
    "The calls that a new signature would break, and why: --signature 'f(a, *, b=1)'.",
    WHAT,
)
NEIGHBORHOOD = (
    flag("all", "--all", "All definitions that TARGET may mean, not a list to choose from.", WHAT),
    Option(
        "depth", ("--depth",), "number", "How many calls to follow, both ways. Default: 1.", WHAT, least=1, most=100
    ),
    Option(
        "confidence",
        ("--confidence",),
        "word",
        "Leave out what is less sure: certain, likely or possible (the default).",
        KEEP,
        ("certain", "likely", "possible"),
    ),
    Option(
        "only",
        ("--only",),
        "words",
        "Only these relations (separated by commas): caller, callee, overridden, override, base, subclass, "
        "implementation, member, importer, import, raises, catcher, user, sibling.",
        KEEP,
    ),
    _SIGNATURE,
    flag("impact", "--impact", "Everything that may run TARGET, by module and distance, and the tests to run.", WHAT),
    flag("tests", "--tests", "With --impact: only the ids of the tests, as pytest and cargo test take them.", OUT),
    Option("path_to", ("--path-to",), "word", "The shortest ways of calls between TARGET and this one.", WHAT),
    *PROJECT,
    *REVISION,
    BUDGET_MS,
    *PAGES,
    *GRAPH_FORMAT,
    flag("stats", "--stats", "On stderr: what the run cost.", OUT),
)
CALLS = (
    *some(NEIGHBORHOOD, "all", "confidence"),
    _SIGNATURE,
    *PROJECT,
    BUDGET_MS,
    *PAGES,
    *FORMAT,
)
IMPORTS = (
    flag("cycles", "--cycles", "Only the cycles.", KEEP),
    flag("outside", "--outside", "What is imported from outside of the project, too.", KEEP),
    *SELECTION,
    *CACHING,
    BUDGET_MS,
    *PAGES,
    *GRAPH_FORMAT,
)
SOURCE = (
    *some(NEIGHBORHOOD, "all"),
    Option(
        "relations",
        ("--with",),
        "words",
        "The signatures of callers, callees and types, too (separated by commas).",
        WHAT,
    ),
    *PROJECT,
    *FORMAT,
    BUDGET_MS,
    *PAGES,
)
CONTEXT = (
    *SELECTION,
    BUDGET_MS,
    *(
        option._replace(help=f"{option.help} Default: 2,000.") if option.field == "max_tokens" else option
        for option in PAGES
    ),
    *FORMAT,
)
