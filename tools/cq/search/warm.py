"""What a process that answers many questions keeps in memory between its searches, so that the next one does less.

Files are known by the numbers that their store gave them: a number stands for one content. Bounded by bytes; what was
not asked for longest goes first.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import msgspec

from cq.settings import WARM_ANSWER_BYTES, WARM_CENSUS_BYTES
from cq.store.census import CensusHead, FileCensus, unpacked
from cq.store.stamp import stamp

if TYPE_CHECKING:
    from cq.lanes.lanes import Lanes

_ANSWER_BYTES = 64  # what one takes besides its bytes


class Warm:
    """What outlives a search. For one root, and one search at a time."""

    def __init__(self, lanes: Callable[[], "Lanes"], read: Callable[[str], bytes | None]) -> None:
        """`read` gives the text of a listed file as it was when the files were last looked at, or later."""
        self._lanes = lanes
        self.read = read
        self._stamps: dict[tuple[str, ...], bytes] = {}
        self._epoch = b""
        self._head_bytes = b""
        self._head: CensusHead | None = None
        self._census: OrderedDict[int, tuple[FileCensus, int]] = OrderedDict()
        self._census_bytes = 0
        self._answers: OrderedDict[bytes, dict[int, bytes]] = OrderedDict()
        self._answer_bytes = 0

    @property
    def lanes(self) -> "Lanes":
        """What reads the languages."""
        return self._lanes()

    def stamp(self, folders: tuple[str, ...]) -> bytes:
        """What answers depend on besides files. The queries are loaded once in a process, so it is found out once."""
        if folders not in self._stamps:
            self._stamps[folders] = stamp(folders)
        return self._stamps[folders]

    def begin(self, epoch: bytes) -> None:
        """Numbers are those of this store from here on: of another one nothing is known."""
        if epoch != self._epoch:
            self._epoch = epoch
            self._forget_census()
            self._answers.clear()
            self._answer_bytes = 0

    def census_head(self, data: bytes) -> CensusHead:
        """The head that these bytes are."""
        if self._head is None or data != self._head_bytes:
            self._forget_census()
            self._head, self._head_bytes = msgspec.msgpack.decode(data, type=CensusHead), data
        return self._head

    def census(self, number: int, load: Callable[[], bytes | None]) -> FileCensus | None:
        """What the names of a file are, of the census with the head asked for last."""
        known = self._census.get(number)
        if known is not None:
            self._census.move_to_end(number)
            return known[0]
        data = load()
        if not data:
            return None
        made = unpacked(data)
        self._census[number] = made, len(data)
        self._census_bytes += len(data)
        while self._census_bytes > WARM_CENSUS_BYTES and len(self._census) > 1:
            _, (_, size) = self._census.popitem(last=False)
            self._census_bytes -= size
        return made

    def answers(self, plan: bytes) -> Mapping[int, bytes]:
        """What files said to a plan, by their numbers."""
        if plan in self._answers:
            self._answers.move_to_end(plan)
        return self._answers.get(plan, {})

    def answered(self, plan: bytes, made: Mapping[int, bytes]) -> None:
        """Keep what files said."""
        known = self._answers.setdefault(plan, {})
        for number, answer in made.items():
            if answer and number not in known:
                known[number] = answer
                self._answer_bytes += len(answer) + _ANSWER_BYTES
        while self._answer_bytes > WARM_ANSWER_BYTES and self._answers:
            _, dropped = self._answers.popitem(last=False)
            self._answer_bytes -= sum(len(answer) + _ANSWER_BYTES for answer in dropped.values())

    def _forget_census(self) -> None:
        self._head, self._head_bytes = None, b""
        self._census.clear()
        self._census_bytes = 0
