"""What an independent reader says of a file: of its words what they are, and of some names what they refer to.

Readers share no code with the lanes. One for a language is the package of its name: `cq.verify.LANGUAGE.reader`, with a
function `read(data) -> Reading` that raises NotReadable for a file that it cannot make sense of.
"""

import importlib
import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

_HERE = os.path.dirname(__file__)
# As search has it: letters, digits and underscores, and all that is not ASCII.
_PLAIN_WORD = re.compile(rb"[A-Za-z_\x80-\xff][0-9A-Za-z_\x80-\xff]*")


class NotReadable(Exception):
    """The reader cannot make sense of the file: the message says why."""


class Word(NamedTuple):
    """One word of a file, and what it may be."""

    start_byte: int
    end_byte: int
    roles: tuple[str, ...]  # one, or those among which the reader cannot decide, the likeliest first
    kind: str = ""  # "": not compared


class Bound(NamedTuple):
    """A name whose scope says what it refers to."""

    start_byte: int
    name: str
    lines: tuple[int, ...]  # on which the scope binds the name
    imported: tuple[str, ...] = ()  # the names under which the scope imports it


class Reading(NamedTuple):
    """All that a reader says of one file."""

    words: list[Word]
    bound: list[Bound]


def plain_words(data: bytes) -> Iterator[tuple[int, int]]:
    """The bytes of every word of a file in any language, wherever it stands."""
    return (found.span() for found in _PLAIN_WORD.finditer(data))


@cache
def reader_of(language: str) -> Callable[[bytes], Reading] | None:
    """The independent reader of a language; None when there is none."""
    if not language.isidentifier() or not os.path.isdir(os.path.join(_HERE, language)):
        return None
    read: Callable[[bytes], Reading] = importlib.import_module(f"cq.verify.{language}.reader").read
    return read
