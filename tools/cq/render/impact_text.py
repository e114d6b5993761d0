"""Impact as text: what is reached by distance and module, then the tests; and ways of calls."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from cq.render.budget import Block
from cq.render.color import Palette, printable
from cq.rows.neighborhood import Card, Reached, Symbol

_MOST_OF_MODULE = 6
_MOST_TESTS = 12
_SHOWN_DISTANCES = 4


def impact_text(
    colours: Palette,
    shown_path: Callable[[str], str],
    cards: Sequence[Card],
    rows: Sequence[Reached],
    tests: Sequence[str],
) -> Iterator[Block]:
    """The lines."""
    for card in cards:
        place = f"{shown_path(card.symbol.path)}:{card.symbol.line}"
        lines = [f"{colours.name}{printable(card.symbol.qualified_name)}{colours.reset}  {printable(place)}"]
        if card.note:
            lines.append(f"  {colours.warning}{printable(card.note)}{colours.reset}")
        yield Block("\n".join(lines), "definition" if len(cards) > 1 else "", card.symbol.path, 0)
    modules = {each.symbol.path for each in rows}
    yield Block(f"{len(rows)} symbols in {len(modules)} modules may run it, {len(tests)} of them tests")
    library = [each for each in rows if not each.symbol.test]
    farthest = max((each.distance for each in rows), default=0)
    for distance in range(1, min(farthest, _SHOWN_DISTANCES) + 1):
        at = [each for each in library if each.distance == distance]
        if not at:
            continue
        yield Block("")
        count = f"{colours.dim}({len(at)}){colours.reset}"
        yield Block(f"{colours.head}distance {distance}{colours.reset} {count}", level=1)
        for path in dict.fromkeys(each.symbol.path for each in at):
            of_module = [each for each in at if each.symbol.path == path]
            for each in of_module[:_MOST_OF_MODULE]:
                place = f"{colours.path}{printable(shown_path(each.site.path))}{colours.reset}:{each.site.line}"
                sure = "" if each.confidence == "certain" else f"  {colours.dim}{each.confidence}{colours.reset}"
                said = f"  {place}  {printable(each.symbol.qualified_name)}{sure}"
                yield Block(said, "test" if each.test_id else "symbol", each.symbol.path)
            if len(of_module) > _MOST_OF_MODULE:
                more = len(of_module) - _MOST_OF_MODULE
                yield Block(f"  {colours.dim}and {more} more in {shown_path(path)}{colours.reset}")
    far = [each for each in library if each.distance > _SHOWN_DISTANCES]
    if far:
        yield Block("")
        yield Block(f"{colours.dim}and {len(far)} farther away, up to {farthest}: --json{colours.reset}")
    if tests:
        yield Block("")
        count = f"{colours.dim}({len(tests)}){colours.reset}"
        yield Block(f"{colours.head}tests to run, the nearest first{colours.reset} {count}", level=1)
        yield from (Block(f"  {printable(each)}", "test id") for each in tests[:_MOST_TESTS])
        if len(tests) > _MOST_TESTS:
            yield Block(f"  {colours.dim}and {len(tests) - _MOST_TESTS} more: --impact --tests{colours.reset}")


def ways_text(
    colours: Palette,
    shown_path: Callable[[str], str],
    ways: Sequence[Sequence[Reached]],
    symbols: Mapping[str, Symbol],
) -> Iterator[str]:
    """Each way from the caller down."""
    for number, way in enumerate(ways):
        if number:
            yield ""
        for level, step in enumerate(way):
            place = f"{colours.path}{printable(shown_path(step.site.path))}{colours.reset}:{step.site.line}"
            why = f"{colours.dim}{step.site.role} [{step.confidence}: {step.site.reason}]{colours.reset}"
            yield f"{'  ' * level}{place}  {printable(step.symbol.qualified_name)}  {why}"
        end = symbols[way[-1].of]
        place = f"{colours.path}{printable(shown_path(end.path))}{colours.reset}:{end.line}"
        yield f"{'  ' * len(way)}{place}  {printable(end.qualified_name)}"
