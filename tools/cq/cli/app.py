"""The commands as cyclopts sees them: help with examples, errors with suggestions, completions."""

import inspect
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal

from cyclopts import App, CycloptsError, Group, Parameter, Token

from cq.cli.commands import COMMANDS, Run
from cq.cli.options.option import Option
from cq.errors import CqError
from cq.version import __version__

_GROUPS = ("What is looked for", "Which places are shown", "Which files", "Limits", "Output")

_COMPLETION_HELP = "Print the completion script of a shell: bash, zsh or fish."
_EXAMPLES = ("cq search Flask", "cq outline src/flask/app.py", "cq files --explain")
_COMPLETION_EXAMPLES = (
    "cq completion bash > ~/.local/share/bash-completion/completions/cq",
    "cq completion zsh > ~/.zfunc/_cq",
    "cq completion fish > ~/.config/fish/completions/cq.fish",
)


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


def _running(name: str) -> Run:
    # Help and completions need no command's modules.
    return lambda values, arguments: COMMANDS[name].load()(values, arguments)


def _number(_: type, tokens: Sequence[Token]) -> int:
    # cyclopts would take 1.5 for 1.
    return int(tokens[0].value)


def _command(options: Sequence[Option], run: Run, arguments: str) -> Callable[..., int]:
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


def _examples(examples: Sequence[str]) -> str:
    # Not a part of the help text: what reads that as a docstring drops a section of examples.
    return "Examples:\n\n" + "".join(f"    {example}\n" for example in examples)


def _app() -> App:
    app = App(
        name="cq",
        version=__version__,
        help=(
            "Structural questions about a code base: where a name is defined, called, imported and used.\n\n"
            "`cq COMMAND --help` shows the options of a command."
        ),
        help_format="markdown",
        help_epilogue=_examples(_EXAMPLES),
    )
    for name, command in COMMANDS.items():
        app.command(
            _command(command.options, _running(name), command.arguments or "NOTHING"),
            name=name,
            usage=f"Usage: cq {name} [OPTIONS] {command.arguments}".rstrip(),
            help=command.help,
            help_epilogue=_examples(command.examples),
        )
    app.command(_completion, name="completion", help=_COMPLETION_HELP, help_epilogue=_examples(_COMPLETION_EXAMPLES))
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
