"""`cq context`: what of the repository an error message, a stack trace or an issue is about."""

import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from cq.cli.answer import Entry, write
from cq.cli.check import check
from cq.cli.clock import ends_at
from cq.cli.options.graph import CONTEXT
from cq.cli.settle import complain, diagnostics_of, form_of, languages_of, query_folders, selection_of, shown_paths
from cq.context.run import ContextRequest, context_of
from cq.errors import CqError
from cq.render.budget import Block
from cq.render.color import palette, printable
from cq.rows.context import ContextAnswer, ContextRow

_MAX_TOKENS = 2000


def context(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0 something found, 1 nothing, 2 error."""
    check(CONTEXT, values)
    if not arguments:
        raise CqError("the context of what?", "cq context TEXT [PATHS...]; - reads the text from stdin")
    given, *paths = arguments
    text = sys.stdin.buffer.read().decode("utf-8", "replace") if given == "-" else given
    if not text.strip():
        raise CqError("the text is empty", "an error message, a stack trace, or what is to be done")
    for path in paths:
        if not os.path.lexists(path):
            raise CqError(f"no such file or folder: {path}", "TEXT is one argument: put it into quotes")
    selected = selection_of(values, paths)
    wanted, unwanted = languages_of(values)
    answer = context_of(
        ContextRequest(
            text=text,
            selection=selected.selection,
            folders=query_folders(values),
            languages=wanted,
            not_languages=unwanted,
            ends_at=ends_at(values),
        )
    )
    values = {"max_tokens": _MAX_TOKENS, **values}
    root = selected.selection.root

    def lines() -> Iterator[Block]:
        from cq.render.context_text import context_text  # each form imports what it writes with

        yield from context_text(palette(values.get("color", "auto"), sys.stdout), shown_paths(root), answer.rows)

    bare = msgspec.structs.replace(answer, rows=())
    write(values, answer, answer.rows, lines(), _entry, bare)
    if form_of(values) == "text":
        sys.stderr.write(f"{_account(answer)}\n")
        if not answer.report.files_listed:
            sys.stderr.write(f"hint: no file to search in {printable(root)}: cq files --explain says why\n")
    for note in answer.diagnostics:
        place = f"{printable(note.path)}: " if note.path else ""
        sys.stderr.write(f"note: {place}{note.message}\n")
    return 2 if complain(diagnostics_of(selected.unread)) else answer.summary.exit_status


def _entry(row: ContextRow) -> Entry:
    return Entry("definition", row.path, msgspec.structs.replace(row, source="", doc=""))


def _account(answer: ContextAnswer) -> str:
    said = answer.summary
    parts = [f"{said.rows} places" if said.rows else "nothing found"]
    if said.frames:
        parts.append(f"{said.frames_inside} of {said.frames} lines of traces are in the project")
    if said.names_unknown:
        parts.append(f"not defined in what was read: {', '.join(map(printable, said.names_unknown[:6]))}")
    parts.append(f"{said.files_read:,} of {said.files_searched:,} files read closely")
    return " · ".join(parts)
