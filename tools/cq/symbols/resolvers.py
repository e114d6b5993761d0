"""The resolvers of a project: one per language that has one, each made when its first name is asked for."""

import importlib
from typing import NamedTuple

from cq.rows.resolution import Resolution, Target
from cq.symbols.project import Project
from cq.symbols.resolver import Resolver

# Resolution truly differs between languages: it is the one thing that is code and not data.
_MODULES = {
    "python": ("cq.symbols.python.resolver", "PythonResolver"),
    "rust": ("cq.symbols.rust.resolver", "RustResolver"),
}


class NamedTarget(NamedTuple):
    """A definition, and the language whose resolver found it."""

    language: str
    target: Target


class Resolvers:
    """Answers about names of one project, in whatever language the file at hand is."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._made: dict[str, Resolver] = {}

    def of(self, language: str) -> Resolver | None:
        """The resolver of a language; None when it has none."""
        if language not in _MODULES:
            return None
        if language not in self._made:
            module, name = _MODULES[language]
            self._made[language] = getattr(importlib.import_module(module), name)(self.project)
        return self._made[language]

    def definitions_at(self, path: str, start_byte: int) -> tuple[Resolution, ...]:
        """What the name at a byte of a file refers to, the best first."""
        resolver = self.of(self.project.table.by_path(path))
        return resolver.definitions_at(path, start_byte) if resolver is not None else ()

    def named(self, qualified_name: str) -> tuple[NamedTarget, ...]:
        """The definitions that a qualified name may mean, in all languages of the project."""
        found: list[NamedTarget] = []
        for language in _MODULES:
            if self.project.paths(language):
                resolver = self.of(language)
                assert resolver is not None
                found.extend(NamedTarget(language, target) for target in resolver.named(qualified_name))
        return tuple(found)


def can_resolve(language: str) -> bool:
    """Whether names of this language are resolved."""
    return language in _MODULES
