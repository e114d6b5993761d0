"""What cutting a file gives, and what a worker is told: plain data, for those who do not parse."""

from collections.abc import Sequence

import msgspec

from cq.chunking.options import ChunkOptions
from cq.rows.chunk import ChunkRow
from cq.rows.shared import Diagnostic


class ChunkPlan(msgspec.Struct, frozen=True, kw_only=True):
    """All that a worker needs to know."""

    folders: tuple[str, ...]
    options: ChunkOptions
    verify: bool = False
    language: str = ""  # of every file, whatever its name


class FileChunks(msgspec.Struct, frozen=True, array_like=True):
    """The chunks of one file. `firsts` are the ids they would have if no other chunk were the same."""

    path: str
    language: str
    grammar: str
    length: int
    digest: bytes  # of the content
    rows: tuple[bytes, ...]
    firsts: tuple[str, ...]
    forms: dict[str, int]
    sizes: tuple[int, ...]
    is_degraded: bool
    diagnostics: tuple[Diagnostic, ...]
    parsed_bytes: int
    parse_ms: float
    cut_ms: float
    rows_ms: float


def decode_row(encoded: bytes) -> ChunkRow:
    """A row from its JSON."""
    return msgspec.json.decode(encoded, type=ChunkRow)


def rows_of(found: FileChunks) -> Sequence[ChunkRow]:
    """The rows of a file, decoded."""
    return [decode_row(row) for row in found.rows]
