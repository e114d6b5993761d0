"""The plan of a run: which packs of a language, in which order, together or one by one, within which limits.

With no history the order is that of the static scores. From the second run on the measured cost counts, too: what a
pack is worth per kilobyte of work. The same history always gives the same plan.
"""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from cq.engine.history import Entry, History
from cq.engine.limits import Limits
from cq.engine.tuning import cost_us_per_kb, tuned


class PackFigures(NamedTuple):
    """A pack as the planner sees it."""

    name: str
    hash: str
    patterns: int
    score: float


class PlannedPack(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One pack in a plan."""

    name: str
    hash: str
    patterns: int
    score: float
    cost_us_per_kb: float = 0.0  # measured alone; 0: not yet
    priority: float


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """The plan for one language. Goes to the workers as it is."""

    language: str
    grammar: str  # version
    packs: tuple[PlannedPack, ...]  # in the order in which they run when they run one by one
    together: str  # their names joined: how the merged query is called in the history
    hash: str  # of all of them
    cost_us_per_kb: float  # of the merged query; 0: not measured yet
    limits: Limits
    tuned: bool  # whether a history has shaped the limits
    budget_given: bool  # whether the user set the budget of a file
    splits_given: bool


class GivenLimits(NamedTuple):
    """Limits that the user set; they win over tuned ones."""

    budget_ms: float | None = None
    match_limit: int | None = None
    splits: int | None = None
    row_cap: int | None = None
    max_start_depth: int | None = None


def make_plan(
    language: str, grammar: str, packs: Sequence[PackFigures], hash: str, history: History, given: GivenLimits
) -> Plan:
    """The plan for these packs of a language (named in a fixed order); the history may be empty."""
    costs = {pack.name: _cost(history.entry(language, pack.name, pack.hash, grammar)) for pack in packs}
    known = sorted(cost for cost in costs.values() if cost)
    usual = known[len(known) // 2] if known else 0.0
    planned = [
        PlannedPack(
            name=pack.name,
            hash=pack.hash,
            patterns=pack.patterns,
            score=pack.score,
            cost_us_per_kb=costs[pack.name],
            priority=_priority(pack.score, costs[pack.name], usual),
        )
        for pack in packs
    ]
    together = "+".join(pack.name for pack in packs)
    entry = history.entry(language, together, hash, grammar)
    runs = entry.runs if entry is not None else []
    limits = tuned(runs)
    return Plan(
        language=language,
        grammar=grammar,
        packs=tuple(sorted(planned, key=lambda pack: (-pack.priority, pack.name))),
        together=together,
        hash=hash,
        cost_us_per_kb=cost_us_per_kb(runs),
        limits=_with(limits, given),
        tuned=bool(runs),
        budget_given=given.budget_ms is not None,
        splits_given=given.splits is not None,
    )


def _cost(entry: Entry | None) -> float:
    return cost_us_per_kb(entry.runs) if entry is not None else 0.0


def _priority(score: float, cost: float, usual: float) -> float:
    """The score over the cost, where the usual cost is one; a pack that was not measured yet has the usual cost.

    A score below zero is made worse by a high cost, not better.
    """
    relative = cost / usual if cost and usual else 1.0
    return round(score / relative if score > 0 else score * relative, 3)


def _with(limits: Limits, given: GivenLimits) -> Limits:
    return Limits(
        budget_ms=limits.budget_ms if given.budget_ms is None else given.budget_ms,
        match_limit=limits.match_limit if given.match_limit is None else given.match_limit,
        splits=limits.splits if given.splits is None else given.splits,
        row_cap=limits.row_cap if given.row_cap is None else min(limits.row_cap, given.row_cap),
        max_start_depth=given.max_start_depth,
        retry=given.match_limit is None,
    )
