"""The analysis behind `cq verify`: one file, read by its lane and by the independent reader of its language."""

from typing import NamedTuple

import msgspec
from tree_sitter import Node

from cq.lanes.lane import Lane
from cq.lanes.lanes import Lanes
from cq.lanes.lines import Lines
from cq.lanes.table import lane_table
from cq.lanes.verdict import Verdict
from cq.rows.shared import Diagnostic, as_text
from cq.rows.verify import Disagreement
from cq.settings import HITS_AT_ONCE, PARSE_LIMIT_BYTES
from cq.verify.word import Bound, NotReadable, Word, plain_words, reader_of

MISSING = "nothing"  # what cq says of a word that its lane gave no role


class VerifyPlan(msgspec.Struct, frozen=True):
    """All that a worker needs to know."""

    folders: tuple[str, ...]


class RoleCount(msgspec.Struct):
    """How many words of a role there are by either, and of how many both say the same."""

    expected: int = 0
    found: int = 0
    right: int = 0


class FileVerified(msgspec.Struct, frozen=True):
    """What became of one file."""

    path: str
    language: str
    rows: tuple[Disagreement, ...] = ()
    roles: dict[str, RoleCount] = {}
    bound: tuple[Bound, ...] = ()
    words: int = 0
    judged: int = 0
    outlined: int = 0
    defined: int = 0
    compared: int = 0  # words
    is_parsed: bool = False
    is_compared: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()


class _Judged(NamedTuple):
    role: str
    kind: str


class VerifyAnalysis:
    """Compares single files. Owns the lanes: made once per process."""

    def __init__(self, plan: VerifyPlan) -> None:
        self._table = lane_table(plan.folders)
        self._lanes = Lanes(self._table)

    def run(self, path: str, data: bytes) -> FileVerified:
        """Both opinions of one file. What the lane or the reader cannot read is named, and not compared."""
        language = self._table.by_content(path, data)
        if not language:
            return _not_compared(path, "", "unknown-language", "no grammar for this language: not compared")
        if len(data) > PARSE_LIMIT_BYTES:
            return _not_compared(path, language, "too-large-to-parse", "not parsed")
        parsed = self._lanes.parsed(language, data)
        if parsed is None:
            return FileVerified(
                path, language, diagnostics=(self._table.without_grammar(path, language, "not compared"),)
            )
        lane, tree = parsed
        spans = list(plain_words(data))
        judged = _judged(lane, data, tree.root_node, spans)
        definitions = [span for span, _ in lane.definitions(data, tree.root_node)]
        totals = FileVerified(
            path,
            language,
            words=len(spans),
            judged=sum(verdict.role != MISSING for verdict in judged.values()),
            outlined=len(definitions),
            defined=sum(verdict.role == "definition" for verdict in judged.values()),
            is_parsed=True,
        )
        read = reader_of(language)
        if read is None:
            return totals
        try:
            reading = read(data)
        except NotReadable as error:
            message = f"the reader of {language} cannot parse it, not compared: {error}"
            return msgspec.structs.replace(
                totals, diagnostics=(Diagnostic(path=as_text(path), code="not-readable", message=message),)
            )
        others = [(word.start_byte, word.end_byte) for word in reading.words if word.start_byte not in judged]
        judged |= _judged(lane, data, tree.root_node, others)
        roles, rows = _compared(path, language, data, reading.words, judged)
        return msgspec.structs.replace(
            totals,
            roles=roles,
            rows=tuple(rows),
            bound=tuple(reading.bound),
            compared=len(reading.words),
            is_compared=True,
        )


def _not_compared(path: str, language: str, code: str, message: str) -> FileVerified:
    return FileVerified(path, language, diagnostics=(Diagnostic(path=as_text(path), code=code, message=message),))


def _judged(lane: Lane, data: bytes, root: Node, spans: list[tuple[int, int]]) -> dict[int, _Judged]:
    found: dict[int, _Judged] = {}
    for first in range(0, len(spans), HITS_AT_ONCE):
        some = spans[first : first + HITS_AT_ONCE]
        verdicts: list[Verdict] = lane.classify(data, root, some, "all")
        for span, each in zip(some, verdicts, strict=True):
            found[span[0]] = _Judged(MISSING if each.role in ("", "unparsed") else each.role, each.kind)
    return found


def _compared(
    path: str, language: str, data: bytes, words: list[Word], judged: dict[int, _Judged]
) -> tuple[dict[str, RoleCount], list[Disagreement]]:
    counts: dict[str, RoleCount] = {}
    rows: list[Disagreement] = []
    lines = Lines(data)
    for word in words:
        verdict = judged[word.start_byte]
        role = verdict.role if verdict.role in word.roles else word.roles[0]
        is_right = role == verdict.role and (not word.kind or word.kind == verdict.kind)
        counts.setdefault(role, RoleCount()).expected += 1
        counts.setdefault(verdict.role, RoleCount()).found += 1
        if is_right:
            counts[role].right += 1
            continue
        wanted = f"{word.roles[0]}.{word.kind}" if word.kind else " or ".join(word.roles)
        found = f"{verdict.role}.{verdict.kind}" if verdict.kind else verdict.role
        rows.append(disagreement(path, language, data, lines, (word.start_byte, word.end_byte), "role", wanted, found))
    return counts, rows


def disagreement(
    path: str,
    language: str,
    data: bytes,
    lines: Lines,
    span: tuple[int, int],
    about: str,
    expected: str,
    found: str,
    confidence: str = "",
) -> Disagreement:
    """The row of one place."""
    start, end = span
    line, column, begin = lines.position(start)
    name = data[start:end].decode("utf-8", "replace")
    return Disagreement(
        path=as_text(path),
        line=line,
        column=column,
        end_line=line,
        end_column=column + len(name),
        start_byte=start,
        end_byte=end,
        language=language,
        about=about,
        name=name,
        expected=expected,
        found=found,
        confidence=confidence,
        text=lines.text(begin, start, end)[0].strip(),
    )
