"""Bytes to a tree: the whole file, or one region of it with the positions of the file."""

import functools
import re
from bisect import bisect_right
from collections.abc import Sequence

from tree_sitter import Language, Node, Parser, Point, Range, Tree

from cq.grammar.indents import within_indents
from cq.grammar.patience import parsed

Span = tuple[int, int]


@functools.cache
def _parser(language: Language) -> Parser:
    return Parser(language)


def parse(language: Language, data: bytes) -> Tree:
    """The tree of a whole file. Bytes that are no UTF-8 stand as `?`, so that all positions stay."""
    return parse_text(language, data)[0]


def parse_text(language: Language, data: bytes) -> tuple[Tree, bytes]:
    """The tree of a whole file, and the bytes that it is the tree of: `data`, or with `?` for what is no UTF-8."""
    data = within_indents(language, data)
    tree = parsed(_parser(language), data)
    if tree.root_node.has_error:
        try:
            data.decode()
        except UnicodeDecodeError:
            data = _ascii_for_invalid(data)
            return parsed(_parser(language), data), data
    return tree, data


def text_of(tree: Tree, data: bytes) -> bytes:
    """The bytes that the tree of a whole file is the tree of, as `parse_text` gives them."""
    if tree.root_node.has_error:
        try:
            data.decode()
        except UnicodeDecodeError:
            return _ascii_for_invalid(data)
    return data


def parse_again(language: Language, data: bytes, edited: Tree) -> Tree:
    """The tree of `data`, made from the tree of an earlier text that was told of all edits since."""
    return parsed(_parser(language), within_indents(language, data), edited)


def parse_region(
    language: Language, data: bytes, region: Node, terminator: str = "", within: Sequence[Span] | None = None
) -> Tree:
    """The tree of the bytes of one node, parsed on their own, if need be without the brackets around them.

    Positions are those of the file. For the terminator see `parse_spans`; most regions need it, so it comes first.
    With `within`, the spans of the text that the node stands in, what lies between those is left out.
    """
    tree = _terminated(language, data, clipped([region.byte_range], within), terminator)
    if not tree.root_node.has_error:
        return tree
    # Items in parentheses are no program, but what stands between those is.
    opening = next((child for child in region.children if child.type in ("(", "[", "{")), None)
    closing = next((child for child in reversed(region.children) if child.type in (")", "]", "}")), None)
    if opening is None or closing is None or opening.end_byte >= closing.start_byte:
        return tree
    inside = clipped([(opening.end_byte, closing.start_byte)], within)
    if not inside:
        return tree
    bare = _terminated(language, data, inside, terminator)
    error = first_error(bare.root_node)
    # The last item may lack its semicolon.
    return bare if error is None or error.is_missing else tree


def clipped(spans: Sequence[Span], within: Sequence[Span] | None) -> Sequence[Span]:
    """The parts of spans that lie in others (in order, apart from each other); all of them when there are none."""
    if within is None:
        return spans
    found = []
    for start, end in spans:
        for first, last in within[max(0, bisect_right(within, (start,)) - 1) :]:
            if first >= end:
                break
            if max(start, first) < min(end, last):
                found.append((max(start, first), min(end, last)))
    return found


def parse_spans(language: Language, data: bytes, spans: Sequence[Span], terminator: str = "") -> Tree:
    """The tree of some spans of a file (in order, apart from each other) as one text, at its positions in the file.

    A text may be an expression where a program is statements. One that does not parse as it is is therefore tried
    with a terminator behind it, the next that the file has: only its root reaches as far as that then.
    """
    tree = _of_ranges(language, data, spans)
    if terminator and spans and tree.root_node.has_error:
        terminated = _terminated(language, data, spans, terminator)
        if not terminated.root_node.has_error:
            return terminated
    return tree


def _terminated(language: Language, data: bytes, spans: Sequence[Span], terminator: str) -> Tree:
    """The tree of some spans and the next terminator behind them; where there is none, one behind the file."""
    if not terminator:
        return _of_ranges(language, data, spans)
    at = data.find(terminator.encode(), spans[-1][1])
    if at < 0:
        data, at = data + terminator.encode(), len(data)
    return _of_ranges(language, data, [*spans, (at, at + len(terminator))])


def parse_parts(language: Language, data: bytes, spans: Sequence[Span]) -> Tree:
    """The tree of some parts of a file (in order, apart from each other, each of whole lines) at their positions."""
    ranges = []
    row = last = 0
    for start, end in spans:
        row += data.count(b"\n", last, start)
        first = Point(row, start - data.rfind(b"\n", 0, start) - 1)
        row += data.count(b"\n", start, end)
        last = end
        ranges.append(Range(first, Point(row, end - data.rfind(b"\n", 0, end) - 1), start, end))
    return parsed(Parser(language, included_ranges=ranges), within_indents(language, data))


def _of_ranges(language: Language, data: bytes, spans: Sequence[Span]) -> Tree:
    starts = _line_starts(data)

    def point(offset: int) -> Point:
        row = bisect_right(starts, offset) - 1
        return Point(row, offset - starts[row])

    ranges = [Range(point(start), point(end), start, end) for start, end in spans]
    return parsed(Parser(language, included_ranges=ranges), within_indents(language, data))


# The texts within one file come one after the other.
@functools.lru_cache(maxsize=2)
def _line_starts(data: bytes) -> list[int]:
    return [0, *(found.end() for found in re.finditer(b"\n", data))]


def _ascii_for_invalid(data: bytes) -> bytes:
    text = data.decode("utf-8", "surrogateescape")
    return b"".join(b"?" if "\udc80" <= character <= "\udcff" else character.encode() for character in text)


def error_bytes(root: Node) -> int:
    """How much of a text the grammar made nothing of: the bytes of its ERROR nodes, and one for each MISSING one.

    Iterative, and only where there are errors.
    """
    if not root.has_error:
        return 0
    total = 0
    cursor = root.walk()
    while True:
        node = cursor.node
        assert node is not None
        wrong = node.is_error or node.is_missing
        if wrong:
            total += max(1, node.end_byte - node.start_byte)
        if not wrong and node.has_error and cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return total


def first_error(root: Node) -> Node | None:
    """The first ERROR or MISSING node in text order, or None. Iterative: trees can be very deep.

    None also where all that is missing is a token without a node, such as the end of a Kotlin class member before a
    `}`: `has_error` is true of such a tree, but nothing is wrong with the text.
    """
    if not root.has_error:
        return None
    cursor = root.walk()
    while True:
        node = cursor.node
        assert node is not None
        if node.is_error or node.is_missing:
            return node
        if node.has_error and cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return None
