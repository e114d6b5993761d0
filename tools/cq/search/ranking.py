"""The order in which rows are read: by rank, or by path."""

from collections.abc import Iterable, Iterator, Sequence

from cq.lanes.table import LaneTable
from cq.rows import RANK
from cq.search.analysis import FileFound


def ranked(table: LaneTable, files: Sequence[FileFound]) -> Iterator[tuple[str, bytes]]:
    """Definitions first, then by role; in each role library code before tests, then by path and position."""
    tests = {found.path: table.is_test(found.path) for found in files}
    by_role: dict[str, list[FileFound]] = {}
    for found in files:
        for role in {role for role, _ in found.rows}:
            by_role.setdefault(role, []).append(found)
    for role in sorted(by_role, key=RANK.__getitem__):
        for found in sorted(by_role[role], key=lambda found: tests[found.path]):
            yield from (row for row in found.rows if row[0] == role)


def by_path(files: Iterable[FileFound]) -> Iterator[tuple[str, bytes]]:
    """By path, then by position."""
    for found in files:
        yield from found.rows
