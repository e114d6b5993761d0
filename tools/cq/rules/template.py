"""Fix templates: text with metavariables, whose lines keep their indentation as ast-grep's documentation has it.

A text of several lines loses the indentation of the line that it comes from, and takes that of the line of the template
in which its metavariable stands; the whole then takes the indentation of the match. Tabs are left as they are, and an
empty line stays empty, where ast-grep fills it with blanks.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

# Dollars in a template without a name behind them are plain text.
_VARIABLE = re.compile(r"(\$\$\$|\$\$?)([A-Z_][A-Z0-9_]*)")


class Extract(NamedTuple):
    """A text of the file, and how far its first line is indented there."""

    text: str
    indent: int


def names_in(template: str) -> frozenset[str]:
    """The metavariables of a template, with their dollars: `$A`, `$$$ARGS`."""
    return frozenset(("$$$" if dollars == "$$$" else "$") + name for dollars, name in _VARIABLE.findall(template))


def filled(template: str, extract_of: Callable[[str], Extract | None], indent: int = 0) -> str:
    """The template with the texts of its metavariables, which are asked for as `$A`; None leaves one as it stands."""
    pieces = []
    at = 0
    for found in _VARIABLE.finditer(template):
        name = ("$$$" if found[1] == "$$$" else "$") + found[2]
        extract = extract_of(name)
        pieces.append(template[at : found.start()])
        if extract is None:
            pieces.append(found[0])
        else:
            pieces.append(indented(extract, indent_at(template, found.start())))
        at = found.end()
    pieces.append(template[at:])
    return indented(Extract("".join(pieces), 0), indent)


def indent_at(text: str, at: int) -> int:
    """With how many blanks the line begins in which this character stands; none when there is a tab among them."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    before = line[: len(line) - len(line.lstrip())]
    return 0 if before.strip(" ") else len(before)


def indented(extract: Extract, indent: int) -> str:
    """The text with its lines, from the second on, moved to another indentation."""
    text, more = extract.text, indent - extract.indent
    if "\n" not in text or not more:
        return text
    first, *lines = text.split("\n")
    if more > 0:
        return "\n".join((first, *(" " * more + line if line.strip("\r") else line for line in lines)))
    return "\n".join((first, *(_less(line, -more) for line in lines)))


def _less(line: str, less: int) -> str:
    return line[less:] if not line[:less].strip(" ") and len(line) >= less else line
