"""`cq languages`: which languages there are, whether their grammars are installed, and what each can do."""

from collections.abc import Sequence
from typing import Any

from cq.cli.answer import Entry, write
from cq.cli.check import check
from cq.cli.options.upkeep import LANGUAGES
from cq.cli.settle import query_folders
from cq.errors import CqError
from cq.grammar.language import is_installed
from cq.grammar.node_types import installed_version
from cq.lanes.table import lane_table
from cq.render.budget import Block
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
            install="" if is_installed(entry.grammar) else table.how_to_install(name),
            packs=table.packs.names(name),
        )
        for name, entry in sorted(table.languages.items())
    )
    cells = [(row.name, " ".join(row.extensions), _state(row), " ".join(row.packs)) for row in rows]
    widths = [max((len(line[column]) for line in cells), default=0) for column in range(3)]
    lines = ("  ".join((*map(str.ljust, line, widths), line[3])) for line in cells)
    blocks = (Block(line, "language") for line in lines)
    answer = LanguagesAnswer(schema=SchemaId("cq.languages"), rows=rows)
    write(values, answer, rows, blocks, lambda row: Entry("language"))
    return 0


def _state(row: LanguageRow) -> str:
    package, _, function = row.grammar.partition(".")
    if not row.installed:
        return f"{package} is not installed: {row.install}"
    return " ".join(filter(None, (package, row.grammar_version, function.removeprefix("language_"))))
