"""`cq chunk --since`: what became of the chunks of an earlier run, or of a commit."""

import os
import sys
from collections.abc import Iterator
from typing import Any

from cq.chunking.run import ChunkRequest, ChunkRun
from cq.chunking.since import Before, Commit, blob_id, changes, check_stamp, of_commit, of_run
from cq.errors import CqError
from cq.render.chunk_text import change_line
from cq.render.json import answer_json
from cq.rows.chunk import ChunkChange
from cq.scan.read import read_file
from cq.scan.results import Unread


def change_pieces(run: ChunkRun, request: ChunkRequest, values: dict[str, Any], form: str) -> Iterator[bytes]:
    """The changes as JSON Lines or text; counts them in `run.changes`, and knows their files in `run.changed_paths`."""
    if form not in ("jsonl", "text"):
        raise CqError(f"--since and --format {form} exclude each other", "--format jsonl has all that changed")
    since = values["since"]
    if os.path.isfile(since):
        before = of_run(since)
        found = list(run.files())
    else:
        commit = Commit(request.selection.root, since)
        run.keep = True
        found = list(run.files())
        before = _before(request, commit, run)
    check_stamp(before, run.stamp())
    for change in changes(before, found):
        run.changes[change.change] = run.changes.get(change.change, 0) + 1
        if change.change != "kept":
            run.changed_paths.add(change.path)
        yield from _piece(change, form)
    if form == "text":
        counts = ", ".join(f"{count:,} {what}" for what, count in sorted(run.changes.items()))
        sys.stderr.write(f"{counts or 'no chunks'}\n")


def _before(request: ChunkRequest, commit: Commit, run: ChunkRun) -> Before:
    now = {}
    selection = request.selection
    is_folder = selection.tree.revision is None and selection.overlay is None
    unchanged = commit.unchanged() if is_folder else {}
    for path, found in run.cut.items():
        blob = unchanged.get(path)
        # What git changes on checkout is another text than the blob, and of another size.
        if blob is not None and commit.size(blob) == found.length:
            now[path] = (blob, found)
            continue
        data = read_file(selection.tree, path, True)
        if not isinstance(data, Unread):
            now[path] = (blob_id(data), found)
    return of_commit(request, commit, now)


def _piece(change: ChunkChange, form: str) -> Iterator[bytes]:
    if form == "jsonl":
        yield answer_json(change)
    elif change.change != "kept":
        yield f"{change_line(change)}\n".encode("utf-8", "surrogateescape")
