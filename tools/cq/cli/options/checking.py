"""Options of the commands that check or compare: `cq diagnose`, `verify`, `diff`."""

from cq.cli.options.option import KEEP, OUT, WHAT, WHICH, Option, flag, some
from cq.cli.options.shared import (
    BUDGET_MS,
    CACHING,
    FINDINGS_FORMAT,
    PAGES,
    REVISION,
    SELECTION,
    WORKERS,
    formats,
)

DIAGNOSE = (
    flag("fix", "--fix", "Make the edits that are proven to repair; what is left is shown.", OUT),
    flag("diff", "--diff", "Show what --fix would change, as a unified diff; change nothing.", OUT),
    flag("injected", "--injected", "Examples in documentation and JSON in strings, too.", KEEP, "--no-injected"),
    Option("limit", ("--limit",), "number", "Show at most so many findings; the account counts them all.", KEEP),
    *SELECTION,
    *REVISION,
    BUDGET_MS,
    *PAGES,
    *FINDINGS_FORMAT,
    flag("quiet", "-q --quiet", "Nothing on stdout; the exit status tells.", OUT),
    flag("stats", "--stats", "On stderr: what the run cost.", OUT),
    WORKERS,
)
VERIFY = (
    Option(
        "least",
        ("--min",),
        "word",
        "Exit status 1 when precision or recall of a role that decides is below this; default: 0.97.",
        WHAT,
    ),
    Option("role", ("--role",), "words", "The roles that decide: definition, call (the default), import ...", WHAT),
    flag(
        "targets",
        "--targets",
        "What names refer to, too, against the scopes of their files. Without it: when that is quick.",
        WHAT,
        "--no-targets",
    ),
    Option("limit", ("--limit",), "number", "Show at most so many disagreements; default: 20 in text, else all.", KEEP),
    *SELECTION,
    *PAGES,
    BUDGET_MS,
    *formats(
        "text, json, jsonl (one disagreement a line), or sarif (for code scanners).",
        ("text", "json", "jsonl", "sarif"),
    ),
    flag("quiet", "-q --quiet", "The exit status only.", OUT),
    WORKERS,
)
DIFF = (
    Option("rev", ("--rev",), "word", "With --overlay: the commit, branch or tag that it is laid over.", WHICH),
    *some(REVISION, "overlay"),
    flag(
        "callers", "--callers", "Whom new signatures, removals and renames touch (the default).", KEEP, "--no-callers"
    ),
    *SELECTION,
    *CACHING,
    *PAGES,
    BUDGET_MS,
    *formats(
        "text, json, jsonl (one definition a line), markdown (for a pull request), or github (annotations).",
        ("text", "json", "jsonl", "markdown", "github"),
    ),
    WORKERS,
)
