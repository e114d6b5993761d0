"""What a text is about, as text: the first definitions with their sources, of the others what they are and why."""

from collections.abc import Callable, Iterator, Sequence

from cq.render.budget import Block
from cq.render.color import Palette, printable
from cq.rows.context import ContextRow

_MOST_LINES = 60  # of one source; what a place of the trace is far from is left out first
_AROUND = 25


def context_text(colours: Palette, shown_path: Callable[[str], str], rows: Sequence[ContextRow]) -> Iterator[Block]:
    """Each with its source, the first ones first; in few words a line of what it is, and why it is here."""
    for row in rows:
        head = f"{_place(colours, shown_path, row)}  {colours.dim}[{printable(row.said)}]{colours.reset}"
        yield Block("\n".join((head, *_source(colours, row), "")), "definition", row.path, short=head)


def _place(colours: Palette, shown_path: Callable[[str], str], row: ContextRow) -> str:
    path = printable(shown_path(row.path))
    what = printable(row.qualified_name or "lines")
    if row.signature:
        what += f"  {printable(row.signature)}"
    return f"{colours.path}{path}{colours.reset}:{row.line}-{row.end_line}  {colours.name}{what}{colours.reset}"


def _source(colours: Palette, row: ContextRow) -> Iterator[str]:
    lines = row.source.split("\n")
    # Of a large class only the heads of its members are here: those lines have no numbers.
    is_whole = len(lines) == row.end_line - row.line + 1
    shown = range(len(lines))
    if len(lines) > _MOST_LINES:
        middle = row.at[0] - row.line if row.at and is_whole else 0
        first = max(0, min(middle - _AROUND, len(lines) - _MOST_LINES))
        shown = range(first, min(len(lines), first + _MOST_LINES))
        if first:
            yield f"        … {first} lines"
    for at in shown:
        number = row.line + at
        mark = ">" if is_whole and number in row.at else " "
        gutter = f"{number:>6}" if is_whole else " " * 6
        yield f"{mark}{colours.line}{gutter}{colours.reset} {printable(lines[at])}".rstrip()
    if shown.stop < len(lines):
        yield f"        … {len(lines) - shown.stop} lines"
