"""A line on stderr while long work goes on: only on a terminal, only after a second."""

import sys
import time
from collections.abc import Iterator

from cq.search.analysis import FileFound
from cq.search.run import SearchRun

_AFTER_SECONDS = 1.0
_EVERY_SECONDS = 0.1


def progress(run: SearchRun, files: Iterator[FileFound]) -> Iterator[FileFound]:
    """Pass the files on, and say how far the search is."""
    if not sys.stderr.isatty():
        yield from files
        return
    began = last = time.monotonic()
    written = False
    done = 0
    try:
        for found in files:
            done += 1
            now = time.monotonic()
            if now - began > _AFTER_SECONDS and now - last > _EVERY_SECONDS:
                sys.stderr.write(f"\r\x1b[Kparsing {done} of {run.files_to_analyse} files")
                sys.stderr.flush()
                last, written = now, True
            yield found
    finally:
        if written:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
