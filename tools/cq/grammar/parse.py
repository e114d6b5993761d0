"""Bytes to a tree: the whole file, or one region of it with the positions of the file."""

import functools
from collections.abc import Sequence

from tree_sitter import Language, Node, Parser, Point, Range, Tree

Span = tuple[int, int]


@functools.cache
def _parser(language: Language) -> Parser:
    return Parser(language)


def parse(language: Language, data: bytes) -> Tree:
    """The tree of a whole file. Bytes that are no UTF-8 stand as `?`, so that all positions stay."""
    return parse_text(language, data)[0]


def parse_text(language: Language, data: bytes) -> tuple[Tree, bytes]:
    """The tree of a whole file, and the bytes that it is the tree of: `data`, or with `?` for what is no UTF-8."""
    tree = _parser(language).parse(data)
    if tree.root_node.has_error:
        try:
            data.decode()
        except UnicodeDecodeError:
            data = _ascii_for_invalid(data)
            return _parser(language).parse(data), data
    return tree, data


def parse_again(language: Language, data: bytes, edited: Tree) -> Tree:
    """The tree of `data`, made from the tree of an earlier text that was told of all edits since."""
    return _parser(language).parse(data, edited)


def parse_region(language: Language, data: bytes, region: Node, terminator: str = "") -> Tree:
    """The tree of the bytes of one node, parsed on their own, if need be without the brackets around them.

    Positions are those of the file. For the terminator see `parse_spans`.
    """
    tree = parse_spans(language, data, [region.byte_range], terminator)
    if not tree.root_node.has_error:
        return tree
    # Items in parentheses are no program, but what stands between those is.
    opening = next((child for child in region.children if child.type in ("(", "[", "{")), None)
    closing = next((child for child in reversed(region.children) if child.type in (")", "]", "}")), None)
    if opening is None or closing is None or opening.end_byte >= closing.start_byte:
        return tree
    bare = parse_spans(language, data, [(opening.end_byte, closing.start_byte)], terminator)
    error = first_error(bare.root_node)
    # The last item may lack its semicolon.
    return bare if error is None or error.is_missing else tree


def parse_spans(language: Language, data: bytes, spans: Sequence[Span], terminator: str = "") -> Tree:
    """The tree of some spans of a file (in order, apart from each other) as one text, at its positions in the file.

    A text may be an expression where a program is statements. One that does not parse as it is is therefore tried
    with a terminator behind it, the next that the file has: only its root reaches as far as that then.
    """
    tree = Parser(language, included_ranges=_ranges(data, spans)).parse(data)
    if terminator and spans and tree.root_node.has_error:
        at = data.find(terminator.encode(), spans[-1][1])
        if at >= 0:
            with_end = [*spans, (at, at + len(terminator))]
            terminated = Parser(language, included_ranges=_ranges(data, with_end)).parse(data)
            if not terminated.root_node.has_error:
                return terminated
    return tree


def _ranges(data: bytes, spans: Sequence[Span]) -> list[Range]:
    ranges = []
    row, line, at = 0, 0, 0

    def point(offset: int) -> Point:
        nonlocal row, line, at
        row += data.count(b"\n", at, offset)
        line = max(line, data.rfind(b"\n", at, offset) + 1)
        at = offset
        return Point(row, offset - line)

    for start, end in spans:
        first = point(start)
        ranges.append(Range(first, point(end), start, end))
    return ranges


def _ascii_for_invalid(data: bytes) -> bytes:
    text = data.decode("utf-8", "surrogateescape")
    return b"".join(b"?" if "\udc80" <= character <= "\udcff" else character.encode() for character in text)


def first_error(root: Node) -> Node | None:
    """The first ERROR or MISSING node in text order, or None. Iterative: trees can be very deep."""
    node = root
    while node.has_error:
        if node.is_error or node.is_missing:
            return node
        for child in node.children:
            if child.has_error or child.is_missing or child.is_error:
                node = child
                break
        else:
            return node
    return None
