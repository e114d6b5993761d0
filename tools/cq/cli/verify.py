"""`cq verify`: the lanes held against independent readers, on the user's own files."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from cq.cli.answer import budget_of, write_encoded, write_text
from cq.cli.check import check
from cq.cli.clock import ends_at
from cq.cli.options.checking import VERIFY
from cq.cli.progress import progress
from cq.cli.settle import (
    complain,
    diagnostics_of,
    form_of,
    is_error,
    languages_of,
    name_missing_grammars,
    printed_paths,
    query_folders,
    selection_of,
)
from cq.errors import CqError
from cq.render.budget import Block
from cq.render.json import rows_json, tail_line
from cq.render.verify_text import disagreement_line, verify_lines
from cq.rows.findings import Finding
from cq.rows.search import ROLES
from cq.rows.shared import SchemaId
from cq.rows.verify import Disagreement, VerifyQuery, VerifySummary, VerifyTail
from cq.verify.analysis import FileVerified
from cq.verify.run import VerifyRequest, VerifyRun

_encode = msgspec.json.Encoder().encode
_LEAST = 0.97
_SHOWN = 20


def verify(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0 when the scores are high enough, 1 when not, 2 for errors."""
    check(VERIFY, values)
    for role in values.get("role", ()):
        if role not in ROLES:
            raise CqError(f"unknown role: {role!r}", f"one of: {', '.join(ROLES)}")
    selected = selection_of(values, arguments)
    wanted, unwanted = languages_of(values)
    request = VerifyRequest(
        selection=selected.selection,
        folders=query_folders(values),
        languages=wanted,
        not_languages=unwanted,
        roles=tuple(values.get("role", ())) or ("definition", "call"),
        least=_least(values),
        targets=values.get("targets"),
        workers=values.get("workers") or None,
    )
    budget = budget_of(values)
    run = VerifyRun(request)
    run.ends_at = ends_at(values)
    run.unread.extend(selected.unread)
    form = "quiet" if values.get("quiet") else form_of(values)
    limit: int | None = values.get("limit", _SHOWN if form == "text" and budget is None else None)
    rows = _Rows(progress(lambda: run.files_to_compare, run.files(), "comparing"), limit)

    def tail() -> VerifyTail:
        return _tail(run, rows, limit)

    _write(values, form, rows, tail, selected.selection.root)
    complain(diagnostics_of(run.unread))
    name_missing_grammars(run.diagnostics)
    return _status(run)


class _Rows:
    """The disagreements of all files as they come, the first `limit` of them."""

    def __init__(self, files: Iterable[FileVerified], limit: int | None) -> None:
        self._files = files
        self._limit = limit
        self.count = self.shown = 0

    def __iter__(self) -> Iterator[Disagreement]:
        for file in self._files:
            self.count += len(file.rows)
            for row in file.rows:
                if self._limit is None or self.shown < self._limit:
                    self.shown += 1
                    yield row


def _write(values: dict[str, Any], form: str, rows: _Rows, tail: Callable[[], VerifyTail], root: str) -> None:
    out = sys.stdout
    budget = None if form == "quiet" else budget_of(values)
    if budget is not None and form != "text":
        write_encoded(values, budget, (_block(_encode(row).decode(), row) for row in rows), tail)
    elif form == "json":
        encoded = [("", _encode(row)) for row in rows]
        out.buffer.writelines(rows_json(tail(), encoded))
    elif form == "jsonl":
        out.buffer.writelines(_encode(row) + b"\n" for row in rows)
        out.buffer.write(tail_line(tail()))
    elif form == "sarif":
        from cq.render.sarif import sarif  # most answers are not for a code scanner

        out.write(sarif(map(_finding, rows)) + "\n")
    elif form == "quiet":
        for _ in rows:
            pass
    else:
        shown = printed_paths(values, root)
        lines = (_block(disagreement_line(row, shown(row.path)), row) for row in rows)
        write_text(values, lines, lambda: list(verify_lines(tail())))
        out.writelines(f"{line}\n" for line in verify_lines(tail()))


def _block(said: str, row: Disagreement) -> Block:
    return Block(said, "disagreement", row.path)


def _least(values: dict[str, Any]) -> float:
    word = values.get("least", "")
    if not word:
        return _LEAST
    try:
        least = float(word)
    except ValueError:
        least = -1.0
    if not 0 <= least <= 1:
        raise CqError(f"not a share: --min {word}", "a number from 0 to 1: --min 0.99")
    return least


def _finding(row: Disagreement) -> Finding:
    return Finding(
        path=row.path,
        line=row.line,
        column=row.column,
        end_line=row.end_line,
        end_column=row.end_column,
        start_byte=row.start_byte,
        end_byte=row.end_byte,
        language=row.language,
        code=f"verify-{row.about}",
        severity="warning",
        message=f"{row.name}: {row.expected}, cq says {row.found}",
        name=row.name,
        text=row.text,
    )


def _passed(run: VerifyRun) -> bool:
    lowest = run.lowest()
    return lowest is not None and lowest >= run.request.least


def _status(run: VerifyRun) -> int:
    if any(is_error(unread) for unread in run.unread):
        return 2
    if not _passed(run):
        return 1
    return 2 if run.stopped_by else 0  # that all is well is an answer only when everything was looked at


def _tail(run: VerifyRun, rows: _Rows, limit: int | None) -> VerifyTail:
    request = run.request
    root = request.selection.root.rstrip("/") + "/"
    return VerifyTail(
        schema=SchemaId("cq.verify"),
        query=VerifyQuery(
            roles=request.roles,
            least=request.least,
            languages=request.languages,
            paths=tuple(path.removeprefix(root) for path in request.selection.paths),
            globs=request.selection.globs,
            limit=limit,
        ),
        summary=VerifySummary(
            files=run.files_looked_at,
            files_compared=run.files_compared,
            words=sum(total.words for total in run.totals()),
            words_compared=run.words_compared,
            disagreements=rows.count,
            shown=rows.shown,
            lowest=run.lowest(),
            passed=_passed(run),
            complete=not run.stopped_by,
            exit_status=_status(run),
        ),
        roles=run.role_scores(),
        confidence=run.confidence_scores(),
        totals=run.totals(),
        ledger=run.ledger(),
        diagnostics=(*diagnostics_of(run.unread), *run.diagnostics),
        report=run.report(),
    )
