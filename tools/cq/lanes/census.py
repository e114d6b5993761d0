"""What many names of a file are, in one walk: what indexing keeps, so that a search of one of them needs no parser.

It agrees with `Lane.classify`, or leaves a name out: what only a query, another tree or an error in the text can tell
is left to the lane. `tests/test_census.py` holds that. Of a string or comment it is kept from where to where names are
in it what they are: many names stand in a long one, and no row tells more of them.
"""

import sys
from array import array
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tree_sitter import Node

from cq.engine.execute import matches_at
from cq.lanes.automaton import FIELD_BITS, Automaton, Code, State
from cq.lanes.chains import follow
from cq.lanes.lane import Lane
from cq.lanes.regions import Span, region_of
from cq.packs.query import PackQuery

_TEXT = ("string", "comment")
_EXAMPLE: Code = ("doc-example", "")


class ScopeSpan(NamedTuple):
    """A scope with a name, in which some of the names stand."""

    start: int
    end: int
    name_start: int  # the name of the scope does not stand in it
    name_end: int
    label: str
    name: str


class Census(NamedTuple):
    """What is known of some of the names of one file."""

    starts: "array[int]"  # where a name stands, ascending
    codes: "array[int]"  # and its code by number
    texts: list[tuple[int, int, int]]  # from where to where all names have this code; ascending, apart from each other
    scopes: list[ScopeSpan]  # an outer one before those in it


class _Open(NamedTuple):
    """A scope that the walk is in."""

    depth: int
    name: Span
    kind: str
    position: int  # in the list of scopes; -1: it has no name


class _Scopes(NamedTuple):
    """The scopes of a file that the walk came by."""

    all: list[ScopeSpan]
    used: list[bool]  # whether a name stands in it
    open: list[_Open]


class CensusTaker:
    """Of one lane. Owns C objects: made once per process."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        self._automaton = Automaton(lane.language, lane.chains)
        self.codes = self._automaton.codes()
        self._code_numbers = {code: number for number, code in enumerate(self.codes)}
        self._scope_query: PackQuery | None = None
        # Label and name of a scope, by the texts they are made of: files repeat themselves.
        self._labels: dict[tuple[str | bytes | None, ...], tuple[str, str]] = {}

    def take(self, data: bytes, root: Node, places: Iterable[int]) -> Census | None:
        """What the names are that begin at these bytes (ascending); None: the lane has to be asked about the file.

        None of them may be a keyword.
        """
        automaton = self._automaton
        state = automaton.root(root.kind_id)
        if not automaton.knows_all or state.asks or root.has_error:
            return None
        starts, codes = array("I"), array("H")
        texts: list[tuple[int, int, int]] = []
        scopes = _Scopes([], [], [])
        open_scopes, used = scopes.open, scopes.used
        open_within: list[tuple[int, Span]] = []
        numbers = self._code_numbers
        cursor = root.walk()
        down, up, shift = cursor.goto_first_child_for_byte, cursor.goto_parent, FIELD_BITS
        # The way down to where the walk is: where each node ends, and its state.
        way: list[tuple[int, State]] = [(sys.maxsize, state)]
        push, pop = way.append, way.pop
        known_until = text_until = 0  # to where all is what the last name is
        for start in places:
            if start < text_until:
                continue
            if start >= known_until:
                if way[-1][0] <= start:
                    while way[-1][0] <= start:
                        up()
                        pop()
                    if open_scopes or open_within:
                        _leave(len(way), open_scopes, open_within)
                known_until, state = way[-1]
                node = None
                while down(start) is not None:
                    node = cursor.node
                    assert node is not None
                    child = node.kind_id << shift | (cursor.field_id or 0)
                    state = state.next.get(child) or automaton.step(state, child)
                    known_until = node.end_byte
                    push((known_until, state))
                    if state.is_plain:
                        continue
                    if state.asks:
                        break
                    if state.known.opens_within:
                        open_within.append((len(way), node.byte_range))
                    if (state.known.scope >= 0 or state.known.may_open) and not self._open(
                        state, node, len(way), scopes
                    ):
                        state = automaton.unknown
                        way[-1] = (known_until, state)
                        break
                if node is not None and node.start_byte > start:
                    # The byte lies between two children.
                    while node is not None and node.start_byte > start and len(way) > 1:
                        known_until = node.start_byte
                        up()
                        pop()
                        node = cursor.node
                    _leave(len(way), open_scopes, open_within)
                    state = way[-1][1]
            if state.asks:
                continue
            code = state.code
            if state.at:
                code = state.at.get(_kind_of_scope(open_scopes, start), code)
            if code[0] in _TEXT:
                # To the end of the leaf, and on from there.
                text_until = min(known_until, len(data))
                self._add_text(texts, data, (start, text_until), code, open_within)
                continue
            starts.append(start)
            codes.append(numbers[code])
            # With one those around it are noted, too.
            for each in reversed(open_scopes):
                if each.position >= 0:
                    if used[each.position]:
                        break
                    used[each.position] = True
        return Census(starts, codes, texts, [scope for scope, is_used in zip(scopes.all, used, strict=True) if is_used])

    def _add_text(
        self,
        texts: list[tuple[int, int, int]],
        data: bytes,
        span: Span,
        code: Code,
        open_within: Sequence[tuple[int, Span]],
    ) -> None:
        """Add what names are from here to there in a string or comment: examples are something else than the rest.

        What looks like a name in a format string is left to the lane.
        """
        start, end = span
        number = self._code_numbers[code]
        unknown: list[Span] = []
        if open_within:
            region = open_within[-1][1]
            if code[0] == "string":
                unknown = self._lane.injections.code_spans(data, region)
            if self._lane.examples.are_in(data):
                examples = self._lane.examples.examples(data, region)
                ours = [each for example in examples if example.ours for each in example.spans]
                for first, last in sorted(ours):
                    if start < last and first < end:
                        _add_apart(texts, start, first, number, unknown)
                        texts.append((max(start, first), min(last, end), self._code_numbers[_EXAMPLE]))
                        start = last
        _add_apart(texts, start, end, number, unknown)

    def _open(self, state: State, node: Node, depth: int, scopes: "_Scopes") -> bool:
        """Note the scope that a node opens, if it does; false when it opens two, of which only the lane knows."""
        known = state.known
        captures: dict[str, list[Node]] = {}
        meaning = None
        if known.scope >= 0:
            scope = self._automaton.scopes[known.scope]
            name = follow(node, scope.down) if scope.meaning.scope else None
            if name is not None:
                captures = {"name": [name]}
            if name is not None or not scope.meaning.scope:
                meaning = scope.meaning
        if known.may_open:
            if self._scope_query is None:
                self._scope_query = PackQuery(self._lane.language, self._automaton.scope_patterns)
            for index, matched in matches_at(self._scope_query, node):
                said = self._scope_query.meaning(index)
                if node in matched.get(said.owner, ()):
                    if meaning is not None:
                        return False
                    meaning, captures = said, matched
        if meaning is None:
            return True
        name_nodes = captures.get("name")
        if not meaning.scope or (name_nodes and self._lane.keywords.hold_name(name_nodes[0], meaning.kind)):
            scopes.open.append(_Open(depth, (0, 0), meaning.kind, -1))
            return True
        anchor = captures["name"][0].byte_range
        texts = (meaning.scope, *(captures[key][0].text if key in captures else None for key in ("name", "trait")))
        if texts not in self._labels:
            region = region_of(meaning, node, captures)
            self._labels[texts] = region.label, region.name
        scopes.open.append(_Open(depth, anchor, meaning.kind, len(scopes.all)))
        scopes.all.append(ScopeSpan(*node.byte_range, *anchor, *self._labels[texts]))
        scopes.used.append(False)
        return True


def _add_apart(texts: list[tuple[int, int, int]], start: int, end: int, number: int, unknown: Sequence[Span]) -> None:
    """Add a text without these spans of it."""
    for first, last in unknown:
        if first < end and last > start:
            if start < first:
                texts.append((start, first, number))
            start = max(start, last)
    if start < end:
        texts.append((start, end, number))


def _leave(depth: int, open_scopes: list[_Open], open_within: list[tuple[int, Span]]) -> None:
    """Forget the regions that are deeper than the walk is now."""
    while open_scopes and open_scopes[-1].depth > depth:
        open_scopes.pop()
    while open_within and open_within[-1][0] > depth:
        open_within.pop()


def _kind_of_scope(scopes: Sequence[_Open], start: int) -> str:
    """The kind of the innermost scope of which a name is not the name."""
    for scope in reversed(scopes):
        if not scope.name[0] <= start < scope.name[1]:
            return scope.kind
    return "module"
