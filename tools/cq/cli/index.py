"""`cq index`: what searches need of all files of a repository into its index: words, and what frequent names are."""

import os
import sys
from collections.abc import Sequence
from typing import Any

from cq.cli.cache_options import keeper_of
from cq.cli.check import check
from cq.cli.executor import executor_of
from cq.cli.options.upkeep import INDEX
from cq.cli.progress import progress
from cq.cli.settle import complain, diagnostics_of, form_of, is_error, query_folders, selection_of
from cq.errors import CqError
from cq.index.file_tree import FileTree
from cq.render.color import printable
from cq.render.json import answer_json
from cq.rows.shared import SchemaId, as_text
from cq.rows.store import IndexAnswer, IndexRow
from cq.scan.account import RunCost
from cq.store.indexing import IndexRun


def index(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0 when all is indexed, else 2."""
    check(INDEX, values)
    if values.get("no_cache"):
        raise CqError("cq index has nothing to do with --no-cache", "drop --no-cache")
    if values.get("watch"):
        from cq.cli.index_watch import watch  # with a package that is optional

        return watch(_roots(values, arguments), lambda root: _write(values, [index_root(values, root)]))
    runs = [index_root(values, root) for root in _roots(values, arguments)]
    return _write(values, runs)


def index_root(values: dict[str, Any], root: str) -> tuple[IndexRun, IndexRow]:
    """Index one root; the run and what to say of it."""
    cost = RunCost()
    run = IndexRun(root, keeper_of(values, FileTree(root)), values.get("workers") or None, query_folders(values))
    run.executor = executor_of(values)
    for _ in progress(lambda: run.to_index, run.files(), "indexing"):
        pass
    path, size = run.close()
    row = IndexRow(
        root=as_text(root),
        files=run.files_listed,
        indexed=run.files_indexed,
        bytes_indexed=run.bytes_indexed,
        not_indexed=len(run.unread),
        path=as_text(path),
        index_bytes=size,
        complete=run.is_complete,
        total_ms=round(cost.since_ms(), 2),
    )
    return run, row


def _roots(values: dict[str, Any], arguments: Sequence[str]) -> list[str]:
    """The roots of the paths, each once."""
    groups = [[argument] for argument in arguments] or [[]]
    return list(dict.fromkeys(selection_of(values, paths).selection.root for paths in groups))


def _write(values: dict[str, Any], runs: Sequence[tuple[IndexRun, IndexRow]]) -> int:
    rows = tuple(row for _, row in runs)
    if form_of(values) == "json":
        sys.stdout.buffer.write(answer_json(IndexAnswer(schema=SchemaId("cq.index"), rows=rows)))
    else:
        sys.stdout.writelines(f"{_text(row)}\n" for row in rows)
    sys.stdout.flush()
    wrong = False
    for run, row in runs:
        wrong |= complain(diagnostics_of(run.unread)) or not row.complete
        if values.get("stats"):
            sys.stderr.write(f"{row.total_ms:,.1f} ms, {row.index_bytes / 1e6:,.1f} MB: {printable(row.path)}\n")
        wrong |= any(map(is_error, run.unread))
    return 2 if wrong else 0


def _text(row: IndexRow) -> str:
    done = (
        f"{row.indexed:,} files indexed ({row.bytes_indexed / 1e6:,.1f} MB)" if row.indexed else "nothing has changed"
    )
    root = printable(os.path.basename(row.root) or row.root)
    aside = f", {row.not_indexed:,} not" if row.not_indexed else ""
    state = "" if row.complete else "; not complete"
    return f"{root}: {done}; {row.files - row.not_indexed:,} files in the index{aside}{state}"
