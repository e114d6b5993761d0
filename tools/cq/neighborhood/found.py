"""What is found out about a target, as it is kept: the rows that are shown, and what there is to say beside them."""

import msgspec

from cq.rows.neighborhood import (
    CallRow,
    Card,
    ImportRow,
    Neighbor,
    NeighborhoodSummary,
    ParameterUse,
    Reached,
    Symbol,
    Unresolved,
)
from cq.rows.shared import Diagnostic


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """Of every question about a target: what the target is. No card and no candidate: nothing has that name."""

    cards: tuple[Card, ...] = ()
    candidates: tuple[Symbol, ...] = ()  # when the target may be any of these
    diagnostics: tuple[Diagnostic, ...] = ()
    left: tuple[str, ...] = ()  # files that there was no time for: what is in them may be missing


class FoundAround(Found, frozen=True, kw_only=True):
    """What is around it."""

    rows: tuple[Neighbor, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    resolved: int = 0

    def summary(self) -> NeighborhoodSummary:
        """The account of the rows: those one call away, by relation."""
        near = [row for row in self.rows if row.distance == 1]
        counts: dict[str, int] = {}
        for row in near:
            counts[row.relation] = counts.get(row.relation, 0) + 1
        callers = [row for row in near if row.relation == "caller"]
        return NeighborhoodSummary(
            rows=len(self.rows),
            relations=counts,
            call_sites=sum(len(row.sites) for row in callers),
            test_callers=sum(row.symbol.test for row in callers),
            calls_resolved=self.resolved,
            calls_unresolved=sum(each.sites for each in self.unresolved),
            complete=not self.left,
        )


class FoundCalls(Found, frozen=True, kw_only=True):
    """Its calls."""

    signature: str = ""
    rows: tuple[CallRow, ...] = ()
    uses: tuple[ParameterUse, ...] = ()


class FoundImpact(Found, frozen=True, kw_only=True):
    """What may run it."""

    rows: tuple[Reached, ...] = ()


class FoundImports(msgspec.Struct, frozen=True, kw_only=True):
    """Of the question which module imports which: all imports of a project."""

    rows: tuple[ImportRow, ...] = ()
