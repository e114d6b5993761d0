"""What each file of a search is asked, and what it says. An answer that is kept needs neither analysis nor parser."""

import msgspec

from cq.digest import blake2b
from cq.rows.facts import FactDetail
from cq.rows.shared import Diagnostic
from cq.scan.row_store import Group
from cq.search.names import NameQuery

_encode = msgspec.msgpack.Encoder().encode


class SearchPlan(msgspec.Struct, frozen=True, kw_only=True):
    """All that a worker needs to know of a search."""

    query: NameQuery
    folders: tuple[str, ...]  # of queries
    roles: frozenset[str] = frozenset()  # empty: all that are no mentions
    kinds: frozenset[str] = frozenset()
    text: bool = False  # mentions too
    injected: bool | None = None  # False: the grammar of each file alone; True: examples in documentation are rows
    facts: bool = True
    detail: FactDetail = "definitions"
    before: int = 0
    after: int = 0
    max_count: int = 0  # matching lines per file; 0: all
    data: tuple[str, ...] = ()  # languages of data that are asked for
    named: tuple[str, ...] = ()  # `*.EXTENSION` of files that the user names
    keep_unqualified: bool = False  # rows that a qualifier excludes stay and are marked: they will be resolved


class FileFound(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """What one file holds. Rows are encoded already: a name may stand in a hundred thousand places."""

    path: str
    language: str
    rows: tuple[tuple[str, bytes], ...]  # role and the row as JSON, in the order of the file
    lines: int  # distinct lines that hold a row
    roles: dict[str, int]
    withheld: dict[str, int]
    hits: int
    diagnostics: tuple[Diagnostic, ...] = ()
    unqualified: tuple[int, ...] = ()  # numbers of the rows that a qualifier excludes, by the text alone
    groups: tuple[Group, ...] = ()  # of the rows, once they are resolved
    is_test: bool = False
    parsed_bytes: int = 0
    windows: int = 0  # of the few patterns that the query engine runs
    matches: int = 0
    parse_ms: float = 0.0
    query_ms: float = 0.0
    rows_ms: float = 0.0


_decode_found = msgspec.msgpack.Decoder(FileFound).decode


def plan_key(plan: SearchPlan, stamp: bytes) -> bytes:
    """Under which the answers to a plan are kept: the same for equal plans, and `stamp` for all else."""
    # Sets have no order of their own.
    plain = (plan.query, plan.folders, sorted(plan.roles), sorted(plan.kinds), plan.text, plan.injected, plan.facts)
    encoded = _encode(
        (*plain, plan.detail, plan.before, plan.after, plan.max_count, plan.keep_unqualified, plan.data, plan.named)
    )
    return blake2b(stamp + encoded, digest_size=16).digest()


def packed(found: FileFound) -> bytes | None:
    """An answer as bytes without its path and without what it cost; None when there is text in it that is no UTF-8."""
    plain = msgspec.structs.replace(
        found, path="", parsed_bytes=0, windows=0, matches=0, parse_ms=0.0, query_ms=0.0, rows_ms=0.0
    )
    try:
        return _encode(plain)
    except UnicodeEncodeError:
        return None


def unpacked(data: bytes, path: str) -> FileFound:
    """The answer of the file at this path."""
    return msgspec.structs.replace(_decode_found(data), path=path)
