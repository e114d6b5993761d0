"""What `cq chunk` emits: the chunks of files, definitions as they are embedded, what changed, and the account.

A reader of a chunk is given `header`, a line break, `overlap` and `text`, in this order; what is empty is left out, and
the line break with the header. That is what `size` counts. The texts of all chunks of a file, in the order of `index`,
are the file; one that is no UTF-8 is in `base64`.
"""

import msgspec

from cq.rows.shared import Diagnostic, More, Report, SchemaId, Skipped


class ChunkRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One chunk of a file, or with `--view defs` one definition. `id` stands first: writers rely on it."""

    id: str  # by language, route, kind and text, not by path and position
    path: str
    index: int  # in the file, from 0
    language: str = ""
    form: str  # "definition": one, whole; "part" of one; "group" of several; "code" of none; "text" without structure
    kind: str = ""  # of the definition that it is, or is a part of
    name: str = ""
    route: tuple[str, ...] = ()  # names of the definitions around it, outermost first, and its own
    qualified_name: str = ""
    signature: str = ""
    doc: str = ""  # first sentence
    definition: str = ""  # the id of the definition that it is, or is a part of: by route and signature
    parent: str = ""  # the id of the definition around that
    part: int = 0  # of `parts`, from 1
    parts: int = 0
    defines: tuple[str, ...] = ()  # names of the definitions in a group
    start_line: int
    end_line: int
    start_byte: int
    end_byte: int
    size: int  # header and overlap included, in the unit of the run
    tokens: int = 0  # of the same, when that is the unit
    tokens_exact: bool = False  # false: estimated
    content_hash: str = ""
    split: str = ""  # "lines" or "chars": cut where the structure did not say
    has_error: bool = False  # there is a syntax error in it
    parse: str = "ok"  # of the whole file: "errors", or "none" when it was not parsed
    fallback: str = ""  # why not: "unsupported", "no-grammar", "too-large", "binary"; or "encoding": not UTF-8
    imports: tuple[str, ...] = ()  # with `--uses`
    calls: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    chunks: tuple[str, ...] = ()  # of a definition: the ids of the chunks that it is in
    children: tuple[str, ...] = ()  # of a definition: the definitions in it
    elided: bool = False  # of a definition: its text is not all of it
    header: str = ""
    overlap: str = ""
    overlap_start: int | None = None  # the byte that the overlap begins at
    text: str | None = None
    base64: str | None = None


class ChunkStamp(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the chunks depend on besides the files. Chunks with different stamps do not belong into one store."""

    algorithm: int
    grammars: dict[str, str] = {}  # language -> its grammar and version
    view: str
    unit: str
    target: int
    max: int
    min: int
    overlap: int = 0
    header: bool = True
    tokenizer: str = ""
    query: str = ""
    options: str  # all of it as one word: stamps are the same when these are


class ChunkQuery(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was asked."""

    languages: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    globs: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


class ChunkSummary(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The account of all files."""

    files: int
    chunks: int
    bytes: int
    forms: dict[str, int] = {}
    languages: dict[str, int] = {}  # files by language
    largest: int = 0  # in the unit of the run
    over_limit: int = 0
    degraded: int = 0  # files with errors, or cut without their grammar
    verified: bool = False  # every file was put together again, every chunk counted again, every id was new
    changes: dict[str, int] = {}  # with `--since`
    complete: bool
    exit_status: int


class ChunkTail(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The last line of `cq chunk --format jsonl`; each line before it is a ChunkRow."""

    schema: SchemaId
    stamp: ChunkStamp
    query: ChunkQuery
    summary: ChunkSummary
    ledger: tuple[Skipped, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    more: More | None = None  # within a budget: what is not given
    report: Report


class ChunkAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq chunk --json`."""

    schema: SchemaId
    stamp: ChunkStamp
    query: ChunkQuery
    summary: ChunkSummary
    rows: tuple[ChunkRow, ...]
    ledger: tuple[Skipped, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    more: More | None = None  # within a budget: what is not given
    report: Report


class ChunkChange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of `cq chunk --since`: what to do with one id in a store."""

    change: str  # "added", "removed", "kept", "moved"
    id: str
    path: str
    from_path: str = ""  # of what moved
    start_line: int = 0
    row: ChunkRow | None = None  # of what was added


class CutRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One cut of `cq chunk --explain`: where it is, what it cost, and what it kept apart."""

    path: str
    line: int
    byte: int
    cost: float
    why: str
    before: str = ""  # the text on each side
    after: str = ""


class ChunkEdge(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One relation of `cq chunk --graph`, between files, chunks and definitions."""

    source: str
    target: str
    relation: str  # "contains", "next", "calls", "imports"


class RetrievalRow(msgspec.Struct, frozen=True, kw_only=True):
    """How well one way of cutting does when documentation is the question: percents of the answers' bytes at hand."""

    name: str
    passages: int
    share: tuple[float, ...]  # for each of `budgets`
    error: tuple[float, ...]  # standard error


class ChunkQuality(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq chunk --report`: what the chunks of a repository are worth."""

    files: int
    degraded: int
    bytes: int
    bytes_covered: int
    chunks: int
    over_limit: int
    small: int  # below `--min`
    sizes: dict[str, int]  # how many chunks there are of each size
    definitions_that_fit: int
    definitions_cut: int
    definitions_with_comments: int  # that would fit together
    definitions_without_their_comments: int
    questions: int
    budgets: tuple[int, ...] = ()  # tokens
    retrieval: tuple[RetrievalRow, ...] = ()


class ChunkReport(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq chunk --report --json`."""

    schema: SchemaId
    stamp: ChunkStamp
    quality: ChunkQuality
    diagnostics: tuple[Diagnostic, ...] = ()
    report: Report


class SettingRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of `cq config --format jsonl`."""

    command: str
    key: str
    value: bool | int | str | list[str] | None  # null: not set
    origin: str  # "FILE:LINE", the name of a variable, or "default"
