"""Answers from the census: what a file says to a plan, made without a parser when all of its hits are known."""

import msgspec

from cq.index.file_tree import FileTree
from cq.scan.read import read_file
from cq.scan.results import Unread
from cq.search.candidates import Candidate
from cq.search.file_rows import FileRows, Place, mentions_of, withheld
from cq.search.names import NameMatcher
from cq.search.plan import FileFound, SearchPlan
from cq.search.warm import Warm
from cq.settings import ANSWERS_PER_SEARCH_BYTES, HITS_AT_ONCE
from cq.store.census import CensusHead, FileCensus, unpacked
from cq.store.files import Files
from cq.store.store import Store


class CountedAnswers:
    """For one plan. Without a census of these queries there are none."""

    def __init__(
        self, store: Store, files: Files, tree: FileTree, plan: SearchPlan, stamp: bytes, warm: Warm | None = None
    ) -> None:
        self._warm = warm
        self._store = store
        self._files = files
        self._tree = tree
        self._plan = plan
        self._mentions = mentions_of(plan)
        self._matcher = NameMatcher(plan.query)
        self._head: CensusHead | None = None
        self._bytes = 0
        data = store.census_head() if _is_counted(plan) and not self._matcher.qualified else b""
        if data:
            head = msgspec.msgpack.decode(data, type=CensusHead) if warm is None else warm.census_head(data)
            self._head = head if head.stamp == stamp else None

    def of(self, candidate: Candidate) -> FileFound | None:
        """What a file says; None when it has to be parsed for that."""
        number = self._files.numbers[candidate.at]
        if self._head is None or not number or self._bytes > ANSWERS_PER_SEARCH_BYTES:
            return None
        census = self._census(number)
        if census is None:
            return None
        path = candidate.job.path
        data = candidate.job.data if candidate.job.data is not None else self._read(path)
        # What was read is what was counted if the file looks as it did, and did so when it was listed.
        if isinstance(data, Unread) or self._files.number_of(candidate.at) != number:
            return None
        hits = self._matcher.find(data)
        if len(hits) > HITS_AT_ONCE:
            return None
        judged = census.judged([hit[0] for hit in hits])
        if judged is None:
            return None
        plan = self._plan
        language = self._head.languages[census.language]
        rows = FileRows(plan, path, data, language.name, language.separator, True)
        told = _told_by_tree(plan)
        for hit, (code, labels, names) in zip(hits, judged, strict=True):
            role, kind = language.codes[code]
            rows.count(role)
            reason = withheld(plan, self._mentions, role, kind)
            if reason:
                rows.withhold(reason)
                continue
            if role in told:
                return None
            at = rows.begin(hit)
            if at is not None:
                rows.add(hit, at, Place(role, kind, labels, names), None)
        self._bytes += sum(len(row) for _, row in rows.encoded)
        return FileFound(
            path=path,
            language=language.name,
            rows=tuple(rows.encoded),
            lines=rows.lines,
            roles=rows.roles,
            withheld=rows.withheld,
            hits=len(hits),
            is_test=census.is_test,
        )

    def _census(self, number: int) -> FileCensus | None:
        if self._warm is not None:
            return self._warm.census(number, lambda: self._store.census(number))
        kept = self._store.census(number)
        return unpacked(kept) if kept else None

    def _read(self, path: str) -> bytes | Unread:
        data = None if self._warm is None else self._warm.read(path)
        return read_file(self._tree, path) if data is None else data


def _is_counted(plan: SearchPlan) -> bool:
    """Whether the census says what the plan asks: it takes words as they are, and strings for what they are."""
    if plan.query.mode == "text" or plan.injected is not None or plan.text or (plan.facts and plan.detail == "all"):
        return False
    return not plan.roles & mentions_of(plan)


def _told_by_tree(plan: SearchPlan) -> frozenset[str]:
    """The roles of rows with facts, which only the tree tells."""
    if not plan.facts:
        return frozenset()
    return frozenset({"definition"}) if plan.detail == "head" else frozenset({"definition", "import"})
