"""A syntax tree as a graph for Graphviz: a box for each node, an arrow to each child, its field beside the arrow."""

from collections.abc import Iterable, Iterator

from cq.render.color import printable
from cq.render.text import shortened
from cq.rows.export import ExportEdge, ExportNode, ExportRow, ExportToken

_TEXT_COLUMNS = 30


def tree_dot(rows: Iterable[ExportRow], name: str) -> Iterator[str]:
    """The lines of one file's graph."""
    yield f"digraph {_quoted(name)} {{"
    yield '  node [shape=box, fontname="monospace", fontsize=10, height=0.3];'
    yield '  edge [fontname="monospace", fontsize=9, arrowsize=0.6];'
    waiting: ExportNode | None = None
    for row in rows:
        if waiting is not None and not isinstance(row, (ExportToken, ExportEdge)):
            yield _node(waiting, "")
            waiting = None
        if isinstance(row, ExportNode):
            waiting = row
        elif isinstance(row, ExportEdge):
            label = f" [label={_quoted(row.field)}]" if row.field else ""
            yield f"  n{row.parent} -> n{row.child}{label};"
        elif isinstance(row, ExportToken) and waiting is not None:
            yield _node(waiting, row.text if row.text is not None else "not UTF-8")
            waiting = None
    if waiting is not None:
        yield _node(waiting, "")
    yield "}"


def _node(row: ExportNode, text: str) -> str:
    kind = f"MISSING {row.kind}" if row.missing else row.kind
    label = f"{kind}\n{shortened(text, _TEXT_COLUMNS)}" if row.named and text else kind
    look = ""
    if row.error or row.missing:
        look = ", color=red, fontcolor=red"
    elif row.cut:
        look = ", style=dashed"
    elif not row.named:
        look = ", style=rounded"
    return f"  n{row.id} [label={_quoted(label)}{look}];"


def _quoted(text: str) -> str:
    """A quoted string that Graphviz shows as it is: it knows escapes and, in labels, HTML's entities."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;").replace("\t", " ")
    return '"' + "\\n".join(map(printable, escaped.replace("\r", "").split("\n"))) + '"'
