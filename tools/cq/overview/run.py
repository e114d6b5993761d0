"""From a selection of files to the map: look at each, weigh, and read the signatures of the best."""

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from cq.engine.limits import is_over
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
    start: int = 0  # so many of the best definitions were given before
    max_rows: int = sys.maxsize
    ends_at: float | None = None  # as time.time() has it: no further file is looked at then, one at least is


class MapFound(NamedTuple):
    """The map, and what there was no room for."""

    answer: MapAnswer
    state: str  # of the order in which definitions come: a cursor is good for one order
    left: dict[str, int]  # definitions that come after these, by kind
    left_files: int
    not_looked_at: tuple[str, ...]  # files that there was no time for
    of: int  # files that were to be looked at


def map_answer(request: MapRequest, lines: Lines, cancelled: Callable[[], bool]) -> MapFound:
    """The map whose text, as `lines` writes it, fits. Raises CqError for a focus that is nothing there."""
    began = time.perf_counter()
    root = request.selection.root
    table = lane_table(request.folders)
    listing = list_files(request.selection)
    jobs = [unread_job(request.selection.tree, path) for path in listing.files if table.by_path(path)]
    diagnostics: list[Diagnostic] = []
    looked_at = _looked_at(request.selection.tree, jobs, OverviewPlan(request.folders), diagnostics, cancelled)
    files: list[FileOverview] = []
    left: tuple[str, ...] = ()
    for file in looked_at:
        files.append(file)
        if is_over(request.ends_at):
            left = _behind(jobs, file.path)
            break
    paths, names = _focus(request.focus, files, bool(left))
    ranked: list[tuple[float, int, int]] = []
    changes = recent_changes(root) if request.history else {}
    outside = OutsideNames(table, request.folders, files)
    for number, row in enumerate(scores(files, table.is_test, paths, names, changes, outside.of)):
        ranked.extend((-score, number, at) for at, score in enumerate(row) if score > 0)
    ranked.sort()
    total = len(ranked)
    behind = ranked[request.start :]
    most_rows = min(request.max_rows, 1 + request.max_tokens // _TOKENS_OF_A_ROW)
    rows = [_row(files[number], at, -score) for score, number, at in behind[:most_rows]]
    rows = _signed(request.selection.tree, jobs, request.folders, rows, cancelled)
    count = most(len(rows), lambda shown: _tokens(lines(_in_order(rows[:shown]))) <= request.max_tokens)
    shown = _in_order(rows[: max(0, count)])
    summary = MapSummary(
        definitions=total,
        shown=len(shown),
        files=len({row.path for row in shown}),
        tokens=_tokens(lines(shown)),
        least=_tokens(lines(rows[:1])) if rows and not shown else 0,
        complete=not left,
        exit_status=0 if total else 2 if left else 1,
    )
    rest = behind[len(shown) :]
    answer = MapAnswer(
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
    return MapFound(
        answer,
        _state(files, ranked),
        dict(Counter(files[number].definitions[at].kind for _, number, at in rest)),
        len({number for _, number, _ in rest}),
        left,
        len(jobs),
    )


def _state(files: Sequence[FileOverview], ranked: Sequence[tuple[float, int, int]]) -> str:
    digest = blake2b(digest_size=4)
    for _, number, at in ranked:
        each = files[number].definitions[at]
        digest.update(f"{files[number].path}:{each.line}:{each.name}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _behind(jobs: Sequence[FileJob], last: str) -> tuple[str, ...]:
    """The files that come after one."""
    paths = [job.path for job in jobs]
    return tuple(paths[paths.index(last) + 1 :])


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


def _focus(focus: Sequence[str], files: Sequence[FileOverview], is_cut: bool) -> tuple[frozenset[str], frozenset[str]]:
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
        elif is_cut:
            raise CqError(f"--focus {word}: not among the files that --budget-ms left time for", "give it more time")
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
