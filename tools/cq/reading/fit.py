"""Sources within a number of tokens: bodies within them are folded first, then the end is left out, line by line."""

from collections.abc import Callable, Sequence

import msgspec

from cq.reading.lines import LineSpan
from cq.reading.reader import Read
from cq.rows.source import Piece, SourceRow
from cq.tokens import most as most_that_fit

Measure = Callable[[SourceRow], int]


def fitted(reads: Sequence[Read], most: int, measure: Measure) -> tuple[list[SourceRow], int]:
    """As many sources as there is room for, the first ones whole before others get any, and the tokens that are left.

    A source that is not whole says how many lines it lacks; its pieces say which.
    """
    rows: list[SourceRow] = []
    for read in reads:
        row = _fitted(read, most, measure)
        if row is None:
            break
        rows.append(row)
        most -= measure(row)
    return rows, most


def _fitted(read: Read, most: int, measure: Measure) -> SourceRow | None:
    if _fits(read.row, most, measure):
        return read.row
    bare = msgspec.structs.replace(read.row, relatives=())
    if _fits(bare, most, measure):
        kept = most_that_fit(len(read.row.relatives), lambda count: _fits(_related(read.row, count), most, measure))
        return _related(read.row, kept)
    folds = len(read.folds)
    # The last ones are folded first: who reads a part of something reads its beginning.
    unfolded = most_that_fit(folds, lambda count: _fits(_folded(bare, read.folds[count:]), most, measure))
    if unfolded >= 0:
        return _folded(bare, read.folds[unfolded:])
    folded = _folded(bare, read.folds)
    lines = bare.end_line - bare.line + 1
    kept = most_that_fit(lines, lambda count: _fits(_cut(folded, folded.line + count - 1), most, measure))
    return _cut(folded, folded.line + kept - 1) if kept > 0 else None


def _fits(row: SourceRow, most: int, measure: Measure) -> bool:
    # Each line has its number at least: what has too many need not be measured.
    return _lines_of(row) <= most and measure(row) <= most


def _lines_of(row: SourceRow) -> int:
    return sum(piece.end_line - piece.line + 1 for piece in row.pieces)


def _related(row: SourceRow, count: int) -> SourceRow:
    return msgspec.structs.replace(row, relatives=row.relatives[:count])


def _folded(row: SourceRow, folds: Sequence[LineSpan]) -> SourceRow:
    if not folds or not row.pieces:
        return row
    lines = row.pieces[0].text.split("\n")
    pieces: list[Piece] = []
    at = row.line
    for first, last in (*folds, (row.end_line + 1, 0)):
        if first > at:
            text = "\n".join(lines[at - row.line : first - row.line])
            pieces.append(Piece(line=at, end_line=first - 1, text=text))
        at = last + 1
    return _with_pieces(row, pieces)


def _cut(row: SourceRow, last: int) -> SourceRow:
    """The row without the lines behind `last`."""
    pieces = []
    for piece in row.pieces:
        if piece.line > last:
            break
        if piece.end_line > last:
            text = "\n".join(piece.text.split("\n")[: last - piece.line + 1])
            piece = Piece(line=piece.line, end_line=last, text=text)
        pieces.append(piece)
    return _with_pieces(row, pieces)


def _with_pieces(row: SourceRow, pieces: Sequence[Piece]) -> SourceRow:
    shown = msgspec.structs.replace(row, pieces=tuple(pieces))
    return msgspec.structs.replace(shown, omitted_lines=row.end_line - row.line + 1 - _lines_of(shown))
