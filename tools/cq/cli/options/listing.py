"""Options of the commands that list what files hold: `cq files`, `outline`, `injections`, `export`, `tags`, `map`."""

from cq.cli.options.option import KEEP, LIMITS, OUT, WHAT, WHICH, Option, flag
from cq.cli.options.shared import BUDGET_MS, CACHING, FORMAT, MAX_TOKENS, PAGES, REVISION, SELECTION, WORKERS, formats

FILES = (
    flag("explain", "--explain", "Every file, in or out, and why.", OUT),
    flag("null", "-0 --null", "A NUL byte instead of a line break behind each path.", OUT),
    *SELECTION,
    BUDGET_MS,
    *PAGES,
    *FORMAT,
)
OUTLINE = (
    Option("kind", ("--kind",), "words", "Only these kinds, and what they stand in.", KEEP),
    Option(
        "depth",
        ("--depth",),
        "number",
        "Only so many levels; in data (JSON, TOML, YAML) more than its two.",
        KEEP,
        least=1,
    ),
    *SELECTION,
    *REVISION,
    BUDGET_MS,
    *PAGES,
    *FORMAT,
    WORKERS,
)
INJECTIONS = (
    Option("only", ("--only",), "words", "Only injections in these languages: sql, regex ...", KEEP),
    *SELECTION,
    BUDGET_MS,
    *PAGES,
    *FORMAT,
    WORKERS,
)
EXPORT = (
    flag("named", "--named", "Only named nodes: no brackets, commas and keywords.", KEEP),
    flag("tokens", "--tokens", "Only tokens (nodes without children) and the gaps between them.", KEEP),
    Option("lines", ("--lines",), "word", "Only what touches these lines: 10:40, 10: or :40.", KEEP),
    Option("depth", ("--depth",), "number", "Only so many levels; what lies deeper is text.", KEEP, least=1),
    Option(
        "limit",
        ("--limit",),
        "number",
        "At most so many nodes of each file (or tokens, with --tokens); of a graph: 1,000.",
        LIMITS,
        least=1,
    ),
    *SELECTION,
    *formats(
        "text (default on a terminal), jsonl (one row a line, default elsewhere), json, or dot.",
        ("text", "json", "jsonl", "dot"),
    ),
    flag("verify", "--verify", "Read tokens and gaps back first, and hold them against the file.", OUT),
    flag("scip", "--scip", "A SCIP index of the names of the whole project, and what each refers to.", OUT),
    Option("output", ("-o", "--output"), "word", "Write this file, in place of stdout.", OUT),
    *CACHING,
)
TAGS = (
    Option("kind", ("--kind",), "words", "Only these kinds: function, class, method ...", KEEP),
    *SELECTION,
    BUDGET_MS,
    *PAGES,
    flag("recurse", "-R --recurse", "Folders are always gone through; for the habit.", WHICH),
    Option("output", ("-o", "-f", "--output"), "word", "Write this file, in place of stdout.", OUT),
    Option(
        "format",
        ("--format",),
        "word",
        "ctags (default), etags (for Emacs), or jsonl (one tag a line).",
        OUT,
        ("ctags", "etags", "jsonl"),
    ),
    flag("emacs", "-e", "The same as --format etags.", OUT),
    Option(
        "excmd",
        ("--excmd",),
        "word",
        "How an editor finds the line: pattern (default), number, or combine (the pattern, from that line on).",
        OUT,
        ("pattern", "number", "combine"),
    ),
    WORKERS,
)
MAP = (
    Option(
        "focus",
        ("--focus",),
        "list",
        "What matters to these files, folders or names; may be given again.",
        WHAT,
    ),
    *SELECTION,
    *FORMAT,
    BUDGET_MS,
    MAX_TOKENS._replace(help=f"{MAX_TOKENS.help} Default: 2,000.", most=1_000_000),
    *(option for option in PAGES if option.field != "max_tokens"),
)
