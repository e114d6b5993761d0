"""A parse that comes to an end: of a grammar that may find ever more readings of a broken text, within bounds."""

import re

from tree_sitter import Parser, Point, Tree

from cq.grammar.language import has_kinds

# tree-sitter-kotlin 1.1.0 goes on with ever more versions of one in a hundred broken files: 1,800 bytes took three
# minutes and 3.7 GB. It is known by its nodes, since a tree is made in many places that know a grammar and not what it
# is for.
_MARKS = ("when_entry", "infix_expression", "anonymous_function", "navigation_expression")
# How often the parser may tell that it has come no further: a whole file comes to 0.004 for each byte, when it balances
# its tree at the end. A count and not a time, so that a file always gives the same tree.
_STEPS_PER_BYTE, _LEAST_STEPS = 0.02, 200
_READ_BYTES = 1 << 16
_GAP = re.compile(rb"\n[ \t]*\r?\n")
_BLANKED = re.compile(rb"[^\r\n]")


def parsed(parser: Parser, data: bytes, edited: Tree | None = None) -> Tree:
    """The tree of a text, at its positions in the text.

    Where the parser finds no end, the paragraph that it came to counts as blank; if that does not help all behind it,
    too, and at last all of it.
    """
    language = parser.language
    if language is None or not has_kinds(language, _MARKS):
        return parser.parse(data, edited) if edited is not None else parser.parse(data)
    tree, at = _within_bounds(parser, data, edited)
    if tree is not None:
        return tree
    start = max((gap.end() for gap in _GAP.finditer(data, 0, at)), default=0)
    gap = _GAP.search(data, at)
    end = gap.start() if gap else len(data)
    for first, last in ((start, end), (start, len(data))):
        tree, _ = _within_bounds(parser, data[:first] + _BLANKED.sub(b" ", data[first:last]) + data[last:], None)
        if tree is not None:
            return tree
    return parser.parse(_BLANKED.sub(b" ", data))


def _within_bounds(parser: Parser, data: bytes, edited: Tree | None) -> tuple[Tree | None, int]:
    """The tree, or None when there was no end of it, and how far the parser came."""
    most = _LEAST_STEPS + int(len(data) * _STEPS_PER_BYTE)
    steps = reached = 0

    def heed(at: int, has_error: bool) -> bool:
        nonlocal steps, reached
        steps = steps + 1 if at <= reached else 0
        reached = max(reached, at)
        return steps > most

    def read(at: int, point: Point) -> bytes:
        return data[at : at + _READ_BYTES]

    try:
        if edited is not None:
            return parser.parse(read, edited, encoding="utf8", progress_callback=heed), reached
        return parser.parse(read, encoding="utf8", progress_callback=heed), reached
    except ValueError:  # "Parsing failed": it was told to stop
        parser.reset()
        return None, reached
