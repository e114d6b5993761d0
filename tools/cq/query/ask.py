"""What a user asks of `cq query`: a query of their own or packs, resolved to patterns for each language."""

from collections.abc import Sequence

import msgspec

from cq.engine.evidence import EVIDENCE_EMITS
from cq.engine.plan import GivenLimits
from cq.engine.windows import ByteWindow, PointWindow, WindowMode
from cq.errors import CqError
from cq.index.selection import Selection
from cq.lanes.table import LaneTable
from cq.packs.meaning import meaning_of
from cq.packs.pattern import PatternText, parts_of, split_patterns
from cq.packs.source import read_pack

# How an ad-hoc query goes by where a pack has its name.
QUERY = "query"
ALL = "all"
# Patterns with their index in the query or the pack.
Numbered = tuple[tuple[int, PatternText], ...]


class QueryRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One question. Either `text` or `packs` is given."""

    selection: Selection
    folders: tuple[str, ...]  # of queries
    text: str = ""
    source: str = QUERY  # how messages name the text: its file
    packs: tuple[str, ...] = ()  # names, or paths of .scm files
    captures: tuple[str, ...] = ()  # empty: all
    roles: tuple[str, ...] = ()  # empty: all that are places in their own right
    languages: tuple[str, ...] = ()
    not_languages: tuple[str, ...] = ()
    by_bytes: tuple[ByteWindow, ...] = ()
    by_points: tuple[PointWindow, ...] = ()
    mode: WindowMode = "intersection"
    limits: GivenLimits = GivenLimits()
    row_limit: int | None = None
    history: str | None = None  # path of the tuning history; None: do not tune
    workers: int | None = None


def ad_hoc(request: QueryRequest) -> Numbered:
    """The patterns of the user's own query that have a capture which is wanted.

    A pattern that captures nothing is captured as a whole, as @match.
    """
    patterns = split_patterns(request.source, request.text)
    if not patterns:
        raise CqError(f"{request.source}: there is no pattern", "cq query '(call function: (identifier) @f)'")
    patterns = [
        pattern if parts_of(pattern).captures else pattern._replace(text=f"{pattern.text}\n@match")
        for pattern in patterns
    ]
    known = {capture for pattern in patterns for capture in parts_of(pattern).captures}
    for capture in request.captures:
        if capture not in known:
            raise CqError(f"the query has no capture @{capture}", f"it has {', '.join(f'@{c}' for c in sorted(known))}")
    wanted = known.intersection(request.captures) or known
    return tuple(each for each in enumerate(patterns) if not wanted.isdisjoint(parts_of(each[1]).captures))


def pack_patterns(request: QueryRequest, table: LaneTable, language: str) -> dict[str, Numbered]:
    """The patterns of the packs asked for, by pack, of a language: only those that can give a row that is wanted."""
    there = table.packs.names(language)
    found: dict[str, Sequence[PatternText]] = {
        name: table.packs.patterns(language, name)
        for name in (there if ALL in request.packs else request.packs)
        if name in there
    }
    found.update((path, read_pack(path).patterns) for path in request.packs if path.endswith(".scm"))
    wanted = {
        name: tuple(each for each in enumerate(patterns) if is_wanted(each[1], request.roles))
        for name, patterns in sorted(found.items())
    }
    return {name: patterns for name, patterns in wanted.items() if patterns}


def is_wanted(pattern: PatternText, roles: Sequence[str]) -> bool:
    """Whether rows of this pattern are asked for: by role, by kind of emission, or because nothing else is said."""
    parts = parts_of(pattern)
    meaning = meaning_of(parts.settings, parts.captures)
    if roles:
        return meaning.role in roles or meaning.emit in roles
    # Plain references are the names of which no pattern speaks: a few patterns name some, and would seem to name all.
    return (meaning.emit in EVIDENCE_EMITS and meaning.role != "reference") or bool(parts.settings.get("cq.emit"))
