"""`cq search`: every place where a name stands, classified, ranked and accounted for."""

import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

import msgspec

from cq.cli.cache_options import blobs_of, keeper_of
from cq.cli.check import LISTS, check
from cq.cli.clock import ends_at
from cq.cli.options.search import SEARCH
from cq.cli.progress import progress
from cq.cli.settle import (
    Selected,
    complain,
    diagnostics_of,
    form_of,
    is_error,
    languages_of,
    name_missing_grammars,
    printed_paths,
    query_folders,
    selection_of,
    shown_paths,
)
from cq.errors import CqError
from cq.render.color import PLAIN, palette, printable
from cq.rows.resolution import CONFIDENCE_RANK
from cq.rows.search import MENTIONS, ROLES, Query, Row, SearchTail
from cq.rows.shared import SchemaId, as_text
from cq.scan.row_store import EncodedRow, RowStore
from cq.search.names import NameMatcher, NameQuery
from cq.search.request import SearchRequest
from cq.search.run import SearchRun

if TYPE_CHECKING:
    from cq.cli.between import Side
    from cq.render.paging import Page

_CONFIDENCE = re.compile(rb'"confidence":"(\w+)"')
_UNUSED_USAGE = "cq search --unused [--kind function] [PATHS...]"
_CURSOR_TOKENS = 110  # what it takes to say what is left, and how sure the rows are


def search(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; the exit status as grep has it."""
    check(SEARCH, values)
    if values.get("certain") and values.get("possible"):
        raise CqError("--certain and --possible exclude each other", "take one of them")
    if values.get("resolve") is False:
        for word in ("certain", "possible", "def_at", "refs_of", "unused"):
            if values.get(word):
                raise CqError(
                    f"--{word.removesuffix('_at').replace('_', '-')} needs resolution", "without --no-resolve"
                )
    if values.get("rev"):
        from cq.cli.between import between, is_range  # git only where it is asked for

        if is_range(values):
            is_name = not any(map(values.get, ("regexp", "def_at", "refs_of", "unused")))
            paths = arguments[1:] if is_name else arguments
            of_files = not any(map(values.get, ("def_at", "refs_of", "unused")))
            by_file = of_files and _is_by_file(values, arguments)
            if by_file:
                values = {**values, "resolve": False}
            return between("search", values, paths, lambda values: _side(values, arguments), by_file)
    run = _asked(values, arguments)
    try:
        status = _answer(run, values)
        sys.stdout.flush()
    except BrokenPipeError:
        run.keep()
        raise
    run.keep()
    return status


def _is_by_file(values: dict[str, Any], arguments: Sequence[str]) -> bool:
    """Whether the rows of a file depend on nothing but the file: a text shows no targets, unless they are asked for."""
    if values.get("resolve") is not None:
        return not values["resolve"]
    # Of two revisions JSON has the rows that the text has: that two targets differ is no difference of a row.
    if values.get("certain") or values.get("possible"):
        return False
    return not NameMatcher(_name_query(values, _names_and_paths(values, arguments)[0])).qualified


def _side(values: dict[str, Any], arguments: Sequence[str]) -> "Side":
    """The answer about one of two revisions."""
    from cq.cli.between import Side

    run = _asked(values, arguments)
    rows = [row for found in run.files() for _, row in found.rows]
    run.keep()
    return Side(rows, tuple(run.unread), tuple(run.diagnostics), run.left)


def _answer(run: SearchRun, values: dict[str, Any]) -> int:
    form = form_of(values)
    if values.get("quiet"):
        _run_quietly(run, bool(values.get("stats")))
    elif form == "jsonl":
        _write_jsonl(run, values)
    elif form == "json":
        _write_json(run, values)
    elif any(values.get(word) for word in LISTS):
        _write_paths(run, values)
    else:
        _write_text(run, values)
        if values.get("def_at"):
            _write_without_rows(run)
    complain(diagnostics_of(run.unread))
    name_missing_grammars(run.diagnostics)
    for each in run.diagnostics:
        if each.code == "not-looked-at":
            sys.stderr.write(f"cq: {printable(each.path)}: {each.message}\n")
    if values.get("stats"):
        _write_stats(run)
    # As grep has it: an error counts more than a match, but with --quiet the match is all that was asked for.
    return 0 if values.get("quiet") and run.rows else _status(run)


def _status(run: SearchRun) -> int:
    if any(is_error(unread) for unread in run.unread):
        return 2
    # A definition that is a module or comes from outside is an answer without a row.
    return 0 if run.request.rows_of == "definitions" and run.resolutions else run.exit_status


def _asked(values: dict[str, Any], arguments: Sequence[str]) -> SearchRun:
    place, symbol = values.get("def_at", ""), values.get("refs_of", "")
    if values.get("unused"):
        return _unused(values, arguments)
    if not place and not symbol:
        names, paths = _names_and_paths(values, arguments)
        selected = selection_of(values, paths)
        run = SearchRun(
            _request(values, names, selected),
            keeper_of(values, selected.selection.tree),
            blobs=lambda: blobs_of(values),
        )
        run.unread.extend(selected.unread)
        return run
    if place and symbol:
        raise CqError("--def and --refs-of ask different things", "give one of them")
    if values.get("regexp") or values.get("regex") or values.get("fixed"):
        raise CqError("--def and --refs-of take the place of NAME", "cq search --refs-of Flask.route [PATHS...]")
    if place and os.path.exists(place):
        raise CqError(f"--def takes a place in a file: {place}", f"cq search --def {place}:12:8")
    from cq.cli.targets import Meant  # resolution, which a plain search may do without

    for path in arguments:
        if not os.path.lexists(path):
            raise CqError(
                f"{'--def' if place else '--refs-of'} takes the place of NAME, and {path} is no file or folder",
                f"cq search {'--def file.py:12:8' if place else '--refs-of Flask.route'} [PATHS...]",
            )
    meant = Meant(place or symbol, values)
    if not meant.resolutions:
        # As grep has it, finding nothing is no error: the answer has no row, and says why.
        sys.stderr.write(f"cq: {_nothing_meant(place, symbol)}\n")
    targets = tuple(each.target for each in meant.resolutions)
    selected = selection_of({**values, "root": meant.selection.root}, arguments)
    selection = selected.selection
    names = list(meant.names() if symbol else {target.name for target in targets}) or [meant.last_name]
    if place:
        # A definition outside of the project has no file: the answer is its name.
        files = {os.path.join(selection.root, target.path or meant.path) for target in targets}
        selection = msgspec.structs.replace(selection, paths=tuple(sorted(files)))
    request = msgspec.structs.replace(
        _request(values, names, Selected(selection, ())),
        targets=targets,
        rows_of="definitions" if place else "references",
        resolve=True,
    )
    run = SearchRun(request, keeper_of(values, selection.tree), meant.resolvers)
    run.unread.extend(selected.unread)
    run.resolutions = meant.resolutions
    return run


def _unused(values: dict[str, Any], arguments: Sequence[str]) -> SearchRun:
    for word in ("def_at", "refs_of", "regexp", "regex", "fixed", "role", "certain", "possible", "text"):
        if values.get(word):
            flag = "--def" if word == "def_at" else f"--{word.replace('_', '-')}"
            raise CqError(f"--unused looks at every definition: {flag} does not go with it", _UNUSED_USAGE)
    from cq.search.unused import UnusedRun  # with resolution, which a plain search may do without

    selected = selection_of(values, arguments)
    run = UnusedRun(_request({**values, "regex": True}, ["."], selected), blobs=lambda: blobs_of(values))
    run.unread.extend(selected.unread)
    return run


def _nothing_meant(place: str, symbol: str) -> str:
    if place:
        return f"what stands at {place} is not known to refer to a definition"
    return f"nothing is defined as {symbol}; cq search {symbol} shows where the name stands"


def _names_and_paths(values: dict[str, Any], arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    paths = list(arguments)
    names = list(values.get("regexp", ()))
    if not names:
        if not paths:
            raise CqError("no name to search for", "cq search NAME [PATHS...]; cq search --help has examples")
        names = [paths.pop(0)]
    return names, paths


def _request(values: dict[str, Any], names: list[str], selected: Selected) -> SearchRequest:
    around = values.get("context", 0)
    wanted, unwanted = languages_of(values)
    roles = values.get("role", ())
    if roles and values.get("text"):
        roles = [*roles, *(role for role in ROLES if role in MENTIONS and role not in roles)]
    elif roles and values.get("injected") and "doc-example" not in roles:
        roles = [*roles, "doc-example"]
    return SearchRequest(
        query=_name_query(values, names),
        selection=selected.selection,
        folders=query_folders(values),
        roles=tuple(roles),
        kinds=tuple(values.get("kind", ())),
        languages=wanted,
        not_languages=unwanted,
        text=bool(values.get("text")),
        injected=values.get("injected"),
        facts=values.get("facts", True),
        # A text shows heads only, and what encloses each name is worth its time to those who ask.
        detail="head" if form_of(values) == "text" else "all" if values.get("facts") else "definitions",
        before=values.get("before", around),
        after=values.get("after", around),
        max_count=values.get("max_count", 0),
        resolve=values.get("resolve"),
        shows_targets=form_of(values) in ("json", "jsonl") or _has_headings(values),
        certain=bool(values.get("certain")),
        possible=bool(values.get("possible")),
        workers=values.get("workers") or None,
        ends_at=ends_at(values),
    )


def _name_query(values: dict[str, Any], names: list[str]) -> NameQuery:
    ignore_case = bool(values.get("ignore_case"))
    if values.get("smart_case") and not ignore_case:
        ignore_case = not any(character.isupper() for name in names for character in name)
    return NameQuery(
        names=tuple(names),
        mode="regex" if values.get("regex") else "text" if values.get("fixed") else "name",
        ignore_case=ignore_case,
        whole_word=bool(values.get("word")),
    )


def _run_quietly(run: SearchRun, to_the_end: bool) -> None:
    for found in run.files():
        if found.rows and not to_the_end:
            break


def _collect(run: SearchRun, values: dict[str, Any], grouped: bool = False) -> RowStore:
    store = RowStore(run.is_test, values.get("sort") == "path")
    for found in progress(lambda: run.files_to_analyse, run.files(), "parsing"):
        if found.rows:
            store.add(found, found.groups if grouped else ())
    return store


def _has_headings(values: dict[str, Any]) -> bool:
    """Whether the rows stand below what they refer to."""
    if any(values.get(word) for word in (*LISTS, "quiet", "vimgrep")) or _is_paged(values):
        return False
    return bool(values.get("heading", sys.stdout.isatty()))


def _limited(store: RowStore, values: dict[str, Any]) -> Iterator[EncodedRow]:
    return islice(store, values.get("limit"))


def _shown(run: SearchRun, values: dict[str, Any]) -> int:
    limit: int = values.get("limit", run.rows)
    return min(run.rows, limit)


def _tail(run: SearchRun, values: dict[str, Any], shown: int) -> SearchTail:
    near = None
    if not run.rows and not run.stopped_by and not values.get("unused"):
        from cq.search.why_not import why_not  # only an answer about nothing needs it

        near = why_not(run)
    request = run.request
    summary = msgspec.structs.replace(run.summary(shown), exit_status=_status(run))
    return SearchTail(
        schema=SchemaId("cq.search"),
        query=Query(
            names=request.query.names,
            mode=request.query.mode,
            paths=tuple(path.encode("utf-8", "replace").decode() for path in _relative(request.selection)),
            globs=request.selection.globs,
            roles=request.roles,
            kinds=request.kinds,
            languages=request.languages,
            ignore_case=request.query.ignore_case,
            text=request.text,
            injected=request.injected,
            certain=request.certain,
            sort=values.get("sort", "rank"),
            limit=values.get("limit"),
        ),
        summary=summary,
        targets=run.resolutions,
        why_not=near,
        ledger=run.ledger(),
        diagnostics=(*diagnostics_of(run.unread), *run.diagnostics),
        report=run.report(),
    )


def _relative(selection: Any) -> Iterator[str]:
    root = selection.root.rstrip("/") + "/"
    return (path.removeprefix(root) for path in selection.paths)


def _write_json(run: SearchRun, values: dict[str, Any]) -> None:
    from cq.render.json import rows_json  # each form imports what it writes with

    with _collect(run, values) as store:
        page = _page(store, values, _tail(run, values, 0))
        tail = _tail(run, values, len(page.rows) if page is not None else _shown(run, values))
        if page is not None:
            tail = msgspec.structs.replace(tail, cursor=page.cursor)
        rows = page.rows if page is not None else _limited(store, values)
        sys.stdout.buffer.writelines(rows_json(tail, rows))


def _write_jsonl(run: SearchRun, values: dict[str, Any]) -> None:
    from cq.render.json import tail_line

    if _is_paged(values):
        with _collect(run, values) as store:
            page = _page(store, values, _tail(run, values, 0))
        assert page is not None
        tail = _tail(run, values, _write_lines(page.rows, None))
        sys.stdout.buffer.write(tail_line(msgspec.structs.replace(tail, cursor=page.cursor)))
        return
    # Rows go out as they are found, so they come by path; only --sort rank, said out loud, has to wait.
    if values.get("sort") == "rank":
        with _collect(run, values) as store:
            shown = _write_lines(store, values.get("limit"))
    else:
        shown = _write_lines(chain.from_iterable(found.rows for found in run.files()), values.get("limit"))
    values = {"sort": "path", **values}
    sys.stdout.buffer.write(tail_line(_tail(run, values, shown)))


def _is_paged(values: dict[str, Any]) -> bool:
    return any(word in values for word in ("max_tokens", "max_rows", "cursor"))


def _limits(values: dict[str, Any], beside: int) -> tuple[int, str]:
    """The tokens for rows, and the cursor."""
    return values.get("max_tokens", sys.maxsize) - beside, values.get("cursor", "")


def _page(store: RowStore, values: dict[str, Any], tail: SearchTail) -> "Page | None":
    """The rows that there is room for beside the rest of the answer; None when all rows are to be given."""
    if not _is_paged(values):
        return None
    from cq.render.paging import page_of  # who asks for a page waits for all rows
    from cq.tokens import tokens_at_most

    def cost(row: Row, before: Row | None) -> int:
        return tokens_at_most(msgspec.json.encode(row).decode()) + 1

    beside = tokens_at_most(msgspec.json.encode(tail).decode()) + _CURSOR_TOKENS
    return page_of(store, *_limits(values, beside), cost, values.get("max_rows", sys.maxsize))


def _write_lines(rows: Iterable[EncodedRow], limit: int | None) -> int:
    shown = 0
    for _, row in rows:  # to the end, whatever the limit: the account is of all
        if limit is None or shown < limit:
            sys.stdout.buffer.write(row + b"\n")
            shown += 1
    return shown


def _write_paths(run: SearchRun, values: dict[str, Any]) -> None:
    shown_path = printed_paths(values, run.request.selection.root)
    end = "\0" if values.get("null") else "\n"
    out = sys.stdout
    with_rows: set[str] = set()
    for found in run.files():
        if not found.rows:
            continue
        with_rows.add(found.path)
        path = shown_path(found.path)
        if values.get("files_with_matches"):
            out.write(path + end)
        elif values.get("count_matches") or values.get("count"):
            # As grep has it: -c counts lines, and -c -o matches.
            each = values.get("count_matches") or values.get("only_matching")
            number = len(found.rows) if each else found.lines
            out.write(f"{path}{chr(0) if values.get('null') else ':'}{number}\n")
    if values.get("files_without_match"):
        for path in run.searched:
            if path not in with_rows:
                out.write(shown_path(path) + end)


def _write_text(run: SearchRun, values: dict[str, Any]) -> None:
    from cq.render.text import TextStyle, footer, header, rows_text, terminal_width, why_not

    out = sys.stdout
    terminal = out.isatty()
    heading = _has_headings(values)
    colours = palette(values.get("color", "auto"), out)
    with _collect(run, values, heading) as store:
        style = TextStyle(
            palette=colours,
            heading=heading,
            vimgrep=bool(values.get("vimgrep")),
            only_matching=bool(values.get("only_matching")),
            context=bool(run.request.before or run.request.after),
            nul=bool(values.get("null")),
            width=terminal_width() if terminal and heading else 0,
            clean=printable if terminal or colours.name else str,
            shown_path=_exact_paths(store.paths, shown_paths(run.request.selection.root)),
        )
        tail = _tail(run, values, _shown(run, values))
        seconds = tail.report.total_ms / 1000
        # For readers the account stands above the rows; in a pipe stdout has the rows and nothing else.
        aside = out if heading else sys.stderr
        note = colours if heading else PLAIN
        # Of a definition nobody wants the account of the file that it was looked up in.
        bare = bool(values.get("vimgrep") or values.get("def_at"))
        account = [] if bare else [header(tail.summary, seconds, note)]
        below = [] if bare else list(footer(tail.summary, tail.ledger, bool(values.get("stats"))))
        near = [] if bare or tail.why_not is None else list(why_not(tail.why_not))
        rows: Iterator[EncodedRow] = islice(store.labelled(), values.get("limit"))
        if _is_paged(values):
            from cq.render.paging import more_line, page_of
            from cq.tokens import tokens_at_most

            plain = style._replace(palette=PLAIN)

            def cost(row: Row, before: Row | None) -> int:
                encoded = msgspec.json.encode(row)
                return sum(tokens_at_most(line) + 1 for line in rows_text(plain, [("", encoded)]))

            beside = sum(tokens_at_most(line) + 1 for line in (*account, *below, *near)) + _CURSOR_TOKENS
            page = page_of(store, *_limits(values, beside), cost, values.get("max_rows", sys.maxsize))
            rows = iter(page.rows)
            if page.cursor:
                below.append(more_line(page, f"--cursor {page.cursor}"))
        aside.writelines(f"{line}\n" for line in account)
        sure = Counter[str]()
        if run.request.rows_of == "references" and not heading:
            rows = _counted(rows, sure)
        out.writelines(line + "\n" for line in rows_text(style, rows))
        if sure and not bare:
            said = ", ".join(f"{sure[word]:,} {word}" for word in CONFIDENCE_RANK if sure[word])
            aside.write(f"how sure each is: {said} (--heading or --json tells of which)\n")
        aside.writelines(f"{note.dim}{line}{note.reset}\n" for line in below)
        aside.writelines(f"{line}\n" for line in near)


def _write_without_rows(run: SearchRun) -> None:
    """The targets that have no row of their own: modules, and what comes from outside."""
    shown_path = shown_paths(run.request.selection.root)
    for each in run.resolutions:
        target = each.target
        if not target.path:
            sys.stdout.write(f"{printable(target.qualified_name)}: outside of the project\n")
        elif target.end_byte == 0:
            sys.stdout.write(f"{printable(shown_path(target.path))}:1:1: {target.kind} {target.qualified_name}\n")


def _counted(rows: Iterable[tuple[str, bytes]], sure: Counter[str]) -> Iterator[tuple[str, bytes]]:
    """The same rows; counts on the way how sure they are."""
    for label, row in rows:
        # Within a text of JSON the quotes would have a backslash.
        found = _CONFIDENCE.search(row)
        if found is not None:
            sure[found[1].decode()] += 1
        yield label, row


def _exact_paths(paths: Iterable[str], shown_path: Callable[[str], str]) -> Callable[[str], str]:
    """The same for paths as rows have them: JSON has no bytes that are not UTF-8, a path may."""
    exact = {as_text(path): path for path in paths if not path.isascii()}
    return lambda path: shown_path(exact.get(path, path))


def _write_stats(run: SearchRun) -> None:
    from cq.render.stats import stats_table  # for those who ask

    sys.stderr.writelines(f"{line}\n" for line in stats_table(run.report()))
