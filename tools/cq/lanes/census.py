"""What many names of a file are, in one walk: what indexing keeps, so that a search of one of them needs no parser.

It agrees with `Lane.classify`, or leaves a name out: what only a query, another tree or an error in the text can tell
is left to the lane. `tests/test_census.py` holds that.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import itemgetter
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
    """What is known of the names of one file."""

    places: list[tuple[int, int]]  # where a name stands, and its code by number; ascending
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

    def take(self, data: bytes, root: Node, starts: Iterable[int]) -> Census | None:
        """What the names that begin at these bytes (ascending) are; None: the lane has to be asked about the file."""
        automaton = self._automaton
        if not automaton.knows_all or root.has_error:
            return None
        places: list[tuple[int, int]] = []
        scopes = _Scopes([], [], [])
        open_within: list[tuple[int, Span]] = []
        numbers = self._code_numbers
        keywords = self._lane.keywords
        cursor = root.walk()
        down, up = cursor.goto_first_child_for_byte, cursor.goto_parent
        state = automaton.root(root.kind_id)
        # The way down to where the walk is: where each node ends, its state, and itself.
        way: list[tuple[int, State, Node]] = [(root.end_byte, state, root)]
        push, pop = way.append, way.pop
        leaf_end = 0  # of the leaf that the last name stands in: a long text has many
        for start in starts:
            if start >= leaf_end:
                if way[-1][0] <= start and len(way) > 1:
                    while way[-1][0] <= start and len(way) > 1:
                        up()
                        pop()
                    _leave(len(way), scopes.open, open_within)
                state = way[-1][1]
                while not state.asks and down(start) is not None:
                    node = cursor.node
                    assert node is not None
                    kind, field = node.kind_id, cursor.field_id or 0
                    below = state.next.get(kind << FIELD_BITS | field)
                    state = automaton.step(state, kind, field) if below is None else below
                    push((node.end_byte, state, node))
                    if state.opens:
                        if state.known.opens_within:
                            open_within.append((len(way), node.byte_range))
                        self._open(state, node, len(way), scopes)
                leaf_end = way[-1][0]
                if way[-1][2].start_byte > start and len(way) > 1:
                    while way[-1][2].start_byte > start and len(way) > 1:
                        up()  # the byte lies between two children
                        pop()
                    _leave(len(way), scopes.open, open_within)
                    state = way[-1][1]
                    leaf_end = 0
            if state.asks:
                continue
            code = state.code
            if state.at:
                code = state.at.get(_kind_of_scope(scopes.open, start), code)
            if code[0] in _TEXT and open_within:
                region = open_within[-1][1]
                if self._is_example(data, region, start):
                    code = _EXAMPLE
                elif code[0] == "string" and self._lane.injections.may_be_code(data, region, start):
                    continue
            if keywords and keywords.begin(data, start):
                continue
            places.append((start, numbers[code]))
            # With one those around it are noted, too.
            for each in reversed(scopes.open):
                if each.position >= 0:
                    if scopes.used[each.position]:
                        break
                    scopes.used[each.position] = True
        return Census(places, [scope for scope, used in zip(scopes.all, scopes.used, strict=True) if used])

    def _is_example(self, data: bytes, region: Span, start: int) -> bool:
        """Whether the byte at `start` belongs to an example in the language of the file."""
        examples = self._lane.examples.examples(data, region)
        if not examples:
            return False
        if len(examples) > 1:
            example = self._lane.examples.example_at(data, region, start)
            return example is not None and example.ours
        spans = examples[0].spans
        at = bisect_right(spans, start, key=itemgetter(0)) - 1
        return at >= 0 and start < spans[at][1] and examples[0].ours

    def _open(self, state: State, node: Node, depth: int, scopes: "_Scopes") -> None:
        """Note the scope that a node opens, if it does."""
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
                    meaning, captures = said, matched
        if meaning is None:
            return
        name_nodes = captures.get("name")
        if not meaning.scope or (name_nodes and self._lane.keywords.hold_name(name_nodes[0], meaning.kind)):
            scopes.open.append(_Open(depth, (0, 0), meaning.kind, -1))
            return
        region = region_of(meaning, node, captures)
        assert region.anchor is not None
        scopes.open.append(_Open(depth, region.anchor, meaning.kind, len(scopes.all)))
        scopes.all.append(ScopeSpan(region.start, -region.minus_end, *region.anchor, region.label, region.name))
        scopes.used.append(False)


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
