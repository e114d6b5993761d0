"""Patterns compiled into one query, and what to say of those that do not compile."""

import functools
import re
from collections.abc import Sequence

from tree_sitter import Language, Node, Query, QueryCursor, QueryError

from cq.errors import CqError, nearest
from cq.packs.meaning import Meaning, meaning_of
from cq.packs.pattern import Parts, PatternText, compiled_text, parts_of, place_of
from cq.packs.predicates import PredicateCallback, ScopesOf, check_clauses, has_own
from cq.packs.size import matches_in_progress
from cq.resources import is_shipped
from cq.settings import QUERY_TEXT_LIMIT

Match = tuple[int, dict[str, list[Node]]]

_PLACE = re.compile(r"(?:at )?row (\d+)(?:, column (\d+))?(?:: (.*))?", re.DOTALL)


class PackQuery:
    """Patterns compiled into one query, with the meaning of each. Owns C objects: never pickled.

    With `keep`, nodes are made of these captures and of those that predicates ask about only: each node that is not
    made saves about a third of a match. Raises CqError, with file, line and column, for patterns that do not fit the
    language or use predicates wrongly.
    """

    def __init__(
        self,
        language: Language,
        patterns: Sequence[PatternText],
        separator: str = ".",
        scopes_of: ScopesOf | None = None,
        keep: frozenset[str] | None = None,
    ) -> None:
        self.patterns = patterns
        # What cq ships is checked by its tests; that costs as much as compiling it.
        strange = [pattern for pattern in patterns if not is_shipped(pattern.path)]
        for pattern in strange:
            check_clauses(pattern, lambda: known_kinds(language))
        self.most_in_progress = matches_in_progress(strange)  # beyond so many a cursor takes very long
        text = "\n".join(compiled_text(pattern, is_shipped(pattern.path)) for pattern in patterns)
        if len(text) > QUERY_TEXT_LIMIT:
            raise CqError(f"{len(text):,} characters of query together, at most {QUERY_TEXT_LIMIT:,}")
        try:
            self.query = Query(language, text)
        except QueryError as error:
            raise located(language, patterns, error) from error
        if self.query.pattern_count != len(patterns):
            raise CqError(f"{patterns[0].path}: cannot tell its patterns apart", "write one bracket for each pattern")
        if keep is not None:
            self._disable(keep)
        # A match of siblings without a node around them may begin before a window, and be found in it again, cut.
        self.may_be_split = all(
            self.query.is_pattern_rooted(index) and not self.query.is_pattern_non_local(index)
            for index in range(len(patterns))
        )
        self._meanings: list[Meaning | None] = [None] * len(patterns)
        self._callback: PredicateCallback | None = None
        if any(has_own(pattern, is_shipped(pattern.path)) for pattern in patterns):
            self._callback = PredicateCallback(subtypes_of(language), separator, scopes_of)

    def _disable(self, keep: frozenset[str]) -> None:
        asked = {
            argument.value
            for pattern in self.patterns
            for clause in parts_of(pattern).predicates
            for argument in clause.arguments
            if argument.is_capture
        }
        for name in [self.query.capture_name(number) for number in range(self.query.capture_count)]:
            if name not in keep and name not in asked:
                self.query.disable_capture(name)

    def matches(self, cursor: QueryCursor, node: Node, root: Node) -> list[Match]:
        """The matches of a cursor of this query at or below a node, in a tree with this root."""
        if self._callback is None:
            return cursor.matches(node)
        self._callback.begin(root)
        found = cursor.matches(node, self._callback)
        self._callback.end()
        return found

    def parts(self, index: int) -> Parts:
        """The pattern with this index, taken apart."""
        return parts_of(self.patterns[index])

    def meaning(self, index: int) -> Meaning:
        """The meaning of the pattern with this index."""
        known = self._meanings[index]
        if known is None:
            parts = self.parts(index)
            known = self._meanings[index] = meaning_of(parts.settings, parts.captures)
        return known


def subtypes_of(language: Language) -> dict[str, frozenset[str]]:
    """The kinds that each supertype of a language stands for, at any number of steps."""
    name_of = language.node_kind_for_id
    below = {
        name_of(kind) or "": {name_of(each) or "" for each in language.subtypes(kind)} for kind in language.supertypes
    }
    for known in below.values():
        while more := {kind for each in known & below.keys() for kind in below[each]} - known:
            known |= more
    return {name: frozenset(known) for name, known in below.items()}


def located(language: Language, patterns: Sequence[PatternText], error: QueryError) -> CqError:
    """What is wrong, where, and what may have been meant."""
    for pattern in patterns:
        try:
            # Alone, and with every position as it is in the pack.
            Query(language, parts_of(pattern).structure)
        except QueryError as own:
            return _explained(language, pattern, str(own))
    return CqError(f"{patterns[0].path}: {error}" if patterns else str(error))


def _explained(language: Language, pattern: PatternText, message: str) -> CqError:
    found = _PLACE.search(message)
    if found is None or found[2] is None:
        return CqError(f"{pattern.path}:{pattern.line}:{pattern.column}: {message}")
    row, byte, word = int(found[1]), int(found[2]), found[3] or ""
    lines = pattern.text.split("\n")
    before = lines[row].encode()[:byte].decode("utf-8", "replace")
    line, column = place_of(pattern, sum(len(text) + 1 for text in lines[:row]) + len(before))
    hint = None
    grammar = f"the grammar of {language.name}" if language.name else "this grammar"
    if message.startswith("Invalid node type"):
        what, hint = f"no node kind {word!r} in {grammar}", nearest(word, known_kinds(language), 0.5)
    elif message.startswith("Invalid field name"):
        what, hint = f"no field {word!r} in {grammar}", nearest(word, _fields(language), 0.5)
    elif message.startswith("Impossible pattern"):
        what, hint = "this can never match", "the grammar does not put this kind or field there"
    else:
        what = message[: found.start()].strip().lower() or message
        if re.search(r"\(\s*\w+\s+\w+\s+\(", pattern.text):
            hint = "a field is written with a colon: (call function: (identifier) @f)"
    caret = f"\n  {lines[row]}\n  {' ' * len(before)}^"
    return CqError(f"{pattern.path}:{line}:{column}: {what}{caret}", hint or None)


@functools.cache
def known_kinds(language: Language) -> frozenset[str]:
    """The named kinds and the supertypes of a language."""
    ids = range(language.node_kind_count)
    named = {language.node_kind_for_id(each) or "" for each in ids if language.node_kind_is_named(each)}
    return frozenset(named | subtypes_of(language).keys() | {"ERROR"}) - {""}


def _fields(language: Language) -> set[str]:
    return {language.field_name_for_id(each) or "" for each in range(1, language.field_count + 1)} - {""}
