"""The tool `search`: where a name stands, and what it is there."""

import os
from collections.abc import Iterator
from typing import Annotated

import msgspec

from cq.render.json import rows_json
from cq.render.paging import more_line, page_of
from cq.render.text import why_not as why_not_lines
from cq.rows.search import MENTIONS, ROLES, Near, Query, Row, SearchTail
from cq.rows.shared import Diagnostic, SchemaId, as_text
from cq.scan.row_store import RowStore
from cq.search.names import NameMatcher, NameQuery
from cq.search.request import SearchRequest
from cq.search.run import SearchRun
from cq.search.why_not import why_not
from cq.serve.reply import ASIDE_TOKENS, Ask, Reply, cost_of, many, notes_of, reply
from cq.serve.shown_rows import ShownRows
from cq.serve.tool import Globs, Languages, Params, Paths, Tool
from cq.serve.wording import for_tools
from cq.serve.workspace import Workspace
from cq.tokens import tokens_at_most

_TEXT_SHOWN = 160
_decode_row = msgspec.json.Decoder(Row).decode


class SearchParams(Params, frozen=True, kw_only=True):
    """Arguments of `search`."""

    name: Annotated[str, msgspec.Meta(min_length=1, description="`route`, `Flask.route`, `Type::method`, or `get_*`.")]
    roles: Annotated[tuple[str, ...], msgspec.Meta(description=f"Only these: {', '.join(ROLES)}.")] = ()
    kinds: Annotated[tuple[str, ...], msgspec.Meta(description="Only these kinds: function, class, method ...")] = ()
    paths: Paths = ()
    globs: Globs = ()
    languages: Languages = ()
    text: Annotated[bool, msgspec.Meta(description="Strings, comments and prose, too.")] = False
    certain: Annotated[bool, msgspec.Meta(description="Only what surely refers to a definition.")] = False
    regex: Annotated[bool, msgspec.Meta(description="`name` is a regular expression for single names.")] = False
    cursor: Annotated[str, msgspec.Meta(description="From an answer: the rows after that one's.")] = ""


def search(workspace: Workspace, params: SearchParams, ask: Ask) -> Reply:
    """The rows, definitions first, and the account of all of them."""
    roles = tuple(params.roles)
    if roles and params.text:
        roles = (*roles, *(role for role in ROLES if role in MENTIONS and role not in roles))
    selection = workspace.selection(params.paths, params.globs)
    # What names refer to decides which rows there are only where that is asked for: else it is told of those shown.
    query = NameQuery(names=(params.name,), mode="regex" if params.regex else "name")
    asks_targets = params.certain or NameMatcher(query).qualified
    request = SearchRequest(
        query=query,
        selection=selection,
        folders=workspace.folders,
        roles=roles,
        kinds=tuple(params.kinds),
        languages=tuple(params.languages),
        text=params.text,
        detail="head",
        certain=params.certain,
        resolve=None if asks_targets else False,
    )
    run = SearchRun(
        request, workspace.keeper(), workspace.reader.neighborhood.resolvers.resolved(), warm=workspace.warm
    )

    shown = ShownRows(workspace, not asks_targets)

    def cost(row: Row, before: Row | None) -> int:
        return sum(tokens_at_most(line) + 1 for line in _lines(shown.said(row), before))

    notes: tuple[str, ...] = ()
    with RowStore(run.is_test) as store:
        try:
            for found in run.files():
                ask.step()
                if found.rows:
                    store.add(found)
        finally:
            run.keep()
        diagnostics = (*_unread(run), *run.diagnostics)
        notes = notes_of(diagnostics)
        page = page_of(store, params.max_tokens - ASIDE_TOKENS - cost_of(notes), params.cursor, cost)
    rows = [_decode_row(encoded) for _, encoded in page.rows]
    tail = SearchTail(
        schema=SchemaId("cq.search"),
        query=Query(
            names=request.query.names,
            mode=request.query.mode,
            paths=tuple(path.removeprefix(selection.root + "/") for path in selection.paths),
            globs=tuple(params.globs),
            roles=request.roles,
            kinds=request.kinds,
            languages=request.languages,
            text=params.text,
            certain=params.certain,
        ),
        summary=run.summary(len(rows)),
        targets=run.resolutions,
        why_not=None if run.rows else _why_not(run),
        cursor=page.cursor,
        ledger=run.ledger(),
        diagnostics=diagnostics,
        report=run.report(),
    )
    after = [more_line(page, f"cursor {page.cursor}")] if page.cursor else []
    if tail.why_not is not None:
        if tail.why_not == Near():
            after.append("nor was it found in strings, comments or text that is left out; `map` shows what there is")
        # Paths are text of files, too.
        notes = (*why_not_lines(msgspec.structs.replace(tail.why_not, hint="")), *notes)
        after += [f"hint: {tail.why_not.hint}"] if tail.why_not.hint else []
    said = [shown.said(row) for row in rows]
    lines = (line for row, before in zip(said, [None, *said], strict=False) for line in _lines(row, before))
    encoded = [(role, shown.encoded(row, found)) for row, (role, found) in zip(rows, page.rows, strict=True)]
    return reply(_account(tail), (*lines, *notes), b"".join(rows_json(tail, encoded)), after)


def _account(tail: SearchTail) -> str:
    summary = tail.summary
    counts = ", ".join(f"{count:,} {role}" for role, count in summary.roles.items())
    where = f"{many(summary.rows, 'row')} in {many(summary.files, 'file')} of {summary.files_searched:,}"
    return f"{where}; all hits: {counts or 'none'}"


def _why_not(run: SearchRun) -> Near:
    near = why_not(run)
    return msgspec.structs.replace(near, hint=for_tools(near.hint))


def _lines(row: Row, before: Row | None) -> Iterator[str]:
    """The place with its path and role when they are others than those before it."""
    if before is None or row.path != before.path:
        yield row.path
    text = row.text.strip()
    if row.facts is not None and len(row.facts.signature) > len(text):
        text = row.facts.signature
    if len(text) > _TEXT_SHOWN:
        text = text[: _TEXT_SHOWN - 1] + "…"
    where = f" in {row.container}" if row.container else ""
    sure = f" ({row.confidence})" if row.confidence in ("likely", "possible") else ""
    yield f" {row.line}:{row.column} {row.role}{where}{sure}: {text}"


def _unread(run: SearchRun) -> Iterator[Diagnostic]:
    # Of all files of a repository some are binary; of a file that was asked for that is the answer.
    named = {os.path.relpath(path, run.request.selection.root) for path in run.request.selection.paths}
    for each in run.unread:
        if each.reason != "binary" or each.path in named:
            yield Diagnostic(path=as_text(each.path), code=each.reason, message=each.detail)


TOOL = Tool(
    "search",
    "Where a name is defined, called, imported and used, each place classified; definitions first. Use it instead of "
    "grep for any name. For callers of one definition use `neighborhood`, for its text `source`.",
    SearchParams,
    search,
)
