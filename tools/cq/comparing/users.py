"""The users of changed definitions: who calls a new signature, and who still names what is gone or has another name."""

from collections.abc import Iterable, Sequence

import msgspec

from cq.comparing.definitions import TYPES, Item
from cq.comparing.matching import Matching
from cq.comparing.touched import Users
from cq.engine.limits import is_over
from cq.index.selection import Selection
from cq.index.walk import list_files
from cq.lanes.table import LaneTable
from cq.neighborhood.run import Neighborhood
from cq.rows.shared import Diagnostic
from cq.rows.structure import DefinitionChange, Touched
from cq.store.blobs import Blobs
from cq.symbols.project import Project
from cq.symbols.resolvers import Resolvers, can_resolve


def of_changes(
    old: Selection,
    new: Selection,
    table: LaneTable,
    matching: Matching,
    rows: Sequence[DefinitionChange],
    blobs: Blobs | None,
    ends_at: float | None = None,
) -> tuple[dict[int, DefinitionChange], int]:
    """The rows that touch somebody, with whom they touch, by the identity of the row that was given.

    And how many rows were asked about: no more when the run is over (`ends_at`, as time.time() has it).
    """
    after = _users(new, table, blobs)
    # A new signature is asked of the new tree alone; only what is gone has to be looked for where it was.
    before = None if all(_stays(row) for row in rows) else _users(old, table, blobs)
    found = {}
    count = 0
    for row in rows:
        if is_over(ends_at):
            break
        count += 1
        touched: list[Touched] = []
        if row.change == "signature" or "signature" in row.also:
            item = _item(matching, row.path, row.line, row.column, False)
            touched += after.callers(row.path, item) if item is not None else ()
        if before is not None and row.before is not None and not _stays(row):
            was = row.before.path
            item = _item(matching, was, row.before.line, 0, True, row.before.name)
            if row.kind == "file":
                touched += _left_behind(before.importers(was), after, matching)
            elif item is not None:
                left = _left_behind(before.uses(was, item), after, matching)
                around = matching.old[was].items[item.parent] if item.parent >= 0 else None
                if left and around is not None and around.kind in TYPES and before.is_open(was, around):
                    left = [_perhaps(each, item.name, around.name) for each in left]
                touched += left
        if touched:
            broken = sum(bool(each.problems) and each.confidence != "possible" for each in touched)
            found[id(row)] = msgspec.structs.replace(row, callers=tuple(touched), broken=broken)
    return found, count


def with_users_known(
    rows: Sequence[DefinitionChange], table: LaneTable
) -> tuple[list[DefinitionChange], list[Diagnostic]]:
    """The rows in languages whose names are resolved, and what to say of the others."""
    others = [row for row in rows if not can_resolve(row.language)]
    if not others:
        return list(rows), []
    languages = ", ".join(sorted({row.language for row in others}))
    known = " and ".join(sorted(filter(can_resolve, table.languages)))
    what = f"{len(others)} definition{'s' * (len(others) != 1)} in {languages}"
    message = f"callers of {what} are not looked for: known in {known} only"
    said = Diagnostic(path="", code="users-not-looked-for", message=message)
    return [row for row in rows if can_resolve(row.language)], [said]


def _stays(row: DefinitionChange) -> bool:
    """Whether a definition is still where it was, under its name."""
    return row.change in ("signature", "body", "added")


def _users(selection: Selection, table: LaneTable, blobs: Blobs | None) -> Users:
    files = list_files(selection.whole).files
    resolvers = Resolvers(Project(selection.tree, files, table, None, blobs))
    return Users(Neighborhood(resolvers, "likely"))


def _left_behind(uses: Iterable[tuple[str, str, str, str]], after: Users, matching: Matching) -> list[Touched]:
    """The uses of what is gone that stand as they stood, and refer to nothing now."""
    renamed = {was: now for now, (was, _) in matching.files.items()}
    used: dict[tuple[str, str], set[str]] = {}
    for where, _, text, name in uses:
        used.setdefault((renamed.get(where, where), name), set()).add(text)
    found = []
    for (where, name), texts in sorted(used.items()):
        found += [each for each in after.unresolved(where, name) if each.text in texts]
    return found


def _perhaps(use: Touched, name: str, owner: str) -> Touched:
    """A use of a member that is gone, where a base that is not to be seen may have one of that name."""
    said = f"{name} may not be defined any more: {owner} has a base outside of the project"
    return msgspec.structs.replace(use, confidence="possible", problems=(said,))


def _item(matching: Matching, path: str, line: int, column: int, is_old: bool, name: str = "") -> Item | None:
    file = (matching.old if is_old else matching.new).get(path)
    for item in file.items if file is not None else ():
        if item.line == line and (item.column == column if column else item.name == name):
            return item
    return None
