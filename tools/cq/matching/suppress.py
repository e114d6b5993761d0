"""Comments that silence rules: `ast-grep-ignore`, or `ast-grep-ignore: id, id`, for their line or the one below."""

import re

from ast_grep_py import SgNode

MARK = b"ast-grep-ignore"
_SAID = re.compile(r"ast-grep-ignore(?::([^\n]*))?")


class Silenced:
    """Which rules are silent on which lines of one file."""

    def __init__(self, root: SgNode, text: str) -> None:
        self._lines: dict[int, frozenset[str] | None] = {}  # None: every rule
        self._whole: frozenset[str] | None = frozenset()
        lines = text.split("\n")
        for node in root.find_all(regex="ast-grep-ignore"):
            if "comment" not in node.kind():
                continue
            found = _SAID.search(node.text())
            if found is None:
                continue
            ids = frozenset(re.findall(r"[\w./@-]+", found[1])) if found[1] is not None else None
            at = node.range().start
            alone = not lines[at.line][: at.column].strip()
            if alone and at.line == 0 and len(lines) > 1 and not lines[1].strip():
                self._whole = ids
            self._lines[at.line + alone] = ids

    def is_silent(self, rule: str, line: int) -> bool:
        """Whether a rule says nothing of what begins on a line, counted from 0."""
        said = (self._whole, self._lines.get(line, frozenset()))
        return any(ids is None or rule in ids for ids in said)
