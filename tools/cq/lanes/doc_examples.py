"""The examples in documentation: lines behind prompts (`>>>`), and fenced blocks, in one string or run of comments."""

import re
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from cq.lanes.table import LanguageEntry

Span = tuple[int, int]
_ESCAPED = re.compile(rb"\\[\\\"']")


class Example(NamedTuple):
    """Code in documentation, as the byte spans that hold it: without prompts, comment marks and indentation."""

    tag: str  # what the fence says it is; "" when it says nothing, and for prompts
    ours: bool  # in the language of the file
    spans: tuple[Span, ...]
    whole: bool = True  # false: a part of it is not written here, but computed

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
        self._between = _line_start((entry.doc_between or "(?!)",))
        self._computed = _line_start((entry.doc_computed or "(?!)",))
        self._raw = re.compile(entry.doc_raw.encode()) if entry.doc_raw else None
        self._tags = re.compile("|".join(entry.doc_tags) if entry.doc_tags else r"(?!)")
        self._any = re.compile(
            b"|".join(rb"(?:" + word.encode() + rb")" for word in (first, *entry.doc_fences)), re.MULTILINE
        )
        # Many hits may stand in one long docstring: it is read once.
        self._known_for: tuple[bytes, int, int] = (b"", 0, 0)
        self._known: list[Example] = []
        self._asked: tuple[bytes, bool] = (b"", False)

    def are_in(self, data: bytes) -> bool:
        """Whether a file may have examples at all."""
        if self._asked[0] is not data:
            self._asked = (data, self._any.search(data) is not None)
        return self._asked[1]

    def examples(self, data: bytes, region: Span) -> list[Example]:
        """The examples of the documentation that a string or comment with this span belongs to."""
        known, start, end = self._known_for
        if known is not data or not start <= region[0] < end:
            start, end, between = self._block(data, *region)
            self._known_for = (data, start, end)
            self._known = self._read(data, start, end, between) if self._any.search(data, start, end) else []
        return self._known

    def example_at(self, data: bytes, region: Span, start: int) -> Example | None:
        """The example that the byte at `start` is code of, in a string or comment with this span."""
        for example in self.examples(data, region):
            if example.spans[0][0] <= start < example.spans[-1][1] and any(a <= start < b for a, b in example.spans):
                return example
        return None

    def singles(self, data: bytes, spans: Sequence[Span]) -> Iterator[list[Span]]:
        """The spans of one example, in parts that stand on their own: each prompt begins one, up to what it prints."""
        part: list[Span] = []
        prompts = spans and self._prompt.match(data, data.rfind(b"\n", 0, spans[0][0]) + 1)
        for span in spans:
            line = data.rfind(b"\n", 0, span[0]) + 1
            prompt = self._prompt.match(data, line)
            if prompt is not None and prompt.end() == span[0]:
                if part:
                    yield part
                part = []
            elif part and prompts and b"\n" in data[part[-1][1] : line]:
                continue  # printed, though it looks like a line that goes on
            part.append(span)
        if part:
            yield part

    def _read(self, data: bytes, start: int, end: int, between: Set[int]) -> list[Example]:
        prompted: list[Span] = []
        fenced: list[Span] = []
        found: list[Example] = []
        fence = tag = ""  # of the block that is open
        margin = 0
        whole = True
        prompting = False  # whether a line above begins with a prompt
        joined = False  # whether the line above ends in a backslash, which in a string that is not raw joins lines
        escapes = self._raw is not None and not self._is_raw(data, start)
        line = data.rfind(b"\n", 0, start) + 1
        while line < end:
            after = data.find(b"\n", line) + 1 or len(data)
            stop = min(after, end)
            marker = self._fence.match(data, line, stop)
            prompt = (self._continued.match(data, line, stop) if prompting else None) or self._prompt.match(
                data, line, stop
            )
            if joined:
                prompted.extend(_unescaped(data, line, stop))
            elif marker is not None and not fence:
                fence = data[marker.start() : marker.end()].decode("utf-8", "replace")
                tag = data[marker.end() : stop].decode("utf-8", "replace").strip("`~ \t\r\n")
                margin = marker.end() - line - len(fence.lstrip())
                whole = True
            elif marker is not None:
                if fenced:
                    found.append(Example(tag, self._is_ours(tag), tuple(fenced), whole))
                fence, fenced = "", []
            elif prompt is not None:
                prompted.extend(_unescaped(data, prompt.end(), stop) if escapes else [(prompt.end(), stop)])
            elif line in between:
                whole = whole and not self._computed.match(data, line, stop)
            elif fence and self._margin is None:
                blank = line + len(data[line:stop]) - len(data[line:stop].lstrip(b" \t"))
                fenced.append((min(line + margin, blank, stop), stop))
            elif fence and self._margin is not None:
                left = self._margin.match(data, line, stop)
                fenced.append((left.end() if left is not None else line, stop))
            is_code = joined or prompt is not None
            # Up to the next blank line: what an example prints may stand between.
            prompting = is_code or (prompting and not data[line:stop].isspace())
            joined = escapes and is_code and _is_joined(data[line:stop])
            line = after
        if fenced:  # one that is left open goes on to the end
            found.append(Example(tag, self._is_ours(tag), tuple(fenced), whole))
        if prompted:
            found.append(Example("", True, tuple(prompted)))
        return found

    def _is_raw(self, data: bytes, start: int) -> bool:
        """Whether a string is one in which a backslash is a backslash."""
        assert self._raw is not None
        begin = start
        while (begin > 0 and data[begin - 1 : begin].isalpha()) or data[begin - 1 : begin] in (b'"', b"'"):
            begin -= 1
        return self._raw.match(data, begin) is not None

    def _is_ours(self, tag: str) -> bool:
        return all(map(self._tags.fullmatch, re.split(r"[,\s]+", tag)))

    def _block(self, data: bytes, start: int, end: int) -> tuple[int, int, Set[int]]:
        """The run of documentation comments that this one belongs to; of a string what is between the quotes.

        With the starts of the lines in it that belong to something else.
        """
        between: set[int] = set()
        begin = data.rfind(b"\n", 0, start) + 1
        if not self._comment.match(data, begin):
            while end > start and data[end - 1] in b"\"'":
                end -= 1
            return start, end, between
        line = begin
        while line > 0:
            line = data.rfind(b"\n", 0, line - 1) + 1
            if self._comment.match(data, line):
                begin = line
            elif self._between.match(data, line):
                between.add(line)
            else:
                break
        following = data.find(b"\n", end) + 1 if data[end - 1 : end] != b"\n" else end
        while 0 < following < len(data):
            after = data.find(b"\n", following) + 1 or len(data)
            if self._comment.match(data, following):
                end = after
            elif self._between.match(data, following):
                between.add(following)
            else:
                break
            following = after
        return begin, end, between


def _is_joined(line: bytes) -> bool:
    text = line.rstrip(b"\r\n")
    return text != line and (len(text) - len(text.rstrip(b"\\"))) % 2 == 1


def _unescaped(data: bytes, start: int, stop: int) -> list[Span]:
    """The spans of a line of a string without the backslashes before a backslash or a quote."""
    spans = []
    for escaped in _ESCAPED.finditer(data, start, stop):
        if escaped.start() > start:
            spans.append((start, escaped.start()))
        start = escaped.start() + 1
    spans.append((start, stop))
    return spans


def _line_start(alternatives: tuple[str, ...], more: str = "") -> re.Pattern[bytes]:
    return re.compile(rb"[ \t]*(?:" + "|".join(alternatives).encode() + b")" + more.encode())
