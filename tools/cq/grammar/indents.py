"""What a grammar whose scanner keeps its indents in a bounded buffer must not be given."""

import re

from tree_sitter import Language

from cq.grammar.language import has_kinds

# The scanner of tree-sitter-yaml 0.7.2 writes behind its buffer from about 250 indents on, and the process dies.
# It is known by its nodes, since a tree is made in many places that know a grammar and not what it is for.
_MARKS = ("block_mapping_pair", "block_sequence_item", "flow_mapping")
_FAR = re.compile(rb"^(?![ \t]*\r?$)[ \t?:-]{200}", re.MULTILINE)


def within_indents(language: Language, data: bytes) -> bytes:
    """As many bytes, blank from the first line on that may stand in more indents than the grammar survives.

    A line stands in no more of them than it has blanks and marks of lists and keys before its text. A line that is only
    far to the right ends what is read, too, which costs an outline and not a crash.
    """
    found = _FAR.search(data) if has_kinds(language, _MARKS) else None
    if found is None:
        return data
    start = found.start()
    return data[:start] + re.sub(rb"[^\r\n]", b" ", data[start:])
