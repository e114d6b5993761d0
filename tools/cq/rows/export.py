"""What `cq export` and `cq tags` emit: a syntax tree row by row, and definitions as editors' tags.

The rows of one file stand between its ExportFile and its ExportEnd. The texts of its tokens and gaps, joined in the
order of the rows, are the bytes of the file (or of the lines asked for): a text that is no UTF-8 is in `base64`.
"""

import msgspec

from cq.rows.shared import Diagnostic, Report, SchemaId


class _Row(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="row"):
    """`row` says which kind of row it is."""


class ExportFile(_Row, frozen=True, kw_only=True, tag="file"):
    """What the rows that follow are the tree of, and which rows of it they are."""

    schema: SchemaId
    path: str
    language: str
    grammar: str
    grammar_version: str
    bytes: int
    lines: int
    sha256: str  # of the file's bytes
    not_utf8: bool = False  # parsed with `?` in place of the bytes that are no text
    named: bool = False
    tokens: bool = False
    first_line: int = 0  # with `last_line`: only what touches these lines
    last_line: int = 0
    depth: int = 0
    limit: int = 0


class _Placed(_Row, frozen=True, kw_only=True):
    line: int
    column: int
    end_line: int
    end_column: int
    start_byte: int
    end_byte: int


class ExportNode(_Placed, frozen=True, kw_only=True, tag="node"):
    """One node. `id` is its number in the whole tree, in the order of the text, parents first, from 0."""

    id: int
    parent: int | None = None  # the nearest node above it that has a row
    field: str = ""  # in the node above it
    kind: str
    named: bool
    depth: int  # of the root: 0
    children: int  # in the whole tree
    error: bool = False  # text that the parser could make nothing of
    missing: bool = False  # not there: the parser went on as if it were
    extra: bool = False  # may stand anywhere, as comments do
    cut: bool = False  # has children, and they have no rows: `--depth`


class ExportEdge(_Row, frozen=True, kw_only=True, tag="edge"):
    """From a node to one below it; `index` counts those of the same parent that have a row."""

    parent: int
    child: int
    index: int
    field: str = ""


class ExportToken(_Placed, frozen=True, kw_only=True, tag="token"):
    """A node without children, and its text."""

    node: int
    kind: str
    named: bool
    missing: bool = False
    text: str | None = None
    base64: str | None = None


class ExportGap(_Placed, frozen=True, kw_only=True, tag="gap"):
    """Text between tokens: white space, and what no token covers (as most of a string with an escape in it)."""

    parent: int | None = None  # the innermost node with a row that holds it
    uncovered: bool = False  # more than white space
    text: str | None = None
    base64: str | None = None


class ExportEnd(_Row, frozen=True, kw_only=True, tag="end"):
    """What the file came to."""

    path: str
    nodes: int  # rows of each kind
    edges: int
    tokens: int
    gaps: int
    errors: int  # nodes that are in these rows, or whose tokens are
    missing: int
    deepest: int
    complete: bool  # false: `--limit` ended it
    verified: bool = False  # tokens and gaps were joined again, and are the file


class ExportSummary(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The account of all files."""

    files: int
    nodes: int
    tokens: int
    gaps: int
    complete: bool
    exit_status: int


class ExportTail(_Row, frozen=True, kw_only=True, tag="summary"):
    """The last line of `cq export --format jsonl`."""

    schema: SchemaId
    summary: ExportSummary
    diagnostics: tuple[Diagnostic, ...] = ()
    report: Report


ExportRow = ExportFile | ExportNode | ExportEdge | ExportToken | ExportGap | ExportEnd


class ExportAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq export --json`."""

    schema: SchemaId
    rows: tuple[ExportRow, ...]
    summary: ExportSummary
    diagnostics: tuple[Diagnostic, ...] = ()
    report: Report


class TagRow(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="_type", tag="tag", rename="camel"
):
    """One line of `cq tags --format jsonl`: a tag with the keys that universal-ctags' JSON has."""

    name: str
    path: str
    language: str
    line: int
    pattern: str = ""  # as in a tags file; empty where a line number stands in for it
    kind: str
    scope: str = ""
    scope_kind: str = ""
    typeref: str = ""  # "typename:" and what a function returns, or a variable is
    access: str = ""
    inherits: str = ""
    signature: str = ""
    roles: str = "def"
    end: int = 0
