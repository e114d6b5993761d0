"""Chunks as Markdown or XML, to be put before a language model."""

import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from cq.rows.chunk import ChunkRow

_FENCE = re.compile(r"^\s*(`{3,})", re.MULTILINE)
# What XML 1.0 has no way to write.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def markdown(rows: Sequence[ChunkRow]) -> Iterator[bytes]:
    """Each chunk as a heading and a code block, whose fence is longer than any in the text."""
    for row in rows:
        text = _text(row)
        ticks = max((len(found) for found in _FENCE.findall(text)), default=2) + 1
        fence = "`" * max(3, ticks)
        where = f"{row.path}:{row.start_line}-{row.end_line}"
        name = f" — {row.qualified_name}" if row.qualified_name else ""
        end = "" if text.endswith("\n") else "\n"
        yield f"### `{where}`{name}\n\n{fence}{row.language}\n{text}{end}{fence}\n\n".encode()


def xml(rows: Sequence[ChunkRow]) -> Iterator[bytes]:
    """Each chunk as an element; its place and what it is are attributes."""
    for row in rows:
        given = {
            "path": row.path,
            "lines": f"{row.start_line}-{row.end_line}",
            "language": row.language,
            "kind": row.kind,
            "name": row.qualified_name,
            "id": row.id,
        }
        attributes = "".join(f" {key}={quoteattr(_plain(value))}" for key, value in given.items() if value)
        yield f"<chunk{attributes}>\n{escape(_plain(_text(row)))}</chunk>\n".encode()


def _plain(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def _text(row: ChunkRow) -> str:
    if row.text is not None:
        return row.overlap + row.text
    import base64  # what is no text is rare

    return base64.b64decode(row.base64 or "").decode("utf-8", "replace")
