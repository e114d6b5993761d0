"""What stands above a chunk: where it is from, in one line, and what of that there is room for."""

import re
from collections.abc import Iterator, Sequence

from cq.chunking.pieces import Scope

_SIGNATURE_LIMIT = 160
_DOC_LIMIT = 200
_DOC_READ = 4000  # bytes
BETWEEN = " › "
PART = " (part "  # and its number
_USES = " · uses "
_MOST_IMPORTS = 12
_MARKS = re.compile(r"\s*(?://[/!]*|/\*[*!]*|\*+/?|#+!?(?!\[)|--+|;+)\s?")
_SKIPPED = re.compile(r"\s*(?:@|#!?\[)")
_QUOTED = re.compile(rb"[A-Za-z]{0,2}(\"\"\"|'''|\"|')")
_ENDS = (".", "!", "?")
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n\s*\n")


def signature_of(data: bytes, scope: Scope) -> str:
    """The text of a definition up to its body, on one line."""
    start = scope.head.node.start_byte
    stop = scope.body if scope.head.body is not None else scope.head.node.end_byte
    text = " ".join(data[start : min(stop, start + 4 * _SIGNATURE_LIMIT)].decode("utf-8", "replace").split())
    text = text.rstrip(" :{;=")
    text = text.replace("( ", "(").replace(", )", ")").replace(" )", ")")
    return text if len(text) <= _SIGNATURE_LIMIT else text[: _SIGNATURE_LIMIT - 1] + "…"


def doc_of(data: bytes, scope: Scope) -> str:
    """The first sentence of what documents a definition."""
    place = doc_place(data, scope)
    if place is None:
        return ""
    text = data[place[0] : min(place[1], place[0] + _DOC_READ)].decode("utf-8", "replace")
    if place[0] >= scope.head.node.start_byte:
        return _sentence(text)
    lines: list[str] = []
    for line in text.split("\n"):
        if _SKIPPED.match(line):
            continue
        mark = _MARKS.match(line)
        line = (line[mark.end() :] if mark is not None else line).rstrip("*/ \r")
        if line and not line.isspace():
            lines.append(line)
            if line.endswith(_ENDS):
                break
        elif lines:
            break  # the end of the first paragraph
    return _sentence("\n".join(lines))


def doc_place(data: bytes, scope: Scope) -> tuple[int, int] | None:
    """Where the text is that documents a definition: the string that its body begins with, or what stands above it."""
    body = scope.head.body
    if body is not None:
        quoted = _QUOTED.match(data, body.start_byte)
        if quoted is not None:
            end = data.find(quoted[1], quoted.end(), body.end_byte)
            if end > 0:
                return quoted.end(), end
    start, end = scope.start, scope.node.start_byte
    return (start, end) if data[start:end].strip() else None


def _sentence(text: str) -> str:
    text = text.strip()
    end = _SENTENCE_END.search(text)
    if end is not None:
        at = end.start()
        text = text[:at] if text[at] == "\n" else text[: at + 1]
    sentence = " ".join(text.split())
    return sentence if len(sentence) <= _DOC_LIMIT else sentence[: _DOC_LIMIT - 1] + "…"


def imports_note(imports: Sequence[str]) -> str:
    """What a header says of the imports that a chunk uses; "" when it uses none."""
    if not imports:
        return ""
    more = ", …" if len(imports) > _MOST_IMPORTS else ""
    return _USES + ", ".join(imports[:_MOST_IMPORTS]) + more


def headers_of(comment: str, path: str, scopes: Sequence[tuple[str, str]], end: str) -> Iterator[str]:
    """The headers that there are for a chunk, the fullest first: of each definition around it signature and name."""
    begin = f"{comment} {path}" if comment else path
    if scopes:
        yield BETWEEN.join([begin, *(signature for signature, _ in scopes)]) + end
        yield BETWEEN.join([begin, *(name for _, name in scopes[:-1]), scopes[-1][0]]) + end
        yield BETWEEN.join([begin, *(name for _, name in scopes)]) + end
    yield begin + end
