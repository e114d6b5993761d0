"""The commands as data: one table for the quick start and for cyclopts. Each lives in the module of its name."""

import importlib
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from cq.cli.options.option import Option
from cq.cli.quick_msgspec import import_msgspec

Run = Callable[[dict[str, Any], Sequence[str]], int]


class Command(NamedTuple):
    """One command: `cq NAME`, which is the function NAME of the module `cq.cli.NAME`, with `_` for `-`."""

    name: str
    family: str  # the module of cq.cli.options where its options are
    arguments: str  # as the usage line has them
    help: str  # Markdown; the first line is the summary
    examples: tuple[str, ...]

    @property
    def options(self) -> Sequence[Option]:
        """What can be asked of it. As the function, imported only for the command that runs."""
        module = importlib.import_module(f"cq.cli.options.{self.family}")
        options: Sequence[Option] = getattr(module, self.name.replace("-", "_").upper())
        return options

    def load(self) -> Run:
        """The function that runs the command. Imported only when asked for: most commands need few modules."""
        import_msgspec()
        name = self.name.replace("-", "_")
        run: Run = getattr(importlib.import_module(f"cq.cli.{name}"), name)
        return run


_COMMANDS = (
    Command(
        name="search",
        family="search",
        arguments="NAME [PATHS...]",
        help="""Find and classify every place where a name stands.

NAME is a name (`Flask`), a qualified name (`Flask.route`, `flask.app.Flask`, `Type::method`), a glob (`get_*`),
or with --regex a regular expression. Definitions come first, then the other roles; library code before tests. Of a
line longer than 240 characters a row has the part around the name.

Exit status: 0 something found, 1 nothing, 2 error.
""",
        examples=(
            "cq search Flask",
            "cq search Flask.route src --role definition,call",
            "cq search 'get_*' --kind function -g '!**/tests/**'",
            "cq search Flask --json --limit 20",
        ),
    ),
    Command(
        name="query",
        family="matching",
        arguments="QUERY [PATHS...]",
        help="""Run a tree-sitter query over many files.

QUERY is one or more patterns; a row is a captured node. A pattern without a capture is captured as @match. With
`--pack` no query is given: rows are what the packs of a language, or your own .scm files, say of names.
Predicates: those of tree-sitter (`#eq?`, `#match?`, `#any-of?` ...) and `#cq-kind-is?`, `#cq-has-ancestor?`,
`#cq-in-scope?`, `#cq-length?`, `#cq-lines?`, `#cq-glob?`, `#cq-qualified-name?`, each also with `not-`, as in
`#cq-not-has-ancestor?`.

Exit status: 0 something found, 1 nothing, 2 error.
""",
        examples=(
            "cq query '(call function: (identifier) @f)' src --lang python",
            "cq query '((call function: (identifier) @f) (#eq? @f \"print\"))' -c",
            "cq query '(except_clause !value) @bare' --json",
            "cq query -f rules.scm --capture name --limit 20",
            "cq query --pack all --role call --format jsonl",
            "cq query --pack definitions,calls --explain",
        ),
    ),
    Command(
        name="diagnose",
        family="checking",
        arguments="PATHS",
        help="""What is wrong in files that do not parse, and edits that repair them.

Each finding says what is missing or too much, where it most likely belongs, and what is wrong with it. A finding has a
fix only when the file was parsed again with it and the error was gone. `--diff` shows these edits and changes nothing;
`--fix` makes them, tells of each on stderr, and shows what is left.

Exit status: 0 nothing wrong, 1 a finding (with `--fix`: one is left; with `--diff`: or an edit), 2 error.
""",
        examples=(
            "cq diagnose",
            "cq diagnose src tests/test_app.py",
            "cq diagnose src --diff",
            "cq diagnose src --fix",
            "cq diagnose --format sarif > diagnose.sarif",
        ),
    ),
    Command(
        name="diff",
        family="checking",
        arguments="[REV..REV] [PATHS...]",
        help="""The definitions that differ between two revisions, and whom that touches.

Definitions are added, removed, renamed, moved, have a new signature, or only another body. Under a new signature stand
its callers, with what of them does not fit it; under what is gone or has another name the uses that still name it.
`A..B` compares two revisions, `A...B` what B did since they parted, and `A` alone A with the files as they are. With
--overlay the files as they are (or of --rev) are compared with what a patch, a folder or an editor would make of them.

Exit status: 0 something differs, 1 nothing, 2 error.
""",
        examples=(
            "cq diff HEAD~1..HEAD",
            "cq diff main...HEAD src",
            "cq diff HEAD",
            "cq diff main...HEAD --format markdown > comment.md",
            "cq diff --overlay change.patch",
        ),
    ),
    Command(
        name="pattern",
        family="matching",
        arguments="PATTERN [PATHS...]",
        help="""Find code that looks like a pattern, and rewrite it.

PATTERN is code as ast-grep has it: `$A` stands for any one node, `$$$ARGS` for any number of them, and all else for
itself, however it is spaced. Without --lang it is looked for in each language in which it is code.

Where matches lie within each other the outermost is rewritten; for those in it, run the command again.

Exit status: 0 something found, 1 nothing, 2 error.
""",
        examples=(
            "cq pattern 'print($A)'",
            "cq pattern 'isinstance($X, str)' src --lang python --json",
            "cq pattern 'assertEquals($A, $B)' -r 'assertEqual($A, $B)'",
            "cq pattern 'assertEquals($A, $B)' -r 'assertEqual($A, $B)' --apply",
        ),
    ),
    Command(
        name="rules",
        family="matching",
        arguments="[PATHS...]",
        help="""Run rules in ast-grep's format over many files.

Without --rule these are the rules that cq ships, which tell where names are defined, called and imported, and your own:
LANGUAGE/rules/*.yml in the folders of --queries and in `queries` of your configuration. With --rule only those.

`# ast-grep-ignore` in a comment silences all rules on its line, or on the line below when it stands alone;
`# ast-grep-ignore: ID, ID` silences these.

Exit status: 0 no finding of severity error, 1 at least one, 2 error.
""",
        examples=(
            "cq rules --rule no-print.yml src",
            "cq rules --rule my-rules --format sarif",
            "cq rules --rule my-rules --diff",
            "cq rules --list",
            "cq rules --only class-definition,macro-definition --json",
        ),
    ),
    Command(
        name="neighborhood",
        family="graph",
        arguments="TARGET",
        help="""What is around a definition: its callers and callees, what it overrides, who imports and uses it.

TARGET is a name (`route`), a qualified name (`Flask.route`, `Type::method`), a file (its module), `path:line` or
`path:line:column`. A place that is no definition stands for what it refers to; a blank line or a comment for the
definition around it. A name of several definitions lists them, each with its command.

Each row says how sure it is and why. `passed` is a function that is given away as a value and called elsewhere,
`injected` one that the runner of tests calls for a parameter of its name. `raises` are the exceptions that leave the
definition where it raises them itself, `catcher` the callers with a handler for one around the call; Rust has neither:
`?` hands on a value, and panics are not followed.

Exit status: 0 something found, 1 nothing, 2 error, or TARGET is ambiguous.
""",
        examples=(
            "cq neighborhood Flask.full_dispatch_request",
            "cq neighborhood src/flask/app.py:904 --depth 2",
            "cq neighborhood Flask.wsgi_app --only caller,callee --json",
            "cq neighborhood View --format mermaid",
            "cq neighborhood View --depth 2 --format html > view.html",
        ),
    ),
    Command(
        name="calls",
        family="graph",
        arguments="TARGET",
        help="""The calls of a definition, with their arguments bound to its parameters, and how it is really called.

TARGET is as for `cq neighborhood`; of a class these are the calls that make an instance. With --signature: the calls
that a new signature would break, each with the reason.

Exit status: 0 a call (with --signature: one that breaks), 1 none, 2 error, or TARGET is ambiguous.
""",
        examples=(
            "cq calls Flask.add_url_rule",
            "cq calls src/app.py:120 --json",
            "cq calls dumps --signature 'dumps(obj, *, indent=None)'",
        ),
    ),
    Command(
        name="imports",
        family="graph",
        arguments="[PATHS...]",
        help="""Which module imports which, and the cycles among them.

An import within a function runs later, and one for type checkers only never: cycles through these are told apart.
With PATHS: what these files import, and cycles that go through them.

Exit status: 0 an import (with --cycles: a cycle), 1 none, 2 error.
""",
        examples=(
            "cq imports src",
            "cq imports --cycles",
            "cq imports src/flask --format dot | dot -Tsvg > imports.svg",
            "cq imports src/flask --format html > imports.html",
        ),
    ),
    Command(
        name="files",
        family="listing",
        arguments="PATHS",
        help="List the files that would be searched.",
        examples=(
            "cq files",
            "cq files --explain src | grep '^out'",
            "cq files -t py -0 | xargs -0 wc -l",
        ),
    ),
    Command(
        name="outline",
        family="listing",
        arguments="PATHS",
        help="""The definitions of files as a tree, with their signatures and lines.

Of data that is the keys (two levels, unless --depth says more), headings, selectors, elements with a name, or tables.

Exit status: 0 a definition, 1 none, 2 error.
""",
        examples=(
            "cq outline src/flask/app.py",
            "cq outline src --kind class --depth 1 --json",
        ),
    ),
    Command(
        name="source",
        family="graph",
        arguments="TARGET...",
        help="""The source of definitions, numbered as in the file, with the heads of what contains them.

TARGET is a name (`route`), a qualified name (`Flask.route`, `Type::method`), `path:line`, `path:line:column`, some
lines of a file (`path:120-160`), or a file. A name of several definitions lists them, each with its command.

With --max-tokens the bodies of functions within the source are left out first, the last of them before the others,
then its end; the lines that are left out are named.

Exit status: 0 found, 1 nothing, 2 error, or TARGET is ambiguous.
""",
        examples=(
            "cq source Flask.full_dispatch_request",
            "cq source Flask.dispatch_request --with callers,callees,types",
            "cq source src/flask/app.py:904 --max-tokens 500",
            "cq source src/flask/app.py:100-140 --json",
        ),
    ),
    Command(
        name="injections",
        family="listing",
        arguments="PATHS",
        help="""Text in other languages within files: SQL and regular expressions in strings, macro bodies, examples.

A row says the language, what told it, how it is reached, and whether its grammar is installed and could parse it.

Exit status: 0 something found, 1 nothing, 2 error.
""",
        examples=(
            "cq injections src/flask/app.py",
            "cq injections src --only sql,regex",
            "cq injections src/lib.rs --json",
        ),
    ),
    Command(
        name="export",
        family="listing",
        arguments="FILES",
        help="""The syntax tree of files: nodes, edges, tokens and the gaps between them.

Of each file: a row with what it is, a row for each node and for the edge to it, one for each token and each gap, and a
row with the counts. The texts of tokens and gaps, joined in their order, are the bytes of the file. `-` is stdin, with
`--lang`.

Exit status: 0 something exported, 1 nothing, 2 error.
""",
        examples=(
            "cq export src/flask/app.py",
            "cq export src/flask/app.py --lines 10:40 --named --format text",
            "cq export src --tokens --format jsonl",
            "cq export shelf.py --format dot | dot -Tsvg > shelf.svg",
            "echo 'x = 1' | cq export - --lang python",
        ),
    ),
    Command(
        name="chunk",
        family="chunk",
        arguments="[PATHS...]",
        help="""Cut source into chunks that mean something on their own, for embeddings, retrieval and review.

The chunks of a file, joined, are the file, byte for byte, also of a broken one. Definitions stay whole, with their
comments and decorators, as long as they fit; what is too large is cut where its structure says. No chunk is larger than
`--max`, header and overlap included. Ids depend on what a chunk is, not on where it stands.

Exit status: 0; 1 when no chunk is of the --kinds, with --strict when files have errors or are cut without their
grammar; 2 error.
""",
        examples=(
            "cq chunk src > chunks.jsonl",
            "cq chunk src --verify --stats -q",
            "cq chunk src --view defs --target 200 --max 600",
            "cq chunk src --size-by chars --max 2000 --overlap 200",
        ),
    ),
    Command(
        name="tags",
        family="listing",
        arguments="PATHS",
        help="""Write the definitions as tags, so that editors jump to them.

The format is that of universal-ctags, sorted, with the fields line, language, scope, access, inherits, signature, roles
and end. Paths in it are relative to the file that is written. That is replaced at once, when all is done.

Exit status: 0 a tag, 1 none, 2 error.
""",
        examples=(
            "cq tags -o tags",
            "cq tags src -o tags --excmd combine",
            "cq tags -e -o TAGS",
            "cq tags src --format jsonl",
        ),
    ),
    Command(
        name="index",
        family="upkeep",
        arguments="[PATHS...]",
        help="""Make the index of names complete, so that no search has to read the files of a repository.

Each file is parsed once. Kept are its words, where it may be cut, and what the names are that stand in many files.
Every search keeps what it learns, also without this. Only what changed since is read again, here and in each search.
The index is in your cache folder, never in the repository; `cq cache` says more.

Exit status: 0 all is indexed, 2 error.
""",
        examples=(
            "cq index",
            "cq index ../flask --stats",
            "cq index --watch",
        ),
    ),
    Command(
        name="cache",
        family="upkeep",
        arguments="stats|clear|path|verify [PATHS...]",
        help="""What is kept between runs, and how to be rid of it.

`stats`: the index of each repository, and what it takes. `path [PATHS...]`: the folder, or the index of a repository.
`clear [PATHS...]`: delete all, or those of these repositories. `verify`: read everything back, checksums and all.
Of all together at most CQ_CACHE_SIZE is kept (default 1G); what was not used for longest goes first.

Exit status: 0 fine, 1 verify found damage or path found no index, 2 error.
""",
        examples=(
            "cq cache stats",
            "cq cache clear .",
            "cq cache verify --json",
        ),
    ),
    Command(
        name="mine",
        family="mine",
        arguments="[show|explain|refs|rule|verify|pairs|odd|trend|report] [KEY|PATHS...]",
        help="""The idioms that a code base repeats, each as a rule that finds it again.

`cq mine PATHS`: the best idioms, each with a real place. What was learnt of a file is kept, so that a run that was
stopped goes on where it was, and another run reads only what changed.

`show KEY`, `explain KEY`, `refs KEY`: an idiom in full; why it is one, and why each hole; all its places. `rule KEY`:
the rule for `ast-grep scan --rule`, and for `cq rules --rule`. `verify KEY...`: what the rule finds, held against the
places. KEY comes from an earlier `cq mine PATHS`, which shows one with each idiom; how it begins is enough.

`pairs PATHS`: idioms that stand in one file more often than by chance. `odd PATHS`: rare variants of a frequent idiom,
which may be slips. `trend PATHS`: idioms that came, grew, faded and went in the history of a git repository, bare or
not, with the first and last commit. `report PATHS -o FILE`: a page, Markdown, SARIF, or a folder of rules.

Exit status: 0 an idiom, 1 none, 2 error.
""",
        examples=(
            "cq mine src",
            "cq mine --lang python --top 10 --min-files 5",
            "cq mine src --kind for_statement,try_statement --json",
            "cq mine rule 0717a94bc63c > rule.yml",
            "cq mine trend --rev v2.0 --samples 40",
            "cq mine report src -o idioms.html",
        ),
    ),
    Command(
        name="config",
        family="chunk",
        arguments="[FOLDER]",
        help="""What is set for commands, and where.

Settings are `[chunk]` in `.cq.toml`, `[tool.cq.chunk]` in `pyproject.toml` (both from FOLDER upwards to the top of its
repository), then the environment (`CQ_CHUNK_TARGET`), then flags; the later count.

Exit status: 0 something is set, 1 nothing, 2 error.
""",
        examples=("cq config", "cq config --all", "CQ_CHUNK_MAX=600 cq config"),
    ),
    Command(
        name="verify",
        family="checking",
        arguments="[PATHS...]",
        help="""How right cq is about your files: its roles and targets against independent readers.

In Python the reader is the running interpreter (`ast`, `tokenize`, `symtable`), in Rust a scan of the tokens; of every
language all words are counted. Shown are precision and recall of each role and of each word of confidence, and the
places of which the two say different things. Files that a reader cannot parse are named and left out.

Exit status: 0 when definitions and calls (`--role`) are at or above `--min`, 1 when one is below or nothing was
compared, 2 error.
""",
        examples=(
            "cq verify",
            "cq verify src --min 0.99",
            "cq verify src --targets --limit 50",
            "cq verify --format jsonl --role definition,call,import",
        ),
    ),
    Command(
        name="languages",
        family="upkeep",
        arguments="",
        help="Which languages are installed, and which packs each has.",
        examples=(
            "cq languages",
            "cq languages --json",
        ),
    ),
    Command(
        name="packs",
        family="upkeep",
        arguments="list|show|plan|lint|drift [WHICH...]",
        help="""What packs there are, what they say, what they cost, and whether they are right.

`list [LANGUAGE...]`: the packs of each language. `show LANGUAGE[/PACK]...`: their patterns and what each emits.
`plan`: in which order they run, and within which limits. `lint [PATH|LANGUAGE...]`: what is wrong with packs, by file,
line and column; PATH is a `.scm` file or a folder of queries. `drift [LANGUAGE...]`: which patterns break under the
installed version of a grammar.

Exit status: 0 nothing wrong, 1 lint or drift found problems, 2 error.
""",
        examples=(
            "cq packs list",
            "cq packs show python/calls",
            "cq packs lint my-queries --json",
            "cq packs lint my-queries/python/routes.scm",
            "cq packs drift --node-types other-version",
        ),
    ),
    Command(
        name="map",
        family="listing",
        arguments="[PATHS...]",
        help="""The repository in one page: the definitions that the rest leans on, with their signatures.

A file leans on those that define the names in it, on rare names more than on common ones; PageRank adds that up. With
--focus it begins at these files, folders or names. The same files give the same map.

Exit status: 0 a definition, 1 none, 2 error.
""",
        examples=(
            "cq map",
            "cq map src --max-tokens 500",
            "cq map --focus src/flask/app.py --focus route",
        ),
    ),
    Command(
        name="context",
        family="graph",
        arguments="TEXT [PATHS...]",
        help="""What of the repository a text is about: an error message, a stack trace, an issue, or a few words.

First the functions in which the lines of a stack trace stand (the innermost first; paths of another machine are
matched by their ends), then the definitions that TEXT names, then those with most of its words (BM25 over names, heads,
documentation, paths and bodies; no model). Within --max-tokens the first have their sources, of the others a line says
where and why. `-` reads TEXT from stdin.

Exit status: 0 something found, 1 nothing, 2 error.
""",
        examples=(
            "cq context 'full_dispatch_request fails when no route matches'",
            "pytest -x 2>&1 | cq context -",
            "cq context 'where are blueprints registered' src --max-tokens 1000",
        ),
    ),
    Command(
        name="run",
        family="upkeep",
        arguments="",
        help="""Several questions in one run: JSON Lines in, JSON Lines out.

A step is `{"id": "1", "argv": ["search", "Flask", "--role", "call"]}`, a command line without `cq`, or
`{"id": "2", "tool": "search", "params": {"name": "Flask"}}`, a tool of `cq mcp`. Each gives a line with its `id`, its
`status`, what it wrote as `text`, `answer` (with `--json`) or `rows` (with `--format jsonl`), and what it said on
stderr as `messages`. A step that fails, a line that is none, or one with the `id` of an earlier step has the status 2,
and the others go on. All steps are read before the first runs; files are listed once, and steps share what they make.
The last line counts them.

Exit status: 0 all steps ran, 2 one failed.
""",
        examples=(
            "cq run --steps steps.jsonl",
            'echo \'{"id":"1","argv":["search","Flask","--max-tokens","500"]}\' | cq run --steps -',
        ),
    ),
    Command(
        name="mcp",
        family="upkeep",
        arguments="[ROOTS...]",
        help="""The questions as tools of a coding agent, over the Model Context Protocol; needs `cq[mcp]`.

It reads from stdin and writes to stdout until the client ends it, or listens with --http. ROOTS are the folders that
may be asked about (default: the repository around the current folder): nothing outside of them is read, and nothing
in them is changed. What it learns stays in the process while the files are the same.
""",
        examples=(
            "cq mcp --print-config claude",
            "cq mcp ../flask",
            "cq mcp --http 8123",
        ),
    ),
    Command(
        name="schema",
        family="upkeep",
        arguments="[COMMAND]",
        help="""The JSON Schema of a command's answer; without COMMAND a list of what there are.

Exit status: 0 fine, 2 there is none.
""",
        examples=(
            "cq schema search",
            "cq schema neighborhood --jsonl",
        ),
    ),
    Command(
        name="agent-help",
        family="upkeep",
        arguments="",
        help="""How to use cq, for the instructions of a coding agent: every command with an example.

It is below 800 tokens; `cq agent-help >> AGENTS.md` keeps it.
""",
        examples=("cq agent-help",),
    ),
)
COMMANDS = {command.name: command for command in _COMMANDS}
