"""Is a place in a string or comment part of an example in the documentation?"""

import re

from cq.lanes.table import LanguageEntry


class DocExamples:
    """The rules of one language: prompts (`>>>`) and fenced blocks in docstrings or documentation comments."""

    def __init__(self, entry: LanguageEntry) -> None:
        self._prompt = _line_start(entry.doc_prompts)
        self._fence = _line_start(entry.doc_fences)
        self._comment = _line_start((entry.doc_comment,) if entry.doc_comment else ())
        self._tags = frozenset(entry.doc_tags)

    def is_example(self, data: bytes, region_start: int, hit_start: int) -> bool:
        """Whether the byte at `hit_start`, in a string or comment that begins at `region_start`, is example code."""
        line_start = data.rfind(b"\n", 0, hit_start) + 1
        line = data[line_start:hit_start]
        if self._prompt is not None and self._prompt.match(line):
            return True
        if self._fence is None or self._fence.match(line):
            return False
        if self._comment is not None:
            region_start = self._block_start(data, region_start)
        opened = ours = False
        for earlier in data[region_start:line_start].split(b"\n"):
            fence = self._fence.match(earlier)
            if fence is None:
                continue
            opened = not opened
            tags = earlier[fence.end() :].strip().decode("utf-8", "replace").split(",")
            ours = all(tag.strip() in self._tags for tag in tags)
        return opened and ours

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
    return re.compile(rb"[ \t]*(?:" + "|".join(alternatives).encode() + rb")")
