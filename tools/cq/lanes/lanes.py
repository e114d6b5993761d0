"""The lanes of one process, each made when its language is first met."""

import re

from tree_sitter import Language, Tree

from cq.grammar.language import is_installed, load_language
from cq.grammar.parse import error_bytes
from cq.lanes.facts import FactReader
from cq.lanes.lane import Lane
from cq.lanes.table import LaneTable


class Lanes:
    """Lanes and fact readers by language. Owns C objects: made once per process, never pickled."""

    def __init__(self, table: LaneTable) -> None:
        self.table = table
        self._lanes: dict[str, Lane] = {}
        self._grammars: dict[str, Language | None] = {}
        self._facts: dict[str, FactReader] = {}

    def lane(self, language: str) -> Lane:
        """The lane of a language of the table."""
        lane = self._lanes.get(language)
        if lane is None:
            # Data in a string is a string, but a page's own parts (a style, a template) are as good as the page.
            within = self.lane_or_none if language in self.table.data else self._lane_of_code
            lane = self._lanes[language] = Lane(language, self.table, within)
        return lane

    def parsed(self, language: str, data: bytes) -> tuple[Lane, Tree] | None:
        """A file's tree and its lane, which is another one where the language has a fallback that fits the file better.

        None when the grammar is an extra that is not installed.
        """
        entry = self.table.languages[language]
        if entry.extra and self.grammar(entry.grammar) is None:
            return None
        lane = self.lane(language)
        tree = lane.parse(data)
        if not tree.root_node.has_error:
            return lane, tree
        other = self.lane_or_none(entry.fallback) if entry.fallback else None
        best = (error_bytes(tree.root_node), lane, tree)
        for each in (lane, other):
            if each is None:
                continue
            texts = [data] if each is other else []
            texts += _without_macros(data, each.entry.macros)
            for one in texts:
                second = each.parse(one)
                errors = error_bytes(second.root_node)
                if errors < best[0]:
                    best = (errors, each, second)
        return best[1:]

    def lane_or_none(self, language: str) -> Lane | None:
        """The same; None for what is not in the table, or has no grammar installed."""
        entry = self.table.languages.get(language)
        return self.lane(language) if entry is not None and self.grammar(entry.grammar) is not None else None

    def _lane_of_code(self, language: str) -> Lane | None:
        """The same, of code only: data in a string is a string."""
        return None if language in self.table.data else self.lane_or_none(language)

    def grammar(self, package: str) -> Language | None:
        """The language of a grammar's wheel, also of one without a lane; None when it is not installed."""
        if package not in self._grammars:
            self._grammars[package] = load_language(package) if is_installed(package) else None
        return self._grammars[package]

    def facts(self, language: str) -> FactReader:
        """The fact reader of a language of the table."""
        reader = self._facts.get(language)
        if reader is None:
            reader = self._facts[language] = FactReader(self.lane(language))
        return reader


def _without_macros(data: bytes, macros: str) -> list[bytes]:
    """The text with blanks for these macros, so that all else stays where it is; none when there is no such."""
    text = re.sub(macros.encode(), lambda found: b" " * len(found[0]), data) if macros else data
    return [text] if text != data else []
