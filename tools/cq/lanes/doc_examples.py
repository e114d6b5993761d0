"""The examples in documentation: lines behind prompts (`>>>`), and fenced blocks, in one string or run of comments."""

import re
from typing import NamedTuple

from cq.lanes.table import LanguageEntry

Span = tuple[int, int]


class Example(NamedTuple):
    """Code in documentation, as the byte spans that hold it: without prompts, comment marks and indentation."""

    tag: str  # what the fence says it is; "" when it says nothing, and for prompts
    ours: bool  # in the language of the file
    spans: tuple[Span, ...]

    @property
    def first_word(self) -> str:
        """What the tag calls the language."""
        return re.split(r"[,\s{]+", self.tag)[0]


class DocExamples:
    """The rules of one language: prompts and fenced blocks in docstrings or documentation comments."""

    def __init__(self, entry: LanguageEntry) -> None:
        first, *more = entry.doc_prompts or ("(?!)",)
        self._prompt = _line_start((first,), " ?")
        self._continued = _line_start(tuple(more) or ("(?!)",), " ?")
        self._fence = _line_start(entry.doc_fences or ("(?!)",))
        self._comment = _line_start(tuple(filter(None, (entry.doc_comment, entry.inner_doc_comment))) or ("(?!)",))
        self._margin = re.compile(entry.doc_margin.encode()) if entry.doc_margin else None
        self._tags = re.compile("|".join(entry.doc_tags) if entry.doc_tags else r"(?!)")
        self._any = re.compile(
            b"|".join(rb"(?:" + word.encode() + rb")" for word in (first, *entry.doc_fences)), re.MULTILINE
        )
        # Many hits may stand in one long docstring: it is read once.
        self._known_for: tuple[bytes, int, int] = (b"", 0, 0)
        self._known: list[Example] = []

    def are_in(self, data: bytes) -> bool:
        """Whether a file may have examples at all."""
        return self._any.search(data) is not None

    def examples(self, data: bytes, region: Span) -> list[Example]:
        """The examples of the documentation that a string or comment with this span belongs to."""
        known, start, end = self._known_for
        if known is not data or not start <= region[0] < end:
            start, end = self._block(data, *region)
            self._known_for = (data, start, end)
            self._known = self._read(data, start, end) if self._any.search(data, start, end) else []
        return self._known

    def example_at(self, data: bytes, region: Span, start: int) -> Example | None:
        """The example that the byte at `start` is code of, in a string or comment with this span."""
        for example in self.examples(data, region):
            if example.spans[0][0] <= start < example.spans[-1][1] and any(a <= start < b for a, b in example.spans):
                return example
        return None

    def _read(self, data: bytes, start: int, end: int) -> list[Example]:
        prompted: list[Span] = []
        fenced: list[Span] = []
        found: list[Example] = []
        fence = tag = ""  # of the block that is open
        margin = 0
        prompting = False  # whether a line above begins with a prompt
        line = data.rfind(b"\n", 0, start) + 1
        while line < end:
            after = data.find(b"\n", line) + 1 or len(data)
            stop = min(after, end)
            marker = self._fence.match(data, line, stop)
            prompt = (self._continued.match(data, line, stop) if prompting else None) or self._prompt.match(
                data, line, stop
            )
            # Up to the next blank line: what an example prints may stand between.
            prompting = prompt is not None or (prompting and not data[line:stop].isspace())
            if marker is not None and not fence:
                fence = data[marker.start() : marker.end()].decode("utf-8", "replace")
                tag = data[marker.end() : stop].decode("utf-8", "replace").strip("`~ \t\r\n")
                margin = marker.end() - line - len(fence.lstrip())
            elif marker is not None:
                if fenced:
                    found.append(Example(tag, self._is_ours(tag), tuple(fenced)))
                fence, fenced = "", []
            elif prompt is not None:
                prompted.append((prompt.end(), stop))
            elif fence and self._margin is None:
                blank = line + len(data[line:stop]) - len(data[line:stop].lstrip(b" \t"))
                fenced.append((min(line + margin, blank, stop), stop))
            elif fence and self._margin is not None:
                left = self._margin.match(data, line, stop)
                fenced.append((left.end() if left is not None else line, stop))
            line = after
        if fenced:  # one that is left open goes on to the end
            found.append(Example(tag, self._is_ours(tag), tuple(fenced)))
        if prompted:
            found.append(Example("", True, tuple(prompted)))
        return found

    def _is_ours(self, tag: str) -> bool:
        return all(map(self._tags.fullmatch, re.split(r"[,\s]+", tag)))

    def _block(self, data: bytes, start: int, end: int) -> Span:
        """The run of documentation comments that this one belongs to; of a string what is between the quotes."""
        begin = data.rfind(b"\n", 0, start) + 1
        if not self._comment.match(data, begin):
            while end > start and data[end - 1] in b"\"'":
                end -= 1
            return start, end
        while begin > 0:
            previous = data.rfind(b"\n", 0, begin - 1) + 1
            if not self._comment.match(data, previous):
                break
            begin = previous
        while end < len(data):
            following = data.find(b"\n", end) + 1 if data[end - 1 : end] != b"\n" else end
            if not following or not self._comment.match(data, following):
                break
            end = data.find(b"\n", following) + 1 or len(data)
        return begin, end


def _line_start(alternatives: tuple[str, ...], more: str = "") -> re.Pattern[bytes]:
    return re.compile(rb"[ \t]*(?:" + "|".join(alternatives).encode() + b")" + more.encode())
