"""When to colour, and with what."""

import os
from typing import IO, NamedTuple


class Palette(NamedTuple):
    """Escape sequences; all empty when there is no colour."""

    path: str = ""
    line: str = ""
    name: str = ""
    head: str = ""
    dim: str = ""
    reset: str = ""


PLAIN = Palette()
COLOURED = Palette("\x1b[35m", "\x1b[32m", "\x1b[1;31m", "\x1b[1m", "\x1b[2m", "\x1b[0m")


def palette(when: str, stream: IO[str]) -> Palette:
    """The palette for a stream: `when` is auto, always or never; NO_COLOR, FORCE_COLOR and TERM=dumb count."""
    if when == "always":
        return COLOURED
    if when == "never" or os.environ.get("NO_COLOR"):
        return PLAIN
    if os.environ.get("FORCE_COLOR") or os.environ.get("CLICOLOR_FORCE"):
        return COLOURED
    return COLOURED if stream.isatty() and os.environ.get("TERM") != "dumb" else PLAIN
