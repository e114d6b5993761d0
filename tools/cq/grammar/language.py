"""Load a grammar from its installed wheel, by package name."""

import functools
import importlib
import os
from importlib.machinery import EXTENSION_SUFFIXES, ExtensionFileLoader, ModuleSpec, PathFinder

from tree_sitter import Language

from cq.errors import CqError


@functools.cache
def load_language(package: str) -> Language:
    """The language of an installed grammar wheel such as `tree_sitter_python`.

    Raises CqError when the wheel is missing, or its ABI does not fit the installed tree-sitter.
    """
    module = _binding(package)
    try:
        return Language(module.language())
    except (ValueError, AttributeError) as error:
        raise CqError(f"the grammar {package} does not fit: {error}", "install a newer grammar wheel") from error


def is_installed(package: str) -> bool:
    """Whether the grammar's wheel is there, without loading it."""
    return PathFinder.find_spec(package) is not None


def _binding(package: str):  # type: ignore[no-untyped-def]  # a C extension without stubs
    # The packages' __init__ imports importlib.resources to offer their query texts: a third of the start-up
    # time of a small search. The C extension inside is all that is needed here.
    spec = PathFinder.find_spec(package)
    if spec is None:
        raise CqError(f"the grammar {package} is not installed", f"pip install {package.replace('_', '-')}")
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
