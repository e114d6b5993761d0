"""What the kinds of a grammar's nodes are to whoever cuts, by their ids: names take four times as long to ask for."""

from collections.abc import Mapping
from typing import NamedTuple

from tree_sitter import Language

CANDIDATE, LEADING, OPAQUE, SIGN = 1, 2, 4, 8
_ERROR = 0xFFFF  # the id of ERROR, which is in no grammar's list


class NodeKinds(NamedTuple):
    """The kinds of one grammar."""

    marks: Mapping[int, int]  # CANDIDATE: may be a definition, LEADING: goes with what follows it, OPAQUE: not opened
    is_open: bool  # any kind may be a definition


def node_kinds(
    language: Language, candidates: frozenset[str] | None, leading: frozenset[str], opaque: frozenset[str]
) -> NodeKinds:
    """The marks of all kinds; without `candidates` each may be a definition."""
    marks = {}
    for number in (*range(language.node_kind_count), _ERROR):
        kind = "ERROR" if number == _ERROR else language.node_kind_for_id(number)
        is_named = number == _ERROR or language.node_kind_is_named(number)
        marks[number] = (
            CANDIDATE * (candidates is None or kind in candidates)
            | LEADING * (kind in leading)
            | OPAQUE * (kind in opaque)
            | SIGN * (not is_named)
        )
    return NodeKinds(marks, candidates is None)
