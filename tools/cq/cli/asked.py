"""One target of the project, as `neighborhood`, `calls` and the like are asked about it."""

import os
import re
import shlex
import sys
import time
from collections.abc import Sequence
from typing import Any

from cq.cli.cache_options import blobs_of
from cq.cli.settle import query_folders, selection_of, shown_paths
from cq.errors import CqError, nearest
from cq.index.selection import Selection
from cq.index.walk import list_files
from cq.lanes.syntax_error import syntax_error
from cq.lanes.table import lane_table
from cq.neighborhood.run import Neighborhood
from cq.neighborhood.target import Meant, at_place, grouped, named
from cq.render.color import printable
from cq.rows.neighborhood import Candidate, Card
from cq.rows.resolution import Target
from cq.rows.shared import Diagnostic, Report
from cq.symbols.position import Place, parse_place
from cq.symbols.project import Project
from cq.symbols.resolvers import Resolvers

_MOST_CANDIDATES = 40  # that are listed


class Asked:
    """One question about a target under way."""

    def __init__(self, text: str, values: dict[str, Any]) -> None:
        self.began = time.perf_counter()
        self.text = text
        self.values = values
        place = parse_place(text)
        path = os.path.abspath(place.path) if place is not None else ""
        if place is not None and not os.path.isfile(path):
            raise CqError(f"no such file: {place.path}", "TARGET is a name, path:line or path:line:column")
        given = selection_of(values, [path] if path else []).selection
        self.root = given.root
        if path and not path.startswith(os.path.join(self.root, "")):
            raise CqError(f"{text}: outside of {self.root}", "--root takes the folder of the project")
        listing = list_files(Selection(root=given.root, hidden=given.hidden, no_ignore=given.no_ignore))
        self.files = len(listing.files)
        self.resolvers = Resolvers(
            Project(given.root, listing.files, lane_table(query_folders(values)), blobs=blobs_of(values))
        )
        self.neighborhood = Neighborhood(self.resolvers, values.get("confidence", "possible"))
        self.meant = self._meant(place, path.removeprefix(os.path.join(self.root, "")))

    def _meant(self, place: Place | None, path: str) -> Meant:
        if place is None:
            return named(self.resolvers, self.text, bool(self.values.get("all")))
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

    def diagnostics(self, cards: Sequence[Card]) -> tuple[Diagnostic, ...]:
        """What is broken in the files of the targets."""
        found = []
        for path in dict.fromkeys(card.symbol.path for card in cards):
            source = self.neighborhood.sources.of(path)
            if source is not None and source.tree.root_node.has_error:
                found.append(syntax_error(path, source.tree.root_node, "what is broken may lack calls"))
        return tuple(found)

    def report(self) -> Report:
        """What the run cost."""
        return Report(
            root=self.root,
            files_listed=self.files,
            files_parsed=self.neighborhood.sources.parsed,
            total_ms=round((time.perf_counter() - self.began) * 1000, 2),
        )

    def say_nothing(self) -> None:
        """Say on stderr that nothing has that name, and what may have been meant."""
        last = self.text.replace("::", ".").rpartition(".")[2]
        hint = f"cq search {shlex.quote(last)} shows where the name stands"
        if len(last) >= 3:
            hint = nearest(last, _definition_names(self.resolvers.project, last)) or hint
        sys.stderr.write(f"cq: nothing is defined as {printable(self.text)}\nhint: {printable(hint)}\n")

    def candidates(self, command: str, targets: Sequence[Target]) -> tuple[Candidate, ...]:
        """The definitions to choose from, said on stderr, too."""
        shown = shown_paths(self.root)
        found = []
        for target in targets:
            symbol = self.neighborhood.symbols.of(target)
            place = f"{shown(target.path)}:{target.line}:{target.column}"
            found.append(Candidate(symbol=symbol, command=f"cq {command} {shlex.quote(place)}"))
        err = sys.stderr
        err.write(f"cq: {printable(self.text)} may mean {len(found)} definitions\n")
        width = max(len(each.command) for each in found[:_MOST_CANDIDATES])
        for each in found[:_MOST_CANDIDATES]:
            said = f"{each.symbol.kind} {each.symbol.qualified_name}"
            err.write(f"  {printable(each.command):{width}}  {printable(said)}\n")
        if len(found) > _MOST_CANDIDATES:
            err.write(f"  and {len(found) - _MOST_CANDIDATES} more: --json lists them all\n")
        err.write(f"hint: all of them: cq {command} {shlex.quote(self.text)} --all\n")
        return tuple(found)


def _definition_names(project: Project, like: str) -> set[str]:
    """Names in the project that begin alike: of others none is likely to be meant."""
    pattern = re.compile(rb"\b" + re.escape(like[:1].encode()) + rb"\w{1,80}")
    names: set[bytes] = set()
    for path in project.every_path():
        if project.table.by_path(path):
            names.update(pattern.findall(project.read(path) or b""))
    return {name.decode("utf-8", "replace") for name in names}
