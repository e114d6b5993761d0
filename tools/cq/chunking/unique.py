"""Ids that are unique over all files of a run, in the order in which the files come."""

import re

import msgspec

from cq.chunking.file_chunks import FileChunks
from cq.chunking.ids import again

_ID = re.compile(rb'"([0-9a-f]{32})"')


class UniqueIds:
    """Knows the ids that were given so far."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def applied(self, found: FileChunks) -> FileChunks:
        """The file with ids that no file before it has. Within the file they are unique already."""
        given = self._given
        news = dict.fromkeys(found.firsts, 1)
        if len(news) == len(found.firsts) and given.keys().isdisjoint(news):
            given |= news
            return found
        own: dict[str, int] = {}
        new: dict[bytes, bytes] = {}
        for first in found.firsts:
            ordinal = own.get(first, 0)
            own[first] = ordinal + 1
            before = given.get(first, 0)
            if before:
                old = again(first, ordinal) if ordinal else first
                new[old.encode()] = again(first, before + ordinal).encode()
        for first, count in own.items():
            given[first] = given.get(first, 0) + count
        if not new:
            return found

        def renamed(match: re.Match[bytes]) -> bytes:
            return b'"%s"' % new.get(match[1], match[1])

        return msgspec.structs.replace(found, rows=tuple(_ID.sub(renamed, row) for row in found.rows))
