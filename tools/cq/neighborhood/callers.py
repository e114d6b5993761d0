"""Where a symbol is used: every place of its names that resolves to it, and what it is there."""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cq.lanes.regions import Region
from cq.lanes.verdict import Verdict
from cq.neighborhood.injected import FIXTURE, Injected
from cq.neighborhood.roles import Roles
from cq.neighborhood.sought import Sought
from cq.neighborhood.sources import Source, Sources, runner
from cq.neighborhood.symbols import Symbols
from cq.rows.neighborhood import Site, Symbol
from cq.rows.resolution import CONFIDENCE_RANK, Confidence, Resolution, Target
from cq.symbols.nearness import apart
from cq.symbols.resolvers import Resolvers

_FEW_NAMES = 4
_MOST_NEAR = 8  # files of definitions that it is measured by how near others are
_LETTER = re.compile(rb"[\w\x80-\xff]")
_WORDS = re.compile(rb"[A-Za-z_\x80-\xff][\w\x80-\xff]*")
_SILENT = frozenset({"comment", "string", "keyword", "text", "unparsed"})


class Use(NamedTuple):
    """One use: who uses it, where, and what stands around."""

    user: Symbol
    site: Site
    verdict: Verdict
    region: Region | None  # of the user
    used: Target  # which of the definitions that were sought


class Uses:
    """Finds the uses of symbols."""

    def __init__(self, resolvers: Resolvers, sources: Sources, symbols: Symbols, room_bytes: int = 0) -> None:
        """`room_bytes` is how much source is looked through for one question, the nearest first; 0: all."""
        self._room_bytes = room_bytes
        self._resolvers = resolvers
        self._sources = sources
        self._symbols = symbols
        self._roles = Roles(resolvers, sources)
        self._injected = Injected(sources)
        self._words: dict[str, frozenset[bytes]] = {}
        self._alone: dict[str, bool] = {}  # names, and whether one thing only is called so

    def of(self, sought: Iterable[Sought], imports: bool = True) -> Iterator[Use]:
        """The uses of definitions of one language, by file and place; with those in imports, or without."""
        wanted: dict[tuple[str, int], Sought] = {}
        for each in sought:
            wanted.setdefault(_key(each.target), each)
        if not wanted:
            return
        project = self._sources.project
        families = {project.table.related(project.table.by_path(each.target.path)) for each in wanted.values()}
        for family in families:
            by_name: dict[str, list[Sought]] = {}
            for each in wanted.values():
                if project.table.by_path(each.target.path) in family:
                    by_name.setdefault(each.target.name, []).append(each)
            for path in self._in_room(self._files_with(set(by_name), family), wanted.values()):
                if self._sources.is_left(path):
                    continue
                self._sources.at_file()
                yield from self._in_file(path, wanted, by_name, imports)

    def cost(self, target: Target) -> int:
        """How much source is looked through for the uses of a definition, in bytes."""
        table = self._sources.project.table
        paths = self._files_with({target.name}, table.related(table.by_path(target.path)))
        return min(sum(map(self._size, paths)), self._room_bytes or sys.maxsize)

    def _in_room(self, paths: Iterable[str], wanted: Iterable[Sought]) -> list[str]:
        """The files that are looked through, in order. By what they hold, so that no answer depends on another."""
        ordered = sorted(paths)
        if not self._room_bytes or sum(map(self._size, ordered)) <= self._room_bytes:
            return ordered
        own = {each.target.path for each in wanted}
        is_test = self._sources.project.table.is_test
        folders = [path.split("/")[:-1] for path in sorted(own)[:_MOST_NEAR]]

        def distance(path: str) -> tuple[bool, bool, int, str]:
            return path not in own, is_test(path), min(apart(path.split("/")[:-1], folder) for folder in folders), path

        kept: list[str] = []
        room = self._room_bytes
        for path in sorted(ordered, key=distance):
            size = self._size(path)
            if size <= room or not kept:
                kept.append(path)
                room -= size
            else:
                self._sources.leave(path)
        return sorted(kept)

    def _size(self, path: str) -> int:
        return len(self._sources.project.read(path) or b"")

    def _files_with(self, names: set[str], family: tuple[str, ...]) -> set[str]:
        project = self._sources.project
        if len(names) <= _FEW_NAMES:
            return {path for name in names for each in family for path in project.files_with(name, each)}
        # The words of each file are taken apart once, rather than looked through for each name.
        words = {name.encode() for name in names}
        found = set()
        for path in (path for each in family for path in project.paths(each)):
            if not words.isdisjoint(self._words_of(path)):
                found.add(path)
        return found

    def _words_of(self, path: str) -> frozenset[bytes]:
        if path not in self._words:
            self._words[path] = frozenset(_WORDS.findall(self._sources.project.read(path) or b""))
        return self._words[path]

    def _in_file(
        self,
        path: str,
        wanted: Mapping[tuple[str, int], Sought],
        by_name: Mapping[str, Sequence[Sought]],
        imports: bool,
    ) -> Iterator[Use]:
        data = self._sources.project.read(path)
        if data is None:
            return
        resolver = self._resolvers.of(self._sources.project.table.by_path(path))
        assert resolver is not None
        if len(by_name) <= _FEW_NAMES:
            there = [name for name in by_name if name.encode() in data]
        else:
            there = [name for word in self._words_of(path) if (name := word.decode("utf-8", "replace")) in by_name]
        names = set(there)
        for name in there:
            for each in by_name[name]:
                names.update(resolver.aliases(path, each.target))
        if not names:
            return
        words = {name.encode() for name in names if name}
        if len(words) <= _FEW_NAMES:
            hits = sorted(span for word in words for span in _spans(data, word))
        else:
            hits = [found.span() for found in _WORDS.finditer(data) if found.group() in words]
        source = self._sources.of(path) if hits else None
        if source is None:
            return
        for hit, verdict in zip(hits, source.verdicts(hits, "all"), strict=True):
            if verdict.role in _SILENT or (path, hit[0]) in wanted:
                continue
            if verdict.role == "import" and (verdict.kind == "alias" or not imports):
                continue  # what it is an alias of stands before it
            answer, found = self._injected.given(source, hit, verdict, by_name)
            if answer is None:
                answer, found = self._matched(path, hit[0], verdict, wanted)
            if answer is not None and found is not None:
                yield self._use(source, hit, verdict, answer, found)

    def _matched(
        self, path: str, at: int, verdict: Verdict, wanted: Mapping[tuple[str, int], Sought]
    ) -> tuple[Resolution | None, Sought | None]:
        answers = self._resolvers.definitions_at(path, at)
        if not answers and verdict.role == "doc-example":
            return self._in_example(path, at, wanted)
        for answer in answers:
            sought = wanted.get(_key(answer.target))
            if sought is not None:
                return answer, sought
        return None, None

    def _in_example(
        self, path: str, at: int, wanted: Mapping[tuple[str, int], Sought]
    ) -> tuple[Resolution | None, Sought | None]:
        """A name in an example of the documentation: what is named so at the top of a module, if one thing is."""
        source = self._sources.of(path)
        assert source is not None
        found = re.compile(rb"\w+").match(source.data, at)
        name = found.group().decode() if found else ""
        for sought in wanted.values():
            if sought.target.name == name and sought.target.kind not in ("method", "field"):
                if name not in self._alone:
                    self._alone[name] = len({_key(each.target) for each in self._resolvers.named(name)}) == 1
                near = sought.target.path == path
                confidence: Confidence = "likely" if near or self._alone[name] else "possible"
                return Resolution(target=sought.target, confidence=confidence, reason="example"), sought
        return None, None

    def _use(self, source: Source, hit: tuple[int, int], verdict: Verdict, answer: Resolution, sought: Sought) -> Use:
        region = runner(verdict, hit[0])
        user = self._symbols.opened_by(source.path, region)
        role, passed_to = self._roles.of(source, hit, verdict, answer.target)
        role = "injected" if answer.reason == FIXTURE else role
        if sought.reason == "instantiation" and role == "passed":
            role = "reference"  # whoever gets the type may make a value of it, or not
        confidence = max(answer.confidence, sought.at_most, key=CONFIDENCE_RANK.__getitem__)
        reason = answer.reason if not sought.reason else f"{sought.reason}, {answer.reason}"
        site = site_of(source, hit, verdict, role, confidence, reason, passed_to)
        return Use(user, site, verdict, region, sought.target)


def site_of(
    source: Source,
    hit: tuple[int, int],
    verdict: Verdict,
    role: str,
    confidence: Confidence,
    reason: str,
    passed_to: str = "",
) -> Site:
    """The site of a use."""
    line, column, begin = source.lines.position(hit[0])
    name = source.text(*hit)
    return Site(
        path=source.path,
        line=line,
        column=column,
        end_column=column + len(name),
        start_byte=hit[0],
        end_byte=hit[1],
        role=role,
        name=name,
        container=source.entry.separator.join(verdict.names),
        text=source.lines.text(begin, *hit)[0].strip(),
        via=verdict.via,
        passed_to=passed_to,
        confidence=confidence,
        reason=reason,
    )


def _spans(data: bytes, word: bytes) -> Iterator[tuple[int, int]]:
    """Where a word stands. A regular expression that looks behind looks at every byte: to find the word is far less."""
    at = data.find(word)
    while at >= 0:
        end = at + len(word)
        if not _LETTER.match(data[at - 1 : at]) and not _LETTER.match(data[end : end + 1]):
            yield at, end
        at = data.find(word, end)


def _key(target: Target) -> tuple[str, int]:
    return (target.path, target.start_byte)
