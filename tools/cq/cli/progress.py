"""A line on stderr while long work goes on: only on a terminal, only after a second."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

_AFTER_SECONDS = 1.0
_EVERY_SECONDS = 0.1
_GUESS_SECONDS = 3.0

Each = TypeVar("Each")


def how_far(done: int, total: int, seconds: float) -> str:
    """How many files are done, how fast that was, and about how long the rest takes, once that is no mere guess."""
    text = f"{done:,} of {total:,} files, {done / seconds:,.0f} a second"
    if seconds < _GUESS_SECONDS or done >= total:
        return text
    left = seconds / done * (total - done)
    # In steps that do not flicker.
    rest = f"{max(5, 5 * round(left / 5))} seconds" if left < 90 else f"{round(left / 60)} minutes"
    return f"{text}, about {rest} left"


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
                sys.stderr.write(f"\r\x1b[K{doing} {how_far(done, total(), now - began)}")
                sys.stderr.flush()
                last, written = now, True
            yield found
    finally:
        if written:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
