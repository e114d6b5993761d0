"""`cq cache`: what is kept between runs, where, how much, whether it is sound; and how to be rid of it."""

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from cq.cli.cache_options import cache_folder, keeper_of
from cq.cli.check import check
from cq.cli.options.upkeep import CACHE
from cq.cli.settle import form_of, selection_of
from cq.errors import CqError, nearest
from cq.render.color import printable
from cq.render.json import answer_json
from cq.rows.shared import SchemaId, as_text
from cq.rows.store import CacheAnswer, CacheRow
from cq.store.folder import clear, clear_contents, content_bytes, size_limit, store_files
from cq.store.upkeep import look_at

_WORDS = ("stats", "clear", "path", "verify")


def cache(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command that the first argument names; the exit status."""
    check(CACHE, values)
    word, paths = (arguments[0], arguments[1:]) if arguments else ("", ())
    if word not in _WORDS:
        message = f"cq cache does not know {word!r}" if word else "cq cache needs to know what to do"
        raise CqError(message, nearest(word, _WORDS) or f"one of: {', '.join(_WORDS)}")
    if paths and word in ("stats", "verify"):
        raise CqError(f"cq cache {word} takes no path", f"cq cache {word} is about all indexes")
    folder = cache_folder(values)
    if word == "path":
        return _path(values, folder, paths)
    if word == "clear":
        return _clear(values, folder, paths)
    return _stats(values, folder, word == "verify")


def _path(values: dict[str, Any], folder: str, paths: Sequence[str]) -> int:
    if not paths:
        sys.stdout.write(f"{printable(folder)}\n")
        return 0
    status = 0
    for path in paths:
        found = keeper_of(values, selection_of(values, [path]).selection.tree).path()
        if found:
            sys.stdout.write(f"{printable(found)}\n")
        else:
            status = 1
    return status


def _clear(values: dict[str, Any], folder: str, paths: Sequence[str]) -> int:
    only = None
    if paths:
        only = {keeper_of(values, selection_of(values, [path]).selection.tree).path() for path in paths}
    cleared, busy = clear(folder, only)
    total = sum(file.bytes for file in cleared)
    if only is None:
        total += clear_contents(folder)
    sys.stdout.write(f"{len(cleared)} deleted, {total / 1e6:,.1f} MB\n")
    for file in busy:
        sys.stderr.write(f"cq: in use, or not to be deleted: {printable(file.path)}\n")
    return 2 if busy else 0


def _stats(values: dict[str, Any], folder: str, verify: bool) -> int:
    rows = []
    for file in store_files(folder):
        looked = look_at(file.path, verify)
        rows.append(
            CacheRow(
                path=as_text(file.path),
                root=looked.root.decode("utf-8", "replace"),
                bytes=file.bytes,
                files=looked.files,
                complete=looked.is_complete,
                answers=looked.plans,
                used=datetime.fromtimestamp(file.used, UTC).isoformat(timespec="seconds"),
                problem=looked.problem,
            )
        )
    blobs = content_bytes(folder)
    total = sum(row.bytes for row in rows) + blobs
    if form_of(values) == "json":
        name = "cq.cache"
        answer = CacheAnswer(
            schema=SchemaId(name),
            folder=as_text(folder),
            bytes=total,
            limit_bytes=size_limit(),
            blob_bytes=blobs,
            rows=tuple(rows),
        )
        sys.stdout.buffer.write(answer_json(answer))
    else:
        for row in rows:
            sys.stdout.write(f"{_text(row)}\n")
        if blobs:
            sys.stdout.write(f"{blobs / 1e6:8,.1f} MB  what files say, by content\n")
        sys.stdout.write(f"{total / 1e6:,.1f} of {size_limit() / 1e6:,.1f} MB in {printable(folder)}\n")
    return 1 if verify and any(row.problem for row in rows) else 0


def _text(row: CacheRow) -> str:
    what = row.problem or f"{row.files:,} files{', complete' if row.complete else ''}, {row.answers:,} answers"
    return f"{row.bytes / 1e6:8,.1f} MB  {row.used[:10]}  {printable(row.root or os.path.basename(row.path))}: {what}"
