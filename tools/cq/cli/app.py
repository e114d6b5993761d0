"""The commands as cyclopts sees them: help with examples, errors with suggestions, completions."""

import inspect
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal

from cyclopts import App, CycloptsError, Group, Parameter, Token

from cq.cli.files import files
from cq.cli.languages import languages
from cq.cli.options import FILES, LANGUAGES, OUTLINE, PACKS, QUERY, SEARCH, Option
from cq.cli.outline import outline
from cq.cli.packs import packs
from cq.cli.query import query
from cq.cli.search import search
from cq.errors import CqError
from cq.version import __version__

_GROUPS = ("What is looked for", "Which places are shown", "Which files", "Limits", "Output")
Command = Callable[[dict[str, Any], Sequence[str]], int]

_SEARCH_HELP = """Find and classify every place where a name stands.

NAME is a name (`Flask`), a qualified name (`Flask.route`, `flask.app.Flask`, `Type::method`), a glob (`get_*`),
or with --regex a regular expression. Definitions come first, then the other roles; library code before tests.

Exit status: 0 something found, 1 nothing, 2 error.
"""
_QUERY_HELP = """Run a tree-sitter query over many files.

QUERY is one or more patterns; a row is a captured node. A pattern without a capture is captured as @match. With
`--pack` no query is given: rows are what the packs of a language, or your own .scm files, say of names.
Predicates: those of tree-sitter (`#eq?`, `#match?`, `#any-of?` ...) and `#cq-kind-is?`, `#cq-has-ancestor?`,
`#cq-in-scope?`, `#cq-length?`, `#cq-lines?`, `#cq-glob?`, `#cq-qualified-name?`, each also with `not-`, as in
`#cq-not-has-ancestor?`.

Exit status: 0 something found, 1 nothing, 2 error.
"""
_FILES_HELP = "List the files that would be searched."
_OUTLINE_HELP = "The definitions of files as a tree, with their signatures and lines."
_LANGUAGES_HELP = "Which languages are installed, and which packs each has."
_PACKS_HELP = """What packs there are, what they say, what they cost, and whether they are right.

`list [LANGUAGE...]`: the packs of each language. `show LANGUAGE[/PACK]...`: their patterns and what each emits.
`plan`: in which order they run, and within which limits. `lint [PATH|LANGUAGE...]`: what is wrong with packs, by file,
line and column; PATH is a `.scm` file or a folder of queries. `drift [LANGUAGE...]`: which patterns break under the
installed version of a grammar.

Exit status: 0 nothing wrong, 1 lint or drift found problems, 2 error.
"""
_COMPLETION_HELP = "Print the completion script of a shell: bash, zsh or fish."
_EXAMPLES = {
    "": ("cq search Flask", "cq outline src/flask/app.py", "cq files --explain"),
    "search": (
        "cq search Flask",
        "cq search Flask.route src --role definition,call",
        "cq search 'get_*' --kind function -g '!**/tests/**'",
        "cq search Flask --json --limit 20",
    ),
    "query": (
        "cq query '(call function: (identifier) @f)' src --lang python",
        "cq query '((call function: (identifier) @f) (#eq? @f \"print\"))' -c",
        "cq query '(except_clause !value) @bare' --json",
        "cq query -f rules.scm --capture name --limit 20",
        "cq query --pack all --role call --format jsonl",
        "cq query --pack definitions,calls --explain",
    ),
    "files": ("cq files", "cq files --explain src | grep '^out'", "cq files -t py -0 | xargs -0 wc -l"),
    "outline": ("cq outline src/flask/app.py", "cq outline src --kind class --depth 1 --json"),
    "languages": ("cq languages", "cq languages --json"),
    "packs": (
        "cq packs list",
        "cq packs show python/calls",
        "cq packs lint my-queries --json",
        "cq packs lint my-queries/python/routes.scm",
        "cq packs drift --node-types other-version",
    ),
    "completion": (
        "cq completion bash > ~/.local/share/bash-completion/completions/cq",
        "cq completion zsh > ~/.zfunc/_cq",
        "cq completion fish > ~/.config/fish/completions/cq.fish",
    ),
}


def _options_type(option: Option) -> Any:
    base: Any = {
        "flag": bool,
        "count": int,
        "number": int,
        "word": str,
        "list": list[str],
        "words": list[str],
    }[option.kind]
    if option.choices:
        base = Literal[option.choices]
    parameter = Parameter(
        name=list(option.flags),
        help=option.help,
        group=Group(
            option.group,
            sort_key=("What is looked for", "Which places are shown", "Which files", "Limits", "Output").index(
                option.group
            ),
        ),
        negative=[option.off] if option.off else [],
        count=option.kind == "count",
        show_default=False,
        show_choices=bool(option.choices),
        converter=_number if option.kind == "number" else None,
        allow_leading_hyphen=option.kind in ("list", "word"),
    )
    return Annotated[base | None, parameter]


def _number(_: type, tokens: Sequence[Token]) -> int:
    # cyclopts would take 1.5 for 1.
    return int(tokens[0].value)


def _command(options: Sequence[Option], run: Command, arguments: str) -> Callable[..., int]:
    """A function whose signature cyclopts can read, made from the option table."""

    def command(*given: str, **values: Any) -> int:
        words: dict[str, Any] = {}
        for option in options:
            value = values.get(option.field)
            if value is None or (option.kind == "count" and value == 0):
                continue
            if option.kind == "words":
                value = [part for word in value for part in word.split(",") if part]
            words[option.field] = value
        return run(words, given)

    shown = Annotated[str, Parameter(name=arguments, help="", show=False, allow_leading_hyphen=False)]
    parameters = [inspect.Parameter("given", inspect.Parameter.VAR_POSITIONAL, annotation=shown)]
    parameters += [
        inspect.Parameter(option.field, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=_options_type(option))
        for option in options
    ]
    command.__signature__ = inspect.Signature(parameters, return_annotation=int)  # type: ignore[attr-defined]
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return command


def _completion(shell: Literal["bash", "zsh", "fish"]) -> int:
    sys.stdout.write(
        _app()
        .generate_completion(prog_name="cq", shell=shell)
        .replace(
            "complete -F",
            "complete -o default -F",  # paths, where no option is
        )
    )
    return 0


def _examples(command: str) -> str:
    # Not a part of the help text: what reads that as a docstring drops a section of examples.
    return "Examples:\n\n" + "".join(f"    {example}\n" for example in _EXAMPLES[command])


def _app() -> App:
    app = App(
        name="cq",
        version=__version__,
        help=(
            "Structural questions about a code base: where a name is defined, called, imported and used.\n\n"
            "`cq COMMAND --help` shows the options of a command."
        ),
        help_format="markdown",
        help_epilogue=_examples(""),
    )
    for name, options, run, arguments, text in (
        ("search", SEARCH, search, "NAME [PATHS...]", _SEARCH_HELP),
        ("query", QUERY, query, "QUERY [PATHS...]", _QUERY_HELP),
        ("files", FILES, files, "PATHS", _FILES_HELP),
        ("outline", OUTLINE, outline, "PATHS", _OUTLINE_HELP),
        ("languages", LANGUAGES, languages, "", _LANGUAGES_HELP),
        ("packs", PACKS, packs, "list|show|plan|lint|drift [WHICH...]", _PACKS_HELP),
    ):
        usage = f"Usage: cq {name} [OPTIONS] {arguments}".rstrip()
        command = _command(options, run, arguments or "NOTHING")
        app.command(command, name=name, usage=usage, help=text, help_epilogue=_examples(name))
    app.command(_completion, name="completion", help=_COMPLETION_HELP, help_epilogue=_examples("completion"))
    return app


def run_app(argv: Sequence[str]) -> int:
    """Run one command line; the exit status. Raises CqError for wrong arguments."""
    app = _app()
    if not argv:
        app.help_print([])
        return 2
    try:
        function, bound, _ = app.parse_args(list(argv), print_error=False, exit_on_error=False)
    except CycloptsError as error:
        command = f"cq {argv[0]} --help" if argv[0] in app else "cq --help"
        raise CqError(" ".join(str(error).split()), command) from error
    status = function(*bound.args, **bound.kwargs)
    return status if isinstance(status, int) else 0
