"""What a Rust file says by its tokens alone."""

import re

from cq.verify.rust.roles import RustFile
from cq.verify.word import Reading, Word

# Source is decoded as Latin-1, so that an index is a byte offset.
_WORD = re.compile(r"[A-Za-z_\x80-\xff][0-9A-Za-z_\x80-\xff]*")


def read(data: bytes) -> Reading:
    """The roles of all words. Any bytes can be read; what no name refers to is told."""
    file = RustFile(data.decode("latin-1"))
    words = []
    for found in _WORD.finditer(file.source):
        roles, _ = file.roles(*found.span())
        words.append(Word(*found.span(), tuple(sorted(roles))))
    return Reading(words, [])
