"""Answers as JSON or JSON Lines. Rows come encoded and are passed on as they are."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from cq.rows.shared import as_text

_encode = msgspec.json.Encoder().encode


def rows_json(tail: msgspec.Struct, rows: Iterable[tuple[str, bytes]], field: str = "rows") -> Iterator[bytes]:
    """The pieces of one JSON object: schema, query, summary, the field with the rows, then the rest of the tail."""
    head: list[bytes] = []
    rest: list[bytes] = []
    for name in tail.__struct_fields__:
        value = getattr(tail, name)
        if value is None or value in ((), ""):
            continue
        piece = _encode(name) + b":" + _safe(value)
        (head if name in ("schema", "query", "summary") else rest).append(piece)
    yield b"{" + b",".join((*head, _encode(field))) + b":["
    first = True
    for _, row in rows:
        yield row if first else b"," + row
        first = False
    yield b",".join((b"]", *rest)) + b"}\n"


def tail_line(tail: msgspec.Struct) -> bytes:
    """The last line of JSON Lines."""
    return _encode(tail) + b"\n"


def answer_json(answer: msgspec.Struct) -> bytes:
    """Any other answer as one line of JSON. What is not UTF-8 in the name of a file is replaced."""
    return _safe(answer) + b"\n"


def _safe(value: Any) -> bytes:
    try:
        return _encode(value)
    except UnicodeEncodeError:  # rare: not worth a look at every text beforehand
        return _encode(_as_texts(msgspec.to_builtins(value)))


def _as_texts(value: Any) -> Any:
    if isinstance(value, str):
        return as_text(value)
    if isinstance(value, (list, tuple)):
        return [_as_texts(each) for each in value]
    if isinstance(value, dict):
        return {_as_texts(key): _as_texts(each) for key, each in value.items()}
    return value
