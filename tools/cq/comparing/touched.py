"""Whom changes touch: the callers of a new signature, and the uses that are left of what is gone."""

import re
from collections.abc import Iterator

from cq.comparing.definitions import Item
from cq.errors import CqError
from cq.neighborhood.calls import Signature, calls_of, signature_of
from cq.neighborhood.run import Neighborhood
from cq.rows.resolution import Target
from cq.rows.structure import Touched
from cq.symbols.resolvers import can_resolve


class Users:
    """The users of definitions in one tree of files."""

    def __init__(self, neighborhood: Neighborhood) -> None:
        self._neighborhood = neighborhood
        self._project = neighborhood.resolvers.project

    def target(self, path: str, item: Item) -> Target | None:
        """The definition that an item is, as resolution knows it."""
        if not can_resolve(self._project.table.by_path(path)):
            return None
        for answer in self._neighborhood.resolvers.definitions_at(path, item.start_byte):
            if (answer.target.path, answer.target.start_byte) == (path, item.start_byte):
                return answer.target
        return None

    def callers(self, path: str, item: Item) -> Iterator[Touched]:
        """The calls of a definition, with what of them does not fit its signature."""
        target = self.target(path, item)
        if target is None:
            return
        card = self._neighborhood.card(target)
        try:
            signature: Signature = signature_of(self._neighborhood, card)
        except CqError:
            return
        for row in calls_of(self._neighborhood, card.symbol, signature):
            site = row.site
            if site.confidence == "possible":
                continue
            yield Touched(
                path=site.path,
                line=site.line,
                column=site.column,
                container=row.caller.qualified_name,
                text=site.text,
                confidence=site.confidence,
                problems=row.problems,
            )

    def uses(self, path: str, item: Item) -> Iterator[tuple[str, str, str, str]]:
        """Path, container, line and name of each use of a definition."""
        target = self.target(path, item)
        if target is None:
            return
        symbol = self._neighborhood.symbols.of(target)
        for use in self._neighborhood.graph.uses(symbol):
            if use.site.confidence != "possible":
                yield use.site.path, use.site.container, use.site.text, use.site.name

    def importers(self, path: str) -> Iterator[tuple[str, str, str, str]]:
        """The same of each import of a file."""
        if not can_resolve(self._project.table.by_path(path)):
            return
        symbol = self._neighborhood.symbols.module(path)
        for row in self._neighborhood.rows(symbol, 1, frozenset({"importer"})):
            for site in row.sites:
                if site.confidence != "possible":
                    yield site.path, site.container, site.text, site.name

    def is_open(self, path: str, item: Item) -> bool:
        """Whether a type has a base outside of the project: it may get from there what it does not define."""
        target = self.target(path, item)
        return target is not None and any(not base.path for base in self._neighborhood.bases(target))

    def unresolved(self, path: str, name: str) -> Iterator[Touched]:
        """The places of a name in a file that refer to nothing that is known."""
        source = self._neighborhood.sources.of(path)
        if source is None:
            return
        word = re.compile(rb"(?<![\w\x80-\xff])" + re.escape(name.encode()) + rb"(?![\w\x80-\xff])")
        hits = [found.span() for found in word.finditer(source.data)]
        for hit, verdict in zip(hits, source.verdicts(hits), strict=True):
            if verdict.role in ("string", "comment", "text", "definition", "parameter", "assignment", "keyword"):
                continue
            answers = self._neighborhood.resolvers.definitions_at(path, hit[0])
            # It referred to the project: what is now outside of it is not what was meant.
            if any(answer.confidence != "possible" and answer.target.path for answer in answers):
                continue
            line, column, begin = source.lines.position(hit[0])
            yield Touched(
                path=path,
                line=line,
                column=column,
                container=source.entry.separator.join(verdict.names),
                text=source.lines.text(begin, *hit)[0].strip(),
                problems=(f"{name} is not defined any more",),
            )
