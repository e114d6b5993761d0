"""Options that several commands have."""

from cq.cli.options.option import LIMITS, OUT, WHICH, Option, flag, some

WORKERS = Option(
    "workers",
    ("-j", "--threads", "--workers"),
    "number",
    "Processes to parse with; 1: only this one. Default, and 0: as many as pay.",
    OUT,
    most=256,
)
SELECTION = (
    Option(
        "root",
        ("--root",),
        "word",
        "Search this folder. Default: the enclosing git repository, else the current folder.",
        WHICH,
    ),
    Option(
        "globs",
        ("-g", "--glob"),
        "list",
        "Only files that match this glob; '!GLOB' leaves files out. The last that matches wins.",
        WHICH,
    ),
    Option("types", ("-t", "--type"), "list", "Only files of this language.", WHICH),
    Option("not_types", ("-T", "--type-not"), "list", "No files of this language.", WHICH),
    Option("lang", ("--lang",), "word", "auto, or languages separated by commas.", WHICH),
    flag("hidden", "--hidden", "Hidden files and folders, too.", WHICH),
    flag("no_ignore", "--no-ignore", "Do not honour .gitignore, .ignore and exclude files.", WHICH),
    Option(
        "unrestricted",
        ("-u", "--unrestricted"),
        "count",
        "-u: --no-ignore; -uu: --hidden, too; -uuu: binary files, too.",
        WHICH,
    ),
    flag("follow", "-L --follow", "Follow symbolic links.", WHICH),
    Option("max_filesize", ("--max-filesize",), "word", "Leave out larger files: 500K, 2M, 1G.", WHICH),
    Option(
        "files_from",
        ("--files-from",),
        "word",
        "Search the files listed in this file, one a line; - reads the list from stdin.",
        WHICH,
    ),
    Option("queries", ("--queries",), "list", "One more folder of languages and query packs.", WHICH),
)
# Of the commands that can be asked about other files than those in the folders.
REVISION = (
    Option(
        "rev",
        ("--rev",),
        "word",
        "The files of this commit, branch or tag, without a checkout; A..B: what is added, removed and moved.",
        WHICH,
    ),
    Option(
        "overlay",
        ("--overlay",),
        "word",
        "As if this were applied: a patch, a folder of files, or - with a patch or {path: text} as JSON on stdin.",
        WHICH,
    ),
)


def formats(help: str, choices: tuple[str, ...]) -> tuple[Option, ...]:
    """The options of a command that answers in these forms, JSON among them."""
    return (
        Option("format", ("--format",), "word", help, OUT, choices),
        flag("json", "--json", "One JSON object.", OUT),
        Option("color", ("--color",), "word", "auto, always or never.", OUT, ("auto", "always", "never")),
    )


FORMAT = formats("text, json, or jsonl (one row a line).", ("text", "json", "jsonl"))
CACHING = (
    Option("cache_dir", ("--cache-dir",), "word", "Keep the index of names here; default: your cache folder.", LIMITS),
    flag("no_cache", "--no-cache", "Neither use nor keep an index of names.", LIMITS),
)
MAX_TOKENS = Option(
    "max_tokens",
    ("--max-tokens",),
    "number",
    "No more than so many tokens of text, whatever counts them; what is left out is said.",
    LIMITS,
    least=1,
)
BUDGET_MS = Option(
    "budget_ms",
    ("--budget-ms",),
    "number",
    "Look at no more files after so many milliseconds; what was not looked at is said.",
    LIMITS,
    least=1,
)
_CURSOR = Option("cursor", ("--cursor",), "word", "The rows behind those of the answer that gave this cursor.", LIMITS)
# Of the commands that print rows.
PAGES = (
    MAX_TOKENS,
    Option("max_rows", ("--max-rows",), "number", "No more than so many rows; the cursor goes on.", LIMITS, least=1),
    _CURSOR,
)
# Of the commands that answer with findings.
FINDINGS_FORMAT = formats(
    "text, json, jsonl (one finding a line), sarif (for code scanners), or github (annotations of a workflow).",
    ("text", "json", "jsonl", "sarif", "github"),
)
EXECUTOR = Option(
    "executor",
    ("--executor",),
    "word",
    "dask://HOST:PORT: parse on this cluster of dask.distributed, whose workers see the same files.",
    OUT,
)
PROJECT = (
    *some(SELECTION, "root", "hidden", "no_ignore", "queries"),
    *CACHING,
)
GRAPH_FORMAT = formats(
    "text, json, jsonl (one row a line), mermaid, dot (for Graphviz), or html: a page with the graph as a picture.",
    ("text", "json", "jsonl", "mermaid", "dot", "html"),
)
