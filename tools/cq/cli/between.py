"""`--rev A..B` of any command: the rows of its answer that were added, removed and moved."""

import sys
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import msgspec

from cq.cli.settle import NotThere, complain, diagnostics_of, form_of, is_error, repository_root, shown_paths
from cq.errors import CqError
from cq.index.revision import ends_of
from cq.render.color import palette, printable
from cq.render.json import tail_line
from cq.rows.changes import ChangesAnswer, ChangesQuery, ChangesSummary, ChangesTail, RowChange
from cq.rows.shared import Diagnostic, SchemaId
from cq.scan.account import ledger_of
from cq.scan.results import Unread
from cq.scan.row_changes import Changes, place_of

# Options of commands that are about one answer.
_OF_ONE = (
    *("files_with_matches", "files_without_match", "count", "count_matches", "only_matching", "vimgrep", "limit"),
    *("max_tokens", "cursor", "heading", "before", "after", "context", "explain", "watch", "fix", "diff", "since"),
    *("report", "graph", "output", "stats", "impact", "tests", "path_to", "signature", "verify", "null"),
)
_SIGNS = {"added": "+", "removed": "-", "moved": ">"}
_SAID = ("text", "signature", "message", "name")  # the first that a row has is shown
_WIDTH = 160


class Side(NamedTuple):
    """The answer about one revision."""

    rows: list[bytes]
    unread: Sequence[Unread] = ()
    diagnostics: Sequence[Diagnostic] = ()


def is_range(values: dict[str, Any]) -> bool:
    """Whether the options ask about two revisions."""
    return ".." in values.get("rev", "")


def between(
    command: str, values: dict[str, Any], arguments: Sequence[str], side: Callable[[dict[str, Any]], Side]
) -> int:
    """Ask about both revisions and write the difference; 0 when there is one, 1 when there is none, 2 for errors."""
    for word in _OF_ONE:
        if values.get(word):
            raise CqError(f"--{word.replace('_', '-')} is about one revision", "without it, or --rev of one")
    form = form_of(values)
    if form not in ("text", "json", "jsonl"):
        raise CqError(f"--rev A..B has no --format {form}", "text, json or jsonl")
    root = repository_root(values, arguments)
    ends = ends_of(root, values["rev"])
    assert ends is not None
    sides = []
    absent = []
    for rev in ends:
        try:
            sides.append(side({**values, "rev": rev}))
        except NotThere as error:
            # A path that one of them lacks has no rows there.
            absent.append(error)
            sides.append(Side([]))
    if len(absent) == len(sides):
        raise absent[-1]
    before, after = sides
    changes = Changes(before.rows, after.rows)
    found = list(changes)
    unread = tuple(dict.fromkeys((*before.unread, *after.unread)))
    notes = tuple(dict.fromkeys((*before.diagnostics, *after.diagnostics)))
    status = 2 if any(map(is_error, unread)) else 0 if found else 1
    tail = ChangesTail(
        schema=SchemaId("cq.changes"),
        query=ChangesQuery(command=command, before=ends[0], after=ends[1]),
        summary=ChangesSummary(
            added=changes.added, removed=changes.removed, moved=changes.moved, kept=changes.kept, exit_status=status
        ),
        ledger=ledger_of(unread, notes),
        diagnostics=(*diagnostics_of(unread), *notes),
    )
    if form == "json":
        fields = {field: getattr(tail, field) for field in tail.__struct_fields__}
        sys.stdout.buffer.write(tail_line(ChangesAnswer(rows=tuple(found), **fields)))
    elif form == "jsonl":
        sys.stdout.buffer.writelines(tail_line(change) for change in found)
        sys.stdout.buffer.write(tail_line(tail))
    elif not values.get("quiet"):
        _write_text(found, tail.summary, values, root)
    complain(diagnostics_of(unread))
    return status


def _write_text(found: Sequence[RowChange], summary: ChangesSummary, values: dict[str, Any], root: str) -> None:
    """Lines as of a difference. A row that only has another line in the same file is counted, not shown."""
    shown = shown_paths(root)
    out = sys.stdout
    colours = palette(values.get("color", "auto"), out)
    within = 0
    for change in found:
        row = msgspec.json.decode(change.row)
        place = place_of(row)
        if change.moved_from is not None and change.moved_from.path == place.path:
            within += 1
            continue
        said = next((str(row[field]) for field in _SAID if row.get(field)), "")
        if "relation" in row:
            said = f"{row['relation']} {row['symbol']['qualified_name']}"
        said = " ".join(said.split())[:_WIDTH]
        at = ":".join(str(each) for each in (shown(place.path), place.line, place.column) if each)
        origin = change.moved_from
        came = "" if origin is None else f"  (from {shown(origin.path)}:{origin.line})"
        out.write(f"{_SIGNS[change.change]} {colours.path}{printable(at)}{colours.reset}: {printable(said)}{came}\n")
    counts = [f"{summary.added} added", f"{summary.removed} removed", f"{summary.moved - within} moved"]
    if within:
        counts.append(f"{within} moved within their files")
    sys.stderr.write(f"{', '.join(counts)}, {summary.kept} kept\n")


def rows_of_structs(rows: Sequence[msgspec.Struct]) -> list[bytes]:
    """Rows as JSON, as a command emits them."""
    return [tail_line(row).rstrip(b"\n") for row in rows]
