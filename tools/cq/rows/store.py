"""What `cq index` and `cq cache` emit."""

import msgspec

from cq.rows.shared import SchemaId


class IndexRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The index of one root after `cq index`."""

    root: str
    files: int  # listed
    indexed: int  # of these, looked at in this run: the others were known
    bytes_indexed: int
    not_indexed: int = 0  # binary, unreadable, or so new that they may change once more
    path: str  # of the index
    index_bytes: int
    complete: bool  # the words of all files that can be read are known
    total_ms: float


class IndexAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq index --json`."""

    schema: SchemaId
    rows: tuple[IndexRow, ...]


class CacheRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One index among those that are kept."""

    path: str
    root: str = ""  # empty when the file is not one that this version of cq can read
    bytes: int
    files: int = 0
    complete: bool = False
    answers: int = 0  # searches whose answers are kept
    used: str  # when, in UTC
    problem: str = ""  # what is wrong with it


class CacheAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`cq cache stats --json` and `cq cache verify --json`."""

    schema: SchemaId
    folder: str
    bytes: int
    limit_bytes: int
    blob_bytes: int = 0  # of these: results by content, of all roots together
    rows: tuple[CacheRow, ...]
