"""The analysis behind `cq injections`: the texts in other languages within one file."""

import os

import msgspec

from cq.grammar.parse import first_error
from cq.lanes.injected_trees import InjectedTree, injected_trees
from cq.lanes.lanes import Lanes
from cq.lanes.lines import Lines
from cq.lanes.table import lane_table
from cq.rows.injections import ByteSpan, InjectionRow
from cq.rows.shared import Diagnostic, as_text
from cq.settings import PARSE_LIMIT_BYTES


class InjectionsPlan(msgspec.Struct, frozen=True):
    """All that a worker needs to know."""

    folders: tuple[str, ...]
    languages: frozenset[str] = frozenset()  # of injections; none: all


class FileInjections(msgspec.Struct, frozen=True):
    """The injections of one file, in the order of the text."""

    path: str
    rows: tuple[InjectionRow, ...]
    grammars: dict[str, str] = {}  # language to the grammar that is missing
    diagnostics: tuple[Diagnostic, ...] = ()


class InjectionsAnalysis:
    """Looks into single files. Owns the lanes: made once per process."""

    def __init__(self, plan: InjectionsPlan) -> None:
        self._table = lane_table(plan.folders)
        self._wanted = plan.languages
        self._lanes = Lanes(self._table)

    def run(self, path: str, data: bytes) -> FileInjections:
        """The injections of one file."""
        language = self._table.by_content(path, data, self._table.data)
        if not language:
            message = "no grammar for this language"
            return FileInjections(path, (), {}, (Diagnostic(path=path, code="unknown-language", message=message),))
        if len(data) > PARSE_LIMIT_BYTES:
            message = f"{len(data) / 1e6:.1f} MB: not parsed"
            return FileInjections(path, (), {}, (Diagnostic(path=path, code="too-large-to-parse", message=message),))
        parsed = self._lanes.parsed(language, data)
        if parsed is None:
            return FileInjections(path, (), {}, (self._table.without_grammar(path, language, "not looked into"),))
        lane, tree = parsed
        lines = Lines(data)
        rows = []
        grammars: dict[str, str] = {}
        for each in injected_trees(self._lanes, lane.name, data, tree.root_node):
            if self._wanted and each.injection.language not in self._wanted:
                continue
            rows.append(_row(path, data, lines, each))
            if each.state == "missing-grammar":
                grammars[each.injection.language] = each.injection.grammar
        return FileInjections(path, tuple(rows), grammars)


def _row(path: str, data: bytes, lines: Lines, each: InjectedTree) -> InjectionRow:
    injection = each.injection
    line, column, begin = lines.position(injection.start)
    end_line, end_column, _ = lines.position(injection.end)
    text = lines.text(begin, injection.start, injection.start)[0]
    spans = injection.spans if len(injection.spans) > 1 else ()
    folder, name = os.path.split(injection.pattern)
    return InjectionRow(
        path=as_text(path),
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        start_byte=injection.start,
        end_byte=injection.end,
        language=injection.language,
        host=each.host,
        via=each.via,
        told_by=injection.told_by,
        state=each.state,
        has_error=each.tree is not None and first_error(each.tree.root_node) is not None,
        depth=each.depth,
        spans=tuple(ByteSpan(start_byte=start, end_byte=end) for start, end in spans),
        pattern=f"{os.path.basename(folder)}/{name}",
        text=text.strip(),
    )
