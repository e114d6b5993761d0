"""Diagnose one file: its damages in text order, each with hints and, when a trial proves one, an edit."""

from typing import NamedTuple

from tree_sitter import Tree

from cq.diagnose.attempts import Repair
from cq.diagnose.brackets import Suspect
from cq.diagnose.broken import broken_nodes, count_broken
from cq.diagnose.conflicts import conflicts_in, without_conflicts
from cq.diagnose.expected import expected_at, first_unfit, shown
from cq.diagnose.hints import Remark, of_conflict, of_error, of_old_dialect, of_repair
from cq.diagnose.repair import Budget, Workbench, suspects_of
from cq.diagnose.source import Grammar, Source
from cq.grammar.parse import parse
from cq.settings import ERRORS_PER_FILE, REPAIR_LIMIT_BYTES, REPAIR_NODES

# Repairs of one file. More damages than that are no slip of the hand.
_REPAIRS = 20


class Damage(NamedTuple):
    """One thing that is wrong, in the bytes of the file as it is."""

    start: int
    end: int
    remark: Remark
    expected: tuple[str, ...] = ()
    edit: Repair | None = None  # proven, in the bytes of the file as it is; applied with those before it


class _Shift(NamedTuple):
    """An edit made already: from here on, bytes of the repaired file stand so much further."""

    at: int  # in the repaired file, behind the edit
    old_at: int  # the same place in the file as it is
    start: int  # of the edit in the repaired file


def diagnose(grammar: Grammar, data: bytes, tree: Tree, budget: Budget | None = None) -> list[Damage]:
    """The damages of a file, in text order; none when it parses. `tree` is that of `data`.

    The budget bounds the trial repairs; afterwards it knows whether it stopped them.
    """
    damages: list[Damage] = []
    old = of_old_dialect(grammar, data, tree)
    if old is not None:
        start, end, remark = old
        damages.append(Damage(start, end, remark))
    if not tree.root_node.has_error:
        return damages
    conflicts = conflicts_in(data)
    if conflicts:
        damages += (Damage(each.start, _line_end(data, each.start), of_conflict(data, each)) for each in conflicts)
        data = without_conflicts(data, conflicts)
        tree = parse(grammar.language, data)
    broken = count_broken(tree.root_node)
    budget = budget or Budget(len(data))
    repaired, left = _repaired(grammar, data, tree, budget, may_be_many=True)
    if left >= broken and any(damage.edit is not None for damage in repaired):
        # What seemed to be several damages was none of that.
        repaired, _ = _repaired(grammar, data, tree, Budget(len(data)), may_be_many=False)
    damages += repaired
    return sorted(damages, key=lambda damage: damage.start)


def _repaired(grammar: Grammar, data: bytes, tree: Tree, budget: Budget, may_be_many: bool) -> tuple[list[Damage], int]:
    """The damages, and how many nodes are still broken when all repairs are made."""
    damages: list[Damage] = []
    shifts: list[_Shift] = []
    bench = Workbench(grammar, budget, may_be_many)
    source = Source(grammar, data, tree.root_node)
    may_try = len(data) <= REPAIR_LIMIT_BYTES and count_broken(source.root) <= REPAIR_NODES
    suspects = suspects_of(source, budget) if may_try else None
    given_up = -1
    while suspects is not None and len(shifts) < _REPAIRS and not bench.is_spent():
        node = next((each for each in broken_nodes(source.root) if each.start_byte > given_up), None)
        if node is None:
            break
        at = first_unfit(grammar.language, node)
        proven = bench.repair(source, node, at, suspects)
        if proven is None:
            # Whatever else is broken on this line is not tried again.
            given_up = max(source.line_end(source.line_of(max(at, node.start_byte))), given_up + 1)
            continue
        repair = proven.repair
        start = _original(shifts, repair.start)
        edit = repair._replace(start=start, end=start + repair.end - repair.start)
        partner = _original(shifts, repair.partner) if repair.partner >= 0 else -1
        is_apart = all(damage.edit is None or _apart(damage.edit, edit) for damage in damages)
        expected = expected_at(source, repair.start) if not repair.is_fix else ()
        remark = of_repair(source, repair, partner, expected)
        damages.append(Damage(*_place(data, edit), remark, expected, edit if is_apart else None))
        shifts = _shifted(shifts, repair, start)
        if 0 <= repair.start <= given_up:
            given_up += len(repair.text) - (repair.end - repair.start)
        source = Source(grammar, proven.data, proven.tree.root_node)
        suspects = suspects_of(source, budget) if source.root.has_error else []
    left = count_broken(source.root)
    damages += _left_over(source, suspects or [], shifts, data)
    return damages, left


def errors_of(source: Source) -> list[Damage]:
    """The errors of a tree as they are, without trial repairs: of a part of a file, which stands on its own."""
    return _left_over(source, [], [], source.data)


def _left_over(source: Source, suspects: list[Suspect], shifts: list[_Shift], data: bytes) -> list[Damage]:
    """A damage for each line with an error that no repair was found for."""
    grammar = source.grammar
    damages: list[Damage] = []
    lines: set[int] = set()
    for node in broken_nodes(source.root):
        at = first_unfit(grammar.language, node)
        line = source.line_of(at)
        if line in lines:
            continue
        lines.add(line)
        if len(damages) >= ERRORS_PER_FILE:
            break
        start = _original(shifts, at)
        tokens = source.tokens_between(at, max(node.end_byte, at + 1))
        end = start + (tokens[0].end - at if tokens else 0)
        end = min(max(end, start), _line_end(data, start)) if start < len(data) else start
        expected = expected_at(source, at)
        word = shown(tokens, source.data)
        remark = of_error(source, node, at, word, suspects, lambda place: _original(shifts, place))
        damages.append(Damage(start, end, remark, expected))
    return damages


def _place(data: bytes, edit: Repair) -> tuple[int, int]:
    """Where an edit is shown: what it removes, or the place where it puts something in."""
    if edit.text.startswith((b"\n", b"\r\n")):
        # A line of its own: the next line is where it will stand.
        return edit.start, edit.start
    return edit.start, edit.end


def _original(shifts: list[_Shift], at: int) -> int:
    """A place of the repaired file in the file as it is."""
    for shift in reversed(shifts):
        if at >= shift.at:
            return shift.old_at + at - shift.at
        if at >= shift.start:
            return shift.old_at
    return at


def _shifted(shifts: list[_Shift], repair: Repair, start: int) -> list[_Shift]:
    delta = len(repair.text) - (repair.end - repair.start)
    moved = [
        shift._replace(at=shift.at + delta, start=shift.start + delta) if shift.start >= repair.start else shift
        for shift in shifts
    ]
    made = _Shift(repair.start + len(repair.text), start + repair.end - repair.start, repair.start)
    return sorted([*moved, made], key=lambda shift: (shift.start, shift.at))


def _apart(one: Repair, other: Repair) -> bool:
    return one.end < other.start or other.end < one.start


def _line_end(data: bytes, at: int) -> int:
    end = data.find(b"\n", at)
    return len(data) if end < 0 else end
