"""One language end to end: walk down to each hit, ask the packs what it is, one verdict per hit."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from tree_sitter import Language, Node, Tree, TreeCursor

from cq.engine.execute import matches_in
from cq.engine.windows import windows_around
from cq.grammar.language import load_language
from cq.grammar.parse import parse, parse_region
from cq.lanes.chains import ChainTable, Link, NameChain, fits, follow
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
        (
            *("definition", "parameter", "import", "decorator", "macro", "call"),
            *("type", "assignment", "attribute", "reference"),
        )
    )
}


class _Found(NamedTuple):
    precedence: int
    order: int  # negated, so that of two the smaller tuple wins
    meaning: Meaning
    owner: Node


class Region(NamedTuple):
    """A part of a file that says something of the names in it: a scope, a string, a macro's tokens."""

    start: int
    minus_end: int  # so that an outer region sorts before an inner one that begins with it
    anchor: Span | None  # the name that it is of: that name does not stand inside
    meaning: Meaning
    label: str
    name: str


class _Around(NamedTuple):
    """What the regions around a hit come to."""

    regions: tuple[Region, ...]  # outermost first
    labels: tuple[str, ...]
    names: tuple[str, ...]
    scope_kind: str  # of the innermost scope
    within: Region | None
    bodies: tuple[Span, ...]  # the macro bodies that the hit stands in, outermost first
    via: str


class _Place(NamedTuple):
    """Where a hit stands."""

    found: _Found | None  # what the chains say
    plain: str  # its role when no pattern says it
    around: _Around


class Lane:
    """The parser and the packs of one language. Owns C objects: made once per process, never pickled."""

    def __init__(self, name: str, entry: LanguageEntry, folder: str) -> None:
        self.name = name
        self.entry = entry
        self.folder = folder
        self.language: Language = load_language(entry.grammar)
        patterns = [pattern for pack in ROLE_PACKS for pattern in read_pack(f"{folder}/{pack}.scm")]
        self._chains = ChainTable(self.language, list(enumerate(patterns)))
        # What each trail seen so far says of the name at its end: files repeat themselves.
        self._known: dict[tuple[Link, ...], NameChain | None] = {}
        self._waiting: list[tuple[int, PatternText]] = self._chains.rest
        self._queries: list[tuple[PackQuery, list[int]]] = []
        self._kinds: set[int] = set()
        self._examples = DocExamples(entry)
        self._outline: PackQuery | None = None

    def parse(self, data: bytes) -> Tree:
        """The tree of a whole file."""
        return parse(self.language, data)

    def classify(self, data: bytes, root: Node, hits: Sequence[Span], depth: int = 0) -> list[Verdict]:
        """One verdict for each hit (sorted, half-open byte spans), in the same order."""
        places = self._walk(root, hits)
        found, regions = self._run(root, hits)
        verdicts: list[Verdict] = []
        embedded: dict[int, tuple[Span, ...]] = {}
        for position, (hit, place) in enumerate(zip(hits, places, strict=True)):
            best, plain, around = place
            queried = found.get(hit[0])
            if queried is not None and (best is None or queried[:2] < best[:2]):
                best = queried
            if regions:
                extra = [region for region in regions if region.start <= hit[0] < -region.minus_end]
                if extra:
                    around = _around(sorted((*around.regions, *extra), key=lambda region: region[:2]), hit)
            verdicts.append(self._judge(data, hit, best, plain, around))
            if around.bodies and depth < EMBED_DEPTH:
                embedded[position] = around.bodies
        # The outermost body says most; what does not parse in it may well parse in one inside it.
        for level in range(EMBED_DEPTH):
            by_body: dict[Span, list[int]] = {}
            for position, bodies in embedded.items():
                if level < len(bodies):
                    by_body.setdefault(bodies[level], []).append(position)
            for body, positions in by_body.items():
                for position in self._judge_again(data, root, body, hits, positions, verdicts, depth, level):
                    del embedded[position]
            if not by_body:
                break
        return verdicts

    def definitions(self, data: bytes, root: Node) -> list[tuple[Span, Verdict]]:
        """Every definition of a file with the span of its name, in the order of the text."""
        if self._outline is None:
            self._outline = PackQuery(self.language, list(read_pack(f"{self.folder}/definitions.scm")))
        names: set[Span] = set()
        for _, captures in matches_in(self._outline.query, root, [(0, len(data))]):
            names.update(node.byte_range for node in captures.get("name", ()))
        hits = sorted(names)
        verdicts = self.classify(data, root, hits)
        return [(hit, verdict) for hit, verdict in zip(hits, verdicts, strict=True) if verdict.role == "definition"]

    def scopes(self, data: bytes, root: Node) -> list[tuple[Span, str, Node]]:
        """Scopes that no definition opens (such as `impl` blocks): name span, label and node."""
        patterns = [p for p in read_pack(f"{self.folder}/structure.scm") if "@scope." in p.text]
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

    def _walk(self, root: Node, hits: Sequence[Span]) -> list[_Place]:
        """Walk down to each hit in turn, going up no further than the next one needs."""
        longest = self._chains.longest
        region_kinds = self._chains.regions
        cursor = root.walk()
        links: list[Link] = [(root.kind_id, 0)]
        nodes = [root]
        regions: list[Region] = []
        # How many regions there are with each node on the way: going up drops those of the nodes left.
        counts = [0]
        kinds = {root.kind_id}
        places = []
        around = _around([], (0, 0))
        named = False  # whether the last hit was the name of a region, in which it does not stand
        for hit in hits:
            start = hit[0]
            while len(nodes) > 1 and nodes[-1].end_byte <= start:
                _up(cursor, links, nodes, counts)
            del regions[counts[-1] :]
            while cursor.goto_first_child_for_byte(start) is not None:
                node = cursor.node
                assert node is not None
                kind = node.kind_id
                links.append((kind, cursor.field_id or 0))
                nodes.append(node)
                kinds.add(kind)
                if kind in region_kinds:
                    regions.extend(self._regions_at(node, links))
                counts.append(len(regions))
            while len(nodes) > 1 and nodes[-1].start_byte > start:
                _up(cursor, links, nodes, counts)  # the byte lies between two children
                del regions[counts[-1] :]
            # Hits that stand together share what is around them, but for the name of one of those regions.
            naming = any(r.anchor is not None and r.anchor[0] <= start < r.anchor[1] for r in regions)
            if naming or named or around.regions != tuple(regions):
                around = _around(regions, hit)
            named = naming
            found = self._by_chain(tuple(links[: -longest - 1 : -1]), nodes)
            places.append(_Place(found, "" if found else _plain_role(nodes), around))
        if self._waiting:
            self._compile_for(kinds)
        return places

    def _regions_at(self, node: Node, links: list[Link]) -> list[Region]:
        found = []
        trail = tuple(links[: -self._chains.longest - 1 : -1])
        for chain in self._chains.regions[links[-1][0]]:
            if not fits(chain.links, trail):
                continue
            captures: dict[str, list[Node]] = {}
            if chain.down:
                name = follow(node, chain.down)
                if name is None:
                    continue
                captures["name"] = [name]
            found.append(_region(chain.meaning, node, captures))
        return found

    def _by_chain(self, trail: tuple[Link, ...], nodes: list[Node]) -> _Found | None:
        if trail in self._known:
            best = self._known[trail]
        else:
            best = min(
                self._chains.fitting(trail),
                key=lambda chain: (_PRECEDENCE[chain.meaning.role], -chain.order),
                default=None,
            )
            self._known[trail] = best
        if best is None:
            return None
        return _Found(_PRECEDENCE[best.meaning.role], -best.order, best.meaning, nodes[-1 - best.owner])

    def _compile_for(self, kinds: set[int]) -> None:
        """Compile the patterns that are no chains, can match here and are not compiled yet.

        A pattern is rooted in an ancestor of the name that it is about, so patterns of kinds that no hit has
        above it cannot match. Compiling all patterns of a language costs more than parsing a large file.
        """
        fresh = kinds - self._kinds
        if not fresh:
            return
        self._kinds |= fresh
        names = {self.language.node_kind_for_id(kind) for kind in fresh}
        needed = [item for item in self._waiting if not item[1].roots or item[1].roots & names]
        if needed:
            orders = [order for order, _ in needed]
            self._queries.append((PackQuery(self.language, [pattern for _, pattern in needed]), orders))
            taken = set(orders)
            self._waiting = [item for item in self._waiting if item[0] not in taken]

    def _run(self, root: Node, hits: Sequence[Span]) -> tuple[dict[int, _Found], list[Region]]:
        found: dict[int, _Found] = {}
        regions: dict[tuple[int, int, str], Region] = {}
        if not self._queries:
            return found, []
        starts = [start for start, _ in hits]
        windows = list(windows_around(hits, WINDOW_GAP_BYTES))
        for pack, orders in self._queries:
            for index, captures in matches_in(pack.query, root, windows):
                if not _side_by_side(captures):
                    continue
                meaning = pack.meaning(index, captures)
                owner = captures[meaning.owner][0]
                anchors = captures.get("name")
                if anchors and meaning.emit in ("definition", "reference"):
                    for anchor in anchors:
                        # An anchor may be wider than the hit: `r#type`, or a string that holds a type.
                        last = anchor.end_byte
                        at = bisect_left(starts, anchor.start_byte)
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

    def _judge(self, data: bytes, hit: Span, found: _Found | None, plain: str, around: _Around) -> Verdict:
        _, labels, names, scope_kind, within, _, via = around
        if found is not None and not (within is not None and found.meaning.role in within.meaning.over):
            role, kind = found.meaning.role, found.meaning.kind
            if found.meaning.at:
                role, kind = found.meaning.at.get(scope_kind, (role, kind))
            return Verdict(role, kind, labels, names, via, found.owner if role == "definition" else None)
        if within is not None:
            role = within.meaning.role
            if role in ("string", "comment") and self._examples.is_example(
                data, (within.start, -within.minus_end), hit[0]
            ):
                role, via = "doc-example", "doctest"
            elif plain == "keyword" and role not in ("string", "comment", "decorator"):
                role = plain  # the `if` of an expression in an f-string, the `as` of an import
            return Verdict(role, within.meaning.kind, labels, names, via)
        return Verdict(plain, "", labels, names, via)

    def _judge_again(
        self,
        data: bytes,
        root: Node,
        body: Span,
        hits: Sequence[Span],
        positions: list[int],
        verdicts: list[Verdict],
        depth: int,
        level: int,
    ) -> list[int]:
        """Parse a region as a program of its own, and let what is found there take the place of the tokens.

        Gives the positions that are settled with that.
        """
        region = root.descendant_for_byte_range(*body)
        if region is None:
            return positions
        inner = parse_region(self.language, data, region).root_node
        again = self.classify(data, inner, [hits[position] for position in positions], depth + 1)
        settled = []
        for position, verdict in zip(positions, again, strict=True):
            outer = verdicts[position]
            broken = inner.has_error and _is_broken(inner, hits[position])
            if not broken:
                settled.append(position)
            if outer.role == "definition" and verdict.role not in ("definition", "parameter"):
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
            )
        return settled


def _side_by_side(captures: dict[str, list[Node]]) -> bool:
    """Whether @before and @after touch @name: the `.` of a query passes over punctuation."""
    if "before" in captures and captures["name"][0].prev_sibling != captures["before"][0]:
        return False
    return "after" not in captures or captures["name"][0].next_sibling == captures["after"][0]


def _is_broken(root: Node, hit: Span) -> bool:
    """Whether a hit stands in a part that the parser could make nothing of."""
    node = root.descendant_for_byte_range(*hit)
    while node is not None and not node.is_error:
        node = node.parent
    return node is not None


def _region(meaning: Meaning, owner: Node, captures: dict[str, list[Node]]) -> Region:
    label = name = ""
    anchor: Span | None = None
    template = meaning.scope or meaning.via
    if template:
        words = {key: _one_line(nodes[0].text) for key, nodes in captures.items() if key in ("name", "trait")}
        label = template.format_map(words)
        name = words["name"].partition("<")[0].strip("&' ")
        anchor = captures["name"][0].byte_range
    return Region(owner.start_byte, -owner.end_byte, anchor, meaning, label, name)


def _one_line(text: bytes | None) -> str:
    return " ".join((text or b"").decode("utf-8", "replace").split())


def _up(cursor: TreeCursor, links: list[Link], nodes: list[Node], counts: list[int]) -> None:
    cursor.goto_parent()
    links.pop()
    nodes.pop()
    counts.pop()


def _around(regions: Sequence[Region], hit: Span) -> _Around:
    labels: list[str] = []
    names: list[str] = []
    scope_kind = "module"
    within: Region | None = None
    bodies: list[Span] = []
    via = ""
    for region in regions:
        meaning = region.meaning
        if meaning.emit == "within":
            within = region
        elif meaning.emit == "embedded":
            if within is None:
                bodies.append((region.start, -region.minus_end))
        elif region.anchor is None or not region.anchor[0] <= hit[0] < region.anchor[1]:
            if meaning.via:
                via = region.label
            if meaning.scope:
                labels.append(region.label)
                names.append(region.name)
                scope_kind = meaning.kind
    return _Around(
        tuple(regions), tuple(labels), tuple(names), scope_kind, within, tuple(bodies), via if bodies else ""
    )


def _plain_role(nodes: list[Node]) -> str:
    """The role of a name that no pattern speaks of, by its token and the node above."""
    leaf = nodes[-1]
    if leaf.is_error or (len(nodes) > 1 and nodes[-2].is_error):
        return "unparsed"
    return "reference" if leaf.is_named else "keyword"
