"""The difference of two runs: which of their rows were added, removed, or say the same at another place.

Rows go in as JSON, whatever command made them. What a row says is all of it but where it stands and how sure a target
is; of a target the name counts, since its line moves with every edit above it.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from cq.rows.changes import FromPlace, RowChange

# Where a row or what it speaks of stands, numbers that depend on other rows, and how a target was found.
_NOT_SAID = frozenset(
    (
        *("line", "column", "end_line", "end_column", "start_line", "start_byte", "end_byte", "overlap_start"),
        *(
            "id",
            "of",
            "index",
            "match",
            "pattern",
            "distance",
            "again",
            "confidence",
            "reason",
            "candidates",
            "overlap",
        ),
        *("spans", "tokens", "size", "before", "after", "parse", "content_hash"),
    )
)
_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder(order="deterministic").encode


class _Role(msgspec.Struct):
    role: str = ""


_decode_role = msgspec.json.Decoder(_Role).decode


class _Row(NamedTuple):
    json: bytes
    place: FromPlace
    said: bytes  # without any place, the path included


class Changes:
    """Compares two answers. Iterate once; then the counts are right."""

    def __init__(self, before: Iterable[bytes], after: Iterable[bytes]) -> None:
        self._before = list(map(_row, before))
        self._after = list(map(_row, after))
        self.added = self.removed = self.moved = self.kept = 0

    def __iter__(self) -> Iterator[RowChange]:
        """The rows of B that are new or moved, in their order, then those of A that are gone."""
        at_place = _by(self._before, lambda row: (row.said, row.place))
        old = [True] * len(self._before)
        new: list[tuple[_Row, int]] = []  # with the number of the row of A that it was; -1: none
        for row in self._after:
            known = at_place.get((row.said, row.place))
            if known:
                old[known.popleft()] = False
                self.kept += 1
            else:
                new.append((row, -1))
        self._within_files(old, new)
        self._across_files(old, new)
        for row, was in new:
            if was < 0:
                self.added += 1
                yield RowChange(change="added", row=msgspec.Raw(row.json))
            else:
                self.moved += 1
                yield RowChange(change="moved", row=msgspec.Raw(row.json), moved_from=self._before[was].place)
        for number, is_gone in enumerate(old):
            if is_gone:
                self.removed += 1
                yield RowChange(change="removed", row=msgspec.Raw(self._before[number].json))

    def _within_files(self, old: list[bool], new: list[tuple[_Row, int]]) -> None:
        """Find rows that stand elsewhere in the same file."""
        left = (number for number, is_left in enumerate(old) if is_left)
        known_at = _by_key(left, lambda number: (self._before[number].said, self._before[number].place.path))
        for at, (row, _) in enumerate(new):
            if found := known_at.get((row.said, row.place.path)):
                new[at] = (row, found.popleft())
                old[new[at][1]] = False

    def _across_files(self, old: list[bool], new: list[tuple[_Row, int]]) -> None:
        """Find rows that went to another file.

        That two rows say the same is not enough: many files have the same import. What says that something moved is a
        row that is the only one of its kind, gone in one file and new in another; then the rest goes with it.
        """
        # What says the same and stays where it was shows that such a row is nothing special.
        common = {self._before[number].said for number, is_left in enumerate(old) if not is_left}
        left = [number for number, is_left in enumerate(old) if is_left]
        gone = _by_key(left, lambda number: self._before[number].said)
        came = _by_key((at for at, (_, was) in enumerate(new) if was < 0), lambda at: new[at][0].said)
        ways: dict[str, list[str]] = defaultdict(list)  # from where rows came to a file
        for said, places in came.items():
            if len(places) == len(gone.get(said, ())) == 1 and said not in common and not _is_import(new[places[0]][0]):
                at, number = places[0], gone[said][0]
                new[at] = (new[at][0], number)
                old[number] = False
                ways[new[at][0].place.path].append(self._before[number].place.path)
        left = [number for number in left if old[number]]
        known_at = _by_key(left, lambda number: (self._before[number].said, self._before[number].place.path))
        for at, (row, was) in enumerate(new):
            if was >= 0:
                continue
            for path in dict.fromkeys(ways.get(row.place.path, ())):
                if found := known_at.get((row.said, path)):
                    new[at] = (row, found.popleft())
                    old[new[at][1]] = False
                    break


def _by_key(numbers: Iterable[int], key: Callable[[int], Any]) -> dict[Any, deque[int]]:
    found: dict[Any, deque[int]] = defaultdict(deque)
    for number in numbers:
        found[key(number)].append(number)
    return found


def _is_import(row: _Row) -> bool:
    return _decode_role(row.json).role == "import"


def _by(rows: list[_Row], key: Any) -> dict[Any, deque[int]]:
    found: dict[Any, deque[int]] = defaultdict(deque)
    for number, row in enumerate(rows):
        found[key(row)].append(number)
    return found


def place_of(row: dict[str, Any]) -> FromPlace:
    """Where a row stands: it, the one site that it has, or the symbol that it is about."""
    for inner in (*row.get("sites", ()), row.get("symbol")):
        if inner:
            row = inner
            break
    return FromPlace(
        path=row.get("path", ""), line=row.get("line", row.get("start_line", 0)), column=row.get("column", 0)
    )


def _row(json: bytes) -> _Row:
    row = _decode(json)
    place = place_of(row)
    row.pop("path", None)
    return _Row(json, place, _encode(_said(row)))


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: each.get("qualified_name", "") if key == "target" and isinstance(each, dict) else _said(each)
            for key, each in value.items()
            if key not in _NOT_SAID
        }
    if isinstance(value, list):
        return [_said(each) for each in value]
    return value
