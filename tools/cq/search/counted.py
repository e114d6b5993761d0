"""Answers from the census: what a file says to a plan, made without a parser when all of its hits are known.

Where rows have facts only the parts of the file that tell them are parsed."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from cq.index.file_tree import FileTree
from cq.rows.facts import Facts
from cq.scan.read import read_file
from cq.scan.results import Unread
from cq.search.candidates import Candidate
from cq.search.file_rows import FileRows, Place, mentions_of, withheld
from cq.search.names import NameMatcher
from cq.search.plan import FileFound, SearchPlan
from cq.settings import ANSWERS_PER_SEARCH_BYTES, HITS_AT_ONCE
from cq.store.census import FileCensus, unpacked
from cq.store.files import Files
from cq.store.syntax import Syntax

if TYPE_CHECKING:
    from cq.lanes.lanes import Lanes
    from cq.search.warm import Warm


class CountedAnswers:
    """For one plan."""

    def __init__(
        self, files: Files, tree: FileTree, plan: SearchPlan, lanes: "Callable[[], Lanes]", warm: "Warm | None" = None
    ) -> None:
        """`lanes` are asked for when a row has facts, which only a tree tells."""
        self._lanes = lanes
        self._warm = warm
        self._files = files
        self._tree = tree
        self._plan = plan
        self._mentions = mentions_of(plan)
        self._matcher = NameMatcher(plan.query)
        self._are_there = _is_counted(plan) and not self._matcher.qualified
        self._told = _told_by_tree(plan)
        self._bytes = 0

    def of(self, candidate: Candidate, kept: Syntax) -> FileFound | None:
        """What a file says, by what is kept of it; None when it has to be parsed for that."""
        if not kept.census or not self._are_there or self._bytes > ANSWERS_PER_SEARCH_BYTES:
            return None
        number = self._files.numbers[candidate.at]
        census = self._census(number, kept)
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
        asked = [
            (hit, name.role)
            for hit, name in zip(hits, judged, strict=True)
            if name.role in self._told and not withheld(plan, self._mentions, name.role, name.kind)
        ]
        parsed_bytes = 0
        facts: dict[int, Facts | None] = {}
        if asked:
            # The parser and all that goes with it: not for an answer that needs none.
            from cq.search.part_facts import part_facts

            found = part_facts(self._lanes(), plan, census.language, data, kept.parts, asked)
            if found is None:
                return None
            facts = {hit[0]: each for (hit, _), each in zip(asked, found.facts, strict=True)}
            parsed_bytes = found.parsed_bytes
        rows = FileRows(plan, path, data, census.language, census.separator, True)
        for hit, (role, kind, labels, names) in zip(hits, judged, strict=True):
            rows.count(role)
            reason = withheld(plan, self._mentions, role, kind)
            if reason:
                rows.withhold(reason)
                continue
            at = rows.begin(hit)
            if at is not None:
                rows.add(hit, at, Place(role, kind, labels, names), facts.get(hit[0]))
        self._bytes += sum(len(row) for _, row in rows.encoded)
        return FileFound(
            path=path,
            language=census.language,
            rows=tuple(rows.encoded),
            lines=rows.lines,
            roles=rows.roles,
            withheld=rows.withheld,
            hits=len(hits),
            is_test=census.is_test,
            parsed_bytes=parsed_bytes,
        )

    def _census(self, number: int, kept: Syntax) -> FileCensus:
        return unpacked(kept.census) if self._warm is None else self._warm.census(number, kept)

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
