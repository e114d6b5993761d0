"""Write the answer of a command in the form that is asked for."""

import sys
from collections.abc import Iterable
from typing import Any

import msgspec

from cq.cli.settle import form_of
from cq.render.json import answer_json


def write(values: dict[str, Any], answer: msgspec.Struct, rows: Iterable[msgspec.Struct], text: Iterable[str]) -> None:
    """Write an answer in the form that is asked for: as JSON whole, as JSON Lines its rows, or the lines of text."""
    form = form_of(values)
    if form == "text":
        sys.stdout.writelines(f"{line}\n" for line in text)
    elif form == "json":
        sys.stdout.buffer.write(answer_json(answer))
    else:
        sys.stdout.buffer.writelines(answer_json(row) for row in rows)
