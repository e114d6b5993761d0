"""Which node types a pattern uses, and which of them a version of the grammar does not have.

In: patterns, and the node types that they were written for and are held against. Out: uses, differences, problems.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec
from tree_sitter import Language, Query

from cq.errors import CqError, nearest
from cq.grammar.node_types import NodeTypes
from cq.packs.pattern import PatternText, parts_of, unescaped
from cq.packs.problems import Subject
from cq.packs.query import PackQuery
from cq.rows.packs import PackProblem

_NAME = r"[\w-][\w.-]*"
_WORD = re.compile(
    rf'"(?:\\.|[^"\\\n])*"|;[^\n]*|@[\w.-]+|!\s*{_NAME}|{_NAME}(?:\s*:|\s*/\s*{_NAME})?|[()\[\]]|\S|\s+', re.DOTALL
)
_ANY = frozenset(("_", "ERROR", "MISSING"))  # these need no grammar
_LISTS = ("kinds", "tokens", "fields", "supertypes")


class Grammar(NamedTuple):
    """The grammar that patterns are held against, and what they were written for."""

    types: NodeTypes
    language: Language | None = None  # None when only its node types are known
    kept: NodeTypes | None = None


class Use(NamedTuple):
    """One node type that a pattern names."""

    what: str  # "kind", "token", "field", "supertype", "subtype"
    name: str
    offset: int  # in the text of the pattern
    within: str = ""  # of a subtype its supertype


class Difference(NamedTuple):
    """What one version of a grammar has more and less than another; keys are kinds, tokens, fields, supertypes."""

    added: dict[str, tuple[str, ...]]
    removed: dict[str, tuple[str, ...]]


def uses_of(pattern: PatternText) -> list[Use]:
    """The node types that a pattern names, in order. Raises CqError for a clause that cannot be read."""
    return list(_uses(parts_of(pattern).structure))


def _uses(structure: str) -> Iterator[Use]:
    opened = missing = False  # whether a bracket, or `(MISSING`, stands before
    for match in _WORD.finditer(structure):
        word, start = match.group(), match.start()
        if word.isspace() or word.startswith(";"):
            continue
        if word.startswith('"'):
            yield Use("token", unescaped(word[1:-1]), start)
        elif word.startswith("!") and len(word) > 1:
            yield Use("field", word[1:].strip(), match.end() - len(word[1:].strip()))
        elif word.endswith(":") and len(word) > 1:
            yield Use("field", word[:-1].rstrip(), start)
        elif (opened or missing) and re.match(_NAME, word):
            first, slash, second = word.partition("/")
            if slash:
                yield Use("supertype", first.rstrip(), start)
                yield Use("subtype", second.lstrip(), match.end() - len(second.lstrip()), first.rstrip())
            elif word not in _ANY:
                yield Use("kind", word, start)
        opened, missing = word == "(", opened and word == "MISSING"


def missing_from(types: NodeTypes, uses: Iterable[Use]) -> list[Use]:
    """Those of the uses that the grammar does not have."""
    known = {name: _known(types, name) for name in ("kind", "token", "field", "supertype")}
    return [use for use in uses if use.name not in known.get(use.what, ()) and not _is_subtype(types, use)]


def problems_of(subject: Subject, pattern: PatternText, types: NodeTypes, kept: NodeTypes | None) -> list[PackProblem]:
    """A problem for each use that the grammar lacks; `kept` is what the pattern was written for, if that is known."""
    uses = uses_of(pattern)
    never = set(missing_from(kept, uses)) if kept is not None else set()
    problems = []
    for use in missing_from(types, uses):
        if use.what == "subtype":
            message = f"supertype {use.within!r} has no subtype {use.name!r} in {_version(types)}"
        else:
            kind = "node kind" if use.what == "kind" else use.what
            message = f"no {kind} {use.name!r} in {_version(types)}"
        if kept is not None and use not in never and kept.grammar_version != types.grammar_version:
            message += f"; {kept.grammar_version} has it"
        known = types.supertypes.get(use.within, ()) if use.what == "subtype" else _known(types, use.what)
        problems.append(
            subject.problem_in(pattern, f"unknown-{use.what}", message, nearest(use.name, known), use.offset)
        )
    return problems


def fit(subject: Subject, pattern: PatternText, grammar: Grammar) -> tuple[list[PackProblem], Query | None]:
    """What keeps a pattern from running under a grammar; its structure as a query when it compiles."""
    problems = problems_of(subject, pattern, grammar.types, grammar.kept)
    if problems or grammar.language is None:
        return problems, None
    # Without its clauses, which are checked for themselves; every position stays.
    structure = pattern._replace(text=parts_of(pattern).structure)
    try:
        return [], PackQuery(grammar.language, [structure]).query
    except CqError as error:
        code = "impossible" if "can never match" in error.message else "syntax"
        found = subject.from_error(error, code, pattern)
        if code == "impossible":
            found = msgspec.structs.replace(found, message=f"impossible pattern: {found.message}")
        return [found], None


def drifted(subject: Subject, pattern: PatternText, grammar: Grammar) -> list[PackProblem]:
    """What keeps a pattern from running under a grammar; a warning for what only the kept node types lack."""
    problems = fit(subject, pattern, grammar)[0]
    if problems or grammar.kept is None:
        return problems
    hint = "scripts/node-types keeps those of the installed grammar"
    return [
        msgspec.structs.replace(problem, code="not-kept", severity="warning", hint=hint)
        for problem in problems_of(subject, pattern, grammar.kept, None)
    ]


def difference(before: NodeTypes, after: NodeTypes) -> Difference:
    """What was added and removed between two versions of a grammar."""
    added, removed = {}, {}
    for field in _LISTS:
        old, new = set(getattr(before, field)), set(getattr(after, field))
        if new - old:
            added[field] = tuple(sorted(new - old))
        if old - new:
            removed[field] = tuple(sorted(old - new))
    for name in before.supertypes.keys() & after.supertypes.keys():
        old, new = set(before.supertypes[name]), set(after.supertypes[name])
        # A grammar of ABI 14 does not say what its supertypes stand for.
        if old and new and old != new:
            added[f"subtypes of {name}"] = tuple(sorted(new - old))
            removed[f"subtypes of {name}"] = tuple(sorted(old - new))
    return Difference(
        {key: names for key, names in added.items() if names}, {key: names for key, names in removed.items() if names}
    )


def _known(types: NodeTypes, what: str) -> tuple[str, ...]:
    if what == "kind":
        return (*types.kinds, *types.supertypes)
    if what == "token":
        return types.tokens
    return types.fields if what == "field" else tuple(types.supertypes)


def _is_subtype(types: NodeTypes, use: Use) -> bool:
    if use.what != "subtype":
        return False
    below = types.supertypes.get(use.within, ())
    return use.name in (below or _known(types, "kind"))


def _version(types: NodeTypes) -> str:
    return f"{types.grammar} {types.grammar_version}".rstrip()
