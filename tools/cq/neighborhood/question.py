"""A question about a target of a project: which definitions are meant, and what is around them."""

from collections.abc import Sequence

from cq.errors import CqError
from cq.lanes.syntax_error import syntax_error
from cq.neighborhood.run import Neighborhood
from cq.neighborhood.target import Meant, at_place, grouped, named
from cq.rows.neighborhood import Card
from cq.rows.resolution import Confidence, Target
from cq.rows.shared import Diagnostic
from cq.symbols.position import Place
from cq.symbols.project import Project
from cq.symbols.resolvers import Resolvers


class Question:
    """One question under way."""

    def __init__(
        self, project: Project, text: str, place: Place | None, path: str, everything: bool, at_most: Confidence
    ) -> None:
        """`path` is that of the place, relative to the root; `everything` takes the definitions of tests, too."""
        self.resolvers = Resolvers(project)
        self.neighborhood = Neighborhood(self.resolvers, at_most)
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

    def diagnostics(self, cards: Sequence[Card]) -> tuple[Diagnostic, ...]:
        """What is broken in the files of the targets."""
        found = []
        for path in dict.fromkeys(card.symbol.path for card in cards):
            source = self.neighborhood.sources.of(path)
            if source is not None and source.tree.root_node.has_error:
                found.append(syntax_error(path, source.tree.root_node, "what is broken may lack calls"))
        return tuple(found)
