"""`cq mine` over many files: list them, make the facts that are missing, count, and make forms of the best."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from tree_sitter import Node

from cq.grammar.parse import text_of
from cq.mining.analysis import FileFacts, MineAnalysis, MinePlan
from cq.mining.corpus import Corpus, Member
from cq.mining.counting import Counted, count
from cq.mining.form import Form, FormMaker
from cq.mining.fuzzy import Signed, leaders
from cq.mining.imported import imported
from cq.mining.listing import MineListing, MineRequest
from cq.mining.normalize import PROBE, Trace
from cq.mining.prefilter import prefilter
from cq.mining.ranking import PART_OF, Candidate, Made, candidates, closed, cover, score, surprises
from cq.mining.rulebook import Known, Rulebook, rulebook_of
from cq.mining.segments import Segments
from cq.mining.table import Table
from cq.scan.read import read_file
from cq.scan.results import FileJob, Unread
from cq.store.folder import mine_folder, shrink, size_limit

# Part of what facts depend on: a change of the walk makes all of them anew.
_FACTS_VERSION = 4
# Forms are made of so many times what is shown, since what they tell changes the order.
_CANDIDATES_PER_SHOWN = 12
_MOST_CANDIDATES = 6_000
# Of one candidate, so many contents are looked at for one to make its form of.
_CONTENTS_LOOKED_AT = 200


class Found(NamedTuple):
    """One idiom that was found, with what else has its skeleton."""

    made: Made
    key: str
    score: float
    surprise: float
    part_of: str
    variations: tuple["Found", ...]


class MineRun(MineListing):
    """One run. Call `mine()` once, then ask for the rest."""

    def __init__(self, request: MineRequest) -> None:
        super().__init__(request)
        self.plan = MinePlan(folders=request.folders, level=_primary(request.level))
        self.analysis = MineAnalysis(self.plan)
        self.corpus = Corpus(request.selection.root, request.selection.binary, prefilter(request.folders))
        facts = os.path.join(mine_folder(request.store), f"{self.plan.level}-{_FACTS_VERSION}")
        self.segments = Segments(facts)
        self.contents_to_mine = self.contents_known = 0
        self._asked: set[bytes] = set()  # contents whose facts were asked for
        self.closed = 0
        self.counted: Counted | None = None
        self.paths: dict[bytes, list[Member]] = {}
        self.form_level = request.level  # of what is shown; the counts may be of another

    @cached_property
    def rulebook(self) -> Rulebook:
        """What says of which categories an idiom is. Raises CqError for a wrong one, or a category that it lacks."""
        book = rulebook_of(self.request.folders, self.request.rulebook, Known(self._family_named, self._kinds))
        book.check(self.request.categories)
        return book

    def listed(self) -> None:
        """Look at the files of the selection."""
        rules = {}
        files = self.files
        for language in sorted({language for _, language in files}):
            rules[language] = self.rules_of(language)
        self.corpus.take(files, rules)
        self.marks = self.corpus.marks
        for unread in self.corpus.unread:
            self._note_unread(unread)
        for member in self.corpus.members:
            self.paths.setdefault(member.digest, []).append(member)
        self._cost.list_ms = self._cost.since_ms()

    def facts(self) -> Iterator[FileFacts]:
        """Make the facts that are missing, and keep them. Ends early when cancelled."""
        missing: dict[str, Member] = {}
        for digest, members in self.paths.items():
            if digest in self._asked:
                continue
            self._asked.add(digest)
            if digest in self.segments.blobs:
                self.contents_known += 1
            else:
                missing[members[0].path] = members[0]
        jobs = [self._job(member) for member in missing.values()]
        self.contents_to_mine = len(jobs)
        try:
            for found in self._results(jobs, MineAnalysis, self.plan):
                self._cost.files_parsed += 1
                self._cost.bytes_parsed += found.parsed_bytes
                self._cost.parse_ms += found.parse_ms
                self._cost.query_ms += found.normalize_ms
                self.segments.add(missing[found.path].digest, found)
                yield found
        finally:
            # Ctrl-C, too: what is done is kept.
            self.segments.flush()
            own = self.segments.touch([digest for digest in self.paths if digest in self.segments.blobs])
            shrink(mine_folder(self.request.store), size_limit() // 4, frozenset(own))

    def _job(self, member: Member) -> FileJob:
        return FileJob(member.path, member.size, binary=self._selection.binary)

    def data_of(self, digest: bytes) -> bytes | Unread:
        """One of the contents, read again."""
        return read_file(self._selection.tree, self.paths[digest][0].path, self._selection.binary)

    def count(self, skeletons: bool = False) -> Counted:
        """Count what the corpus has now, by key or by skeleton."""
        numbers = {name: number for number, name in enumerate(sorted({each.project for each in self.corpus.members}))}
        projects = {
            digest: sorted({numbers[member.project] for member in members})
            for digest, members in self.paths.items()
            if digest in self.segments.blobs
        }
        self.min_projects = self.request.min_projects or min(3, max(1, len(numbers) // 2))
        self.counted = count(
            self.segments,
            projects,
            skeletons or self.request.level == "skeleton",
            self.request.min_files,
            self.min_projects,
            self.tests(),
        )
        return self.counted

    def tests(self) -> frozenset[bytes]:
        """The contents of files of tests, and of others that only try out what is there."""
        is_test, is_trial = self.table.is_test, self.corpus.prefilter.is_trial
        return frozenset(
            digest
            for digest, members in self.paths.items()
            if all(is_test(each.path) or is_trial(each.path) for each in members)
        )

    def family(self, language: str) -> str:
        """Languages of one family have the same keys."""
        table = self.analysis.tables(language)
        return table.family if table is not None else language

    def idioms(self) -> list[Found]:
        """The best idioms, best first."""
        counted = self.counted or self.count()
        request = self.request
        entries = closed(counted)
        self.closed = len(entries)
        most = max(500, min(_MOST_CANDIDATES, request.top * _CANDIDATES_PER_SHOWN))
        if request.kinds or request.like or request.categories:
            most = _MOST_CANDIDATES  # few of them are what is asked for
        made = self._made(candidates(counted, entries, request.by, most, self._holders(counted.digests)))
        return self._ranked([each for each in made if self.wants(each)], request.top)

    def _holders(self, digests: Sequence[bytes]) -> list[int]:
        """The folder that each content is in, as numbers."""
        numbers: dict[str, int] = {}
        return [numbers.setdefault(os.path.dirname(self.paths[each][0].path), len(numbers)) for each in digests]

    def wants(self, made: Made) -> bool:
        """Whether the options ask for such an idiom."""
        request = self.request
        return (
            (not request.kinds or made.form.kind in request.kinds)
            and request.like in made.form.text
            and (not request.categories or not made.categories.keys().isdisjoint(request.categories))
        )

    def question(self) -> str:
        """What the answer depends on: the contents, which project has each, and what is asked of them."""
        digest = blake2b(repr(self.asked()).encode(), digest_size=16)
        for member in self.corpus.members:
            digest.update(f"{member.path}\0{member.project}\0".encode("utf-8", "surrogateescape") + member.digest)
        return digest.hexdigest()

    def _family_named(self, language: str) -> str:
        return self.family(self.table.named(language))

    def _kinds(self, families: frozenset[str]) -> dict[str, object]:
        """The kinds of nodes that the grammars of these families have, or all grammars; none when one is missing."""
        kinds: dict[str, object] = {}
        for name, language in self.table.languages.items():
            grammar = self.analysis.lanes.grammar(language.grammar)
            if grammar is None:
                return {}
            if not families or self.family(name) in families:
                kinds |= dict.fromkeys(grammar.node_kind_for_id(kind) or "" for kind in range(grammar.node_kind_count))
        return kinds

    def rules_of(self, language: str) -> bytes:
        """What the facts of a language depend on beside the content; b"" when it cannot be mined."""
        table = self.analysis.tables(language)
        if table is None:
            return b""
        fallback = self.table.languages[language].fallback
        other = self.analysis.tables(fallback) if fallback else None
        parts = (_FACTS_VERSION, PROBE, self.plan.level, table.digest, other.digest if other else "")
        return blake2b(repr(parts).encode(), digest_size=16).digest()

    def _made(self, found: Sequence[Candidate]) -> list[Made]:
        """The forms of candidates, each from a place in a content that gives many."""
        counted = self.counted
        assert counted is not None
        places = counted.places
        spans = [places.of(candidate.entry) for candidate in found]
        held = [
            np.unique(places.blobs[span.start : min(span.stop, span.start + _CONTENTS_LOOKED_AT)]).tolist()
            for span in spans
        ]
        chosen = cover(held)
        wanted: dict[int, list[int]] = {}
        for number, blob in enumerate(chosen):
            wanted.setdefault(blob, []).append(number)
        made: dict[int, Made] = {}
        for blob, numbers in sorted(wanted.items()):
            digest = counted.digests[blob]
            file = _File.opened(self, digest)
            if file is None:
                continue
            for number in numbers:
                span = spans[number]
                at = span.start + int(np.searchsorted(places.blobs[span], blob))
                node = file.node(*places.span(at), places.kind(at))
                if node is None:
                    continue
                form = file.maker.form(node)
                made[number] = Made(
                    found[number],
                    form,
                    file.path,
                    file.table.language,
                    node.start_byte,
                    node.end_byte,
                    int(places.twins[at]),
                    self.rulebook.of(form, file.table.family, file.modules(form)),
                )
        return [made[number] for number in sorted(made)]

    def forms_at(self, ats: Sequence[int]) -> dict[int, tuple[Form, str]]:
        """The forms of some places of the counts, each with the path of the file; without those that are gone."""
        counted = self.counted
        assert counted is not None
        places = counted.places
        by_blob: dict[int, list[int]] = {}
        for at in dict.fromkeys(ats):
            by_blob.setdefault(int(places.blobs[at]), []).append(at)
        found = {}
        for blob, wanted in sorted(by_blob.items()):
            file = _File.opened(self, counted.digests[blob])
            for at in wanted if file is not None else ():
                node = file.node(*places.span(at), places.kind(at)) if file is not None else None
                if file is not None and node is not None:
                    found[at] = (file.maker.form(node), file.path)
        return found

    def _ranked(self, made: list[Made], top: int) -> list[Found]:
        request = self.request
        weighed = [
            (score(each, surprise), surprise, each) for each, surprise in zip(made, surprises(made), strict=True)
        ]
        if request.by == "score":
            weighed.sort(key=lambda each: -each[0])
        elif request.by == "surprise":
            weighed.sort(key=lambda each: -each[1])
        keys = {each.candidate.entry: each.form.digest(self.family(each.language), request.level)[:12] for each in made}
        groups: list[list[Found]] = []
        by_likeness: dict[tuple[str, object], list[Found]] = {}
        for points, surprise, each in weighed:
            candidate = each.candidate
            if is_trivial(each):
                continue
            inside = candidate.covered >= PART_OF * candidate.occurrences and candidate.parent in keys
            if inside and request.by == "score":
                continue
            part_of = keys[candidate.parent] if inside else ""
            found = Found(each, keys[candidate.entry], points, surprise, part_of, ())
            likenesses = self._likenesses(each)
            group = next((by_likeness[like] for like in likenesses if like in by_likeness), None)
            if group is None:
                group = []
                groups.append(group)
            for like in likenesses:
                by_likeness.setdefault(like, group)
            group.append(found)
        if request.fuzzy:
            groups = self._together(groups, request.fuzzy)
        return [group[0]._replace(variations=tuple(group[1:])) for group in groups[:top]]

    def _together(self, groups: list[list[Found]], percent: int) -> list[list[Found]]:
        """Groups whose first ones are nearly the same as one, in the order of the best."""
        heads = [group[0].made for group in groups]
        signed = [Signed((self.family(each.language), each.form.kind), each.form.signature) for each in heads]
        merged: dict[int, list[Found]] = {}
        for group, leader in zip(groups, leaders(signed, percent), strict=True):
            merged.setdefault(leader, []).extend(group)
        return list(merged.values())

    def _likenesses(self, made: Made) -> tuple[tuple[str, object], ...]:
        """Idioms that share one of these are variations of one another: the skeleton, and the words of one kind."""
        family = self.family(made.language)
        if self.request.level == "skeleton":
            return ((family, made.candidate.entry),)
        return ((family, made.skeleton), (family, (made.form.kind, *made.form.words)))


def is_trivial(made: Made) -> bool:
    """Whether an idiom says too little: almost nothing in it is told."""
    told = Counter(made.form.words)
    return len(told) == 0


class _File:
    """One content, parsed and walked, to make forms from."""

    def __init__(self, path: str, table: Table, root: Node, source: bytes, maker: FormMaker) -> None:
        self.path = path
        self.table = table
        self.source = source
        self.maker = maker
        self._root = root
        self._imported: dict[str, str] | None = None

    @classmethod
    def opened(cls, run: MineRun, digest: bytes) -> "_File | None":
        """The content; None when its file is not there any more."""
        path = run.paths[digest][0].path
        data = run.data_of(digest)
        if isinstance(data, Unread):
            return None
        language = run.segments.blobs[digest].language
        lane = run.analysis.lanes.lane_or_none(language)
        normalizer = run.analysis.normalizer(language)
        table = run.analysis.tables(language)
        if lane is None or normalizer is None or table is None:
            return None
        tree = lane.parse(data)
        source = text_of(tree, data)
        trace = Trace(set(), set())
        normalizer.anchors(tree, source, trace)
        return cls(path, table, tree.root_node, source, FormMaker(table, source, trace, run.form_level))

    def modules(self, form: Form) -> tuple[str, ...]:
        """What the file imports under the words of a form."""
        if self._imported is None:
            self._imported = imported(self._root, self.source, self.table)
        return tuple(self._imported[word] for word in dict.fromkeys(form.words) if word in self._imported)

    def node(self, start: int, end: int, kind: int) -> Node | None:
        """The node with this span and kind."""
        node = self._root.descendant_for_byte_range(start, end)
        # Of several nodes with one span the innermost comes first.
        while node is not None and node.start_byte == start and node.end_byte == end:
            if node.kind_id == kind:
                return node
            node = node.parent
        return None


def _primary(level: str) -> str:
    return "semantic" if level == "skeleton" else level
