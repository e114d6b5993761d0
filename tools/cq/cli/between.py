"""`--rev A..B` of any command: the rows of its answer that were added, removed and moved."""

import os
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from cq.cli.answer import Entry, budget_of, write
from cq.cli.clock import ends_at
from cq.cli.other_files import NotThere, repository_root, selected_elsewhere
from cq.cli.settle import complain, diagnostics_of, form_of, is_error, languages_of, query_folders, shown_paths
from cq.comparing.changed import changed_files
from cq.errors import CqError
from cq.index.revision import ends_of
from cq.index.selection import Selection
from cq.lanes.table import lane_table
from cq.render.budget import Block
from cq.render.color import palette, printable
from cq.render.json import tail_line
from cq.rows.changes import ChangesAnswer, ChangesQuery, ChangesSummary, ChangesTail, FromPlace, RowChange
from cq.rows.shared import Diagnostic, SchemaId, as_text
from cq.scan.account import ledger_with_left
from cq.scan.results import Unread
from cq.scan.row_changes import Changes, place_of

# Options of commands that are about one answer.
_OF_ONE = (
    *("files_with_matches", "files_without_match", "count", "count_matches", "only_matching", "vimgrep", "limit"),
    *("heading", "before", "after", "context", "explain", "watch", "fix", "diff", "since"),
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
    left: Sequence[str] = ()  # files that there was no time for


class _Difference(NamedTuple):
    """What the two answers have not in common."""

    rows: list[RowChange]
    tail: ChangesTail
    unread: tuple[Unread, ...]


def is_range(values: dict[str, Any]) -> bool:
    """Whether the options ask about two revisions."""
    return ".." in values.get("rev", "")


def between(
    command: str,
    values: dict[str, Any],
    arguments: Sequence[str],
    side: Callable[[dict[str, Any]], Side],
    by_file: bool = False,
) -> int:
    """Ask about both revisions and write the difference; 0 when there is one, 1 when there is none, 2 for errors.

    `by_file`: what is said of a file depends on nothing else, so that files that are the same in both are left out.
    """
    for word in _OF_ONE:
        if values.get(word):
            raise CqError(f"--{word.replace('_', '-')} is about one revision", "without it, or --rev of one")
    if values.get("overlay"):
        raise CqError("--overlay is laid over one revision", "cq diff --overlay says what it changes")
    form = form_of(values)
    if form not in ("text", "json", "jsonl"):
        raise CqError(f"--rev A..B has no --format {form}", "text, json or jsonl")
    budget_of(values)
    root = repository_root(values, arguments)
    ends = ends_of(root, values["rev"])
    assert ends is not None
    values = {**values, "ends_at": ends_at(values)}
    if by_file:
        values["only_files"] = _differing(values, arguments, ends)
    found = _difference(command, values, ends, side)
    tail = found.tail
    if not (form == "text" and values.get("quiet")):
        fields = {field: getattr(tail, field) for field in tail.__struct_fields__}
        answer = ChangesAnswer(rows=tuple(found.rows), **fields)
        lines = _Lines(values, root)
        write(values, answer, found.rows, map(lines.of, filter(_crosses, found.rows)), _entry, tail)
        if form == "text":
            sys.stdout.flush()
            sys.stderr.writelines(f"{line}\n" for line in _account(found, values))
    complain(diagnostics_of(found.unread))
    return tail.summary.exit_status


def _differing(values: dict[str, Any], arguments: Sequence[str], ends: tuple[str, str]) -> frozenset[str]:
    """The files that differ, of those that the options name."""
    selections: list[Selection] = []
    absent: list[NotThere] = []
    for rev in ends:
        try:
            selections.append(selected_elsewhere({**values, "rev": rev}, arguments).selection)
        except NotThere as error:
            absent.append(error)
    if not selections:
        raise absent[-1]
    if absent:
        # What only one of them has differs, whatever it is.
        selections.append(msgspec.structs.replace(selections[0], only=frozenset()))
    changed = changed_files(*selections)
    is_asked = _asked_languages(values)
    return frozenset(path for path in (*changed.old, *changed.new) if is_asked(path))


def _asked_languages(values: dict[str, Any]) -> Callable[[str], bool]:
    """Whether a file may be in a language that the options ask for; of one without an extension its content tells."""
    table = lane_table(query_folders(values))
    wanted, unwanted = ({table.named(word) for word in words} for words in languages_of(values))

    def is_asked(path: str) -> bool:
        language = table.by_path(path, table.data)
        if not language and "." not in os.path.basename(path):
            return True
        return language not in unwanted and (not wanted or language in wanted)

    return is_asked


def _difference(
    command: str, values: dict[str, Any], ends: tuple[str, str], side: Callable[[dict[str, Any]], Side]
) -> _Difference:
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
    # Of a file that was looked at in one of them only nobody knows what became of its rows.
    left = tuple(dict.fromkeys((*before.left, *after.left)))
    changes = Changes(_known(before.rows, left), _known(after.rows, left))
    rows = list(changes)
    unread = tuple(dict.fromkeys((*before.unread, *after.unread)))
    notes = tuple(dict.fromkeys((*before.diagnostics, *after.diagnostics)))
    ledger = ledger_with_left(unread, notes, left)
    nothing = 2 if left else 1  # that nothing differs is an answer only when everything was looked at
    status = 2 if any(map(is_error, unread)) else 0 if rows else nothing
    only: frozenset[str] | None = values.get("only_files")
    tail = ChangesTail(
        schema=SchemaId("cq.changes"),
        query=ChangesQuery(command=command, before=ends[0], after=ends[1]),
        summary=ChangesSummary(
            added=changes.added,
            removed=changes.removed,
            moved=changes.moved,
            kept=changes.kept,
            files=None if only is None else len(only),
            complete=not left,
            exit_status=status,
        ),
        ledger=ledger,
        diagnostics=(*diagnostics_of(unread), *notes),
    )
    return _Difference(rows, tail, unread)


def _known(rows: Sequence[bytes], left: Collection[str]) -> Sequence[bytes]:
    if not left:
        return rows
    unknown = set(map(as_text, left))
    return [row for row in rows if place_of(msgspec.json.decode(row)).path not in unknown]


def _crosses(change: RowChange) -> bool:
    """Whether a change is shown in a text: a row that only has another line in its file is counted."""
    return change.moved_from is None or change.moved_from.path != _place(change).path


def _place(change: RowChange) -> FromPlace:
    return place_of(msgspec.json.decode(change.row))


def _entry(change: RowChange) -> Entry:
    return Entry(f"{change.change} row", _place(change).path)


class _Lines:
    """Lines as of a difference."""

    def __init__(self, values: dict[str, Any], root: str) -> None:
        self._shown = shown_paths(root)
        self._colours = palette(values.get("color", "auto"), sys.stdout)

    def of(self, change: RowChange) -> Block:
        """The line of one row."""
        row = msgspec.json.decode(change.row)
        place = place_of(row)
        said = next((str(row[field]) for field in _SAID if row.get(field)), "")
        if "relation" in row:
            said = f"{row['relation']} {row['symbol']['qualified_name']}"
        said = " ".join(said.split())[:_WIDTH]
        at = ":".join(str(each) for each in (self._shown(place.path), place.line, place.column) if each)
        origin = change.moved_from
        came = "" if origin is None else f"  (from {self._shown(origin.path)}:{origin.line})"
        path = f"{self._colours.path}{printable(at)}{self._colours.reset}"
        return Block(f"{_SIGNS[change.change]} {path}: {printable(said)}{came}", f"{change.change} row", place.path)


def _account(found: _Difference, values: dict[str, Any]) -> Iterator[str]:
    summary = found.tail.summary
    within = sum(not _crosses(change) for change in found.rows)
    counts = [f"{summary.added} added", f"{summary.removed} removed", f"{summary.moved - within} moved"]
    if within:
        counts.append(f"{within} moved within their files")
    counts.append(f"{summary.kept} kept")
    of = ""
    if summary.files is not None:
        of = f" in {summary.files} {'file that differs' if summary.files == 1 else 'files that differ'}"
    yield f"{', '.join(counts)}{of}"
    left = next((each for each in found.tail.ledger if each.reason == "not-looked-at"), None)
    if left is not None:
        yield f"cq: --budget-ms was spent: {left.count:,} files not looked at, {printable(left.paths[0])} is the first"


def rows_of_structs(rows: Sequence[msgspec.Struct]) -> list[bytes]:
    """Rows as JSON, as a command emits them."""
    return [tail_line(row).rstrip(b"\n") for row in rows]
