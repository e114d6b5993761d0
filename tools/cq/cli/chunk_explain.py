"""`cq chunk --explain`: why each cut is where it is."""

import sys
from typing import Any

import msgspec

from cq.chunking.explain import cuts_of
from cq.chunking.run import ChunkRequest, ChunkRun
from cq.cli.settle import complain, diagnostics_of, is_error, printed_paths
from cq.render.chunk_text import cut_lines
from cq.scan.read import read_file
from cq.scan.results import Unread


def explain(request: ChunkRequest, values: dict[str, Any]) -> int:
    """Write the cuts of the files of a request; 2 when one was not read."""
    run = ChunkRun(request)
    shown = printed_paths(values, request.selection.root)
    is_json = bool(values.get("json")) or values.get("format") in ("json", "jsonl")
    for job in run.jobs():
        data = read_file(request.selection.tree, job.path, job.binary)
        if isinstance(data, Unread):
            run.unread.append(data)
            continue
        rows = cuts_of(job.path, data, request.folders, request.options)
        if is_json:
            sys.stdout.buffer.write(msgspec.json.Encoder().encode_lines(rows))
        else:
            sys.stdout.writelines(f"{line}\n" for line in cut_lines(shown(job.path), rows))
    complain(diagnostics_of(run.unread))
    return 2 if any(is_error(unread) for unread in run.unread) else 0
