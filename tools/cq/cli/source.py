"""`cq source`: the text of definitions, with the heads of what contains them."""

import os
import shlex
import sys
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from cq.cli.answer import write
from cq.cli.cache_options import blobs_of
from cq.cli.check import check
from cq.cli.clock import ends_at, not_looked_at
from cq.cli.options.graph import SOURCE
from cq.cli.settle import form_of, query_folders, selection_of, shown_paths
from cq.errors import CqError
from cq.index.walk import list_files
from cq.lanes.table import lane_table
from cq.reading.answer import SourceFound, SourceRequest, source_answer
from cq.reading.reader import Reader
from cq.reading.relatives import RELATIVES
from cq.reading.wanted import wanted
from cq.render.budget import check_cursor, left_line, made_cursor, parsed_cursor
from cq.render.color import palette, printable
from cq.render.json import answer_json
from cq.render.source_text import SourceText
from cq.render.text import diagnostic_text
from cq.rows.shared import More, MoreLine
from cq.rows.source import SourceAnswer, SourceRow
from cq.symbols.project import Project
from cq.tokens import tokens_at_most

_PAGED = ("max_tokens", "max_rows", "cursor")


def source(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0 found, 1 nothing, 2 ambiguous or an error."""
    check(SOURCE, values)
    if not arguments:
        raise CqError("source of what?", "cq source NAME, path:line or path:FIRST-LAST")
    for word in values.get("relations", ()):
        if word.removesuffix("s") not in RELATIVES:
            raise CqError(f"--with {word}: no such relation", f"one of: {', '.join(f'{each}s' for each in RELATIVES)}")
    here = os.getcwd()
    places = [target.path for target in (wanted(text, here) for text in arguments) if target.path]
    given = selection_of(values, places).selection
    for path in places:
        if not path.startswith(os.path.join(given.root, "")):
            raise CqError(f"{path}: outside of {given.root}", "--root takes the folder of the project")
    listing = list_files(given.whole)
    project = Project(given.tree, listing.files, lane_table(query_folders(values)), None, blobs_of(values))
    start, state = parsed_cursor(values.get("cursor", ""))
    request = SourceRequest(
        targets=tuple(arguments),
        base=here,
        everything=bool(values.get("all")),
        relations=tuple(word.removesuffix("s") for word in values.get("relations", ())),
        max_tokens=values.get("max_tokens", 0),
        start=start,
        max_rows=values.get("max_rows", sys.maxsize),
        ends_at=ends_at(values),
    )
    colours = palette(values.get("color", "auto"), sys.stdout)
    clean = printable if sys.stdout.isatty() or colours.name else str
    shown = shown_paths(given.root)
    plain = SourceText(shown, clean)

    def measure(row: SourceRow) -> int:
        # JSON says what its text would cost; of JSON Lines each is read as it is.
        text = answer_json(row).decode() if form_of(values) == "jsonl" else "\n".join((*plain.row(row), ""))
        return tokens_at_most(text)

    reader = Reader(project)
    found = source_answer(reader, request, measure)
    answer, unknown = _paged(found, values, start, state), found.unknown
    sources = reader.neighborhood.sources
    unseen = not_looked_at(sources.left, sources.to_look_through, "all of it: the same with more time")
    answer = msgspec.structs.replace(answer, diagnostics=(*answer.diagnostics, *unseen))
    # What fits is chosen already: a source may be given in part, where pages of other answers have whole rows.
    others = {field: value for field, value in values.items() if field not in _PAGED}
    tail = MoreLine(more=answer.more) if answer.more is not None else None
    write(others, answer, answer.rows, SourceText(shown, clean, colours).lines(answer), tail=tail)
    _complain(answer, unknown, shown)
    return 2 if unknown and answer.rows else answer.summary.exit_status


def _paged(found: SourceFound, values: dict[str, Any], start: int, state: str) -> SourceAnswer:
    """The answer with the cursor that goes on behind it. Raises CqError for a cursor that is of another answer."""
    check_cursor(values.get("cursor", ""), state, found.state)
    if start and start >= found.sources:
        raise CqError(f"cursor {values['cursor']} is behind the last source", "ask without a cursor")
    shown = found.answer.summary.sources
    if not found.left or not shown:
        return found.answer
    more = More(left=found.left, files=found.left_files, cursor=made_cursor(start + shown, found.state))
    return msgspec.structs.replace(found.answer, more=more)


def _complain(answer: SourceAnswer, unknown: Sequence[str], shown: Callable[[str], str]) -> None:
    """Say on stderr what the answer lacks."""
    err = sys.stderr
    for text in unknown:
        last = text.replace("::", ".").rpartition(".")[2]
        err.write(f"cq: nothing is defined as {printable(text)}\n")
        err.write(f"hint: cq search {shlex.quote(printable(last))} shows where the name stands\n")
    if answer.candidates:
        err.write(f"cq: {len(answer.candidates)} definitions may be meant\n")
        for each in answer.candidates:
            said = f"{each.symbol.kind} {each.symbol.qualified_name}"
            err.write(f"  {printable(each.command)}  {printable(said)}\n")
        err.write("hint: --all shows all of them\n")
    for left in answer.left_out:
        place = f"{shown(left.path)}:{left.line}-{left.end_line}"
        said = f"{left.symbol.kind} {left.symbol.qualified_name}"
        err.write(f"left out: cq source {shlex.quote(printable(place))}  {printable(said)}\n")
    more = answer.summary.omitted_sources - len(answer.left_out)
    if more > 0:
        err.write(f"left out: {more:,} more\n")
    if answer.more is not None:
        said = left_line(answer.more.left, answer.more.files, f"--cursor {answer.more.cursor}")
        err.write(f"{said}\n")
    for diagnostic in answer.diagnostics:
        err.write(diagnostic_text(diagnostic) + "\n")
