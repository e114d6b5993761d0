"""`cq run`: several questions in one process, as JSON Lines in and out."""

import io
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from cq.cli.argv import parse_argv
from cq.cli.check import check
from cq.cli.commands import COMMANDS
from cq.cli.main import run as run_command
from cq.cli.options.upkeep import RUN
from cq.cli.settle import form_of
from cq.cli.shared import forget, sharing
from cq.cli.tool_steps import ToolSteps
from cq.errors import CqError
from cq.render.json import answer_json
from cq.rows.run import RunTail, Step, StepAnswer
from cq.rows.shared import SchemaId

_MOST_BYTES = 64 << 20  # of all steps
_NOT_A_STEP = ("run", "mcp")
_WRITES = ("--apply", "--fix")
_USAGE = 'a step is {"id": 1, "argv": ["search", "Flask"]} or {"id": 2, "tool": "search", "params": {"name": "Flask"}}'
_decode = msgspec.json.Decoder(Step).decode


class _Named(msgspec.Struct):
    """What is read of a step that is no step."""

    id: str | int = ""


_decode_named = msgspec.json.Decoder(_Named).decode


class _Written(NamedTuple):
    """What a command left."""

    status: int
    stdout: bytes
    stderr: str


def run(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the steps; 0, or 2 when a step failed."""
    check(RUN, values)
    if arguments or "steps" not in values:
        raise CqError("run which steps?", "cq run --steps FILE, or --steps - for stdin; cq run --help has examples")
    lines = _lines(values["steps"])
    out = sys.stdout.buffer
    counts = {0: 0, 1: 0, 2: 0}
    with sharing():
        tools = ToolSteps(values)
        lines_of: dict[str | int, int] = {}  # of the ids that are given
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            answer = _answered(number, line, tools, lines_of)
            counts[answer.status if answer.status in (0, 1) else 2] += 1
            out.write(answer_json(answer))
            out.flush()
            if answer.status == 130:
                raise KeyboardInterrupt
    steps = sum(counts.values())
    if not steps:
        raise CqError("no step to run", _USAGE)
    status = 2 if counts[2] else 0
    tail = RunTail(
        schema=SchemaId("cq.run"),
        steps=steps,
        found=counts[0],
        nothing=counts[1],
        failed=counts[2],
        exit_status=status,
    )
    out.write(answer_json(tail))
    return status


def _lines(source: str) -> list[bytes]:
    """The lines of the file; all of them are read first, so that all answers are of one moment."""
    try:
        if source == "-":
            text = sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            with open(source, "rb") as file:
                text = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise CqError(f"cannot read the steps {source}: {error.strerror}", _USAGE) from error
    if len(text) > _MOST_BYTES:
        raise CqError(f"the steps {source} are more than {_MOST_BYTES >> 20} MB", "run them in parts")
    return text.removeprefix(b"\xef\xbb\xbf").split(b"\n")


def _answered(number: int, line: bytes, tools: ToolSteps, lines_of: dict[str | int, int]) -> StepAnswer:
    try:
        step = _decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        reason = "too many brackets within each other" if isinstance(error, RecursionError) else str(error)
        return _refused(_name_of(line, number), number, f"line {number}: {reason}")
    name = step.id if step.id != "" else number
    # Answers are told apart by their ids.
    if step.id != "":
        first = lines_of.setdefault(name, number)
        if first != number:
            return _refused(name, number, f"line {number}: the id {name!r} is that of line {first}")
    if bool(step.argv) == bool(step.tool) or (step.argv and step.params):
        return _refused(name, number, f"line {number}: a step has either argv, or a tool and its params")
    if step.tool:
        return tools.answer(name, number, step)
    command = step.argv[0]
    if any("\0" in word for word in step.argv):
        return _refused(name, number, f"line {number}: an argument has no NUL character", command)
    if command in _NOT_A_STEP or "--watch" in step.argv:
        return _refused(name, number, f"line {number}: cq {' '.join(step.argv[:2])} is no step: it has no end", command)
    written = _written(step.argv)
    if any(word in step.argv for word in _WRITES):
        forget()
    answer = StepAnswer(id=name, line=number, status=written.status, command=command, messages=written.stderr)
    return _with_output(answer, written.stdout, step.argv)


def _name_of(line: bytes, number: int) -> str | int:
    """The id of a line that is no step, when it can be read; else the number of the line."""
    try:
        name = _decode_named(line).id
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return number
    return number if name == "" else name


def _refused(name: str | int, number: int, message: str, command: str = "") -> StepAnswer:
    return StepAnswer(id=name, line=number, status=2, command=command, messages=f"{message}\nhint: {_USAGE}\n")


def _written(argv: Sequence[str]) -> _Written:
    """Run one command line, and catch what it writes. What goes wrong in it is its status and what it says."""
    kept = (sys.stdin, sys.stdout, sys.stderr)
    interrupt = signal.getsignal(signal.SIGINT)
    raw_out, raw_err = io.BytesIO(), io.BytesIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(), "utf-8")
    sys.stdout = io.TextIOWrapper(raw_out, "utf-8", write_through=True)
    sys.stderr = io.TextIOWrapper(raw_err, "utf-8", write_through=True)
    message = ""
    try:
        status = run_command(argv)
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else 2
    except OSError as error:
        where = f"{os.fsdecode(error.filename)}: " if error.filename else ""
        status, message = 2, f"cq: {where}{error.strerror or error}\n"
    except (RecursionError, MemoryError, UnicodeError) as error:
        status, message = 2, f"cq: {type(error).__name__}: {error}\n"
    finally:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.detach()  # else the bytes would go with it
        sys.stdin, sys.stdout, sys.stderr = kept
        signal.signal(signal.SIGINT, interrupt)
    return _Written(status, raw_out.getvalue(), raw_err.getvalue().decode("utf-8", "replace") + message)


def _with_output(answer: StepAnswer, output: bytes, argv: Sequence[str]) -> StepAnswer:
    """The answer with what the command wrote, as what it is."""
    form = ""
    parsed = parse_argv(COMMANDS[argv[0]].options, argv[1:]) if argv[0] in COMMANDS else None
    if parsed is not None:
        form = form_of(parsed.values)
    if output.startswith(b"{") and output.endswith(b"}\n"):
        lines = output.rstrip(b"\n").split(b"\n")
        if form == "json" and len(lines) == 1:
            return msgspec.structs.replace(answer, answer=msgspec.Raw(lines[0]))
        if form == "jsonl" or all(line.startswith(b"{") for line in lines):
            return msgspec.structs.replace(answer, rows=tuple(map(msgspec.Raw, lines)))
    return msgspec.structs.replace(answer, text=output.decode("utf-8", "replace"))
