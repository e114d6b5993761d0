"""When to colour, and with what; and what must never reach a terminal."""

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
    warning: str = ""


# What a terminal must not be told to do by a file's content or name: control characters, characters that end a line or
# turn the direction of the text, and bytes that are no text; and tags, which a model reads and nobody else sees.
_CONTROLS = dict.fromkeys(
    (
        *(*range(9), *range(10, 32), *range(127, 160)),
        *(*range(0x2028, 0x202F), *range(0x2066, 0x206A), *range(0xDC80, 0xDD00), *range(0xE0000, 0xE0080)),
    ),
    "\N{REPLACEMENT CHARACTER}",
)

PLAIN = Palette()
COLOURED = Palette("\x1b[35m", "\x1b[32m", "\x1b[1;31m", "\x1b[1m", "\x1b[2m", "\x1b[0m", "\x1b[1;33m")


def printable(text: str) -> str:
    """The text as a terminal may have it."""
    return text if text.isascii() and text.isprintable() else text.translate(_CONTROLS)


def palette(when: str, stream: IO[str]) -> Palette:
    """The palette for a stream: `when` is auto, always or never; NO_COLOR, FORCE_COLOR and TERM=dumb count."""
    if when == "always":
        return COLOURED
    if when == "never" or os.environ.get("NO_COLOR"):
        return PLAIN
    if os.environ.get("FORCE_COLOR") or os.environ.get("CLICOLOR_FORCE"):
        return COLOURED
    return COLOURED if stream.isatty() and os.environ.get("TERM") != "dumb" else PLAIN
