"""`queries/LANGUAGE/normalize.toml` as types, and as the tables by kind id that the walk through a tree looks up.

Every kind that the file names must be one of the grammar: a misspelt one would silently mean nothing.
"""

import fnmatch
import functools
import os
import re
from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec
from tree_sitter import Language

from cq.errors import CqError, nearest
from cq.toml_file import read_toml

# What the walk does with a child of some kind. The order matters to it: what is at once clear comes first, then those
# that have children of their own. THROUGH is nothing beside its only child.
DROP, FIXED, PART, THROUGH, ANCHOR, WORD, NAME, LITERAL, ERROR = range(9)
# Codes of texts and kinds are larger than those of classes.
_CODES_FROM = 7
# Flags of kinds with something special about them.
HOLE, UNWRAP, BINDS, IMPORT, SCOPE, NAMED, KEEPS = (1 << bit for bit in range(7))

# What stands in a key for a leaf whose text does not count, by class.
LEAF_CLASSES = {"id": 1, "type": 2, "lifetime": 3, "string": 4, "number": 5, "other": 6}
ERROR_KIND = 65535
_KINDS = 65536


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Names and texts that mean something by themselves."""

    imports: tuple[str, ...] = ()  # node kinds: the names in them are known in the rest of the file
    scopes: tuple[str, ...] = ()  # node kinds at whose end the names bound in them mean again what they did before
    literals: tuple[str, ...] = ()  # texts of literals that are kept, with double quotes
    fixed: tuple[str, ...] = ()  # names that are kept wherever they stand
    plain: tuple[str, ...] = ()  # of these, those that tell nothing by themselves
    globals: tuple[str, ...] = ()  # names that are kept where the file does not bind them


class Anchors(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Kinds that may be an idiom: globs over the names of kinds, and those that match and are none."""

    kinds: tuple[str, ...] = ()
    without: tuple[str, ...] = msgspec.field(default=(), name="not")


class NormalizeFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One language's file as it stands."""

    extends: str = ""  # another language: its tables hold, but for what is said here
    family: str = ""  # languages of one family have the same keys for the same code; default: the language
    drop: tuple[str, ...] = ()  # tokens and nodes that mean nothing beside the kind of their parent
    annotations: str = ""  # regular expression of dropped comments that tell a tool something: rules find them, too
    optional: tuple[str, ...] = ()  # of these tokens, those that a line end does for: they are not printed
    keep_in: tuple[str, ...] = ()  # kinds in which they do
    unwrap: tuple[str, ...] = ()  # kinds that are their only child when they have but one
    fixed: tuple[str, ...] = ()  # kinds that are one token, whatever is in them
    alias: dict[str, str] = {}  # kind -> the kind that it counts as
    holes: dict[str, str] = {}  # kind -> how it is printed when it is too large to be told, or at level skeleton
    leaves: dict[
        str, str
    ] = {}  # kind -> class of leaf: id, type, lifetime, string, number, other, or name (text counts)
    names: dict[str, str] = {}  # kind -> "first" or "last": which of its words is a name like those of class name
    binds: dict[str, int] = {}  # kind -> which child is a name that it binds, from 0; -1: each word among them
    quotes: tuple[str, ...] = ()  # between these a hole for a string stands where a name may not
    words: Words = Words()
    modules: dict[str, str] = {}  # kind of an import -> the field with the module; "": the name itself is it
    anchors: Anchors = Anchors()
    contexts: dict[str, str] = {}  # kind -> a text around `%s` in which such a text parses as that kind; "*": any other


class Table(NamedTuple):
    """One language's tables, by kind id of its grammar."""

    language: str
    family: str
    file: NormalizeFile
    digest: str  # of all that a key depends on
    actions: list[int]
    codes: list[int]  # what stands in a key for the kind
    special: list[int]  # flags
    classes: list[int]  # of leaves: the code of the class
    name_at: dict[int, int]  # kinds with NAMED: 0 first, -1 last
    binds: dict[int, int]
    holes: dict[int, str]
    fixed: frozenset[bytes]
    plain: frozenset[bytes]
    annotations: re.Pattern[bytes] | None
    optional: frozenset[bytes]
    globals: frozenset[bytes]
    literals: frozenset[bytes]


def tables_of(folders: tuple[str, ...], language: str, grammar: Language) -> Table | None:
    """The tables of a language; None when no folder has a file for it. Raises CqError for a wrong file."""
    found = _file_of(folders, language)
    if found is None:
        return None
    path, file = found
    return _compiled(path, language, file, grammar)


@functools.cache
def _file_of(folders: tuple[str, ...], language: str) -> tuple[str, NormalizeFile] | None:
    raw = _raw(folders, language, ())
    if raw is None:
        return None
    path, values = raw
    try:
        return path, msgspec.convert(values, NormalizeFile)
    except msgspec.ValidationError as error:
        raise CqError(f"{path}: {error}") from error


def _raw(folders: tuple[str, ...], language: str, above: tuple[str, ...]) -> tuple[str, dict[str, Any]] | None:
    for folder in reversed(folders):
        path = os.path.join(folder, language, "normalize.toml")
        values = read_toml(path, dict[str, Any])
        if values is None:
            continue
        base = values.get("extends", "")
        if base:
            if base in above:
                raise CqError(f"{path}: extends goes in a circle: {' -> '.join((*above, base))}")
            below = _raw(folders, base, (*above, language))
            if below is None:
                raise CqError(f"{path}: extends {base!r}, which has no normalize.toml")
            values = _merged(below[1], values)
        return path, values
    return None


def _merged(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Tables and lists are added to, all else takes the place of what was said before."""
    whole = dict(base)
    for key, value in own.items():
        before = whole.get(key)
        if isinstance(before, dict) and isinstance(value, dict):
            whole[key] = _merged(before, value)
        elif isinstance(before, list) and isinstance(value, list):
            whole[key] = [*before, *value]
        else:
            whole[key] = value
    return whole


def _compiled(path: str, language: str, file: NormalizeFile, grammar: Language) -> Table:
    named: dict[str, list[int]] = {}
    tokens: dict[str, list[int]] = {}
    for kind_id in range(grammar.node_kind_count):
        kind = grammar.node_kind_for_id(kind_id)
        if kind and grammar.node_kind_is_visible(kind_id):
            (named if grammar.node_kind_is_named(kind_id) else tokens).setdefault(kind, []).append(kind_id)
    inherited = bool(file.extends)

    def ids(kinds: Iterable[str], of: str) -> list[int]:
        found = []
        for kind in kinds:
            if kind in named:
                found += named[kind]
            elif kind in tokens:
                found += tokens[kind]
            elif not inherited:
                raise CqError(
                    f"{path}: {of}: the grammar has no kind {kind!r}", nearest(kind, (*named, *tokens)) or None
                )
        return found

    family = file.family or language
    digest = blake2b(msgspec.json.encode([language, file, sorted(named), sorted(tokens)]), digest_size=8).hexdigest()
    actions = [FIXED] * _KINDS
    codes = [0] * _KINDS
    special = [0] * _KINDS
    classes = [0] * _KINDS
    for group in (named, tokens):
        for kind, kind_ids in group.items():
            code = _code(f"{family}/{file.alias.get(kind, kind)}")
            for kind_id in kind_ids:
                codes[kind_id] = code
                actions[kind_id] = PART if group is named else FIXED
    is_anchor = _matcher(file.anchors.kinds)
    not_anchor = frozenset(file.anchors.without)
    ids(file.anchors.without, "anchors.not")
    for pattern in file.anchors.kinds:
        if not fnmatch.filter(named, pattern):
            ids([pattern], "anchors.kinds")
    for kind, kind_ids in named.items():
        if is_anchor(kind) and kind not in not_anchor:
            for kind_id in kind_ids:
                actions[kind_id] = ANCHOR
    for kind, of_class in file.leaves.items():
        if of_class not in LEAF_CLASSES and of_class != "name":
            raise CqError(f"{path}: leaves.{kind}: no class {of_class!r}", f"one of: {', '.join(LEAF_CLASSES)}, name")
        for kind_id in ids([kind], "leaves"):
            if of_class == "name":
                actions[kind_id] = NAME
            else:
                actions[kind_id] = WORD if of_class in ("id", "type", "lifetime") else LITERAL
                classes[kind_id] = LEAF_CLASSES[of_class]
    for kind_id in ids(file.fixed, "fixed"):
        actions[kind_id] = FIXED
    for kind_id in ids(file.drop, "drop"):
        actions[kind_id] = DROP
    flags = (
        (file.holes, "holes", HOLE),
        (file.unwrap, "unwrap", UNWRAP),
        (file.binds, "binds", BINDS),
        (file.words.imports, "words.imports", IMPORT),
        (file.words.scopes, "words.scopes", SCOPE),
        (file.names, "names", NAMED),
        (file.keep_in, "keep_in", KEEPS),
    )
    for kinds, of, flag in flags:
        for kind_id in ids(kinds, of):
            special[kind_id] |= flag
    actions[ERROR_KIND] = ERROR
    for kind_id, flag in enumerate(special):
        if flag == UNWRAP and actions[kind_id] == PART:
            actions[kind_id] = THROUGH
    for kind, where in file.names.items():
        if where not in ("first", "last"):
            raise CqError(f"{path}: names.{kind}: {where!r}", "first or last")
    try:
        re.compile(file.annotations)
    except re.error as error:
        raise CqError(f"{path}: annotations: {file.annotations!r} is no regular expression: {error}") from error
    ids(file.modules, "modules")
    ids(file.optional, "optional")
    ids([kind for kind in file.contexts if kind != "*"], "contexts")
    return Table(
        language=language,
        family=family,
        file=file,
        digest=digest,
        actions=actions,
        codes=codes,
        special=special,
        classes=classes,
        name_at={
            kind_id: 0 if where == "first" else -1
            for kind, where in file.names.items()
            for kind_id in ids([kind], "names")
        },
        binds={kind_id: place for kind, place in file.binds.items() for kind_id in ids([kind], "binds")},
        holes={kind_id: text for kind, text in file.holes.items() for kind_id in ids([kind], "holes")},
        fixed=frozenset(word.encode() for word in file.words.fixed),
        annotations=re.compile(file.annotations.encode()) if file.annotations else None,
        optional=frozenset(token.encode() for token in file.optional),
        plain=frozenset(word.encode() for word in file.words.plain),
        globals=frozenset(word.encode() for word in file.words.globals),
        literals=frozenset(word.encode() for word in file.words.literals),
    )


def _code(text: str) -> int:
    return _CODES_FROM + int.from_bytes(blake2b(text.encode(), digest_size=7).digest(), "big")


def _matcher(patterns: Iterable[str]) -> Callable[[str], bool]:
    globs = tuple(patterns)
    return lambda kind: any(fnmatch.fnmatchcase(kind, each) for each in globs)
