"""Symbols of a project: the definition that a target is, the module of a file, the function around a place."""

from cq.lanes.regions import Region
from cq.neighborhood.sources import Sources
from cq.rows.neighborhood import Symbol
from cq.rows.resolution import Target
from cq.symbols.resolvers import Resolvers


class Symbols:
    """Makes symbols, each once."""

    def __init__(self, resolvers: Resolvers, sources: Sources) -> None:
        self.resolvers = resolvers
        self._sources = sources
        self._modules: dict[str, Symbol] = {}
        self._opened: dict[tuple[str, int], Symbol] = {}

    def of(self, target: Target) -> Symbol:
        """The symbol that a target is."""
        if not target.path:
            name = target.qualified_name
            return Symbol(id=name, name=target.name, qualified_name=name, kind=target.kind)
        if target.kind == "module" and not target.start_byte:
            return Symbol(
                id=target.path,
                name=target.name,
                qualified_name=target.qualified_name,
                kind="module",
                path=target.path,
                line=1,
                column=1,
                test=self._is_test(target),
            )
        return Symbol(
            id=f"{target.path}:{target.line}:{target.column}",
            name=target.name,
            qualified_name=target.qualified_name,
            kind=target.kind,
            path=target.path,
            line=target.line,
            column=target.column,
            start_byte=target.start_byte,
            end_byte=target.end_byte,
            test=self._is_test(target),
        )

    def module(self, path: str) -> Symbol:
        """The module that a file is."""
        if path not in self._modules:
            entry = self._sources.project.table.languages[self._sources.project.table.by_path(path)]
            qualified = self._module_name(path, entry.module_separator)
            name = qualified.rpartition(entry.module_separator)[2]
            self._modules[path] = self.of(Target(name=name, qualified_name=qualified, kind="module", path=path))
        return self._modules[path]

    def opened_by(self, path: str, region: Region | None) -> Symbol:
        """The definition that opens a scope; the module when there is none."""
        if region is None or region.anchor is None:
            return self.module(path)
        key = (path, region.anchor[0])
        if key not in self._opened:
            self._opened[key] = self._definition(path, region)
        return self._opened[key]

    def _definition(self, path: str, region: Region) -> Symbol:
        assert region.anchor is not None
        for each in self.resolvers.definitions_at(path, region.anchor[0]):
            if (each.target.path, each.target.start_byte) == (path, region.anchor[0]):
                return self.of(each.target)
        # One that resolution does not know, such as a function that a macro makes.
        source = self._sources.of(path)
        assert source is not None
        line, column, _ = source.lines.position(region.anchor[0])
        name = source.text(*region.anchor)
        module = self.module(path).qualified_name
        qualified = f"{module}{source.entry.separator}{name}" if module else name
        return self.of(
            Target(
                name=name,
                qualified_name=qualified,
                kind=region.meaning.kind,
                path=path,
                line=line,
                column=column,
                start_byte=region.anchor[0],
                end_byte=region.anchor[1],
            )
        )

    def _module_name(self, path: str, separator: str) -> str:
        """As resolution calls it: the name of a definition at the top of the file without its own."""
        source = self._sources.of(path)
        for each in source.outer_definitions() if source is not None else ():
            if each.verdict.names:
                continue
            for answer in self.resolvers.definitions_at(path, each.name_span[0]):
                target = answer.target
                if target.path and target.name == each.name and target.qualified_name != target.name:
                    return target.qualified_name.removesuffix(target.name).removesuffix(separator)
        stem, _, _ = path.rpartition(".")
        return stem.replace("/", separator) if separator else stem

    def _is_test(self, target: Target) -> bool:
        table = self._sources.project.table
        if table.is_test(target.path):
            return True
        entry = table.languages.get(table.by_path(target.path))
        if entry is None or not entry.test_scopes:
            return False
        return not set(entry.test_scopes).isdisjoint(target.qualified_name.split(entry.separator))
