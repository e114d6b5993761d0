"""The analysis behind `cq diagnose`: one file to its findings, encoded, and to the edits that were asked for."""

import time
from collections.abc import Iterator
from typing import NamedTuple

import msgspec
from tree_sitter import Node, Tree

from cq.diagnose.broken import count_broken
from cq.diagnose.diagnosis import Damage, diagnose, errors_of
from cq.diagnose.facts import facts_of
from cq.diagnose.hints import Said
from cq.diagnose.repair import Budget
from cq.diagnose.source import Grammar, Source
from cq.grammar.language import load_language
from cq.grammar.parse import parse_spans, parse_text, text_of
from cq.lanes.injected_trees import InjectedTree, injected_trees
from cq.lanes.lanes import Lanes
from cq.lanes.lines import Lines
from cq.lanes.table import lane_table
from cq.rows.findings import Finding, Hint, TextEdit
from cq.rows.shared import Diagnostic, as_text
from cq.settings import ERRORS_PER_FILE, PARSE_LIMIT_BYTES

_encode = msgspec.json.Encoder().encode


class DiagnosePlan(msgspec.Struct, frozen=True, kw_only=True):
    """All that a worker needs to know."""

    folders: tuple[str, ...]
    injected: bool = True  # texts in other languages and examples, too
    fix: bool = False  # the edits are wanted, and the findings of the file as it is after them


class FileDiagnosis(msgspec.Struct, frozen=True, kw_only=True):
    """What one file gives."""

    path: str
    language: str
    rows: tuple[tuple[str, bytes], ...] = ()  # severity and JSON of each finding, in the order of the file
    diagnostics: tuple[Diagnostic, ...] = ()
    old: bytes = b""  # the file, when there are edits
    edits: tuple[TextEdit, ...] = ()
    fixed: tuple[bytes, ...] = ()  # JSON of the findings that the edits repair
    parsed_bytes: int = 0
    parse_ms: float = 0.0
    repair_ms: float = 0.0


class Embedded(NamedTuple):
    """A tree of a part of a file, in another language or as code in a text. Positions are those of the file."""

    root: Node
    language: str
    via: str  # as a Finding has it


class DiagnoseAnalysis:
    """Diagnoses single files. Owns the parsers: made once per process."""

    def __init__(self, plan: DiagnosePlan) -> None:
        self._plan = plan
        self._table = lane_table(plan.folders)
        self._lanes = Lanes(self._table)
        self._grammars: dict[str, Grammar] = {}

    def run(self, path: str, data: bytes) -> FileDiagnosis:
        """The findings of one file."""
        language = self._table.by_content(path, data, self._table.data)
        if not language:
            return FileDiagnosis(path=path, language="")
        if len(data) > PARSE_LIMIT_BYTES:
            message = f"{len(data) / 1e6:.1f} MB: not parsed, not diagnosed"
            large = Diagnostic(path=as_text(path), code="too-large-to-parse", message=message)
            return FileDiagnosis(path=path, language=language, diagnostics=(large,))
        began = time.perf_counter()
        understood = self._lanes.parsed(language, data)
        if understood is None:
            missing = self._table.without_grammar(path, language, "not diagnosed")
            return FileDiagnosis(path=path, language=language, diagnostics=(missing,))
        lane, tree = understood
        grammar, text = self._grammar(lane.name), text_of(tree, data)
        parsed = time.perf_counter()
        budget = Budget(len(text))
        damages = diagnose(grammar, text, tree, budget)
        old = b""
        edits: tuple[TextEdit, ...] = ()
        fixed: tuple[bytes, ...] = ()
        if self._plan.fix and (kept := _that_hold(grammar, text, tree, damages)):
            fixed = tuple(map(_encode, self._findings(path, language, data, kept)))
            old, edits = data, tuple(edit for each in kept for edit in _edits(each))
            data = _applied(data, edits)
            tree, text = parse_text(grammar.language, data)
            budget = Budget(len(text))
            damages = diagnose(grammar, text, tree, budget)
        findings = [*self._findings(path, language, data, damages), *self._in_embedded(path, language, text, tree)]
        findings.sort(key=lambda each: each.start_byte)
        diagnostics: tuple[Diagnostic, ...] = ()
        if len(damages) >= ERRORS_PER_FILE:
            message = f"the first {len(damages)} findings are shown: there are more errors in this file"
            diagnostics = (Diagnostic(path=as_text(path), code="truncated", message=message),)
        if budget.is_spent() and any(damage.edit is None for damage in damages):
            message = "not for every error a repair was looked for: there are too many that seem to have none"
            diagnostics += (Diagnostic(path=as_text(path), code="repairs-stopped", message=message),)
        return FileDiagnosis(
            path=path,
            language=language,
            rows=tuple((each.severity, _encode(each)) for each in findings),
            diagnostics=diagnostics,
            old=old,
            edits=edits,
            fixed=fixed,
            parsed_bytes=len(data),
            parse_ms=(parsed - began) * 1000,
            repair_ms=(time.perf_counter() - parsed) * 1000,
        )

    def _grammar(self, language: str) -> Grammar:
        grammar = self._grammars.get(language)
        if grammar is None:
            package = self._table.injected_language(language)[1]
            facts = facts_of(self._plan.folders, language, self._table.bases(language))
            grammar = self._grammars[language] = Grammar(language, load_language(package), facts)
        return grammar

    def _embedded(self, path: str, language: str, data: bytes, tree: Tree) -> Iterator[Embedded]:
        """The trees of code within this file in which an error is one: examples in documentation, JSON."""
        if not self._plan.injected:
            return
        for each in injected_trees(self._lanes, language, data, tree.root_node, "strict"):
            if each.tree is not None and not each.injection.lenient and each.tree.root_node.has_error:
                via = " > ".join(each.via)
                # Of several texts in one, each is judged alone: an error in one would show in all behind it.
                for root in self._parts(each, data):
                    yield Embedded(root, each.injection.language, via)

    def _parts(self, embedded: InjectedTree, data: bytes) -> Iterator[Node]:
        host = self._lanes.lane_or_none(embedded.host)
        parts = list(host.injections.singles(data, embedded.injection)) if host is not None else []
        if embedded.tree is not None and len(parts) <= 1:
            yield embedded.tree.root_node
            return
        lane = self._lanes.lane_or_none(embedded.injection.language)
        terminator = lane.entry.terminator if lane is not None else ""
        language = self._grammar(embedded.injection.language).language
        for part in parts:
            yield parse_spans(language, data, part, terminator).root_node

    def _in_embedded(self, path: str, host: str, data: bytes, tree: Tree) -> Iterator[Finding]:
        for embedded in self._embedded(path, host, data, tree):
            if embedded.root.has_error:
                # The first one: what comes behind it in the same few lines is most often its echo.
                damages = errors_of(Source(self._grammar(embedded.language), data, embedded.root))[:1]
                yield from self._findings(path, embedded.language, data, damages, host, embedded.via)

    def _findings(
        self, path: str, language: str, data: bytes, damages: list[Damage], host: str = "", via: str = ""
    ) -> Iterator[Finding]:
        lines = Lines(data)
        for damage in damages:
            line, column, begin = lines.position(damage.start)
            text, text_column = lines.text(begin, damage.start, damage.start)
            end_line, end_column, _ = lines.position(damage.end)
            remark = damage.remark
            yield Finding(
                path=as_text(path),
                line=line,
                column=column,
                end_line=end_line,
                end_column=end_column,
                start_byte=damage.start,
                end_byte=damage.end,
                language=language,
                host=host,
                via=via,
                code=remark.code,
                # The file itself is right: it is what it says that is not.
                severity="warning" if host else remark.severity,
                message=remark.message,
                text=text.rstrip("\r"),
                text_column=text_column,
                expected=damage.expected,
                hints=tuple(_hint(lines, each) for each in remark.hints),
                fix=_edits(damage),
                fix_message=_in_words(damage, line, column),
            )


def _hint(lines: Lines, said: Said) -> Hint:
    if said.at < 0:
        return Hint(code=said.code, message=said.message)
    line, column, _ = lines.position(said.at)
    return Hint(code=said.code, message=said.message, line=line, column=column)


def _edits(damage: Damage) -> tuple[TextEdit, ...]:
    edit = damage.edit
    if edit is None or not edit.is_fix:
        return ()
    return (TextEdit(start_byte=edit.start, end_byte=edit.end, text=edit.text.decode("utf-8", "replace")),)


def _in_words(damage: Damage, line: int, column: int) -> str:
    edit = damage.edit
    if edit is None or not edit.is_fix:
        return ""
    text = edit.text.decode("utf-8", "replace")
    if text.startswith(("\n", "\r\n")):
        return f"insert a line `{text.strip()}` behind line {line}"
    if not text:
        return f"remove `{edit.token}` at {line}:{column}"
    if edit.end > edit.start:
        return f"write `{text.strip()}` in place of `{edit.token}` at {line}:{column}"
    return f"insert `{text.strip()}` at {line}:{column}"


def _that_hold(grammar: Grammar, data: bytes, tree: Tree, damages: list[Damage]) -> list[Damage]:
    """The damages whose edits, made together, leave fewer errors. Each was proven with those before it in place."""
    kept = [damage for damage in damages if damage.edit is not None and damage.edit.is_fix]
    before = count_broken(tree.root_node)
    while kept:
        fixed = _applied(data, tuple(edit for each in kept for edit in _edits(each)))
        if count_broken(parse_text(grammar.language, fixed)[0].root_node) < before:
            break
        kept.pop()
    return kept


def _applied(data: bytes, edits: tuple[TextEdit, ...]) -> bytes:
    for edit in sorted(edits, key=lambda each: -each.start_byte):
        data = data[: edit.start_byte] + edit.text.encode() + data[edit.end_byte :]
    return data
