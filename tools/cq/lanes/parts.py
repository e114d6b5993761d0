"""Where a file may be cut, so that a name in one of its parts is understood without parsing the others.

A part begins where a definition or a statement does, with the comments and attributes that stand before it. Of what is
large (a class, a function) the head, each member and the end are texts of their own, too: with the head and the end a
member stands where it stood. Before which nodes a cut may be is in the table of languages.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tree_sitter import Language, Node

from cq.lanes.table import LanguageEntry
from cq.settings import HOLDER_FROM_BYTES, PART_BYTES

# How deep the members of members are cut: a method's statements.
_DEEPEST = 2


class Mark(NamedTuple):
    """A place where something begins that may be left out."""

    start: int
    level: int  # 0: a part of the file; 1: a member of it; 2: a member of that
    stays: bool  # the last of the members: without it the whole would end elsewhere


class PartTaker:
    """Of one language."""

    def __init__(self, language: Language, entry: LanguageEntry) -> None:
        self._kinds = _ids(language, entry.part_kinds)
        self._holders = _ids(language, entry.part_holders)
        self._wrappers = _ids(language, entry.wrappers)
        self._leads = _ids(language, (*entry.leading_decorators, *entry.leading_comments))

    def take(self, data: bytes, root: Node) -> list[Mark]:
        """Where the parts of a file begin, in their order; none when it has to be parsed as a whole."""
        if root.has_error:
            return []
        marks: list[Mark] = []
        self._cut(data, root.children, 0, 0, marks)
        return marks

    def _cut(self, data: bytes, nodes: Sequence[Node], begin: int, level: int, marks: list[Mark]) -> None:
        """Add the cuts between these siblings, and of the members of what is large."""
        own: list[int] = []
        last = begin
        for start, node in self._cuts(data, nodes):
            is_large = level < _DEEPEST and node.end_byte - node.start_byte >= HOLDER_FROM_BYTES
            holder = self._holder(node) if is_large else None
            if start < begin or (holder is None and start - last < PART_BYTES):
                continue
            own.append(len(marks))
            marks.append(Mark(start, level, False))
            last = start
            if holder is not None:
                self._cut(data, holder.children, holder.start_byte, level + 1, marks)
        if level and own:
            marks[own[-1]] = marks[own[-1]]._replace(stays=True)

    def _holder(self, node: Node) -> Node | None:
        """The body of a definition that holds others."""
        while node.kind_id in self._wrappers and node.named_child_count:
            inner = node.named_child(node.named_child_count - 1)
            assert inner is not None
            node = inner
        return node.child_by_field_name("body") if node.kind_id in self._holders else None

    def _cuts(self, data: bytes, nodes: Sequence[Node]) -> list[tuple[int, Node]]:
        """The nodes among these siblings before which a cut may be, and where: at the beginning of a line."""
        found: list[tuple[int, Node]] = []
        kinds, leads = self._kinds, self._leads
        first: Node | None = None  # of what stands before such a node and belongs to it
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
