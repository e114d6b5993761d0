"""Parse the arguments of a command by its option table, without cyclopts.

cyclopts costs more to import than most searches take. It explains commands and answers for wrong arguments;
arguments that are right are read here. What this parser is not sure of it leaves to cyclopts.
"""

from collections.abc import Sequence
from typing import NamedTuple

from cq.cli.options.option import Option

Value = bool | int | str | list[str]


class Parsed(NamedTuple):
    """The values of the options that were given, by field, and the other arguments."""

    values: dict[str, Value]
    arguments: list[str]


def parse_argv(options: Sequence[Option], argv: Sequence[str]) -> Parsed | None:
    """The arguments as values, or None when cyclopts has to look at them (an error, or --help)."""
    by_flag = {flag: (option, True) for option in options for flag in option.flags}
    by_flag.update({option.off: (option, False) for option in options if option.off})
    values: dict[str, Value] = {}
    arguments: list[str] = []
    rest = iter(argv)
    for word in rest:
        if word == "--":
            arguments.extend(rest)
        elif word == "-" or not word.startswith("-"):
            arguments.append(word)
        elif word.startswith("--"):
            flag, equals, value = word.partition("=")
            if not _take(by_flag, values, flag, value if equals else None, rest):
                return None
        elif not _take_short(by_flag, values, word, rest):
            return None
    return Parsed(values, arguments)


def _take_short(by_flag, values: dict[str, Value], word: str, rest) -> bool:  # type: ignore[no-untyped-def]
    """Letters run together: `-il`, `-A3`, `-g!tests`."""
    at = 1
    while at < len(word):
        flag = "-" + word[at]
        at += 1
        if flag not in by_flag:
            return False
        attached: str | None = None
        if by_flag[flag][0].kind not in ("flag", "count") and at < len(word):
            attached = word[at:].removeprefix("=")
            at = len(word)
        if not _take(by_flag, values, flag, attached, rest):
            return False
    return True


def _take(by_flag, values: dict[str, Value], flag: str, value: str | None, rest) -> bool:  # type: ignore[no-untyped-def]
    if flag not in by_flag:
        return False
    option, on = by_flag[flag]
    if option.kind in ("flag", "count"):
        if value is not None:
            return False
        given = values.get(option.field, 0)
        values[option.field] = on if option.kind == "flag" else (given if isinstance(given, int) else 0) + 1
        return True
    if value is None:
        value = next(rest, None)
        if value is None:
            return False
    if option.choices and value not in option.choices:
        return False
    if option.kind == "number":
        if not value.isdecimal():
            return False
        values[option.field] = int(value)
    elif option.kind in ("list", "words"):
        words = value.split(",") if option.kind == "words" else [value]
        values.setdefault(option.field, []).extend(word for word in words if word or option.kind == "list")  # type: ignore[union-attr]
    else:
        values[option.field] = value
    return True
