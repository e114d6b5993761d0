"""The lanes of one process, each made when its language is first met."""

from cq.lanes.facts import FactReader
from cq.lanes.lane import Lane
from cq.lanes.table import LaneTable


class Lanes:
    """Lanes and fact readers by language. Owns C objects: made once per process, never pickled."""

    def __init__(self, table: LaneTable) -> None:
        self._table = table
        self._lanes: dict[str, Lane] = {}
        self._facts: dict[str, FactReader] = {}

    def lane(self, language: str) -> Lane:
        """The lane of a language of the table."""
        lane = self._lanes.get(language)
        if lane is None:
            lane = Lane(language, self._table.languages[language], self._table.packs)
            self._lanes[language] = lane
        return lane

    def facts(self, language: str) -> FactReader:
        """The fact reader of a language of the table."""
        reader = self._facts.get(language)
        if reader is None:
            reader = self._facts[language] = FactReader(self.lane(language))
        return reader
