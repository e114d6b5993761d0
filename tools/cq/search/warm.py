"""What a process that answers many questions keeps in memory between its searches, so that the next one does less.

Files are known by the numbers that their store gave them: a number stands for one content. Bounded by bytes; what was
not asked for longest goes first.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from cq.settings import WARM_ANSWER_BYTES, WARM_SYNTAX_BYTES
from cq.store.census import FileCensus, unpacked
from cq.store.fresh import Fresh
from cq.store.stamp import stamp
from cq.store.syntax import Syntax, SyntaxHead, decode_head
from cq.store.syntax import unpacked as syntax_of

if TYPE_CHECKING:
    from cq.lanes.lanes import Lanes

_ANSWER_BYTES = 64  # what one takes besides its bytes


class Warm:
    """What outlives a search. For one root, and one search at a time."""

    def __init__(self, lanes: Callable[[], "Lanes"], read: Callable[[str], bytes | None]) -> None:
        """`read` gives the text of a listed file as it was when the files were last looked at, or later."""
        self._lanes = lanes
        self.read = read
        self.seen: Fresh | None = None  # how the files look, found out for the question that is being answered
        self._stamps: dict[tuple[str, ...], bytes] = {}
        self._epoch = b""
        self._head_bytes = b""
        self._head: SyntaxHead | None = None
        self._syntax: OrderedDict[int, tuple[Syntax, int]] = OrderedDict()
        self._census: dict[int, FileCensus] = {}  # of some of those files
        self._syntax_bytes = 0
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
            self._forget_syntax()
            self._answers.clear()
            self._answer_bytes = 0

    def syntax_head(self, data: bytes) -> SyntaxHead:
        """The head that these bytes are."""
        if self._head is None or data != self._head_bytes:
            self._forget_syntax()
            self._head, self._head_bytes = decode_head(data), data
        return self._head

    def syntax(self, number: int, load: Callable[[int], bytes]) -> Syntax:
        """What is kept of the tree of a file, by the head asked for last."""
        known = self._syntax.get(number)
        if known is not None:
            self._syntax.move_to_end(number)
            return known[0]
        data = load(number)
        made = syntax_of(data)
        if data:
            self._syntax[number] = made, len(data)
            self._syntax_bytes += len(data)
        while self._syntax_bytes > WARM_SYNTAX_BYTES and len(self._syntax) > 1:
            gone, (_, size) = self._syntax.popitem(last=False)
            self._syntax_bytes -= size
            self._census.pop(gone, None)
        return made

    def census(self, number: int, kept: Syntax) -> FileCensus:
        """What the names of a file are, of which this is kept."""
        made = self._census.get(number)
        if made is None:
            made = unpacked(kept.census)
            if number in self._syntax:
                self._census[number] = made
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

    def _forget_syntax(self) -> None:
        self._head, self._head_bytes = None, b""
        self._syntax.clear()
        self._census.clear()
        self._syntax_bytes = 0
