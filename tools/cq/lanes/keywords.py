"""Words that are never names. A parser that lost its way takes one for the name of a function: `MACRO if (x) {`."""

from collections.abc import Sequence

from tree_sitter import Node

from cq.lanes.regions import Region, Span
from cq.lanes.table import LanguageEntry

# What a word may be that is no name.
_NO_NAMES = ("keyword", "string", "comment", "doc-example", "unparsed", "import", "decorator")


class Keywords:
    """Of one language: none when its table says none."""

    def __init__(self, entry: LanguageEntry) -> None:
        self._words = frozenset(word.encode() for word in entry.keywords)
        self._types = frozenset(word.encode() for word in entry.type_keywords)
        self._kinds = frozenset(entry.keyword_kinds)
        self._quotes = entry.keyword_quotes.encode()
        self.all = self._words | self._types  # whatever they may be, quoted or not

    def __bool__(self) -> bool:
        return bool(self.all)

    def hold(self, data: bytes, hit: Span, role: str, kind: str) -> bool:
        """Whether a word that was judged to be a name is a keyword."""
        start, end = hit
        if role == "type" and data[start:end] in self._types:
            return True
        return (
            bool(self._words)
            and data[start:end] in self._words
            and role not in _NO_NAMES
            and kind not in self._kinds
            and not self._is_quoted(data, start)
        )

    def hold_name(self, name: Node, kind: str) -> bool:
        """Whether the name of a definition of this kind is a keyword."""
        return bool(self._words) and kind not in self._kinds and name.text in self._words

    def unnamed(self, data: bytes, regions: Sequence[Region]) -> list[Region]:
        """These regions, without a name those of which it is a keyword."""
        if not self._words:
            return list(regions)
        return [
            each._replace(meaning=each.meaning._replace(scope="", emit="scope"))
            if each.anchor is not None and each.name and self.hold(data, each.anchor, "", each.meaning.kind)
            else each
            for each in regions
        ]

    def _is_quoted(self, data: bytes, start: int) -> bool:
        return start > 0 and data[start - 1] in self._quotes
