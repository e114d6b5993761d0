"""YAML text to values that know where they stand, so that an error names its line. Iterative: YAML may nest deeply."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from cq.errors import CqError

# JSON as ast-grep takes it.
Json = bool | int | str | list["Json"] | dict[str, "Json"] | None

# Deeper rules would overflow the stack of what matches them.
_MOST_LEVELS = 60
# An alias stands for all that its anchor holds: a few lines could stand for millions.
_MOST_VALUES = 50_000
_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_WORDS: dict[str, bool | None] = {
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    "null": None, "Null": None, "NULL": None, "~": None, "": None,
}  # fmt: skip
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Located(NamedTuple):
    """A value of a YAML file and the line on which it begins. A mapping has pairs, so that keys have lines, too."""

    value: "bool | int | str | list[Located] | Pairs | None"
    path: str
    line: int
    column: int

    def error(self, message: str, hint: str | None = None) -> CqError:
        """An error at this place."""
        return CqError(f"{self.path}:{self.line}:{self.column}: {message}", hint)

    def text(self, what: str) -> str:
        """The value as text; raises CqError when it is none. A number without quotes is meant as text here."""
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return str(self.value)
        raise self.error(f"{what} is not text", "quote it when it is meant as text")

    def items(self, what: str) -> "dict[str, Pair]":
        """The pairs of a mapping by key; raises CqError when it is none, or has a key twice."""
        if not isinstance(self.value, Pairs):
            raise self.error(f"{what} is not a mapping", "key: value")
        items: dict[str, Pair] = {}
        for pair in self.value.pairs:
            name = pair.key.text("a key")
            if name in items:
                raise pair.key.error(f"the key {name!r} stands twice")
            items[name] = pair
        return items

    def list(self, what: str) -> "list[Located]":
        """The members of a list; raises CqError when it is none."""
        if not isinstance(self.value, list):
            raise self.error(f"{what} is not a list", "[a, b], or lines that begin with `- `")
        return self.value

    def json(self) -> Json:
        """The value without places."""
        if isinstance(self.value, Pairs):
            return {name: pair.value.json() for name, pair in self.items("this").items()}
        if isinstance(self.value, list):
            return [each.json() for each in self.value]
        return self.value


class Pair(NamedTuple):
    """One entry of a mapping."""

    key: Located
    value: Located


class Pairs(NamedTuple):
    """A mapping as it stands in the file."""

    pairs: tuple[Pair, ...]


class _Open:
    """A list or a mapping that is not over yet."""

    def __init__(self, is_mapping: bool, anchor: str | None, line: int, column: int) -> None:
        self.is_mapping, self.anchor, self.line, self.column = is_mapping, anchor, line, column
        self.members: list[Located] = []


def documents(path: str, text: str) -> Iterator[Located]:
    """The documents of a YAML file, empty ones left out. Raises CqError for what is no YAML."""
    try:
        yield from _documents(path, text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise CqError(f"{path}{where}: not YAML: {error.problem or error}") from error
    except yaml.YAMLError as error:
        raise CqError(f"{path}: not YAML: {' '.join(str(error).split())}") from error


def _documents(path: str, text: str) -> Iterator[Located]:
    stack: list[_Open] = []
    anchors: dict[str, tuple[Located, int]] = {}
    values = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.DocumentStartEvent):
            anchors, values = {}, 0
        if not isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
            continue
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, yaml.CollectionStartEvent):
            _refuse_tag(event, path, line, column)
            if len(stack) > _MOST_LEVELS:
                raise CqError(f"{path}:{line}:{column}: nested more than {_MOST_LEVELS} levels deep")
            stack.append(_Open(isinstance(event, yaml.MappingStartEvent), event.anchor, line, column))
            continue
        size = 1
        anchor = None
        if isinstance(event, yaml.CollectionEndEvent):
            done = stack.pop()
            located, anchor = _closed(done, path), done.anchor
            size = _size(located) if anchor else 1
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in anchors:
                raise CqError(f"{path}:{line}:{column}: no anchor &{event.anchor} before this")
            located, size = anchors[event.anchor]
        else:
            _refuse_tag(event, path, line, column)
            located, anchor = Located(_scalar(event), path, line, column), event.anchor
        values += size
        if values > _MOST_VALUES:
            raise CqError(
                f"{path}:{line}:{column}: more than {_MOST_VALUES:,} values", "aliases count as what they repeat"
            )
        if anchor:
            anchors[anchor] = (located, size)
        if stack:
            stack[-1].members.append(located)
        elif located.value is not None:
            yield located


def _closed(done: _Open, path: str) -> Located:
    if not done.is_mapping:
        return Located(done.members, path, done.line, done.column)
    pairs = zip(done.members[::2], done.members[1::2], strict=True)
    return Located(Pairs(tuple(Pair(key, value) for key, value in pairs)), path, done.line, done.column)


def _size(located: Located) -> int:
    """How many values there are in this one, itself included."""
    count, left = 0, [located]
    while left and count <= _MOST_VALUES:
        value = left.pop().value
        count += 1
        if isinstance(value, list):
            left += value
        elif isinstance(value, Pairs):
            left += (each for pair in value.pairs for each in pair)
    return count


def _scalar(event: yaml.ScalarEvent) -> bool | int | str | None:
    text: str = event.value
    if not event.implicit[0]:  # quoted, or a block
        return text
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _INTEGER.match(text) and len(text) < 10 else text


def _refuse_tag(event: yaml.NodeEvent, path: str, line: int, column: int) -> None:
    if getattr(event, "tag", None) not in (None, "!"):
        raise CqError(f"{path}:{line}:{column}: tags such as {event.tag} mean nothing in a rule", "leave it out")
