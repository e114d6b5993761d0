"""Definitions that nothing refers to: `cq search --unused`."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from cq.index.walk import list_files
from cq.lanes.definitions import Definition, definitions_of
from cq.lanes.lanes import Lanes
from cq.lanes.table import LanguageEntry
from cq.rows.facts import Facts
from cq.scan.results import Unread
from cq.search.analysis import SearchAnalysis
from cq.search.names import NameQuery
from cq.search.plan import FileFound, SearchPlan
from cq.search.run import SearchRun
from cq.settings import PARSE_LIMIT_BYTES
from cq.symbols.resolvers import Resolvers, can_resolve

# What may be called unused. A variable that is only assigned is for linters to find.
_JUDGED = frozenset((
    "function", "method", "class", "struct", "enum", "union", "trait", "type", "type-alias", "constant", "static",
    "macro", "property",
))  # fmt: skip
# Bases from outside that call nothing.
_HARMLESS_NAMES = frozenset((
    "builtins.object", "typing.Generic", "typing.Protocol", "enum.Enum", "builtins.Exception", "abc.ABC",
))  # fmt: skip
_HARMLESS = ("", -1)
_ClassKey = tuple[str, int]  # path, and where the name stands in its definition
_LAST_NAME = re.compile(rb"[\w\x80-\xff]+(?=\W*\Z)")


class _Definition(NamedTuple):
    """One definition that may be unused."""

    path: str
    start_byte: int
    end_byte: int
    span: tuple[int, int]  # of all of it
    name: str
    owner: _ClassKey | None  # the class that a method stands in


class UnusedRun(SearchRun):
    """A search for definitions without a reference. A definition that something else may use is kept, and counted.

    Nothing is certain here: a name may be used from outside, or be put together at run time. So a definition is kept
    when its name stands in a string on its own, when it is decorated, a test, public where that means a promise, a
    method of a type with bases or of a trait, or when any name may refer to it, however unsure that is.
    """

    def files(self) -> Iterator[FileFound]:
        """The unused definitions of each file, in the order of the paths."""
        listing = list_files(self.request.selection)
        self.unread.extend(Unread(each.path, each.reason, each.detail) for each in listing.problems)
        self._cost.files_listed = len(listing.files)
        resolvers = self.resolvers()
        # What may refer to several definitions keeps them all: to find out to which would only be a guess.
        resolvers.guess(False)
        lanes = Lanes(self.table)
        kept: dict[str, int] = defaultdict(int)
        open_by_name: dict[str, list[_Definition]] = defaultdict(list)
        paths = [path for path in listing.files if self._is_judged(self.table.by_path(path))]
        self.files_searched = len(paths)
        self.files_to_analyse = len(paths)
        heirs = _Heirs(resolvers)
        named_in_strings = _quoted_names(resolvers)
        for path in paths:
            heirs.open(path)
            for definition, entry, facts in _definitions(resolvers, lanes, path):
                if definition.verdict.kind not in _JUDGED:
                    continue
                heirs.note(definition, facts)
                if self.request.kinds and definition.verdict.kind not in self.request.kinds:
                    continue
                reason = _kept(definition, entry, facts, self.table.is_test(path))
                if not reason and definition.name in named_in_strings:
                    reason = "named in a string"
                if reason:
                    kept[reason] += 1
                    continue
                start, end = definition.name_span
                owner = heirs.owner(definition) if definition.verdict.scope_kind == "class" else None
                each = _Definition(path, start, end, definition.span, definition.name, owner)
                open_by_name[definition.name].append(each)
        for definitions in open_by_name.values():
            for each in tuple(definitions):
                if heirs.may_override(each):
                    definitions.remove(each)
                    kept["may override"] += 1
        unused: dict[str, list[_Definition]] = defaultdict(list)
        for name, definitions in open_by_name.items():
            if not definitions:
                continue
            left = _unreferenced(resolvers, name, definitions, self.table.by_path(definitions[0].path))
            kept["used"] += len(definitions) - len(left)
            if left and self._is_named_in_code(name, left, resolvers):
                kept["named where names are not resolved"] += len(left)
                continue
            for each in left:
                unused[each.path].append(each)
        for path in paths:
            if path in unused:
                found = self._unused(path, unused[path], resolvers)
                self._count(found)
                yield found
        for reason, count in kept.items():
            self.withheld[reason] = self.withheld.get(reason, 0) + count
            self.hits += count
            self.roles["definition"] = self.roles.get("definition", 0) + count

    def is_test(self, path: str) -> bool:
        """Whether a file belongs to the tests."""
        return self.table.is_test(path)

    def _is_judged(self, language: str) -> bool:
        return can_resolve(language) and self.request.wants(language)

    def _is_named_in_code(self, name: str, definitions: Sequence[_Definition], resolvers: Resolvers) -> bool:
        """Whether the name stands in code that resolution says nothing of: in the body of a macro, say."""
        project = resolvers.project
        plan = SearchPlan(query=NameQuery(names=(name,)), folders=self.request.folders, facts=False)
        analysis = SearchAnalysis(plan)
        own = {(each.path, each.start_byte) for each in definitions}
        for path in project.files_with(name, project.table.by_path(definitions[0].path)):
            for _, row in analysis.run(path, project.read(path) or b"").rows:
                start = msgspec.json.decode(row, type=_Place).start_byte
                if (path, start) not in own and not resolvers.definitions_at(path, start):
                    return True
        return False

    def _unused(self, path: str, definitions: Sequence[_Definition], resolvers: Resolvers) -> FileFound:
        request = self.request
        plan = SearchPlan(
            query=NameQuery(names=tuple(sorted({each.name for each in definitions}))),
            folders=request.folders,
            roles=frozenset(("definition",)),
            injected=False,
            facts=request.facts,
            detail=request.detail,
            before=request.before,
            after=request.after,
        )
        found = SearchAnalysis(plan).run(path, resolvers.project.read(path) or b"")
        starts = {each.start_byte for each in definitions}
        rows = tuple(row for row in found.rows if msgspec.json.decode(row[1], type=_Place).start_byte in starts)
        return msgspec.structs.replace(
            found, rows=rows, lines=len(rows), hits=len(rows), roles={"definition": len(rows)}, withheld={}
        )


class _Place(msgspec.Struct):
    start_byte: int


class _Heirs:
    """The classes of the project and their bases, and which methods may be called through one of these."""

    def __init__(self, resolvers: Resolvers) -> None:
        self._resolvers = resolvers
        self._path = ""
        self._here: list[tuple[tuple[int, int], _ClassKey]] = []  # the classes of the file at hand, with their spans
        self._bases: dict[_ClassKey, tuple[_ClassKey | None, ...]] = {}  # None: from outside

    def open(self, path: str) -> None:
        """The definitions that come next are of this file, in the order of its text."""
        self._path = path
        self._here = []

    def note(self, definition: Definition, facts: Facts) -> None:
        """Remember a class."""
        if definition.verdict.kind == "class":
            key = (self._path, definition.name_span[0])
            self._here.append((definition.span, key))
            found = (self._base(span) for span in facts.spans.get("bases", ()))
            self._bases[key] = tuple(base for base in found if base != _HARMLESS)

    def owner(self, definition: Definition) -> _ClassKey | None:
        """The innermost class around a definition."""
        for span, key in reversed(self._here):
            if span[0] <= definition.span[0] and definition.span[1] <= span[1]:
                return key
        return None

    def may_override(self, method: _Definition) -> bool:
        """Whether a base may have a method of this name: one from outside, or one of the project that has it."""
        if method.owner is None:
            return False
        seen, waiting = {method.owner}, list(self._bases.get(method.owner, ()))
        inherits = bool(waiting)
        while waiting:
            base = waiting.pop()
            if base is None:
                return True
            if base not in seen:
                seen.add(base)
                waiting.extend(self._bases.get(base, ()))
        return inherits and len(self._resolvers.named(method.name)) > 1

    def _base(self, span: tuple[int, int]) -> _ClassKey | None:
        data = self._resolvers.project.read(self._path) or b""
        last = _LAST_NAME.search(data[span[0] : span[1]].split(b"[", 1)[0])
        found = self._resolvers.definitions_at(self._path, span[0] + last.start()) if last is not None else ()
        if not found:
            return None
        target = found[0].target
        if target.path:
            return (target.path, target.start_byte)
        return _HARMLESS if target.qualified_name in _HARMLESS_NAMES else None


def _definitions(resolvers: Resolvers, lanes: Lanes, path: str) -> Iterator[tuple[Definition, LanguageEntry, Facts]]:
    data = resolvers.project.read(path)
    if data is None or len(data) > PARSE_LIMIT_BYTES:
        return
    language = resolvers.project.table.by_path(path)
    lane, reader = lanes.lane(language), lanes.facts(language)
    for definition in definitions_of(lane, data, lane.parse(data).root_node):
        yield definition, lane.entry, reader.facts(data, definition.node)


def _kept(definition: Definition, entry: LanguageEntry, facts: Facts, is_test: bool) -> str:
    """Why a definition that nothing refers to is no finding, or ""."""
    verdict = definition.verdict
    if any(re.fullmatch(pattern, definition.name) for pattern in entry.called_by_others):
        return "called by others"
    if is_test and any(re.fullmatch(pattern, definition.name) for pattern in entry.test_names):
        return "a test"
    plain = {word.lstrip("@#[").rstrip("]").split("(")[0] for word in facts.decorators} - set(entry.plain_decorators)
    if plain:
        return "decorated"
    if facts.visibility in entry.public:
        return "public"
    if facts.implements is not None and facts.implements.trait:
        return "part of a trait"
    if verdict.scope_kind == "trait":
        return "part of a trait"
    return ""


def _quoted_names(resolvers: Resolvers) -> frozenset[str]:
    """Names that stand alone in quotes anywhere: for getattr, `__all__`, settings, entry points."""
    found: set[bytes] = set()
    project = resolvers.project
    for path in project.every_path():
        data = project.read(path)
        if data is not None:
            found.update(re.findall(rb"""["'](?:[\w.]+[.:])?([A-Za-z_]\w*)["']""", data))
    return frozenset(name.decode() for name in found)


def _unreferenced(
    resolvers: Resolvers, name: str, definitions: Sequence[_Definition], language: str
) -> list[_Definition]:
    """Those of the definitions of one name that no name refers to, but for themselves and what stands in them."""
    project = resolvers.project
    left = {(each.path, each.start_byte): each for each in definitions}
    word = re.compile(rb"(?<![\w\x80-\xff])" + re.escape(name.encode()) + rb"(?![\w\x80-\xff])")
    for path in project.files_with(name, language):
        data = project.read(path) or b""
        for found in word.finditer(data):
            answers = resolvers.definitions_at(path, found.start())
            if answers and answers[0].reason == "name-only":
                # It may be any member of this name, of which not all are listed when they are many.
                left = {place: each for place, each in left.items() if each.owner is None}
            for each in answers:
                place = (each.target.path, each.target.start_byte)
                definition = left.get(place)
                if definition is None:
                    continue
                if path == definition.path and definition.span[0] <= found.start() < definition.span[1]:
                    continue  # its own name, or recursion
                del left[place]
            if not left:
                return []
    return list(left.values())
