"""What one file gives to the map: the definitions in it that others can see, and the words that may refer to some."""

import re
from collections import Counter

import msgspec

from cq.lanes.definitions import definitions_of
from cq.lanes.lanes import Lanes
from cq.lanes.table import lane_table
from cq.settings import PARSE_LIMIT_BYTES

# A word with what tells how it is used: a dot or a colon before it, a bracket behind it.
_WORD = re.compile(rb"([.:]?)\b([A-Za-z_\x80-\xff][\w\x80-\xff]{2,})(\(?)")
# Kinds that say little of what a repository is made of, or that a definition shown says already.
_MINOR = frozenset(
    {"variable", "constant", "static", "field", "variant", "module", "parameter", "import", "package", "attribute"}
)


class OverviewPlan(msgspec.Struct, frozen=True):
    """All that a worker needs to know."""

    folders: tuple[str, ...]
    signatures: bool = False  # with signatures, and without words


class Weighed(msgspec.Struct, frozen=True, array_like=True):
    """A definition that may be shown."""

    name: str
    qualified_name: str
    kind: str
    line: int
    column: int
    end_line: int
    signature: str = ""


class FileOverview(msgspec.Struct, frozen=True):
    """One file."""

    path: str
    definitions: tuple[Weighed, ...]
    words: dict[str, int]  # how often each word stands in it; with a dot before it, it is a member of something
    problem: str = ""  # why it was not looked at


class OverviewAnalysis:
    """Looks at single files. Owns the lanes: made once per process."""

    def __init__(self, plan: OverviewPlan) -> None:
        self._plan = plan
        self._table = lane_table(plan.folders)
        self._lanes = Lanes(self._table)

    def run(self, path: str, data: bytes) -> FileOverview:
        """The definitions and the words of one file."""
        language = self._table.by_content(path, data)
        if not language:
            return FileOverview(path, (), {})
        if len(data) > PARSE_LIMIT_BYTES:
            return FileOverview(path, (), {}, "too-large-to-parse")
        parsed = self._lanes.parsed(language, data)
        if parsed is None:
            return FileOverview(path, (), {})
        # Another one than the extension says where that fits the file better: `.h` is of two languages.
        lane, tree = parsed
        facts = self._lanes.facts(lane.name) if self._plan.signatures else None
        separator = lane.entry.separator
        definitions = []
        root = tree.root_node
        for each in definitions_of(lane, data, root):
            if each.verdict.kind in _MINOR or each.verdict.scope_kind == "function":
                continue
            signature = facts.head(data, each.node, root).signature if facts is not None else ""
            place = (each.line, each.column, each.end_line)
            definitions.append(Weighed(each.name, each.qualified_name(separator), each.verdict.kind, *place, signature))
        return FileOverview(path, tuple(definitions), _words(data) if facts is None else {})


def _words(data: bytes) -> dict[str, int]:
    """The words that may be names. One of lower-case letters only is prose, or another name, unless it is called."""
    found: Counter[str] = Counter()
    for (before, word, behind), count in Counter(_WORD.findall(data)).items():
        if behind or b"_" in word.strip(b"_") or not word.islower():
            found[("." if before else "") + word.decode("utf-8", "replace")] += count
    return found
