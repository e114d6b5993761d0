"""Is a place in a string or comment part of an example in the documentation?"""

import re

from cq.lanes.table import LanguageEntry


class DocExamples:
    """The rules of one language: prompts (`>>>`) and fenced blocks in docstrings or documentation comments."""

    def __init__(self, entry: LanguageEntry) -> None:
        self._prompt = _line_start(entry.doc_prompts)
        self._fence = _line_start(entry.doc_fences)
        self._comment = _line_start(tuple(filter(None, (entry.doc_comment, entry.inner_doc_comment))))
        self._tags = re.compile("|".join(entry.doc_tags) if entry.doc_tags else r"(?!)")
        self._known_for = (0, 0, 0)
        self._known: list[tuple[int, int, bool]] = []

    def is_example(self, data: bytes, region: tuple[int, int], hit_start: int) -> bool:
        """Whether the byte at `hit_start`, in a string or comment with this span, is code of an example."""
        line_start = data.rfind(b"\n", 0, hit_start) + 1
        if self._prompt is not None and self._prompt.match(data, line_start, hit_start):
            return True
        if self._fence is None:
            return False
        opened = ours = False
        for start, end, tags_are_ours in self._fences_in(data, region):
            if start > line_start:
                break
            if end > line_start:
                return False  # the line is the fence itself
            opened = not opened
            ours = tags_are_ours
        return opened and ours

    def _fences_in(self, data: bytes, region: tuple[int, int]) -> list[tuple[int, int, bool]]:
        """Start and end of each fence line of a region, and whether its tag says this language."""
        assert self._fence is not None
        start, end = region
        if self._comment is not None:
            start = self._block_start(data, start)
        # Many hits may stand in one long docstring: its fences are looked for once.
        if self._known_for != (id(data), start, end):
            self._known_for = (id(data), start, end)
            self._known = []
            for fence in self._fence.finditer(data, start, end):
                stop = data.find(b"\n", fence.end())
                stop = len(data) if stop < 0 else stop
                tags = data[fence.end() : stop].decode("utf-8", "replace").strip("`~ \t\r")
                ours = all(map(self._tags.fullmatch, re.split(r"[,\s]+", tags)))
                self._known.append((fence.start(), stop, ours))
        return self._known

    def _block_start(self, data: bytes, start: int) -> int:
        """Where the run of documentation comments begins that the one at `start` belongs to."""
        assert self._comment is not None
        begin = data.rfind(b"\n", 0, start) + 1
        if not self._comment.match(data, begin):
            return start
        while begin > 0:
            previous = data.rfind(b"\n", 0, begin - 1) + 1
            if not self._comment.match(data, previous):
                break
            begin = previous
        return begin


def _line_start(alternatives: tuple[str, ...]) -> re.Pattern[bytes] | None:
    if not alternatives:
        return None
    return re.compile(rb"^[ \t]*(?:" + "|".join(alternatives).encode() + rb")", re.MULTILINE)
