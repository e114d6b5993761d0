"""All places that refer to a definition: every place of its names, each resolved."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from cq.rows.resolution import Resolution, Target
from cq.symbols.project import Project
from cq.symbols.resolver import Renaming, Resolver
from cq.symbols.target import same


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """One place that refers to a definition."""

    path: str
    start_byte: int
    end_byte: int
    resolution: Resolution


def references_of(project: Project, resolver: Resolver, language: str, target: Target) -> Iterator[Reference]:
    """The places that refer to the target, its own name in the definition among them, by file and place."""
    for path, names in names_by_file(project, resolver, language, target):
        data = project.read(path)
        if data is None:
            continue
        for start, end in _places(data, names):
            for each in resolver.definitions_at(path, start):
                if same(each.target, target):
                    yield Reference(path=path, start_byte=start, end_byte=end, resolution=each)
                    break


def names_by_file(
    project: Project, resolver: Resolver, language: str, target: Target
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The files that may refer to the target, and by which names each may."""
    elsewhere = tuple(resolver.renamed(target)) if isinstance(resolver, Renaming) else ()
    paths = project.files_with(target.name, language)
    if elsewhere:
        paths = sorted({*paths, *(path for name in elsewhere for path in project.files_with(name, language))})
    for path in paths:
        yield path, (target.name, *elsewhere, *resolver.aliases(path, target))


def _places(data: bytes, names: Iterable[str]) -> list[tuple[int, int]]:
    words = b"|".join(re.escape(name.encode()) for name in set(names))  # as whole words, so in any order
    return [match.span() for match in re.finditer(rb"(?<![\w\x80-\xff])(?:" + words + rb")(?![\w\x80-\xff])", data)]
