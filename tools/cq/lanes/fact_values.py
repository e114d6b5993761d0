"""Texts and spans of facts, gathered from captures under the names of the fields of `rows.facts`."""

from collections.abc import Iterable
from types import MappingProxyType
from typing import NamedTuple

from tree_sitter import Node

from cq.packs.shape import Captures
from cq.packs.spine import Settings
from cq.rows.facts import Parameter, Spans

VALUE_LIMIT = 100
MOST_VALUES = 100  # of one field

_DEFAULT_LIMIT = 160
_UNCOMMENTED_BYTES = 4_000  # a value that is longer is cut anyway, or has its comments left in it
_NO_PARAMETER = Parameter(name="")


class Value(NamedTuple):
    """One text of a field, and where it stands."""

    start: int
    end: int
    text: str


class Values:
    """What is known of each field of one struct so far. A value that came before is not added again."""

    def __init__(self) -> None:
        self._of: dict[str, dict[Value, None]] = {}

    def __bool__(self) -> bool:
        return bool(self._of)

    def __contains__(self, field: str) -> bool:
        return field in self._of

    def add(self, field: str, values: Iterable[Value]) -> None:
        """Add values of a field."""
        added = dict.fromkeys(values)
        if added:
            self._of.setdefault(field, {}).update(added)

    def values(self, field: str) -> list[Value]:
        """The values of a field in the order of the text, not more than `MOST_VALUES`."""
        return sorted(self._of.get(field, ()))[:MOST_VALUES]

    def count(self, field: str) -> int:
        """How many values a field has."""
        return len(self._of.get(field, ()))

    def texts(self, field: str, limit: int = VALUE_LIMIT) -> tuple[str, ...]:
        """The texts of a field; a limit of 0 is none."""
        if field not in self._of:
            return ()
        return tuple(cut(value.text, limit) if limit else value.text for value in self.values(field))

    def text(self, field: str, between: str = " ", limit: int = 0) -> str:
        """The pieces of a field as one text; a limit of 0 is none."""
        if field not in self._of:
            return ""
        text = between.join(value.text for value in self.values(field))
        return cut(text, limit) if limit else text

    def first(self, field: str) -> str:
        """The first text of a field."""
        return self.text(field) if len(self._of.get(field, ())) < 2 else self.values(field)[0].text

    def spans(self, fields: Iterable[str]) -> Spans:
        """Where the values of these fields stand."""
        return {
            field: tuple((value.start, value.end) for value in self.values(field))
            for field in fields
            if field in self._of
        }


def cut(text: str, limit: int) -> str:
    """The text on one line, and not longer than the limit."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def value_of(data: bytes, node: Node, settings: Settings = MappingProxyType({})) -> Value:
    """A node's text on one line, and its span; with `cq.after` without the token at its beginning, and that token."""
    start = node.start_byte
    token = settings.get("cq.after")
    first = node.child(1) if token and node.child_count > 1 else None
    if first is not None and data.startswith((token or "").encode(), start):
        start = first.start_byte
    return _between(data, node, start, node.end_byte)


def values_of(data: bytes, nodes: Iterable[Node], settings: Settings) -> list[Value]:
    """The values that captured nodes stand for: each is one, or with `cq.list` a list of them in brackets."""
    separator = settings.get("cq.list")
    if separator is None:
        return [value_of(data, node) for node in nodes if not node.is_extra]  # a comment is a named node, too
    return [value for node in nodes for value in _items(data, node, separator)]


def _items(data: bytes, node: Node, separator: str) -> list[Value]:
    """What stands between the separators of a list in brackets, without comments at its ends."""
    items: list[list[Node]] = [[]]
    for child in node.children[1:-1]:
        if child.type == separator and not child.is_named:
            items.append([])
        elif not child.is_extra:
            items[-1].append(child)
    return [_between(data, node, item[0].start_byte, item[-1].end_byte) for item in items if item]


def _between(data: bytes, node: Node, start: int, end: int) -> Value:
    text = data[start:end].decode("utf-8", "replace")
    if "\n" in text:
        # Of one that goes over lines the comments would swallow what is behind them.
        text = without_comments(data, node, start, min(end, start + _UNCOMMENTED_BYTES))
        text += data[start + _UNCOMMENTED_BYTES : end].decode("utf-8", "replace")
    return Value(start, end, " ".join(text.split()))


def without_comments(data: bytes, node: Node, start: int, end: int) -> str:
    """The text between two places in a node, without the comments in it."""
    parts = []
    at = start
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if each.start_byte >= end or each.end_byte <= start:
            continue
        if each.is_extra:
            parts.append(data[at : each.start_byte])
            at = each.end_byte
        else:
            waiting.extend(reversed(each.children))
    parts.append(data[at:end])
    return b" ".join(parts).decode("utf-8", "replace")


def add_parameter(
    data: bytes, known: dict[int, Parameter], captures: Captures, prefix: str, settings: Settings
) -> None:
    """Add a parameter, or what more is known of one, by where it stands: captures of its name, type and default."""
    parts = {
        field: value_of(data, captures[capture][0], settings)
        for field, capture in (("name", prefix), ("type", f"{prefix}.type"), ("default", f"{prefix}.default"))
        if capture in captures
    }
    before = known.get(parts["name"].start, _NO_PARAMETER)
    known[parts["name"].start] = Parameter(
        name=parts["name"].text,
        kind=settings.get("cq.kind") or before.kind,
        type=parts["type"].text if "type" in parts else before.type,
        default=cut(parts["default"].text, _DEFAULT_LIMIT) if "default" in parts else before.default,
        spans=before.spans | {field: ((value.start, value.end),) for field, value in parts.items()},
    )
