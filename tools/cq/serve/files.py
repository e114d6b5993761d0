"""The tools `files`, `map`, `outline` and `source`: what there is, what is defined in it, and how it reads."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

import msgspec

from cq.errors import CqError
from cq.index.recent import history_stamp
from cq.index.walk import list_files
from cq.overview.run import MapRequest, map_answer
from cq.reading.answer import SourceRequest, source_answer
from cq.reading.wanted import wanted
from cq.render.map_text import map_text
from cq.render.source_text import SourceText
from cq.rows.listing import FileRow, FilesAnswer, OutlineAnswer, OutlineRow
from cq.rows.shared import Diagnostic, Report, SchemaId, as_text
from cq.scan.read import unread_job
from cq.scan.results import Unread
from cq.scan.scan import scan, workers_for
from cq.search.outline import OutlineAnalysis, OutlinePlan
from cq.serve.reply import Ask, Reply, cost_of, fitting, left_out, many, notes_of, reply, shared
from cq.serve.sought import nothing_called
from cq.serve.tool import Globs, Languages, Params, Paths, Tool
from cq.serve.workspace import Workspace
from cq.tokens import tokens_at_most

_BRIEF_WIDTH = 160
_NAMED = 5  # sources that there is no room for


class FilesParams(Params, frozen=True, kw_only=True):
    """Arguments of `files`."""

    paths: Paths = ()
    globs: Globs = ()
    languages: Languages = ()
    explain: Annotated[bool, msgspec.Meta(description="Files that are left out, too, with the reason.")] = False


class OutlineParams(Params, frozen=True, kw_only=True):
    """Arguments of `outline`."""

    paths: Annotated[
        tuple[str, ...], msgspec.Meta(min_length=1, description="Files and folders, relative to the root.")
    ]
    kinds: Annotated[tuple[str, ...], msgspec.Meta(description="Only these kinds, and what they stand in.")] = ()
    depth: Annotated[int, msgspec.Meta(ge=1, le=50, description="Only so many levels.")] = 50


class SourceParams(Params, frozen=True, kw_only=True):
    """Arguments of `source`."""

    targets: Annotated[
        tuple[str, ...],
        msgspec.Meta(min_length=1, description="Each `name`, `Type.method`, `path:line`, `path:FIRST-LAST` or a file."),
    ]
    relations: Annotated[
        tuple[Literal["callers", "callees", "types"], ...], msgspec.Meta(description="Signatures of these, too.")
    ] = ()
    all: Annotated[bool, msgspec.Meta(description="Of a name with several definitions all of them.")] = False


class MapParams(Params, frozen=True, kw_only=True):
    """Arguments of `map`."""

    focus: Annotated[tuple[str, ...], msgspec.Meta(description="Files, folders or names that it is for.")] = ()
    paths: Paths = ()
    globs: Globs = ()


def files(workspace: Workspace, params: FilesParams, ask: Ask) -> Reply:
    """The files that questions are about."""
    table = workspace.table
    selection = workspace.selection(params.paths, params.globs)
    wanted_languages = {table.named(word) for word in params.languages}
    if params.explain:
        rows = [
            FileRow(
                path=each.path,
                included=each.included,
                language=table.by_path(each.path, table.data),
                reason=each.reason,
                detail=as_text(each.detail),
            )
            for each in workspace.explained(selection)
        ]
    else:
        paths = list_files(selection).files
        rows = [FileRow(path=path, included=True, language=table.by_path(path, table.data)) for path in paths]
    given = [msgspec.structs.replace(row, path=as_text(row.path)) for row in rows]
    if wanted_languages:
        given = [row for row in given if row.language in wanted_languages]

    def lines(count: int) -> Iterator[str]:
        for row in given[:count]:
            why = f"  ({row.reason}: {row.detail})" if row.detail else f"  ({row.reason})" if row.reason else ""
            yield f"{'' if row.included else 'out '}{row.path}{why}"

    shown = fitting(len(given), lines, params.max_tokens)
    included = sum(row.included for row in given)
    answer = FilesAnswer(
        schema=SchemaId("cq.files"),
        summary={"files": included, "left_out": len(given) - included},
        rows=tuple(given[:shown]),
        report=Report(root=workspace.root),
    )
    after = left_out(shown, len(given), "file", "narrow with paths or globs, or ask with more max_tokens")
    if not given:
        after = ("no file is left: ask without globs and languages, or with explain",)
    return reply(many(included, "file"), lines(shown), answer, after)


def overview(workspace: Workspace, params: MapParams, ask: Ask) -> Reply:
    """The definitions that matter."""
    request = MapRequest(
        selection=workspace.selection(params.paths, params.globs),
        folders=workspace.folders,
        focus=params.focus,
        max_tokens=params.max_tokens,
    )
    answer = map_answer(request, map_text, ask.ended).answer
    account = f"{answer.summary.shown:,} of {answer.summary.definitions:,} definitions"
    is_cut = not answer.rows and answer.summary.definitions
    after = ("there is no room for one: ask with more max_tokens",) if is_cut else ()
    return reply(account, map_text(answer.rows), answer, after)


def outline(workspace: Workspace, params: OutlineParams, ask: Ask) -> Reply:
    """The definitions of files as a tree."""
    table = workspace.table
    selection = workspace.selection(params.paths, ())
    listing = list_files(selection)
    jobs = [unread_job(selection.tree, path) for path in listing.files if table.by_path(path, table.data)]
    rows: list[OutlineRow] = []
    diagnostics: list[Diagnostic] = []
    kinds = frozenset(params.kinds)
    for found in scan(selection.tree, jobs, OutlineAnalysis, OutlinePlan(workspace.folders), workers_for(jobs, None)):
        ask.step()
        if isinstance(found, Unread):
            if found.reason == "binary" and len(jobs) > 1:
                continue  # of all files of a folder some are binary
            diagnostics.append(Diagnostic(path=as_text(found.path), code=found.reason, message=found.detail))
        else:
            diagnostics.extend(found.diagnostics)
            rows.extend(_pruned(found.rows, kinds, params.depth))
    total = sum(map(_count, rows))
    notes = notes_of(diagnostics)
    max_tokens = params.max_tokens - cost_of(notes)

    def lines(count: int) -> Iterator[str]:
        before = None
        for row in rows[:count]:
            if before is None or row.path != before.path:
                yield row.path
                before = None
            yield from _outlined(row, 1, before)
            before = row

    # Of those for which there is no room what they are called: what there is is the question.
    whole, shown, brief = shared(rows, lines, _briefly, max_tokens)
    answer = OutlineAnswer(
        schema=SchemaId("cq.outline"),
        summary={"definitions": total, "files": len({row.path for row in rows})},
        rows=(*rows[:whole], *(msgspec.structs.replace(row, children=()) for row in rows[whole:shown])),
        diagnostics=tuple(diagnostics),
        report=Report(root=workspace.root),
    )
    after = left_out(shown, len(rows), "outermost definition", "narrow with paths, kinds or depth")
    if not rows:
        after = (_why_no_outline(len(listing.files), len(jobs), kinds),)
    return reply(many(total, "definition"), (*lines(whole), *brief, *notes), answer, after)


def _why_no_outline(files: int, outlined: int, kinds: frozenset[str]) -> str:
    if not files:
        return "no file to look at: `files` with explain says why"
    if not outlined:
        return "no file in a language that has outlines: `source` with the path shows a text"
    return (
        f"ask without kinds {', '.join(sorted(kinds))}"
        if kinds
        else "nothing is defined there: `source` shows the text"
    )


def source(workspace: Workspace, params: SourceParams, ask: Ask) -> Reply:
    """The text of definitions."""
    reader = workspace.reader
    reader.neighborhood.sources.begin()
    reader.neighborhood.sources.at_file = ask.step
    for target in params.targets:
        if not target.strip():
            raise CqError("a target is empty", "a name, `path:line`, `path:FIRST-LAST` or a file")
        if path := wanted(target, workspace.root).path:
            workspace.path(path)
    request = SourceRequest(
        targets=tuple(params.targets),
        base=workspace.root,
        everything=params.all,
        relations=tuple(word.removesuffix("s") for word in params.relations),
        max_tokens=params.max_tokens,
    )
    text = SourceText()
    answer, unknown, *_ = source_answer(
        reader, request, lambda row: sum(tokens_at_most(line) + 1 for line in (*text.row(row), ""))
    )
    after = [nothing_called(reader.project, each) for each in unknown]
    lines = [*(text.lines(answer) if answer.rows else ()), *notes_of(answer.diagnostics)]
    if answer.candidates:
        after.append("several definitions may be meant; ask with one of these, or with all")
        lines += [f"{each.symbol.id}  {each.symbol.kind} {each.symbol.qualified_name}" for each in answer.candidates]
    if answer.left_out:
        more = many(answer.summary.omitted_sources, "source")
        after.append(f"no room for {more}: ask for lines as `path:FIRST-LAST`, or with more max_tokens")
        lines += [f"{each.path}:{each.line}-{each.end_line}  {each.symbol.kind}" for each in answer.left_out[:_NAMED]]
    if left := reader.neighborhood.sources.left:
        after.append(f"... {many(len(left), 'more file')} may have callers, farther away: `impact` looks at all")
    return reply(many(answer.summary.sources, "source"), lines, answer, after)


def _pruned(rows: tuple[OutlineRow, ...], kinds: frozenset[str], depth: int) -> Iterator[OutlineRow]:
    for row in rows:
        children = tuple(_pruned(row.children, kinds, depth - 1)) if depth > 1 else ()
        if children or not kinds or row.kind in kinds:
            yield msgspec.structs.replace(row, path=as_text(row.path), children=children)


def _count(row: OutlineRow) -> int:
    return 1 + sum(map(_count, row.children))


def _outlined(row: OutlineRow, depth: int, before: OutlineRow | None = None) -> Iterator[str]:
    # Of two names of one text, such as a heading and its id, the text is told once.
    if before is None or not row.signature or (before.line, before.signature) != (row.line, row.signature):
        yield f"{' ' * depth}{row.line} {row.signature or f'{row.kind} {row.name}'}"
    for child, last in zip(row.children, (None, *row.children), strict=False):
        yield from _outlined(child, depth + 1, last)


def _briefly(rows: Sequence[OutlineRow]) -> Iterator[str]:
    """The names of what is defined at the top, with their lines, by file."""
    path, line = "", ""
    for row in rows:
        word = f"{row.line} {row.name}" + (f" (+{_count(row) - 1})" if row.children else "")
        if row.path != path or len(line) > _BRIEF_WIDTH:
            yield from (line,) if line else ()
            if row.path != path:
                path = row.path
                yield f"{path} (names, and how many are in each)"
            line = f" {word}"
        else:
            line += f", {word}"
    yield from (line,) if line else ()


FILES = Tool(
    "files",
    "The files that questions are about, or with `explain` why a file is left out.",
    FilesParams,
    files,
    lambda params: not params.explain,  # that is about files which are not listed, too
)
MAP = Tool(
    "map",
    "The repository in one page: the definitions that the rest of the code leans on, with signatures. Use it first in "
    "a repository that you do not know; `focus` shows what matters to some files or names.",
    MapParams,
    overview,
    stamp=history_stamp,  # what changed lately
)
OUTLINE = Tool(
    "outline",
    "The definitions of files or folders as a tree, with signatures and lines. Use it before reading a file.",
    OutlineParams,
    outline,
)
SOURCE = Tool(
    "source",
    "The text of definitions, or of some lines, numbered, with the heads of what contains them; `relations` adds the "
    "signatures around them. Use it instead of reading whole files.",
    SourceParams,
    source,
)
