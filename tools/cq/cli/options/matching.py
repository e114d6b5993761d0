"""Options of the commands that look for shapes of code: `cq query`, `pattern`, `rules`."""

from cq.cli.options.option import KEEP, LIMITS, OUT, WHAT, Option, flag
from cq.cli.options.shared import BUDGET_MS, FINDINGS_FORMAT, FORMAT, PAGES, REVISION, SELECTION, WORKERS

QUERY = (
    Option("query_file", ("-f", "--file"), "word", "Read the query from this file; all arguments are paths.", WHAT),
    Option(
        "packs",
        ("--pack",),
        "words",
        "Run packs in place of a query: names, all, or .scm files. A row is what a pattern says of its @name.",
        WHAT,
    ),
    Option("captures", ("--capture",), "words", "Only rows of these captures.", KEEP),
    Option("role", ("--role",), "words", "With --pack: only these roles: definition, call, import ...", KEEP),
    Option("limit", ("--limit",), "number", "Stop after so many rows.", KEEP, least=1),
    Option("lines", ("--lines",), "list", "Only in these lines of each file: 10:40, 10: or :40.", KEEP),
    Option("bytes", ("--bytes",), "list", "Only in these bytes of each file, counted from 0: 100:2000.", KEEP),
    Option(
        "window_mode",
        ("--window-mode",),
        "word",
        "Matches that touch the lines or bytes, or that lie wholly in them.",
        KEEP,
        ("intersection", "containment-preferred", "containment-required"),
    ),
    *SELECTION,
    *REVISION,
    BUDGET_MS,
    *PAGES,
    Option(
        "file_budget_ms",
        ("--file-budget-ms",),
        "number",
        "Processor time for the queries of one file; default: tuned, 50 to 2,000.",
        LIMITS,
        least=1,
    ),
    Option(
        "match_limit",
        ("--match-limit",),
        "number",
        "Matches in progress at a time; default: tuned, 512 to 16,384.",
        LIMITS,
        least=1,
        most=65_536,
    ),
    Option(
        "windows",
        ("--windows",),
        "number",
        "Cut each file into so many windows; the budget is checked between them. Default: tuned, 1 to 4.",
        LIMITS,
        least=1,
        most=1_000,
    ),
    Option(
        "max_start_depth",
        ("--max-start-depth",),
        "number",
        "Only matches that begin so many levels below the root.",
        LIMITS,
    ),
    flag(
        "autotune",
        "--autotune",
        "Learn limits and order from earlier runs, and keep what this one costs (default).",
        LIMITS,
        "--no-autotune",
    ),
    *FORMAT,
    flag("files_with_matches", "-l --files-with-matches", "Only the paths of files with a row.", OUT),
    flag("count", "-c --count", "Only how many rows each file has.", OUT),
    flag("quiet", "-q --quiet", "Nothing on stdout; stop at the first row.", OUT),
    flag("null", "-0 --null", "A NUL byte behind each path.", OUT),
    flag("heading", "--heading", "Group by file (default on a terminal).", OUT, "--no-heading"),
    flag("node", "--node", "Show the kind of each captured node, too.", OUT),
    flag("watch", "--watch", "Then wait for changes, and show the rows that come (+) and go (-).", OUT),
    flag("explain", "--explain", "Show the plan, and the count and time of each pattern, in place of the rows.", OUT),
    flag("stats", "--stats", "On stderr: what the run cost, phase by phase and pack by pack.", OUT),
    WORKERS,
)
_MATCHES = (
    Option(
        "limit", ("--limit",), "number", "Show at most so many findings; the account counts them all.", KEEP, least=1
    ),
    *SELECTION,
    BUDGET_MS,
    *PAGES,
    *FINDINGS_FORMAT,
    flag("files_with_matches", "-l --files-with-matches", "Only the paths of files with a finding.", OUT),
    flag("count", "-c --count", "Only how many findings each file has.", OUT),
    flag("quiet", "-q --quiet", "Nothing on stdout; stop when the exit status is known.", OUT),
    flag("null", "-0 --null", "A NUL byte behind each path, with -l and -c.", OUT),
    flag("stats", "--stats", "On stderr: what the run cost.", OUT),
    WORKERS,
)
PATTERN = (
    Option(
        "rewrite",
        ("-r", "--rewrite"),
        "word",
        "Put this in place of each match; $A and $$$B stand for what they match.",
        WHAT,
    ),
    flag("apply", "--apply", "Write what --rewrite makes, instead of showing it as a diff.", WHAT),
    Option(
        "selector", ("--selector",), "word", "Match only the part of the pattern that is of this kind of node.", WHAT
    ),
    Option(
        "strictness",
        ("--strictness",),
        "word",
        "How much of the syntax must be the same; default: smart.",
        WHAT,
        ("cst", "smart", "ast", "relaxed", "signature"),
    ),
    *_MATCHES,
)
RULES = (
    Option("rule", ("--rule",), "list", "Only the rules of this file, or of the .yml files in this folder.", WHAT),
    Option("only", ("--only",), "words", "Only the rules with these ids, also one that is off.", WHAT),
    flag("list", "--list", "List the rules instead of running them.", OUT),
    flag("diff", "--diff", "Show what the fixes of the rules would change, as a diff.", OUT),
    flag("apply", "--apply", "Write what the fixes of the rules change.", WHAT),
    *_MATCHES,
)
