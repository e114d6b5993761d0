"""From targets to the whole answer of `cq source`: what the command line and the server for agents both give."""

import os
import shlex
import sys
import time
from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from cq.engine.limits import is_over
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
    start: int = 0  # so many of the sources were given before
    max_rows: int = sys.maxsize
    ends_at: float | None = None  # as time.time() has it: no further target is looked up then, one at least is


class SourceFound(NamedTuple):
    """The answer, and what there is to say besides."""

    answer: SourceAnswer
    unknown: tuple[str, ...]  # targets that nothing is defined as
    sources: int  # there are in all
    state: str  # of these: a cursor is good for one state
    left: dict[str, int]  # sources that come after those given, by what they are
    left_files: int


def source_answer(reader: Reader, request: SourceRequest, measure: Measure) -> SourceFound:
    """The answer. `measure` says what a row costs as text.

    Raises CqError for a place that is none. Exit status: 0 a source, 1 none, or no room for any, 2 a target may mean
    several definitions, or there was no time for any.
    """
    began = time.perf_counter()
    reads: list[Read] = []
    candidates: list[Symbol] = []
    diagnostics: dict[str, Diagnostic] = {}
    unknown: list[str] = []
    reader.neighborhood.sources.ends_at = request.ends_at
    targets = tuple(dict.fromkeys(request.targets))
    untried: tuple[str, ...] = ()
    for number, text in enumerate(targets):
        if number and is_over(request.ends_at):
            untried = targets[number:]
            break
        found = reader.find(wanted(text, request.base), request.everything, request.relations)
        reads.extend(found.sources)
        candidates.extend(found.candidates)
        diagnostics.update((each.path, each) for each in found.diagnostics)
        if not found.sources and not found.candidates:
            unknown.append(text)
    most = request.max_tokens
    given = reads[request.start :]
    some = given[: request.max_rows]
    rows = [read.row for read in some]
    tokens = 0
    if most:
        rows, left = fitted(some, most - _FOR_THE_ACCOUNT, measure)
        tokens = max(0, most - left)
    if untried:
        again = f"cq source {' '.join(map(shlex.quote, untried))}"
        message = f"--budget-ms was spent: {len(untried):,} of {len(targets):,} targets not looked up: {again}"
        diagnostics[""] = Diagnostic(path="", code="not-looked-at", message=message)
    is_complete = not untried and not reader.neighborhood.sources.left
    summary = SourceSummary(
        sources=len(rows),
        lines=sum(piece.end_line - piece.line + 1 for row in rows for piece in row.pieces),
        omitted_lines=sum(row.omitted_lines for row in rows),
        omitted_sources=len(given) - len(rows),
        omitted_relatives=_relatives(given[: len(rows)]) - sum(len(row.relatives) for row in rows),
        tokens=tokens,
        complete=is_complete,
        exit_status=2 if candidates else 0 if rows else 1 if is_complete else 2,
    )
    rest = given[len(rows) :]
    answer = SourceAnswer(
        schema=SchemaId("cq.source"),
        query=request.targets,
        summary=summary,
        rows=tuple(rows),
        left_out=tuple(_left_out(read.row) for read in rest[:_MOST_LEFT_OUT]),
        candidates=tuple(_candidate(each, reader.project.root, request.base) for each in candidates),
        diagnostics=tuple(diagnostics.values()),
        report=_report(reader.project, reader, began),
    )
    return SourceFound(
        answer,
        tuple(unknown),
        len(reads),
        _state(reads),
        dict(Counter(each.row.symbol.kind or "source" for each in rest)),
        len({each.row.path for each in rest}),
    )


def _state(reads: Sequence[Read]) -> str:
    digest = blake2b(digest_size=4)
    for read in reads:
        digest.update(repr((read.row.path, read.row.line, read.row.pieces)).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


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
