"""`cq query --watch`: the rows of a query, then those that come and go as files change."""

import sys
import time
from collections.abc import Sequence
from typing import Any

from cq.cli.settle import form_of
from cq.errors import CqError
from cq.query.run import QueryRun
from cq.query.watch import Change, QueryWatch
from cq.render.color import palette, printable
from cq.render.query_text import query_text
from cq.render.text import TextStyle

_EVERY_SECONDS = 0.5


def watch(run: QueryRun, values: dict[str, Any]) -> int:
    """Write rows until Ctrl-C, which is the way to end it: 0."""
    if form_of(values) == "json":
        raise CqError("--watch never ends, and one JSON object would not either", "--format jsonl")
    watched = QueryWatch(run)
    first = True
    try:
        while True:
            for change in watched.changes():
                _write(change, values, first)
            sys.stdout.flush()
            if first:
                sys.stderr.write("watching; Ctrl-C ends it\n")
                sys.stderr.flush()
            first = False
            time.sleep(_EVERY_SECONDS)
    except KeyboardInterrupt:
        return 0


def _write(change: Change, values: dict[str, Any], first: bool) -> None:
    for mark, word, rows in (("-", b"removed", change.removed), ("+", b"added", change.added)):
        if form_of(values) == "jsonl":
            sys.stdout.buffer.writelines(b'{"change":"' + word + b'","row":' + row + b"}\n" for _, row in rows)
            sys.stdout.buffer.flush()
        else:
            _write_text(rows, values, "" if first else f"{mark} ")
    if not first:
        count = f"{len(change.added)} added, {len(change.removed)} removed"
        size = f"{change.bytes_queried:,} of {change.bytes:,} bytes queried again"
        sys.stderr.write(f"{printable(change.path)}: {count}; {size}\n")


def _write_text(rows: Sequence[tuple[str, bytes]], values: dict[str, Any], mark: str) -> None:
    style = TextStyle(palette=palette(values.get("color", "auto"), sys.stdout))
    for block in query_text(style, rows):
        sys.stdout.write(f"{mark}{block.text}\n")
