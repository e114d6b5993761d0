"""Questions about expressions that need no look-up: what path or key they write, which item they show."""

import re

from cq.symbols.python.summary import (
    Attribute,
    Display,
    Expression,
    Literal,
    Mapping,
    Name,
    PartOf,
    Spread,
    Subscript,
    Text,
)

_TYPE_COMMENT = re.compile(rb"[ \t;]*# type: (?!ignore\b)([^#\s](?:[^#\r\n]*[^#\s])?)")
_FEW = 3  # constants of a table; the others are not kept


def shortened(value: Expression) -> Expression:
    """The same, but of a table of constants the first entry only: nothing that is asked for is in the others."""
    if isinstance(value, Display) and len(value.items) > _FEW:
        if all(isinstance(item, (Literal, Text)) for item in value.items):
            return Display("list" if value.kind == "tuple" else value.kind, value.items[:1])
    elif isinstance(value, Mapping) and len(value.keys) > _FEW:
        constant = all(isinstance(item, (Literal, Text)) for item in value.keys)
        if constant and all(isinstance(item, (Literal, Text)) for item in value.values):
            return Mapping(value.keys[:1], value.values[:1])
    return value


def path_of(expression: Expression) -> str:
    """`a`, `a.b.c` or `a["b"]` as text; "" for anything else."""
    parts = []
    while isinstance(expression, (Attribute, Subscript)):
        if isinstance(expression, Attribute):
            parts.append(expression.name)
        elif key := key_of(expression.index):
            parts.append(f"[{key}]")
        else:
            return ""
        expression = expression.value
    if not isinstance(expression, Name):
        return ""
    return ".".join((expression.text, *reversed(parts)))


def key_of(index: Expression) -> str:
    """A constant key as text, in which a number and a string differ; "" when it is none."""
    if isinstance(index, Text):
        return '"' + index.text
    return index.text if isinstance(index, Literal) and index.kind == "int" else ""


def part_of(value: Expression, index: int) -> Expression:
    """The item of an unpacked value, the item itself where a display tells it."""
    if isinstance(value, Display) and not any(isinstance(item, Spread) for item in value.items):
        return value.items[index] if -len(value.items) <= index < len(value.items) else None
    return PartOf(value, index) if value is not None else None


def rest_of(value: Expression, before: int, behind: int) -> Expression:
    """What a starred target takes, so many items being before and behind it."""
    if isinstance(value, Display) and not any(isinstance(item, Spread) for item in value.items):
        return Display("list", value.items[before : len(value.items) - behind])
    return PartOf(value, before, True) if value is not None else None


def type_comment(data: bytes, end: int) -> Text | None:
    """What a comment `# type: X` behind a statement declares, as a string would in an annotation."""
    found = _TYPE_COMMENT.match(data, end)
    return None if found is None else Text(found[1].decode("utf-8", "replace"), *found.span(1))
