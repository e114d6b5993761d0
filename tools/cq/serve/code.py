"""The tools `query`, `pattern` and `diagnose`: code of a shape, and code that does not parse."""

from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Any

import msgspec

from cq.diagnose.run import DiagnoseRequest, DiagnoseRun
from cq.errors import CqError
from cq.matching.run import RulesRequest, RulesRun, rule_languages
from cq.query.ask import QueryRequest
from cq.query.run import QueryRun
from cq.rows.findings import SEVERITIES, Finding, FindingsAnswer, FindingsQuery, FindingsSummary
from cq.rows.query import AskedQuery, EvidenceRow, QueryAnswer
from cq.rows.shared import Diagnostic, SchemaId, as_text
from cq.rules.ad_hoc import AskedPattern, pattern_rules
from cq.scan.files_run import FilesRun
from cq.scan.row_store import EncodedRow, FileRows
from cq.serve.reply import Ask, Reply, cost_of, fitting, left_out, many, notes_of, reply
from cq.serve.tool import Globs, Languages, Params, Paths, Tool
from cq.serve.workspace import Workspace

_MOST_ROWS = 10_000
_TEXT_SHOWN = 160
_decode_finding = msgspec.json.Decoder(Finding).decode
_decode_evidence = msgspec.json.Decoder(EvidenceRow).decode


class QueryParams(Params, frozen=True, kw_only=True):
    """Arguments of `query`."""

    query: Annotated[str, msgspec.Meta(min_length=1, description="As `(call function: (identifier) @f)`.")]
    paths: Paths = ()
    globs: Globs = ()
    languages: Languages = ()
    captures: Annotated[tuple[str, ...], msgspec.Meta(description="Only rows of these captures.")] = ()


class PatternParams(Params, frozen=True, kw_only=True):
    """Arguments of `pattern`."""

    pattern: Annotated[str, msgspec.Meta(min_length=1, description="As `print($A)`; `$$$ARGS` is any number of nodes.")]
    paths: Paths = ()
    globs: Globs = ()
    languages: Languages = ()


class DiagnoseParams(Params, frozen=True, kw_only=True):
    """Arguments of `diagnose`."""

    paths: Paths = ()
    globs: Globs = ()
    languages: Languages = ()


def query(workspace: Workspace, params: QueryParams, ask: Ask) -> Reply:
    """The captured nodes."""
    selection = workspace.selection(params.paths, params.globs)
    request = QueryRequest(
        selection=selection,
        folders=workspace.folders,
        text=params.query,
        captures=tuple(word.removeprefix("@") for word in params.captures),
        languages=tuple(params.languages),
        row_limit=_MOST_ROWS,
    )
    run = QueryRun(request)
    rows = [_decode_evidence(encoded) for encoded in _collected(run, run.files(), ask)]

    def lines(count: int) -> Iterator[str]:
        return _by_file(rows[:count], lambda row: f"@{row.capture} {_first_line(row.text)}")

    diagnostics = (*_unread(run), *run.diagnostics)
    notes = notes_of(diagnostics)
    shown = fitting(len(rows), lines, params.max_tokens - cost_of(notes))
    answer = QueryAnswer(
        schema=SchemaId("cq.query"),
        query=AskedQuery(
            query=params.query,
            captures=request.captures,
            languages=tuple(sorted(run.asks)),
            paths=_shown_paths(workspace, selection.paths),
            globs=tuple(params.globs),
        ),
        summary=run.summary(0 if rows else 1),
        rows=tuple(rows[:shown]),
        ledger=run.ledger(),
        diagnostics=diagnostics,
        report=run.report(),
    )
    more = f"; stopped by {run.stopped_by}: narrow with paths" if run.stopped_by else ""
    account = (
        f"{many(len(rows), 'row')} in {many(answer.summary.files, 'file')} of {answer.summary.files_queried:,}{more}"
    )
    return reply(
        account, (*lines(shown), *notes), answer, left_out(shown, len(rows), "row", "narrow with paths or captures")
    )


def pattern(workspace: Workspace, params: PatternParams, ask: Ask) -> Reply:
    """The places that look like the pattern."""
    table = workspace.table
    known = rule_languages(table)
    names = {table.named(word) for word in params.languages} or {language.name for language in known.values()}
    for name in sorted(names - known.keys()):
        raise CqError(f"no patterns for {name}", f"one of: {', '.join(sorted(known))}")
    asked = AskedPattern(text=params.pattern)
    rules = pattern_rules(asked, [known[name] for name in sorted(names)], named=bool(params.languages))
    selection = workspace.selection(params.paths, params.globs)
    request = RulesRequest(selection=selection, folders=workspace.folders, rules=tuple(rules.values()), silence=False)
    run = RulesRun(request)
    findings = [_decode_finding(encoded) for encoded in _collected(run, run.files(), ask)]
    question = FindingsQuery(
        pattern=params.pattern,
        languages=tuple(sorted(rules)),
        paths=_shown_paths(workspace, selection.paths),
        globs=tuple(params.globs),
    )
    return _found(run, run.files_checked, findings, question, params.max_tokens, lambda each: _first_line(each.text))


def diagnose(workspace: Workspace, params: DiagnoseParams, ask: Ask) -> Reply:
    """What does not parse."""
    selection = workspace.selection(params.paths, params.globs)
    request = DiagnoseRequest(selection=selection, folders=workspace.folders, languages=tuple(params.languages))
    run = DiagnoseRun(request)
    findings = [_decode_finding(encoded) for encoded in _collected(run, run.files(), ask)]
    question = FindingsQuery(
        languages=tuple(sorted(run.languages)),
        paths=_shown_paths(workspace, selection.paths),
        globs=tuple(params.globs),
    )
    return _found(run, run.files_checked, findings, question, params.max_tokens, _said)


def _said(finding: Finding) -> str:
    hints = "; ".join(f"{hint.message} (at {hint.line}:{hint.column})" for hint in finding.hints[:2])
    fix = f"; fix: {finding.fix_message}" if finding.fix_message else ""
    return f"{finding.severity}: {finding.message}{'; ' if hints else ''}{hints}{fix}"


def _found(
    run: FilesRun,
    files_checked: int,
    findings: list[Finding],
    question: FindingsQuery,
    max_tokens: int,
    said: Callable[[Finding], str],
) -> Reply:
    def lines(count: int) -> Iterator[str]:
        return _by_file(findings[:count], said)

    diagnostics = (*_unread(run), *run.diagnostics)
    notes = notes_of(diagnostics)
    shown = fitting(len(findings), lines, max_tokens - cost_of(notes))
    severities = [finding.severity for finding in findings]
    codes = sorted(finding.code for finding in findings)
    files = len({finding.path for finding in findings})
    summary = FindingsSummary(
        findings=len(findings),
        shown=shown,
        severities={word: severities.count(word) for word in SEVERITIES if word in severities},
        codes={code: codes.count(code) for code in dict.fromkeys(codes)},
        files=files,
        files_checked=files_checked,
        fixable=sum(bool(finding.fix) for finding in findings),
        complete=not run.stopped_by and shown == len(findings),
        exit_status=0 if findings else 1,
    )
    answer = FindingsAnswer(
        schema=SchemaId("cq.findings"),
        query=question,
        summary=summary,
        rows=tuple(findings[:shown]),
        ledger=run.ledger(),
        diagnostics=diagnostics,
        report=run.report(),
    )
    account = f"{many(len(findings), 'place')} in {many(files, 'file')} of {files_checked:,}"
    return reply(
        account, (*lines(shown), *notes), answer, left_out(shown, len(findings), "place", "narrow with paths or globs")
    )


def _collected(run: FilesRun, files: Iterable[FileRows], ask: Ask) -> Iterator[bytes]:
    """The rows of a run, which ends between two files when nobody waits for it any more."""
    found: list[EncodedRow] = []
    for file in files:
        run.is_cancelled = ask.ended()
        found.extend(file.rows)
    if run.is_cancelled:
        raise CqError("cancelled")
    return (encoded for _, encoded in found)


def _by_file(rows: Iterable[Any], said: Callable[[Any], str]) -> Iterator[str]:
    path = ""
    for row in rows:
        if row.path != path:
            path = row.path
            yield path
        yield f" {row.line}:{row.column} {said(row)}"


def _first_line(text: str) -> str:
    first, _, more = text.strip().partition("\n")
    return first[:_TEXT_SHOWN].rstrip() + "…" * bool(more or len(first) > _TEXT_SHOWN)


def _shown_paths(workspace: Workspace, paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(as_text(path.removeprefix(workspace.root + "/")) for path in paths)


def _unread(run: FilesRun) -> Iterator[Diagnostic]:
    for each in run.unread:
        if each.reason != "binary":
            yield Diagnostic(path=as_text(each.path), code=each.reason, message=each.detail)


QUERY = Tool(
    "query",
    "Run a tree-sitter query over files: for code of an exact syntactic shape. Name the language when you know it.",
    QueryParams,
    query,
)
PATTERN = Tool(
    "pattern",
    "Find code that looks like a piece of code with holes (ast-grep), however it is spaced: `isinstance($X, str)`.",
    PatternParams,
    pattern,
)
DIAGNOSE = Tool(
    "diagnose",
    "What does not parse, with the likeliest cause and a proven repair. Use it after editing.",
    DiagnoseParams,
    diagnose,
)
