"""Sources as text: each line with its number in the file, and what is around them as signatures."""

from collections.abc import Callable, Iterator

from cq.render.color import PLAIN, Palette
from cq.rows.source import Piece, SourceAnswer, SourceRow

_TITLES = {"caller": "callers", "callee": "calls", "type": "types"}


class SourceText:
    """Writes sources. `clean` makes text of a file fit for where it goes."""

    def __init__(
        self, shown_path: Callable[[str], str] = str, clean: Callable[[str], str] = str, colours: Palette = PLAIN
    ) -> None:
        self._shown_path = shown_path
        self._clean = clean
        self._colours = colours

    def row(self, row: SourceRow) -> Iterator[str]:
        """The lines of one source."""
        colours = self._colours
        symbol = row.symbol
        path = self._clean(self._shown_path(row.path))
        lines = f"{row.line}-{row.end_line}" if row.end_line > row.line else f"{row.line}"
        what = self._clean(f"{symbol.kind} {symbol.qualified_name}".strip())
        yield f"{colours.path}{path}{colours.reset}:{lines}  {colours.head}{what}{colours.reset}"
        if row.note:
            yield f"{colours.warning}{self._clean(row.note)}{colours.reset}"
        width = len(str(row.end_line))
        for piece in row.heads:
            yield from self._lines(piece, width)
        if row.heads:
            yield f"{'...':>{width}}"
        at = row.line
        for piece in row.pieces:
            if piece.line > at:
                yield self._gap(at, piece.line - 1, width)
            yield from self._lines(piece, width)
            at = piece.end_line + 1
        if at <= row.end_line and row.omitted_lines:
            yield self._gap(at, row.end_line, width)
        for relation, title in _TITLES.items():
            of_it = [each for each in row.relatives if each.relation == relation]
            if of_it:
                yield f"{colours.head}{title}{colours.reset}"
            for each in of_it:
                place = self._clean(f"{self._shown_path(each.symbol.path)}:{each.symbol.line}")
                said = self._clean(each.signature or f"{each.symbol.kind} {each.symbol.qualified_name}")
                sure = "" if each.confidence == "certain" else f"  ({each.confidence})"
                yield f"  {colours.path}{place}{colours.reset}  {said}{colours.dim}{sure}{colours.reset}"

    def lines(self, answer: SourceAnswer) -> Iterator[str]:
        """All sources, and what was left out."""
        for number, row in enumerate(answer.rows):
            if number:
                yield ""
            yield from self.row(row)
        summary = answer.summary
        left = [
            f"{count:,} {what}{'' if count == 1 else 's'}"
            for count, what in (
                (summary.omitted_lines, "line"),
                (summary.omitted_sources, "source"),
                (summary.omitted_relatives, "signature"),
            )
            if count
        ]
        if left:
            yield f"left out for want of room: {', '.join(left)}; ask with path:FIRST-LAST, or for more tokens"

    def _lines(self, piece: Piece, width: int) -> Iterator[str]:
        for number, line in enumerate(piece.text.split("\n"), piece.line):
            text = self._clean(line.rstrip("\r"))
            yield f"{self._colours.line}{number:>{width}}{self._colours.reset}  {text}".rstrip(" ")

    def _gap(self, first: int, last: int, width: int) -> str:
        lines = f"{first}-{last}" if last > first else f"{first}"
        return f"{self._colours.dim}{'...':>{width}}  {lines} left out{self._colours.reset}"
