"""Why something is an idiom: its keys, what the figures say, and why each word is told or a hole."""

from collections.abc import Iterator

from tree_sitter import Node

from cq.errors import CqError
from cq.grammar.parse import text_of
from cq.index.file_tree import FileTree
from cq.mining.analysis import MineAnalysis, MinePlan
from cq.mining.form import Form, FormMaker, Variable
from cq.mining.imported import imported
from cq.mining.normalize import HOLE_FROM, LEVELS, Trace
from cq.mining.ranking import CLOSED
from cq.mining.results import Result, Saved
from cq.mining.table import Table
from cq.rows.mining import HoleReason, Idiom, IdiomExplanation, WordReason
from cq.rows.shared import SchemaId
from cq.scan.read import read_file
from cq.scan.results import Unread

_FILES = 8
_STANDS = 5
_WHOLE = ("skeleton",)
_LITERALS = frozenset(("string", "number", "other"))


class _Read:
    """One file of the idiom, parsed and walked at one level."""

    def __init__(self, result: Result, path: str, level: str) -> None:
        data = read_file(FileTree(result.root), path, True)
        if isinstance(data, Unread):
            raise CqError(f"{path}: {data.detail}", "cq mine PATHS again: its example is gone")
        analysis = MineAnalysis(MinePlan(folders=result.folders, level="semantic" if level in _WHOLE else level))
        parsed = analysis.lanes.parsed(analysis.table.by_path(path), data)
        normalizer = analysis.normalizer(parsed[0].name) if parsed else None
        table = analysis.tables(parsed[0].name) if parsed else None
        if parsed is None or normalizer is None or table is None:
            raise CqError(f"{path}: no tables for its language")
        self.table: Table = table
        self.root = parsed[1].root_node
        self.source = text_of(parsed[1], data)
        self._tree = parsed[1]
        trace = Trace(set(), set())
        normalizer.anchors(parsed[1], self.source, trace)
        self._maker = FormMaker(table, self.source, trace, level)

    def form(self, span: tuple[int, int], kind: str) -> Form:
        """The form of the node with this span and kind. Raises CqError when it is not there any more."""
        node: Node | None = self.root.descendant_for_byte_range(*span)
        while node is not None and (node.start_byte, node.end_byte) == span:
            if node.type == kind:
                return self._maker.form(node)
            node = node.parent
        raise CqError("its example changed", "cq mine PATHS again")


def explained(result: Result, saved: Saved) -> IdiomExplanation:
    """All of it, read from the example and some more places."""
    idiom = saved.idiom
    if not idiom.examples:
        raise CqError(f"{idiom.key} has no example any more", "cq mine PATHS again")
    example = idiom.examples[0]
    span = (example.start_byte, example.end_byte)
    keys = {}
    for level in (*LEVELS, "skeleton"):
        read = _Read(result, example.path, level)
        form = read.form(span, idiom.kind)
        keys[level] = form.digest(read.table.family, level)[:12]
        if level == idiom.level:
            own, table, root, source = form, read.table, read.root, read.source
    names = imported(root, source, table)
    stands = _stands(result, saved, own)
    return IdiomExplanation(
        schema=SchemaId("cq.mine.explain"),
        idiom=idiom,
        keys=keys,
        holes=tuple(
            HoleReason(name=each.name, why=_why_hole(each, idiom.level), kinds=each.kinds, stands=tuple(stands[number]))
            for number, each in enumerate(own.variables)
        ),
        words=tuple(
            WordReason(word=word, why=_why_told(word, names, table, idiom.level)) for word in dict.fromkeys(own.words)
        ),
        categories=saved.categories,
        counts=tuple(_counts(idiom)),
    )


def _stands(result: Result, saved: Saved, own: Form) -> list[list[str]]:
    """What stands in each hole, most often first as far as that was looked at."""
    found: list[dict[str, None]] = [{each.text: None} for each in own.variables]
    for number, spans in sorted(saved.places.items(), key=lambda each: (len(each[1]), result.paths[each[0]]))[:_FILES]:
        try:
            read = _Read(result, result.paths[number], saved.idiom.level)
            forms = [read.form(span, saved.idiom.kind) for span in spans[:_STANDS]]
        except CqError:
            continue  # the file changed since: the example tells enough
        for form in forms:
            for place, each in zip(found, form.variables, strict=False):
                place.setdefault(each.text)
    return [[text.split("\n", 1)[0] for text in place][:_STANDS] for place in found]


def _why_hole(hole: Variable, level: str) -> str:
    if hole.leaf in ("many", "whole"):
        return "blocks and lists do not count at this level" if level in _WHOLE else f"more than {HOLE_FROM} words"
    if hole.leaf in _LITERALS:
        return "the texts of literals do not count, but for the simplest"
    if level == "abstract":
        return "names do not count at this level"
    return "a name that the file gives; the same name is the same hole"


def _why_told(word: str, names: dict[str, str], table: Table, level: str) -> str:
    if level == "concrete":
        return "every word counts at this level"
    if word in names:
        return f"imported: {names[word]}"
    if word.encode() in table.fixed:
        return "always counts in this language"
    if word.encode() in table.globals:
        return "a global name that the file does not give to something else"
    return "the name of a member, an argument or a type"


def _counts(idiom: Idiom) -> Iterator[str]:
    yield f"{idiom.occurrences:,} places in {idiom.files:,} files; projects: {idiom.projects:,}"
    yield f"{idiom.size} words; telling it once would save {idiom.gain:,}"
    yield f"{idiom.surprise:.0f} bits more frequent than its parts, put together at random, let expect"
    share = idiom.within / max(1, idiom.occurrences)
    inside = f"of its places {share:.0%} lie in the pattern that is most often around it"
    yield f"closed: {inside}; from {CLOSED:.0%} on only that one would be told"
    if idiom.part_of:
        yield f"shown as a part of {idiom.part_of}"
    if idiom.variations:
        yield f"variations, which have the same shape: {len(idiom.variations)}"
