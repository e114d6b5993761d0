"""The files of a project as the neighborhood reads them: parsed, with each name judged and each line at hand."""

import re
from collections import OrderedDict
from collections.abc import Callable, Sequence

from tree_sitter import Tree

from cq.engine.execute import matches_in
from cq.engine.limits import is_over
from cq.lanes.definitions import Definition, definition_at, definitions_of
from cq.lanes.facts import FactReader
from cq.lanes.injected_hits import Injected
from cq.lanes.lane import Lane
from cq.lanes.lanes import Lanes
from cq.lanes.lines import Lines
from cq.lanes.regions import Region, Span
from cq.lanes.table import LanguageEntry
from cq.lanes.verdict import Verdict
from cq.packs.query import PackQuery
from cq.settings import PARSE_LIMIT_BYTES
from cq.symbols.project import Project

_TOP = 3  # levels of a tree down to the names of definitions at the top of a file, decorated ones, too
_KEPT_TREES = 1_000
_KEPT_BYTES = 2_500_000  # of source: a tree takes many times as much
_WORD = re.compile(rb"[A-Za-z_\x80-\xff][\w\x80-\xff]*")
_IMPORTS: dict[str, PackQuery] = {}  # of each language, compiled when first asked for


class Source:
    """One parsed file."""

    def __init__(self, path: str, data: bytes, lane: Lane, facts: FactReader, tree: Tree) -> None:
        self.path = path
        self.data = data
        self.lane = lane
        self.lane_facts = facts
        self.tree = tree
        self.lines = Lines(data)
        self._definitions: tuple[Definition, ...] | None = None
        self._by_place: dict[int, Definition] | None = None
        self._single: dict[int, Definition | None] = {}  # those asked for while not all are known

    @property
    def entry(self) -> LanguageEntry:
        """What the table says of the language."""
        return self.lane.entry

    def verdicts(self, hits: Sequence[Span], injected: Injected = "code") -> list[Verdict]:
        """What each name (byte spans, sorted) is."""
        return self.lane.classify(self.data, self.tree.root_node, hits, injected)

    def definitions(self) -> tuple[Definition, ...]:
        """The definitions of the file."""
        if self._definitions is None:
            self._definitions = tuple(definitions_of(self.lane, self.data, self.tree.root_node))
        return self._definitions

    def outer_definitions(self) -> tuple[Definition, ...]:
        """The definitions at the top of the file, or all where there is none: those within are most of the work."""
        if self._definitions is None:
            found = tuple(definitions_of(self.lane, self.data, self.tree.root_node, _TOP))
            if found:
                return found
        return self.definitions()

    def definition_at(self, start_byte: int) -> Definition | None:
        """The definition whose name begins at a byte."""
        if self._by_place is None and self._definitions is None and not self.lane.entry.name_marks:
            if start_byte not in self._single:
                word = _WORD.match(self.data, start_byte)
                root = self.tree.root_node
                self._single[start_byte] = definition_at(self.lane, self.data, root, word.span()) if word else None
            if self._single[start_byte] is not None:
                return self._single[start_byte]
        if self._by_place is None:
            self._by_place = {each.name_span[0]: each for each in reversed(self.definitions())}
        return self._by_place.get(start_byte)

    def imports(self) -> list[tuple[Span, Verdict]]:
        """The names in the imports of the file, in order."""
        language = self.lane.name
        if language not in _IMPORTS:
            _IMPORTS[language] = PackQuery(self.lane.language, self.lane.packs.patterns(language, "imports"))
        names: set[Span] = set()
        for _, captures in matches_in(_IMPORTS[language], self.tree.root_node, [(0, len(self.data))]):
            names.update(node.byte_range for node in captures.get("name", ()))
            for whole in captures.get("within.import", ()):
                names.update(found.span() for found in _WORD.finditer(self.data, *whole.byte_range))
        hits = sorted(names)
        return [pair for pair in zip(hits, self.verdicts(hits), strict=True) if pair[1].role == "import"]

    def text(self, start: int, end: int) -> str:
        """The text between two bytes."""
        return self.data[start:end].decode("utf-8", "replace")


class Sources:
    """The files asked for last."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.lanes = Lanes(project.table)
        self._kept: OrderedDict[str, Source | None] = OrderedDict()
        self._kept_bytes = 0
        self.parsed = 0
        # Called at each file that is looked through, between two steps of resolution: it may raise to end a question.
        self.at_file: Callable[[], object] = lambda: None
        self.ends_at: float | None = None  # as time.time() has it: no further file is looked through then
        self._looked_through: set[str] = set()
        self._left: dict[str, None] = {}

    def is_left(self, path: str) -> bool:
        """Whether there is no time to look a file through; to be asked before. One file at least is."""
        if self._looked_through and is_over(self.ends_at):
            self._left[path] = None
            return True
        self._looked_through.add(path)
        return False

    def leave(self, path: str) -> None:
        """Say that a file is not looked through."""
        self._left[path] = None

    def take_left(self) -> tuple[str, ...]:
        """The files that were not looked through until now, which are forgotten with that."""
        found = tuple(self._left)
        self._left.clear()
        return found

    def begin(self) -> None:
        """A new question: no file is looked through yet."""
        self._looked_through.clear()
        self._left.clear()

    @property
    def left(self) -> tuple[str, ...]:
        """The files that were to be looked through when there was no time: an answer may lack what is in them."""
        return tuple(self._left)

    @property
    def to_look_through(self) -> int:
        """How many files the question is known to need."""
        return len(self._looked_through | self._left.keys())

    def of(self, path: str) -> Source | None:
        """A file; None when it cannot be read, is too large, or has no language."""
        if path in self._kept:
            self._kept.move_to_end(path)
            return self._kept[path]
        data = self.project.read(path)
        language = self.project.table.by_path(path)
        made = None
        if data is not None and language and len(data) <= PARSE_LIMIT_BYTES:
            lane = self.lanes.lane(language)
            parsed = self.project.trees.of(path, lane.language)
            if parsed is not None:
                tree = parsed[0]
                if lane.entry.fallback and tree.root_node.has_error:
                    # The other language may fit the file better: `.h` is of two.
                    lane, tree = self.lanes.parsed(language, data) or (lane, tree)
                made = Source(path, data, lane, self.lanes.facts(lane.name), tree)
                self.parsed += 1
        self._kept[path] = made
        self._kept_bytes += len(made.data) if made is not None else 0
        while len(self._kept) > _KEPT_TREES or (self._kept_bytes > _KEPT_BYTES and len(self._kept) > 1):
            _, dropped = self._kept.popitem(last=False)
            self._kept_bytes -= len(dropped.data) if dropped is not None else 0
        return made


_RUNS = frozenset({"function", "method"})


def innermost(verdict: Verdict, at: int, kinds: frozenset[str]) -> Region | None:
    """The innermost named scope of these kinds around a name at a byte."""
    for region in reversed(verdict.regions):
        if region.anchor is None or not region.meaning.scope or region.meaning.kind not in kinds:
            continue
        if not region.anchor[0] <= at < region.anchor[1]:
            return region
    return None


def runner(verdict: Verdict, at: int) -> Region | None:
    """The function whose body (or head) a name stands in; None: the module runs it."""
    return innermost(verdict, at, _RUNS)
