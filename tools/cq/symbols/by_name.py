"""Answers by names alone, for a language that has no resolver of its own: what is called the same may be meant.

A name refers to the definitions of that name; behind a dot to members, else to what stands at the top of a file: of its
own file, else of others, unless the file gives the name to a parameter or variable and imports nothing that is called
so. Where a language calls members without a receiver (`bare_members`), those of the scopes around the name come first,
and members of others, which may be inherited, last. Nothing of this is sure, and every answer says so, but for a
definition's own name.
"""

import re
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tree_sitter import Tree

from cq.lanes.definitions import definitions_of
from cq.lanes.lane import Lane
from cq.lanes.lanes import Lanes
from cq.lanes.verdict import Verdict
from cq.rows.resolution import Resolution, Target
from cq.settings import PARSE_LIMIT_BYTES
from cq.symbols.project import Project
from cq.symbols.resolver import CallPlace

_WORD = re.compile(rb"[$A-Za-z_\x80-\xff][$\w\x80-\xff]*")
_PARTS = re.compile(r"\.|::|#")
_MOST_ANSWERS = 20  # what more definitions are called tells nothing
_KEPT_TREES = 32
_BINDS = frozenset({"parameter", "assignment"})


class _Same(NamedTuple):
    """The definitions of one name in one file."""

    by_start: dict[int, Target]
    local: list[Target]  # of functions
    plain: list[Target]  # what is no member of anything, and not local
    members: list[Target]


_NONE = _Same({}, [], [], [])


class NameResolver:
    """Answers about one language of a project."""

    follows_values = False

    def __init__(self, project: Project, language: str) -> None:
        self._project = project
        self._language = language
        self._lanes = Lanes(project.table)
        self._lane = self._lanes.lane(language)
        self._related = project.table.related(language)  # files of these use one another's names
        self._files: dict[str, dict[str, _Same]] = {}
        self._trees: OrderedDict[str, tuple[Lane, Tree]] = OrderedDict()
        self._judged: dict[tuple[str, bytes], dict[int, Verdict]] = {}
        self._anywhere: dict[tuple[str, bool], tuple[Resolution, ...]] = {}

    def definitions_at(self, path: str, start_byte: int) -> tuple[Resolution, ...]:
        """The definition that begins there, or those that are called the same, as far as they may be meant."""
        data = self._project.read(path)
        found = _WORD.match(data, start_byte) if data is not None else None
        if data is None or found is None or self._project.table.by_path(path) != self._language:
            return ()
        if len(data) > PARSE_LIMIT_BYTES:
            return ()
        name = found.group().decode("utf-8", "replace")
        own = self._in_file(path).get(name, _NONE)
        if start_byte in own.by_start:
            return (Resolution(target=own.by_start[start_byte], confidence="certain", reason="definition"),)
        if data[max(0, start_byte - 2) : start_byte].endswith((b".", b"::", b"->")):
            return self._in_all(name, True)
        has_bare = self._parsed(path, data)[0].entry.bare_members
        verdict = self._verdicts(path, data, found.group()).get(start_byte) if has_bare else None
        beside = self._beside(path, data, found.group(), verdict, own)
        if beside or own.local or own.plain:
            return _possible((*beside, *own.local) if beside else own.local or own.plain)
        if self._is_own(path, data, found.group()):
            return ()
        anywhere = self._in_all(name, False)
        if not anywhere and verdict is not None and verdict.role == "call" and len(verdict.names) > 1:
            return self._in_all(name, True)  # it may be inherited
        return anywhere

    def named(self, qualified_name: str) -> tuple[Target, ...]:
        """The definitions that a name may mean, by its last parts."""
        parts = [part for part in _PARTS.split(qualified_name) if part]
        if not parts:
            return ()
        return tuple(
            target
            for same in self._all(parts[-1])
            for target in same.by_start.values()
            if not target.local and _PARTS.split(target.qualified_name)[-len(parts) :] == parts
        )

    def aliases(self, path: str, target: Target) -> Iterable[str]:
        """None that are known."""
        return ()

    def calls_in(self, path: str, start_byte: int, end_byte: int) -> list[CallPlace]:
        """None: values are not followed."""
        return []

    def callees_at(self, path: str, start_byte: int, end_byte: int, implicit: str = "") -> tuple[Resolution, ...]:
        """None: values are not followed."""
        return ()

    def _beside(self, path: str, data: bytes, word: bytes, verdict: Verdict | None, own: _Same) -> tuple[Target, ...]:
        """The members of the scopes around a name without a receiver, of its own file if it has such."""
        if verdict is None or verdict.role not in ("call", "reference"):
            return ()
        if verdict.role == "reference" and self._is_own(path, data, word):
            return ()
        separator = self._parsed(path, data)[0].entry.separator
        name = word.decode("utf-8", "replace")
        # A constructor is called by the name of its type, which is what is meant.
        scopes = [names for end in range(len(verdict.names), 0, -1) if (names := verdict.names[:end])[-1] != name]
        asked = {separator.join((*names, name)) for names in scopes}
        if not asked:
            return ()
        found = tuple(target for target in own.members if target.qualified_name in asked)
        if found or own.local or own.plain:
            return found
        # What is declared in one file may be defined in another.
        return tuple(target for same in self._all(name) for target in same.members if target.qualified_name in asked)

    def _is_own(self, path: str, data: bytes, word: bytes) -> bool:
        """Whether a file gives the name to something of its own, rather than to what it imports."""
        roles = {each.role for each in self._verdicts(path, data, word).values()}
        return "import" not in roles and not roles.isdisjoint(_BINDS)

    def _verdicts(self, path: str, data: bytes, word: bytes) -> dict[int, Verdict]:
        """What a name is at each of its places in a file."""
        key = (path, word)
        if key not in self._judged:
            whole = re.compile(rb"(?<![$\w\x80-\xff])" + re.escape(word) + rb"(?![$\w\x80-\xff])")
            hits = [found.span() for found in whole.finditer(data)]
            lane, tree = self._parsed(path, data)
            verdicts = lane.classify(data, tree.root_node, hits)
            # Nodes and scopes are not kept: they hold on to their trees.
            self._judged[key] = {
                hit[0]: verdict._replace(node=None, regions=()) for hit, verdict in zip(hits, verdicts, strict=True)
            }
        return self._judged[key]

    def _parsed(self, path: str, data: bytes) -> tuple[Lane, Tree]:
        """A file's tree, and the lane that fits it best."""
        if path not in self._trees:
            parsed = self._lanes.parsed(self._project.table.by_path(path) or self._language, data)
            self._trees[path] = parsed or (self._lane, self._lane.parse(data))
            if len(self._trees) > _KEPT_TREES:
                self._trees.popitem(last=False)
        return self._trees[path]

    def _in_all(self, name: str, dotted: bool) -> tuple[Resolution, ...]:
        """What a name may mean that its own file does not tell."""
        key = (name, dotted)
        if key not in self._anywhere:
            known = self._all(name)
            targets = [target for same in known for target in (same.members if dotted else same.plain)]
            if dotted and not targets:
                # `shelf.add` may be a function of a module that was imported whole.
                targets = [target for same in known for target in same.plain]
            self._anywhere[key] = _possible(targets)
        return self._anywhere[key]

    def _all(self, name: str) -> list[_Same]:
        """By file."""
        return [
            self._in_file(path)[name]
            for language in self._related
            for path in self._project.files_with(name, language)
            if name in self._in_file(path)
        ]

    def _in_file(self, path: str) -> dict[str, _Same]:
        if path not in self._files:
            found: dict[str, _Same] = {}
            data = self._project.read(path)
            if data is not None and len(data) <= PARSE_LIMIT_BYTES:
                lane, tree = self._parsed(path, data)
                separator = lane.entry.separator
                for each in definitions_of(lane, data, tree.root_node):
                    target = Target(
                        name=each.name,
                        qualified_name=each.qualified_name(separator),
                        kind=each.verdict.kind,
                        path=path,
                        line=each.line,
                        column=each.column,
                        start_byte=each.name_span[0],
                        end_byte=each.name_span[1],
                        local=each.verdict.scope_kind == "function",
                    )
                    same = found.setdefault(each.name, _Same({}, [], [], []))
                    same.by_start[target.start_byte] = target
                    kept = same.members if each.verdict.names else same.plain
                    (same.local if target.local else kept).append(target)
            self._files[path] = found
        return self._files[path]


def _possible(targets: Sequence[Target]) -> tuple[Resolution, ...]:
    if len(targets) > _MOST_ANSWERS:
        return ()
    return tuple(Resolution(target=target, confidence="possible", reason="name-only") for target in targets)
