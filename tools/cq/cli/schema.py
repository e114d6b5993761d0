"""`cq schema`: the JSON Schema of what a command answers with."""

import os
import sys
from collections.abc import Sequence
from typing import Any

from cq.cli.check import check
from cq.cli.options import SCHEMA
from cq.errors import CqError, nearest
from cq.resources import data_folder

_SUFFIX = ".schema.json"
# Commands that answer in a shape of another name.
_SHAPES = {"diagnose": "findings", "pattern": "findings", "rules": "findings"}


def schema(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0, or 2 for a command without a schema."""
    check(SCHEMA, values)
    known = schema_names()
    if not arguments:
        sys.stdout.writelines(f"{name}\n" for name in known)
        return 0
    if len(arguments) > 1:
        raise CqError("one schema at a time", "cq schema search")
    sys.stdout.write(schema_text(arguments[0], bool(values.get("jsonl"))))
    return 0


def schema_names() -> tuple[str, ...]:
    """The names of all schemas."""
    return tuple(
        sorted(name.removesuffix(_SUFFIX) for name in os.listdir(data_folder("contracts")) if name.endswith(_SUFFIX))
    )


def schema_text(command: str, jsonl: bool = False) -> str:
    """The schema of a command's JSON, or of one line of its JSON Lines."""
    name = command if command in schema_names() else _SHAPES.get(command, command)
    if jsonl and not name.endswith(".jsonl"):
        name += ".jsonl"
    if name not in schema_names():
        known = (*schema_names(), *_SHAPES)
        hint = nearest(name, known) or "cq schema lists those there are"
        raise CqError(f"no schema of {command}{' --format jsonl' * jsonl}", hint)
    with open(os.path.join(data_folder("contracts"), name + _SUFFIX), encoding="utf-8") as file:
        return file.read()
