"""What the runner of tests calls a test, and which symbols are tests that it runs."""

import re

from cq.lanes.table import LanguageEntry
from cq.neighborhood.callees import target_of
from cq.neighborhood.run import Neighborhood
from cq.rows.neighborhood import Symbol
from cq.rows.resolution import Target


class Suite:
    """Tells tests of one project."""

    def __init__(self, neighborhood: Neighborhood) -> None:
        self._around = neighborhood
        self._collected: dict[tuple[str, int], bool] = {}

    def id_of(self, symbol: Symbol) -> str:
        """What its runner calls a test; "" when the symbol is none."""
        table = self._around.sources.project.table
        entry = table.languages.get(table.by_path(symbol.path))
        if entry is None or not entry.test_id or symbol.kind not in ("function", "method"):
            return ""
        if entry.test_functions and not (symbol.test and _matches(entry.test_functions, symbol.name)):
            return ""
        source = self._around.sources.of(symbol.path)
        definition = source.definition_at(symbol.start_byte) if source is not None else None
        if source is None or definition is None:
            return ""
        if entry.test_functions:
            if definition.verdict.scope_kind == "function":
                return ""  # a function in a test
            if definition.verdict.names and not self._is_collected(entry, target_of(symbol)):
                return ""
        else:
            regions, name = definition.verdict.regions, definition.name_span
            if "test" not in source.lane_facts.facts(source.data, definition.node, regions, name).forms:
                return ""
        return entry.test_id.format(
            path=symbol.path,
            scopes="::".join((*definition.verdict.names, symbol.name)),
            inner=symbol.qualified_name.partition(entry.separator)[2],
        )

    def _is_collected(self, entry: LanguageEntry, member: Target) -> bool:
        """Whether the runner looks for tests in the type that a member belongs to."""
        owner = self._around.owner(member)
        if owner is None:
            return True
        key = (owner.path, owner.start_byte)
        if key not in self._collected:
            self._collected[key] = self._judged(entry, owner)
        return self._collected[key]

    def _judged(self, entry: LanguageEntry, owner: Target) -> bool:
        bases = list(self._around.bases(owner))
        if any(_matches(entry.test_bases, each.name) for each in bases):
            return True
        if entry.test_types and not _matches(entry.test_types, owner.name):
            return False
        # Values of a type with a constructor of its own are not made by the runner.
        made = [each.name for each in self._around.members(owner) if each.name in entry.constructors]
        return not made and self._is_collected(entry, owner)


def _matches(patterns: tuple[str, ...], name: str) -> bool:
    return any(re.fullmatch(pattern, name) for pattern in patterns)
