"""What a definition takes from the imports of its module."""

import re
from collections.abc import Iterator

from cq.neighborhood.callers import site_of
from cq.neighborhood.sources import Sources
from cq.neighborhood.symbols import Symbols
from cq.rows.neighborhood import Site, Symbol
from cq.symbols.resolvers import Resolvers

_SILENT = frozenset({"comment", "string", "keyword", "text", "unparsed", "import"})
_WORD = re.compile(rb"[A-Za-z_\x80-\xff][\w\x80-\xff]*")


def used_imports(
    resolvers: Resolvers, sources: Sources, symbols: Symbols, symbol: Symbol, span: tuple[int, int] | None
) -> Iterator[tuple[Symbol, Site]]:
    """What is imported under a name that the definition uses, and where; in it or at the top of its module."""
    source = sources.of(symbol.path)
    if source is None or span is None:
        return
    first: dict[bytes, int] = {}
    words = [found.span() for found in _WORD.finditer(source.data, *span)]
    for hit, verdict in zip(words, source.verdicts(words), strict=True):
        if verdict.role not in _SILENT:
            first.setdefault(source.data[hit[0] : hit[1]], hit[0])
    for hit, verdict in source.imports():
        used = first.get(source.data[hit[0] : hit[1]])
        inside = span[0] <= hit[0] < span[1]
        if used is None or (verdict.names and not inside):
            continue
        imported = resolvers.definitions_at(source.path, hit[0])[:1]
        meant = resolvers.definitions_at(source.path, used)[:1]
        if imported and meant and imported[0].target == meant[0].target:
            site = site_of(source, hit, verdict, "import", imported[0].confidence, "used in it")
            yield symbols.of(imported[0].target), site
