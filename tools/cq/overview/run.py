"""From a selection of files to the map: look at each, weigh, and read the signatures of the best."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from cq.errors import CqError
from cq.index.file_tree import FileTree
from cq.index.recent import recent_changes
from cq.index.selection import Selection
from cq.index.walk import list_files
from cq.lanes.table import lane_table
from cq.overview.analysis import FileOverview, OverviewAnalysis, OverviewPlan
from cq.overview.outside import OutsideNames
from cq.overview.rank import scores
from cq.rows.overview import MapAnswer, MapRow, MapSummary
from cq.rows.shared import Diagnostic, Report, SchemaId, as_text
from cq.scan.read import unread_job
from cq.scan.results import FileJob, Unread
from cq.scan.scan import scan, workers_for
from cq.tokens import most, tokens_at_most

_TOKENS_OF_A_ROW = 6  # there is none that costs less
_SIGNATURE_SHOWN = 120

Lines = Callable[[Sequence[MapRow]], Iterable[str]]


class MapRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One question."""

    selection: Selection
    folders: tuple[str, ...]
    focus: tuple[str, ...] = ()  # paths relative to the root, or names
    max_tokens: int = 2000
    history: bool = True  # whether what changed lately counts for more


def map_answer(request: MapRequest, lines: Lines, cancelled: Callable[[], bool]) -> MapAnswer:
    """The map whose text, as `lines` writes it, fits. Raises CqError for a focus that is nothing there."""
    began = time.perf_counter()
    root = request.selection.root
    table = lane_table(request.folders)
    listing = list_files(request.selection)
    jobs = [unread_job(request.selection.tree, path) for path in listing.files if table.by_path(path)]
    diagnostics: list[Diagnostic] = []
    files = list(_looked_at(request.selection.tree, jobs, OverviewPlan(request.folders), diagnostics, cancelled))
    paths, names = _focus(request.focus, files)
    ranked: list[tuple[float, int, int]] = []
    changes = recent_changes(root) if request.history else {}
    outside = OutsideNames(table, request.folders, files)
    for number, row in enumerate(scores(files, table.is_test, paths, names, changes, outside.of)):
        ranked.extend((-score, number, at) for at, score in enumerate(row) if score > 0)
    ranked.sort()
    total = len(ranked)
    rows = [
        _row(files[number], at, -score) for score, number, at in ranked[: 1 + request.max_tokens // _TOKENS_OF_A_ROW]
    ]
    rows = _signed(request.selection.tree, jobs, request.folders, rows, cancelled)
    count = most(len(rows), lambda shown: _tokens(lines(_in_order(rows[:shown]))) <= request.max_tokens)
    shown = _in_order(rows[: max(0, count)])
    summary = MapSummary(
        definitions=total,
        shown=len(shown),
        files=len({row.path for row in shown}),
        tokens=_tokens(lines(shown)),
        least=_tokens(lines(rows[:1])) if rows and not shown else 0,
        exit_status=0 if total else 1,
    )
    return MapAnswer(
        schema=SchemaId("cq.map"),
        focus=request.focus,
        summary=summary,
        rows=tuple(shown),
        diagnostics=tuple(diagnostics),
        report=Report(
            root=root,
            files_listed=len(listing.files),
            files_parsed=len(files),
            total_ms=round((time.perf_counter() - began) * 1000, 2),
        ),
    )


def _looked_at(
    tree: FileTree,
    jobs: Sequence[FileJob],
    plan: OverviewPlan,
    diagnostics: list[Diagnostic],
    cancelled: Callable[[], bool],
) -> Iterator[FileOverview]:
    for found in scan(tree, jobs, OverviewAnalysis, plan, workers_for(jobs, None)):
        if cancelled():
            raise CqError("cancelled")
        if isinstance(found, Unread):
            if found.reason != "binary":
                diagnostics.append(Diagnostic(path=as_text(found.path), code=found.reason, message=found.detail))
            continue
        if found.problem:
            diagnostics.append(Diagnostic(path=as_text(found.path), code=found.problem, message="not in the map"))
        yield found


def _focus(focus: Sequence[str], files: Sequence[FileOverview]) -> tuple[frozenset[str], frozenset[str]]:
    """The files and the names that are asked about."""
    paths: set[str] = set()
    names: set[str] = set()
    for word in focus:
        below = os.path.join(word, "") if word != "." else ""
        found = {file.path for file in files if file.path == word or file.path.startswith(below)}
        last = word.replace("::", ".").rpartition(".")[2]
        if found:
            paths.update(found)
        elif any(each.name == last for file in files for each in file.definitions):
            names.add(last)
        else:
            raise CqError(f"--focus {word}: no file with definitions, and no definition", "a path, or a name")
    return frozenset(paths), frozenset(names)


def _row(file: FileOverview, at: int, score: float) -> MapRow:
    each = file.definitions[at]
    return MapRow(
        path=as_text(file.path),
        line=each.line,
        column=each.column,
        end_line=each.end_line,
        kind=each.kind,
        name=each.name,
        qualified_name=each.qualified_name,
        score=score,
    )


def _signed(
    tree: FileTree, jobs: Sequence[FileJob], folders: tuple[str, ...], rows: list[MapRow], cancelled: Callable[[], bool]
) -> list[MapRow]:
    """The rows with their signatures: reading those of all definitions would take most of the time."""
    wanted = {row.path for row in rows}
    again = [job for job in jobs if as_text(job.path) in wanted]
    found: dict[tuple[str, int, int], str] = {}
    for file in _looked_at(tree, again, OverviewPlan(folders, signatures=True), [], cancelled):
        for each in file.definitions:
            found[as_text(file.path), each.line, each.column] = each.signature
    signed = []
    for row in rows:
        signature = found.get((row.path, row.line, row.column), "")
        if len(signature) > _SIGNATURE_SHOWN:
            signature = signature[: _SIGNATURE_SHOWN - 1].rstrip() + "…"
        signed.append(msgspec.structs.replace(row, signature=signature))
    return signed


def _in_order(rows: Sequence[MapRow]) -> list[MapRow]:
    return sorted(rows, key=lambda row: (os.path.split(row.path), row.line, row.column))


def _tokens(lines: Iterable[str]) -> int:
    return sum(tokens_at_most(line) + 1 for line in lines)
