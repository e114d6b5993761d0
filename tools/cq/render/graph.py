"""Callers and callees as a graph for Mermaid or Graphviz."""

from collections.abc import Iterable, Iterator, Sequence

from cq.rows.neighborhood import Card, Neighbor, Symbol

_SHOWN = frozenset({"caller", "callee", "override", "overridden", "base", "subclass", "implementation"})
# Relations of which the row's symbol is where the arrow begins.
_FROM_SYMBOL = frozenset({"caller", "override", "subclass", "implementation"})
_CALLS = frozenset({"caller", "callee"})


def _edges(rows: Iterable[Neighbor]) -> Iterator[tuple[str, str, Neighbor]]:
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if row.relation not in _SHOWN:
            continue
        ends = (row.symbol.id, row.of) if row.relation in _FROM_SYMBOL else (row.of, row.symbol.id)
        if ends not in seen:
            seen.add(ends)
            yield (*ends, row)


def _nodes(cards: Sequence[Card], rows: Iterable[Neighbor]) -> dict[str, Symbol]:
    nodes = {card.symbol.id: card.symbol for card in cards}
    for row in rows:
        if row.relation in _SHOWN:
            nodes.setdefault(row.symbol.id, row.symbol)
    return nodes


def mermaid(cards: Sequence[Card], rows: Sequence[Neighbor]) -> Iterator[str]:
    """A flowchart. Dotted: possible only; thick: inheritance."""
    nodes = _nodes(cards, rows)
    numbers = {key: f"n{number}" for number, key in enumerate(nodes)}
    targets = {card.symbol.id for card in cards}
    yield "flowchart LR"
    for key, symbol in nodes.items():
        label = _label(symbol, "<br/>").replace('"', "#quot;")
        shape = ("[[", "]]") if key in targets else ("([", "])") if not symbol.path else ("[", "]")
        yield f'  {numbers[key]}{shape[0]}"{label}"{shape[1]}'
    for start, end, row in _edges(rows):
        if start not in numbers or end not in numbers:
            continue
        arrow = "==>" if row.relation not in _CALLS else "-.->" if row.confidence == "possible" else "-->"
        roles = sorted({site.role for site in row.sites} - {"call"})
        label = f"|{', '.join(roles)}|" if roles and row.relation in _CALLS else ""
        yield f"  {numbers[start]} {arrow}{label} {numbers[end]}"


def dot(cards: Sequence[Card], rows: Sequence[Neighbor]) -> Iterator[str]:
    """A digraph. Dashed: possible only; a hollow arrow: inheritance."""
    targets = {card.symbol.id for card in cards}
    yield "digraph neighborhood {"
    yield '  rankdir=LR; node [shape=box, fontname="sans-serif", fontsize=10];'
    for key, symbol in _nodes(cards, rows).items():
        style = ", style=bold" if key in targets else ", style=dashed" if not symbol.path else ""
        yield f"  {_quoted(key)} [label={_quoted(_label(symbol, chr(10)))}{style}];"
    for start, end, row in _edges(rows):
        styles = []
        if row.confidence == "possible":
            styles.append("style=dashed")
        if row.relation not in _CALLS:
            styles.append("arrowhead=onormal")
        roles = sorted({site.role for site in row.sites} - {"call"})
        if roles and row.relation in _CALLS:
            styles.append(f"label={_quoted(', '.join(roles))}")
        yield f"  {_quoted(start)} -> {_quoted(end)}{' [' + ', '.join(styles) + ']' if styles else ''};"
    yield "}"


def _label(symbol: Symbol, newline: str) -> str:
    place = f"{newline}{symbol.path}:{symbol.line}" if symbol.path else ""
    return f"{symbol.qualified_name}{place}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
