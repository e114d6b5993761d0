"""A tree to atoms: stretches of a file that are not cut any further, with what a cut before each would cost.

Atoms follow one another without a hole. A definition that is too large for one chunk is a region with atoms of its own,
and so on inwards; only nodes that are too large are ever looked into. Nothing here depends on children covering their
parent: an atom ends where the next one begins.
"""

from collections.abc import Sequence

import msgspec
from tree_sitter import Node

from cq.chunking.definitions import Finder, Head
from cq.chunking.kinds import CANDIDATE, LEADING, OPAQUE, SIGN, NodeKinds
from cq.chunking.lines import LineCutter
from cq.chunking.pieces import DEEPEST_COST, NO_BLANK_LINE_COST, Atom, Limits, Scope, level_cost
from cq.chunking.size import Ruler

# Below so many levels text is cut by its lines: nobody can tell such levels apart.
_MOST_LEVELS = 48
_DEFINITION, _FIRST, _TOKEN = -0.1, 0.4, 1.0


class Unit(msgspec.Struct, gc=False, eq=False):
    """Siblings that share a line, with the comments and attributes before them."""

    start: int
    lead: int  # where the first of the nodes begins, behind the comments: `start` when there are none
    leads: Sequence[Node]  # comments and attributes
    nodes: list[Node]
    blank: bool  # there is a blank line before it
    candidate: Node | None = None  # the first of the nodes that may be a definition
    is_sign: bool = False  # it begins with no more than a sign or a word of the language


class AtomMaker:
    """Makes the atoms of one file."""

    def __init__(
        self,
        data: bytes,
        ruler: Ruler,
        limits: Limits,
        finder: Finder,
        kinds: NodeKinds,
    ) -> None:
        self._data = data
        self._ruler = ruler
        self._limits = limits
        self._finder = finder
        self._kinds = kinds
        self._marks = kinds.marks
        self._lines = LineCutter(data, ruler, limits)

    def of_root(self, root: Node) -> list[Atom]:
        """The atoms of a whole file, from its first byte to its last."""
        atoms: list[Atom] = []
        end = len(self._data)
        if self._marks[root.kind_id] & OPAQUE:  # the parser could make nothing of all of it
            root_children = root.children
            if len(root_children) > 1:
                self._expand(atoms, root_children, 0, end, None, 0, 0.0)
                return atoms
            return self._lines.atoms(0, end, 0.0, 0)
        self._expand(atoms, root.children, 0, end, None, 0, 0.0)
        return atoms

    def _expand(
        self,
        atoms: list[Atom],
        nodes: Sequence[Node],
        start: int,
        end: int,
        scope: Scope | None,
        level: int,
        cost: float,
    ) -> None:
        """Add the atoms of siblings, which are all that stands from `start` to `end`."""
        units = units_of(self._data, self._kinds, nodes, start)
        if not units:
            atoms.extend(self._lines.atoms(start, end, cost, level))
            return
        weight_of, part, surely = self._ruler.weight, self._limits.part, self._limits.surely_bytes
        before_is_definition = False
        starts = [unit.start for unit in units]
        starts.append(end)
        plain = level_cost(level)
        for number, unit in enumerate(units):
            begin, stop = unit.start, starts[number + 1]
            node = unit.candidate
            if number:
                cost = plain
                if not unit.blank:
                    cost += NO_BLANK_LINE_COST
                if node is not None or before_is_definition:
                    cost += _DEFINITION
                if number == 1 and level == 1 and scope is not None:
                    cost += _FIRST  # what it is called, on its own
                if unit.is_sign:
                    cost += _TOKEN
            before_is_definition = node is not None
            weight = weight_of(begin, stop) if stop - begin <= surely else self._limits.most + 1
            if weight <= part:
                atoms.append(Atom(begin, stop, weight, cost, node, None, None, "", unit.is_sign))
            else:
                self._add_large(atoms, unit, stop, weight, node, scope, level, cost)

    def _add_large(
        self,
        atoms: list[Atom],
        unit: Unit,
        end: int,
        weight: int,
        node: Node | None,
        scope: Scope | None,
        level: int,
        cost: float,
    ) -> None:
        """Add what is too large for a part: a definition that still fits, one that is a region, or what it holds."""
        start = unit.start
        depth = level + (scope.depth if scope is not None else 0)
        head = self._finder.of(node) if node is not None else None
        if head is not None and node is not None:
            if weight <= self._limits.most:
                atoms.append(Atom(start, end, weight, cost, node))
                return
            small = end - start <= self._limits.surely_bytes
            if small and self._add_fitting(atoms, unit, end, node, level, cost):
                return
            if depth < _MOST_LEVELS:
                within = Scope(scope, head, node, start, end, depth + 1)
                inner: list[Atom] = []
                self._expand(inner, self._opened(unit, head, node), start, end, within, 1, 0.0)
                atoms.append(Atom(start, end, weight, cost, node, within, inner))
                return
        else:
            opened = self._opened(unit, None, None) if depth < _MOST_LEVELS else None
            if opened:
                self._expand(atoms, opened, start, end, scope, level + 1, cost)
                return
        atoms.extend(self._lines.atoms(start, end, cost, level))

    def _add_fitting(
        self,
        atoms: list[Atom],
        unit: Unit,
        end: int,
        node: Node,
        level: int,
        cost: float,
    ) -> bool:
        """Add a definition that fits without the comments before it, or the blank lines behind it; whether it does."""
        begin = unit.lead
        stop = self._end_of_line(node.end_byte, end)
        weight = self._ruler.weight(begin, stop)
        if weight > self._limits.most:
            return False
        if begin > unit.start:
            atoms.extend(self._lines.atoms(unit.start, begin, cost, level))
            cost = DEEPEST_COST
        if self._ruler.weight(begin, end) <= self._limits.most:
            stop = end
        atoms.append(Atom(begin, stop, self._ruler.weight(begin, stop), cost, node))
        if stop < end:
            atoms.extend(self._lines.atoms(stop, end, 0.0, level))
        return True

    def _end_of_line(self, at: int, end: int) -> int:
        """Behind the line break that only blanks stand before; `at` itself when there is something else."""
        stop = self._data.find(b"\n", at, end) + 1
        return stop if stop and not self._data[at:stop].strip() else at

    def _opened(self, unit: Unit, head: Head | None, node: Node | None) -> list[Node]:
        """What the nodes of a unit are made of; none when that is nothing to cut at.

        What wraps a definition, and what holds its members, is opened with it.
        """
        found: list[Node] = list(unit.leads)
        progress = bool(unit.leads and unit.nodes)
        for each in unit.nodes:
            children = each.children if self._is_open(each) else []
            if not children:
                found.append(each)
                continue
            progress = True
            if head is not None and each == node:
                children = _down_to(head.body or head.node, children)
            found.extend(children)
        return found if progress else []

    def _is_open(self, node: Node) -> bool:
        """Whether a node is large enough to be looked into, has lines, and its children cover it but for blanks."""
        at, end = node.byte_range
        if end - at <= self._limits.small_bytes:
            return False
        if self._marks[node.kind_id] & OPAQUE and not (node.is_error and self._holds_definitions(node)):
            return False
        if self._data.find(b"\n", at, end) < 0:
            return False  # a line is cut between characters
        for child in node.children:
            start = child.start_byte
            if start > at and self._data[at:start].strip():
                return False
            at = child.end_byte
        return not self._data[at:end].strip()

    def _holds_definitions(self, node: Node) -> bool:
        """Whether there are definitions right in a node: one error may swallow a file, and leave those as they were."""
        marks = self._marks
        return not self._kinds.is_open and any(marks[child.kind_id] & CANDIDATE for child in node.children)


def _down_to(target: Node, nodes: list[Node]) -> list[Node]:
    """The nodes with the one that holds the target opened, and so on down to the target, which is opened, too."""
    start, end = target.byte_range
    for _ in range(_MOST_LEVELS):
        at = next((n for n, node in enumerate(nodes) if node.start_byte <= start and end <= node.end_byte), -1)
        if at < 0 or not nodes[at].child_count:
            break
        node = nodes[at]
        nodes = [*nodes[:at], *node.children, *nodes[at + 1 :]]
        if node == target:
            break
    return nodes


def units_of(data: bytes, kinds: NodeKinds, nodes: Sequence[Node], start: int) -> list[Unit]:
    """Siblings by lines: a unit begins where a line does, and comments begin that of the node they stand before."""
    units: list[Unit] = []
    unit: Unit | None = None
    marks = kinds.marks
    find_line = data.rfind
    at = start  # the end of the node before
    leads: list[Node] = []  # comments and attributes that wait for their node
    lead_start = start
    lead_blank = lead_sticks = False
    for node in nodes:
        begin = node.start_byte
        stop = node.end_byte
        if stop <= at and begin < at:
            continue  # zero-width, or out of order as the text of a heredoc is
        mark = marks[node.kind_id]
        after = at - 1 if at > start else start  # some comments end behind their line
        if begin == start:
            line, is_first = begin, True
        else:
            line = find_line(b"\n", after, begin) + 1
            is_first = line > 0 and (line == begin or data[line:begin].isspace())
        if is_first:
            is_extra = node.is_extra
            blank = line - after > 1 and data.find(b"\n", after, line - 1) >= 0
            if leads and blank and not lead_sticks:
                units.append(Unit(lead_start, lead_start, (), leads, lead_blank))
                leads = []
            if is_extra or mark & LEADING:
                if not leads:
                    lead_start, lead_blank, lead_sticks = line, blank, False
                lead_sticks = lead_sticks or not is_extra
                leads.append(node)
                unit = None
            else:
                candidate = node if mark & CANDIDATE else None
                if leads:
                    unit = Unit(lead_start, line, leads, [node], lead_blank, candidate)
                    leads = []
                else:
                    unit = Unit(line, line, (), [node], blank, candidate, mark & SIGN != 0)
                units.append(unit)
        elif leads:
            if mark & LEADING or node.is_extra:
                leads.append(node)
            else:
                unit = Unit(lead_start, lead_start, leads, [node], lead_blank, node if mark & CANDIDATE else None)
                leads = []
                units.append(unit)
        else:
            if unit is None:
                unit = units[-1] if units else Unit(start, start, (), [], False)
                if not units:
                    units.append(unit)
            unit.nodes.append(node)
            if unit.candidate is None and mark & CANDIDATE:
                unit.candidate = node
        if stop > at:
            at = stop
    if leads:
        units.append(Unit(lead_start, lead_start, (), leads, lead_blank))
    if units:
        units[0].start = start
        units[0].lead = max(units[0].lead, start)
    return units
