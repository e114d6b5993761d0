"""What a pattern asks of the query compiler and of a cursor, and the patterns at which either never ends.

tree-sitter 0.26 compiles some patterns for ever, drops what goes beyond a fixed size without a word, and makes a match
in progress of each combination of siblings that may stand anywhere. Each rule here was found by fuzzing
(`tests/test_query_fuzz.py` keeps the cases) or in the C source.
"""

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from cq.errors import CqError
from cq.packs.pattern import PatternText, parts_of, place_of

# What one query may ask of the compiler together: its step numbers have 16 bits, and its time grows with all of these.
_MOST_PATTERNS = 2_000
_MOST_STEPS = 16_000
_MOST_CAPTURES = 2_000
_MOST_ARGUMENTS = 10_000
_MOST_QUANTIFIERS = 50  # of one pattern
_MOST_SPREAD = 3  # of one pattern: `(a (b) @x (c) @y)` has 1
# Siblings that are free to stand anywhere make a match in progress of each combination, and each is compared with each
# at every node: so many at most, by the spread of the pattern.
_IN_PROGRESS = (16_384, 512, 128, 64)
_IN_PROGRESS_REPEATED = 8  # when two such siblings are repeated


class Size(NamedTuple):
    """What a pattern asks of the query compiler and of a cursor."""

    steps: int  # at most so many
    quantifiers: int
    spread: int  # captured siblings that are free to stand anywhere behind each other, less one per row of siblings
    repeated: int  # how many of these are repeated


class _Bracket:
    """An open bracket of a structure, or the whole: what is known of it so far."""

    def __init__(self, kind: str, at: int) -> None:
        self.at = at
        self.kind = kind  # "(" until it is known to be a "node" or a "group"; "["
        self.empty = kind != "["  # whether what it holds can match nothing
        self.loose = self.repeated = 0
        self.captured = self.anchored = False
        self.hollow = False  # whether the first node in it begins with a child that can be nothing
        self.wild = False  # whether a `_` is in it
        self.free = False  # whether a node in it has a captured child that can be any of several
        self.field = ""
        self.fields: set[str] = set()
        self.children = self.negated = 0
        self.names = 0  # captures that the query compiler puts on the first node within


_FINE = r'"(?:\\.|[^"\\\n])*"|;[^\n]*|@[\w.-]+|(?:(?!_)[\w-])[\w.-]*\s*:|[\w-][\w.-]*|\s+|.'
_CAPTURES_OF_A_NODE = 3  # MAX_STEP_CAPTURE_COUNT: further ones would be dropped without a word
_NEGATED_FIELDS = 8  # MAX_NEGATED_FIELD_COUNT: likewise


@functools.lru_cache(maxsize=4096)
def size_of(pattern: PatternText) -> Size:
    """The size of a pattern. Raises CqError for what the query compiler does not refuse, but never ends at or drops."""
    structure = parts_of(pattern).structure
    steps, quantifiers, spread, repeated = 1, 0, 0, 0
    open_brackets = [_Bracket("group", 0)]
    element: _Bracket | None = None  # the last one that is complete, but for the suffixes that follow it
    suffixes = ""

    def refuse(at: int, message: str, hint: str) -> CqError:
        line, column = place_of(pattern, at)
        return CqError(f"{pattern.path}:{line}:{column}: {message}", hint)

    def finish() -> None:
        nonlocal element, suffixes
        if element is None:
            return
        parent = open_brackets[-1]
        if element.empty and suffixes and not suffixes.strip("+"):
            # The compiler links such a repetition to itself, and follows the links for ever.
            raise refuse(element.at, "a repetition of what can be nothing", "write * in place of the last +")
        if element.hollow and suffixes.strip("?") and all(above.kind != "node" for above in open_brackets):
            # Of a wildcard (and of a supertype) at the root the compiler takes the first child in its place, and again
            # links the repetition to itself.
            raise refuse(element.at, "a repetition of a pattern whose first child can be nothing", "(_ . (a)? (b))*")
        can_be_nothing = element.empty or "*" in suffixes or "?" in suffixes
        parent.empty = parent.empty or can_be_nothing if parent.kind == "[" else parent.empty and can_be_nothing
        if element.names > _CAPTURES_OF_A_NODE:
            raise refuse(element.at, f"more than {_CAPTURES_OF_A_NODE} captures of one node", "capture it once")
        if parent.kind == "[" or not parent.children:
            parent.names = max(parent.names, element.names)
        loose = max(element.loose, 1) if element.captured else 0
        if element.anchored or (element.field and element.field not in parent.fields):
            loose = 0
        many = element.repeated + bool(loose and suffixes.strip("?"))
        if parent.kind == "[":
            parent.loose, parent.repeated = max(parent.loose, loose), max(parent.repeated, many)
        else:
            parent.loose, parent.repeated = parent.loose + loose, parent.repeated + many
        if element.free and element.wild and suffixes.strip("?"):
            parent.repeated += 2
        if parent.kind != "node":
            parent.hollow = parent.hollow or element.hollow
        elif not parent.children:
            parent.hollow = can_be_nothing
        parent.wild, parent.free = parent.wild or element.wild, parent.free or element.free
        parent.captured = parent.captured or element.captured
        parent.fields.add(element.field)
        parent.children += 1
        element, suffixes = None, ""

    field = ""
    anchored = False
    for match in re.finditer(_FINE, structure, re.DOTALL):
        word, at = match.group(), match.start()
        if word.isspace() or word[0] == ";":
            continue
        if element is not None and word in ("+", "*", "?"):
            suffixes += word
            quantifiers += 1
            steps += 3
            continue
        if element is not None and word[0] == "@":
            element.captured = True
            element.names += 1
            continue
        finish()
        top = open_brackets[-1]
        if top.kind == "(":
            top.kind = "group" if word in ("(", "[") or word[0] == '"' else "node"
            if top.kind == "node" and word not in (")", "]"):
                top.empty, top.wild = False, word == "_"
                continue
        if word in ("(", "["):
            bracket = _Bracket(word, at)
            bracket.field, bracket.anchored, field, anchored = field, anchored, "", False
            open_brackets.append(bracket)
            steps += 2
        elif word in (")", "]"):
            element = open_brackets.pop()
            if element.kind in ("(", "node"):
                element.free = element.free or element.loose > 0
                spread += max(element.loose - 1, 0)
                repeated = max(repeated, element.repeated)
                element.empty, element.loose, element.repeated, element.names = False, 0, 0, 0
            field, anchored = "", False
        elif word == ".":
            anchored = True
        elif word[-1] == ":":
            field = word[:-1].strip()
        elif word == "!":
            top.negated += 1
            if top.negated > _NEGATED_FIELDS:
                raise refuse(at, f"more than {_NEGATED_FIELDS} fields that are not to be there", "(call !arguments)")
        elif word[0] in '"_':
            steps += 2 * len(word) if word[0] == "_" else 2
            element = _Bracket("leaf", at)
            element.wild = word[0] == "_"
            element.empty, element.field, element.anchored, field, anchored = False, field, anchored, "", False
    finish()
    if not open_brackets[0].children:
        raise refuse(0, "a pattern without a node", '((identifier) @name (#eq? @name "text"))')
    spread += max(open_brackets[0].loose - 1, 0)
    repeated = max(repeated, open_brackets[0].repeated)
    return Size(steps, quantifiers, spread, repeated)


def matches_in_progress(patterns: Sequence[PatternText]) -> int:
    """How many matches may be in progress. Raises CqError for what would take the compiler too long or overflow it."""
    sizes = [size_of(pattern) for pattern in patterns]
    for pattern, size in zip(patterns, sizes, strict=True):
        for count, most, what in (
            (size.quantifiers, _MOST_QUANTIFIERS, "quantifiers in one pattern"),
            (size.spread, _MOST_SPREAD, "captured siblings of which none has a field or an anchor"),
        ):
            if count > most:
                raise CqError(f"{pattern.path}:{pattern.line}:{pattern.column}: more than {most} {what}")
    parts = [parts_of(pattern) for pattern in patterns]
    for count, most, what in (
        (len(patterns), _MOST_PATTERNS, "patterns"),
        (sum(size.steps for size in sizes), _MOST_STEPS, "nodes and quantifiers"),
        (len({name for part in parts for name in part.captures}), _MOST_CAPTURES, "different captures"),
        (sum(len(clause.arguments) for part in parts for clause in part.predicates), _MOST_ARGUMENTS, "values"),
    ):
        if count > most:
            raise CqError(f"{patterns[0].path}: {count:,} {what} in one query, at most {most:,}", "cut it into several")
    if any(size.repeated > 1 for size in sizes):
        return _IN_PROGRESS_REPEATED
    return _IN_PROGRESS[max((size.spread for size in sizes), default=0)]
