"""The arguments of a call bound to the parameters of a signature, and what does not fit."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from cq.lanes.table import LanguageEntry
from cq.rows.facts import Parameter
from cq.rows.neighborhood import Argument


class Bound(NamedTuple):
    """A call as the function takes it."""

    arguments: tuple[Argument, ...]
    defaults: tuple[str, ...]
    problems: tuple[str, ...]


def bound(entry: LanguageEntry, parameters: Sequence[Parameter], texts: Sequence[str], complete: bool = True) -> Bound:
    """Bind the texts of arguments; `complete` says that there are no more than these."""
    by_name = {each.name: each for each in parameters if each.kind not in ("variadic", "keywords", "positional-only")}
    positional = [each for each in parameters if each.kind not in ("keyword-only", "variadic", "keywords")]
    rest = next((each.name for each in parameters if each.kind == "variadic"), "")
    keywords = next((each.name for each in parameters if each.kind == "keywords"), "")
    arguments: list[Argument] = []
    problems: list[str] = []
    given: dict[str, str] = {}
    spread_positions = spread_names = not complete
    place = 0
    for text in texts:
        marker = next((mark for mark in entry.argument_spreads if text.startswith(mark)), "")
        named = re.match(entry.argument_name, text) if entry.argument_name and not marker else None
        if marker:
            longest = marker == entry.argument_spreads[0]
            spread_names, spread_positions = spread_names or longest, spread_positions or not longest
            arguments.append(Argument(text=text, how="spread"))
            continue
        if named is not None:
            name = named.group(1)
            value = text[named.end() :].strip()
            if name in given:
                problems.append(f"{name} is given twice")
            elif name not in by_name and not keywords:
                problems.append(f"no parameter {name}")
            given[name] = value
            if name in by_name:
                arguments.append(Argument(text=value, parameter=name, how="keyword"))
            else:
                arguments.append(Argument(text=text, parameter=keywords, how="keyword"))
            continue
        if place < len(positional):
            name = positional[place].name
            given[name] = text
            # Behind a spread it is not known which parameter is next.
            arguments.append(Argument(text=text, parameter="" if spread_positions else name))
        elif rest:
            arguments.append(Argument(text=text, parameter=rest))
        elif not spread_positions:
            arguments.append(Argument(text=text))
        place += 1
    if place > len(positional) and not rest:
        takes = len(positional)
        problems.append(f"{place} arguments by position, {takes} {'is' if takes == 1 else 'are'} taken")
    defaults = []
    for each in parameters:
        if each.kind in ("variadic", "keywords") or each.name in given:
            continue
        by_spread = (spread_names and each.kind != "positional-only") or (
            spread_positions and each.kind != "keyword-only"
        )
        if each.default:
            if not by_spread:
                defaults.append(each.name)
        elif not by_spread:
            problems.append(f"{each.name} is missing")
    return Bound(tuple(arguments), tuple(defaults), tuple(problems))
