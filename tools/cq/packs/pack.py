"""The packs of one language: `.scm` files in a folder, compiled to queries, with what each pattern means."""

import functools
import os
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tree_sitter import Language, Query, QueryError

from cq.errors import CqError
from cq.packs.split import PatternText, split_patterns


class Meaning(NamedTuple):
    """What a match of one pattern says: from its captures and its `#set!` metadata."""

    emit: str  # "definition", "reference", "scope", "within", "embedded", "fact"
    role: str  # of the row: "definition", "call" ... or, for emit "within", the role of names in the region
    kind: str
    owner: str  # the capture that holds the whole node
    scope: str  # label of the scope that the node opens: "class {name}"
    at: dict[str, tuple[str, str]]  # kind of the enclosing scope -> role and kind there
    over: frozenset[str]  # for "within": roles that it takes the place of, besides plain names
    via: str


class PackQuery:
    """Patterns compiled into one query, with the meaning of each, found out when it first matches."""

    def __init__(self, language: Language, patterns: list[PatternText]) -> None:
        self.patterns = patterns
        try:
            self.query = Query(language, "\n".join(pattern.text for pattern in patterns))
        except QueryError as error:
            raise _located(language, patterns, error) from error
        self._meanings: list[Meaning | None] = [None] * len(patterns)

    def meaning(self, index: int, captures: dict[str, list]) -> Meaning:  # type: ignore[type-arg]
        """The meaning of the pattern with this index, which has matched with these captures."""
        known = self._meanings[index]
        if known is None:
            known = meaning_of(self.query.pattern_settings(index), captures)
            self._meanings[index] = known
        return known


def meaning_of(settings: Mapping[str, str | None], captures: Iterable[str]) -> Meaning:
    """The meaning of a pattern with this metadata and these captures."""
    emit = role = kind = owner = ""
    for capture in captures:
        first, _, rest = capture.partition(".")
        if first in ("definition", "reference", "scope", "within", "embedded"):
            emit, owner = first, capture
            role = "definition" if first == "definition" else rest
            kind = rest if first in ("definition", "scope") else ""
            break
    at = {}
    for key, value in settings.items():
        if key.startswith("cq.at.") and value:
            there, _, what = value.partition(".")
            at[key.removeprefix("cq.at.")] = (there, what)
    return Meaning(
        emit=emit or "fact",
        role=role,
        kind=settings.get("cq.kind") or kind,
        owner=owner,
        scope=settings.get("cq.scope") or "",
        at=at,
        over=frozenset((settings.get("cq.over") or "").split()),
        via=settings.get("cq.via") or "",
    )


@functools.cache
def read_pack(path: str) -> tuple[PatternText, ...]:
    """The patterns of one `.scm` file; none when there is no such file. Raises CqError when it is not text."""
    try:
        with open(path, encoding="utf-8") as file:
            return tuple(split_patterns(path, file.read()))
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError as error:
        raise CqError(f"{path}: not UTF-8: {error}") from error


def pack_names(folder: str) -> tuple[str, ...]:
    """The names of the packs in a language's folder, sorted."""
    if not os.path.isdir(folder):
        return ()
    return tuple(sorted(name[:-4] for name in os.listdir(folder) if name.endswith(".scm")))


def _located(language: Language, patterns: list[PatternText], error: QueryError) -> CqError:
    for pattern in patterns:
        try:
            Query(language, pattern.text)
        except QueryError as own:
            return CqError(f"{pattern.path}:{pattern.line}: {own}", "does the grammar have this node or field?")
    return CqError(str(error))
