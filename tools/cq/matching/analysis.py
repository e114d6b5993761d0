"""The analysis behind `cq pattern` and `cq rules`: one file to findings."""

import time
from collections.abc import Iterator
from hashlib import blake2b

import msgspec
from ast_grep_py import SgNode

from cq.errors import CqError
from cq.index.globs import Globs
from cq.lanes.table import lane_table
from cq.matching.fixes import edit_of, extract_of, fixed
from cq.matching.positions import SourceText
from cq.matching.suppress import MARK, Silenced
from cq.rows.findings import Finding, Hint, TextEdit, Variable
from cq.rows.shared import Diagnostic, as_text
from cq.rules.astgrep import matches, span_of, tree
from cq.rules.depth import MOST_LEVELS, is_too_deep
from cq.rules.rule import Rule, RuleLanguage
from cq.rules.template import Extract, filled
from cq.settings import PARSE_LIMIT_BYTES, ROWS_PER_FILE

_encode = msgspec.json.Encoder().encode
# Of a message with metavariables.
_MESSAGE_LIMIT = 1_000
_BRIEF_LIMIT = 80


class RulesPlan(msgspec.Struct, frozen=True, kw_only=True):
    """All that a worker needs to know."""

    folders: tuple[str, ...]
    languages: dict[str, RuleLanguage]
    rules: dict[str, tuple[Rule, ...]]  # by language
    silence: bool = True  # whether comments may silence a rule


class FileFindings(msgspec.Struct, frozen=True, kw_only=True):
    """What one file gives. Findings are encoded already."""

    path: str
    language: str
    rows: tuple[tuple[str, bytes], ...] = ()  # severity, and the Finding as JSON, in the order of the file
    fixes: tuple[TextEdit, ...] = ()  # of all rows, in order, without those that overlap an earlier one
    digest: bytes = b""  # of the bytes that the fixes are for
    is_whole: bool = True  # looked at
    nested: int = 0  # fixes left out for that reason
    diagnostics: tuple[Diagnostic, ...] = ()
    parsed_bytes: int = 0
    parse_ms: float = 0.0
    query_ms: float = 0.0
    rows_ms: float = 0.0


class _Found(msgspec.Struct, frozen=True):
    """One match, before it is a row."""

    start: int
    end: int
    order: int  # of its rule
    node: SgNode
    rule: Rule


class RulesAnalysis:
    """Looks at single files. Made once per process."""

    def __init__(self, plan: RulesPlan) -> None:
        self._plan = plan
        self._table = lane_table(plan.folders)
        self._globs = {
            globs: Globs(globs)
            for rules in plan.rules.values()
            for rule in rules
            for globs in (rule.files, rule.ignores)
        }

    def run(self, path: str, data: bytes) -> FileFindings:
        """The findings of one file."""
        language = self._table.by_content(path, data)
        rules = [
            rule
            for rule in self._plan.rules.get(language, ())
            if (rule.need is None or rule.need.is_met(data)) and self._is_for(rule, path)
        ]
        nothing = FileFindings(path=path, language=language)
        if not rules or not data:  # an empty file is no place to find something in
            return nothing
        if len(data) > PARSE_LIMIT_BYTES:
            message = f"{len(data) / 1e6:.1f} MB: files of more than {PARSE_LIMIT_BYTES // 10**6} MB are not searched"
            return msgspec.structs.replace(
                nothing, is_whole=False, diagnostics=(_diagnostic(path, "too-large-to-parse", message),)
            )
        known = self._plan.languages[language]
        try:
            return self._look(path, data, known, rules)
        except CqError as error:
            return msgspec.structs.replace(
                nothing, diagnostics=(_diagnostic(path, "rule-failed", error.message, "error"),)
            )

    def _look(self, path: str, data: bytes, known: RuleLanguage, rules: list[Rule]) -> FileFindings:
        began = time.perf_counter()
        diagnostics = []
        source = SourceText(data)
        # The tree is gone with its root: both are kept while nodes are looked at.
        parsed = tree(source.text, known.ast_grep)
        root = parsed.root()
        between = time.perf_counter()
        deep = [rule.id for rule in rules if rule.is_deep]
        if deep and is_too_deep(root):
            more = f" and {len(deep) - 3} more" if len(deep) > 3 else ""
            message = f"nested more than {MOST_LEVELS:,} levels deep, not searched for: {', '.join(deep[:3])}{more}"
            diagnostics.append(_diagnostic(path, "too-deep", message))
            rules = [rule for rule in rules if not rule.is_deep]
        found = self._found(root, rules, source, MARK in data)
        if len(found) > ROWS_PER_FILE:
            message = f"{len(found) - ROWS_PER_FILE:,} findings more than are shown of one file"
            diagnostics.append(_diagnostic(path, "truncated", message))
            del found[ROWS_PER_FILE:]
        after = time.perf_counter()
        made = _Rows(path, known.name, source)
        rows = tuple((row.severity, _encode(row)) for each in found for row in made.findings(each))
        if made.unwritable:
            message = "not UTF-8: its matches are shown, but not rewritten"
            diagnostics.append(_diagnostic(path, "not-utf-8", message))
        return FileFindings(
            path=path,
            language=known.name,
            rows=rows,
            fixes=tuple(made.fixes),
            digest=digest_of(data) if made.fixes else b"",
            nested=made.nested,
            diagnostics=tuple(diagnostics),
            parsed_bytes=len(data),
            parse_ms=(between - began) * 1000,
            query_ms=(after - between) * 1000,
            rows_ms=(time.perf_counter() - after) * 1000,
        )

    def _is_for(self, rule: Rule, path: str) -> bool:
        if not rule.files and not rule.ignores:
            return True
        folder, slash, name = path.rpartition("/")
        if rule.ignores and self._globs[rule.ignores].wants(name, folder + slash, False):
            return False
        return not rule.files or bool(self._globs[rule.files].wants(name, folder + slash, False))

    def _found(self, root: SgNode, rules: list[Rule], source: SourceText, marked: bool) -> list[_Found]:
        silenced = Silenced(root, source) if marked and self._plan.silence else None
        found = []
        for order, rule in enumerate(rules):
            for node in matches(root, rule):
                start, end = span_of(node)
                if silenced is None or not silenced.is_silent(rule.id, source.position(start).line):
                    found.append(_Found(start, end, order, node, rule))
        found.sort(key=lambda each: (each.start, -each.end, each.order))
        return found


class _Rows:
    """Makes the findings of one file, in its order."""

    def __init__(self, path: str, language: str, source: SourceText) -> None:
        self._path, self._language, self._source = as_text(path), language, source
        self.fixes: list[TextEdit] = []
        self.nested = 0
        self.unwritable = False
        self._fixed_to = -1

    def findings(self, found: _Found) -> Iterator[Finding]:
        """The finding of a match; of a rule whose anchor stands for several names one for each."""
        rule, source = found.rule, self._source
        places = [(found.start, found.end)]
        evidence = rule.evidence
        if evidence is not None and evidence.anchor:
            places = list(self._spans(found, evidence.anchor))
        edits = self._fix(found)
        for start, end in places:
            first, last = source.position(start), source.position(end)
            text, text_column = source.line_text(start)
            yield Finding(
                path=self._path,
                line=first.line,
                column=first.column,
                end_line=last.line,
                end_column=last.column,
                start_byte=first.byte,
                end_byte=last.byte,
                language=self._language,
                code=rule.id,
                severity=rule.severity,
                message=self._message(found) or rule.id,
                note=rule.note,
                url=rule.url,
                role=evidence.role if evidence else "",
                kind=evidence.kind if evidence else "",
                name=source.part(start, end) if evidence else "",
                text=text,
                text_column=text_column,
                hints=tuple(self._labels(found)),
                variables=tuple(self._variables(found)),
                fix=edits,
            )
            edits = ()

    def _message(self, found: _Found) -> str:
        message = found.rule.message
        if "$" not in message:
            return message
        said = filled(message, lambda name: _brief(extract_of(found.rule, found.node, self._source, name)))
        return said if len(said) <= _MESSAGE_LIMIT else said[: _MESSAGE_LIMIT - 1] + "…"

    def _fix(self, found: _Found) -> tuple[TextEdit, ...]:
        fix = found.rule.fix
        if fix is None:
            return ()
        if not self._source.is_utf8:
            self.unwritable = True
            return ()
        if found.start < self._fixed_to:
            # Within a place that an earlier fix takes: its text is not there any more. The outermost goes first.
            self.nested += 1
            return ()
        start, end, text = fixed(found.rule, fix, found.node, self._source)
        if start < self._fixed_to:
            self.nested += 1
            return ()
        self._fixed_to = max(end, start)
        edit = edit_of((start, end, text), self._source)
        self.fixes.append(edit)
        return (edit,)

    def _spans(self, found: _Found, name: str) -> Iterator[tuple[int, int]]:
        for node in _nodes(found, name):
            yield span_of(node)

    def _variables(self, found: _Found) -> Iterator[Variable]:
        for name in (*found.rule.single, *found.rule.multiple):
            for start, end in self._spans(found, name):
                place = self._source.position(start)
                yield Variable(
                    name=name,
                    text=self._source.part(start, end),
                    line=place.line,
                    column=place.column,
                    start_byte=place.byte,
                    end_byte=self._source.byte(end),
                )

    def _labels(self, found: _Found) -> Iterator[Hint]:
        for name, message in found.rule.labels.items():
            for start, _ in self._spans(found, name):
                place = self._source.position(start)
                yield Hint(code=f"label-{name}", message=message or name, line=place.line, column=place.column)


def _brief(extract: Extract | None) -> Extract | None:
    """As a message may have it: on one line, and not long."""
    if extract is None:
        return None
    text = " ".join(extract.text[: 4 * _BRIEF_LIMIT].split())
    return Extract(text if len(text) <= _BRIEF_LIMIT else text[: _BRIEF_LIMIT - 1] + "…", 0)


def _nodes(found: _Found, name: str) -> Iterator[SgNode]:
    if name in found.rule.single:
        node = found.node.get_match(name)
        if node is not None:
            yield node
    else:
        for node in found.node.get_multiple_matches(name):
            if node.is_named():  # not the commas between them
                yield node


def digest_of(data: bytes) -> bytes:
    """Tells whether a file is still what it was."""
    return blake2b(data, digest_size=16).digest()


def _diagnostic(path: str, code: str, message: str, severity: str = "warning") -> Diagnostic:
    return Diagnostic(path=as_text(path), code=code, severity=severity, message=message)
