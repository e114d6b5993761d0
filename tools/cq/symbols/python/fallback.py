"""Definitions by the name of the attribute alone: for receivers of which nothing is known."""

import re
from collections.abc import Iterable

from cq.symbols.nearness import apart
from cq.symbols.project import Project
from cq.symbols.python.names import Found, Names
from cq.symbols.python.values import ClassValue

LANGUAGE = "python"
_MOST_FILES = 300
_MANY_NAMES = 8  # from which on it pays to look through all files for what may define any member
# What may define a member: the name behind `def` or `class`, those of a list that is assigned to, an attribute that is.
# Bounded and possessive: no text takes more than a few thousand steps for each line.
_DEFINED = re.compile(rb"\b(?:def|class)\s+(\w+)|\.(\w+)(?=\s*(?::[^\]]|,[^=\n]{0,2000}+=|=(?!=)))")
_LISTED = re.compile(rb"^[ \t]++([\w,][\w,\s]{0,4000}+)[:=]", re.MULTILINE)
_WORD = re.compile(rb"\w+")
MOST_CANDIDATES = 20


class MemberNames:
    """Which classes of the project have a member of a name."""

    def __init__(self, project: Project, names: Names) -> None:
        self._project = project
        self._names = names
        self._known: dict[str, list[Found]] = {}
        self._defining: dict[bytes, list[str]] | None = None  # name -> files that may define such a member

    def named(self, name: str) -> list[Found]:
        """The members with this name, of every class once, in the order of the files."""
        if name not in self._known:
            self._known[name] = self._searched(name)
        return self._known[name]

    def owner(self, found: Found) -> ClassValue:
        """The class that a member belongs to."""
        module = self._names.module(found.path)
        around = module.class_around(found.scope) if module is not None else 0
        return ClassValue(found.path, around)

    def _searched(self, name: str) -> list[Found]:
        word = re.escape(name.encode())
        # What may define a member; it is cheaper to look here first than to parse.
        kinds = (
            rb"\b(?:def|class)\s+%b\b",
            rb"^[ \t]+(?:[\w, ]*,\s*)?%b\s*(?:,[\w, ]*)?(?::|=(?!=))",
            rb"\.%b\s*(?::[^\]]|,.*=|=(?!=))",
        )
        pattern = re.compile(b"|".join(kind % word for kind in kinds), re.MULTILINE)
        # What any of these begins or ends with, led by the word itself: to look for that first costs less than half.
        likely = re.compile(rb"%b(?:\s*[,:=]|(?<=[fs\s]\s%b))" % (word, word))
        found: list[Found] = []
        files = 0
        for path in self._files_defining(name):
            data = self._project.read(path) or b""
            if not likely.search(data) or not pattern.search(data):
                continue
            files += 1
            module = self._names.module(path) if files <= _MOST_FILES else None
            if module is None:
                continue
            for number, scope in enumerate(module.scopes):
                if scope.kind != "class":
                    continue
                bindings = [each for each in module.names(number).get(name, ()) if each.kind not in ("import", "from")]
                if bindings:
                    found.append(Found(path, number, bindings[0]))
                elif own := module.attributes(number).get(name):
                    found.append(Found(path, own[0].scope, own[0].binding))
        return found

    def _files_defining(self, name: str) -> Iterable[str]:
        """The files that may define a member of a name, and maybe more, in order."""
        if self._defining is None:
            if len(self._known) < _MANY_NAMES:
                return self._project.files_with(name, LANGUAGE)
            self._defining = {}
            for path in self._project.paths(LANGUAGE):
                for word in _may_define(self._project.read(path) or b""):
                    self._defining.setdefault(word, []).append(path)
        return self._defining.get(name.encode("utf-8", "surrogateescape"), ())


def _may_define(data: bytes) -> set[bytes]:
    words = {one or other for one, other in _DEFINED.findall(data)}
    for names in _LISTED.findall(data):
        words.update(_WORD.findall(names))
    return words


def nearest_first(found: list[Found], path: str) -> list[Found]:
    """The candidates that stand near a file first; stable."""

    def distance(each: Found) -> int:
        if each.path == path:
            return -1
        return apart(path.split("/"), each.path.split("/"))

    return sorted(found, key=distance)
