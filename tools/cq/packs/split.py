"""Cut the text of a pack into its patterns, and refuse what is known to crash the query compiler."""

import re
from typing import NamedTuple

from cq.errors import CqError

_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|;[^\n]*|[()\[\]]|[^\s()\[\]";]+|\s+')
_PREDICATE = re.compile(r"#[\w.-]+[?]")
_DIRECTIVE = re.compile(r"#[\w.-]+!|#is(?:-not)?[?]")


class PatternText(NamedTuple):
    """One pattern as it is written, where it stands, and the node kinds that it can be rooted in."""

    path: str
    line: int  # 1-based
    text: str
    roots: frozenset[str]  # empty when any kind can be its root


def split_patterns(path: str, source: str) -> list[PatternText]:
    """The patterns of one pack, in order. Raises CqError for unbalanced brackets and unsafe predicate order."""
    patterns: list[PatternText] = []
    depth = 0
    start = -1
    line = start_line = 1
    end = 0
    for match in _TOKEN.finditer(source):
        token = match.group()
        if token in "([":
            if depth == 0:
                _close(patterns, path, start_line, source, start, end)
                start, start_line = match.start(), line
            depth += 1
        elif token in ")]":
            depth -= 1
            if depth < 0:
                raise CqError(f"{path}:{line}: a bracket too many")
            end = match.end()
        elif not token.isspace() and not token.startswith(";"):
            end = match.end()
        line += token.count("\n")
    if depth:
        raise CqError(f"{path}:{start_line}: a bracket is not closed")
    _close(patterns, path, start_line, source, start, end)
    return patterns


def _close(patterns: list[PatternText], path: str, line: int, source: str, start: int, end: int) -> None:
    if start < 0:
        return
    text = source[start:end]
    # py-tree-sitter 0.26.1 corrupts memory when a predicate stands before a directive in one pattern.
    directives = list(_DIRECTIVE.finditer(text))
    predicates = [m for m in _PREDICATE.finditer(text) if not m.group().startswith(("#is?", "#is-not?"))]
    if predicates and directives and predicates[0].start() < directives[-1].start():
        raise CqError(
            f"{path}:{line}: the predicate {predicates[0].group()} stands before a directive",
            "write (#set! ...) before predicates such as (#match? ...)",
        )
    patterns.append(PatternText(path, line, text, _roots(text)))


def _roots(text: str) -> frozenset[str]:
    """The kinds that begin the pattern: of an alternation, those of its alternatives."""
    found = re.match(r"\(*\s*\[", text)
    if found is None:
        return _kinds(re.match(r"\(+\s*([\w.-]+)", text))
    kinds: set[str] = set()
    depth = 0
    for token in _TOKEN.finditer(text, found.end()):
        word = token.group()
        if depth == 0 and word == "]":
            break
        if depth == 0 and not word.isspace() and word[0] not in ";@":
            kind = _kinds(re.compile(r"\(\s*([\w.-]+)").match(text, token.start()))
            if not kind:
                return frozenset()
            kinds |= kind
        depth += (word in "([") - (word in ")]")
    return frozenset(kinds)


def _kinds(found: re.Match[str] | None) -> frozenset[str]:
    return frozenset() if found is None or found.group(1) == "_" else frozenset((found.group(1),))
