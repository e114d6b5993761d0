"""The tool `chunk`: source cut into pieces that mean something on their own."""

from collections.abc import Iterator
from typing import Annotated

import msgspec

from cq.chunking.file_chunks import decode_row
from cq.chunking.options import chunk_options
from cq.chunking.run import ChunkRequest, ChunkRun
from cq.errors import CqError
from cq.rows.chunk import ChunkAnswer, ChunkQuery, ChunkRow
from cq.rows.shared import SchemaId, as_text
from cq.serve.reply import Ask, Reply, cost_of, fitting, left_out, many, notes_of, reply
from cq.serve.tool import Globs, Params, Paths, Tool
from cq.serve.workspace import Workspace


class ChunkParams(Params, frozen=True, kw_only=True):
    """Arguments of `chunk`."""

    paths: Paths = ()
    globs: Globs = ()
    size: Annotated[int, msgspec.Meta(ge=16, le=100_000, description="No chunk has more tokens.")] = 400
    text: Annotated[bool, msgspec.Meta(description="The texts, too, not only where each chunk is.")] = False


def chunk(workspace: Workspace, params: ChunkParams, ask: Ask) -> Reply:
    """Where the chunks are, and what is in each."""
    selection = workspace.selection(params.paths, params.globs)
    options = chunk_options(most=params.size)
    # Files are read, and what was cut before, here or by the command, is not cut again.
    request = ChunkRequest(selection=selection, folders=workspace.folders, options=options)
    run = ChunkRun(request, None, workspace.blobs)
    rows: list[ChunkRow] = []
    for file in run.files():
        run.is_cancelled = ask.ended()
        for encoded in file.rows:
            row = decode_row(encoded)
            rows.append(row if params.text else msgspec.structs.replace(row, text=None, base64=None, overlap=""))
    if run.is_cancelled:
        raise CqError("cancelled")

    def lines(count: int) -> Iterator[str]:
        path = ""
        for row in rows[:count]:
            if row.path != path:
                path = row.path
                yield path
            what = f"{row.kind} {'.'.join(row.route)}".strip() or ", ".join(row.defines) or row.form
            part = f" {row.part}/{row.parts}" if row.part else ""
            yield f" {row.start_line}-{row.end_line} {what}{part} ({row.size})"
            if params.text:
                yield from (row.text or "").split("\n")

    notes = notes_of(run.diagnostics)
    shown = fitting(len(rows), lines, params.max_tokens - cost_of(notes))
    summary = run.summary(0)
    answer = ChunkAnswer(
        schema=SchemaId("cq.chunk"),
        stamp=run.stamp(),
        query=ChunkQuery(
            paths=tuple(as_text(path.removeprefix(workspace.root + "/")) for path in selection.paths),
            globs=tuple(params.globs),
        ),
        summary=msgspec.structs.replace(summary, complete=summary.complete and shown == len(rows)),
        rows=tuple(rows[:shown]),
        ledger=run.ledger(),
        diagnostics=tuple(run.diagnostics),
        report=run.report(),
    )
    account = f"{many(len(rows), 'chunk')} in {many(run.files_cut, 'file')}"
    return reply(
        account, (*lines(shown), *notes), answer, left_out(shown, len(rows), "chunk", "narrow with paths or globs")
    )


TOOL = Tool(
    "chunk",
    "Cut files into chunks along their structure: to read a large file piece by piece, or to embed it.",
    ChunkParams,
    chunk,
)
