"""What a grammar has: node kinds, tokens, fields and supertypes, as data that can be kept and compared.

Read from an installed grammar, or from the files that `scripts/node-types` writes: generated/node_types/LANGUAGE.json
is what the packs of a language were written for.
"""

import os
from collections.abc import Callable, Iterable, Iterator

import msgspec
from tree_sitter import Language

from cq.errors import CqError
from cq.grammar.language import load_language, wheel_of


class NodeTypes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The node types of one version of a grammar."""

    grammar: str  # import name of the wheel
    grammar_version: str
    abi: int
    kinds: tuple[str, ...]  # named nodes, sorted
    tokens: tuple[str, ...]  # nodes that are not named: keywords and punctuation, sorted
    fields: tuple[str, ...]
    supertypes: dict[str, tuple[str, ...]]  # each with the kinds that it stands for (none in ABI 14)


def installed_node_types(grammar: str) -> NodeTypes:
    """The node types of an installed grammar. Raises CqError when its wheel is missing or does not fit."""
    return node_types_of(load_language(grammar), grammar, installed_version(grammar))


def node_types_of(language: Language, package: str, version: str) -> NodeTypes:
    """The node types of a language."""
    visible = [kind for kind in range(language.node_kind_count) if language.node_kind_is_visible(kind)]
    named = language.node_kind_is_named
    name_of = language.node_kind_for_id
    return NodeTypes(
        grammar=package,
        grammar_version=version,
        abi=language.abi_version,
        kinds=_names(name_of, (kind for kind in visible if named(kind))),
        tokens=_names(name_of, (kind for kind in visible if not named(kind))),
        fields=_names(language.field_name_for_id, range(1, language.field_count + 1)),
        supertypes={name: _names(name_of, language.subtypes(kind)) for name, kind in _supertypes(language)},
    )


def read_node_types(folder: str, language: str) -> NodeTypes | None:
    """The node types that a folder has for a language, or None. Raises CqError for a file that is not right."""
    path = os.path.join(folder, f"{language}.json")
    try:
        with open(path, "rb") as file:
            return msgspec.json.decode(file.read(), type=NodeTypes)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CqError(f"{path}: {error.strerror}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CqError(f"{path}: {error}", "scripts/node-types writes such files") from error


def installed_version(grammar: str) -> str:
    """The version of an installed wheel, or ""."""
    from importlib.metadata import PackageNotFoundError, version  # takes longer to import than a search may

    try:
        return version(wheel_of(grammar))
    except PackageNotFoundError:
        return ""


def _supertypes(language: Language) -> Iterator[tuple[str, int]]:
    """Hidden kinds that a query may name. `Language.supertypes` is empty for grammars of ABI 14."""
    found = set()
    for kind in range(language.node_kind_count):
        name = language.node_kind_for_id(kind)
        if name and not language.node_kind_is_visible(kind) and language.id_for_node_kind(name, True) == kind:
            found.add((name, kind))
    yield from sorted(found)


def _names(name_of: Callable[[int], str | None], ids: Iterable[int]) -> tuple[str, ...]:
    return tuple(sorted({name_of(each) or "" for each in ids} - {""}))
