"""A syntax tree as indented lines: position, field, kind, and the text of what has no children."""

import json
from collections.abc import Iterable, Iterator

from cq.render.color import Palette, printable
from cq.render.text import shortened
from cq.rows.export import ExportFile, ExportGap, ExportNode, ExportRow, ExportToken

# More of a token is not shown: a string or a comment may be pages long.
_TEXT_COLUMNS = 80


def tree_text(rows: Iterable[ExportRow], colours: Palette, path: str) -> Iterator[str]:
    """The lines of one file, below a line with its path."""
    width = 0
    above: list[ExportNode] = []  # the node whose row came last, and those around it
    waiting = False  # its text follows it, when it has one
    named = False
    for row in rows:
        if isinstance(row, ExportFile):
            # Wide enough for positions up to column 999, so that the tree stands upright.
            width = 2 * (len(str(row.lines)) + 4) + 1
            named = row.named  # then brackets and keywords are in the gaps, and nobody wants to read them
            yield path
        elif isinstance(row, ExportNode):
            if waiting:
                yield _line(above[-1], None, width, colours)
            while above and above[-1].depth >= row.depth:
                above.pop()
            above.append(row)
            waiting = True
        elif isinstance(row, ExportToken):
            yield _line(above[-1] if waiting else row, row, width, colours)
            waiting = False
        elif isinstance(row, ExportGap) and row.uncovered and above and (not named or above[-1].cut):
            # Those that do not hold it are over.
            while above and above[-1].id != row.parent:
                if waiting:
                    yield _line(above[-1], None, width, colours)
                    waiting = False
                above.pop()
            if waiting:
                yield _line(above[-1], row if above[-1].cut else None, width, colours)
            if not waiting or not above[-1].cut:
                yield _line(row, row, width, colours, above[-1].depth + 1 if above else 0)
            waiting = False
    if waiting:
        yield _line(above[-1], None, width, colours)


def _line(
    row: ExportNode | ExportToken | ExportGap,
    text: ExportToken | ExportGap | None,
    width: int,
    colours: Palette,
    depth: int = 0,
) -> str:
    place = f"{row.line}:{row.column}-{row.end_line}:{row.end_column}"
    words = []
    if isinstance(row, ExportNode):
        depth = row.depth
        if row.field:
            words.append(f"{colours.dim}{row.field}:{colours.reset}")
        if row.missing:
            words.append(f"{colours.name}MISSING{colours.reset}")
    if isinstance(row, ExportGap):
        words.append(f"{colours.dim}text{colours.reset}")
    elif row.named:
        broken = isinstance(row, ExportNode) and row.error
        words.append(f"{colours.name}{row.kind}{colours.reset}" if broken else row.kind)
    if text is not None and not (isinstance(row, ExportNode) and row.missing and row.named):
        shown = row.kind if not isinstance(row, ExportGap) and not row.named else text.text
        words.append(_quoted(shown) if shown is not None else f"base64 {text.base64}")
    elif isinstance(row, (ExportNode, ExportToken)) and not row.named:
        words.append(_quoted(row.kind))
    return f"{colours.line}{place:<{width}}{colours.reset} {'  ' * min(depth, 200)}{' '.join(words)}"


def _quoted(text: str) -> str:
    return shortened(printable(json.dumps(text, ensure_ascii=False)), _TEXT_COLUMNS)
