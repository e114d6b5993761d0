"""One language end to end: walk down to each hit, ask the packs what it is, one verdict per hit."""

from collections.abc import Callable, Sequence

from tree_sitter import Language, Node, Tree

from cq.engine.execute import Tally, matches_in
from cq.grammar.flat import pieces_of
from cq.grammar.language import load_language
from cq.grammar.parse import parse, parse_region
from cq.lanes.chains import ChainTable
from cq.lanes.doc_examples import DocExamples
from cq.lanes.injected_hits import Injected, InjectedHits
from cq.lanes.injections import InjectionReader
from cq.lanes.keywords import Keywords
from cq.lanes.queried import QueriedPatterns
from cq.lanes.regions import Around, Region, Span, around_of, region_of
from cq.lanes.table import LaneTable, LanguageEntry
from cq.lanes.verdict import Verdict
from cq.lanes.walk import Found, Walker
from cq.packs.predicates import check_clauses
from cq.packs.query import PackQuery
from cq.packs.source import PackSource
from cq.resources import is_shipped
from cq.settings import DEEPEST, EMBED_DEPTH, MOST_REGIONS

# Which packs tell the role of a name. The order matters: of two patterns that give one name the same
# role, the later one names its kind.
ROLE_PACKS = ("imports", "calls", "references", "definitions", "structure")


LaneOf = Callable[[str], "Lane | None"]


class Lane:
    """The parser and the packs of one language. Owns C objects: made once per process, never pickled."""

    def __init__(self, name: str, table: LaneTable, lane_of: LaneOf | None = None) -> None:
        self.name = name
        self.entry: LanguageEntry = table.languages[name]
        self.packs: PackSource = table.packs
        packs = table.packs
        self.language: Language = load_language(self.entry.grammar)
        patterns = [pattern for pack in ROLE_PACKS for pattern in packs.patterns(name, pack)]
        # Chains are never compiled, which is where the patterns of others are checked.
        for pattern in patterns:
            if not is_shipped(pattern.path):
                check_clauses(pattern)
        self.chains = chains = ChainTable(self.language, list(enumerate(patterns)))
        self.keywords = Keywords(self.entry)
        self._walker = Walker(chains, self.keywords)
        self._queried = QueriedPatterns(self.language, chains.rest)
        self._injected = InjectedHits(self, table, lane_of or (lambda language: self if language == name else None))
        self._outline: PackQuery | None = None
        self._scopes: PackQuery | None = None

    def parse(self, data: bytes) -> Tree:
        """The tree of a whole file."""
        return parse(self.language, data)

    def take_tally(self) -> Tally:
        """What the patterns that are no chains came to since the last time."""
        tally, self._queried.tally = self._queried.tally, Tally()
        return tally

    @property
    def examples(self) -> DocExamples:
        """The rules for examples in documentation."""
        return self._injected.examples

    @property
    def injections(self) -> InjectionReader:
        """What the injections pack finds."""
        return self._injected.reader

    def classify(
        self, data: bytes, root: Node, hits: Sequence[Span], injected: Injected = "code", depth: int = 0
    ) -> list[Verdict]:
        """One verdict for each hit (sorted, half-open byte spans), in the same order."""
        places = self._walker.places(root, hits)
        self._queried.compile_for(self._walker.kinds)
        found, regions = self._queried.run(root, hits, [place.near for place in places])
        regions = self.keywords.unnamed(data, regions)
        verdicts: list[Verdict] = []
        embedded: dict[int, tuple[Span, ...]] = {}
        within: list[Span | None] = []
        # Regions nest and hits come in order, so those around a hit are a stack: no hit looks at all of them.
        waiting, opened = regions[::-1], list[Region]()
        for position, (hit, place) in enumerate(zip(hits, places, strict=True)):
            best, plain, around, _ = place
            queried = found.get(hit[0])
            if queried is not None and (best is None or queried[:2] < best[:2]):
                best = queried
            while waiting and waiting[-1].start <= hit[0]:
                _close(opened, waiting[-1].start)
                if _has_room(opened, waiting[-1]):
                    opened.append(waiting[-1])
                waiting.pop()
            _close(opened, hit[0])
            if opened:
                around = around_of(_each_once(sorted((*around.regions, *opened), key=_by_place)), hit)
            verdict = _judged(best, plain, around)
            if self.keywords.hold(data, hit, verdict.role, verdict.kind):
                verdict = verdict._replace(role="keyword", kind="", node=None)
            if depth and verdict.node is None and verdict.role == "import":
                # Who has the tree of the file only would not find it: it stands in the tree of a macro's body.
                verdict = verdict._replace(node=root.descendant_for_byte_range(*hit))
            verdicts.append(verdict)
            within.append((around.within.start, -around.within.minus_end) if around.within is not None else None)
            if around.bodies and depth < EMBED_DEPTH and injected != "none":
                embedded[position] = around.bodies
        # The outermost body says most; what does not parse in it may well parse in one inside it.
        for level in range(EMBED_DEPTH - depth):
            by_body: dict[Span, list[int]] = {}
            for position, bodies in embedded.items():
                if level < len(bodies):
                    by_body.setdefault(bodies[level], []).append(position)
            for body, positions in by_body.items():
                for position in self._judge_again(data, root, body, hits, positions, verdicts, injected, depth, level):
                    del embedded[position]
            if not by_body:
                break
        if injected != "none" and depth < EMBED_DEPTH:
            self._injected.judge(data, root, hits, within, verdicts, injected, depth)
        return verdicts

    def definitions(self, data: bytes, root: Node, reach: int = DEEPEST) -> list[tuple[Span, Verdict]]:
        """Every definition of a file, or down to a depth of its tree, with the span of its name, in order."""
        if self._outline is None:
            self._outline = PackQuery(self.language, self.packs.patterns(self.name, "definitions"))
        names: set[Span] = set()
        for piece in pieces_of(root):
            for _, captures in matches_in(self._outline, piece, [(0, len(data))], reach=reach):
                names.update(node.byte_range for node in captures.get("name", ()))
        marks = self.entry.name_marks.encode()
        hits = sorted(_without(data, marks, span) for span in names)
        verdicts = self.classify(data, root, hits)
        return [(hit, verdict) for hit, verdict in zip(hits, verdicts, strict=True) if verdict.role == "definition"]

    def scopes(self, data: bytes, root: Node) -> list[tuple[Span, str, Node]]:
        """Scopes that no definition opens (such as `impl` blocks): name span, label and node."""
        patterns = [p for p in self.packs.patterns(self.name, "structure") if "@scope." in p.text]
        if not patterns:
            return []
        if self._scopes is None:
            self._scopes = PackQuery(self.language, patterns)
        pack = self._scopes
        found = []
        for index, captures in matches_in(pack, root, [(0, len(data))]):
            meaning = pack.meaning(index)
            owner = captures[meaning.owner][0]
            region = region_of(meaning, owner, captures)
            if region.anchor is not None:
                found.append((region.anchor, region.label, owner))
        return found

    def _judge_again(
        self,
        data: bytes,
        root: Node,
        body: Span,
        hits: Sequence[Span],
        positions: list[int],
        verdicts: list[Verdict],
        injected: Injected,
        depth: int,
        level: int,
    ) -> list[int]:
        """Parse a region as a program of its own, and let what is found there take the place of the tokens.

        Gives the positions that are settled with that.
        """
        region = root.descendant_for_byte_range(*body)
        if region is None:
            return positions
        inner = parse_region(self.language, data, region, self.entry.terminator).root_node
        again = self.classify(data, inner, [hits[position] for position in positions], injected, depth + level + 1)
        settled = []
        for position, verdict in zip(positions, again, strict=True):
            outer = verdicts[position]
            broken = inner.has_error and _is_broken(inner, hits[position])
            if not broken:
                settled.append(position)
            if outer.role == "definition" and verdict.role not in ("definition", "parameter"):
                continue
            if outer.role == "decorator" and verdict.role != "decorator":
                continue  # `if #[cfg(unix)] {`: no program has it there
            if inner.has_error and verdict.role == "call" and _is_called_across_an_error(verdict.node):
                continue
            if outer.role == "keyword" and inner.has_error and verdict.role in ("reference", "assignment"):
                continue
            if broken and verdict.role in ("unparsed", "keyword", "reference"):
                # What does not parse as a program is still judged by the tokens around it.
                if outer.role == "unparsed":
                    verdicts[position] = outer._replace(role="reference")
                continue
            if (
                level
                and outer.role not in ("reference", "unparsed", "call")
                and not (verdict.role == outer.role and verdict.scope and not outer.scope)
            ):
                continue  # what a larger body says counts more, unless it knew less
            verdicts[position] = verdict._replace(
                scope=outer.scope + verdict.scope,
                names=outer.names + verdict.names,
                via=verdict.via or outer.via,
                scope_kind=verdict.scope_kind if verdict.scope else outer.scope_kind,
                injected=verdict.injected or self.name,
                regions=outer.regions + verdict.regions,
            )
        return settled


def _without(data: bytes, marks: bytes, span: Span) -> Span:
    """The span of a name without the marks at its ends."""
    start, end = span
    if not marks or start == end:
        return span
    return start + (data[start] in marks), end - (end - start > 1 and data[end - 1] in marks)


def _close(opened: list[Region], at: int) -> None:
    """Leave the regions that end before this byte."""
    while opened and -opened[-1].minus_end <= at:
        opened.pop()


def _has_room(opened: list[Region], region: Region) -> bool:
    """Whether a region within those counts: each hit looks at all that do. Strings do even where scopes do not."""
    return len(opened) < MOST_REGIONS * (2 if region.meaning.emit == "within" else 1)


def _each_once(regions: list[Region]) -> list[Region]:
    """The regions, of those that two patterns made of one definition only the later pattern's."""
    kept: list[Region] = []
    for region in regions:
        if kept and region.anchor is not None and kept[-1][:3] == region[:3] and kept[-1].meaning.scope:
            kept.pop()
        kept.append(region)
    return kept


def _by_place(region: Region) -> tuple[int, int, int]:
    return region.start, region.minus_end, region.order


def _judged(found: Found | None, plain: str, around: Around) -> Verdict:
    """What the patterns and the regions around a hit come to."""
    regions, labels, names, scope_kind, within, _, via = around
    owner = None
    if found is not None and not (within is not None and _is_over(found, within, regions)):
        role, kind, owner = found.meaning.role, found.meaning.kind, found.owner
        if found.meaning.at:
            role, kind = found.meaning.at.get(scope_kind, (role, kind))
    elif within is not None:
        role, kind = within.meaning.role, within.meaning.kind
        if plain == "keyword" and role not in ("string", "comment", "decorator"):
            role = plain  # the `if` of an expression in an f-string, the `as` of an import
    else:
        role, kind = plain, ""
    return Verdict(role, kind, labels, names, via, owner, regions, scope_kind)


def _is_over(found: Found, within: Region, regions: Sequence[Region]) -> bool:
    """Whether a region takes the place of what a pattern says: of a definition any around it, else the innermost."""
    role = found.meaning.role
    if role != "definition":
        return role in within.meaning.over
    return any(role in region.meaning.over for region in regions)


def _is_called_across_an_error(call: Node | None) -> bool:
    """Whether what is called and its arguments do not stand together: `stem: Some("a")` is no call of `stem`."""
    if call is None or not call.has_error:
        return False
    function = call.child_by_field_name("function")
    behind = function.next_sibling if function is not None else None
    return behind is not None and behind.is_error


def _is_broken(root: Node, hit: Span) -> bool:
    """Whether a hit stands in a part that the parser could make nothing of."""
    cursor = root.walk()
    while cursor.goto_first_child_for_byte(hit[0]) is not None:
        assert cursor.node is not None
        if cursor.node.is_error:
            return True
        if not cursor.node.has_error:
            return False
    return False
