"""`cq map`: the repository in one page."""

import os
import sys
from collections.abc import Sequence
from typing import Any

from cq.cli.answer import tell_too_few, write
from cq.cli.check import check
from cq.cli.options import MAP
from cq.cli.settle import complain, diagnostics_of, query_folders, selection_of, shown_paths
from cq.overview.run import MapRequest, map_answer
from cq.render.color import palette
from cq.render.map_text import map_text

_MAX_TOKENS = 2000


def map(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0 when there is a definition, else 1."""
    check(MAP, values)
    selection, unread = selection_of(values, arguments)
    shown = shown_paths(selection.root)
    request = MapRequest(
        selection=selection,
        folders=query_folders(values),
        focus=tuple(_focus(word, selection.root) for word in values.get("focus", ())),
        max_tokens=values.get("max_tokens", _MAX_TOKENS),
    )
    answer = map_answer(request, lambda rows: map_text(rows, shown), lambda: False)
    colours = palette(values.get("color", "auto"), sys.stdout)
    write(values, answer, answer.rows, map_text(answer.rows, shown, colours))
    summary = answer.summary
    if summary.shown < summary.definitions:
        sys.stderr.write(f"{summary.shown:,} of {summary.definitions:,} definitions: --max-tokens, --focus PATH|NAME\n")
    if summary.least:
        tell_too_few(summary.least, request.max_tokens)
    if complain(diagnostics_of(unread)):
        return 2
    return summary.exit_status


def _focus(word: str, root: str) -> str:
    """A path as the map has it, or the name as it is."""
    path = os.path.abspath(word)
    return os.path.relpath(path, root) if os.path.exists(path) else word
