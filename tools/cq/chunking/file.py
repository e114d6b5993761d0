"""One file to chunks: parse, atoms, plan, and of each chunk where in the code it is. Rows are made of these."""

import time
from typing import NamedTuple

from msgspec import structs
from tree_sitter import Node, Tree

from cq.chunking.atoms import AtomMaker
from cq.chunking.definitions import Finder
from cq.chunking.languages import ChunkLanguage
from cq.chunking.lines import LineCutter
from cq.chunking.pieces import Atom, Limits, Scope
from cq.chunking.plan import Cut, plan
from cq.chunking.size import Measure, Ruler
from cq.grammar.parse import parse
from cq.settings import PARSE_LIMIT_BYTES


class CutFile(NamedTuple):
    """A file and its cuts; the tree keeps their nodes alive."""

    data: bytes
    language: str
    cuts: list[Cut]
    tree: Tree | None
    finder: Finder | None
    fallback: str
    errors: list[tuple[int, int]]  # spans of ERROR and MISSING nodes
    parse_ms: float
    cut_ms: float
    atoms: list[Atom]


class ParsedFile(NamedTuple):
    """The tree of a file, and what is wrong in it."""

    language: ChunkLanguage
    tree: Tree
    errors: list[tuple[int, int]]  # spans of ERROR and MISSING nodes
    parse_ms: float

    @property
    def error_bytes(self) -> int:
        """The bytes of errors; one that is only missing counts as one."""
        return sum(max(1, end - start) for start, end in self.errors)


def parse_file(data: bytes, language: ChunkLanguage) -> ParsedFile | None:
    """A file as this language reads it; None when it is too large to parse."""
    if len(data) > PARSE_LIMIT_BYTES:
        return None
    began = time.perf_counter()
    tree = parse(language.language, data)
    parse_ms = _ms(began)
    root = tree.root_node
    return ParsedFile(language, tree, errors_of(root) if root.has_error else [], parse_ms)


def cut_file(
    data: bytes, name: str, parsed: ParsedFile | None, measure: Measure, limits: Limits, fallback: str
) -> CutFile:
    """Cut the bytes of one file; what is not parsed by its lines, and `fallback` says why not."""
    began = time.perf_counter()
    ruler = measure.ruler(data)
    if parsed is None:
        atoms = LineCutter(data, ruler, limits).atoms(0, len(data), 0.0, 0) if data else []
        cuts = within_limits(plan(atoms, data, limits), data, ruler, measure, limits)
        return CutFile(data, name, cuts, None, None, fallback, [], 0.0, _ms(began), atoms)
    language, tree, errors, parse_ms = parsed
    finder = language.finder(tree)
    root = tree.root_node
    atoms = AtomMaker(data, ruler, limits, finder, language.kinds(finder)).of_root(root) if data else []
    cuts = within_limits(plan(atoms, data, limits), data, ruler, measure, limits)
    fallback = fallback if data.isascii() or _is_utf8(data) else "encoding"
    return CutFile(data, name, cuts, tree, finder, fallback, errors, parse_ms, _ms(began), atoms)


def within_limits(cuts: list[Cut], data: bytes, ruler: Ruler, measure: Measure, limits: Limits) -> list[Cut]:
    """The cuts; one whose text is more than the sum of its parts, as tokens may be, is cut once more."""
    if measure.adds_up and not any(cut.split == "chars" for cut in cuts):
        return cuts
    found: list[Cut] = []
    for cut in cuts:
        is_sure = measure.adds_up and cut.split != "chars"
        if is_sure or cut.weight < limits.most * 3 // 4 or ruler.alone(cut.start, cut.end) <= limits.most:
            found.append(cut)
            continue
        tighter = limits._replace(part=limits.most * 3 // 4, most=limits.most * 3 // 4, block=max(1, limits.block // 2))
        atoms = LineCutter(data, ruler, tighter).atoms(cut.start, cut.end, cut.cost, 1)
        again = plan(atoms, data, tighter)
        found.extend(structs.replace(each, scope=cut.scope, region=cut.region) for each in again)
    return found


def errors_of(root: Node) -> list[tuple[int, int]]:
    """The spans of the ERROR and MISSING nodes that stand in no other, in order."""
    found: list[tuple[int, int]] = []
    stack = [root]
    while stack:
        node = stack.pop()
        if node.is_error or node.is_missing:
            found.append(node.byte_range)
            continue
        stack.extend(child for child in reversed(node.children) if child.has_error or child.is_missing)
    return found


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _ms(began: float) -> float:
    return (time.perf_counter() - began) * 1000


def whole_scope(cut: Cut, finder: Finder | None) -> Scope | None:
    """The definition that a chunk is, when it is one and nothing else."""
    if finder is None or not cut.is_one or len(cut.nodes) != 1:
        return None
    head = finder.of(cut.nodes[0])
    return Scope(cut.scope, head, cut.nodes[0], cut.start, cut.end) if head is not None else None
