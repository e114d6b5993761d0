"""What stands before a name to say whose it is: `Flask` in `Flask.route`, `a::b` in `use a::{b::C}`."""

import re

from tree_sitter import Node

from cq.lanes.table import LanguageEntry

_WORDS = re.compile(r"[^\W\d]\w*")


def qualifier_of(entry: LanguageEntry, root: Node, start: int, end: int) -> tuple[str, ...]:
    """The words that qualify the name at these bytes, outermost first; empty when it stands alone."""
    node = root.descendant_for_byte_range(start, end)
    words: list[str] = []
    while node is not None:
        parent = node.parent
        if parent is None:
            break
        if parent.type in entry.qualifiers:
            words[:0] = _words_before(parent, entry.qualifiers[parent.type], node)
        elif parent.type not in entry.passages:
            break
        node = parent
    return tuple(words)


def _words_before(parent: Node, field: str, node: Node) -> list[str]:
    if field:
        owner = parent.child_by_field_name(field)
        if owner is None or owner.start_byte <= node.start_byte < owner.end_byte:
            return []
        text = owner.text or b""
    else:
        text = (parent.text or b"")[: node.start_byte - parent.start_byte]
    return _WORDS.findall(text.decode("utf-8", "replace"))
