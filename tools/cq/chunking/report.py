"""A report on the chunks of a repository: what is covered, their sizes, what is cut, and how well they are found."""

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from cq.chunking.analysis import ChunkAnalysis
from cq.chunking.defs import definitions_of
from cq.chunking.file import CutFile
from cq.chunking.file_chunks import ChunkPlan, FileChunks, rows_of
from cq.chunking.headers import doc_place
from cq.chunking.options import ChunkOptions
from cq.chunking.pieces import Scope
from cq.chunking.retrieval import BUDGETS, LEAST_WORDS, Index, Passage, Question, sampled, words_of
from cq.chunking.run import ChunkRun
from cq.rows.chunk import ChunkQuality, RetrievalRow
from cq.scan.read import read_file
from cq.scan.results import Unread

_WINDOW_LINES = 40
_LEAST_GOLD = 80


class _Collected:
    """What is gathered file by file."""

    def __init__(self) -> None:
        self.texts: list[bytes] = []  # with blanks for documentation
        self.questions: list[Question] = []
        self.partition: list[Passage] = []
        self.definitions: list[Passage] = []
        self.windows: list[Passage] = []
        self.covered = self.fitting = self.cut = self.commented = self.parted = 0


def quality(run: ChunkRun) -> ChunkQuality:
    """The report on the files of a run, in this process: every tree is looked at twice.

    Raises KeyboardInterrupt when the run is cancelled: a report on some of the files is none.
    """
    request = run.request
    options = msgspec.structs.replace(request.options, view="partition", kinds=())
    partition = ChunkAnalysis(ChunkPlan(folders=request.folders, options=options))
    collected = _Collected()
    by_path = {found.path: found for found in run.files()}
    for path, found in by_path.items():
        _go_on(run)
        data = read_file(request.selection.tree, path, True)
        if isinstance(data, Unread) or len(data) != found.length:
            continue
        _collect(collected, path, data, found, partition, options)
    questions = sampled(collected.questions)
    rows = []
    for name, passages in (
        ("chunks with headers", collected.partition),
        ("chunks without headers", [each._replace(header="") for each in collected.partition]),
        ("definitions with headers", collected.definitions),
        (f"windows of {_WINDOW_LINES} lines", collected.windows),
    ):
        _go_on(run)
        if questions:
            rows.append(_retrieval(name, collected.texts, passages, questions))
    return ChunkQuality(
        files=run.files_cut,
        degraded=run.degraded,
        bytes=run.bytes,
        bytes_covered=collected.covered,
        chunks=run.rows,
        over_limit=run.over_limit,
        small=sum(count for size, count in run.sizes.items() if size < options.least),
        sizes={str(size): count for size, count in sorted(run.sizes.items())},
        definitions_that_fit=collected.fitting,
        definitions_cut=collected.cut,
        definitions_with_comments=collected.commented,
        definitions_without_their_comments=collected.parted,
        questions=len(questions),
        budgets=BUDGETS,
        retrieval=tuple(rows),
    )


def _go_on(run: ChunkRun) -> None:
    if run.is_cancelled:
        raise KeyboardInterrupt


def _collect(
    collected: _Collected,
    path: str,
    data: bytes,
    found: FileChunks,
    analysis: ChunkAnalysis,
    options: ChunkOptions,
) -> None:
    number = len(collected.texts)
    rows = rows_of(found)
    collected.covered += sum(row.end_byte - row.start_byte for row in rows)
    collected.partition += [Passage(number, ((row.start_byte, row.end_byte),), row.header) for row in rows]
    collected.windows += [Passage(number, (span,), "") for span in _windows(data)]
    file, language, _ = analysis.cut(path, data)
    if file.tree is None or file.finder is None or language is None:
        collected.texts.append(data)
        return
    text = bytearray(data)
    scopes = definitions_of(file, language)
    starts = [row.start_byte for row in rows]
    outer = {id(scope.outer) for scope, _ in scopes if scope.outer is not None}
    for scope, end in scopes:
        _judge(collected, file, scope, end, starts, analysis, options)
        place = doc_place(data, scope)
        own = [(scope.start, end)]
        if id(scope) in outer:  # what holds others is found by its beginning
            own = [(scope.start, min((each.start for each, _ in scopes if each.outer is scope), default=end))]
        header = " › ".join((path, *(each.head.name for each in scope.chain())))
        collected.definitions.append(Passage(number, tuple(own), header))
        if place is None:
            continue
        start, stop = place
        text[start:stop] = b"".join(b"\n" if byte == 10 else b" " for byte in data[start:stop])
        sentence = _first_paragraph(data[start:stop])
        gold = scope.head.node.start_byte if stop <= scope.head.node.start_byte else stop
        if len(words_of(sentence)) >= LEAST_WORDS and end - gold >= _LEAST_GOLD and id(scope) not in outer:
            collected.questions.append(Question(sentence, number, gold, end))
    collected.texts.append(bytes(text))


def _judge(
    collected: _Collected,
    file: CutFile,
    scope: Scope,
    end: int,
    starts: Sequence[int],
    analysis: ChunkAnalysis,
    options: ChunkOptions,
) -> None:
    """Count whether a definition that would fit into a chunk is in one, and with the comments above it."""
    begin = scope.node.start_byte
    line = file.data.rfind(b"\n", 0, begin) + 1
    if not file.data[line:begin].strip():
        begin = line
    if analysis.count(file.data[begin:end]) > options.most:
        return
    collected.fitting += 1
    first = bisect_right(starts, begin)
    collected.cut += first != bisect_right(starts, end - 1)
    if scope.start < begin and analysis.count(file.data[scope.start : end]) <= options.most:
        collected.commented += 1
        collected.parted += bisect_right(starts, scope.start) != first


def _retrieval(
    name: str, texts: Sequence[bytes], passages: Sequence[Passage], questions: Sequence[Question]
) -> RetrievalRow:
    index = Index(texts, passages)
    found = index.found(questions)
    return RetrievalRow(
        name=name,
        passages=found.passages,
        share=tuple(round(100 * share, 1) for share in found.share),
        error=tuple(round(100 * error, 1) for error in found.error),
    )


def _windows(data: bytes) -> list[tuple[int, int]]:
    spans = []
    start = at = 0
    while at < len(data):
        for _ in range(_WINDOW_LINES):
            at = data.find(b"\n", at) + 1 or len(data)
            if at == len(data):
                break
        spans.append((start, at))
        start = at
    return spans


def _first_paragraph(text: bytes) -> str:
    lines: list[str] = []
    for line in text.decode("utf-8", "replace").strip("\"'rR \t\r\n").splitlines():
        stripped = line.strip().lstrip("/#!*;- ").strip()
        if not stripped and lines:
            break
        if stripped:
            lines.append(stripped)
    return " ".join(lines)
