"""The graph of chunks, files and definitions as GraphML or DOT, edge by edge."""

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from cq.rows.chunk import ChunkEdge, ChunkRow

# What XML 1.0 has no way to write.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def graphml(edges: Iterable[ChunkEdge], labels: dict[str, str]) -> Iterator[str]:
    """The edges as GraphML; `labels` says what nodes are called, and is filled while edges are made."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    yield '<key id="label" for="node" attr.name="label" attr.type="string"/>'
    yield '<key id="relation" for="edge" attr.name="relation" attr.type="string"/>'
    yield '<graph edgedefault="directed">'
    seen: set[str] = set()
    for edge in edges:
        for node in (edge.source, edge.target):
            if node not in seen:
                seen.add(node)
                label = escape(_plain(labels.get(node, node)))
                yield f'<node id={quoteattr(_plain(node))}><data key="label">{label}</data></node>'
        ends = f"source={quoteattr(_plain(edge.source))} target={quoteattr(_plain(edge.target))}"
        yield f'<edge {ends}><data key="relation">{edge.relation}</data></edge>'
    yield "</graph>"
    yield "</graphml>"


def dot(edges: Iterable[ChunkEdge], labels: dict[str, str]) -> Iterator[str]:
    """The edges as DOT."""
    yield "digraph chunks {"
    yield "  node [shape=box];"
    seen: set[str] = set()
    for edge in edges:
        for node in (edge.source, edge.target):
            if node not in seen:
                seen.add(node)
                yield f"  {_quoted(node)} [label={_quoted(labels.get(node, node))}];"
        yield f"  {_quoted(edge.source)} -> {_quoted(edge.target)} [label={_quoted(edge.relation)}];"
    yield "}"


def label_of(row: ChunkRow) -> str:
    """What a chunk is called in a picture."""
    name = row.qualified_name or ", ".join(row.defines) or row.form
    return f"{row.path}:{row.start_line} {name}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _plain(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
