"""From arguments to a command: read quickly when they are right, with cyclopts when they need an answer."""

import codecs
import gc
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from typing import Any

from cq.cli.argv import parse_argv
from cq.cli.options import FILES, LANGUAGES, OUTLINE, PACKS, QUERY, SEARCH, Option
from cq.errors import CqError

Command = Callable[[dict[str, Any], Sequence[str]], int]


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
        command = _command(argv[0]) if argv else None
        if command is not None:
            options, function = command
            parsed = parse_argv(options, argv[1:])
            if parsed is not None:
                return function(parsed.values, parsed.arguments)
        from cq.cli.app import run_app  # cyclopts: for help, errors and the commands that are not in a hurry

        return run_app(argv)
    except CqError as error:
        if sys.stdout is not None:
            sys.stdout.flush()
        sys.stderr.write(f"cq: {error.message}\n")
        if error.hint:
            sys.stderr.write(f"hint: {error.hint}\n")
        return 2


def _command(name: str) -> tuple[Sequence[Option], Command] | None:
    """The options of a command and what runs it; each imports its own."""
    if name == "search":
        from cq.cli.search import search

        return SEARCH, search
    if name == "query":
        from cq.cli.query import query

        return QUERY, query
    if name == "files":
        from cq.cli.files import files

        return FILES, files
    if name == "outline":
        from cq.cli.outline import outline

        return OUTLINE, outline
    if name == "languages":
        from cq.cli.languages import languages

        return LANGUAGES, languages
    if name == "packs":
        from cq.cli.packs import packs

        return PACKS, packs
    return None


def _as_it_is(error: UnicodeError) -> tuple[str | bytes, int]:
    """Bytes of file names that are no text go out as they came in; what an encoding lacks is escaped."""
    assert isinstance(error, UnicodeEncodeError)
    code = ord(error.object[error.start])
    if 0xDC80 <= code < 0xDD00:
        return bytes((code - 0xDC00,)), error.start + 1
    return ascii(error.object[error.start])[1:-1], error.start + 1
