"""Calls as text: how the parameters are given, then each call with its arguments."""

from collections.abc import Callable, Iterator, Sequence

from cq.render.budget import Block
from cq.render.color import Palette, printable
from cq.rows.neighborhood import CallRow, ParameterUse

_WIDEST = 40  # of an argument


def calls_text(
    colours: Palette,
    shown_path: Callable[[str], str],
    signature: str,
    uses: Sequence[ParameterUse],
    rows: Sequence[CallRow],
    only_broken: bool,
) -> Iterator[Block]:
    """The lines. With `only_broken` the rows are calls that the signature does not fit."""
    # A module has none.
    head = [f"{colours.name}{printable(signature)}{colours.reset}"] if signature else []
    if only_broken:
        head.append(f"{colours.dim}{len(rows)} {'call breaks' if len(rows) == 1 else 'calls break'}{colours.reset}")
    elif rows:
        head += _table(colours, uses, len(rows))
    if head:
        yield Block("\n".join(head), level=0, short=head[0])
        yield Block("")
    if not rows and not only_broken:
        yield Block("no calls")
    # What goes into the parameter of all other keywords says its own name.
    named = {use.name for use in uses if use.kind != "keywords"}
    for row in rows:
        place = f"{colours.path}{printable(shown_path(row.site.path))}{colours.reset}:{row.site.line}:{row.site.column}"
        given = ", ".join(
            f"{each.parameter}={_short(each.text)}" if each.parameter in named else _short(each.text)
            for each in row.arguments
        )
        sure = "" if row.site.confidence == "certain" else f"  [{row.site.confidence}: {row.site.reason}]"
        note = f"{colours.dim}{printable(row.caller.name)}{sure}{colours.reset}"
        lines = [f"{place}  {printable(row.site.name)}({given})  {note}"]
        lines += (f"    {colours.warning}{printable(problem)}{colours.reset}" for problem in row.problems)
        yield Block("\n".join(lines), "call", row.site.path, short=lines[0])


def _table(colours: Palette, uses: Sequence[ParameterUse], calls: int) -> Iterator[str]:
    if not uses:
        return
    width = max(len("parameter"), *(len(use.name) for use in uses))
    head = f"  {'parameter':{width}}  position  keyword  spread  default  of {calls}: most often"
    yield f"{colours.head}{head}{colours.reset}"
    for use in uses:
        values = ", ".join(f"{_short(text)} ({count})" for text, count in use.values)
        counts = f"{use.position:8}  {use.keyword:7}  {use.spread:6}  {use.defaulted:7}"
        yield f"  {printable(use.name):{width}}  {counts}  {values}".rstrip()


def _short(text: str) -> str:
    text = printable(text)
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
