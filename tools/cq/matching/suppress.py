"""Comments that silence rules: `ast-grep-ignore`, or `ast-grep-ignore: id, id`, for their line or the one below."""

import re

from ast_grep_py import SgNode

from cq.matching.positions import SourceText
from cq.rules.astgrep import span_of

MARK = b"ast-grep-ignore"
_SAID = re.compile(r"ast-grep-ignore(?::([^\n]*))?")


class Silenced:
    """Which rules are silent on which lines of one file."""

    def __init__(self, root: SgNode, source: SourceText) -> None:
        self._lines: dict[int, frozenset[str] | None] = {}  # None: every rule
        self._whole: frozenset[str] | None = frozenset()
        text = source.text
        for node in root.find_all(regex="ast-grep-ignore"):
            if "comment" not in node.kind():
                continue
            start, end = span_of(node)
            found = _SAID.search(text, start, end)
            if found is None:
                continue
            ids = frozenset(re.findall(r"[\w./@-]+", found[1])) if found[1] is not None else None
            line = source.position(start).line
            alone = not text[text.rfind("\n", 0, start) + 1 : start].strip()
            # In the first line, with an empty one below: for the whole file.
            below = text.find("\n", end) + 1
            if alone and line == 1 and below and not text[below : (text + "\n").find("\n", below)].strip():
                self._whole = ids
            self._lines[line + alone] = ids

    def is_silent(self, rule: str, line: int) -> bool:
        """Whether a rule says nothing of what begins on a line, counted from 1."""
        said = (self._whole, self._lines.get(line, frozenset()))
        return any(ids is None or rule in ids for ids in said)
