"""The resolvers of a project: one per language that has one, each made when its first name is asked for."""

import importlib
import os
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from cq.rows.resolution import Resolution, Target
from cq.symbols.by_name import NameResolver
from cq.symbols.project import Project
from cq.symbols.resolver import Guessing, Overloading, Resolver

_HERE = os.path.dirname(__file__)


class NamedTarget(NamedTuple):
    """A definition, and the language whose resolver found it."""

    language: str
    target: Target


class Resolvers:
    """Answers about names of one project, in whatever language the file at hand is."""

    def __init__(self, project: Project, by_name: bool = False) -> None:
        """`by_name`: where a language has no resolver, what is called the same is an answer, and only possible."""
        self.project = project
        self.by_name = by_name
        self._made: dict[str, Resolver] = {}
        self._named: dict[str, NameResolver | None] = {}
        self._guesses = True

    def resolved(self) -> "Resolvers":
        """The same without answers by names alone; both share what they know."""
        found = Resolvers(self.project)
        found._made = self._made
        found._guesses = self._guesses
        return found

    def of(self, language: str) -> Resolver | None:
        """The resolver of a language; None when it has none."""
        if not can_resolve(language):
            return self._namer(language) if self.by_name else None
        if language not in self._made:
            module = importlib.import_module(f"cq.symbols.{language}.resolver")
            made = self._made[language] = getattr(module, f"{language.capitalize()}Resolver")(self.project)
            if isinstance(made, Guessing):
                made.guess(self._guesses)
        return self._made[language]

    def knows(self, language: str) -> bool:
        """Whether anything is to be told of names of this language."""
        return self.of(language) is not None

    def _namer(self, language: str) -> Resolver | None:
        if language not in self._named:
            installed = language in self.project.table.installed()
            self._named[language] = NameResolver(self.project, language) if installed else None
        return self._named[language]

    def guess(self, wanted: bool) -> None:
        """Whether to try hard where only a possible answer is to be had: not for those who leave these out."""
        self._guesses = wanted
        for each in self._made.values():
            if isinstance(each, Guessing):
                each.guess(wanted)

    def definitions_at(self, path: str, start_byte: int) -> tuple[Resolution, ...]:
        """What the name at a byte of a file refers to, the best first."""
        resolver = self.of(self.project.table.by_path(path))
        return resolver.definitions_at(path, start_byte) if resolver is not None else ()

    def counted(self, target: Target) -> Target:
        """The definition that stands for all those of the same thing, or the target itself."""
        resolver = self.of(self.project.table.by_path(target.path)) if target.path else None
        return resolver.counted(target) if isinstance(resolver, Overloading) else target

    def named(self, qualified_name: str) -> tuple[NamedTarget, ...]:
        """The definitions that a qualified name may mean, in all languages of the project."""
        found: list[NamedTarget] = []
        for language in self.project.languages():
            resolver = self.of(language)
            if resolver is not None:
                found.extend(NamedTarget(language, target) for target in resolver.named(qualified_name))
        return tuple(found)


def resolved_languages(languages: Iterable[str]) -> str:
    """Those of the languages whose names are resolved, as words of a sentence."""
    return " and ".join(sorted(name.capitalize() for name in languages if can_resolve(name)))


@cache
def can_resolve(language: str) -> bool:
    """Whether names of this language are resolved."""
    # How names are resolved truly differs between languages: the one thing that is code and not data, a package each.
    return language.isidentifier() and os.path.isdir(os.path.join(_HERE, language))
