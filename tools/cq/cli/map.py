"""`cq map`: the repository in one page."""

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from cq.cli.answer import tell_too_few, write
from cq.cli.check import check
from cq.cli.clock import ends_at, not_looked_at
from cq.cli.options.listing import MAP
from cq.cli.settle import complain, diagnostics_of, form_of, query_folders, selection_of, shown_paths
from cq.errors import CqError
from cq.overview.run import Lines, MapRequest, map_answer
from cq.render.budget import check_cursor, made_cursor, parsed_cursor
from cq.render.color import palette, printable
from cq.render.json import answer_json
from cq.render.map_text import map_text
from cq.rows.shared import More, MoreLine

_MAX_TOKENS = 2000
_PAGED = ("max_tokens", "max_rows", "cursor")


def map(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0 when there is a definition, else 1."""
    check(MAP, values)
    selection, unread = selection_of(values, arguments)
    shown = shown_paths(selection.root)
    start, state = parsed_cursor(values.get("cursor", ""))
    request = MapRequest(
        selection=selection,
        folders=query_folders(values),
        focus=tuple(_focus(word, selection.root) for word in values.get("focus", ())),
        max_tokens=values.get("max_tokens", _MAX_TOKENS),
        start=start,
        max_rows=values.get("max_rows", sys.maxsize),
        ends_at=ends_at(values),
    )
    found = map_answer(request, _lines(values, shown), lambda: False)
    check_cursor(values.get("cursor", ""), state, found.state)
    summary = found.answer.summary
    if start and start >= summary.definitions:
        raise CqError(f"cursor {values['cursor']} is behind the last definition", "ask without a cursor")
    more = None
    if found.left and summary.shown:
        cursor = made_cursor(start + summary.shown, found.state)
        more = More(left=found.left, files=found.left_files, cursor=cursor)
    unseen = not_looked_at(found.not_looked_at, found.of)
    answer = msgspec.structs.replace(found.answer, more=more, diagnostics=(*found.answer.diagnostics, *unseen))
    # What fits is chosen already: the best, where pages of other answers have the first.
    plain = {field: value for field, value in values.items() if field not in _PAGED}
    tail = MoreLine(more=more) if more is not None and len(plain) < len(values) else None
    colours = palette(values.get("color", "auto"), sys.stdout)
    write(plain, answer, answer.rows, map_text(answer.rows, shown, colours), tail=tail)
    if summary.shown < summary.definitions:
        which = f"{start + 1:,}-{start + summary.shown:,}" if start and summary.shown else f"{summary.shown:,}"
        on = f", --cursor {more.cursor}" if more is not None else ""
        sys.stderr.write(f"{which} of {summary.definitions:,} definitions: --max-tokens, --focus PATH|NAME{on}\n")
    sys.stderr.writelines(f"cq: {printable(each.path)}: {each.message}\n" for each in unseen)
    if summary.least:
        tell_too_few(summary.least, request.max_tokens)
    if complain(diagnostics_of(unread)):
        return 2
    return summary.exit_status


def _lines(values: dict[str, Any], shown: Callable[[str], str]) -> Lines:
    """What is to fit: the text, also of JSON, which says what its text would cost; of JSON Lines these."""
    if form_of(values) == "jsonl" and "max_tokens" in values:
        return lambda rows: (answer_json(row).decode() for row in rows)
    return lambda rows: map_text(rows, shown)


def _focus(word: str, root: str) -> str:
    """A path as the map has it, or the name as it is."""
    path = os.path.abspath(word)
    return os.path.relpath(path, root) if os.path.exists(path) else word
