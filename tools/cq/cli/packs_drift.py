"""`cq packs drift`: which patterns break under the installed version of a grammar, or under another one."""

import os
import sys
from collections.abc import Sequence
from typing import Any

import msgspec

from cq.cli.answer import write
from cq.cli.settle import query_folders
from cq.errors import CqError
from cq.grammar.language import load_language
from cq.grammar.node_types import installed_node_types, read_node_types
from cq.lanes.table import LaneTable, lane_table
from cq.packs.drift import Grammar, difference, drifted
from cq.packs.pattern import PatternText
from cq.packs.problems import Subject
from cq.render.color import palette
from cq.render.packs import drift_text
from cq.resources import data_folder
from cq.rows.packs import DriftRow, PackDriftAnswer, PackProblem
from cq.rows.shared import SchemaId, as_text


def drift(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command: 0 nothing breaks, 1 something does."""
    table = lane_table(query_folders(values))
    other = values.get("node_types", "")
    if other and not os.path.isdir(other):
        raise CqError(f"no such folder of node types: {other}", "scripts/node-types --to DIR writes one")
    languages: list[DriftRow] = []
    problems: list[PackProblem] = []
    for language in table.named_or_all(arguments):
        row, found = _of_language(table, language, other)
        languages.append(row)
        problems += found
    answer = PackDriftAnswer(schema=SchemaId("cq.packs.drift"), languages=tuple(languages), rows=tuple(problems))
    colours = palette(values.get("color", "auto"), sys.stdout)
    write(values, answer, (*languages, *problems), drift_text(colours, languages, problems))
    return int(any(problem.severity == "error" for problem in problems))


def _of_language(table: LaneTable, language: str, other: str) -> tuple[DriftRow, list[PackProblem]]:
    package = table.languages[language].grammar
    kept = read_node_types(os.path.join(data_folder("generated"), "node_types"), language)
    if kept is not None and kept.grammar != package:
        kept = None  # a user's table takes another grammar for the language
    row = DriftRow(language=language, grammar=package, written_for=kept.grammar_version if kept else "")
    grammar = _grammar(language, package, other)
    if isinstance(grammar, str):
        return msgspec.structs.replace(row, note=grammar), []
    patterns = 0
    problems: list[PackProblem] = []
    seen: set[tuple[str, PatternText]] = set()
    for pack in table.packs.names(language):
        subject = Subject(language, pack, table.packs.files(language, pack)[-1])
        try:
            for pattern in table.packs.patterns(language, pack):
                if (pack, pattern) not in seen:
                    seen.add((pack, pattern))
                    problems += drifted(subject, pattern, grammar._replace(kept=kept))
                    patterns += 1
        except CqError as error:
            problems.append(subject.from_error(error, "broken-pack"))
    types = grammar.types
    changes = difference(kept, types) if kept is not None else None
    row = msgspec.structs.replace(
        row,
        version=types.grammar_version,
        added=changes.added if changes else {},
        removed=changes.removed if changes else {},
        patterns=patterns,
        problems=len(problems),
        note="" if kept is not None else "no node types kept: held against this grammar only",
    )
    return row, [msgspec.structs.replace(each, path=as_text(each.path)) for each in problems]


def _grammar(language: str, package: str, other: str) -> Grammar | str:
    """The grammar to hold packs against, or why there is none.

    It is the installed one, or what a folder of node types says of another. Raises CqError for a file there that is
    not right.
    """
    if other:
        types = read_node_types(other, language)
        return Grammar(types) if types is not None else f"no {os.path.join(other, language)}.json"
    try:
        return Grammar(installed_node_types(package), load_language(package))
    except CqError as error:
        return error.message
