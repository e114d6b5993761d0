"""`cq mine PATHS`: the best idioms, each with a real place."""

import sys
from collections.abc import Sequence
from typing import Any

import msgspec

from cq.cli.answer import Entry, write
from cq.cli.mined import Mined, mined
from cq.cli.settle import complain, diagnostics_of, form_of, shown_paths
from cq.render.color import PLAIN, palette, printable
from cq.render.mining_text import MiningStyle, idioms_text, summary_text
from cq.render.stats import stats_table
from cq.rows.mining import Idiom, MineAnswer


def list_idioms(values: dict[str, Any], arguments: Sequence[str], store: str) -> int:
    """Mine, and write what came of it in the form that is asked for."""
    found = mined(values, arguments, store)
    form = form_of(values)
    if values.get("quiet"):
        pass
    else:
        style = style_of(values, found.run.request.selection.root)
        blocks = idioms_text(style, found.idioms)
        write(values, answer_of(found), found.idioms, blocks, _entry, found.tail, "idioms")
        if form == "text":
            _write_account(found, style)
    complain(diagnostics_of(found.run.unread))
    if values.get("stats"):
        sys.stderr.writelines(f"{line}\n" for line in stats_table(found.run.report()))
    return found.tail.summary.exit_status


def _entry(idiom: Idiom) -> Entry:
    return Entry("idiom", "", msgspec.structs.replace(idiom, rule="", examples=idiom.examples[:1], variations=()))


def answer_of(found: Mined) -> MineAnswer:
    """The whole answer."""
    tail = found.tail
    return MineAnswer(
        schema=tail.schema,
        query=tail.query,
        summary=tail.summary,
        idioms=found.idioms,
        ledger=tail.ledger,
        diagnostics=tail.diagnostics,
        report=tail.report,
    )


def style_of(values: dict[str, Any], root: str) -> MiningStyle:
    """How to write to stdout."""
    terminal = sys.stdout.isatty()
    colours = palette(values.get("color", "auto"), sys.stdout)
    return MiningStyle(colours, printable if terminal or colours.name else str, shown_paths(root))


def _write_account(found: Mined, style: MiningStyle) -> None:
    out = sys.stdout
    terminal = out.isatty()
    aside, note = (out, style.palette) if terminal else (sys.stderr, PLAIN)
    if terminal and found.idioms:
        out.write("\n")
    for line in summary_text(found.tail.summary):
        aside.write(f"{note.dim}{line}{note.reset}\n")
