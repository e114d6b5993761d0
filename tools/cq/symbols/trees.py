"""The trees of the files of a project that were asked for last, for all who read them."""

from collections import OrderedDict
from collections.abc import Callable

from tree_sitter import Language, Tree

from cq.grammar.parse import parse_text

_MOST_BYTES = 8 << 20  # of source whose trees are kept; a tree takes ten times that
Parsed = tuple[Tree, bytes]


class Trees:
    """Parses each file once, as long as there is room."""

    def __init__(self, read: Callable[[str], bytes | None]) -> None:
        self._read = read
        self._kept: OrderedDict[tuple[str, Language], Parsed | None] = OrderedDict()
        self._bytes = 0

    def of(self, path: str, language: Language) -> Parsed | None:
        """The tree of a file and the bytes it is of, or None when the file cannot be read."""
        key = (path, language)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        data = self._read(path)
        parsed = self._kept[key] = None if data is None else parse_text(language, data)
        self._bytes += len(parsed[1]) if parsed is not None else 0
        while self._bytes > _MOST_BYTES and len(self._kept) > 1:
            _, dropped = self._kept.popitem(last=False)
            self._bytes -= len(dropped[1]) if dropped is not None else 0
        return parsed
