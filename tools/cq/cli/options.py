"""The options of each command as data: one table for the quick parser, for cyclopts, and for completions."""

from typing import NamedTuple


class Option(NamedTuple):
    """One option. `kind` says what follows it: nothing (flag, count), a number, a word, or a word each time (list)."""

    field: str
    flags: tuple[str, ...]
    kind: str
    help: str
    group: str
    choices: tuple[str, ...] = ()
    off: str = ""  # the flag that says no: "--no-facts"
    least: int = 0  # of a number
    most: int = 1_000_000_000


def _flag(field: str, flags: str, help: str, group: str, off: str = "") -> Option:
    return Option(field, tuple(flags.split()), "flag", help, group, off=off)


_WHICH = "Which files"
_WHAT = "What is looked for"
_KEEP = "Which places are shown"
_LIMITS = "Limits"
_OUT = "Output"

_WORKERS = Option(
    "workers",
    ("-j", "--threads"),
    "number",
    "Processes to parse with; 1: only this one. Default, and 0: as many as pay.",
    _OUT,
    most=256,
)
SELECTION = (
    Option(
        "root",
        ("--root",),
        "word",
        "Search this folder. Default: the enclosing git repository, else the current folder.",
        _WHICH,
    ),
    Option(
        "globs",
        ("-g", "--glob"),
        "list",
        "Only files that match this glob; '!GLOB' leaves files out. The last that matches wins.",
        _WHICH,
    ),
    Option("types", ("-t", "--type"), "list", "Only files of this language.", _WHICH),
    Option("not_types", ("-T", "--type-not"), "list", "No files of this language.", _WHICH),
    Option("lang", ("--lang",), "word", "auto, or languages separated by commas.", _WHICH),
    _flag("hidden", "--hidden", "Hidden files and folders, too.", _WHICH),
    _flag("no_ignore", "--no-ignore", "Do not honour .gitignore, .ignore and exclude files.", _WHICH),
    Option(
        "unrestricted",
        ("-u", "--unrestricted"),
        "count",
        "-u: --no-ignore; -uu: --hidden, too; -uuu: binary files, too.",
        _WHICH,
    ),
    _flag("follow", "-L --follow", "Follow symbolic links.", _WHICH),
    Option("max_filesize", ("--max-filesize",), "word", "Leave out larger files: 500K, 2M, 1G.", _WHICH),
    Option(
        "files_from",
        ("--files-from",),
        "word",
        "Search the files listed in this file, one a line; - reads the list from stdin.",
        _WHICH,
    ),
    Option("queries", ("--queries",), "list", "One more folder of languages and query packs.", _WHICH),
)
# Of the commands that can be asked about other files than those in the folders.
REVISION = (
    Option(
        "rev",
        ("--rev",),
        "word",
        "The files of this commit, branch or tag, without a checkout; A..B: what is added, removed and moved.",
        _WHICH,
    ),
    Option(
        "overlay",
        ("--overlay",),
        "word",
        "As if this were applied: a patch, a folder of files, or - with a patch or {path: text} as JSON on stdin.",
        _WHICH,
    ),
)
_FORMAT = (
    Option(
        "format",
        ("--format",),
        "word",
        "text, json, or jsonl (one row a line).",
        _OUT,
        ("text", "json", "jsonl"),
    ),
    _flag("json", "--json", "One JSON object.", _OUT),
    Option("color", ("--color",), "word", "auto, always or never.", _OUT, ("auto", "always", "never")),
)
_CACHE = (
    Option("cache_dir", ("--cache-dir",), "word", "Keep the index of names here; default: your cache folder.", _LIMITS),
    _flag("no_cache", "--no-cache", "Neither use nor keep an index of names.", _LIMITS),
)
_MAX_TOKENS = Option(
    "max_tokens",
    ("--max-tokens",),
    "number",
    "No more than so many tokens of text, whatever counts them; what is left out is said.",
    _LIMITS,
    least=1,
)
_BUDGET_MS = Option(
    "budget_ms",
    ("--budget-ms",),
    "number",
    "Look at no more files after so many milliseconds; what was not looked at is said.",
    _LIMITS,
    least=1,
)
_CURSOR = Option("cursor", ("--cursor",), "word", "The rows behind those of the answer that gave this cursor.", _LIMITS)
# Of the commands that print rows.
PAGES = (
    _MAX_TOKENS,
    Option("max_rows", ("--max-rows",), "number", "No more than so many rows; the cursor goes on.", _LIMITS, least=1),
    _CURSOR,
)
# Of the commands that answer with findings.
FINDINGS_FORMAT = (
    Option(
        "format",
        ("--format",),
        "word",
        "text, json, jsonl (one finding a line), sarif (for code scanners), or github (annotations of a workflow).",
        _OUT,
        ("text", "json", "jsonl", "sarif", "github"),
    ),
    *(option for option in _FORMAT if option.field != "format"),
)
SEARCH = (
    Option(
        "regexp",
        ("-e", "--regexp"),
        "list",
        "A name to look for; may be given again. All other arguments are paths.",
        _WHAT,
    ),
    _flag("regex", "--regex", "NAME is a regular expression, matched against single names.", _WHAT),
    _flag("fixed", "-F --fixed-strings", "NAME is fixed text, not a qualified name or a glob.", _WHAT),
    _flag("ignore_case", "-i --ignore-case", "Any case.", _WHAT),
    _flag("smart_case", "-S --smart-case", "Any case, unless NAME has a capital letter.", _WHAT),
    _flag(
        "word",
        "-w --word-regexp",
        "With --regex: the whole name must match. Plain names always match whole.",
        _WHAT,
    ),
    Option("def_at", ("--def",), "word", "The definition of the name at a place: --def src/app.py:120:8.", _WHAT),
    Option(
        "refs_of",
        ("--refs-of",),
        "word",
        "All that refers to a definition, under whatever name: --refs-of Flask.route, or a place.",
        _WHAT,
    ),
    _flag("unused", "--unused", "Definitions that nothing refers to; takes PATHS only.", _WHAT),
    Option(
        "role",
        ("--role",),
        "words",
        "Only these roles: definition, call, import, ... (separated by commas).",
        _KEEP,
    ),
    Option(
        "kind",
        ("--kind",),
        "words",
        "Only these kinds: function, class, method, ... (separated by commas).",
        _KEEP,
    ),
    _flag("text", "--text", "Mentions in strings, comments, documentation and prose, too; adds to --role.", _KEEP),
    _flag(
        "injected",
        "--injected",
        "Examples in documentation, too. --no-injected: do not look into macros, format strings and examples.",
        _KEEP,
        "--no-injected",
    ),
    _flag(
        "resolve",
        "--resolve",
        "Say which definition each name refers to. Without it: when quick, and rows show it. --no-resolve: never.",
        _KEEP,
        "--no-resolve",
    ),
    _flag("certain", "--certain", "Only what is certain to refer to a definition.", _KEEP),
    _flag("possible", "--possible", "With Type.name and --refs-of: what may refer to it among others, too.", _KEEP),
    Option("limit", ("--limit",), "number", "Show at most so many rows; the account counts them all.", _KEEP),
    Option("max_count", ("-m", "--max-count"), "number", "At most so many matching lines per file.", _KEEP, least=1),
    *PAGES,
    _BUDGET_MS,
    *SELECTION,
    *REVISION,
    *_FORMAT,
    _flag(
        "facts",
        "--facts",
        "Facts in JSON: what encloses each name, too. Without it: of definitions and imports.",
        _OUT,
        "--no-facts",
    ),
    Option("after", ("-A", "--after-context"), "number", "Lines of context after each place.", _OUT),
    Option("before", ("-B", "--before-context"), "number", "Lines of context before each place.", _OUT),
    Option("context", ("-C", "--context"), "number", "Lines of context around each place.", _OUT),
    Option(
        "sort",
        ("--sort",),
        "word",
        "rank: definitions first; path: by file and position.",
        _OUT,
        ("rank", "path"),
    ),
    _flag("files_with_matches", "-l --files-with-matches", "Only the paths of files with a row.", _OUT),
    _flag(
        "files_without_match",
        "--files-without-match",
        "Only the paths of searched files without a row.",
        _OUT,
    ),
    _flag("count", "-c --count", "Only how many lines match in each file; with -o as --count-matches.", _OUT),
    _flag("count_matches", "--count-matches", "Only how many rows each file has.", _OUT),
    _flag("only_matching", "-o --only-matching", "Only the name, not its line.", _OUT),
    _flag("quiet", "-q --quiet", "No rows, lists or counts, whatever else is asked for; stop at the first row.", _OUT),
    _flag("null", "-0 --null", "A NUL byte behind each path.", _OUT),
    _flag("vimgrep", "--vimgrep", "path:line:column:text, one line per row, never grouped.", _OUT),
    _flag(
        "heading",
        "--heading",
        "Group by role, with containers (default on a terminal).",
        _OUT,
        "--no-heading",
    ),
    *_CACHE,
    _flag("stats", "--stats", "On stderr: what the run cost, and the whole ledger.", _OUT),
    _WORKERS,
)
QUERY = (
    Option("query_file", ("-f", "--file"), "word", "Read the query from this file; all arguments are paths.", _WHAT),
    Option(
        "packs",
        ("--pack",),
        "words",
        "Run packs in place of a query: names, all, or .scm files. A row is what a pattern says of its @name.",
        _WHAT,
    ),
    Option("captures", ("--capture",), "words", "Only rows of these captures.", _KEEP),
    Option("role", ("--role",), "words", "With --pack: only these roles: definition, call, import ...", _KEEP),
    Option("limit", ("--limit",), "number", "Stop after so many rows.", _KEEP, least=1),
    Option("lines", ("--lines",), "list", "Only in these lines of each file: 10:40, 10: or :40.", _KEEP),
    Option("bytes", ("--bytes",), "list", "Only in these bytes of each file, counted from 0: 100:2000.", _KEEP),
    Option(
        "window_mode",
        ("--window-mode",),
        "word",
        "Matches that touch the lines or bytes, or that lie wholly in them.",
        _KEEP,
        ("intersection", "containment-preferred", "containment-required"),
    ),
    *SELECTION,
    *REVISION,
    _BUDGET_MS,
    *PAGES,
    Option(
        "file_budget_ms",
        ("--file-budget-ms",),
        "number",
        "Processor time for the queries of one file; default: tuned, 50 to 2,000.",
        _LIMITS,
        least=1,
    ),
    Option(
        "match_limit",
        ("--match-limit",),
        "number",
        "Matches in progress at a time; default: tuned, 512 to 16,384.",
        _LIMITS,
        least=1,
        most=65_536,
    ),
    Option(
        "windows",
        ("--windows",),
        "number",
        "Cut each file into so many windows; the budget is checked between them. Default: tuned, 1 to 4.",
        _LIMITS,
        least=1,
        most=1_000,
    ),
    Option(
        "max_start_depth",
        ("--max-start-depth",),
        "number",
        "Only matches that begin so many levels below the root.",
        _LIMITS,
    ),
    _flag(
        "autotune",
        "--autotune",
        "Learn limits and order from earlier runs, and keep what this one costs (default).",
        _LIMITS,
        "--no-autotune",
    ),
    *_FORMAT,
    _flag("files_with_matches", "-l --files-with-matches", "Only the paths of files with a row.", _OUT),
    _flag("count", "-c --count", "Only how many rows each file has.", _OUT),
    _flag("quiet", "-q --quiet", "Nothing on stdout; stop at the first row.", _OUT),
    _flag("null", "-0 --null", "A NUL byte behind each path.", _OUT),
    _flag("heading", "--heading", "Group by file (default on a terminal).", _OUT, "--no-heading"),
    _flag("node", "--node", "Show the kind of each captured node, too.", _OUT),
    _flag("watch", "--watch", "Then wait for changes, and show the rows that come (+) and go (-).", _OUT),
    _flag("explain", "--explain", "Show the plan, and the count and time of each pattern, in place of the rows.", _OUT),
    _flag("stats", "--stats", "On stderr: what the run cost, phase by phase and pack by pack.", _OUT),
    _WORKERS,
)
_WORKERS = next(option for option in QUERY if option.field == "workers")
EXECUTOR = Option(
    "executor",
    ("--executor",),
    "word",
    "dask://HOST:PORT: parse on this cluster of dask.distributed, whose workers see the same files.",
    _OUT,
)
_MATCHES = (
    Option(
        "limit", ("--limit",), "number", "Show at most so many findings; the account counts them all.", _KEEP, least=1
    ),
    *SELECTION,
    _BUDGET_MS,
    *PAGES,
    *FINDINGS_FORMAT,
    _flag("files_with_matches", "-l --files-with-matches", "Only the paths of files with a finding.", _OUT),
    _flag("count", "-c --count", "Only how many findings each file has.", _OUT),
    _flag("quiet", "-q --quiet", "Nothing on stdout; stop when the exit status is known.", _OUT),
    _flag("null", "-0 --null", "A NUL byte behind each path, with -l and -c.", _OUT),
    _flag("stats", "--stats", "On stderr: what the run cost.", _OUT),
    _WORKERS,
)
PATTERN = (
    Option(
        "rewrite",
        ("-r", "--rewrite"),
        "word",
        "Put this in place of each match; $A and $$$B stand for what they match.",
        _WHAT,
    ),
    _flag("apply", "--apply", "Write what --rewrite makes, instead of showing it as a diff.", _WHAT),
    Option(
        "selector", ("--selector",), "word", "Match only the part of the pattern that is of this kind of node.", _WHAT
    ),
    Option(
        "strictness",
        ("--strictness",),
        "word",
        "How much of the syntax must be the same; default: smart.",
        _WHAT,
        ("cst", "smart", "ast", "relaxed", "signature"),
    ),
    *_MATCHES,
)
RULES = (
    Option("rule", ("--rule",), "list", "Only the rules of this file, or of the .yml files in this folder.", _WHAT),
    Option("only", ("--only",), "words", "Only the rules with these ids, also one that is off.", _WHAT),
    _flag("list", "--list", "List the rules instead of running them.", _OUT),
    _flag("diff", "--diff", "Show what the fixes of the rules would change, as a diff.", _OUT),
    _flag("apply", "--apply", "Write what the fixes of the rules change.", _WHAT),
    *_MATCHES,
)
FILES = (
    _flag("explain", "--explain", "Every file, in or out, and why.", _OUT),
    _flag("null", "-0 --null", "A NUL byte instead of a line break behind each path.", _OUT),
    *SELECTION,
    _BUDGET_MS,
    *PAGES,
    *_FORMAT,
)
OUTLINE = (
    Option("kind", ("--kind",), "words", "Only these kinds, and what they stand in.", _KEEP),
    Option(
        "depth",
        ("--depth",),
        "number",
        "Only so many levels; in data (JSON, TOML, YAML) more than its two.",
        _KEEP,
        least=1,
    ),
    *SELECTION,
    *REVISION,
    _BUDGET_MS,
    *PAGES,
    *_FORMAT,
    _WORKERS,
)
INJECTIONS = (
    Option("only", ("--only",), "words", "Only injections in these languages: sql, regex ...", _KEEP),
    *SELECTION,
    _BUDGET_MS,
    *PAGES,
    *_FORMAT,
    _WORKERS,
)
EXPORT = (
    _flag("named", "--named", "Only named nodes: no brackets, commas and keywords.", _KEEP),
    _flag("tokens", "--tokens", "Only tokens (nodes without children) and the gaps between them.", _KEEP),
    Option("lines", ("--lines",), "word", "Only what touches these lines: 10:40, 10: or :40.", _KEEP),
    Option("depth", ("--depth",), "number", "Only so many levels; what lies deeper is text.", _KEEP, least=1),
    Option(
        "limit",
        ("--limit",),
        "number",
        "At most so many nodes of each file (or tokens, with --tokens); of a graph: 1,000.",
        _LIMITS,
        least=1,
    ),
    *SELECTION,
    Option(
        "format",
        ("--format",),
        "word",
        "text (default on a terminal), jsonl (one row a line, default elsewhere), json, or dot.",
        _OUT,
        ("text", "json", "jsonl", "dot"),
    ),
    *(option for option in _FORMAT if option.field != "format"),
    _flag("verify", "--verify", "Read tokens and gaps back first, and hold them against the file.", _OUT),
    _flag("scip", "--scip", "A SCIP index of the names of the whole project, and what each refers to.", _OUT),
    Option("output", ("-o", "--output"), "word", "Write this file, in place of stdout.", _OUT),
    *_CACHE,
)
TAGS = (
    Option("kind", ("--kind",), "words", "Only these kinds: function, class, method ...", _KEEP),
    *SELECTION,
    _BUDGET_MS,
    *PAGES,
    _flag("recurse", "-R --recurse", "Folders are always gone through; for the habit.", _WHICH),
    Option("output", ("-o", "-f", "--output"), "word", "Write this file, in place of stdout.", _OUT),
    Option(
        "format",
        ("--format",),
        "word",
        "ctags (default), etags (for Emacs), or jsonl (one tag a line).",
        _OUT,
        ("ctags", "etags", "jsonl"),
    ),
    _flag("emacs", "-e", "The same as --format etags.", _OUT),
    Option(
        "excmd",
        ("--excmd",),
        "word",
        "How an editor finds the line: pattern (default), number, or combine (the pattern, from that line on).",
        _OUT,
        ("pattern", "number", "combine"),
    ),
    _WORKERS,
)
VERIFY = (
    Option(
        "least",
        ("--min",),
        "word",
        "Exit status 1 when precision or recall of a role that decides is below this; default: 0.97.",
        _WHAT,
    ),
    Option("role", ("--role",), "words", "The roles that decide: definition, call (the default), import ...", _WHAT),
    _flag(
        "targets",
        "--targets",
        "What names refer to, too, against the scopes of their files. Without it: when that is quick.",
        _WHAT,
        "--no-targets",
    ),
    Option(
        "limit", ("--limit",), "number", "Show at most so many disagreements; default: 20 in text, else all.", _KEEP
    ),
    *SELECTION,
    *PAGES,
    _BUDGET_MS,
    Option(
        "format",
        ("--format",),
        "word",
        "text, json, jsonl (one disagreement a line), or sarif (for code scanners).",
        _OUT,
        ("text", "json", "jsonl", "sarif"),
    ),
    *(option for option in _FORMAT if option.field != "format"),
    _flag("quiet", "-q --quiet", "The exit status only.", _OUT),
    _WORKERS,
)
INDEX = (
    *(option for option in SELECTION if option.field == "root"),
    *_CACHE,
    _flag("watch", "--watch", "Then wait for changes, and index them as they come; needs watchfiles.", _WHAT),
    *(option for option in _FORMAT if option.field == "json"),
    _flag("stats", "--stats", "On stderr: what the run cost, and where the index is.", _OUT),
    _WORKERS,
    EXECUTOR,
)
CACHE = (
    *(option for option in _CACHE if option.field == "cache_dir"),
    *(option for option in _FORMAT if option.field == "json"),
)
LANGUAGES = (
    *(option for option in (*SELECTION, *_FORMAT) if option.field in ("queries", "format", "json")),
    *PAGES,
)
PACKS = (
    Option(
        "node_types",
        ("--node-types",),
        "word",
        "drift: hold the packs against the node types in this folder, not against the installed grammars.",
        _WHAT,
    ),
    _flag("patterns", "--patterns", "plan: each pattern, too: rooted, guaranteed, captures and score.", _OUT),
    *(option for option in (*SELECTION, *_FORMAT) if option.field in ("queries", "format", "json", "color")),
    *PAGES,
)
DIAGNOSE = (
    _flag("fix", "--fix", "Make the edits that are proven to repair; what is left is shown.", _OUT),
    _flag("diff", "--diff", "Show what --fix would change, as a unified diff; change nothing.", _OUT),
    _flag("injected", "--injected", "Examples in documentation and JSON in strings, too.", _KEEP, "--no-injected"),
    Option("limit", ("--limit",), "number", "Show at most so many findings; the account counts them all.", _KEEP),
    *SELECTION,
    *REVISION,
    _BUDGET_MS,
    *PAGES,
    *FINDINGS_FORMAT,
    _flag("quiet", "-q --quiet", "Nothing on stdout; the exit status tells.", _OUT),
    _flag("stats", "--stats", "On stderr: what the run cost.", _OUT),
    _WORKERS,
)
DIFF = (
    Option("rev", ("--rev",), "word", "With --overlay: the commit, branch or tag that it is laid over.", _WHICH),
    *(option for option in REVISION if option.field != "rev"),
    _flag(
        "callers", "--callers", "Whom new signatures, removals and renames touch (the default).", _KEEP, "--no-callers"
    ),
    *SELECTION,
    *_CACHE,
    *PAGES,
    _BUDGET_MS,
    Option(
        "format",
        ("--format",),
        "word",
        "text, json, jsonl (one definition a line), markdown (for a pull request), or github (annotations).",
        _OUT,
        ("text", "json", "jsonl", "markdown", "github"),
    ),
    *(option for option in _FORMAT if option.field != "format"),
    next(option for option in DIAGNOSE if option.field == "workers"),
)
_PROJECT = (
    *(option for option in SELECTION if option.field in ("root", "hidden", "no_ignore", "queries")),
    *_CACHE,
)
_GRAPH_FORMAT = (
    Option(
        "format",
        ("--format",),
        "word",
        "text, json, jsonl (one row a line), mermaid, dot (for Graphviz), or html: a page with the graph as a picture.",
        _OUT,
        ("text", "json", "jsonl", "mermaid", "dot", "html"),
    ),
    *(option for option in _FORMAT if option.field != "format"),
)
_SIGNATURE = Option(
    "signature",
    ("--signature",),
    "word",
    "The calls that a new signature would break, and why: --signature 'f(a, *, b=1)'.",
    _WHAT,
)
NEIGHBORHOOD = (
    _flag("all", "--all", "All definitions that TARGET may mean, not a list to choose from.", _WHAT),
    Option(
        "depth", ("--depth",), "number", "How many calls to follow, both ways. Default: 1.", _WHAT, least=1, most=100
    ),
    Option(
        "confidence",
        ("--confidence",),
        "word",
        "Leave out what is less sure: certain, likely or possible (the default).",
        _KEEP,
        ("certain", "likely", "possible"),
    ),
    Option(
        "only",
        ("--only",),
        "words",
        "Only these relations (separated by commas): caller, callee, overridden, override, base, subclass, "
        "implementation, member, importer, import, raises, catcher, user, sibling.",
        _KEEP,
    ),
    _SIGNATURE,
    _flag("impact", "--impact", "Everything that may run TARGET, by module and distance, and the tests to run.", _WHAT),
    _flag("tests", "--tests", "With --impact: only the ids of the tests, as pytest and cargo test take them.", _OUT),
    Option("path_to", ("--path-to",), "word", "The shortest ways of calls between TARGET and this one.", _WHAT),
    *_PROJECT,
    *REVISION,
    _BUDGET_MS,
    *PAGES,
    *_GRAPH_FORMAT,
    _flag("stats", "--stats", "On stderr: what the run cost.", _OUT),
)
CALLS = (
    *(option for option in NEIGHBORHOOD if option.field in ("all", "confidence")),
    _SIGNATURE,
    *_PROJECT,
    _BUDGET_MS,
    *PAGES,
    *_FORMAT,
)
IMPORTS = (
    _flag("cycles", "--cycles", "Only the cycles.", _KEEP),
    _flag("outside", "--outside", "What is imported from outside of the project, too.", _KEEP),
    *SELECTION,
    *_CACHE,
    _BUDGET_MS,
    *PAGES,
    *_GRAPH_FORMAT,
)
SOURCE = (
    *(option for option in NEIGHBORHOOD if option.field == "all"),
    Option(
        "relations",
        ("--with",),
        "words",
        "The signatures of callers, callees and types, too (separated by commas).",
        _WHAT,
    ),
    *_PROJECT,
    *_FORMAT,
    _BUDGET_MS,
    *PAGES,
)
CONTEXT = (
    *SELECTION,
    _BUDGET_MS,
    *(
        option._replace(help=f"{option.help} Default: 2,000.") if option.field == "max_tokens" else option
        for option in PAGES
    ),
    *_FORMAT,
)
RUN = (
    Option("steps", ("--steps",), "word", "The steps, one a line as JSON; - is stdin.", _WHAT),
    *(option for option in SELECTION if option.field in ("root", "queries")),
    *_CACHE,
)
SCHEMA = (_flag("jsonl", "--jsonl", "Of one line of `--format jsonl`.", _OUT),)
AGENT_HELP: tuple[Option, ...] = ()
MCP = (
    Option(
        "http",
        ("--http",),
        "number",
        "Listen on this port of 127.0.0.1 (0: a free one), for clients with the token in CQ_MCP_TOKEN, or a new one.",
        _OUT,
        most=65_535,
    ),
    Option(
        "print_config",
        ("--print-config",),
        "word",
        "What to put into the configuration of a client: claude, codex, cursor, gemini, vscode or zed.",
        _OUT,
    ),
    *_CACHE,
    *(option for option in SELECTION if option.field == "queries"),
)
MAP = (
    Option(
        "focus",
        ("--focus",),
        "list",
        "What matters to these files, folders or names; may be given again.",
        _WHAT,
    ),
    *SELECTION,
    *_FORMAT,
    _BUDGET_MS,
    _MAX_TOKENS._replace(help=f"{_MAX_TOKENS.help} Default: 2,000.", most=1_000_000),
    *(option for option in PAGES if option.field != "max_tokens"),
)
MINE = (
    Option(
        "level",
        ("--level",),
        "word",
        "What of the code counts: all of it, all but names and literals, also names that are bound outside (default), "
        "or only the skeleton.",
        _WHAT,
        ("concrete", "abstract", "semantic", "skeleton"),
    ),
    Option("min_files", ("--min-files",), "number", "Only patterns in so many files. Default: 3.", _KEEP, least=1),
    Option(
        "min_projects",
        ("--min-projects",),
        "number",
        "Only patterns in so many projects. Default: 3, of fewer projects half.",
        _KEEP,
        least=1,
    ),
    Option("top", ("--top",), "number", "Show so many idioms. Default: 30; reports 500.", _KEEP, least=1, most=20_000),
    Option(
        "by",
        ("--by",),
        "word",
        "Which come first: score (default), count, projects, gain (words that telling them once would save), surprise.",
        _KEEP,
        ("score", "count", "projects", "gain", "surprise"),
    ),
    Option(
        "fuzzy",
        ("--fuzzy",),
        "number",
        "Idioms with so many percent of the tokens of a better one (85 is a good start) are variations of that.",
        _KEEP,
        least=50,
        most=99,
    ),
    Option("kind", ("--kind",), "words", "Only these kinds of nodes: if_statement, call ... (by commas).", _KEEP),
    Option("like", ("--like",), "word", "Only idioms in whose text this stands.", _KEEP),
    Option(
        "category",
        ("--category",),
        "words",
        "Only what a rulebook says to be of these: async, dom, hook, io, test, logging, timer ... (by commas).",
        _KEEP,
    ),
    Option(
        "rulebook", ("--rulebook",), "word", "One more YAML file that says which idioms are of which category.", _WHAT
    ),
    Option("rev", ("--rev",), "word", "trend: the history of this revision. Default: HEAD.", _WHICH),
    Option(
        "samples",
        ("--samples",),
        "number",
        "trend: look at so many commits, evenly spaced in time (default 24). report: a sparkline of so many.",
        _WHICH,
        least=2,
        most=1_000,
    ),
    *SELECTION,
    Option(
        "format",
        ("--format",),
        "word",
        "text, json, jsonl (one idiom a line); of a report html (default), markdown, json, sarif, or rules (a folder).",
        _OUT,
        ("text", "json", "jsonl", "html", "markdown", "sarif", "rules"),
    ),
    *(option for option in _FORMAT if option.field != "format"),
    Option("output", ("-o", "--output"), "word", "report: write this file, or for rules this folder.", _OUT),
    Option(
        "export",
        ("--export",),
        "word",
        "Write the idioms with all their places to this file, too: a name with .parquet, .sqlite or .db.",
        _OUT,
    ),
    *_CACHE,
    _BUDGET_MS,
    *PAGES,
    _flag("quiet", "-q --quiet", "Nothing on stdout; the exit status tells.", _OUT),
    _flag("stats", "--stats", "On stderr: what the run cost.", _OUT),
    _WORKERS,
    EXECUTOR,
)
