"""Cut the text of a pack into its patterns, and a pattern into its structure and its clauses.

A clause is a predicate (`(#eq? @a "x")`) or a directive (`(#set! cq.kind "method")`). Clauses are taken out of a
pattern before it is compiled: directives are read here, and predicates are put behind the structure. So no order of
clauses reaches py-tree-sitter 0.26.1, which corrupts memory when a predicate stands before a directive.
"""

import functools
import re
from collections.abc import Mapping
from typing import NamedTuple

from cq.errors import CqError
from cq.settings import PATTERN_DEPTH, QUERY_TEXT_LIMIT

_TOKEN = re.compile(r'"(?:\\.|[^"\\\n])*"|;[^\n]*|[()\[\]]|[^\s()\[\]";]+|\s+|"')
_ASSERTIONS = {"is?": True, "is-not?": False}
# Not compiled until a pattern is taken apart, which most searches do without.
_CLAUSE_WORD = r'"(?:\\.|[^"\\\n])*"|;[^\n]*|#[\w.-]+[?!]?|@[\w.-]+|[\w.-]+|\(|\)|\s+|[^\s]'
_CAPTURE = r'"(?:\\.|[^"\\\n])*"|;[^\n]*|@([\w.-]+)'
_SUFFIX = re.compile(r"(?:@[\w.-]+|[+*?])+")
# Fields before one node: `a: b: c: (d)` is nested in the query compiler, and takes its stack, like brackets.
_FIELDS_IN_A_ROW = 16


class PatternText(NamedTuple):
    """One pattern as it is written, where it stands, and the node kinds that it can be rooted in."""

    path: str
    line: int  # 1-based
    text: str
    roots: frozenset[str]  # empty when any kind can be its root
    column: int = 1  # 1-based, in code points


class Argument(NamedTuple):
    """One argument of a clause."""

    value: str  # of a capture its name, of a string what it stands for
    is_capture: bool
    raw: str


class Clause(NamedTuple):
    """A predicate or a directive."""

    name: str  # "eq?", "set!"
    arguments: tuple[Argument, ...]
    start: int  # offset in the pattern's text
    end: int


class Parts(NamedTuple):
    """A pattern taken apart."""

    structure: str  # the text with blanks in place of the clauses: every other position stays
    predicates: tuple[Clause, ...]
    directives: tuple[Clause, ...]
    settings: Mapping[str, str | None]  # of `#set!`
    assertions: Mapping[str, bool]  # of `#is?` and `#is-not?`
    captures: tuple[str, ...]  # names of the captures, in the order in which they first stand


def split_patterns(path: str, source: str) -> list[PatternText]:
    """The patterns of one pack, in order.

    Raises CqError, with the place, for brackets and quotes that are not closed, and for text that is too long or too
    deep to be handed to the query compiler.
    """
    if len(source) > QUERY_TEXT_LIMIT:
        raise CqError(f"{path}: longer than {QUERY_TEXT_LIMIT:,} characters", "cut it into several packs")
    if not source.isascii() or "\0" in source:
        _check_characters(path, source)
    patterns: list[PatternText] = []
    depth = 0
    start = -1
    line = start_line = 1
    line_start = start_column = 0
    end = fields = 0
    previous = ""
    for match in _TOKEN.finditer(source):
        token = match.group()
        begins = False
        if token in "([":
            begins = depth == 0
            depth += 1
            if depth > PATTERN_DEPTH:
                raise CqError(f"{path}:{line}: more than {PATTERN_DEPTH} brackets within each other")
        elif token in ")]":
            depth -= 1
            if depth < 0:
                raise CqError(f"{path}:{line}:{match.start() - line_start + 1}: a bracket too many")
        elif token == '"':
            raise CqError(f"{path}:{line}:{match.start() - line_start + 1}: a quote is not closed")
        elif token[0] == '"' or token == "_":
            begins = depth == 0
        elif token[0] == "." and previous == "(":
            # To the query compiler `(.` begins a predicate, like `(#`.
            column = match.start() - line_start + 1
            raise CqError(f"{path}:{line}:{column}: a bracket cannot begin with an anchor", '(#eq? @name "text")')
        elif start >= 0 and depth == 0 and not token.isspace() and token[0] != ";" and not _SUFFIX.fullmatch(token):
            column = match.start() - line_start + 1
            raise CqError(f"{path}:{line}:{column}: cannot read {token[:40]!r} behind a pattern", "(identifier) @name")
        if begins:
            _close(patterns, path, start_line, start_column, source, start, end)
            start, start_line, start_column = match.start(), line, match.start() - line_start + 1
        if not token.isspace() and not token.startswith(";"):
            previous = token
            fields = 0 if token[0] in '([")]' else fields + token.count(":")
            if fields > _FIELDS_IN_A_ROW:
                raise CqError(f"{path}:{line}: more than {_FIELDS_IN_A_ROW} fields in a row")
            if start < 0:
                column = match.start() - line_start + 1
                raise CqError(f"{path}:{line}:{column}: a pattern begins with a bracket", "(identifier) @name")
            end = match.end()
        elif "\n" in token:
            line += token.count("\n")
            line_start = match.start() + token.rfind("\n") + 1
    if depth:
        raise CqError(f"{path}:{start_line}:{start_column}: a bracket is not closed")
    _close(patterns, path, start_line, start_column, source, start, end)
    return patterns


def _check_characters(path: str, source: str) -> None:
    found = re.search("[\0\ud800-\udfff]", source)
    if found is not None:
        line, column = source.count("\n", 0, found.start()) + 1, found.start() - source.rfind("\n", 0, found.start())
        raise CqError(f"{path}:{line}:{column}: a character that no query can hold: {found[0]!r}")


def _close(patterns: list[PatternText], path: str, line: int, column: int, source: str, start: int, end: int) -> None:
    if start >= 0:
        text = source[start:end]
        patterns.append(PatternText(path, line, text, _roots(text), column))


@functools.lru_cache(maxsize=4096)
def parts_of(pattern: PatternText) -> Parts:
    """The pattern taken apart. Raises CqError for a clause that cannot be read."""
    structure: list[str] = []
    clauses: list[Clause] = []
    at = 0
    open_at = -1
    for match in _TOKEN.finditer(pattern.text):
        token = match.group()
        if match.start() < at or token.isspace():
            continue
        if token.startswith("#") and open_at >= 0:
            clause = _clause(pattern, open_at, match.start())
            clauses.append(clause)
            structure.append(pattern.text[at:open_at])
            structure.append(re.sub(r"[^\n]", " ", pattern.text[open_at : clause.end]))
            at = clause.end
        if not token.startswith(";"):
            open_at = match.start() if token == "(" else -1
    structure.append(pattern.text[at:])
    text = "".join(structure)
    settings: dict[str, str | None] = {}
    assertions: dict[str, bool] = {}
    predicates: list[Clause] = []
    directives: list[Clause] = []
    for clause in clauses:
        words = [argument.value for argument in clause.arguments]
        if clause.name in _ASSERTIONS:
            assertions[words[0] if words else ""] = _ASSERTIONS[clause.name]
        if clause.name.endswith("!") or clause.name in _ASSERTIONS:
            directives.append(clause)
        else:
            predicates.append(clause)
        if clause.name == "set!" and words and not clause.arguments[0].is_capture:
            settings[words[0]] = words[1] if len(words) > 1 else None
    names = dict.fromkeys(found[1] for found in re.finditer(_CAPTURE, text) if found[1])
    return Parts(text, tuple(predicates), tuple(directives), settings, assertions, tuple(names))


def compiled_text(pattern: PatternText, native_match: bool = False) -> str:
    """The pattern as it is handed to the query compiler: its structure, and its predicates behind it.

    `#match?` goes to cq's callback, unless py-tree-sitter's own is good enough: where what it asks of is a name.
    """
    parts = parts_of(pattern)
    if not parts.predicates:
        return parts.structure
    clauses = "".join(_clause_text(clause, native_match) for clause in parts.predicates)
    return f"({parts.structure}\n{clauses})"


def _clause_text(clause: Clause, native_match: bool) -> str:
    words = [word.raw if word.is_capture or word.raw[0] == '"' else f'"{word.raw}"' for word in clause.arguments]
    if clause.name == "not-any-of?":
        # py-tree-sitter 0.26.1 asks whether the text differs from any of the values, and so always answers yes.
        return "".join(f" (#not-eq? {words[0]} {word})" for word in words[1:])
    # It also raises an error for text that is not UTF-8, and ends text at a NUL.
    name = f"cq-{clause.name}" if clause.name.endswith("match?") and not native_match else clause.name
    return f" (#{name} {' '.join(words)})"


def place_of(pattern: PatternText, offset: int) -> tuple[int, int]:
    """Line and column (both 1-based, as the pack has them) of an offset in the pattern's text."""
    before = pattern.text[:offset]
    rows = before.count("\n")
    column = offset - (before.rfind("\n") + 1) + 1
    return pattern.line + rows, column if rows else column + pattern.column - 1


def _clause(pattern: PatternText, start: int, name_at: int) -> Clause:
    arguments: list[Argument] = []
    name = ""
    for match in re.compile(_CLAUSE_WORD).finditer(pattern.text, name_at):
        word = match.group()
        if word == ")":
            if not name.endswith(("?", "!")):
                break
            return Clause(name, tuple(arguments), start, match.end())
        if not name and word.startswith("#"):
            name = word[1:]
        elif word.isspace() or word.startswith(";"):
            continue
        elif word.startswith('"') and len(word) > 1:
            arguments.append(Argument(unescaped(word[1:-1]), False, word))
        elif word.startswith("@") and len(word) > 1:
            arguments.append(Argument(word[1:], True, word))
        elif re.fullmatch(r"[\w.-]+", word):
            arguments.append(Argument(word, False, word))
        else:
            break
    line, column = place_of(pattern, name_at)
    raise CqError(f"{pattern.path}:{line}:{column}: cannot read this predicate", '(#eq? @name "text")')


def unescaped(text: str) -> str:
    """As the query language has it: \\n, \\r, \\t and \\0 are control characters, any other stands for itself."""
    if "\\" not in text:
        return text
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}.get(found[1], found[1]), text)


def _roots(text: str) -> frozenset[str]:
    """The kinds that begin the pattern: of an alternation, those of its alternatives."""
    found = re.match(r"\(*\s*\[", text)
    if found is None:
        return _kinds(re.match(r"\(+\s*([\w./-]+)", text))
    kinds: set[str] = set()
    depth = 0
    for token in _TOKEN.finditer(text, found.end()):
        word = token.group()
        if depth == 0 and word == "]":
            break
        if depth == 0 and not word.isspace() and word[0] not in ";@":
            kind = _kinds(re.compile(r"\(\s*([\w./-]+)").match(text, token.start()))
            if not kind:
                return frozenset()
            kinds |= kind
        depth += (word in "([") - (word in ")]")
    return frozenset(kinds)


def _kinds(found: re.Match[str] | None) -> frozenset[str]:
    # `_expression` is a supertype in older grammars, which do not list them.
    if found is None or found[1][0] == "_" or found[1] == "MISSING" or "/" in found[1]:
        return frozenset()
    return frozenset((found[1],))
