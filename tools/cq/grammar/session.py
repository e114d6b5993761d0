"""A parse session: the trees of one run, kept by content, and incremental re-parses from them.

In go bytes; out come trees, and for a re-parse the spans of the new bytes in which the trees differ. A tree depends on
the bytes only, never on the edits that led to them. Callers must not edit the trees that they are given.
"""

from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple

from tree_sitter import Language, Tree

from cq.digest import blake2b
from cq.errors import CqError
from cq.grammar.edits import Edit, Span, check_edits_turn, edited_copy, edits_between, joined, new_spans
from cq.grammar.parse import parse_again, parse_text

# Of source: the trees take ten to twenty times as much.
_KEPT_BYTES = 8_000_000


class SessionStatistics(NamedTuple):
    """What a session did so far."""

    entries: int  # trees kept now
    hits: int  # trees that were asked for by content, and were kept
    misses: int  # and were not
    parses: int  # of whole files
    reparses: int  # from an earlier tree
    failed_edits: int  # lists of edits that did not lead from the old bytes to the new ones


class Reparsed(NamedTuple):
    """The tree of the new bytes, and how it differs from the tree of the old ones."""

    tree: Tree
    changed: tuple[Span, ...]  # of the new bytes, in order, apart from each other; an empty span where text went away
    edits: tuple[Edit, ...]  # that lead from the old bytes to the new ones


class _Kept(NamedTuple):
    tree: Tree
    text: bytes  # that the tree is of: not quite the file's bytes when those are no UTF-8


class ParseSession:
    """The trees of files in one language, those used least recently let go beyond so many bytes of source."""

    def __init__(self, language: Language, max_bytes: int = _KEPT_BYTES) -> None:
        self.language = language
        self._max_bytes = max_bytes
        self._kept: OrderedDict[bytes, _Kept] = OrderedDict()
        self._bytes = 0
        self._hits = self._misses = self._parses = self._reparses = self._failed_edits = 0

    @property
    def statistics(self) -> SessionStatistics:
        """What the session did so far."""
        return SessionStatistics(
            len(self._kept), self._hits, self._misses, self._parses, self._reparses, self._failed_edits
        )

    def parse(self, data: bytes) -> Tree:
        """The tree of a whole file, as `parse` makes it."""
        key = _key(data)
        kept = self._look_up(key)
        return (kept or self._keep(key, self._parse(data))).tree

    def reparse(self, old_data: bytes, new_data: bytes, edits: Sequence[Edit] | None = None) -> Reparsed:
        """The tree of the new bytes, made from the tree of the old ones where that is kept.

        Without edits the bytes are compared. Edits that do not lead from old to new are counted, and not used.
        """
        if edits is not None:
            try:
                check_edits_turn(edits, old_data, new_data)
            except CqError:
                self._failed_edits += 1
                return self._all_changed(old_data, new_data)
        if old_data == new_data:
            return Reparsed(self.parse(new_data), (), ())
        if edits is None:
            edits = edits_between(old_data, new_data)
        old = self._look_up(_key(old_data))
        if old is None:
            return self._all_changed(old_data, new_data)
        edited = edited_copy(old.tree, old_data, new_data, edits) if old.text == old_data else None
        key = _key(new_data)
        new = self._look_up(key)
        if new is None:
            new = self._keep(key, self._parse_again(edited, new_data))
        if edited is None or new.text != new_data:
            edits = edits_between(old.text, new.text)
            edited = edited_copy(old.tree, old.text, new.text, edits)
        if old.text == new.text:
            return Reparsed(new.tree, (), ())
        if old.tree.root_node.has_error or new.tree.root_node.has_error:
            # Recovery adds and drops nodes without text far from the edit, which no range tells.
            return Reparsed(new.tree, ((0, len(new.text)),), tuple(edits))
        ranges = [(each.start_byte, each.end_byte) for each in edited.changed_ranges(new.tree)]
        # The edits as well: a name in place of another changes nothing in the structure.
        spans = [(_reach(new.tree, new.text, start), end) for start, end in joined((*ranges, *new_spans(edits)))]
        return Reparsed(new.tree, joined(spans), tuple(edits))

    def _all_changed(self, old_data: bytes, new_data: bytes) -> Reparsed:
        whole = Edit(0, len(old_data), len(new_data))
        return Reparsed(self.parse(new_data), ((0, len(new_data)),), (whole,))

    def _parse(self, data: bytes) -> _Kept:
        self._parses += 1
        return _Kept(*parse_text(self.language, data))

    def _parse_again(self, edited: Tree | None, new_data: bytes) -> _Kept:
        if edited is None:
            return self._parse(new_data)
        self._reparses += 1
        tree = parse_again(self.language, new_data, edited)
        # How the parser recovers from an error depends on what it could take over: of 150,000 random edits that left
        # an error, 70 gave another tree than a full parse does; of 64,000 others none.
        return self._parse(new_data) if tree.root_node.has_error else _Kept(tree, new_data)

    def _look_up(self, key: bytes) -> _Kept | None:
        kept = self._kept.get(key)
        if kept is None:
            self._misses += 1
            return None
        self._hits += 1
        self._kept.move_to_end(key)
        return kept

    def _keep(self, key: bytes, kept: _Kept) -> _Kept:
        if len(kept.text) <= self._max_bytes:
            self._kept[key] = kept
            self._bytes += len(kept.text)
            while self._bytes > self._max_bytes:
                self._bytes -= len(self._kept.popitem(last=False)[1].text)
        return kept


def _key(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


def _reach(tree: Tree, text: bytes, start: int) -> int:
    """The end of the last token before a change: nodes without text may come and go there, which no range tells."""
    while start:
        if text[start - 1 : start].isspace():
            start -= 1
            continue
        node = tree.root_node.descendant_for_byte_range(start - 1, start)
        # A comment may have nodes of its own.
        for _ in range(3):
            if node is None or node.is_extra:
                break
            node = node.parent
        if node is None or not node.is_extra or node.start_byte >= start:
            break
        start = node.start_byte
    return start
