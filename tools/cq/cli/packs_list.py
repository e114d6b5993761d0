"""`cq packs list` and `cq packs show`: which packs there are, and what their patterns say."""

import sys
from collections.abc import Sequence
from typing import Any

from cq.cli.answer import Entry, write
from cq.cli.settle import query_folders
from cq.errors import CqError
from cq.grammar.language import is_installed
from cq.lanes.table import LaneTable, lane_table
from cq.packs.chain import chains_of
from cq.packs.meaning import meaning_of
from cq.packs.pattern import PatternText, parts_of
from cq.packs.source import pack_hash
from cq.render.budget import Block
from cq.render.color import palette
from cq.render.packs import list_text, show_text
from cq.rows.packs import PackRow, PacksAnswer, PatternRow, PatternsAnswer
from cq.rows.shared import SchemaId, as_text

_LIST = "cq packs list shows them"


def list_packs(values: dict[str, Any], arguments: Sequence[str]) -> int:
    table = lane_table(query_folders(values))
    rows = tuple(
        _pack_row(table, language, pack)
        for language in table.named_or_all(arguments)
        for pack in table.packs.names(language)
    )
    answer = PacksAnswer(schema=SchemaId("cq.packs.list"), rows=rows)
    # The head of the table stands on each page.
    lines = list_text(palette(values.get("color", "auto"), sys.stdout), rows)
    blocks = (Block(line, "pack") if number else Block(line, level=0) for number, line in enumerate(lines))
    write(values, answer, rows, blocks, lambda row: Entry("pack"))
    return 0


def show_packs(values: dict[str, Any], arguments: Sequence[str]) -> int:
    if not arguments:
        raise CqError("cq packs show needs a language, or a language and a pack", _LIST)
    table = lane_table(query_folders(values))
    rows: list[PatternRow] = []
    for argument in arguments:
        word, slash, pack = argument.partition("/")
        language = table.named(word)
        names = table.packs.names(language)
        if slash and pack not in names:
            raise CqError(f"{language} has no pack {pack!r}", f"one of: {', '.join(names)}")
        for name in (pack,) if slash else names:
            rows += (_pattern_row(language, name, pattern) for pattern in table.packs.patterns(language, name))
    answer = PatternsAnswer(schema=SchemaId("cq.packs.show"), rows=tuple(rows))
    write(values, answer, rows, show_text(palette(values.get("color", "auto"), sys.stdout), rows))
    return 0


def _pack_row(table: LaneTable, language: str, pack: str) -> PackRow:
    patterns = table.packs.patterns(language, pack)
    files = table.packs.files(language, pack)
    return PackRow(
        language=language,
        pack=pack,
        installed=is_installed(table.languages[language].grammar),
        patterns=len(patterns),
        inherited=sum(pattern.path != files[-1] for pattern in patterns),
        chains=sum(chains_of(pattern) is not None for pattern in patterns),
        hash=pack_hash(patterns),
        files=tuple(map(as_text, files)),
    )


def _pattern_row(language: str, pack: str, pattern: PatternText) -> PatternRow:
    parts = parts_of(pattern)
    meaning = meaning_of(parts.settings, parts.captures)
    return PatternRow(
        language=language,
        pack=pack,
        path=as_text(pattern.path),
        line=pattern.line,
        column=pattern.column,
        text=pattern.text,
        emit=meaning.emit,
        role=meaning.role,
        kind=meaning.kind,
        anchor=meaning.anchor,
        captures=parts.captures,
        predicates=tuple(" ".join(pattern.text[each.start : each.end].splitlines()) for each in parts.predicates),
        chain=chains_of(pattern) is not None,
    )
