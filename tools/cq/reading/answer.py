"""From targets to the whole answer of `cq source`: what the command line and the server for agents both give."""

import os
import shlex
import time
from collections.abc import Sequence

import msgspec

from cq.reading.fit import Measure, fitted
from cq.reading.reader import Read, Reader
from cq.reading.wanted import wanted
from cq.rows.neighborhood import Candidate, Symbol
from cq.rows.shared import Diagnostic, Report, SchemaId
from cq.rows.source import LeftOut, SourceAnswer, SourceRow, SourceSummary
from cq.symbols.project import Project

# What is said besides the sources: how much was left out.
_FOR_THE_ACCOUNT = 60
_MOST_LEFT_OUT = 20  # that are named


class SourceRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One question."""

    targets: tuple[str, ...]
    base: str  # the folder that paths are relative to
    everything: bool = False  # of a name all definitions
    relations: tuple[str, ...] = ()
    max_tokens: int = 0  # 0: no limit


def source_answer(reader: Reader, request: SourceRequest, measure: Measure) -> tuple[SourceAnswer, tuple[str, ...]]:
    """The answer, and the targets that nothing is defined as. `measure` says what a row costs as text.

    Raises CqError for a place that is none. Exit status: 0 a source, 1 none, or no room for any, 2 a target may mean
    several definitions.
    """
    began = time.perf_counter()
    reads: list[Read] = []
    candidates: list[Symbol] = []
    diagnostics: dict[str, Diagnostic] = {}
    unknown: list[str] = []
    for text in dict.fromkeys(request.targets):
        found = reader.find(wanted(text, request.base), request.everything, request.relations)
        reads.extend(found.sources)
        candidates.extend(found.candidates)
        diagnostics.update((each.path, each) for each in found.diagnostics)
        if not found.sources and not found.candidates:
            unknown.append(text)
    most = request.max_tokens
    rows = [read.row for read in reads]
    tokens = 0
    if most:
        rows, left = fitted(reads, most - _FOR_THE_ACCOUNT, measure)
        tokens = max(0, most - left)
    summary = SourceSummary(
        sources=len(rows),
        lines=sum(piece.end_line - piece.line + 1 for row in rows for piece in row.pieces),
        omitted_lines=sum(row.omitted_lines for row in rows),
        omitted_sources=len(reads) - len(rows),
        omitted_relatives=_relatives(reads[: len(rows)]) - sum(len(row.relatives) for row in rows),
        tokens=tokens,
        exit_status=2 if candidates else 0 if rows else 1,
    )
    answer = SourceAnswer(
        schema=SchemaId("cq.source"),
        query=request.targets,
        summary=summary,
        rows=tuple(rows),
        left_out=tuple(_left_out(read.row) for read in reads[len(rows) :][:_MOST_LEFT_OUT]),
        candidates=tuple(_candidate(each, reader.project.root, request.base) for each in candidates),
        diagnostics=tuple(diagnostics.values()),
        report=_report(reader.project, reader, began),
    )
    return answer, tuple(unknown)


def _left_out(row: SourceRow) -> LeftOut:
    return LeftOut(path=row.path, line=row.line, end_line=row.end_line, symbol=row.symbol)


def _relatives(reads: Sequence[Read]) -> int:
    return sum(len(read.row.relatives) for read in reads)


def _candidate(symbol: Symbol, root: str, base: str) -> Candidate:
    path = os.path.relpath(os.path.join(root, symbol.path), base)
    place = f"{path}:{symbol.line}:{symbol.column}" if symbol.start_byte else path
    return Candidate(symbol=symbol, command=f"cq source {shlex.quote(place)}")


def _report(project: Project, reader: Reader, began: float) -> Report:
    return Report(
        root=project.root,
        files_listed=sum(1 for _ in project.every_path()),
        files_parsed=reader.neighborhood.sources.parsed,
        total_ms=round((time.perf_counter() - began) * 1000, 2),
    )
