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


def cut_file(
    data: bytes, name: str, language: ChunkLanguage | None, measure: Measure, limits: Limits, fallback: str
) -> CutFile:
    """Cut the bytes of one file. Without a language, or when it is too large to parse, by its lines."""
    ruler = measure.ruler(data)
    if language is None or len(data) > PARSE_LIMIT_BYTES:
        began = time.perf_counter()
        atoms = LineCutter(data, ruler, limits).atoms(0, len(data), 0.0, 0) if data else []
        cuts = within_limits(plan(atoms, data, limits), data, ruler, measure, limits)
        why = fallback or ("too-large" if language is not None else "unsupported")
        return CutFile(data, name, cuts, None, None, why, [], 0.0, _ms(began), atoms)
    began = time.perf_counter()
    tree = parse(language.language, data)
    parse_ms = _ms(began)
    began = time.perf_counter()
    finder = language.finder(tree)
    root = tree.root_node
    atoms = AtomMaker(data, ruler, limits, finder, language.kinds(finder)).of_root(root) if data else []
    cuts = within_limits(plan(atoms, data, limits), data, ruler, measure, limits)
    errors = errors_of(root) if root.has_error else []
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
