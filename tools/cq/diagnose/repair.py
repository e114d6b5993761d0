"""Try repairs: edit, parse again, count what is left. What goes in is a broken source, what comes out a proven repair.

A trial parses the smallest part of the file that stands on its own; what works there is proven on the whole file.
"""

import re
from collections.abc import Iterator
from heapq import nlargest, nsmallest
from typing import NamedTuple

from tree_sitter import Node, Tree

from cq.diagnose.attempts import Attempt, Repair, bracket_attempt, quote_attempts
from cq.diagnose.brackets import Matching, Suspect
from cq.diagnose.broken import count_broken, first_broken
from cq.diagnose.near import near_attempts
from cq.diagnose.source import Grammar, Source
from cq.grammar.parse import parse
from cq.settings import (
    REPAIR_DEPTH,
    REPAIR_FILE_BYTES,
    REPAIR_LEAST_BYTES,
    REPAIR_NODE_BYTES,
    REPAIR_TIMES,
    REPAIR_WALK,
)

# Brackets without a partner whose place is tried, for one error.
_SUSPECTS = 10
# Of the repairs that work in their part of the file: so many are held against all of it.
_PROOFS = 6
# How likely a repair is that leaves errors.
_PARTLY = -100.0
# A parse of a few bytes has a price, too.
_LEAST_BYTES = 1_000
_NAME = re.compile(rb"[A-Za-z_]\w*\Z")


class Proven(NamedTuple):
    """A repair after which an error is gone, and the file as it is then."""

    repair: Repair
    data: bytes
    tree: Tree


class _Works(NamedTuple):
    score: float
    repair: Repair


class Budget:
    """What the trials of one file may still parse, in bytes, and what was tried in vain."""

    def __init__(self, size: int) -> None:
        self._left = min(REPAIR_FILE_BYTES, REPAIR_LEAST_BYTES + REPAIR_TIMES * size)
        self._total = REPAIR_FILE_BYTES
        self._for_error = 0
        self._spent = 0
        self._in_vain = 0
        self._echoes: set[bytes] = set()

    def begin_error(self, look: bytes) -> bool:
        """Whether to try anything for an error that looks so; the more was in vain, the less is spent."""
        self._for_error = self._left >> (1 + self._in_vain)
        self._spent = 0
        return look not in self._echoes and not self.is_spent()

    def note_vain(self, look: bytes) -> None:
        """Nothing was found: this, and what looks like it, is rather a syntax that the grammar does not know."""
        self._in_vain += 1
        self._echoes.add(look)

    def note_proven(self) -> None:
        """What was spent on this error was well spent: the next one may cost as much."""
        self._left += self._spent

    def spend(self, size: int) -> None:
        """Count what was parsed."""
        cost = max(size, _LEAST_BYTES)
        self._for_error -= cost
        self._left -= cost
        self._total -= cost
        self._spent += cost

    def is_error_over(self) -> bool:
        """Whether no more trials are made for this error."""
        return min(self._for_error, self._total) <= 0

    def is_spent(self) -> bool:
        """Whether no more trials are made in this file."""
        return min(self._left, self._total) <= 0 or (self._left >> (1 + self._in_vain)) < _LEAST_BYTES


class Workbench:
    """Repairs the errors of one file, one after the other, within limits."""

    def __init__(self, grammar: Grammar, budget: Budget, may_be_many: bool = True) -> None:
        self._grammar = grammar
        self._budget = budget
        self._may_be_many = may_be_many

    def is_spent(self) -> bool:
        """Whether no more trials are made in this file."""
        return self._budget.is_spent()

    def repair(self, source: Source, node: Node, at: int, suspects: list[Suspect]) -> Proven | None:
        """A repair of the error at `node`, proven; `at` is the first byte that does not fit."""
        look = _look(source, at)
        if not self._budget.begin_error(look):
            return None
        proven = self._repair(source, node, at, suspects)
        if proven is None:
            self._budget.note_vain(look)
        else:
            self._budget.note_proven()
        return proven

    def _repair(self, source: Source, node: Node, at: int, suspects: list[Suspect]) -> Proven | None:
        count = count_broken(source.root)
        suspected = list(self._suspected(source, at, suspects))
        near = list(near_attempts(source, node, at))
        # At first as if there were one damage; then as if the next one came right behind it.
        passes = [(False, [*suspected, *near])]
        if self._may_be_many:
            passes.append((True, [*sorted(suspected, key=lambda each: each.low), *near]))
        for is_short, attempts in passes:
            for attempt in attempts:
                if self._budget.is_error_over():
                    return None
                proven = self._try(source, attempt, node, count, is_short)
                if proven is not None:
                    return proven
        return None

    def _suspected(self, source: Source, at: int, suspects: list[Suspect]) -> Iterator[Attempt]:
        ranked = _ranked(suspects, at)
        yield from quote_attempts(source, at)
        for suspect in ranked:
            yield bracket_attempt(source, suspect, at)

    def _try(self, source: Source, attempt: Attempt, node: Node, count: int, is_short: bool) -> Proven | None:
        if not attempt.repairs or (is_short and attempt.whole):
            return None
        low = min(attempt.low, min(each.start for each in attempt.repairs))
        high = max(attempt.high, max(each.end for each in attempt.repairs))
        start, end = (0, len(source.data)) if attempt.whole else source.piece(low, high, attempt.by_text)
        piece = source.data[start:end]
        if is_short:
            line = attempt.line if attempt.line >= 0 else source.line_of(high - 1 if high > low else high)
            end = source.line_end(line)
            piece = source.data[start:end] + b"\n" + _closers_of(source, start, end, attempt.repairs[0])
        before = self._count(piece)
        if not before:
            return None
        works: list[_Works] = []
        for repair in attempt.repairs:
            if self._budget.is_error_over():
                break
            trial = _applied(piece, repair, start)
            left = self._count(trial)
            if left == 0:
                works.append(_Works(repair.prior + _looks(source.data, repair), repair))
                if attempt.first_wins:
                    break
            elif attempt.whole and left < before and self._moved(trial, repair, start, node):
                # There may be other damages in the file: good enough when nothing is better.
                works.append(_Works(_PARTLY - left - 0.001 * len(works), repair))
        works.sort(key=lambda each: -each.score)
        for _, repair in works[:_PROOFS]:
            proven = self._proven(source, repair, node, count, is_short)
            if proven is not None:
                return proven
        return None

    def _moved(self, trial: bytes, repair: Repair, start: int, node: Node) -> bool:
        """Whether the first error that is left stands well behind what was repaired."""
        error = first_broken(parse(self._grammar.language, trial).root_node)
        end = trial.find(b"\n", max(repair.start, node.start_byte) - start)
        return error is None or (end >= 0 and error.start_byte > end)

    def _proven(self, source: Source, repair: Repair, node: Node, count: int, is_short: bool) -> Proven | None:
        """The repair applied to the whole file, when fewer errors are left and none where it was made."""
        data = _applied(source.data, repair, 0)
        tree = parse(self._grammar.language, data)
        self._budget.spend(len(data))
        if not tree.root_node.has_error:
            return Proven(repair, data, tree)
        left = count_broken(tree.root_node)
        error = first_broken(tree.root_node)
        line_end = data.find(b"\n", repair.start + len(repair.text))
        if is_short:
            # What is left is the next damage, which may show in more places now. Whether all of it helped is seen
            # once everything has been repaired.
            return Proven(repair, data, tree)
        if left >= count:
            return None
        is_behind = error is None or error.start_byte >= (line_end if line_end >= 0 else len(data))
        # An error before this one was given up already.
        is_before = error is not None and error.start_byte < min(repair.start, node.start_byte)
        return Proven(repair, data, tree) if is_behind or is_before else None

    def _count(self, data: bytes) -> int:
        count = count_broken(parse(self._grammar.language, data).root_node)
        self._budget.spend(len(data) + REPAIR_NODE_BYTES * count)
        return count


def _look(source: Source, at: int) -> bytes:
    """The word before an error and the one at it: how to know another one of its kind."""
    before = source.token_before(at)
    tokens = source.tokens_between(at, source.line_end(source.line_of(at)) + 1)[:1]
    words = [source.data[each.start : each.end][:40] for each in (*((before,) if before else ()), *tokens)]
    return b" ".join(words)


def suspects_of(source: Source, budget: Budget) -> list[Suspect] | None:
    """The brackets without a partner; None when they are too deep for any trial."""
    budget.spend(REPAIR_WALK * len(source.data))
    matching = Matching(source.grammar.pairs, source.grammar.facts)
    suspects = matching.run(source.tokens, source.data)
    if matching.depth > REPAIR_DEPTH:
        return None
    # When each has a partner, odd indentation says nothing.
    return suspects if any(each.is_sure for each in suspects) or not source.is_balanced(0, len(source.data)) else []


def _ranked(suspects: list[Suspect], at: int) -> list[Suspect]:
    """The likeliest first: those that are sure, nearest to the error; before each what may have taken its partner."""

    def distance(suspect: Suspect) -> int:
        return abs(suspect.place - at)

    ranked: list[Suspect] = []
    odd = [each for each in suspects if not each.is_sure]
    for suspect in nsmallest(_SUSPECTS, (each for each in suspects if each.is_sure), key=distance):
        if suspect.partner >= suspect.low:
            before = [each for each in odd if each.missing == suspect.missing and each.partner < suspect.partner]
            latest = nlargest(_SUSPECTS, before, key=lambda each: each.partner)
            ranked += [each for each in (*_shift_begins(suspect, latest), *latest[:2]) if each not in ranked]
        ranked.append(suspect)
    ranked += [each for each in nsmallest(_SUSPECTS, odd, key=distance) if each not in ranked]
    return ranked[:_SUSPECTS]


def _shift_begins(suspect: Suspect, before: list[Suspect]) -> list[Suspect]:
    """Where closing brackets began to take one another's partners: each stood further to the right than the next."""
    first = suspect
    for each in before:
        if first.column < 0 or each.column <= first.column:
            break
        first = each
    return [first] if first is not suspect else []


def _closers_of(source: Source, start: int, end: int, repair: Repair) -> bytes:
    """What closes the brackets that are open at the end of a piece, without those that the repair is about."""
    pairs = source.grammar.pairs
    stack: list[str] = []
    if repair.code == "unterminated-string":
        end = source.line_start(source.line_of(repair.start))  # the brackets of this line are part of the text now
    for token in source.tokens_between(start, end):
        if token.start == repair.partner:
            continue
        if token.kind in pairs:
            stack.append(pairs[token.kind])
        elif token.kind in stack:
            while stack.pop() != token.kind:
                pass
    return "".join(reversed(stack)).encode()


def _applied(data: bytes, repair: Repair, offset: int) -> bytes:
    return data[: repair.start - offset] + repair.text + data[repair.end - offset :]


def _looks(data: bytes, repair: Repair) -> float:
    """How much a repair looks like the rest of the file: how often what comes to stand side by side does elsewhere."""
    text = repair.text.strip()
    if not text:
        return 0.0
    line = data.rfind(b"\n", 0, repair.start) + 1
    name = _NAME.search(data[max(line, repair.start - 60) : repair.start])
    left = (name[0] if name else data[max(line, repair.start - 2) : repair.start]) + text
    right = text + data[repair.end : repair.end + 2]
    return 0.5 * min(data.count(left), 4) + 0.25 * min(data.count(right), 6)
