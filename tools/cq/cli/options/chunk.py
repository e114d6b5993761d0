"""The options of `cq chunk` and `cq config`."""

from cq.cli.options.option import KEEP, LIMITS, OUT, WHAT, WHICH, Option, flag, some
from cq.cli.options.shared import BUDGET_MS, EXECUTOR, FORMAT, PAGES, REVISION, SELECTION, WORKERS, formats

CHUNK = (
    Option(
        "view",
        ("--view",),
        "word",
        "partition: every byte once, in order (default); defs: one row for each definition.",
        WHAT,
        ("partition", "defs"),
    ),
    Option(
        "size_by",
        ("--size-by",),
        "word",
        "What sizes are counted in: tokens (default), chars, nws (chars that are not blank), lines, bytes.",
        WHAT,
        ("tokens", "chars", "nws", "lines", "bytes"),
    ),
    Option("target", ("--target",), "number", "The size a chunk should have. Default: 200 tokens.", WHAT, least=1),
    Option(
        "most",
        ("--max",),
        "number",
        "The size no chunk exceeds, header and overlap included. Default: 400 tokens.",
        WHAT,
        least=1,
    ),
    Option("least", ("--min",), "number", "Smaller chunks are joined to a neighbour. Default: 25 tokens.", WHAT),
    Option("overlap", ("--overlap",), "number", "Repeat the lines before a chunk, up to this size.", WHAT),
    flag("header", "--header", "A line above each chunk that says where it is from (default).", WHAT, "--no-header"),
    flag("imports", "--imports", "In that line, too, which imports of its file a chunk uses.", WHAT),
    Option(
        "tokenizer",
        ("--tokenizer",),
        "word",
        "Count exact tokens: cl100k_base, o200k_base, llama3 ... or the path of a tokenizer.json. "
        "Default: an estimate.",
        WHAT,
    ),
    Option(
        "query",
        ("--query",),
        "word",
        "What stays whole: the nodes that this tree-sitter query captures as @chunk or @definition.KIND.",
        WHAT,
    ),
    flag("uses", "--uses", "Of each chunk the imports, calls and names in it, too.", WHAT),
    Option(
        "since",
        ("--since",),
        "word",
        "In place of the chunks what became of those of an earlier run (its JSON Lines) or of a commit: added, "
        "removed, moved, kept.",
        WHAT,
    ),
    Option(
        "kinds",
        ("--kinds", "--kind"),
        "words",
        "Only rows of these kinds (function, class ...) or forms (definition, part, group, code, text).",
        KEEP,
    ),
    *SELECTION,
    *REVISION,
    flag("text", "--text", "Files in no known language, too: they are cut by lines.", WHICH),
    Option(
        "priority",
        ("--priority",),
        "list",
        "GLOB=NUMBER: the files that match come first, those with the highest number before the others.",
        WHICH,
    ),
    *formats(
        "text (default on a terminal), jsonl (one chunk a line, default elsewhere), json, md or xml (for prompts), "
        "parquet or arrow (with -o).",
        ("text", "jsonl", "json", "md", "xml", "parquet", "arrow"),
    ),
    Option("output", ("-o", "--output"), "word", "Write this file, in place of stdout.", OUT),
    Option(
        "compression",
        ("--compression",),
        "word",
        "Of Parquet and Arrow: zstd (default), snappy, gzip, lz4, brotli or none.",
        OUT,
        ("zstd", "snappy", "gzip", "lz4", "brotli", "none"),
    ),
    Option("columns", ("--columns",), "words", "Of Parquet and Arrow: only these columns of a chunk.", OUT),
    Option(
        "shape",
        ("--shape",),
        "word",
        "Of Parquet and Arrow: flat (a row for each chunk), nested (for each file), or relational (a folder of files, "
        "chunks and edges).",
        OUT,
        ("flat", "nested", "relational"),
    ),
    Option(
        "row_group", ("--row-group",), "number", "Of Parquet: so many rows in a group. Default: 4,096.", OUT, least=1
    ),
    flag("by_language", "--by-language", "Of Parquet and Arrow: a folder of a file for each language.", OUT),
    Option(
        "graph",
        ("--graph",),
        "word",
        "In place of the chunks how they relate (contains, next; with --uses calls, imports): graphml, dot or parquet.",
        OUT,
        ("graphml", "dot", "parquet"),
    ),
    flag("verify", "--verify", "Put every file together again, count every chunk again, and hold ids apart.", OUT),
    flag("strict", "--strict", "Exit status 1 when a file has errors or is cut without its grammar.", OUT),
    flag("explain", "--explain", "In place of the chunks: why each cut is where it is.", OUT),
    flag(
        "report",
        "--report",
        "In place of the chunks what they are worth: coverage, sizes, what is cut, how well they are found; with "
        "-o NAME.html a page.",
        OUT,
    ),
    flag("quiet", "-q --quiet", "Nothing on stdout: with --verify, --stats and --strict.", OUT),
    flag("stats", "--stats", "On stderr: the sizes as a histogram, and what the run cost.", OUT),
    BUDGET_MS,
    *PAGES,
    Option("cache_dir", ("--cache-dir",), "word", "Keep chunks of files here; default: your cache folder.", LIMITS),
    flag("no_cache", "--no-cache", "Neither use nor keep chunks of earlier runs.", LIMITS),
    WORKERS,
    EXECUTOR,
)
# What a file or the environment may set: how files are cut; not which, and not how or where they are written.
_SETTABLE = (
    *(
        "view",
        "size_by",
        "target",
        "most",
        "least",
        "overlap",
        "header",
        "imports",
        "tokenizer",
        "query",
        "uses",
        "kinds",
        "text",
    ),
    "strict",
)
SETTABLE = tuple(option for option in CHUNK if option.field in _SETTABLE)
CONFIG = (
    flag("all", "--all", "What is not set, too.", KEEP),
    *some(FORMAT, "format", "json"),
)
