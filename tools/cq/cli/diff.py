"""`cq diff`: the definitions that differ between two revisions, and whom that touches."""

import os
import sys
from collections.abc import Sequence
from typing import Any

import msgspec

from cq.cli.answer import Entry, budget_of, write
from cq.cli.cache_options import blobs_of
from cq.cli.check import check
from cq.cli.clock import ends_at
from cq.cli.options.checking import DIFF
from cq.cli.other_files import NotThere, repository_root, selected_elsewhere
from cq.cli.settle import (
    complain,
    diagnostics_of,
    form_of,
    is_error,
    languages_of,
    query_folders,
    selection_of,
    shown_paths,
)
from cq.comparing.run import DiffRequest, DiffRun
from cq.errors import CqError
from cq.index.revision import ends_of, revision_of
from cq.index.selection import Selection
from cq.render.color import palette, printable
from cq.render.structure_text import account, change_word, structure_github, structure_markdown, structure_text
from cq.rows.shared import SchemaId
from cq.rows.structure import CHANGES, DefinitionChange, DiffAnswer, DiffQuery, DiffSummary, DiffTail

_USAGE = "cq diff REV..REV [PATHS...], cq diff REV, or cq diff --overlay PATCH"


def diff(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0 when a definition differs, 1 when none does, 2 for errors."""
    check(DIFF, values)
    budget_of(values)
    before, after, paths = _compared(values, arguments)
    wanted, unwanted = languages_of(values)
    old = _selection({**values, "rev": before, "overlay": ""}, paths)
    new = _selection({**values, "rev": after}, paths)
    _check_paths(values, before, after, paths, {*old.paths, *new.paths})
    request = DiffRequest(
        old=old,
        new=new,
        folders=query_folders(values),
        languages=wanted,
        not_languages=unwanted,
        callers=values.get("callers", True),
        workers=values.get("workers") or None,
        ends_at=ends_at(values),
    )
    run = DiffRun(request, lambda: blobs_of(values))
    rows = run.rows()
    counts = {change: sum(row.change == change for row in rows) for change in CHANGES}
    nothing = 2 if run.stopped_by else 1  # that nothing differs is an answer only when everything was looked at
    status = 2 if any(map(is_error, run.unread)) else 0 if rows or run.errors else nothing
    summary = DiffSummary(
        changes={change: count for change, count in counts.items() if count},
        files=run.files,
        files_compared=run.files_compared,
        callers=sum(len(row.callers) for row in rows),
        broken=sum(row.broken for row in rows),
        errors=len(run.errors),
        complete=not run.stopped_by,
        exit_status=status,
    )
    below = os.path.join(request.new.root, "")
    shown = tuple(os.path.abspath(path).removeprefix(below) for path in paths)
    query = DiffQuery(
        before=before, after=after, paths=shown, globs=request.new.globs, overlay=values.get("overlay", "")
    )
    _write(values, run, rows, query, summary)
    complain(diagnostics_of(run.unread))
    return status


def _compared(values: dict[str, Any], arguments: Sequence[str]) -> tuple[str, str, list[str]]:
    """The revisions before and after ("": the files as they are), and the paths."""
    if values.get("overlay"):
        rev = values.get("rev", "")
        return rev, rev, list(arguments)
    if "rev" in values:
        raise CqError("--rev goes with --overlay", f"it says what the patch is laid over; {_USAGE}")
    if not arguments:
        raise CqError("diff of what?", _USAGE)
    rev, *paths = arguments
    before, after = ends_of(repository_root(values, paths), rev) or (rev, "")
    return before, after, paths


def _selection(values: dict[str, Any], paths: Sequence[str]) -> Selection:
    """The files of one side. A path that it lacks has no files there."""
    try:
        return _selected(values, paths)
    except NotThere:
        pass
    except CqError:
        if values["rev"] or not paths or any(os.path.lexists(path) for path in paths):
            raise
    whole = _selected(values, [])
    return msgspec.structs.replace(whole, globs=("!*",))


def _selected(values: dict[str, Any], paths: Sequence[str]) -> Selection:
    if values.get("overlay"):
        return selected_elsewhere(values, paths, allow_empty=True).selection
    return selection_of(values, paths).selection


def _check_paths(values: dict[str, Any], before: str, after: str, paths: Sequence[str], there: set[str]) -> None:
    """Raises CqError for a path that neither side has: it would look as if nothing had changed."""
    for path in paths:
        if os.path.abspath(path) in there or (not (before and after) and os.path.lexists(path)):
            continue
        message = f"no such path in either revision: {path}"
        if before and not after:  # `git diff A B` compares two revisions
            try:
                revision_of(repository_root(values, paths), path)
            except CqError:
                pass
            else:
                raise CqError(message, f"two revisions are compared by: cq diff {before}..{path}")
        raise CqError(message, "check the spelling of the path")


def _write(
    values: dict[str, Any], run: DiffRun, rows: list[DefinitionChange], query: DiffQuery, summary: DiffSummary
) -> None:
    form = form_of(values)
    out = sys.stdout
    tail = DiffTail(
        schema=SchemaId("cq.diff"),
        query=query,
        summary=summary,
        errors=tuple(run.errors),
        ledger=run.ledger(),
        diagnostics=(*diagnostics_of(run.unread), *run.diagnostics),
        report=run.report(),
    )
    if form in ("text", "json", "jsonl"):
        colours = palette(values.get("color", "auto"), out)
        text = structure_text(rows, run.errors, colours, shown_paths(run.request.new.root))
        fields = {field: getattr(tail, field) for field in tail.__struct_fields__}
        write(values, DiffAnswer(rows=tuple(rows), **fields), rows, text, _entry, tail)
    if form == "text":
        out.flush()
        sys.stderr.write(f"{account(summary)}\n")
        for note in run.diagnostics:
            sys.stderr.write(f"cq: {printable(note.path)}{': ' if note.path else ''}{printable(note.message)}\n")
        if run.left:
            sys.stderr.write(f"cq: --budget-ms was spent: {len(run.left):,} files not compared\n")
    elif form == "markdown":
        out.writelines(f"{line}\n" for line in structure_markdown(rows, run.errors, summary))
    elif form == "github":
        out.writelines(f"{line}\n" for line in structure_github(rows, run.errors))


def _entry(row: DefinitionChange) -> Entry:
    return Entry(change_word(row.change), row.path, msgspec.structs.replace(row, callers=()))
