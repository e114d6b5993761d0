"""`cq languages`: which languages there are, whether their grammars are installed, and what each can do."""

from collections.abc import Sequence
from typing import Any

from cq.cli.answer import write
from cq.cli.check import check
from cq.cli.options import LANGUAGES
from cq.cli.settle import query_folders
from cq.errors import CqError
from cq.grammar.language import is_installed
from cq.grammar.node_types import installed_version
from cq.lanes.table import lane_table
from cq.rows.listing import LanguageRow, LanguagesAnswer
from cq.rows.shared import SchemaId


def languages(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command; always 0."""
    check(LANGUAGES, values)
    if arguments:
        raise CqError(f"cq languages takes no argument: {arguments[0]}", "cq languages lists them all")
    table = lane_table(query_folders(values))
    rows = tuple(
        LanguageRow(
            name=name,
            extensions=entry.extensions,
            installed=is_installed(entry.grammar),
            grammar=entry.grammar,
            grammar_version=installed_version(entry.grammar),
            packs=table.packs.names(name),
        )
        for name, entry in sorted(table.languages.items())
    )
    write(values, LanguagesAnswer(schema=SchemaId("cq.languages"), rows=rows), rows, map(_line, rows))
    return 0


def _line(row: LanguageRow) -> str:
    state = f"{row.grammar} {row.grammar_version}" if row.installed else f"{row.grammar} is not installed"
    return f"{row.name:<12} {' '.join(row.extensions):<16} {state:<28} {' '.join(row.packs)}"
