"""`cq chunk --report`: what the chunks of a repository are worth."""

import os
from collections.abc import Iterator
from typing import Any

from cq.chunking.report import quality
from cq.chunking.run import ChunkRun
from cq.render.chunk_report import report_lines, report_page
from cq.render.json import answer_json
from cq.rows.chunk import ChunkReport
from cq.rows.shared import SchemaId


def report_pieces(run: ChunkRun, values: dict[str, Any], form: str) -> Iterator[bytes]:
    """The report as a page when it goes to one, as JSON when asked for, else as text."""
    found = quality(run)
    is_page = os.path.splitext(values.get("output", ""))[1].lower() in (".html", ".htm")
    if form == "json":
        yield answer_json(
            ChunkReport(
                schema=SchemaId("cq.chunk.report"),
                stamp=run.stamp(),
                quality=found,
                diagnostics=tuple(run.diagnostics),
                report=run.report(),
            )
        )
        return
    for line in (report_page if is_page else report_lines)(found, run.stamp()):
        yield f"{line}\n".encode()
