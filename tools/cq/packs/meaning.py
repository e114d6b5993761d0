"""What a match of a pattern says: from its captures and its `#set!` metadata."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

# The captures that hold a whole node: the part before the dot tells what the pattern emits.
OWNERS = ("definition", "reference", "scope", "within", "embedded")


class Meaning(NamedTuple):
    """What a match of one pattern says."""

    emit: str  # "definition", "reference", "scope", "within", "embedded", "fact", or a user's own word (`cq.emit`)
    role: str  # of the row: "definition", "call" ... or, for emit "within", the role of names in the region
    kind: str
    owner: str  # the capture that holds the whole node
    anchor: str  # the capture that a row stands at
    scope: str  # label of the scope that the node opens: "class {name}"
    at: dict[str, tuple[str, str]]  # kind of the enclosing scope -> role and kind there
    over: frozenset[str]  # for "within": roles that it takes the place of, besides plain names
    via: str


def meaning_of(settings: Mapping[str, str | None], captures: Iterable[str]) -> Meaning:
    """The meaning of a pattern with this metadata and these captures."""
    captures = tuple(captures)
    emit = role = kind = owner = anchor = ""
    for capture in captures:
        first, _, rest = capture.partition(".")
        if first in OWNERS:
            emit, owner = first, capture
            role = "definition" if first == "definition" else rest
            kind = rest if first in ("definition", "scope") else ""
            break
    facts = [capture for capture in captures if capture.startswith("fact.")]
    if facts:
        emit, role, anchor = "fact", facts[0], facts[0]  # of the definition that it also captures
    at = {}
    for key, value in settings.items():
        if key.startswith("cq.at.") and value:
            there, _, what = value.partition(".")
            at[key.removeprefix("cq.at.")] = (there, what)
    anchor = settings.get("cq.anchor") or anchor or ("name" if "name" in captures else owner)
    return Meaning(
        emit=settings.get("cq.emit") or emit or "fact",
        role=role or settings.get("cq.emit") or "",
        kind=settings.get("cq.kind") or kind,
        owner=owner,
        anchor=anchor or next(iter(captures), ""),
        scope=settings.get("cq.scope") or "",
        at=at,
        over=frozenset((settings.get("cq.over") or "").split()),
        via=settings.get("cq.via") or "",
    )
