"""The scopes around a node, by the patterns that open one: for predicates and for whoever asks of single nodes."""

from collections.abc import Iterable, Sequence

from tree_sitter import Language, Node

from cq.engine.execute import matches_at
from cq.errors import CqError
from cq.lanes.regions import region_of
from cq.packs.meaning import meaning_of
from cq.packs.pattern import PatternText, parts_of, place_of
from cq.packs.query import PackQuery


def check_scope_kinds(patterns: Iterable[PatternText], scoped: Iterable[PatternText]) -> None:
    """Raise CqError, with the place, for a `#cq-in-scope?` that asks for a kind of scope that the language has not."""
    kinds = {"module"}
    for pattern in scoped:
        parts = parts_of(pattern)
        if "cq.scope" in parts.settings:
            kinds.add(meaning_of(parts.settings, parts.captures).kind)
    for pattern in patterns:
        for clause in parts_of(pattern).predicates:
            for word in clause.arguments[1:]:
                if clause.name.endswith("in-scope?") and word.value not in kinds:
                    line, column = place_of(pattern, clause.start)
                    message = f"{pattern.path}:{line}:{column}: no scopes of kind {word.value!r} in this language"
                    raise CqError(message, f"one of: {', '.join(sorted(kinds))}")


class ScopeReader:
    """Finds scopes by the patterns with `cq.scope`. Owns a query, compiled when first asked."""

    def __init__(self, language: Language, patterns: Sequence[PatternText]) -> None:
        self._language = language
        self._patterns = [pattern for pattern in patterns if "cq.scope" in pattern.text]
        self._roots = frozenset().union(*(pattern.roots for pattern in self._patterns))
        self._pack: PackQuery | None = None

    def scopes_of(self, above: Sequence[Node], node: Node) -> list[tuple[str, str]]:
        """Kind and name of each scope among the nodes above a node, outermost first.

        The name of a scope does not stand in it: `Shelf` in `class Shelf` belongs to the module.
        """
        found = []
        for each in above:
            if each.type not in self._roots:
                continue
            if self._pack is None:
                self._pack = PackQuery(self._language, self._patterns)
            for index, captures in matches_at(self._pack, each):
                meaning = self._pack.meaning(index)
                owner = captures[meaning.owner][0]
                region = region_of(meaning, owner, captures)
                named = region.anchor is not None and region.anchor[0] <= node.start_byte < region.anchor[1]
                if owner == each and not (named and node != owner):
                    found.append((meaning.kind, region.name))
                    break
        return found
