"""One option of a command as data, and how tables of options are written."""

from collections.abc import Iterable
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


def flag(field: str, flags: str, help: str, group: str, off: str = "") -> Option:
    """One that takes no value: it is there, or its opposite, or neither."""
    return Option(field, tuple(flags.split()), "flag", help, group, off=off)


def some(options: Iterable[Option], *fields: str) -> tuple[Option, ...]:
    """Those of a table with these fields, in its order."""
    return tuple(option for option in options if option.field in fields)


# The groups, as the help of a command has them.
WHICH = "Which files"
WHAT = "What is looked for"
KEEP = "Which places are shown"
LIMITS = "Limits"
OUT = "Output"
