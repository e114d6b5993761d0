"""What the user means by a target: the definitions of a name, or what a place in a file stands for."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cq.errors import CqError
from cq.lanes.definitions import Definition
from cq.neighborhood.roles import CALLABLE, MADE
from cq.neighborhood.sources import Source, Sources
from cq.rows.resolution import Resolution, Target
from cq.symbols.position import WHOLE, Place, names_at
from cq.symbols.resolvers import Resolvers

_UNNAMED = frozenset({"comment", "string", "keyword", "text", "unparsed", "doc-example"})
# What is around a place, when the place is nothing itself.
_AROUND = CALLABLE | MADE | {"trait", "module"}


class Meant(NamedTuple):
    """The definitions that a target may mean, the likeliest first, and how they were found when that must be said."""

    targets: tuple[Target, ...]
    note: str = ""


def named(resolvers: Resolvers, text: str, everything: bool) -> Meant:
    """The definitions of a name. Those of tests only when there are no others, or with `everything`."""
    found = {(each.target.path, each.target.start_byte): each.target for each in resolvers.named(text)}
    targets = [target for target in found.values() if target.path]
    is_test = resolvers.project.table.is_test
    library = [target for target in targets if not is_test(target.path)]
    if library and len(library) < len(targets) and not everything:
        left = len(targets) - len(library)
        return Meant(tuple(library), f"{left} more in tests: --all")
    return Meant(tuple(targets))


def at_place(resolvers: Resolvers, sources: Sources, place: Place, path: str) -> Meant:
    """What a place stands for, nothing when that is the module; `path` is that of the file, relative to the root."""
    language = resolvers.project.table.by_path(path)
    if not resolvers.knows(language):
        raise CqError(f"names of {place.path} are not resolved", "cq has no grammar for it: cq search finds its words")
    source = sources.of(path)
    if source is None:
        hint = "it is binary, unreadable or too large to parse: cq search finds the words of a large file"
        raise CqError(f"cannot read {path}", hint)
    if place.line == WHOLE:
        return Meant(())
    line_names = names_at(source.data, Place(place.path, place.line))
    names = line_names
    if place.column:
        try:
            names = names_at(source.data, place)
        except CqError:
            names = []  # between two names
    hits = [(start, start + len(name.encode("utf-8", "surrogateescape"))) for start, name in names]
    judged = [
        (hit, verdict.role)
        for hit, verdict in zip(hits, source.verdicts(hits), strict=True)
        if verdict.role not in _UNNAMED
    ]
    answers = [(hit, role, resolvers.definitions_at(path, hit[0])) for hit, role in judged]
    for hit, role, found in answers:
        is_itself = found and (found[0].target.path, found[0].target.start_byte) == (path, hit[0])
        if is_itself and (place.column or role == "definition"):
            return Meant((found[0].target,))
    if place.column:
        answers = [each for each in answers if each[2]]
    else:
        # What is only called the same as several others is a worse answer than the definition around the line.
        answers = [each for each in answers if each[2] and _is_wide(each[2][0].target) and not _is_vague(each[2])]
        answers.sort(key=lambda each: each[1] not in ("call", "macro", "decorator"))
    for hit, role, found in answers:
        best = tuple(each.target for each in found if each.confidence == found[0].confidence)
        if best[0].path:
            word = source.text(*hit)
            return Meant(best, f"{word} at {place.path}:{place.line} is a {role}; this is what it refers to")
    return _around(source, resolvers, place, bool(judged))


def _around(source: Source, resolvers: Resolvers, place: Place, named_something: bool) -> Meant:
    """The innermost definition around a line."""
    best: Definition | None = None
    for each in source.definitions():
        first = source.data.count(b"\n", 0, each.span[0]) + 1
        if first <= place.line <= each.end_line and each.verdict.kind in _AROUND:
            best = each
    what = "nothing known is named" if named_something else "no name stands"
    if best is not None:
        for answer in resolvers.definitions_at(source.path, best.name_span[0]):
            note = f"{what} at {place.path}:{place.line}; this is the definition around it"
            return Meant((answer.target,), note)
    return Meant((), f"{what} at {place.path}:{place.line}; it is in no definition, so this is the module")


def _is_wide(target: Target) -> bool:
    """Whether a line that names this is about it, rather than about what is around the line."""
    return not target.local and target.kind not in ("parameter", "")


def _is_vague(answers: Sequence[Resolution]) -> bool:
    return len(answers) > 1 and answers[0].confidence == "possible"


def grouped(targets: Iterable[Target]) -> list[list[Target]]:
    """Definitions of one name in one place of one file, such as overloads and a property's setter, together."""
    groups: dict[tuple[str, str], list[Target]] = {}
    for target in targets:
        groups.setdefault((target.path, target.qualified_name), []).append(target)
    return list(groups.values())
