"""The packs of one language compiled for a plan, and run over one file at a time: evidence in, rows' raw form out."""

import time
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

import msgspec
from tree_sitter import Language, Node

from cq.engine.evidence import TOUCHING, Evidence, EvidenceMaker, MatchSpans, in_order, spans_of
from cq.engine.execute import Tally, execute
from cq.engine.history import Timing
from cq.engine.limits import MOST_BUDGET_MS, MOST_SPLITS, Limits, Watch
from cq.engine.plan import Plan
from cq.engine.tuning import SLACK, WINDOW_MS
from cq.engine.windows import ByteWindow, WindowMode
from cq.packs.meaning import meaning_of
from cq.packs.pattern import PatternText, parts_of
from cq.packs.predicates import ScopesOf
from cq.packs.query import PackQuery
from cq.settings import PROBE_BYTES


class Step(NamedTuple):
    """One query of the program."""

    name: str
    pack: PackQuery
    maker: EvidenceMaker | None  # None: captures are asked for
    first: int  # number of its first pattern among all


class FileRun(NamedTuple):
    """What came of one file."""

    found: list[Evidence | MatchSpans]  # one kind or the other, without duplicates, in the order of the file
    tally: Tally
    timings: list[Timing]


class Program:
    """Runs packs together, or one by one when they are not measured yet or the budget is too small for all.

    Owns C objects: made once per process. Patterns are numbered through all packs, in the order of `patterns`,
    whatever the plan's order is.
    """

    def __init__(
        self,
        language: Language,
        plan: Plan,
        patterns: Mapping[str, Sequence[PatternText]],
        captures: frozenset[str] | None,
        evidence: bool,
        separator: str,
        scopes_of: ScopesOf | None,
    ) -> None:
        self.plan = plan
        self._language = language
        self._patterns = patterns
        self._captures = captures
        self._evidence = evidence
        self._separator = separator
        self._scopes_of = scopes_of
        numbers = accumulate(map(len, patterns.values()), initial=0)
        self._first = dict(zip(patterns, numbers, strict=False))
        self._steps: dict[str, Step] = {}
        self._probed = 0
        self._unmeasured = len(patterns) > 1 and not all(pack.cost_us_per_kb for pack in plan.packs)

    def run(
        self,
        root: Node,
        windows: Sequence[ByteWindow],
        mode: WindowMode,
        size: int,
        ends_at: float | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> FileRun:
        """The evidence, or the captures, in these windows of one file of so many bytes.

        Stops when the file's budget is spent, when the run is over (`ends_at`, as time.time() has it), or on demand.
        """
        steps = self._steps_for(size)  # compiled before the clock starts
        limits = self._limits_for(size)
        watch = Watch(limits.budget_ms, ends_at, cancelled)
        tally = Tally()
        evidence: list[Evidence] = []
        spans: list[MatchSpans] = []
        timings: list[Timing] = []
        for step in steps:
            began = time.process_time()
            exceeded = tally.exceeded
            for matches in execute(step.pack, root, windows, mode, limits, watch, tally):
                if step.maker is not None:
                    evidence += step.maker.evidence(matches, step.first)
                else:
                    spans += spans_of(matches, self._captures, step.first)
                if len(evidence) + len(spans) > 2 * limits.row_cap:
                    break  # enough, even when each was found twice
            spent = (time.process_time() - began) * 1000
            timings.append(Timing(step.name, size, spent, limits.match_limit, tally.exceeded > exceeded))
        tally.captures = len(evidence) + sum(len(match.captures) for match in spans)
        evidence, spans = in_order(evidence), in_order(spans)
        for rows in (evidence, spans):
            if len(rows) > limits.row_cap:
                del rows[limits.row_cap :]
                tally.stopped_by = tally.stopped_by or "row_cap"
        return FileRun(evidence if self._evidence else spans, tally, timings)  # type: ignore[arg-type]  # one or the other

    def _limits_for(self, size: int) -> Limits:
        """The limits of the plan for a file of this size.

        One that is expected to take long is cut into more windows, to stop in time, and a tuned budget grows with it:
        files larger than those of earlier runs are no reason to lose rows.
        """
        limits = self.plan.limits
        expected_ms = min(MOST_BUDGET_MS, max(0.0, self.plan.cost_us_per_kb * size / 1024 / 1000))
        if not self.plan.budget_given:
            budget_ms = min(MOST_BUDGET_MS, max(limits.budget_ms, SLACK * expected_ms))
            limits = msgspec.structs.replace(limits, budget_ms=budget_ms)
        if self.plan.splits_given:
            return limits
        parts = MOST_SPLITS if self.plan.budget_given else min(MOST_SPLITS, int(expected_ms / WINDOW_MS))
        return msgspec.structs.replace(limits, splits=parts) if parts > limits.splits else limits

    def _steps_for(self, size: int) -> list[Step]:
        plan = self.plan
        if self._unmeasured and self._probed < PROBE_BYTES:
            # Measured one by one on a little, so that the next run can plan. The rows are the same.
            self._probed += size
            return [self.step(pack.name) for pack in plan.packs]
        expected_ms = plan.cost_us_per_kb * size / 1024 / 1000
        if plan.budget_given and expected_ms > plan.limits.budget_ms:
            return [self.step(pack.name) for pack in plan.packs]
        return [self.step(plan.together)]

    def step(self, name: str) -> Step:
        """The query of one pack, or of all together (`plan.together`), compiled when it is first needed."""
        step = self._steps.get(name)
        if step is None:
            patterns = self._patterns.get(name)
            if patterns is None:
                patterns = [pattern for of_pack in self._patterns.values() for pattern in of_pack]
            pack = PackQuery(self._language, patterns, self._separator, self._scopes_of, self._kept(patterns))
            maker = EvidenceMaker(pack) if self._evidence else None
            step = self._steps[name] = Step(name, pack, maker, self._first.get(name, 0))
        return step

    def _kept(self, patterns: Sequence[PatternText]) -> frozenset[str] | None:
        if not self._evidence:
            return self._captures
        parts = map(parts_of, patterns)
        return TOUCHING.union(meaning_of(each.settings, each.captures).anchor for each in parts)
