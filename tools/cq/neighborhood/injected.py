"""Parameters by which a test takes what a function gives: the runner of tests calls that function by its name."""

import os
import re
from collections.abc import Mapping, Sequence

from cq.lanes.regions import Span
from cq.lanes.verdict import Verdict
from cq.neighborhood.sought import Sought
from cq.neighborhood.sources import Source, Sources, runner
from cq.rows.resolution import Resolution, Target

FIXTURE = "fixture"  # the reason of such a use


class Injected:
    """Knows which functions are for that."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._injecting: dict[tuple[str, int], bool] = {}

    def given(
        self, source: Source, hit: Span, verdict: Verdict, by_name: Mapping[str, Sequence[Sought]]
    ) -> tuple[Resolution | None, Sought | None]:
        """The function of which a parameter takes the result, when it is one that is looked for."""
        if not source.entry.injecting or verdict.role != "parameter" or verdict.kind == "keyword-argument":
            return None, None
        for sought in by_name.get(source.text(*hit), ()):
            target = sought.target
            if self._reaches(target.path, source) and self._is_injecting(target) and self._takes(source, hit, verdict):
                return Resolution(target=target, confidence="likely", reason=FIXTURE), sought
        return None, None

    def _reaches(self, path: str, source: Source) -> bool:
        folder, name = os.path.split(path)
        if path == source.path:
            return True
        below = os.path.join(folder, "") if folder else ""
        return name in source.entry.injecting_files and source.path.startswith(below)

    def _takes(self, source: Source, hit: Span, verdict: Verdict) -> bool:
        """Whether the function with the parameter is a test, or such a function itself."""
        region = runner(verdict, hit[0])
        if region is None or region.anchor is None:
            return False
        name = source.text(*region.anchor)
        if any(re.fullmatch(pattern, name) for pattern in source.entry.test_functions):
            return True
        return self._is_decorated(source, region.anchor[0])

    def _is_injecting(self, target: Target) -> bool:
        source = self._sources.of(target.path) if target.kind in ("function", "method") else None
        return source is not None and self._is_decorated(source, target.start_byte)

    def _is_decorated(self, source: Source, start_byte: int) -> bool:
        key = (source.path, start_byte)
        if key not in self._injecting:
            own = source.definition_at(start_byte)
            decorators: tuple[str, ...] = ()
            if own is not None:
                facts = source.lane_facts.facts(source.data, own.node, own.verdict.regions, own.name_span)
                decorators = facts.decorators
            self._injecting[key] = any(
                re.fullmatch(pattern, each, re.DOTALL) for each in decorators for pattern in source.entry.injecting
            )
        return self._injecting[key]
