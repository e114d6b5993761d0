"""What to say of a file that the grammar could not wholly parse."""

from tree_sitter import Node

from cq.grammar.parse import first_error
from cq.rows.shared import Diagnostic, as_text


def syntax_error(path: str, root: Node, rest: str) -> tuple[Diagnostic, ...]:
    """Where the first error of a tree is, and what becomes of the rest of the file; nothing when there is none."""
    node = first_error(root)
    if node is None:
        return ()
    point = node.start_point
    what = f"missing {node.type}" if node.is_missing else "not understood from here"
    found = Diagnostic(
        path=as_text(path),
        code="syntax-error",
        message=f"syntax error: {what}; {rest}",
        line=point.row + 1,
        column=point.column + 1,
    )
    return (found,)
