"""Keeps the rows of a run until they are read, by rank or by path; in memory while they are few."""

from collections.abc import Callable, Iterator, Sequence
from itertools import repeat
from typing import IO, NamedTuple, Protocol

from cq.rows.search import RANK
from cq.settings import ROWS_IN_MEMORY_BYTES

# A row as it goes to the renderers: its role, and its JSON.
EncodedRow = tuple[str, bytes]


class Group(NamedTuple):
    """Rows that refer to one definition. Groups sort as they are to be read."""

    order: int
    is_test: bool
    path: str  # of the definition
    start_byte: int
    label: str


class FileRows(Protocol):
    """What one file has: its rows in the order of the file, each with its role."""

    @property
    def path(self) -> str:
        """Relative to the root."""

    @property
    def rows(self) -> tuple[EncodedRow, ...]:
        """Encoded already."""


_ALL = Group(0, False, "", 0, "")


class _Stretch(NamedTuple):
    """Rows that stand together in the order asked for: one file's, of one role when ordered by rank."""

    key: tuple[Group, int, bool, int]  # group, rank, whether it is a test, order of arrival
    roles: tuple[str, ...]  # of the rows; one when all have the same
    rows: list[bytes]  # empty when they are on disk
    start: int = 0
    length: int = 0


class RowStore:
    """Takes files in the order of their paths and gives their rows in the order asked for. Close it in the end."""

    def __init__(self, is_test: Callable[[str], bool], by_path: bool = False) -> None:
        self._is_test = is_test
        self._by_path = by_path
        self._stretches: list[_Stretch] = []
        self._in_memory = 0
        self._spill: IO[bytes] | None = None
        self.paths: list[str] = []
        self.groups: set[Group] = set()

    def __enter__(self) -> "RowStore":
        return self

    def __exit__(self, *_: object) -> None:
        if self._spill is not None:
            self._spill.close()

    def add(self, found: FileRows, groups: Sequence[Group] = ()) -> None:
        """Keep the rows of one file; with groups, one for each row, by these in the end."""
        self.paths.append(found.path)
        if self._by_path:
            self._keep(
                (_ALL, 0, False, len(self.paths)), tuple(role for role, _ in found.rows), [r for _, r in found.rows]
            )
            return
        is_test = self._is_test(found.path)
        stretches: dict[tuple[Group, str], list[bytes]] = {}
        for (role, row), group in zip(found.rows, groups or repeat(_ALL), strict=False):
            stretches.setdefault((group, role), []).append(row)
        for (group, role), rows in stretches.items():
            self.groups.add(group)
            self._keep((group, RANK[role], is_test, len(self.paths)), (role,), rows)

    def __iter__(self) -> Iterator[EncodedRow]:
        """By rank: by group, in each by role, then library code before tests, then by path and position. Or by path."""
        for stretch, rows in self._in_order():
            roles = stretch.roles if len(stretch.roles) == len(rows) else stretch.roles * len(rows)
            yield from zip(roles, rows, strict=True)

    def labelled(self) -> Iterator[tuple[str, bytes]]:
        """The same rows, each with the label of its group instead of its role.

        "" when there is one group only, whose definition is among the files that have rows.
        """
        several = len(self.groups) > 1 or any(group.path not in (*self.paths, "") for group in self.groups)
        for stretch, rows in self._in_order():
            label = stretch.key[0].label if several else ""
            for row in rows:
                yield label, row

    def _in_order(self) -> Iterator[tuple[_Stretch, list[bytes]]]:
        self._stretches.sort(key=lambda stretch: stretch.key)
        for stretch in self._stretches:
            rows = stretch.rows
            if not rows and self._spill is not None:
                self._spill.seek(stretch.start)
                rows = self._spill.read(stretch.length).split(b"\n")
            yield stretch, rows

    def _keep(self, key: tuple[Group, int, bool, int], roles: tuple[str, ...], rows: list[bytes]) -> None:
        size = sum(map(len, rows))
        if self._in_memory + size <= ROWS_IN_MEMORY_BYTES:
            self._in_memory += size
            self._stretches.append(_Stretch(key, roles, rows))
            return
        if self._spill is None:
            import tempfile  # costs as much as a small search, and hardly any search needs it

            self._spill = tempfile.TemporaryFile(prefix="cq-rows-")  # noqa: SIM115  # gone with the process
        # JSON has no line break of its own.
        start = self._spill.seek(0, 2)
        length = self._spill.write(b"\n".join(rows))
        self._stretches.append(_Stretch(key, roles, [], start, length))
