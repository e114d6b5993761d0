"""Which files an index run has to parse: of files with the same content one, and none that says nothing of its tree."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cq.lanes.table import LaneTable
from cq.scan.results import FileJob
from cq.store.file_syntax import telling_language
from cq.store.files import Files


class Place(NamedTuple):
    """A file in the listing."""

    at: int
    number: int


class ToParse(NamedTuple):
    """A file to parse, and all files of which its tree says what it says of itself."""

    job: FileJob
    files: list[Place]


def to_parse(
    files: Files, missing: Iterable[Place], names: Mapping[int, Sequence[bytes]], table: LaneTable
) -> tuple[list[ToParse], list[Place]]:
    """What to parse for these files, in their order, and the files that are not worth it.

    `names`: the frequent ones in each file, by its number.
    """
    telling: list[Place] = []
    silent: list[Place] = []
    for place in missing:
        path, size = files.paths[place.at], files.size(place.at)
        language = telling_language(table, path, files.heads.get(place.at, b""), size, place.number in names)
        (telling if language else silent).append(place)
    digests = [files.digest(place.at) for place in telling]
    times = Counter(digests)
    found: list[ToParse] = []
    first: dict[tuple[bytes, str, bool], ToParse] = {}
    for place, digest in zip(telling, digests, strict=True):
        path = files.paths[place.at]
        # What is kept says in which language the file is, and whether it belongs to the tests.
        same = (digest, table.by_path(path), table.is_test(path)) if digest and times[digest] > 1 else None
        if same is not None and same in first:
            first[same].files.append(place)
            continue
        job = FileJob(path, files.size(place.at), known=b"\n".join(names.get(place.number, ())))
        found.append(ToParse(job, [place]))
        if same is not None:
            first[same] = found[-1]
    return found, silent
