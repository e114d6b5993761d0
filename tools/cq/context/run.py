"""From a text to what of the repository it is about: the places it names, the names it says, then its words."""

import os
import time
from collections.abc import Callable, Sequence

import msgspec

from cq.chunking.file_chunks import decode_row
from cq.chunking.options import chunk_options
from cq.chunking.run import ChunkRequest, ChunkRun
from cq.context.files import Scores, scores_of
from cq.context.ranking import Scored, ranked
from cq.context.traces import Frame, by_name, file_of, frames_in
from cq.context.words import asked_of
from cq.index.file_tree import FileTree
from cq.index.selection import Selection
from cq.index.walk import list_files
from cq.lanes.table import LaneTable, lane_table
from cq.resources import data_folder
from cq.rows.chunk import ChunkRow
from cq.rows.context import ContextAnswer, ContextRow, ContextSummary
from cq.rows.shared import Diagnostic, Report, SchemaId, as_text
from cq.scan.read import read_file
from cq.scan.results import Unread

_MOST_TEXT = 200_000  # characters that are looked at
_READ_CLOSELY = 40  # files
_DEFINING = 60  # files that may define a name: of one in more files it says little
_MOST_ROWS = 40
_AROUND = 6  # lines on each side of a place in no definition
_WHOLE_TOKENS = 1500  # of a definition; a larger class is shown by the heads of its members


class ContextRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One question."""

    text: str
    selection: Selection
    folders: tuple[str, ...]
    languages: tuple[str, ...] = ()
    not_languages: tuple[str, ...] = ()
    ends_at: float | None = None  # as time.time() has it: no further file is looked at then


def context_of(request: ContextRequest, cancelled: Callable[[], bool] = lambda: False) -> ContextAnswer:
    """The answer: rows in the order in which they are worth reading."""
    began = time.perf_counter()
    text = request.text[:_MOST_TEXT]
    table = lane_table(request.folders)
    paths = _files(request, table)
    # The one half of the time is for all files, the other to read the best of them closely.
    middle = None if request.ends_at is None else (time.time() + request.ends_at) / 2
    frames, rest = frames_in(text, os.path.join(data_folder("queries"), "traces.toml"))
    known = by_name(paths)
    placed = [(frame, path) for frame in frames if (path := file_of(frame.path, known))]
    asked = asked_of(rest)
    tests = frozenset(path for path in paths if table.is_test(path))
    root, tree = request.selection.root, request.selection.tree
    scores = scores_of(tree, paths, asked, tests, middle)
    chosen = _chosen(scores, [path for _, path in placed])
    rows, unread = _definitions(request, chosen, cancelled)
    unseen = tuple(dict.fromkeys((*unread, *scores.left)))
    of_trace = _of_trace(tree, placed, rows)
    found = ranked(rows, asked, scores.rarities, scores.phrases, scores.of_files, tests)
    named = {part for row in rows for part in (row.name, row.qualified_name)}
    taken = {(row.path, row.line) for row in of_trace}
    others = [each for each in found if (each.row.path, each.row.start_line) not in taken]
    shown = (*of_trace, *(_row(tree, each) for each in others[: max(0, _MOST_ROWS - len(of_trace))]))
    diagnostics = []
    if len(request.text) > _MOST_TEXT:
        message = f"only the first {_MOST_TEXT:,} characters of the text are looked at"
        diagnostics.append(Diagnostic(path="", code="text-too-long", message=message))
    if unseen:
        message = f"--budget-ms was spent: {len(unseen):,} of {len(paths):,} files not looked at, from this one on; "
        message += "all of it: the same with more time, or with PATHS"
        diagnostics.append(Diagnostic(path=as_text(unseen[0]), code="not-looked-at", message=message))
    return ContextAnswer(
        schema=SchemaId("cq.context"),
        summary=ContextSummary(
            rows=len(shown),
            frames=len(frames),
            frames_inside=len(placed),
            names=asked.names,
            names_unknown=tuple(name for name in asked.names if name.replace("::", ".").split(".")[-1] not in named),
            files_searched=scores.searched,
            files_read=len(chosen) - len(unread),
            complete=not unseen,
            exit_status=0 if shown else 2 if unseen else 1,
        ),
        rows=shown,
        diagnostics=tuple(diagnostics),
        report=Report(
            root=root,
            files_listed=len(paths),
            files_parsed=len(chosen) - len(unread),
            total_ms=round((time.perf_counter() - began) * 1000, 2),
        ),
    )


def _files(request: ContextRequest, table: LaneTable) -> list[str]:
    wanted, unwanted = ({table.named(word) for word in words} for words in (request.languages, request.not_languages))
    found = []
    for path in list_files(request.selection).files:
        language = table.by_path(path)
        if language and language not in unwanted and (not wanted or language in wanted):
            found.append(path)
    return found


def _chosen(scores: Scores, of_trace: Sequence[str]) -> list[str]:
    """The files to read closely."""
    best = sorted(scores.of_files, key=lambda path: (-scores.of_files[path], path))
    chosen = dict.fromkeys(of_trace)
    chosen.update(dict.fromkeys(best[:_READ_CLOSELY]))
    for name, files in scores.with_name.items():
        likely = scores.introducing[name]
        near = sorted(likely, key=lambda path: (-scores.of_files[path], path))
        if len(files) <= _DEFINING:
            near += sorted(set(files) - likely, key=lambda path: (-scores.of_files[path], path))
        chosen.update(dict.fromkeys(near[: _DEFINING // 4]))
    return list(chosen)


def _definitions(
    request: ContextRequest, paths: Sequence[str], cancelled: Callable[[], bool]
) -> tuple[list[ChunkRow], Sequence[str]]:
    """The definitions of these files, as chunks have them, and the files that there was no time for."""
    if not paths:
        return [], ()
    root = request.selection.root
    absolute = tuple(os.path.join(root, path) for path in paths)
    whole = msgspec.structs.replace(request.selection, paths=absolute, globs=(), hidden=True, no_ignore=True)
    options = chunk_options(view="defs", most=_WHOLE_TOKENS, header=False)
    run = ChunkRun(ChunkRequest(selection=whole, folders=request.folders, options=options))
    run.ends_at = request.ends_at
    rows: list[ChunkRow] = []
    for file in run.files():
        run.is_cancelled = cancelled()
        rows += map(decode_row, file.rows)
    return rows, run.left


def _of_trace(tree: FileTree, placed: Sequence[tuple[Frame, str]], rows: Sequence[ChunkRow]) -> list[ContextRow]:
    """A row for each function that a place of the text stands in, the innermost place first."""
    of_file: dict[str, list[ChunkRow]] = {}
    for row in rows:
        of_file.setdefault(row.path, []).append(row)
    found: dict[tuple[str, int], ContextRow] = {}
    for number, (frame, path) in enumerate(placed):
        said = f"line {frame.line} of the trace" + (", the innermost" if number == 0 and len(placed) > 1 else "")
        around = [row for row in of_file.get(path, ()) if row.start_line <= frame.line <= row.end_line]
        inner = max(around, key=lambda row: row.start_byte, default=None)
        last = frame.name.replace("::", ".").rpartition(".")[2]
        if last and (inner is None or last not in inner.route):
            # Lines move; the name is what it was.
            moved = [row for row in of_file.get(path, ()) if row.name == last]
            if len(moved) == 1:
                inner, said = moved[0], f"{said}, where something else stands now"
        if inner is None:
            made = _lines(tree, path, frame.line, said)
            if made is None:
                continue
        else:
            made = _row(tree, Scored(inner, 0.0, ()))
            at = (frame.line,) if inner.start_line <= frame.line <= inner.end_line else ()
            made = msgspec.structs.replace(made, why="trace", said=said, at=at)
        key = (made.path, made.line)
        if key in found:
            first = found[key]
            made = msgspec.structs.replace(first, at=tuple(dict.fromkeys((*first.at, *made.at))))
        found[key] = made
    return list(found.values())


def _lines(tree: FileTree, path: str, line: int, said: str) -> ContextRow | None:
    """The lines around a place that is in no definition; None when the file does not have it."""
    data = read_file(tree, path)
    if isinstance(data, Unread):
        return None
    lines = data.decode("utf-8", "replace").split("\n")
    if not 1 <= line <= len(lines):
        return None
    first, last = max(1, line - _AROUND), min(len(lines), line + _AROUND)
    return ContextRow(
        path=as_text(path),
        line=first,
        end_line=last,
        kind="lines",
        why="trace",
        said=said,
        at=(line,),
        source="\n".join(lines[first - 1 : last]),
    )


def _row(tree: FileTree, each: Scored) -> ContextRow:
    row = each.row
    # A chunk begins with its first word: what stands before that is shown, too.
    data = read_file(tree, row.path)
    before = b"" if isinstance(data, Unread) else data[data.rfind(b"\n", 0, row.start_byte) + 1 : row.start_byte]
    indent = "" if before.strip() else before.decode("utf-8", "replace")
    said = f"the text says {each.named}" if each.named else f"has {', '.join(each.words)}"
    if each.phrase and not each.named:
        said = f"says “{each.phrase}”, {said}"
    return ContextRow(
        path=row.path,
        line=row.start_line,
        end_line=row.end_line,
        kind=row.kind,
        name=row.name,
        qualified_name=row.qualified_name,
        signature=row.signature,
        doc=row.doc,
        why="name" if each.named else "words",
        said=said,
        score=round(each.score, 3),
        source=indent + (row.text or "").rstrip("\n"),
    )
