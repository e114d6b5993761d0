"""Keep the matches of one file through its edits: after each only what changed is queried again.

In go patterns, a tree, and what `ParseSession.reparse` says of each edit; out come matches as plain data, the same as
those of a full run on the new bytes. A match depends on what is below its root only, so it stays when no change
touches its root. Patterns of which that is not so are run on the whole file again, and so are all of them while the
file has a syntax error: the session says then that everything has changed.
"""

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tree_sitter import Language, Node, Tree

from cq.engine.execute import Tally, execute
from cq.engine.limits import MOST_MATCH_LIMIT, Limits, StoppedBy, Watch
from cq.engine.windows import ByteWindow, windows_around
from cq.grammar.edits import Edit, Span, covered
from cq.grammar.session import Reparsed
from cq.packs.pattern import PatternText, parts_of
from cq.packs.predicates import ScopesOf
from cq.packs.query import PackQuery, subtypes_of
from cq.settings import WINDOW_GAP_BYTES

_LIMITS = Limits(match_limit=MOST_MATCH_LIMIT)
_EVERYTHING = ByteWindow(0, 0xFFFFFFFF)
# Added to each pattern, so that a match says where its root is.
_ROOT = "cq.root"
# What these predicates ask of a node stands above it: a match may come and go with what is far away.
_ABOVE = ("has-ancestor?", "in-scope?", "qualified-name?")
# The engine keeps so many captures of a node: no room for one more of the root.
_MOST_CAPTURES = 3

_QUANTIFIER = re.compile(r'"(?:\\.|[^"\\\n])*"|;[^\n]*|([*+?])')
_KIND = re.compile(r"\(\s*([\w-]+)")
# Comments, then what bears on captures: brackets (and whether they open a node), a node without any, a capture.
_CAPTURED = re.compile(r';[^\n]*|(?P<open>[(\[])\s*(?P<node>[\w-])?|(?P<close>[)\]])|"(?:\\.|[^"\\])*"|@[\w.-]+')


class Capture(NamedTuple):
    """One node that a pattern captured."""

    name: str
    start_byte: int
    end_byte: int
    kind: str


class FileMatch(NamedTuple):
    """One match: the bytes of its root (of its captures where it has no one root), and what it captured there."""

    start_byte: int
    end_byte: int
    pattern: int
    captures: tuple[Capture, ...]  # in the order of the file


class Requeried(NamedTuple):
    """What it took to bring the matches up to date."""

    windows: int
    bytes: int
    whole_file: int  # patterns that were run on all of the file
    # By the watch: the rest waits. By the match limit: some matches are missing, and the next edit starts afresh.
    stopped_by: StoppedBy


# Start and end of the root, the pattern, and the captures with offsets from that start: to move a match is cheap.
_Found = tuple[int, int, int, tuple[tuple[int, int, str, str], ...]]


class RequeryPatterns:
    """Patterns compiled to be run again in parts: apart those whose matches may depend on all of the file."""

    def __init__(
        self,
        language: Language,
        patterns: Sequence[PatternText],
        separator: str = ".",
        scopes_of: ScopesOf | None = None,
    ) -> None:
        supertypes = frozenset(subtypes_of(language))
        beyond = [_looks_beyond(pattern, supertypes) for pattern in patterns]
        rooted = [
            pattern if out else pattern._replace(text=f"{pattern.text} @{_ROOT}")
            for pattern, out in zip(patterns, beyond, strict=True)
        ]
        self.local = PackQuery(language, rooted, separator, scopes_of)
        query = self.local.query
        self.whole_numbers = [
            number
            for number, out in enumerate(beyond)
            if out or not query.is_pattern_rooted(number) or query.is_pattern_non_local(number)
        ]
        for number in self.whole_numbers:
            query.disable_pattern(number)
        self.whole = PackQuery(language, [patterns[number] for number in self.whole_numbers], separator, scopes_of)


class FileMatches:
    """The matches of some patterns in one file. After each edit `edit` and, when it is time to know, `run`."""

    def __init__(self, patterns: RequeryPatterns, tree: Tree) -> None:
        self._patterns = patterns
        self._tree = tree
        self._local: list[_Found] = []  # sorted
        self._whole: list[_Found] = []
        # Spans in which nothing is known; no match that is kept touches one.
        self._queue: deque[Span] = deque([(0, tree.root_node.end_byte)])
        self._whole_waits = True
        self._is_incomplete = False

    def edit(self, reparsed: Reparsed) -> None:
        """Take over an edit: matches that it cannot have changed move along, the rest goes into the queue."""
        self._tree = reparsed.tree
        if not reparsed.changed:
            return
        changed: Iterable[Span] = reparsed.changed
        if self._is_incomplete:
            changed, self._is_incomplete = [(0, reparsed.tree.root_node.end_byte)], False
        waiting = (covered(span, reparsed.edits) for span in self._queue)
        self._queue = deque(windows_around(sorted((*waiting, *changed)), WINDOW_GAP_BYTES))
        self._local = _apart(_moved(self._local, reparsed.edits), self._queue)
        self._whole, self._whole_waits = [], True

    def run(self, watch: Watch | None = None) -> Requeried:
        """Query what is in the queue, span by span, for as long as the watch allows."""
        root = self._tree.root_node
        watch = watch or Watch()
        tally = Tally()
        size = 0
        # A byte more at each side: a root that ends where text was taken away touches the change as well.
        windows = [ByteWindow(max(0, start - 1), end + 1) for start, end in self._queue]
        for found in execute(self._patterns.local, root, windows, "intersection", _LIMITS, watch, tally):
            start, end = self._queue.popleft()
            size += min(end + 1, root.end_byte) - max(0, start - 1)
            rooted = {_rooted(*match) for match in found}
            _add(self._local, sorted(match for match in rooted if match[1] >= start and match[0] <= end))
        ran = tally.windows_run
        numbers = self._patterns.whole_numbers if self._whole_waits and not self._queue else []
        if numbers:
            for found in execute(self._patterns.whole, root, [_EVERYTHING], "intersection", _LIMITS, watch, tally):
                self._whole = sorted({_loose(numbers[number], captures) for number, captures in found})
                self._whole_waits = False
        self._is_incomplete = self._is_incomplete or tally.stopped_by == "match_limit"
        return Requeried(ran, size, len(numbers), tally.stopped_by)

    def matches(self) -> list[FileMatch]:
        """All matches in the order of the file. Of spans that are still in the queue there are none."""
        return [
            FileMatch(
                start, end, pattern, tuple(Capture(name, start + a, start + b, kind) for a, b, name, kind in captures)
            )
            for start, end, pattern, captures in sorted((*self._local, *self._whole))
        ]


def _looks_beyond(pattern: PatternText, supertypes: frozenset[str]) -> bool:
    parts = parts_of(pattern)
    return (
        any(clause.name.endswith(_ABOVE) for clause in parts.predicates)
        or _captures_of_root(parts.structure) >= _MOST_CAPTURES
        # With the root captured, the engine drops other duplicates of a match that captures nodes without text.
        or any(found[1] for found in _QUANTIFIER.finditer(parts.structure))
        # Whether a name is an expression is up to the rule above it, which no range of changes tells.
        or not supertypes.isdisjoint(_KIND.findall(parts.structure))
    )


def _captures_of_root(structure: str) -> int:
    """How many captures a root of the pattern has; those behind a group or alternation count for each node in it."""
    above: list[tuple[int, bool]] = []
    most = here = 0  # of the nodes side by side so far, and of the last of them
    for token in _CAPTURED.finditer(structure):
        text = token.group()
        if token["open"]:
            above.append((max(most, here), token["node"] is not None))
            most = here = 0
        elif token["close"] and above:
            within = max(most, here)
            most, is_node = above.pop()
            here = 0 if is_node else within
        elif text.startswith("@"):
            here += 1
        elif text.startswith('"'):
            most, here = max(most, here), 0
    return max(most, here)


def _rooted(pattern: int, captures: dict[str, list[Node]]) -> _Found:
    [root] = captures[_ROOT]
    start = root.start_byte
    nodes = sorted(
        (node.start_byte - start, node.end_byte - start, name, node.type)
        for name, named in captures.items()
        if name != _ROOT
        for node in named
    )
    return start, root.end_byte, pattern, tuple(nodes)


def _loose(pattern: int, captures: dict[str, list[Node]]) -> _Found:
    nodes = sorted((node.start_byte, node.end_byte, name, node.type) for name in captures for node in captures[name])
    start = nodes[0][0] if nodes else 0
    end = max((node[1] for node in nodes), default=0)
    return start, end, pattern, tuple((a - start, b - start, name, kind) for a, b, name, kind in nodes)


def _moved(matches: list[_Found], edits: Iterable[Edit]) -> list[_Found]:
    """The matches whose root touches no edit, where they stand now."""
    result: list[_Found] = []
    at = delta = 0
    for start, old_end, new_end in edits:
        behind = bisect_right(matches, old_end, at, key=_start)
        result += _by(delta, (match for match in matches[at:behind] if match[1] < start))
        at, delta = behind, delta + new_end - old_end
    result += _by(delta, matches[at:])
    return result


def _by(delta: int, matches: Iterable[_Found]) -> Iterable[_Found]:
    if not delta:
        return matches
    return [(start + delta, end + delta, pattern, captures) for start, end, pattern, captures in matches]


def _apart(matches: list[_Found], spans: Iterable[Span]) -> list[_Found]:
    """The matches whose root touches none of the spans."""
    result: list[_Found] = []
    at = 0
    for first, last in spans:
        behind = bisect_right(matches, last, at, key=_start)
        result += [match for match in matches[at:behind] if match[1] < first]
        at = behind
    result += matches[at:]
    return result


def _start(match: _Found) -> int:
    return match[0]


def _add(matches: list[_Found], found: list[_Found]) -> None:
    """Add matches that may be there already: a root may touch two spans."""
    new = [match for match in found if not _holds(matches, match)] if matches else found
    matches += new
    matches.sort()


def _holds(matches: list[_Found], match: _Found) -> bool:
    at = bisect_left(matches, match)
    return at < len(matches) and matches[at] == match
