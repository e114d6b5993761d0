"""Where a file may be cut, so that a name in one of its parts is understood without parsing the others.

A part begins where a definition does, with the comments and attributes that stand before it. Of a large class or block
of items the head and single members are a text of their own, too. What a language calls a definition is in its table.
"""

from collections.abc import Sequence

from tree_sitter import Language, Node

from cq.lanes.table import LanguageEntry
from cq.settings import HOLDER_FROM_BYTES, PART_BYTES

# What begins at a mark: a part, a member in the part before, or what is behind the members of that part.
PART, MEMBER, TAIL = range(3)
Mark = tuple[int, int]


class PartTaker:
    """Of one language."""

    def __init__(self, language: Language, entry: LanguageEntry) -> None:
        self._kinds = _ids(language, entry.part_kinds)
        self._holders = _ids(language, entry.part_holders)
        self._wrappers = _ids(language, entry.wrappers)
        self._leads = _ids(language, (*entry.leading_decorators, *entry.leading_comments))

    def take(self, data: bytes, root: Node) -> list[Mark]:
        """Where the parts of a file begin, and what begins there; none when it has to be parsed as a whole."""
        if root.has_error:
            return []
        marks: list[Mark] = []
        last = 0
        for start, node in self._cuts(data, root.children):
            holder = self._holder(node) if node.end_byte - node.start_byte >= HOLDER_FROM_BYTES else None
            if holder is None and start - last < PART_BYTES:
                continue
            if start:
                marks.append((start, PART))
            last = start
            if holder is not None:
                marks += self._members(data, holder)
        return marks

    def _holder(self, node: Node) -> Node | None:
        """The body of a definition that holds others."""
        while node.kind_id in self._wrappers and node.named_child_count:
            inner = node.named_child(node.named_child_count - 1)
            assert inner is not None
            node = inner
        return node.child_by_field_name("body") if node.kind_id in self._holders else None

    def _members(self, data: bytes, body: Node) -> list[Mark]:
        children = body.children
        marks: list[Mark] = []
        for start, _ in self._cuts(data, children):
            if start > body.start_byte and (not marks or start - marks[-1][0] >= PART_BYTES):
                marks.append((start, MEMBER))
        if len(marks) < 2:
            return []
        closing = children[-1]
        marks.append((body.end_byte if closing.is_named else closing.start_byte, TAIL))
        return marks

    def _cuts(self, data: bytes, nodes: Sequence[Node]) -> list[tuple[int, Node]]:
        """The definitions among these siblings before which a cut may be, and where: at the beginning of a line."""
        found: list[tuple[int, Node]] = []
        kinds, leads = self._kinds, self._leads
        first: Node | None = None  # of what stands before a definition and belongs to it
        for node in nodes:
            kind = node.kind_id
            if kind in kinds:
                start = (first or node).start_byte
                line = data.rfind(b"\n", 0, start) + 1
                if start == line or data[line:start].isspace():
                    found.append((line, node))
                first = None
            elif kind in leads or node.is_extra:
                first = first or node
            else:
                first = None
        return found


def _ids(language: Language, kinds: Sequence[str]) -> frozenset[int]:
    found = (language.id_for_node_kind(kind, True) for kind in kinds)
    return frozenset(kind for kind in found if kind is not None)
