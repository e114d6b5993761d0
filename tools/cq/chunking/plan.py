"""Where to cut: of the atoms of a region, those that a chunk begins with.

The sizes of the chunks and the places of the cuts each have a cost, and the cheapest way through all atoms is taken
(dynamic programming, with as many steps back as fit into one chunk). A region within is planned on its own, so that
the end of one definition and the beginning of the next are never one chunk.
"""

from zlib import crc32

import msgspec
from tree_sitter import Node

from cq.chunking.pieces import Atom, Limits, Scope

_EACH = 0.2  # what one more chunk costs
_OVER = 2.0  # what is above the target costs so much more than what is below
# Of eight places one is a little better, and of sixteen one much, by what stands there and nothing else: after an
# edit the cuts behind it soon are where they were before. Much better ones are not near one another: of text that
# repeats itself every place may be one.
_ANCHOR, _ANCHOR_MASK, _ANCHOR_BYTES = 0.15, 7, 48
_STRONG, _STRONG_MASK, _STRONG_TARGETS = 0.8, 15, 6


class Cut(msgspec.Struct, frozen=True, gc=False, eq=False):
    """One chunk to be: atoms that follow one another."""

    start: int
    end: int
    weight: int
    cost: float  # of the cut before it
    scope: Scope | None  # what it is a part of
    nodes: tuple[Node, ...]  # those that may be definitions, each whole; one, when the chunk is nothing else
    is_one: bool  # there is nothing else but signs behind it
    split: str
    region: int  # chunks of one region are next to one another in the tree


def plan(atoms: list[Atom], data: bytes, limits: Limits) -> list[Cut]:
    """The chunks of a file."""
    cuts: list[Cut] = []
    _plan_region(cuts, atoms, None, data, limits)
    return _without_tiny(cuts, limits)


def _plan_region(cuts: list[Cut], atoms: list[Atom], scope: Scope | None, data: bytes, limits: Limits) -> None:
    """Add the chunks of one region. Regions within it are as deep as `atoms` lets them be."""
    region = atoms[0].start if atoms else 0
    at = 0
    for number in [number for number, atom in enumerate(atoms) if atom.inner is not None]:
        atom = atoms[number]
        _plan_run(cuts, atoms[at:number], scope, region, data, limits)
        _plan_region(cuts, atom.inner or [], atom.scope, data, limits)
        at = number + 1
    _plan_run(cuts, atoms[at:], scope, region, data, limits)


def _plan_run(cuts: list[Cut], run: list[Atom], scope: Scope | None, region: int, data: bytes, limits: Limits) -> None:
    """Add the chunks of atoms that follow one another within one region."""
    if not run:
        return
    if len(run) == 1 or sum([atom.weight for atom in run]) <= limits.target:
        cuts.append(_cut(run, scope, region))
        return
    blocks = _blocks(run, data, limits)
    firsts = blocks.firsts
    for first, last in _cheapest(blocks, limits):
        cuts.append(_cut(run[firsts[first] : firsts[last]], scope, region))


class _Blocks(msgspec.Struct, frozen=True, gc=False):
    """Light neighbours, which are one to the planner: of each block its weight, and what a cut before it costs."""

    firsts: list[int]  # atoms, and how many there are
    weights: list[int]
    costs: list[float]


def _blocks(run: list[Atom], data: bytes, limits: Limits) -> _Blocks:
    """Light neighbours together, so that there is less to plan; but a better place for a cut is kept."""
    firsts: list[int] = []
    weights: list[int] = []
    costs: list[float] = []
    most = limits.block
    weight = most + 1
    apart = since = _STRONG_TARGETS * limits.target
    cost = 0.0
    for number, atom in enumerate(run):
        start, own, own_cost = atom.start, atom.weight, atom.cost
        content = crc32(data[start : start + _ANCHOR_BYTES])
        is_anchor = content & _ANCHOR_MASK == 0
        if not is_anchor and weight + own <= most and own_cost >= cost - 0.01:
            weight += own
            weights[-1] = weight
        else:
            gain = 0.0
            if is_anchor:
                gain = _ANCHOR
                if content & _STRONG_MASK == 0 and since >= apart:
                    gain, since = _STRONG, 0
            firsts.append(number)
            weights.append(own)
            costs.append(own_cost + _EACH - gain)
            weight, cost = own, own_cost
        since += own
    firsts.append(len(run))
    return _Blocks(firsts, weights, costs)


def _cheapest(blocks: _Blocks, limits: Limits) -> list[tuple[int, int]]:
    """The cheapest way to cut a run of blocks, as pairs of the first and the one behind the last."""
    part = limits.part
    weights, costs = blocks.weights, blocks.costs
    # Not a call in the inner loop: it is most of what planning costs. Nor a list of all sizes, which does not stay in
    # the processor's cache.
    scale = 1.0 / limits.target
    until = [costs[0]]  # what the cheapest way to each block costs, with the cut before it
    came = []
    for last in range(1, len(weights) + 1):
        first = where = last - 1
        weight = weights[first]
        off = weight * scale - 1.0
        cheapest = until[first] + (off * off if off < 0 else off * off * _OVER)
        while first:
            first -= 1
            weight += weights[first]
            if weight > part:
                break
            off = weight * scale - 1.0
            cost = until[first] + (off * off if off < 0 else off * off * _OVER)
            if cost < cheapest:
                cheapest, where = cost, first
        came.append(where)
        if last < len(weights):
            until.append(cheapest + costs[last])
    found = []
    last = len(weights)
    while last:
        where = came[last - 1]
        found.append((where, last))
        last = where
    return found[::-1]


def _cut(atoms: list[Atom], scope: Scope | None, region: int) -> Cut:
    first, last = atoms[0], atoms[-1]
    if first is last:
        node, weight, split = first.node, first.weight, first.split
        one = () if node is None else (node,)
        return Cut(first.start, first.end, weight, first.cost, scope, one, node is not None, split, region)
    nodes = tuple([atom.node for atom in atoms if atom.node is not None])
    splits = {atom.split for atom in atoms}
    split = "chars" if "chars" in splits else "lines" if "lines" in splits else ""
    weight = sum([atom.weight for atom in atoms])
    is_one = len(nodes) == 1 and first.node is not None and all(atom.is_sign for atom in atoms[1:])
    return Cut(first.start, last.end, weight, first.cost, scope, nodes, is_one, split, region)


def _without_tiny(cuts: list[Cut], limits: Limits) -> list[Cut]:
    """Tiny chunks joined to a neighbour: of the same region if there is one, else only while both are small."""
    if limits.least <= 0 or min([cut.weight for cut in cuts], default=limits.least) >= limits.least:
        return cuts
    kept: list[Cut] = []
    for cut in cuts:
        if kept and (kept[-1].weight < limits.least or cut.weight < limits.least) and _may_join(kept[-1], cut, limits):
            kept[-1] = _joined(kept[-1], cut)
        else:
            kept.append(cut)
    return kept


def _may_join(before: Cut, after: Cut, limits: Limits) -> bool:
    together = before.weight + after.weight
    if before.region == after.region:
        return together <= limits.part
    # The end of one container and the beginning of another: only what is next to nothing.
    return together <= limits.target and min(before.weight, after.weight) < limits.least


def _joined(before: Cut, after: Cut) -> Cut:
    scope = _common(before.scope, after.scope)
    region = before.region if scope is before.scope else after.region
    split = "chars" if "chars" in (before.split, after.split) else before.split or after.split
    weight, nodes = before.weight + after.weight, before.nodes + after.nodes
    return Cut(before.start, after.end, weight, before.cost, scope, nodes, False, split, region)


def _common(one: Scope | None, other: Scope | None) -> Scope | None:
    """The innermost scope that both stand in."""
    if one is other:
        return one
    around = set(map(id, one.chain())) if one is not None else set()
    scope = other
    while scope is not None and id(scope) not in around:
        scope = scope.outer
    return scope
