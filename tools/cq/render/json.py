"""Answers as JSON or JSON Lines. Rows come encoded and are passed on as they are."""

from collections.abc import Iterable, Iterator

import msgspec

_ROWS = b',"rows":['
_encode = msgspec.json.Encoder().encode


def rows_json(tail: msgspec.Struct, rows: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The pieces of one JSON object: schema, query, summary, rows, then the rest of the tail."""
    head: list[bytes] = []
    rest: list[bytes] = []
    for field in tail.__struct_fields__:
        value = getattr(tail, field)
        if value is None or value in ((), ""):
            continue
        piece = _encode(field) + b":" + _encode(value)
        (head if field in ("schema", "query", "summary") else rest).append(piece)
    yield b"{" + b",".join(head) + _ROWS
    first = True
    for _, row in rows:
        yield row if first else b"," + row
        first = False
    yield b"]," + b",".join(rest) + b"}\n"


def tail_line(tail: msgspec.Struct) -> bytes:
    """The last line of JSON Lines."""
    return _encode(tail) + b"\n"


def answer_json(answer: msgspec.Struct) -> bytes:
    """Any other answer as one line of JSON."""
    return _encode(answer) + b"\n"
