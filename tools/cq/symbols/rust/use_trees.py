"""The text of a use declaration to the names that it brings in."""

import re
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"//[^\n]*|/\*.*?\*/|r#\w+|\w+|::|[{},*]", re.DOTALL)
_MOST_DEPTH = 100


class Used(NamedTuple):
    """One name that a use tree brings in, or a glob."""

    path: tuple[str, ...]  # a first part "" is that of `::a`
    name: str  # by which it is known here; "*" for a glob, "_" for none
    start: int  # of that name in the text


@lru_cache(maxsize=20_000)
def used_of_text(text: str) -> tuple[Used, ...]:
    """What a use tree brings in, in its order."""
    tokens = [(m[0], m.start()) for m in _TOKEN.finditer(text) if not m[0].startswith(("//", "/*"))]
    found: list[Used] = []
    outer: list[tuple[str, ...]] = []
    prefix: tuple[str, ...] = ()
    start = 0
    at = 0

    def end_of_path() -> None:
        nonlocal prefix
        base = outer[-1] if outer else ()
        if len(prefix) > len(base):
            path = prefix[:-1] if prefix[-1] == "self" and len(prefix) > 1 else prefix
            found.append(Used(path, path[-1], start))
        prefix = base

    while at < len(tokens):
        token, offset = tokens[at]
        if token == "{":
            outer.append(prefix)
            if len(outer) > _MOST_DEPTH:
                return tuple(found)
        elif token in ("}", ","):
            end_of_path()
            if token == "}" and outer:
                outer.pop()
                # What follows a group belongs to the tree around it, which adds nothing more to this path.
                prefix = outer[-1] if outer else ()
        elif token == "*":
            found.append(Used(prefix, "*", offset))
            prefix = outer[-1] if outer else ()
        elif token == "::":
            if not prefix:
                prefix = ("",)
        elif token == "as" and at + 1 < len(tokens):
            at += 1
            path = prefix[:-1] if prefix[-1:] == ("self",) and len(prefix) > 1 else prefix
            found.append(Used(path, tokens[at][0].removeprefix("r#"), tokens[at][1]))
            prefix = outer[-1] if outer else ()
        else:
            prefix, start = (*prefix, token.removeprefix("r#")), offset
        at += 1
    end_of_path()
    return tuple(found)
