"""A line on stderr while long work goes on: only on a terminal, only after a second."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

_AFTER_SECONDS = 1.0
_EVERY_SECONDS = 0.1
_GUESS_SECONDS = 3.0

Each = TypeVar("Each")


def progress(total: Callable[[], int], files: Iterable[Each], doing: str) -> Iterator[Each]:
    """Pass the files on, and say how far the work is; `total` is asked once the first file is there."""
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
                whole = total()
                left = _left(now - began, done, whole)
                sys.stderr.write(f"\r\x1b[K{doing} {done} of {whole} files{left}")
                sys.stderr.flush()
                last, written = now, True
            yield found
    finally:
        if written:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _left(seconds: float, done: int, whole: int) -> str:
    """About how long it will take, in steps that do not flicker; nothing while that is a guess."""
    if seconds < _GUESS_SECONDS or done >= whole:
        return ""
    left = seconds / done * (whole - done)
    if left < 90:
        return f", about {max(5, 5 * round(left / 5))} seconds left"
    return f", about {round(left / 60)} minutes left"
