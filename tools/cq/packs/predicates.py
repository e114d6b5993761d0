"""Predicates: which there are, whether a pattern uses them rightly, and what cq's own ones ask.

py-tree-sitter evaluates `#eq?`, `#match?`, `#any-of?` and their kin itself and hands every other predicate to a
callback; without one it takes them for true. So every name is checked before a pattern is compiled.
"""

import functools
import re
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fnmatch import translate
from typing import Literal, NamedTuple

from tree_sitter import Node

from cq.errors import CqError, nearest
from cq.packs.pattern import Clause, PatternText, parts_of, place_of

# The nodes above a node (outermost first) to the scopes among them: kind and name of each.
ScopesOf = Callable[[Sequence[Node], Node], Sequence[tuple[str, str]]]
_Check = Callable[[Node], bool]


class Form(NamedTuple):
    """How a predicate is written: what stands behind the capture, and how many of these at least and at most."""

    least: int
    most: int
    help: str


_MANY = 1_000
_REGEX_LIMIT = 4_000  # characters: a longer one takes seconds to compile
NATIVE = {
    **dict.fromkeys(("eq?", "not-eq?", "any-eq?", "any-not-eq?"), Form(1, 1, '@name "text" or @name @other')),
    **dict.fromkeys(("match?", "not-match?", "any-match?", "any-not-match?"), Form(1, 1, '@name "regex"')),
    **dict.fromkeys(("any-of?", "not-any-of?"), Form(1, _MANY, '@name "one" "another"')),
}
_OWN = {
    "kind-is?": Form(1, _MANY, '@name "identifier" "attribute"'),
    "has-ancestor?": Form(1, _MANY, '@name "class_definition"'),
    "in-scope?": Form(1, _MANY, '@name "function" "module"'),
    "length?": Form(1, 2, '@name "1" "40" (least and most characters)'),
    "lines?": Form(1, 2, '@name "100" (least, and most, lines)'),
    "glob?": Form(1, _MANY, '@name "get_*"'),
    "qualified-name?": Form(1, _MANY, '@name "Shelf.*"'),
}
OWN = {f"cq-{not_}{name}": form for not_ in ("", "not-") for name, form in _OWN.items()}
# What a directive says is no condition. These are read by cq or by the tools that other packs were written for.
DIRECTIVES = frozenset(
    ("set!", "is?", "is-not?", "strip!", "select-adjacent!", "offset!", "gsub!", "trim!", "make-range!")
)


def check_clauses(pattern: PatternText, kinds: Callable[[], Collection[str]] | None = None) -> None:
    """Raise CqError, with file, line and column, for a clause that is unknown, misspelt or wrongly used.

    `kinds` gives the node kinds and supertypes of the language, when the language is known.
    """
    parts = parts_of(pattern)
    for clause in parts.directives:
        if clause.name not in DIRECTIVES:
            raise _wrong(
                pattern, clause, f"unknown directive #{clause.name}", nearest(clause.name, DIRECTIVES, 0.5, "#")
            )
        if clause.name == "set!" and not 1 <= sum(not each.is_capture for each in clause.arguments) <= 2:
            raise _wrong(pattern, clause, "#set! takes a key and a value", '(#set! cq.kind "method")')
        if clause.name == "set!" and clause.arguments[0].value == "cq.anchor":
            for word in clause.arguments[1:]:
                if word.value not in parts.captures:
                    hint = nearest(word.value, parts.captures, 0.5, "@")
                    raise _wrong(pattern, clause, f"the anchor @{word.value} is no capture of this pattern", hint)
        if clause.name == "set!" and clause.arguments[0].value in ("cq.scope", "cq.via"):
            _check_template(pattern, clause)
    for clause in parts.predicates:
        form = NATIVE.get(clause.name) or OWN.get(clause.name)
        if form is None:
            raise _wrong(
                pattern, clause, f"unknown predicate #{clause.name}", nearest(clause.name, (*NATIVE, *OWN), 0.5, "#")
            )
        usage = f"(#{clause.name} {form.help})"
        arguments = clause.arguments
        if not arguments or not arguments[0].is_capture:
            raise _wrong(pattern, clause, f"#{clause.name} asks something of a capture", usage)
        for argument in arguments:
            if argument.is_capture and argument.value not in parts.captures:
                hint = (
                    nearest(argument.value, parts.captures, 0.5, "@")
                    or "capture it in this pattern, and write the predicate within its brackets"
                )
                raise _wrong(pattern, clause, f"no capture @{argument.value} in this pattern", hint)
        if not form.least <= len(arguments) - 1 <= form.most:
            raise _wrong(pattern, clause, f"#{clause.name} with {len(arguments) - 1} values", usage)
        words = arguments[1:]
        if any(word.is_capture for word in words) and not clause.name.endswith("eq?"):
            raise _wrong(pattern, clause, f"#{clause.name} compares with text, not with a capture", usage)
        if clause.name.endswith("match?"):
            if len(words[0].value) > _REGEX_LIMIT:
                raise _wrong(pattern, clause, f"a regular expression of more than {_REGEX_LIMIT:,} characters", usage)
            try:
                _regex(words[0].value)
            except (re.error, OverflowError, RecursionError) as error:
                raise _wrong(pattern, clause, f"not a regular expression: {error}", usage) from error
        if clause.name.endswith(("length?", "lines?")):
            if not all(re.fullmatch(r"[0-9]{1,9}", word.value) for word in words):
                what = "characters" if clause.name.endswith("length?") else "lines"
                raise _wrong(pattern, clause, f"#{clause.name} counts {what}", usage)
            if len(words) > 1 and int(words[0].value) > int(words[1].value):
                raise _wrong(pattern, clause, f"#{clause.name} with more at least than at most", usage)
        if kinds is not None and clause.name.endswith(("kind-is?", "has-ancestor?")):
            for word in words:
                if word.value not in kinds():
                    hint = nearest(word.value, kinds(), 0.5) or usage
                    raise _wrong(pattern, clause, f"no node kind {word.value!r} in this grammar", hint)


def _check_template(pattern: PatternText, clause: Clause) -> None:
    """A label such as "class {name}" may have the captures @name and @trait in it, if the pattern has them."""
    known = [name for name in ("name", "trait") if name in parts_of(pattern).captures]
    for word in clause.arguments[1:]:
        if re.search("[{}]", re.sub(r"\{[^{}]*\}", "", word.value)):
            raise _wrong(pattern, clause, f"not a label: {word.value!r}", '(#set! cq.scope "class {name}")')
        for field in re.findall(r"\{([^{}]*)\}", word.value):
            if field not in known:
                hint = f"one of: {', '.join(f'{{{name}}}' for name in known)}" if known else "capture it as @name"
                raise _wrong(pattern, clause, f"{{{field}}} stands for no capture here", hint)


def has_own(pattern: PatternText, native_match: bool) -> bool:
    """Whether the pattern has a predicate that py-tree-sitter leaves to the callback."""
    return any(
        clause.name in OWN or (clause.name.endswith("match?") and not native_match)
        for clause in parts_of(pattern).predicates
    )


class PredicateCallback:
    """Answers cq's own predicates, and `#match?`, for one language."""

    def __init__(
        self,
        subtypes: Mapping[str, frozenset[str]],
        separator: str,
        scopes_of: ScopesOf | None,
    ) -> None:
        self._error: BaseException | None = None
        self._subtypes = subtypes  # of each supertype
        self._separator = separator
        self._scopes_of = scopes_of
        self._checks: dict[tuple[str, tuple[str, ...]], _Check] = {}
        self._above_of: tuple[int, list[Node]] = (-1, [])
        self._root: Node | None = None

    def begin(self, root: Node) -> None:
        """From now on the nodes are those of a tree with this root."""
        self._root = root
        self._error = None
        self._above_of = (-1, [])  # another tree may give a node the same id

    def end(self) -> None:
        """Let go of the tree, and raise what went wrong since `begin`."""
        self._root = None
        self._above_of = (-1, [])
        if self._error is not None:
            error, self._error = self._error, None
            raise error

    def __call__(
        self,
        predicate: str,
        args: list[tuple[str, Literal["capture", "string"]]],
        pattern_index: int,
        captures: dict[str, list[Node]],
    ) -> bool:
        """Whether the predicate holds for all nodes of its capture, as the native ones have it."""
        if self._error is not None:
            return False
        try:
            key = (predicate, tuple(word for word, _ in args[1:]))
            check = self._checks.get(key)
            if check is None:
                check = self._checks[key] = self._check(*key)
            nodes = captures.get(args[0][0], [])
            return any(map(check, nodes)) or not nodes if "any-" in predicate else all(map(check, nodes))
        except BaseException as error:  # noqa: BLE001  py-tree-sitter would go on, and turn it into a SystemError
            self._error = error
            return False
        finally:
            captures.clear()  # py-tree-sitter 0.26.1 never frees this dictionary, and with a node its tree

    def _check(self, name: str, words: tuple[str, ...]) -> _Check:
        bare = name.removeprefix("cq-").removeprefix("any-")
        if bare.startswith("not-"):
            holds = self._check(bare.removeprefix("not-"), words)
            return lambda node: not holds(node)
        if bare == "match?":
            regex = _regex(words[0])
            return lambda node: regex.search(_text(node)) is not None
        if bare in ("length?", "lines?"):
            least, most = int(words[0]), int(words[1]) if len(words) > 1 else None
            count = _lines if bare == "lines?" else lambda node: len(_text(node))
            return lambda node: least <= count(node) and (most is None or count(node) <= most)
        if bare in ("glob?", "qualified-name?"):
            globs = re.compile("|".join(map(translate, words)))
            if bare == "glob?":
                return lambda node: globs.match(_text(node)) is not None
            return lambda node: globs.match(self._qualified(node)) is not None
        if bare == "in-scope?":
            return lambda node: next((kind for kind, _ in reversed(self._scopes(node))), "module") in words
        kinds = frozenset(words).union(*(self._subtypes.get(word, frozenset()) for word in words))
        if bare == "kind-is?":
            return lambda node: node.type in kinds
        assert bare == "has-ancestor?", name  # check_clauses has refused all others
        return lambda node: any(above.type in kinds for above in self._above(node))

    def _above(self, node: Node) -> list[Node]:
        """The nodes above a node, outermost first. From the root down: `Node.parent` begins there each time."""
        if self._above_of[0] == node.id:
            return self._above_of[1]
        nodes = list(_path(self._root, node)) if self._root is not None else []
        self._above_of = (node.id, nodes)
        return nodes

    def _scopes(self, node: Node) -> Sequence[tuple[str, str]]:
        return self._scopes_of(self._above(node), node) if self._scopes_of is not None else ()

    def _qualified(self, node: Node) -> str:
        # A node that opens a scope of its own goes by the name of that.
        own = self._scopes_of([node], node) if self._scopes_of is not None else ()
        last = own[-1][1] if own else _text(node)
        return self._separator.join((*(name for _, name in self._scopes(node)), last))


@functools.lru_cache(maxsize=1024)
def _regex(pattern: str) -> re.Pattern[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of `[[`, which may mean something else in a later Python
        return re.compile(pattern)


def _path(root: Node, node: Node) -> Iterator[Node]:
    above: Node | None = root
    while above is not None and above.id != node.id:
        yield above
        above = above.child_with_descendant(node)


def _lines(node: Node) -> int:
    return node.end_point.row - node.start_point.row + 1


def _text(node: Node) -> str:
    return (node.text or b"").decode("utf-8", "replace")


def _wrong(pattern: PatternText, clause: Clause, message: str, hint: str) -> CqError:
    line, column = place_of(pattern, clause.start)
    return CqError(f"{pattern.path}:{line}:{column}: {message}", hint or None)
