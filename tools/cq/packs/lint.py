"""What is wrong with one pattern: its clauses, the grammar, the contract. All of it, not the first only.

In: a pattern, the contract, the grammar (None when it is not installed), and the comments above the pattern. Out:
problems. Reads no file.
"""

import re
from collections.abc import Iterator, Mapping

from tree_sitter import Query

from cq.errors import CqError, nearest
from cq.packs.contract import PackContract, PackRules, is_one_of
from cq.packs.drift import Grammar, fit
from cq.packs.meaning import meaning_of
from cq.packs.pattern import Clause, Parts, PatternText, parts_of
from cq.packs.predicates import check_clauses
from cq.packs.problems import Subject
from cq.rows.packs import PackProblem
from cq.rows.search import ROLES

# Keys like ours without being ours are other tools'; keys very much like ours are slips.
_SLIP = 0.8


def lint_pattern(
    subject: Subject,
    pattern: PatternText,
    contract: PackContract,
    grammar: Grammar | None,
    excuses: Mapping[str, str],
) -> list[PackProblem]:
    """The problems of a pattern. `excuses` are the reasons that the comments above it give, by their first word."""
    try:
        parts = parts_of(pattern)
    except CqError as error:
        return [subject.from_error(error, "syntax", pattern)]
    problems: list[PackProblem] = []
    try:
        check_clauses(pattern)
    except CqError as error:
        problems.append(subject.from_error(error, "predicate", pattern))
    if grammar is not None:
        found, query = fit(subject, pattern, grammar)
        problems += found
        if query is not None:
            problems += _locality(subject, pattern, contract, query, excuses)
    rules = contract.rules(subject.pack)
    problems += _captures(subject, pattern, parts, rules)
    problems += _settings(subject, pattern, parts, rules, contract.settings())
    problems += _metadata(subject, pattern, parts, rules)
    return sorted(problems, key=lambda problem: (problem.line, problem.column, problem.code))


def _locality(
    subject: Subject, pattern: PatternText, contract: PackContract, query: Query, excuses: Mapping[str, str]
) -> Iterator[PackProblem]:
    # Of the two the engine calls only patterns without a root non-local, so one of them is enough to say.
    if query.is_pattern_non_local(0) and not contract.every.non_local:
        if not excuses.get("non-local"):
            yield subject.problem_in(
                pattern, "non-local", "a non-local pattern cannot run in a window", _excuse("non-local")
            )
    elif not query.is_pattern_rooted(0) and contract.every.rooted and not any(excuses.values()):
        yield subject.problem_in(pattern, "unrooted", "an unrooted pattern is tried at every node", _excuse("unrooted"))


def _excuse(word: str) -> str:
    return f"begin with the node around it, or say why in the line above: `; {word}: REASON`"


def _captures(subject: Subject, pattern: PatternText, parts: Parts, rules: PackRules) -> Iterator[PackProblem]:
    if not parts.captures:
        yield subject.problem_in(pattern, "no-capture", "captures nothing, so a match says nothing")
        return
    asked = {argument.value for clause in parts.predicates for argument in clause.arguments if argument.is_capture}
    for name in parts.captures:
        at = _capture_at(pattern, name)
        if is_one_of(name, rules.forbidden):
            message = f"@{name} may not stand in a pack {subject.pack!r}"
            yield subject.problem_in(pattern, "capture", message, offset=at)
        elif not is_one_of(name, rules.captures) and name not in asked and not name.startswith("_"):
            message = f"@{name} means nothing in a pack {subject.pack!r}"
            yield subject.problem_in(pattern, "capture", message, f"one of {_marked(rules.captures)}", at)
        first, _, role = name.partition(".")
        if first in ("reference", "within") and (role not in ROLES or role == "definition"):
            hint = "@definition.KIND" if role == "definition" else nearest(role, ROLES) or f"one of {', '.join(ROLES)}"
            yield subject.problem_in(pattern, "unknown-role", f"@{name}: no role {role!r}", hint, at)
    for globs in rules.required:
        if not any(is_one_of(name, globs) for name in parts.captures):
            which = _marked(globs) if len(globs) == 1 else f"one of {_marked(globs)}"
            yield subject.problem_in(pattern, "missing-capture", f"a pattern of a pack {subject.pack!r} has {which}")


def _settings(
    subject: Subject, pattern: PatternText, parts: Parts, rules: PackRules, known: tuple[str, ...]
) -> Iterator[PackProblem]:
    for key, value in parts.settings.items():
        at = next((clause.start for clause in parts.directives if _sets(clause, key)), 0)
        if not is_one_of(key, known):
            ours = key.startswith("cq.")
            near = f"did you mean cq.{key}?" if is_one_of(f"cq.{key}", known) else nearest(key, known, _SLIP)
            if ours or near:
                hint = near or nearest(key, known) or f"one of {', '.join(known)}"
                yield subject.problem_in(pattern, "unknown-setting", f"no setting {key!r}", hint, at)
            continue
        is_flag = is_one_of(key, rules.flags)
        if not is_flag and not is_one_of(key, rules.settings):
            message = f"{key} means nothing in a pack {subject.pack!r}"
            allowed = ", ".join((*rules.settings, *rules.flags))
            yield subject.problem_in(pattern, "setting", message, f"one of {allowed}", at)
        if is_flag and value:
            yield subject.problem_in(pattern, "setting", f"{key} takes no value", f"(#set! {key})", at)
        if is_flag:
            continue
        if not value:
            yield subject.problem_in(pattern, "setting", f"{key} has no value", f'(#set! {key} "...")', at)
            continue
        roles = value.split() if key == "cq.over" else [value.partition(".")[0]] if key.startswith("cq.at.") else []
        for role in roles:
            if role not in ROLES:
                hint = nearest(role, ROLES) or f"one of {', '.join(ROLES)}"
                yield subject.problem_in(pattern, "unknown-role", f"{key}: no role {role!r}", hint, at)


def _metadata(subject: Subject, pattern: PatternText, parts: Parts, rules: PackRules) -> Iterator[PackProblem]:
    missing = [key for key in rules.metadata if not parts.settings.get(key)]
    by_owner = rules.owners and "name" in parts.captures and meaning_of(parts.settings, parts.captures).owner
    if missing and not by_owner:
        hint = " ".join(f'(#set! {key} "...")' for key in missing)
        if rules.owners:
            hint += ", or @name and a capture like @reference.call"
        yield subject.problem_in(pattern, "missing-metadata", f"no {' and no '.join(missing)}", hint)


def _capture_at(pattern: PatternText, name: str) -> int:
    found = re.search(rf"@{re.escape(name)}(?![\w.-])", parts_of(pattern).structure)
    return found.start() if found else 0


def _sets(clause: Clause, key: str) -> bool:
    return clause.name == "set!" and bool(clause.arguments) and clause.arguments[0].value == key


def _marked(captures: tuple[str, ...]) -> str:
    return ", ".join(f"@{capture}" for capture in captures)
