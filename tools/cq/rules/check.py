"""What may stand in a rule: every key is known and has the shape that ast-grep takes, or its line is named."""

from collections.abc import Callable, Iterator

from cq.errors import CqError, nearest
from cq.grammar.node_types import installed_node_types
from cq.rules.astgrep import check, route_of
from cq.rules.located import Json, Located
from cq.rules.rule import RuleLanguage

_RULE = frozenset(
    (
        "pattern",
        "kind",
        "regex",
        "nthChild",
        "range",
        "inside",
        "has",
        "precedes",
        "follows",
        "all",
        "any",
        "not",
        "matches",
    )
)
_RELATIONS = ("inside", "has", "precedes", "follows")
# Atoms that mean something only among the others.
_NAMES = ("matches", "name")
_STRICTNESS = ("cst", "smart", "ast", "relaxed", "signature", "template")
_TRANSFORMS = {
    "replace": {"source", "replace", "by"},
    "substring": {"source", "startChar", "endChar"},
    "convert": {"source", "toCase", "separatedBy"},
}


def only_keys(located: Located, known: frozenset[str] | set[str], what: str) -> dict[str, Located]:
    """The values of a mapping by key. Raises CqError at a key that means nothing there."""
    values = {}
    for name, pair in located.items(what).items():
        if name not in known:
            near = nearest(name, known)
            raise pair.key.error(f"unknown key in {what}: {name!r}", near or f"one of: {', '.join(sorted(known))}")
        values[name] = pair.value
    return values


def check_rule(rule: Located, what: str = "rule", relation: bool = False) -> Iterator[tuple[str, Located]]:
    """Check the shape of a rule. Yields its atoms, each with its key: what ast-grep can say more of."""
    keys = only_keys(rule, _RULE | {"stopBy", "field"} if relation else _RULE, what)
    if not keys.keys() & _RULE:
        raise rule.error(f"{what} says nothing", "a pattern, a kind, or another rule")
    for key, value in keys.items():
        if key == "pattern":
            _check_pattern(value)
            yield key, value
        elif key in ("kind", "regex", "matches"):
            value.text(key)
            yield key, value
        elif key == "field":
            value.text(key)
        elif key in _RELATIONS:
            yield from check_rule(value, key, relation=True)
        elif key in ("all", "any"):
            for each in value.list(key):
                yield from check_rule(each, f"a rule of `{key}`")
        elif key == "not":
            yield from check_rule(value, key)
        elif key == "stopBy":
            if value.value not in ("neighbor", "end"):
                yield from check_rule(value, "stopBy (neighbor, end, or a rule)")
        elif key == "nthChild":
            yield key, value
            yield from _check_nth_child(value)
        else:
            _check_range(value)


def _check_pattern(value: Located) -> None:
    if isinstance(value.value, str):
        return
    keys = only_keys(value, {"context", "selector", "strictness"}, "pattern")
    if "context" not in keys:
        raise value.error("a pattern without context", "pattern: TEXT, or {context: TEXT, selector: KIND}")
    for key, each in keys.items():
        each.text(key)
    if "strictness" in keys and keys["strictness"].value not in _STRICTNESS:
        raise keys["strictness"].error("unknown strictness", f"one of: {', '.join(_STRICTNESS)}")


def _check_nth_child(value: Located) -> Iterator[tuple[str, Located]]:
    if isinstance(value.value, int | str):
        return
    keys = only_keys(value, {"position", "ofRule", "reverse"}, "nthChild")
    if "position" not in keys:
        raise value.error("nthChild without a position", "a number from 1, or a formula: 2n+1")
    if "ofRule" in keys:
        yield from check_rule(keys["ofRule"], "ofRule")


def _check_range(value: Located) -> None:
    keys = only_keys(value, {"start", "end"}, "range")
    for name in ("start", "end"):
        if name not in keys:
            raise value.error(f"a range without {name}", "start: {line: 0, column: 0}, end: {line: 0, column: 5}")
        for each in only_keys(keys[name], {"line", "column"}, name).values():
            if not isinstance(each.value, int):
                raise each.error("not a number", "lines and columns of a range count from 0")


def check_transform(value: Located) -> None:
    """Check the shape of `transform`."""
    for name, pair in value.items("transform").items():
        if isinstance(pair.value.value, str):
            if pair.value.value.lstrip().startswith("rewrite"):
                raise _no_rewriters(pair.value)
            continue
        if "rewrite" in pair.value.items(name):
            raise _no_rewriters(pair.value)
        for way, said in only_keys(pair.value, frozenset(_TRANSFORMS), f"transform {name}").items():
            keys = only_keys(said, _TRANSFORMS[way], way)
            if "source" not in keys:
                raise said.error(f"{way} without a source", "source: $VARIABLE")


def _no_rewriters(value: Located) -> CqError:
    return value.error("rewriters are not supported", "ast-grep's library for Python has none; its command has")


def settle(config: dict[str, Json], atoms: list[tuple[str, Located]], whole: Located, language: RuleLanguage) -> str:
    """The route of a rule. Raises CqError at the line of what ast-grep does not take.

    `atoms` are the parts that it can be asked about one by one, and as "name" what the rule calls others and variables.
    """
    route = route_of(config)
    problem = _problem(lambda: check(config, route, language.ast_grep))
    if problem is None:
        return route

    def kinds() -> tuple[str, ...]:
        return installed_node_types(language.grammar).kinds

    for key, atom in atoms:
        if key not in _NAMES:
            reason = _problem(lambda key=key, atom=atom: check({"rule": {key: atom.json()}}, key, language.ast_grep))  # type: ignore[misc]
            if reason is not None:
                raise atom.error(reason.message, nearest(str(atom.value), kinds()) or None if key == "kind" else None)
    parts = ((key, pair.key) for key, pair in whole.items("a rule").items())
    for key, atom in (*sorted(atoms, key=lambda each: each[0] != "name"), *parts):
        if (key in _NAMES and f"`{atom.value}`" in problem.message) or f"used in `{key}`" in problem.message:
            raise atom.error(problem.message)
    raise whole.error(problem.message)


def _problem(attempt: Callable[[], None]) -> CqError | None:
    try:
        attempt()
    except CqError as error:
        return error
    return None
