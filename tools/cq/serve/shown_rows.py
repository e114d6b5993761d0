"""The rows of a search that are shown, and what is found out only of these: what they refer to, what is decorated."""

import msgspec

from cq.reading.lines import lines_of_definition
from cq.rows.search import MENTIONS, Row
from cq.search.resolved import RowResolver
from cq.serve.workspace import Workspace
from cq.settings import RESOLVE_SHOWN_BYTES
from cq.symbols.resolvers import can_resolve

_encode_row = msgspec.json.Encoder().encode


class ShownRows:
    """Ask for rows in the order in which they are shown: files are read as long as there is room for that."""

    def __init__(self, workspace: Workspace, resolve: bool) -> None:
        """`resolve`: the rows do not have their targets yet."""
        self._workspace = workspace
        self._resolver: RowResolver | None = None
        if resolve:
            resolvers = workspace.reader.neighborhood.resolvers.resolved()
            self._resolver = RowResolver(
                resolvers, workspace.table, (), rows_of="", certain=False, possible=False, max_count=0
            )
        self._room = RESOLVE_SHOWN_BYTES
        self._read: dict[str, bool] = {}  # whether there was room for a file
        self._known: dict[tuple[str, int], Row] = {}

    def row(self, row: Row) -> Row:
        """The row with its target."""
        if self._resolver is None or row.role in MENTIONS:
            return row
        key = (row.path, row.start_byte)
        if key not in self._known:
            self._known[key] = self._resolver.row(row) if self._has_room(row.path) else row
        return self._known[key]

    def encoded(self, row: Row, as_found: bytes) -> bytes:
        """The row as JSON; `as_found` is what it was."""
        with_target = self.row(row)
        return as_found if with_target is row else _encode_row(with_target)

    def said(self, row: Row) -> Row:
        """The row as the text shows it: with a decorator the line that it is above, since that is what is asked for."""
        row = self.row(row)
        if row.role != "decorator" or row.method == "lexical":
            return row
        source = self._workspace.reader.neighborhood.sources.of(row.path)
        following = (each for each in source.definitions() if each.line >= row.line) if source is not None else ()
        found = min(following, key=lambda each: each.name_span[0], default=None)
        if source is None or found is None or lines_of_definition(source, found)[0] > row.line:
            return row
        decorated = source.data[found.line_start :].split(b"\n", 1)[0].decode("utf-8", "replace").strip()
        return msgspec.structs.replace(row, text=f"{row.text.strip()} {decorated}", facts=None)

    def _has_room(self, path: str) -> bool:
        if path not in self._read:
            workspace = self._workspace
            if not can_resolve(workspace.table.by_path(path)):
                self._read[path] = False
            else:
                # What the first row refers to is told, however large its file.
                self._read[path] = self._room == RESOLVE_SHOWN_BYTES or self._room > 0
                self._room -= len(workspace.reader.project.read(path) or b"")
        return self._read[path]
