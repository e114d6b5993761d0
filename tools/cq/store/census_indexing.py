"""Take the census of a root's files: which names are frequent, and what each of them is wherever it stands.

A name that stands in few files is quickly looked up in these. Of names that stand in many, those are taken that look
like they are defined somewhere: whether they are does not matter for what is kept of them to be right.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from cq.index.file_tree import FileTree
from cq.lanes.census import CensusTaker
from cq.lanes.lanes import Lanes
from cq.lanes.table import lane_table
from cq.scan.results import FileJob, Unread
from cq.scan.scan import scan, workers_for
from cq.settings import (
    CENSUS_BATCH_BYTES,
    CENSUS_BYTES_PER_POSTING,
    CENSUS_FILES,
    CENSUS_LEAST_POSTINGS,
    CENSUS_MOST_FILES,
    PARSE_LIMIT_BYTES,
)
from cq.store.census import MOST_BYTES, MOST_CODES, CensusHead, LanguageCodes, packed
from cq.store.files import Files
from cq.store.keeper import Keeper
from cq.store.stamp import stamp
from cq.store.store import Learned, Store
from cq.store.vocabulary import defined_in

_SHORTEST = 3
# Runs that may be one of the words. What begins within a word is no name that is asked for, and does no harm.
_RUN = re.compile(rb"[A-Za-z_\x80-\xff][0-9A-Za-z_\x80-\xff]{2,}")


class CensusPlan(msgspec.Struct, frozen=True):
    """All that a worker needs to know."""

    folders: tuple[str, ...]  # of queries
    words: frozenset[bytes]


class DefinedPlan(msgspec.Struct, frozen=True):
    """All that a worker needs to know."""

    openers: tuple[str, ...]  # words that stand before what is defined


class DefinedAnalysis:
    """Looks in single files for words that look defined, which takes no parser."""

    def __init__(self, plan: DefinedPlan) -> None:
        self._openers = frozenset(word.encode() for word in plan.openers)

    def run(self, path: str, data: bytes) -> bytes:
        """The words, joined by line breaks."""
        return b"\n".join(defined_in(data, self._openers))


class FileCounted(msgspec.Struct, frozen=True, array_like=True):
    """What is to be kept of one file; empty when the file has to be asked anew each time."""

    path: str
    size: int
    census: bytes


class CensusAnalysis:
    """Counts single files. Owns the lanes: made once per process."""

    def __init__(self, plan: CensusPlan) -> None:
        self._words = plan.words
        self._table = lane_table(plan.folders)
        self._lanes = Lanes(self._table)
        self._takers: dict[str, CensusTaker | None] = {}
        self._numbers = {name: number for number, name in enumerate(sorted(self._table.languages))}

    def run(self, path: str, data: bytes) -> FileCounted:
        """What is to be kept of one file."""
        return FileCounted(path, len(data), self._census(path, data))

    def _census(self, path: str, data: bytes) -> bytes:
        language = self._table.by_content(path, data)
        if not language or len(data) > PARSE_LIMIT_BYTES or len(data) >= MOST_BYTES:
            return b""
        words = self._words
        starts = [found.start() for found in _RUN.finditer(data) if found.group() in words]
        taker = self._taker(language) if starts else None
        if taker is None:
            return b""
        census = taker.take(data, self._lanes.lane(language).parse(data).root_node, starts)
        if census is None:
            return b""
        return packed(self._numbers[language], self._table.is_test(path), census.places, census.scopes)

    def _taker(self, language: str) -> CensusTaker | None:
        if language not in self._takers:
            taker = None
            if self._lanes.lane_or_none(language) is not None:
                taker = CensusTaker(self._lanes.lane(language))
            self._takers[language] = taker if taker is not None and len(taker.codes) <= MOST_CODES else None
        return self._takers[language]


class CensusRun:
    """Takes the census of those files of one root that have none. Iterate `files()`, which does the work."""

    def __init__(self, root: str, keeper: Keeper, folders: tuple[str, ...], workers: int | None) -> None:
        self._root = root
        self._keeper = keeper
        self._folders = folders
        self._workers = workers
        self.to_count = 0

    def files(self, files: Files) -> Iterator[str]:
        """The paths of the files that are counted, as it goes on. `files`: as they are known after indexing."""
        store = self._keeper.store
        if store is None:
            return
        head, is_new = self._head(store, files)
        words = frozenset(head.words.split(b"\n")) if head.words else frozenset()
        counted = set() if is_new else set(store.counted())
        live = {number: at for at, number in enumerate(files.numbers) if number and at not in files.notes}
        missing = [(at, number) for number, at in live.items() if number not in counted]
        dead = tuple(counted.difference(live))
        if not (missing or dead or is_new):
            return
        self.to_count = len(missing)
        jobs = [FileJob(files.paths[at], files.size(at)) for at, _ in missing]
        plan = CensusPlan(self._folders, words)
        results = scan(FileTree(self._root), jobs, CensusAnalysis, plan, workers_for(jobs, self._workers))
        batch: list[tuple[int, bytes]] = []
        size = 0
        learned = Learned(census_head=msgspec.msgpack.encode(head) if is_new else b"", census_dead=dead)
        for (at, number), result in zip(missing, results, strict=True):
            if isinstance(result, Unread) or files.number_of(at) != number:
                continue  # it changed since: next time
            batch.append((number, result.census))
            size += len(result.census)
            yield result.path
            if size > CENSUS_BATCH_BYTES:
                learned.census = tuple(batch)
                if not self._keeper.keep(learned):
                    return
                learned, batch, size = Learned(), [], 0
        learned.census = tuple(batch)
        self._keeper.keep(learned)

    def _head(self, store: Store, files: Files) -> tuple[CensusHead, bool]:
        """What holds for the census, and whether all of it is to be taken anew."""
        own = stamp(self._folders)
        data = store.census_head()
        if data:
            head = msgspec.msgpack.decode(data, type=CensusHead)
            if head.stamp == own and len(files.paths) < 2 * head.files:
                return head, False
        table = lane_table(self._folders)
        lanes = Lanes(table)
        languages = []
        for name in sorted(table.languages):
            # A language that is not asked for need not be installed.
            codes: Sequence[tuple[str, str]] = ()
            if lanes.lane_or_none(name) is not None:
                codes = CensusTaker(lanes.lane(name)).codes
            languages.append(LanguageCodes(name, table.languages[name].separator, tuple(codes)))
        words = self._chosen(store, files, table.lexical.definition_words)
        return CensusHead(own, len(files.paths), b"\n".join(words), tuple(languages)), True

    def _chosen(self, store: Store, files: Files, openers: tuple[str, ...]) -> list[bytes]:
        """The words whose places are kept."""
        jobs = [FileJob(path, files.size(at)) for at, path in enumerate(files.paths) if files.numbers[at]]
        defined: set[bytes] = set()
        plan = DefinedPlan(openers)
        for result in scan(FileTree(self._root), jobs, DefinedAnalysis, plan, workers_for(jobs, self._workers)):
            if not isinstance(result, Unread):
                defined.update(result.split(b"\n"))
        held: Counter[bytes] = Counter()
        for word, count in store.words():
            if len(word) >= _SHORTEST and word in defined:
                held[word] += count
        most = len(files.paths) * CENSUS_MOST_FILES
        found = [word for word, count in held.items() if CENSUS_FILES <= count <= most]
        found.sort(key=lambda word: (-held[word], word))
        room = max(sum(job.size for job in jobs) // CENSUS_BYTES_PER_POSTING, CENSUS_LEAST_POSTINGS)
        chosen = []
        for word in found:
            room -= held[word]
            if room < 0:
                break
            chosen.append(word)
        return chosen
