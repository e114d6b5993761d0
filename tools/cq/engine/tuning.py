"""Limits from a history of latencies: as tight as past runs allow, and never so tight that a normal file is cut.

Robust against outliers: within a run the 95th percentile of its files counts, over runs the median of those.
"""

from collections.abc import Sequence

from cq.engine.history import RunSample
from cq.engine.limits import (
    LEAST_BUDGET_MS,
    LEAST_MATCH_LIMIT,
    MOST_BUDGET_MS,
    MOST_MATCH_LIMIT,
    MOST_SPLITS,
    Limits,
)

# A file may take so many times what 19 of 20 files took before something is wrong with it.
SLACK = 10.0
# Between two looks at the clock.
WINDOW_MS = 25.0


def tuned(runs: Sequence[RunSample]) -> Limits:
    """The limits that these runs suggest; without runs the static ones. The same runs give the same limits."""
    if not runs:
        return Limits()
    usual_ms = _median([run.p95_ms for run in runs])
    return Limits(
        budget_ms=round(min(MOST_BUDGET_MS, max(LEAST_BUDGET_MS, SLACK * usual_ms)), 1),
        match_limit=_match_limit(runs),
        splits=max(1, min(MOST_SPLITS, round(usual_ms / WINDOW_MS))),
    )


def _match_limit(runs: Sequence[RunSample]) -> int:
    """Half of what was enough last time, down to where it was too little once: that file is run again, not cut."""
    limit, floor = Limits().match_limit, LEAST_MATCH_LIMIT
    for run in runs:
        if run.exceeded:
            limit = floor = min(MOST_MATCH_LIMIT, 2 * run.match_limit)
        else:
            limit = max(floor, run.match_limit // 2)
    return limit


def cost_us_per_kb(runs: Sequence[RunSample]) -> float:
    """What a kilobyte usually costs; 0 when nothing is known."""
    return round(_median([run.us_per_kb for run in runs]), 2) if runs else 0.0


def _median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]
