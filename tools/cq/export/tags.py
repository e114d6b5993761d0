"""The analysis behind `cq tags`: the definitions of one file as lines of a tags file."""

import os
from collections.abc import Iterator

import msgspec
from tree_sitter import Node

from cq.export.tagfile import etags_section, json_line, pattern_of, tag_line
from cq.lanes.definitions import Definition, definitions_of
from cq.lanes.facts import FactReader
from cq.lanes.lane import Lane
from cq.lanes.lanes import Lanes
from cq.lanes.table import lane_table
from cq.rows.export import TagRow
from cq.rows.shared import Diagnostic, as_text
from cq.settings import MOST_REGIONS, PARSE_LIMIT_BYTES

# All that a tag tells of a definition besides its place.
_FACTS = ("fact.base", "fact.returns", "fact.visibility")


class TagsPlan(msgspec.Struct, frozen=True, kw_only=True):
    """All that a worker needs to know of a tags file."""

    folders: tuple[str, ...]
    root: str
    start: str  # the folder that paths in the file are relative to
    form: str  # "ctags", "etags" or "jsonl"
    excmd: str
    kinds: frozenset[str]


class FileTags(msgspec.Struct, frozen=True):
    """The tags of one file: each with the bytes that it is sorted by. For Emacs there is one entry for all."""

    path: str
    tags: int
    lines: tuple[tuple[bytes, bytes], ...]
    diagnostics: tuple[Diagnostic, ...] = ()


class _Source(msgspec.Struct, frozen=True):
    path: str  # as it is written
    data: bytes
    lane: Lane
    facts: FactReader


class TagsAnalysis:
    """Makes the tags of single files. Owns the lanes: made once per process."""

    def __init__(self, plan: TagsPlan) -> None:
        self._plan = plan
        self._table = lane_table(plan.folders)
        self._lanes = Lanes(self._table)

    def run(self, path: str, data: bytes) -> FileTags:
        """The tags of one file; a file without a lane has none, and a diagnostic says so."""
        language = self._table.by_content(path, data, self._table.data)
        if not language:
            return _none(path, "unknown-language", "no grammar for this language: no tags", "warning")
        if len(data) > PARSE_LIMIT_BYTES:
            message = f"{len(data):,} bytes: files of more than {PARSE_LIMIT_BYTES:,} are not parsed"
            return _none(path, "too-large-to-parse", message, "error")
        parsed = self._lanes.parsed(language, data)
        if parsed is None:
            return FileTags(path, 0, (), (self._table.without_grammar(path, language, "no tags"),))
        lane, tree = parsed
        plan = self._plan
        shown = os.path.relpath(os.path.join(plan.root, path), plan.start).replace(os.sep, "/")
        rows = list(self._rows(_Source(shown, data, lane, self._lanes.facts(lane.name)), tree.root_node))
        lines: tuple[tuple[bytes, bytes], ...]
        if plan.form == "etags":
            section = etags_section(
                shown, ((data[each.line_start : each.name_span[1]], row, each.line_start) for each, row in rows)
            )
            lines = ((b"", section),) if section else ()
        elif plan.form == "jsonl":
            lines = tuple((b"", json_line(row)) for _, row in rows)
        else:
            lines = tuple((row.name.encode(), tag_line(row, plan.excmd)) for _, row in rows)
        return FileTags(path, len(rows), lines)

    def _rows(self, source: _Source, root: Node) -> Iterator[tuple[Definition, TagRow]]:
        around: list[tuple[Definition, tuple[str, ...]]] = []  # what the next one may stand in
        for each in definitions_of(source.lane, source.data, root):
            while around and around[-1][0].span[1] <= each.span[0]:
                around.pop()
            if not self._plan.kinds or each.verdict.kind in self._plan.kinds:
                yield each, _row(source, each, _scope_kind(around, each))
            if each.span != each.name_span:
                around.append((each, (*each.verdict.names, each.name)))


def _row(source: _Source, each: Definition, scope_kind: str) -> TagRow:
    said = source.facts.texts(source.data, each.node, _FACTS)
    returns = " ".join(said.get("fact.returns", ()))
    separator = source.lane.entry.separator
    stop = source.data.find(b"\n", each.name_span[0])  # a name may go on below: a list of selectors
    line = source.data[each.line_start : stop if stop >= 0 else len(source.data)]
    parameters = each.node.child_by_field_name(source.lane.entry.parameters_field)
    return TagRow(
        name=each.name,
        path=source.path,
        language=source.lane.name,
        line=each.line,
        pattern=pattern_of(line),
        kind=each.verdict.kind,
        scope=separator.join(each.verdict.names),
        scope_kind=scope_kind if each.verdict.names else "",
        access=" ".join(said.get("fact.visibility", ())),
        inherits=",".join(said.get("fact.base", ())),
        typeref=f"typename:{returns}" if returns else "",
        signature=_one_line(parameters) if parameters is not None else "",
        end=each.end_line,
    )


def _scope_kind(around: list[tuple[Definition, tuple[str, ...]]], each: Definition) -> str:
    """The kind of the scope as its own tag has it: a scope only knows that it is a function, and not a method."""
    for outer, names in reversed(around[-MOST_REGIONS:]):
        if names == each.verdict.names:
            return outer.verdict.kind
    return each.verdict.scope_kind


def _one_line(parameters: Node) -> str:
    """The parameters as they are written, without comments and line breaks."""
    parts = [(child.text or b"").decode("utf-8", "replace") for child in parameters.children if not child.is_extra]
    text = " ".join(" ".join(parts).split())
    for sign in (" ,", " )", " ]"):
        text = text.replace(sign, sign[1:])
    return text.replace("( ", "(").replace("[ ", "[").replace(",)", ")")


def _none(path: str, code: str, message: str, severity: str) -> FileTags:
    return FileTags(path, 0, (), (Diagnostic(path=as_text(path), code=code, severity=severity, message=message),))
