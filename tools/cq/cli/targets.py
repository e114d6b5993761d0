"""From `--def PLACE` and `--refs-of SYMBOL` to the definitions that are meant."""

import os
import re
import time
from typing import Any

from cq.cli.cache_options import blobs_of, keeper_of
from cq.cli.settle import is_file, query_folders, selection_of
from cq.errors import CqError
from cq.lanes.table import lane_table
from cq.rows.resolution import Resolution
from cq.store.listing import listed
from cq.symbols.position import Place, names_at, parse_place
from cq.symbols.project import Project
from cq.symbols.references import names_by_file
from cq.symbols.resolvers import Resolvers, can_resolve


class Meant:
    """A place or a symbol, resolved in the project around it."""

    def __init__(self, text: str, values: dict[str, Any]) -> None:
        place = parse_place(text)
        path = os.path.abspath(place.path) if place is not None else ""
        if place is not None and not is_file(values, path):
            raise CqError(f"no such file: {place.path}", "a place is path:line:column")
        selection = selection_of(values, [path] if path else []).selection
        self.selection = selection.whole
        began = time.time_ns()
        known = listed(self.selection, keeper_of(values, selection.tree))
        table = lane_table(query_folders(values))
        self.resolvers = Resolvers(Project(selection.tree, known.paths, table, known.holders, blobs_of(values), began))
        self.path = path.removeprefix(os.path.join(selection.root, ""))  # of the place; "" of a symbol
        self.resolutions: tuple[Resolution, ...]
        self.last_name = re.split(r"\.|::", text)[-1]
        if place is not None:
            self.resolutions = self._at(place, self.path)
        else:
            named = self.resolvers.named(text)
            self.resolutions = tuple(
                Resolution(target=each.target, confidence="certain", reason="name") for each in named
            )

    def _at(self, place: Place, path: str) -> tuple[Resolution, ...]:
        language = self.resolvers.project.table.by_path(path)
        if not can_resolve(language):
            raise CqError(f"names of {path} are not resolved", "Python and Rust are")
        data = self.resolvers.project.read(path)
        if data is None:
            raise CqError(f"cannot read {place.path}", "it is binary or unreadable")
        names = names_at(data, place)
        self.last_name = names[0][1] if names else self.last_name
        for start, _ in names:
            found = self.resolvers.definitions_at(path, start)
            # Without a column the line means what it defines, or else the first name that leads somewhere.
            if found and (place.column or (found[0].target.path == path and found[0].target.start_byte == start)):
                return found
        for start, _ in names:
            if found := self.resolvers.definitions_at(path, start):
                return found
        return ()

    def names(self) -> tuple[str, ...]:
        """Every name under which a file of the project may refer to the targets."""
        names: set[str] = set()
        project = self.resolvers.project
        for each in self.resolutions:
            target = each.target
            names.add(target.name)
            language = project.table.by_path(target.path)
            resolver = self.resolvers.of(language)
            if resolver is not None:
                for _, known in names_by_file(project, resolver, language, target):
                    names.update(known)
        return tuple(sorted(names))
