"""The signatures of what is around a source: who calls it, what it calls, which types it names."""

import re
from collections.abc import Collection, Iterator

from cq.neighborhood.run import Neighborhood
from cq.neighborhood.sources import Source
from cq.rows.neighborhood import Symbol
from cq.rows.source import Relative, SourceRow

RELATIVES = ("caller", "callee", "type")
_MOST_TYPES = 40
_WORD = re.compile(rb"[A-Za-z_\x80-\xff][\w\x80-\xff]*")


def relatives_of(neighborhood: Neighborhood, row: SourceRow, relations: Collection[str]) -> Iterator[Relative]:
    """Each relative once, in the order in which the relations are shown."""
    for relation in ("caller", "callee"):
        if relation in relations:
            yield from _calls(neighborhood, row.symbol, relation)
    if "type" in relations:
        yield from _types(neighborhood, row)


def _calls(neighborhood: Neighborhood, symbol: Symbol, relation: str) -> Iterator[Relative]:
    for each in neighborhood.rows(symbol, 1, frozenset({relation})):
        if not each.symbol.path:
            continue  # from outside of the project: there is no signature to read
        site = each.sites[0] if each.sites else None
        signature, doc = _said(neighborhood, each.symbol)
        yield Relative(
            relation=relation,
            symbol=each.symbol,
            signature=signature,
            doc=doc,
            line=site.line if site is not None else 0,
            path=site.path if site is not None else "",
            confidence=each.confidence,
        )


def _types(neighborhood: Neighborhood, row: SourceRow) -> Iterator[Relative]:
    """The types of the project that the lines name."""
    source = neighborhood.sources.of(row.path)
    if source is None:
        return
    seen = {row.symbol.id}
    hits = [found.span() for found in _WORD.finditer(source.data, *_bytes_of(source, row))]
    for hit, verdict in zip(hits, source.verdicts(hits), strict=True):
        if verdict.role != "type":
            continue
        for answer in neighborhood.resolvers.definitions_at(row.path, hit[0])[:1]:
            symbol = neighborhood.symbols.of(answer.target)
            if not symbol.path or symbol.id in seen or answer.target.local or symbol.kind == "parameter":
                continue
            seen.add(symbol.id)
            signature, doc = _said(neighborhood, symbol)
            line = source.data.count(b"\n", 0, hit[0]) + 1
            yield Relative(
                relation="type",
                symbol=symbol,
                signature=signature,
                doc=doc,
                line=line,
                path=row.path,
                confidence=answer.confidence,
            )
            if len(seen) > _MOST_TYPES:
                return


def _bytes_of(source: Source, row: SourceRow) -> tuple[int, int]:
    lines = source.data.split(b"\n")
    start = sum(map(len, lines[: row.line - 1])) + row.line - 1
    return start, start + sum(map(len, lines[row.line - 1 : row.end_line])) + row.end_line - row.line


def _said(neighborhood: Neighborhood, symbol: Symbol) -> tuple[str, str]:
    """Signature and documentation of a symbol."""
    source = neighborhood.sources.of(symbol.path)
    if source is None or not symbol.start_byte:
        return "", ""
    for each in source.definitions():
        if each.name_span[0] == symbol.start_byte and each.span != each.name_span:
            facts = source.lane_facts.head(source.data, each.node)
            return facts.signature, facts.doc
    return "", ""
