"""From arguments to a command: read quickly when they are right, with cyclopts when they need an answer."""

import codecs
import gc
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from cq.cli.argv import parse_argv
from cq.cli.at_end import finish
from cq.cli.commands import COMMANDS
from cq.errors import CqError


def run(argv: Sequence[str]) -> int:
    """Run one command line; the exit status. What cannot be read or written is for the caller to say."""
    # A search makes many small objects and keeps them: looking for cycles among them finds none.
    gc.disable()
    codecs.register_error("as-it-is", _as_it_is)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="as-it-is")
    try:
        if sys.stdout is None:
            raise CqError("stdout is closed", "redirect it to /dev/null and look at the exit status, or use --quiet")
        command = COMMANDS.get(argv[0]) if argv else None
        if command is not None:
            parsed = parse_argv(command.options, argv[1:])
            if parsed is not None:
                status = command.load()(parsed.values, parsed.arguments)
                sys.stdout.flush()
                return status
        from cq.cli.app import run_app  # cyclopts: for help, errors and the commands that are not in a hurry

        return run_app(argv)
    except CqError as error:
        if sys.stdout is not None:
            sys.stdout.flush()
        sys.stderr.write(f"cq: {error.message}\n")
        if error.hint:
            sys.stderr.write(f"hint: {error.hint}\n")
        return 2
    finally:
        finish()


def _as_it_is(error: UnicodeError) -> tuple[str | bytes, int]:
    """Bytes of file names that are no text go out as they came in; what an encoding lacks is escaped."""
    assert isinstance(error, UnicodeEncodeError)
    code = ord(error.object[error.start])
    if 0xDC80 <= code < 0xDD00:
        return bytes((code - 0xDC00,)), error.start + 1
    return ascii(error.object[error.start])[1:-1], error.start + 1
