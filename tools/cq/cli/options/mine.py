"""The options of `cq mine`."""

from cq.cli.options.option import KEEP, OUT, WHAT, WHICH, Option, flag
from cq.cli.options.shared import BUDGET_MS, CACHING, EXECUTOR, PAGES, SELECTION, WORKERS, formats

MINE = (
    Option(
        "level",
        ("--level",),
        "word",
        "What of the code counts: all of it, all but names and literals, also names that are bound outside (default), "
        "or only the skeleton.",
        WHAT,
        ("concrete", "abstract", "semantic", "skeleton"),
    ),
    Option("min_files", ("--min-files",), "number", "Only patterns in so many files. Default: 3.", KEEP, least=1),
    Option(
        "min_projects",
        ("--min-projects",),
        "number",
        "Only patterns in so many projects. Default: 3, of fewer projects half.",
        KEEP,
        least=1,
    ),
    Option("top", ("--top",), "number", "Show so many idioms. Default: 30; reports 500.", KEEP, least=1, most=20_000),
    Option(
        "by",
        ("--by",),
        "word",
        "Which come first: score (default), count, projects, gain (words that telling them once would save), surprise.",
        KEEP,
        ("score", "count", "projects", "gain", "surprise"),
    ),
    Option(
        "fuzzy",
        ("--fuzzy",),
        "number",
        "Idioms with so many percent of the tokens of a better one (85 is a good start) are variations of that.",
        KEEP,
        least=50,
        most=99,
    ),
    Option("kind", ("--kind",), "words", "Only these kinds of nodes: if_statement, call ... (by commas).", KEEP),
    Option("like", ("--like",), "word", "Only idioms in whose text this stands.", KEEP),
    Option(
        "category",
        ("--category",),
        "words",
        "Only what a rulebook says to be of these: async, dom, hook, io, test, logging, timer ... (by commas).",
        KEEP,
    ),
    Option(
        "rulebook", ("--rulebook",), "word", "One more YAML file that says which idioms are of which category.", WHAT
    ),
    Option("rev", ("--rev",), "word", "trend: the history of this revision. Default: HEAD.", WHICH),
    Option(
        "samples",
        ("--samples",),
        "number",
        "trend: look at so many commits, evenly spaced in time (default 24). report: a sparkline of so many.",
        WHICH,
        least=2,
        most=1_000,
    ),
    *SELECTION,
    *formats(
        "text, json, jsonl (one idiom a line); of a report html (default), markdown, json, sarif, or rules (a folder).",
        ("text", "json", "jsonl", "html", "markdown", "sarif", "rules"),
    ),
    Option("output", ("-o", "--output"), "word", "report: write this file, or for rules this folder.", OUT),
    Option(
        "export",
        ("--export",),
        "word",
        "Write the idioms with all their places to this file, too: a name with .parquet, .sqlite or .db.",
        OUT,
    ),
    *CACHING,
    BUDGET_MS,
    *PAGES,
    flag("quiet", "-q --quiet", "Nothing on stdout; the exit status tells.", OUT),
    flag("stats", "--stats", "On stderr: what the run cost.", OUT),
    WORKERS,
    EXECUTOR,
)
