"""Which lines of a file belong to a definition, and which to what contains it."""

from collections.abc import Iterator, Sequence

from tree_sitter import Node

from cq.lanes.definitions import Definition
from cq.neighborhood.roles import CALLABLE
from cq.neighborhood.sources import Source
from cq.rows.source import Piece

_MOST_HEAD_LINES = 12  # of one that contains the lines
LineSpan = tuple[int, int]


def lines_of_definition(source: Source, definition: Definition) -> LineSpan:
    """First and last line of a definition, with the decorators and the documentation that stand before it."""
    data = source.data
    if definition.span == definition.name_span:
        # Among the tokens of a macro: to the end of its brackets.
        return definition.line, data.count(b"\n", 0, _end_in_tokens(definition)) + 1
    start = min((node.start_byte for node in _before(source, definition)), default=definition.span[0])
    for span in _head_spans(source, definition):
        start = min(start, span)
    end = max(definition.span[0], definition.span[1] - (data[definition.span[1] - 1 : definition.span[1]] == b"\n"))
    return data.count(b"\n", 0, start) + 1, data.count(b"\n", 0, end) + 1


def _before(source: Source, definition: Definition) -> Iterator[Node]:
    """What stands before a definition and belongs to it, the nearest first: wrappers, decorators, comments."""
    data, entry = source.data, source.entry
    node: Node | None = definition.node
    start = definition.span[0]
    parent = definition.node.parent if entry.wrappers else None
    if parent is not None and parent.type in entry.wrappers:
        node, start = parent, parent.start_byte
        yield parent
    while node is not None:
        node = node.prev_sibling
        if node is None or node.type not in (*entry.leading_decorators, *entry.leading_comments):
            return
        before = data[data.rfind(b"\n", 0, node.start_byte) + 1 : node.start_byte]
        # A comment behind other code on its line, or above a blank line, is about something else.
        if (
            before.strip()
            or data.count(b"\n", node.end_byte, start) + (data[node.end_byte - 1 : node.end_byte] == b"\n") > 1
        ):
            return
        start = node.start_byte
        yield node


def _head_spans(source: Source, definition: Definition) -> Iterator[int]:
    """Where the decorators begin that the node does not hold."""
    spans = source.lane_facts.facts(source.data, definition.node).spans
    yield from (start for start, _ in spans.get("decorators", ()))


def _end_in_tokens(definition: Definition) -> int:
    """The end of what a name in a token tree heads: its first braces, or the end of the statement."""
    node = definition.node.descendant_for_byte_range(*definition.name_span)
    while node is not None:
        text = node.text or b""
        if text.startswith(b"{") or text == b";":
            return node.end_byte
        node = node.next_sibling
    return definition.name_span[1]


def heads_of(
    source: Source, text: Sequence[bytes], first: int, last: int, itself: Definition | None
) -> Iterator[Piece]:
    """The heads of what contains these lines, outermost first; of the definition `itself` when they are one."""
    spans: list[LineSpan] = []
    for each in source.definitions():
        if each is itself or each.span == each.name_span:
            continue
        if itself is not None and not (each.span[0] <= itself.span[0] and itself.span[1] <= each.span[1]):
            continue
        begin, end = each.node.start_point.row + 1, each.end_line
        if begin < first and last <= end:
            spans.append((begin, _head_end(source, each)))
    for _, _, node in source.lane.scopes(source.data, source.tree.root_node):
        begin, end = node.start_point.row + 1, node.end_point.row + 1
        if begin < first and last <= end:
            body = node.child_by_field_name("body")
            spans.append((begin, body.start_point.row + 1 if body is not None else begin))
    for begin, end in sorted(set(spans)):
        yield piece(text, begin, min(end, begin + _MOST_HEAD_LINES - 1, first - 1))


def _head_end(source: Source, definition: Definition) -> int:
    spans = source.lane_facts.facts(source.data, definition.node).spans.get("signature", ())
    return source.data.count(b"\n", 0, spans[0][1]) + 1 if spans else definition.line


def folds_of(source: Source, first: int, last: int, itself: Definition | None) -> Iterator[LineSpan]:
    """The documentation before these lines but for its first, then the bodies of functions within them that are in
    no other."""
    until = 0
    if itself is not None and itself.span != itself.name_span:
        documented = _leading_comments(source, itself)
        if documented > first:
            # The first line says what it is; who has little room needs the code more than the rest.
            yield first + 1, documented
            until = documented
    for each in source.definitions():
        if each is itself or each.span == each.name_span or each.verdict.kind not in CALLABLE:
            continue
        begin, end = _head_end(source, each) + 1, each.end_line
        if first <= each.line and end <= last and begin > until and end > begin:
            yield begin, end
            until = end


def _leading_comments(source: Source, definition: Definition) -> int:
    """The last line of the comments that a definition begins with; 0 when it begins with something else."""
    last = 0
    for node in reversed(list(_before(source, definition))):
        if node.type not in source.entry.leading_comments:
            break
        last = source.data.count(b"\n", 0, node.end_byte - 1) + 1
    return last


def piece(text: Sequence[bytes], first: int, last: int) -> Piece:
    shown = b"\n".join(text[first - 1 : last]).decode("utf-8", "replace")
    return Piece(line=first, end_line=last, text=shown.lstrip("\ufeff") if first == 1 else shown)
