"""`cq outline`: the definitions of files as a tree, with their signatures and lines."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from cq.cli.answer import budget_of, tell_nothing, write_encoded, write_text
from cq.cli.check import check
from cq.cli.clock import Clock
from cq.cli.jobs import Jobs, jobs_of
from cq.cli.options.listing import OUTLINE
from cq.cli.settle import form_of, printed_paths
from cq.errors import CqError
from cq.render.budget import Block, Page
from cq.render.color import Palette, palette, printable
from cq.render.json import answer_json
from cq.render.text import diagnostic_lines
from cq.rows.listing import OutlineAnswer, OutlineRow
from cq.rows.shared import Diagnostic, MoreLine, Report, SchemaId, as_text
from cq.scan.results import Unread
from cq.scan.scan import scan, workers_for
from cq.search.outline import FileOutline, OutlineAnalysis, OutlinePlan

if TYPE_CHECKING:
    from cq.cli.between import Side


def outline(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0 when there is a definition, else 1."""
    began = time.perf_counter()
    check(OUTLINE, values)
    if not arguments and "files_from" not in values and "root" not in values:
        raise CqError("outline of what?", "cq outline FILE|FOLDER...")
    if values.get("rev"):
        from cq.cli.between import between, is_range  # git only where it is asked for

        if is_range(values):
            return between("outline", values, arguments, lambda values: _side(values, arguments), by_file=True)
    given = jobs_of(values, arguments, data=True)
    clock = Clock(values)
    found, diagnostics, workers = _found(given, values, clock)
    total = sum(_count(file.rows) for file in found)
    form = form_of(values)
    budget = budget_of(values)
    rows = tuple(row for file in found for row in file.rows)
    answer = OutlineAnswer(
        schema=SchemaId("cq.outline"),
        summary={"definitions": total, "files": len(found)},
        rows=rows,
        diagnostics=tuple(diagnostics),
        report=Report(root=given.root, workers=workers, total_ms=round((time.perf_counter() - began) * 1000, 2)),
    )
    if form == "text":
        shown = printed_paths(values, given.root)
        write_text(values, _text(found, shown, palette(values.get("color", "auto"), sys.stdout)))
        sys.stderr.writelines(f"{line}\n" for line in diagnostic_lines(diagnostics))
    elif budget is not None:
        bare = MoreLine() if form == "jsonl" else msgspec.structs.replace(answer, rows=())
        write_encoded(values, budget, _entries(rows, 0), lambda: bare, joined=_joined)
    elif form == "json":
        sys.stdout.buffer.write(answer_json(answer))
    else:
        sys.stdout.buffer.writelines(map(answer_json, rows))
    if any(diagnostic.severity == "error" for diagnostic in diagnostics):
        return 2
    if not total and clock.is_over:
        return 2  # nothing found is an answer only when everything was looked at
    if not total and form == "text":
        tell_nothing("definition", len(given.jobs))
    return 0 if total else 1


def _found(given: Jobs, values: dict[str, Any], clock: Clock) -> tuple[list[FileOutline], list[Diagnostic], int]:
    """The files with definitions, what there is to say of others, and how many processes it took."""
    found: list[FileOutline] = []
    diagnostics = list(given.diagnostics)
    workers = workers_for(given.jobs, values.get("workers") or None)
    results = scan(given.tree, given.jobs, OutlineAnalysis, OutlinePlan(given.folders, values.get("depth", 0)), workers)
    for result in clock.until(given.jobs, results):
        if isinstance(result, Unread):
            diagnostics.extend(given.diagnostics_of(result))
            continue
        diagnostics.extend(result.diagnostics)
        kinds = frozenset(values.get("kind", ()))
        rows = _pruned(result.rows, kinds, values.get("depth", 0) or 10_000)
        if rows:
            found.append(FileOutline(result.path, result.language, rows))
    diagnostics.extend(clock.diagnostics())
    return found, diagnostics, workers


def _side(values: dict[str, Any], arguments: Sequence[str]) -> "Side":
    """The answer about one of two revisions: each definition a row of its own."""
    from cq.cli.between import Side, rows_of_structs

    clock = Clock(values)
    found, diagnostics, _ = _found(jobs_of(values, arguments, data=True), values, clock)
    rows: list[OutlineRow] = []
    for file in found:
        waiting = list(reversed(file.rows))
        while waiting:
            row = waiting.pop()
            waiting += reversed(row.children)
            rows.append(msgspec.structs.replace(row, children=()))
    return Side(rows_of_structs(rows), (), diagnostics, clock.left)


def _text(found: Sequence[FileOutline], shown: Callable[[str], str], colours: Palette) -> Iterator[Block]:
    for number, file in enumerate(found):
        if number:
            yield Block("")
        yield Block(shown(file.path), level=0)
        yield from _lines(file.rows, colours, 1)


def _lines(rows: tuple[OutlineRow, ...], colours: Palette, depth: int) -> Iterator[Block]:
    for together in _together(rows):
        row = together[0]
        place = f"{colours.line}{row.line:>6}{colours.reset}  {'  ' * (depth - 1)}"
        names = ", ".join(each.name for each in together)
        short = printable(row.kind if names == row.kind else f"{row.kind} {names}")
        text = printable(row.signature) or short
        yield Block(f"{place}{text}", row.kind, row.path, depth, f"{place}{short}")
        for each in together:
            yield from _lines(each.children, colours, depth + 1)


def _together(rows: Sequence[OutlineRow]) -> Iterator[list[OutlineRow]]:
    """The rows, those that one text defines in one list: `int x, y;` is one line to read, though two definitions."""
    together: list[OutlineRow] = []
    for row in rows:
        if together and not _is_one_text(together, row):
            yield together
            together = []
        together.append(row)
    if together:
        yield together


def _is_one_text(together: Sequence[OutlineRow], row: OutlineRow) -> bool:
    last = together[-1]
    if not row.signature or (row.signature, row.end_line) != (last.signature, last.end_line):
        return False
    # A heading and its id are two definitions of one element: which stands first does not matter to the reader.
    if row.kind != last.kind and row.line != last.line:
        return False
    # One name twice is two definitions, and a name that the text does not tell has to be told.
    return row.name in row.signature and all(each.name != row.name for each in together)


def _entries(rows: tuple[OutlineRow, ...], depth: int) -> Iterator[Block]:
    """The rows one by one, each without what stands in it."""
    for row in rows:
        alone = msgspec.structs.replace(row, children=())
        few = msgspec.structs.replace(alone, signature="", doc="")
        yield Block(_encoded(alone), row.kind, row.path, depth, _encoded(few))
        yield from _entries(row.children, depth + 1)


def _encoded(row: OutlineRow) -> str:
    return answer_json(row).decode().rstrip("\n")


def _joined(page: Page) -> list[bytes]:
    """The rows of a page, each again in what it stands in."""
    above: list[list[OutlineRow]] = [[]]
    for block in reversed(page.blocks):
        # From the end, so that what stands in a row is whole when its turn comes.
        above += [[] for _ in range(block.level + 2 - len(above))]
        row = msgspec.json.decode(block.text, type=OutlineRow)
        children = tuple(reversed(above[block.level + 1]))
        above[block.level + 1].clear()
        above[block.level].append(msgspec.structs.replace(row, children=children))
    return [answer_json(row).rstrip() for row in reversed(above[0])]


def _pruned(rows: tuple[OutlineRow, ...], kinds: frozenset[str], depth: int) -> tuple[OutlineRow, ...]:
    kept = []
    for row in rows:
        children = _pruned(row.children, kinds, depth - 1) if depth > 1 else ()
        if children or not kinds or row.kind in kinds:
            kept.append(msgspec.structs.replace(row, path=as_text(row.path), children=children))
    return tuple(kept)


def _count(rows: tuple[OutlineRow, ...]) -> int:
    return sum(1 + _count(row.children) for row in rows)
