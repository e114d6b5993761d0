"""From arguments to a command: read quickly when they are right, with cyclopts when they need an answer."""

import gc
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from cq.cli.argv import parse_argv
from cq.errors import CqError


def run(argv: Sequence[str]) -> int:
    """Run one command line; the exit status."""
    # A search makes many small objects and keeps them: looking for cycles among them finds none.
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        # Paths and lines may hold what the terminal's encoding does not.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        if argv and argv[0] == "search":
            from cq.cli.options import SEARCH
            from cq.cli.search import search  # each command imports its own

            parsed = parse_argv(SEARCH, argv[1:])
            if parsed is not None:
                return search(parsed.values, parsed.arguments)
        from cq.cli.app import run_app  # cyclopts: for help, errors and the commands that are not in a hurry

        return run_app(argv)
    except CqError as error:
        sys.stdout.flush()
        sys.stderr.write(f"cq: {error.message}\n")
        if error.hint:
            sys.stderr.write(f"hint: {error.hint}\n")
        return 2
    except BrokenPipeError:
        raise
    except OSError as error:
        where = f"{os.fsdecode(error.filename)}: " if error.filename else ""
        sys.stderr.write(f"cq: {where}{error.strerror or error}\n")
        return 2
