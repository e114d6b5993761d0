"""A neighborhood as text: the card, then a block for each relation, every place as path:line:column."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from cq.render.budget import Block
from cq.render.color import Palette, printable
from cq.rows.neighborhood import Card, Neighbor, NeighborhoodSummary, Site, Symbol, Unresolved

_TITLES = {
    "caller": "callers",
    "callee": "callees",
    "overridden": "overrides",
    "override": "overridden by",
    "base": "bases",
    "subclass": "subclasses",
    "implementation": "implemented by",
    "member": "members",
    "importer": "imported by",
    "import": "imports",
    "raises": "raises",
    "catcher": "caught by callers",
    "user": "other uses",
    "sibling": "beside it",
}
_MOST_SITES = 3  # of one row
_MOST_POSSIBLE = 6  # where some are surer
_MOST_UNSURE = 60  # where none is
_MOST_BESIDE = 6
_WIDTH = 110
_NAMES_ONLY = frozenset({"sibling"})


class NeighborhoodText:
    """Writes neighborhoods."""

    def __init__(self, colours: Palette, shown_path: Callable[[str], str], more: str = ": --json") -> None:
        """`more`: how to get what is not shown."""
        self._colours = colours
        self._more = more
        self._shown_path = shown_path

    def lines(
        self,
        cards: Sequence[Card],
        rows: Sequence[Neighbor],
        unresolved: Sequence[Unresolved],
        summary: NeighborhoodSummary,
        asks_callers: bool,
    ) -> Iterator[Block]:
        """All of it. That there are no callers is said when they were asked for."""
        for number, card in enumerate(cards):
            if number:
                yield Block("")
            lines = list(self._card(card))
            # Several are an answer of their own, and there may be no room for all.
            what = "definition" if len(cards) > 1 else ""
            yield Block("\n".join(lines), what, card.symbol.path, 0, "\n".join(lines[:2]))
        for relation, title in _TITLES.items():
            of_it = [row for row in rows if row.relation == relation]
            if relation == "callee":
                yield from self._callees(title, of_it, cards, unresolved, summary)
            elif of_it:
                tests = [row for row in of_it if row.symbol.test]
                library = [row for row in of_it if not row.symbol.test]
                if relation not in ("caller", "user", "importer"):
                    tests, library = [], of_it
                if library:
                    yield from self._block(title, library, cards)
                if tests:
                    yield from self._block(f"{title} in tests", tests, cards)
            elif relation == "caller" and asks_callers and cards[0].symbol.kind != "module":
                yield Block("")
                yield Block(f"{self._colours.head}no callers known{self._colours.reset}")

    def _card(self, card: Card) -> Iterator[str]:
        symbol, facts = card.symbol, card.facts
        colours = self._colours
        place = f"{self._path(symbol.path)}:{symbol.line}"
        size = f", {card.lines} line{'s' * (card.lines != 1)}" if card.lines else ""
        said = [symbol.kind]
        if facts is not None:
            said.extend((*facts.forms, facts.visibility))
            said.extend(facts.decorators)
        words = " · ".join(dict.fromkeys(printable(word) for word in said if word))
        yield f"{colours.name}{printable(symbol.qualified_name)}{colours.reset}  {words}"
        yield f"  {place}{colours.dim}{size}{colours.reset}"
        if card.note:
            yield f"  {colours.warning}{printable(card.note)}{colours.reset}"
        if facts is not None:
            yield f"  {printable(facts.signature)}"
            if facts.doc:
                yield f"  {colours.dim}{printable(facts.doc)}{colours.reset}"

    def _block(self, title: str, rows: Sequence[Neighbor], cards: Sequence[Card]) -> Iterator[Block]:
        colours = self._colours
        relation = rows[0].relation
        sites = sum(len(row.sites) for row in rows if row.distance == 1)
        near = sum(row.distance == 1 for row in rows)
        count = f"{near}" + (f", {sites} places" if sites > near else "")
        yield Block("")
        yield Block(f"{colours.head}{title}{colours.reset} {colours.dim}({count}){colours.reset}", level=1)
        if relation in _NAMES_ONLY:
            yield from self._names(rows, cards[0].symbol.line)
            return
        sure = [row for row in rows if row.confidence != "possible"]
        possible = [row for row in rows if row.confidence == "possible"]
        top = {card.symbol.id for card in cards}
        yield from self._tree(sure, top)
        if possible:
            yield Block(f"  {colours.dim}possible, by the name only or by dispatch:{colours.reset}", level=2)
            most = _MOST_POSSIBLE if sure else _MOST_UNSURE
            yield from self._tree(possible[:most], {row.of for row in possible})
            if len(possible) > most:
                yield Block(f"    {colours.dim}and {len(possible) - most} more{self._more}{colours.reset}")

    def _tree(self, rows: Iterable[Neighbor], top: set[str]) -> Iterator[Block]:
        below: dict[str, list[Neighbor]] = {}
        for row in rows:
            below.setdefault(row.of, []).append(row)
        waiting = [(1, row) for key in below if key in top for row in below[key]][::-1]
        done: set[str] = set()
        while waiting:
            level, row = waiting.pop()
            lines = list(self._row(level, row))
            short = lines[0] if len(lines) == 1 else f"{lines[0]}  ({len(row.sites)} places)"
            yield Block("\n".join(lines), row.relation, row.symbol.path, level + 2, short)
            if not row.again and row.symbol.id not in done:
                done.add(row.symbol.id)
                waiting.extend((level + 1, each) for each in reversed(below.get(row.symbol.id, ())))

    def _row(self, level: int, row: Neighbor) -> Iterator[str]:
        colours = self._colours
        indent = "  " * level
        symbol = row.symbol
        why = f"{row.confidence}: {row.reason}" if row.sites else ""
        again = " (again)" if row.again else ""
        if not row.sites:
            yield f"{indent}{self._place(symbol)}  {self._name(symbol)}"
            return
        where = "" if row.relation != "callee" else f" -> {self._place(symbol)}" if symbol.path else " (outside)"
        for number, site in enumerate(row.sites[:_MOST_SITES]):
            place = f"{colours.path}{self._path(site.path)}{colours.reset}:{site.line}:{site.column}"
            if number:
                yield f"{indent}{place}  {colours.dim}{self._said(site)}{colours.reset}"
            else:
                yield (
                    f"{indent}{place}  {self._name(symbol)}{where}{again}  {colours.dim}{self._said(site)}"
                    f" [{why}]{colours.reset}"
                )
        if len(row.sites) > _MOST_SITES:
            yield f"{indent}{colours.dim}and {len(row.sites) - _MOST_SITES} more places{colours.reset}"

    def _callees(
        self,
        title: str,
        rows: Sequence[Neighbor],
        cards: Sequence[Card],
        unresolved: Sequence[Unresolved],
        summary: NeighborhoodSummary,
    ) -> Iterator[Block]:
        colours = self._colours
        inside = [row for row in rows if row.symbol.path]
        outside = [row for row in rows if not row.symbol.path and row.distance == 1]
        if inside:
            yield from self._block(title, inside, cards)
        if outside:
            yield Block("")
            count = f"{colours.dim}({len(outside)}){colours.reset}"
            yield Block(f"{colours.head}outside of the project{colours.reset} {count}", level=1)
            names = dict.fromkeys(printable(row.symbol.qualified_name) for row in outside)
            yield from (Block(line, "line of names") for line in _wrapped(names))
        if unresolved:
            total = summary.calls_resolved + summary.calls_unresolved
            yield Block("")
            count = f"{colours.dim}({summary.calls_unresolved} of {total}){colours.reset}"
            yield Block(f"{colours.head}calls not resolved{colours.reset} {count}", level=1)
            places = (f"{printable(each.name)} :{each.line}" for each in unresolved)
            yield from (Block(line, "line of names") for line in _wrapped(places))

    def _names(self, rows: Sequence[Neighbor], line: int) -> Iterator[Block]:
        near = sorted(rows, key=lambda row: abs(row.symbol.line - line))[:_MOST_BESIDE]
        for row in sorted(near, key=lambda row: row.symbol.line):
            said = f"{printable(row.symbol.kind)} {printable(row.symbol.name)}"
            yield Block(f"  {self._place(row.symbol)}  {said}", row.relation, row.symbol.path)
        if len(rows) > _MOST_BESIDE:
            yield Block(f"  {self._colours.dim}and {len(rows) - _MOST_BESIDE} more{self._colours.reset}")

    def _name(self, symbol: Symbol) -> str:
        kind = "module " if symbol.kind == "module" else ""
        return f"{self._colours.name}{kind}{printable(symbol.qualified_name)}{self._colours.reset}"

    def _said(self, site: Site) -> str:
        role = f"{site.role} to {site.passed_to}" if site.passed_to else site.role
        return printable(f"{role}{', ' + site.via if site.via else ''}")

    def _place(self, symbol: Symbol) -> str:
        return f"{self._path(symbol.path)}:{symbol.line}"

    def _path(self, path: str) -> str:
        return printable(self._shown_path(path))


def _wrapped(words: Iterable[str]) -> Iterator[str]:
    line = " "
    for word in words:
        if len(line) + len(word) > _WIDTH and line.strip():
            yield line.rstrip(",")
            line = " "
        line += f" {word},"
    if line.strip():
        yield line.rstrip(",")
