"""Resolvers to compare with: all definitions of the same name, and jedi."""

import os
import sys
from collections import defaultdict
from collections.abc import Iterable

from resolution_rows import Row

from cq.rows.resolution import Resolution, Target

_LOCAL_KINDS = ("variable", "parameter", "type-parameter")


class ByName:
    """Every name refers to all definitions of that name (those of the truth), locals apart."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._names: dict[tuple[str, int], str] = {}
        self._targets: dict[str, list[Target]] = defaultdict(list)
        for row in rows:
            self._names[row.path, row.start] = row.name
            if row.is_definition and row.kind not in _LOCAL_KINDS:
                target = Target(
                    name=row.name, qualified_name=row.name, kind=row.kind, path=row.path, start_byte=row.start
                )
                self._targets[row.name].append(target)

    def definitions_at(self, path: str, start_byte: int) -> tuple[Resolution, ...]:
        """All definitions of the name."""
        targets = self._targets.get(self._names[path, start_byte], [])
        return tuple(Resolution(target=each, confidence="likely", reason="name-only") for each in targets)

    def named(self, qualified_name: str) -> tuple[Target, ...]:
        """All definitions of the name."""
        return tuple(self._targets.get(qualified_name, ()))


class ByJedi:
    """What jedi's `goto` says, imports followed. Needs jedi, which cq does not depend on."""

    def __init__(self, root: str) -> None:
        import jedi

        self._root = os.path.realpath(root)
        self._jedi = jedi
        tops = [os.path.join(self._root, each) for each in ("src", "lib", "")]
        self._project = jedi.Project(self._root, sys_path=[*tops, *sys.path])  # the sources before what is installed
        self._script: tuple[str, object] = ("", None)
        self._data: dict[str, bytes] = {}

    def definitions_at(self, path: str, start_byte: int) -> tuple[Resolution, ...]:
        """Where jedi goes from this place; nothing when it fails."""
        data = self._bytes(path)
        line = data.count(b"\n", 0, start_byte) + 1
        column = len(data[data.rfind(b"\n", 0, start_byte) + 1 : start_byte].decode("utf-8", "replace"))
        if self._script[0] != path:
            text = data.decode("utf-8", "replace")
            script = self._jedi.Script(text, path=os.path.join(self._root, path), project=self._project)
            self._script = (path, script)
        try:
            names = self._script[1].goto(line, column, follow_imports=True)  # type: ignore[attr-defined]
        except (RecursionError, AttributeError, ValueError, TypeError, KeyError, OSError):
            return ()  # jedi's own failures
        found = (self._target(each) for each in names)
        return tuple(Resolution(target=each, confidence="likely", reason="jedi") for each in found if each)

    def named(self, qualified_name: str) -> tuple[Target, ...]:
        """Not asked of jedi."""
        return ()

    def _bytes(self, path: str) -> bytes:
        if path not in self._data:
            with open(os.path.join(self._root, path), "rb") as file:
                self._data[path] = file.read()
        return self._data[path]

    def _target(self, name) -> Target | None:  # type: ignore[no-untyped-def]  # jedi.api.classes.Name
        path = str(name.module_path or "")
        if not path.startswith(self._root + os.sep):
            return Target(name=name.name, qualified_name=name.full_name or name.module_name or "")
        inner = os.path.relpath(path, self._root)
        if name.type == "module":
            return Target(name=name.name, qualified_name=name.full_name or "", kind="module", path=inner)
        if name.line is None:
            return None
        lines = self._bytes(inner).split(b"\n")
        before = lines[name.line - 1].decode("utf-8", "replace")[: name.column]
        start = sum(len(line) + 1 for line in lines[: name.line - 1]) + len(before.encode())
        return Target(name=name.name, qualified_name=name.full_name or "", path=inner, start_byte=start)
