"""What `cq run` takes and emits: a line for each step, then one for all of them."""

from typing import Any

import msgspec

from cq.rows.shared import SchemaId


class Step(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One line of the steps: a command line, or a tool of `cq mcp` with its parameters."""

    id: str | int = ""  # of the answer, too; without it the number of the line
    argv: tuple[str, ...] = ()  # as on the command line, without `cq`: ["search", "Flask", "--json"]
    tool: str = ""
    params: dict[str, Any] = {}  # of the tool


class StepAnswer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the answer."""

    id: str | int
    line: int  # of the step, from 1
    status: int  # as the command ends with: 0 found, 1 nothing, 2 error
    command: str = ""  # or tool
    text: str = ""  # what the command wrote, when that is text
    answer: msgspec.Raw | None = None  # the same, when it is one JSON object; of a tool its structured content
    rows: tuple[msgspec.Raw, ...] = ()  # the same, when it is JSON Lines
    messages: str = ""  # what it wrote on stderr: accounts, notes, what is wrong and what to do


class RunTail(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The last line."""

    schema: SchemaId
    steps: int
    found: int  # steps with status 0
    nothing: int  # with status 1
    failed: int
    exit_status: int
