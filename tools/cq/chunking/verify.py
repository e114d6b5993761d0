"""Whether the chunks of a file are what they claim to be, judged by their rows alone."""

from collections.abc import Sequence

import msgspec

from cq.chunking.options import ChunkOptions
from cq.chunking.rows import bytes_of
from cq.chunking.size import Measure
from cq.rows.chunk import ChunkRow


def problem_of(rows: Sequence[ChunkRow], data: bytes, options: ChunkOptions, measure: Measure) -> str:
    """What is wrong with the partition of a file, after a way through JSON and back; "" when nothing is."""
    at = 0
    seen: set[str] = set()
    line = 1
    for number, row in enumerate(rows):
        again = msgspec.json.decode(msgspec.json.encode(row), type=ChunkRow)
        text = bytes_of(again)
        if (again.start_byte, again.end_byte, again.index) != (at, at + len(text), number) or not text:
            return f"chunk {number} does not follow the one before it"
        if data[at : again.end_byte] != text:
            return f"chunk {number} is not the bytes {at} to {again.end_byte} of the file"
        at = again.end_byte
        if again.start_line != line:
            return f"chunk {number} does not begin in line {again.start_line}"
        line += text.count(b"\n")
        above = f"{again.header}\n{again.overlap}" if again.header else again.overlap
        size = measure.count(above.encode() + text)
        if size > options.most or size != again.size:
            return f"chunk {number} has {size} {options.unit}, not {again.size}, of at most {options.most}"
        if again.id in seen:
            return f"two chunks have the id {again.id}"
        seen.add(again.id)
    return "" if at == len(data) else f"{len(data) - at} bytes at the end are in no chunk"
