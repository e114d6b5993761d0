"""A question about a target of a project: which definitions are meant, and what is around them."""

from collections.abc import Callable, Sequence

from cq.errors import CqError
from cq.lanes.syntax_error import syntax_error
from cq.neighborhood.found import FoundAround, FoundImpact
from cq.neighborhood.impact import impact_of
from cq.neighborhood.run import Neighborhood
from cq.neighborhood.target import Meant, at_place, grouped, named
from cq.rows.neighborhood import RELATIONS, Card, Neighbor, Reached, Site, Unresolved
from cq.rows.resolution import Target
from cq.rows.shared import Diagnostic
from cq.symbols.position import Place

_MOST_OF_ONE_NAME = 8  # definitions of one qualified name in one file that are all followed
_OWN = frozenset({"caller", "callee", "user"})  # what is shown of all but the last of these


def _never() -> bool:
    return False


class Question:
    """One question under way."""

    def __init__(self, neighborhood: Neighborhood, text: str, place: Place | None, path: str, everything: bool) -> None:
        """`path` is that of the place, relative to the root; `everything` takes the definitions of tests, too."""
        self.neighborhood = neighborhood
        self.resolvers = neighborhood.resolvers
        self.meant = named(self.resolvers, text, everything) if place is None else self._at(place, path)

    def _at(self, place: Place, path: str) -> Meant:
        if path not in self.resolvers.project.every_path():
            raise CqError(f"{place.path}: not one of the project's files", "it is ignored: try --no-ignore or --hidden")
        meant = at_place(self.resolvers, self.neighborhood.sources, place, path)
        if meant.targets:
            return meant
        module = self.neighborhood.symbols.module(path)
        target = Target(
            name=module.name, qualified_name=module.qualified_name, kind="module", path=path, line=1, column=1
        )
        return Meant((target,), meant.note)

    def groups(self) -> list[list[Target]]:
        """The definitions that are meant, those of one name in one file together."""
        return grouped(self.meant.targets)

    def card(self, target: Target) -> Card:
        """What a target says of itself, and how it was found."""
        return self.neighborhood.card(target, self.meant.note)

    def around(
        self,
        groups: Sequence[Sequence[Target]],
        depth: int,
        only: frozenset[str],
        is_cancelled: Callable[[], bool] = _never,
    ) -> FoundAround:
        """What is around definitions, in the order of RELATIONS; with `only` some; CqError when cancelled."""
        cards: list[Card] = []
        rows: list[Neighbor] = []
        unresolved: list[Unresolved] = []
        resolved = 0
        graph = self.neighborhood.graph
        for group in groups:
            seen: set[tuple[str, int, str, tuple[Site, ...]]] = set()
            # The last one is what the name stands for in the end; of the others only what is their own.
            for target in group[:-_MOST_OF_ONE_NAME:-1]:
                card = self.card(target)
                cards.append(card)
                asked = only if target is group[-1] else (only & _OWN or _OWN)
                for row in self.neighborhood.rows(card.symbol, depth, asked):
                    if is_cancelled():
                        raise CqError("cancelled")
                    # Overloads, and definitions in branches, are used at the same places: told of the last one.
                    told = (row.relation, row.distance, row.symbol.id, row.sites)
                    if told not in seen:
                        seen.add(told)
                        rows.append(row)
                unresolved.extend(graph.unresolved)
                resolved += graph.resolved
        order = {relation: number for number, relation in enumerate(RELATIONS)}
        rows.sort(key=lambda row: (order[row.relation], row.distance))
        return FoundAround(
            cards=tuple(cards),
            rows=tuple(rows),
            unresolved=tuple(unresolved),
            resolved=resolved,
            diagnostics=self.diagnostics(cards),
        )

    def impact(
        self, groups: Sequence[Sequence[Target]], depth: int, is_cancelled: Callable[[], bool] = _never
    ) -> FoundImpact:
        """All that may run definitions, nearest first, `depth` calls away, 0: all; CqError when cancelled."""
        cards = self.cards(groups)
        found: dict[str, Reached] = {}
        for card in cards:
            for each in impact_of(self.neighborhood, card.symbol, depth):
                if is_cancelled():
                    raise CqError("cancelled")
                found.setdefault(each.symbol.id, each)
        rows = tuple(sorted(found.values(), key=lambda each: each.distance))
        return FoundImpact(cards=cards, rows=rows, diagnostics=self.diagnostics(cards))

    def cards(self, groups: Sequence[Sequence[Target]]) -> tuple[Card, ...]:
        """Of definitions of one name in one file the card of the last one."""
        return tuple(self.card(group[-1]) for group in groups)

    def diagnostics(self, cards: Sequence[Card]) -> tuple[Diagnostic, ...]:
        """What is broken in the files of the targets."""
        found: list[Diagnostic] = []
        for path in dict.fromkeys(card.symbol.path for card in cards):
            source = self.neighborhood.sources.of(path)
            if source is not None:
                found.extend(syntax_error(path, source.tree.root_node, "what is broken may lack calls"))
        return tuple(found)
