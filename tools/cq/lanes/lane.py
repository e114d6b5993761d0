"""One language end to end: the packs that are needed for a file, run around the hits, one verdict per hit."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from tree_sitter import Language, Node, Tree

from cq.engine.execute import matches_in
from cq.engine.windows import windows_around
from cq.grammar.language import load_language
from cq.grammar.parse import parse, parse_region
from cq.lanes.doc_examples import DocExamples
from cq.lanes.table import LanguageEntry
from cq.lanes.verdict import Verdict
from cq.packs.pack import Meaning, PackQuery, read_pack
from cq.packs.split import PatternText
from cq.settings import EMBED_DEPTH, WINDOW_GAP_BYTES

Span = tuple[int, int]

# Which packs tell the role of a name. The order matters: of two patterns that give one name the same
# role, the later one names its kind.
ROLE_PACKS = ("imports", "calls", "references", "definitions", "structure")

# Which role wins when patterns of different roles meet at one name: the more specific.
_PRECEDENCE = {
    role: rank
    for rank, role in enumerate(
        ("definition", "parameter", "import", "decorator", "macro", "call", "type", "assignment", "attribute", "reference")
    )
}
# With more hits than this in a file, looking at each one's ancestors costs more than compiling all patterns.
_DENSE_HITS = 400


class _Found(NamedTuple):
    precedence: int
    order: int  # negated, so that of two the smaller tuple wins
    meaning: Meaning
    owner: Node


class _Region(NamedTuple):
    start: int
    minus_end: int  # so that an outer region sorts before an inner one that begins with it
    anchor: Span | None  # the name that it is of: that name does not stand inside
    meaning: Meaning
    label: str
    name: str
    node: Node


class Lane:
    """The parser and the packs of one language. Owns C objects: made once per process, never pickled."""

    def __init__(self, name: str, entry: LanguageEntry, folder: str) -> None:
        self.name = name
        self.entry = entry
        self.folder = folder
        self.language: Language = load_language(entry.grammar)
        self._waiting: list[tuple[int, PatternText]] = list(
            enumerate(pattern for pack in ROLE_PACKS for pattern in read_pack(f"{folder}/{pack}.scm"))
        )
        self._queries: list[tuple[PackQuery, list[int]]] = []
        self._kinds: set[str] = set()
        self._examples = DocExamples(entry)
        self._outline: PackQuery | None = None

    def parse(self, data: bytes) -> Tree:
        """The tree of a whole file."""
        return parse(self.language, data)

    def classify(self, data: bytes, root: Node, hits: Sequence[Span], depth: int = 0) -> list[Verdict]:
        """One verdict for each hit (sorted, half-open byte spans), in the same order."""
        self._compile_for(root, hits)
        found, regions = self._run(root, hits)
        verdicts: list[Verdict] = []
        embedded: dict[Span, list[int]] = {}
        chain: list[_Region] = []
        upcoming = iter(regions)
        following = next(upcoming, None)
        for position, hit in enumerate(hits):
            while following is not None and following.start <= hit[0]:
                chain.append(following)
                following = next(upcoming, None)
            if chain:
                chain = [region for region in chain if -region.minus_end > hit[0]]
            verdict, body = self._judge(data, root, hit, found.get(hit[0]), chain)
            verdicts.append(verdict)
            if body is not None and depth < EMBED_DEPTH:
                embedded.setdefault(body, []).append(position)
        for body, positions in embedded.items():
            self._judge_again(data, root, body, hits, positions, verdicts, depth)
        return verdicts

    def definitions(self, data: bytes, root: Node) -> list[tuple[Span, Verdict]]:
        """Every definition of a file with the span of its name, in the order of the text."""
        patterns = read_pack(f"{self.folder}/definitions.scm")
        if self._outline is None:
            self._outline = PackQuery(self.language, list(patterns))
        names = set()
        for _, captures in matches_in(self._outline.query, root, [(0, len(data))]):
            names.update(node.byte_range for node in captures.get("name", ()))
        hits = sorted(names)
        verdicts = self.classify(data, root, hits)
        return [(hit, verdict) for hit, verdict in zip(hits, verdicts, strict=True) if verdict.role == "definition"]

    def scopes(self, data: bytes, root: Node) -> list[tuple[Span, str, Node]]:
        """Scopes that no definition opens (such as `impl` blocks): name span, label and node."""
        patterns = list(read_pack(f"{self.folder}/structure.scm"))
        patterns = [pattern for pattern in patterns if "@scope." in pattern.text]
        if not patterns:
            return []
        pack = PackQuery(self.language, patterns)
        found = []
        for index, captures in matches_in(pack.query, root, [(0, len(data))]):
            meaning = pack.meaning(index, captures)
            owner = captures[meaning.owner][0]
            region = _region(meaning, owner, captures)
            if region.anchor is not None:
                found.append((region.anchor, region.label, owner))
        return found

    def _compile_for(self, root: Node, hits: Sequence[Span]) -> None:
        """Compile the patterns that can match here and are not compiled yet.

        A pattern is rooted in an ancestor of the name that it is about, so patterns of kinds that no hit has
        above it cannot match. Compiling all patterns of a language costs more than parsing a large file.
        """
        if not self._waiting:
            return
        if len(hits) > _DENSE_HITS:
            needed = self._waiting
        else:
            fresh = _kinds_above(root, hits) - self._kinds
            self._kinds |= fresh
            needed = [item for item in self._waiting if not item[1].roots or item[1].roots & fresh]
        if needed:
            orders = [order for order, _ in needed]
            self._queries.append((PackQuery(self.language, [pattern for _, pattern in needed]), orders))
            taken = set(orders)
            self._waiting = [item for item in self._waiting if item[0] not in taken]

    def _run(self, root: Node, hits: Sequence[Span]) -> tuple[dict[int, _Found], list[_Region]]:
        found: dict[int, _Found] = {}
        regions: dict[tuple[int, int, str], _Region] = {}
        starts = [start for start, _ in hits]
        windows = list(windows_around(hits, WINDOW_GAP_BYTES))
        for pack, orders in self._queries:
            for index, captures in matches_in(pack.query, root, windows):
                meaning = pack.meaning(index, captures)
                owner = captures[meaning.owner][0]
                anchors = captures.get("name")
                if anchors and meaning.emit in ("definition", "reference"):
                    for anchor in anchors:
                        first = anchor.start_byte
                        at = bisect_left(starts, first)
                        # An anchor may be wider than the hit: `r#type`, or a string that holds a type.
                        last = anchor.end_byte
                        while at < len(starts) and starts[at] < last:
                            candidate = _Found(_PRECEDENCE[meaning.role], -orders[index], meaning, owner)
                            known = found.get(starts[at])
                            if known is None or candidate[:2] < known[:2]:
                                found[starts[at]] = candidate
                            at += 1
                if meaning.scope or meaning.via or meaning.emit in ("within", "embedded"):
                    region = _region(meaning, owner, captures)
                    regions[region.start, region.minus_end, meaning.emit] = region
        return found, sorted(regions.values(), key=lambda region: region[:2])

    def _judge(
        self, data: bytes, root: Node, hit: Span, found: _Found | None, chain: list[_Region]
    ) -> tuple[Verdict, Span | None]:
        scopes: list[_Region] = []
        within: _Region | None = None
        body: Span | None = None
        via = ""
        for region in chain:
            meaning = region.meaning
            if meaning.emit == "within":
                within = region
            elif meaning.emit == "embedded":
                if body is None and within is None:
                    body = (region.start, -region.minus_end)
            elif region.anchor is None or not region.anchor[0] <= hit[0] < region.anchor[1]:
                if meaning.via:
                    via = region.label
                if meaning.scope:
                    scopes.append(region)
        if body is None:
            via = ""
        labels = tuple(region.label for region in scopes)
        names = tuple(region.name for region in scopes)
        if found is not None and not (within is not None and found.meaning.role in within.meaning.over):
            role, kind = found.meaning.role, found.meaning.kind
            at = found.meaning.at.get(scopes[-1].meaning.kind if scopes else "module")
            if at is not None:
                role, kind = at
            return Verdict(role, kind, labels, names, via, found.owner if role == "definition" else None), body
        if within is not None:
            role = within.meaning.role
            if role in ("string", "comment") and self._examples.is_example(data, (within.start, -within.minus_end), hit[0]):
                role, via = "doc-example", "doctest"
            return Verdict(role, within.meaning.kind, labels, names, via), body
        leaf = root.descendant_for_byte_range(*hit)
        return Verdict(_plain_role(leaf), "", labels, names, via, leaf=leaf), body

    def _judge_again(
        self,
        data: bytes,
        root: Node,
        body: Span,
        hits: Sequence[Span],
        positions: list[int],
        verdicts: list[Verdict],
        depth: int,
    ) -> None:
        """Parse a region as a program of its own, and let what is found there take the place of the tokens."""
        region = root.descendant_for_byte_range(*body)
        if region is None:
            return
        inner = parse_region(self.language, data, region)
        again = self.classify(data, inner.root_node, [hits[position] for position in positions], depth + 1)
        for position, verdict in zip(positions, again, strict=True):
            outer = verdicts[position]
            if verdict.role in ("unparsed", "keyword") or (verdict.role == "reference" and outer.role != "reference"):
                # What does not parse as a program is still judged by the tokens around it.
                if outer.role == "unparsed":
                    verdicts[position] = outer._replace(role="reference")
                continue
            verdicts[position] = verdict._replace(
                scope=outer.scope + verdict.scope, names=outer.names + verdict.names, via=verdict.via or outer.via
            )


def _region(meaning: Meaning, owner: Node, captures: dict[str, list[Node]]) -> _Region:
    label = name = ""
    anchor: Span | None = None
    template = meaning.scope or meaning.via
    if template:
        words = {key: _one_line(nodes[0].text) for key, nodes in captures.items() if key in ("name", "trait")}
        label = template.format_map(words)
        name = words["name"].partition("<")[0].strip("&' ")
        anchor = captures["name"][0].byte_range
    return _Region(owner.start_byte, -owner.end_byte, anchor, meaning, label, name, owner)


def _one_line(text: bytes | None) -> str:
    return " ".join((text or b"").decode("utf-8", "replace").split())


def _plain_role(leaf: Node | None) -> str:
    """The role of a name that no pattern speaks of."""
    if leaf is None or leaf.is_error:
        return "unparsed"
    parent = leaf.parent
    if parent is not None and parent.is_error:
        return "unparsed"
    return "reference" if leaf.is_named else "keyword"


def _kinds_above(root: Node, hits: Sequence[Span]) -> set[str]:
    kinds = {root.type}
    cursor = root.walk()
    for start, _ in hits:
        cursor.reset(root)
        while cursor.goto_first_child_for_byte(start) is not None:
            node = cursor.node
            if node is None or node.start_byte > start:
                break
            kinds.add(node.type)
    return kinds
