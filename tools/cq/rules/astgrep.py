"""The one place that calls ast-grep: text to a tree, a rule to its matches, and what it raises to CqError.

ast-grep counts in characters, takes only text, and walks trees without recursion, with two exceptions: comparing what
two metavariables of one name stand for, and `matches` within relations. `rules.depth` keeps deep trees from those.
"""

import functools
import re
from collections.abc import Callable
from typing import TypeVar, cast

from ast_grep_py import Config, SgNode, SgRoot
from ast_grep_py import Rule as AstGrepRule

from cq.errors import CqError
from cq.rules.located import Json
from cq.rules.rule import Rule

# A longer pattern may be nested so deeply that compiling it overflows the stack.
_PATTERN_LIMIT = 10_000
# `$$$` needs no name; one dollar or two without a name are no metavariable.
_METAVARIABLE = re.compile(r"\$\$\$|\$\$?(?=[A-Z_])")
# What ast-grep prints of its own inside is for its developers.
_BACKTRACE = re.compile(r"\n+Stack backtrace:.*", re.DOTALL)
_STEP = re.compile(r"^\s*\d+: ", re.MULTILINE)

Result = TypeVar("Result")


def tree(text: str, language: str) -> SgRoot:
    """The tree of a text in a language that ast-grep knows by this name."""
    return _asked(lambda: SgRoot(text, language), f"ast-grep knows no language {language!r}")


def matches(root: SgNode, rule: Rule) -> list[SgNode]:
    """The matches of a rule in the order of the file, an outer one before those in it."""
    return _asked(lambda: _matches(root, rule.route, rule.config), f"the rule {rule.id} failed")


def _matches(root: SgNode, route: str, config: dict[str, Json]) -> list[SgNode]:
    if route == "config":
        return root.find_all(_as_config(config))
    return root.find_all(**_as_rule(config["rule"]))


def span_of(node: SgNode) -> tuple[int, int]:
    """Where a node begins and ends, in characters."""
    # Not `range()`: that counts the column too, which takes the length of the line for each of its nodes.
    edit = node.replace("")
    return edit.start_pos, edit.end_pos


def check(config: dict[str, Json], route: str, language: str) -> None:
    """Raise CqError when ast-grep does not take a rule."""
    root = tree("", language).root()
    _asked(lambda: _matches(root, route, config), "ast-grep does not take this")


def route_of(config: dict[str, Json]) -> str:
    """How to ask: a single pattern or kind, a rule, or a full configuration, by what there is in it."""
    rule = config["rule"]
    if len(config) > 1 or not isinstance(rule, dict):
        return "config"
    if len(rule) == 1:
        (key,) = rule
        if key in ("pattern", "kind"):
            return str(key)
    return "rule"


def is_match(node: SgNode, rule: Json) -> bool:
    """Whether a node matches a rule by itself."""
    return _asked(lambda: node.matches(**_as_rule(rule)), "a rule of a fix failed")


@functools.cache
def leaves_of(pattern: str, language: str) -> tuple[str, ...]:
    """The texts of the named leaves of a pattern that hold no metavariable and are no comments."""
    if len(pattern) > _PATTERN_LIMIT:
        return ()
    root = tree(readable(pattern), language).root()
    found = []
    for node in _asked(lambda: root.find_all(regex=r"\w"), "a pattern"):
        start, end = span_of(node)
        text = pattern[start:end]
        if node.is_named_leaf() and "$" not in text and "comment" not in node.kind():
            found.append(text)
    return tuple(found)


def readable(pattern: str) -> str:
    """A pattern as a parser can read it, with the same positions: `_` for the `$` of metavariables."""
    return _METAVARIABLE.sub(lambda dollars: "_" * len(dollars[0]), pattern)


def is_broken(pattern: str, language: str) -> bool:
    """Whether a pattern is no code in this language, whatever its metavariables stand for.

    An expression that only lacks its end, or a metavariable where the grammar has no name, is an ERROR around one node:
    ast-grep looks at that one.
    """
    if len(pattern) > _PATTERN_LIMIT:
        raise CqError(f"a pattern of {len(pattern):,} characters", f"at most {_PATTERN_LIMIT:,}")
    return all(_has_error(tree(text, language).root()) for text in (readable(pattern), pattern))


def _has_error(root: SgNode) -> bool:
    errors = _asked(lambda: root.find_all(kind="ERROR"), "a pattern")
    return any(len(error.children()) != 1 for error in errors)


def _as_config(config: dict[str, Json]) -> Config:
    return cast(Config, config)  # checked when it was loaded


def _as_rule(rule: Json) -> AstGrepRule:
    return cast(AstGrepRule, rule)  # the same


def _asked(ask: Callable[[], Result], what: str) -> Result:
    try:
        return ask()
    except BaseException as error:
        # ast-grep raises bare Exception for what it cannot read, and for a panic what derives from BaseException only.
        if type(error) not in (Exception, RuntimeError, TypeError) and type(error).__name__ != "PanicException":
            raise
        reason = _BACKTRACE.sub("", str(error))
        steps = [" ".join(step.split()) for step in _STEP.split(reason.rpartition("Caused by:")[2]) if step.strip()]
        # The last step is the cause, those before it say where ast-grep came across it.
        raise CqError(f"{what}: {steps[-1].rstrip('.') if steps else type(error).__name__}") from error
