"""`cq schema`: the JSON Schema of what a command answers with."""

import sys
from collections.abc import Sequence
from typing import Any

from cq.cli.check import check
from cq.cli.options.upkeep import SCHEMA
from cq.errors import CqError
from cq.serve.schemas import schema_names, schema_text


def schema(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0, or 2 for a command without a schema."""
    check(SCHEMA, values)
    if len(arguments) > 1:
        raise CqError("one schema at a time", "cq schema search")
    if arguments:
        sys.stdout.write(schema_text(arguments[0], bool(values.get("jsonl"))))
    else:
        sys.stdout.writelines(f"{name}\n" for name in schema_names())
    return 0
