"""The source of a target: its lines, the heads of what contains it, and the signatures of what is around it."""

import os
from collections.abc import Collection, Sequence
from typing import NamedTuple

import msgspec

from cq.errors import CqError
from cq.lanes.definitions import Definition
from cq.lanes.syntax_error import syntax_error
from cq.neighborhood.run import Neighborhood
from cq.neighborhood.sources import Source
from cq.neighborhood.target import at_place, grouped, named
from cq.reading.lines import LineSpan, folds_of, heads_of, lines_of_definition, piece
from cq.reading.relatives import relatives_of
from cq.reading.wanted import Wanted
from cq.rows.neighborhood import Symbol
from cq.rows.resolution import Target
from cq.rows.shared import Diagnostic
from cq.rows.source import SourceRow
from cq.symbols.project import Project
from cq.symbols.resolvers import Resolvers, can_resolve


class Read(NamedTuple):
    """One source, and the lines in it that are the first to go when there is no room: bodies of what is within."""

    row: SourceRow
    folds: tuple[LineSpan, ...] = ()


class Found(NamedTuple):
    """What one target gives: sources, or the definitions to choose from."""

    sources: tuple[Read, ...] = ()
    candidates: tuple[Symbol, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class Reader:
    """Reads sources of one project."""

    def __init__(self, project: Project, room_bytes: int = 0) -> None:
        """`room_bytes`: how much source is looked through for what is around one definition; 0: all."""
        self.project = project
        self.neighborhood = Neighborhood(Resolvers(project, by_name=True), room_bytes=room_bytes)
        self._is_bounded = bool(room_bytes)
        self._unbounded: Neighborhood | None = None

    @property
    def whole(self) -> Neighborhood:
        """The neighborhood that looks through all files, however many."""
        if self._unbounded is None:
            around = self.neighborhood
            self._unbounded = Neighborhood(around.resolvers, sources=around.sources) if self._is_bounded else around
        return self._unbounded

    def find(self, wanted: Wanted, everything: bool = False, relations: Collection[str] = ()) -> Found:
        """What a target means. `everything`: of a name with several definitions all, those of tests, too."""
        if not wanted.path:
            meant = named(self.neighborhood.resolvers, wanted.text, everything)
            return self._of_targets(meant.targets, meant.note, everything, relations)
        path = wanted.path.removeprefix(os.path.join(self.project.root, ""))
        if os.path.isabs(path) or path not in self.project.every_path():
            raise CqError(
                f"{wanted.text}: not one of the project's files", "it is ignored: try --no-ignore or --hidden"
            )
        if wanted.place is None:
            read = self._lines(path, *wanted.lines)
            return Found((read,), (), self._diagnostics((read,)))
        if not can_resolve(self.project.table.by_path(path)):
            read = self._around(path, wanted.place.line)
            return Found((read,), (), self._diagnostics((read,)))
        meant = at_place(self.neighborhood.resolvers, self.neighborhood.sources, wanted.place, path)
        if not meant.targets:
            read = self._lines(path, 0, 0, meant.note)
            return Found((read,), (), self._diagnostics((read,)))
        return self._of_targets(meant.targets, meant.note, everything, relations)

    def _of_targets(self, targets: Sequence[Target], note: str, everything: bool, relations: Collection[str]) -> Found:
        groups = grouped(targets)
        symbols = self.neighborhood.symbols
        if len(groups) > 1 and not everything:
            return Found(candidates=tuple(symbols.of(group[0]) for group in groups))
        reads: list[Read] = []
        for group in groups:
            for target in group:
                read = self._definition(target, note)
                if target is group[-1] and relations:
                    row = read.row
                    given = tuple(relatives_of(self.neighborhood, row, relations))
                    read = Read(msgspec.structs.replace(row, relatives=given), read.folds)
                reads.append(read)
        return Found(tuple(reads), (), self._diagnostics(reads))

    def _definition(self, target: Target, note: str) -> Read:
        symbol = self.neighborhood.symbols.of(target)
        source = self.neighborhood.sources.of(target.path)
        if source is None or (target.kind == "module" and not target.start_byte):
            return self._lines(target.path, 0, 0, note)
        for each in source.definitions():
            if each.name_span[0] == target.start_byte:
                return self._whole(source, each, symbol, note)
        # One that the tree does not show, such as what a macro makes: the line that names it.
        return self._lines(target.path, target.line, target.line, note, symbol)

    def _whole(self, source: Source, definition: Definition, symbol: Symbol, note: str) -> Read:
        first, last = lines_of_definition(source, definition)
        return self._read(source.path, source, first, last, symbol, note, definition)

    def _around(self, path: str, line: int) -> Read:
        """The innermost definition around a line, in a language whose names are not resolved."""
        source = self.neighborhood.sources.of(path)
        if source is None:
            return self._lines(path, line, line)
        best: Definition | None = None
        for each in source.definitions():
            if not _first_line(each) <= line <= each.end_line:
                continue
            # The line that opens a record means the record, not a component that is listed there.
            if best is None or each.end_line > line or best.end_line == line or _first_line(best) < line:
                best = each
        return self._lines(path, line, line) if best is None else self._whole(source, best, symbol_of(source, best), "")

    def _lines(self, path: str, first: int, last: int, note: str = "", symbol: Symbol | None = None) -> Read:
        """Some lines of a file; all of them when `first` is 0."""
        source = self.neighborhood.sources.of(path)
        data = self.project.read(path)
        if data is None:
            raise CqError(f"cannot read {path}", "it is binary, too large or unreadable")
        count = data.count(b"\n") + (not data.endswith(b"\n") and data != b"")
        if first > count:
            raise CqError(f"{path} has no line {first}", f"it has {count} lines")
        first, last = (first or 1), min(last or count, count)
        if symbol is None:
            symbol = _file_symbol(path)
            if source is not None and (first, last) != (1, count):
                for each in source.definitions():
                    if _first_line(each) <= first and last <= each.end_line:
                        symbol = symbol_of(source, each)
        return self._read(path, source, first, last, symbol, note)

    def _read(
        self,
        path: str,
        source: Source | None,
        first: int,
        last: int,
        symbol: Symbol,
        note: str,
        itself: Definition | None = None,
    ) -> Read:
        data = self.project.read(path) or b""
        text = data.split(b"\n")
        heads = tuple(heads_of(source, text, first, last, itself)) if source is not None else ()
        pieces = (piece(text, first, last),) if last >= first else ()
        row = SourceRow(symbol=symbol, path=path, line=first, end_line=last, heads=heads, pieces=pieces, note=note)
        return Read(row, tuple(folds_of(source, first, last, itself)) if source is not None else ())

    def _diagnostics(self, reads: Sequence[Read]) -> tuple[Diagnostic, ...]:
        found: list[Diagnostic] = []
        for path in dict.fromkeys(read.row.path for read in reads):
            source = self.neighborhood.sources.of(path)
            if source is not None:
                found.extend(syntax_error(path, source.tree.root_node, "what is broken may be cut in the wrong place"))
        return tuple(found)


def symbol_of(source: Source, definition: Definition) -> Symbol:
    """The symbol of a definition by its tree alone, without resolution."""
    return Symbol(
        id=f"{source.path}:{definition.line}:{definition.column}",
        name=definition.name,
        qualified_name=definition.qualified_name(source.entry.separator),
        kind=definition.verdict.kind,
        path=source.path,
        line=definition.line,
        column=definition.column,
        start_byte=definition.name_span[0],
        end_byte=definition.name_span[1],
    )


def _first_line(definition: Definition) -> int:
    return definition.line if definition.span == definition.name_span else definition.node.start_point.row + 1


def _file_symbol(path: str) -> Symbol:
    return Symbol(id=path, name=os.path.basename(path), qualified_name=path, kind="file", path=path, line=1, column=1)
