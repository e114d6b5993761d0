"""Impact as text: what is reached by distance and module, then the tests; and ways of calls."""

from collections.abc import Callable, Iterator, Mapping, Sequence

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
) -> Iterator[str]:
    """The lines."""
    for card in cards:
        place = f"{shown_path(card.symbol.path)}:{card.symbol.line}"
        yield f"{colours.name}{printable(card.symbol.qualified_name)}{colours.reset}  {printable(place)}"
        if card.note:
            yield f"  {colours.warning}{printable(card.note)}{colours.reset}"
    modules = {each.symbol.path for each in rows}
    yield f"{len(rows)} symbols in {len(modules)} modules may run it, {len(tests)} of them tests"
    library = [each for each in rows if not each.symbol.test]
    farthest = max((each.distance for each in rows), default=0)
    for distance in range(1, min(farthest, _SHOWN_DISTANCES) + 1):
        at = [each for each in library if each.distance == distance]
        if not at:
            continue
        yield ""
        yield f"{colours.head}distance {distance}{colours.reset} {colours.dim}({len(at)}){colours.reset}"
        for path in dict.fromkeys(each.symbol.path for each in at):
            of_module = [each for each in at if each.symbol.path == path]
            for each in of_module[:_MOST_OF_MODULE]:
                place = f"{colours.path}{printable(shown_path(each.site.path))}{colours.reset}:{each.site.line}"
                sure = "" if each.confidence == "certain" else f"  {colours.dim}{each.confidence}{colours.reset}"
                yield f"  {place}  {printable(each.symbol.qualified_name)}{sure}"
            if len(of_module) > _MOST_OF_MODULE:
                yield f"  {colours.dim}and {len(of_module) - _MOST_OF_MODULE} more in {shown_path(path)}{colours.reset}"
    far = [each for each in library if each.distance > _SHOWN_DISTANCES]
    if far:
        yield ""
        yield f"{colours.dim}and {len(far)} farther away, up to {farthest}: --json{colours.reset}"
    if tests:
        yield ""
        yield f"{colours.head}tests to run, the nearest first{colours.reset} {colours.dim}({len(tests)}){colours.reset}"
        yield from (f"  {printable(each)}" for each in tests[:_MOST_TESTS])
        if len(tests) > _MOST_TESTS:
            yield f"  {colours.dim}and {len(tests) - _MOST_TESTS} more: --impact --tests{colours.reset}"


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
