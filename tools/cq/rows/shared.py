"""What every answer of cq has in common: diagnostics, the ledger, the report, the schema's name."""

import sys

import msgspec

MISSING_GRAMMAR = "missing-grammar"  # code of a Diagnostic


NO_RESOLVER = "no-resolver"  # code of the diagnostic of a file in whose language the question has no answer


class Diagnostic(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something about one file that the reader of the rows must know."""

    path: str
    code: str  # "syntax-error", "unreadable", "binary", "too-large", "not-utf-8" ...
    severity: str = "warning"  # "error" when the file was not searched
    message: str
    line: int = 0
    column: int = 0

    def __post_init__(self) -> None:
        # msgspec leaves out what *is* the default, and a text from another process only equals it: an answer
        # must not tell how many processes made it.
        msgspec.structs.force_setattr(self, "severity", sys.intern(self.severity))


class Skipped(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Files that were listed and not searched, or not wholly understood, for one reason."""

    reason: str
    count: int
    paths: tuple[str, ...]


class Report(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the run cost and what ended it. The only part of an answer that may differ between two runs."""

    root: str
    files_listed: int = 0
    files_parsed: int = 0
    bytes_read: int = 0
    bytes_parsed: int = 0
    workers: int = 0
    list_ms: float = 0.0
    read_ms: float = 0.0
    parse_ms: float = 0.0
    query_ms: float = 0.0
    rows_ms: float = 0.0
    total_ms: float = 0.0
    windows: int = 0  # in which a query was to run, over all files
    windows_run: int = 0
    matches: int = 0  # of queries; most places are found without one
    captures: int = 0
    rows: int = 0
    cache_hits: int = 0  # files whose tree was there already: the same content was parsed before
    stopped_by: str = ""  # "deadline", "match_limit", "row_cap", "cancelled"


class More(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an answer within a budget lacks, and how to go on."""

    left: dict[str, int] = {}  # rows behind those that are given, by what they are
    files: int = 0  # in which those stand
    cursor: str = ""  # for `--cursor`: the rows that come next
    shortened: int = 0  # of the rows given, the last so many have fewer facts: there was no room for more
    cut: dict[str, int] = {}  # other parts of the answer: how many of their entries are left out


class MoreLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The last line of JSON Lines within a budget, of a command that has no other last line."""

    more: More | None = None


class SchemaId(msgspec.Struct, frozen=True):
    """The name and version of the shape of an answer."""

    name: str
    version: int = 1


def as_text(path: str) -> str:
    """A path as JSON may have it: what is not UTF-8 in it is replaced."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
