"""Options of the commands about cq itself and its users: `cq index`, `cache`, `languages`, `packs`, `run`, `mcp`."""

from cq.cli.options.option import OUT, WHAT, Option, flag, some
from cq.cli.options.shared import CACHING, EXECUTOR, FORMAT, PAGES, SELECTION, WORKERS

INDEX = (
    *some(SELECTION, "root"),
    *CACHING,
    flag("watch", "--watch", "Then wait for changes, and index them as they come; needs watchfiles.", WHAT),
    *some(FORMAT, "json"),
    flag("stats", "--stats", "On stderr: what the run cost, and where the index is.", OUT),
    WORKERS,
    EXECUTOR,
)
CACHE = (
    *some(CACHING, "cache_dir"),
    *some(FORMAT, "json"),
)
LANGUAGES = (
    *some((*SELECTION, *FORMAT), "queries", "format", "json"),
    *PAGES,
)
PACKS = (
    Option(
        "node_types",
        ("--node-types",),
        "word",
        "drift: hold the packs against the node types in this folder, not against the installed grammars.",
        WHAT,
    ),
    flag("patterns", "--patterns", "plan: each pattern, too: rooted, guaranteed, captures and score.", OUT),
    *some((*SELECTION, *FORMAT), "queries", "format", "json", "color"),
    *PAGES,
)
RUN = (
    Option("steps", ("--steps",), "word", "The steps, one a line as JSON; - is stdin.", WHAT),
    *some(SELECTION, "root", "queries"),
    *CACHING,
)
MCP = (
    Option(
        "http",
        ("--http",),
        "number",
        "Listen on this port of 127.0.0.1 (0: a free one), for clients with the token in CQ_MCP_TOKEN, or a new one.",
        OUT,
        most=65_535,
    ),
    Option(
        "print_config",
        ("--print-config",),
        "word",
        "What to put into the configuration of a client: claude, codex, cursor, gemini, vscode or zed.",
        OUT,
    ),
    *CACHING,
    *some(SELECTION, "queries"),
)
SCHEMA = (flag("jsonl", "--jsonl", "Of one line of `--format jsonl`.", OUT),)
AGENT_HELP: tuple[Option, ...] = ()
