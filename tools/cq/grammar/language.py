"""Load a grammar from its installed wheel, by package name.

A wheel may hold several grammars: `tree_sitter_python` is the function `language` of that package, and
`tree_sitter_many.language_one` the function `language_one`.
"""

import functools
import importlib
import os
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader, ModuleSpec, PathFinder

from tree_sitter import Language

from cq.errors import CqError


@functools.cache
def load_language(grammar: str) -> Language:
    """The language of an installed grammar wheel such as `tree_sitter_python`.

    Raises CqError when the wheel is missing, or its ABI does not fit the installed tree-sitter.
    """
    package, _, function = grammar.partition(".")
    module = _binding(package)
    try:
        return Language(getattr(module, function or "language")())
    except (ValueError, AttributeError) as error:
        raise CqError(f"the grammar {grammar} does not fit: {error}", "install a newer grammar wheel") from error


def is_installed(grammar: str) -> bool:
    """Whether the grammar's wheel is there, without loading it."""
    return PathFinder.find_spec(grammar.partition(".")[0]) is not None


def wheel_of(grammar: str) -> str:
    """The name of the distribution that a grammar comes from."""
    return grammar.partition(".")[0].replace("_", "-")


def _binding(package: str):  # type: ignore[no-untyped-def]  # a C extension without stubs
    # The packages' __init__ imports importlib.resources to offer their query texts: a third of the start-up
    # time of a small search. The C extension inside is all that is needed here.
    spec = PathFinder.find_spec(package)
    if spec is None:
        raise CqError(f"the grammar {package} is not installed", f"pip install {wheel_of(package)}")
    for folder in spec.submodule_search_locations or ():
        for suffix in EXTENSION_SUFFIXES:
            path = os.path.join(folder, "_binding" + suffix)
            if os.path.exists(path):
                name = f"{package}._binding"
                loader = ExtensionFileLoader(name, path)
                found = ModuleSpec(name, loader, origin=path)
                module = loader.create_module(found)
                loader.exec_module(module)
                return module
    return importlib.import_module(package)


def grammar_version(language: Language) -> str:
    """The version that the grammar itself tells; "" when it is too old to know. That of its wheel may be another."""
    version = language.semantic_version
    return ".".join(map(str, version)) if version else ""


@functools.cache
def has_kinds(language: Language, kinds: tuple[str, ...]) -> bool:
    """Whether a grammar has all of these kinds of named nodes."""
    return all(language.id_for_node_kind(kind, True) for kind in kinds)
