"""The JSON Schemas of answers, by command."""

import os

from cq.errors import CqError, nearest
from cq.resources import data_folder

_SUFFIX = ".schema.json"
# Commands that answer in a shape of another name.
_SHAPES = {"diagnose": "findings", "pattern": "findings", "rules": "findings"}


def schema_names() -> tuple[str, ...]:
    """The names of all schemas."""
    names = os.listdir(data_folder("contracts"))
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in names if name.endswith(_SUFFIX)))


def schema_text(command: str, jsonl: bool = False) -> str:
    """The schema of a command's JSON, or of one line of its JSON Lines. Raises CqError when there is none."""
    name = command if command in schema_names() else _SHAPES.get(command, command)
    if jsonl and not name.endswith(".jsonl"):
        name += ".jsonl"
    if name not in schema_names():
        hint = nearest(name, (*schema_names(), *_SHAPES)) or "cq schema lists those there are"
        raise CqError(f"no schema of {command}{' --format jsonl' * jsonl}", hint)
    with open(os.path.join(data_folder("contracts"), name + _SUFFIX), encoding="utf-8") as file:
        return file.read()
