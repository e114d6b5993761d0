"""`cq chunk --explain`: why each cut is where it is."""

import sys
from collections.abc import Sequence
from typing import Any

import msgspec

from cq.chunking.explain import cuts_of
from cq.chunking.run import ChunkRequest, ChunkRun
from cq.cli.settle import complain, diagnostics_of, is_error, printed_paths
from cq.render.chunk_text import cut_lines
from cq.scan.results import Unread


def explain(request: ChunkRequest, values: dict[str, Any], unread: Sequence[Unread]) -> int:
    """Write the cuts of the files of a request; 2 when one was not read, `unread` among them."""
    run = ChunkRun(request)
    run.unread.extend(unread)
    shown = printed_paths(values, request.selection.root)
    is_json = bool(values.get("json")) or values.get("format") in ("json", "jsonl")
    for job in run.jobs():
        data = run.bytes_of(job)
        if data is None:
            continue
        rows = cuts_of(job.path, data, request.folders, request.options)
        if is_json:
            sys.stdout.buffer.write(msgspec.json.Encoder().encode_lines(rows))
        else:
            sys.stdout.writelines(f"{line}\n" for line in cut_lines(shown(job.path), rows))
    complain(diagnostics_of(run.unread))
    return 2 if any(map(is_error, run.unread)) else 0
