"""Definitions as targets: names, qualified names and places."""

import bisect

from cq.rows.resolution import Target
from cq.symbols.project import Project
from cq.symbols.rust.model import Def
from cq.symbols.rust.scopes import Binding
from cq.symbols.rust.types import ListType, PathType, type_of_text

_MOST_PARTS = 64


class Targets:
    """Makes targets, with lines and columns of their files."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._made: dict[Def, Target] = {}
        self._lines: dict[str, tuple[bytes, list[int]]] = {}

    def of(self, definition: Def) -> Target:
        """The target of a definition."""
        made = self._made.get(definition)
        if made is None:
            made = self._made[definition] = self._of(definition)
        return made

    def _of(self, definition: Def) -> Target:
        name, kind = definition.name, definition.kind
        qualified = qualified_name(definition)
        if definition.is_external:
            return Target(name=name, qualified_name=qualified, kind="" if kind == "external" else kind)
        if kind == "module" and definition.start < 0:
            # One that is a file stands at the file's beginning.
            return Target(name=name, qualified_name=qualified, kind=kind, path=definition.path, line=1, column=1)
        place = self.place(definition.path, definition.start, definition.end)
        return place_target(name, qualified, kind, definition.path, place)

    def local(self, binding: Binding) -> Target:
        """The target of a local name."""
        node, file = binding.node, binding.scope.file
        owner = binding.scope.context.owner or binding.scope.context.scope
        kind = "parameter" if binding.is_parameter else "variable"
        place = self.place(file.path, node.start_byte, node.end_byte)
        name = f"{qualified_name(owner)}::{binding.name}"
        return place_target(binding.name, name, kind, file.path, place, local=True)

    def place(self, path: str, start: int, end: int) -> tuple[int, int, int, int]:
        """Line, column in code points, and the bytes of a span."""
        known = self._lines.get(path)
        if known is None:
            data = self._project.read(path) or b""
            starts = [0]
            at = data.find(b"\n")
            while at >= 0:
                starts.append(at + 1)
                at = data.find(b"\n", at + 1)
            known = self._lines[path] = (data, starts)
        data, starts = known
        line = bisect.bisect_right(starts, start)
        before = data[starts[line - 1] : start].decode("utf-8", "surrogateescape")
        if line == 1:
            before = before.removeprefix("\ufeff")
        return line, len(before) + 1, start, end


def place_target(
    name: str, qualified: str, kind: str, path: str, place: tuple[int, int, int, int], *, local: bool = False
) -> Target:
    """A target at a place."""
    line, column, start, end = place
    return Target(
        name=name,
        qualified_name=qualified,
        kind=kind,
        path=path,
        line=line,
        column=column,
        start_byte=start,
        end_byte=end,
        local=local,
    )


def qualified_name(definition: Def) -> str:
    """`crate::module::Type::method`."""
    parts: list[str] = []
    at: Def | None = definition
    for _ in range(_MOST_PARTS):
        if at is None:
            break
        if at.kind == "impl":
            parts.append(type_name(at.item.type))
        elif at.name:
            parts.append(at.name)
        at = at.parent
    return "::".join(reversed(parts))


def type_name(text: str) -> str:
    """The last name of a type as written."""
    parsed = type_of_text(text)
    for _ in range(8):
        if isinstance(parsed, PathType):
            return parsed.segments[-1].name if parsed.segments else ""
        if isinstance(parsed, ListType) and parsed.arguments:
            parsed = parsed.arguments[0]
        else:
            break
    return parsed.kind if isinstance(parsed, ListType) else ""
