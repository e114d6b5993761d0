"""Text without structure to atoms: by its lines, and where a single line is too large within it, between characters."""

import unicodedata

from cq.chunking.pieces import NO_BLANK_LINE_COST, Atom, Limits, level_cost
from cq.chunking.size import Ruler

# A line that stands further in is a worse place for a cut; from so many columns on no worse.
_INDENT_COST, _DEEPEST_INDENT = 0.5, 40
_IN_LINE_COST = 2.0
# So many places in a block are looked at, at the most.
_STEPS = 6
# The best places within a line, and in which last part of what fits they are looked for.
_SEPARATORS = (b";", b"}", b",", b" ")
_LOOK_BACK = 4


class LineCutter:
    """Cuts spans of one file."""

    def __init__(self, data: bytes, ruler: Ruler, limits: Limits) -> None:
        self._data = data
        self._ruler = ruler
        self._limits = limits

    def atoms(self, start: int, end: int, cost: float, level: int) -> list[Atom]:
        """The atoms of a span that begins where a line does, or where an atom may; a cut before it has this cost."""
        total = self._ruler.weight(start, end)
        if total <= self._limits.block:
            return [Atom(start, end, total, cost, None, None, None, "lines")]
        within = level_cost(level + 1)
        data = self._data
        wanted = max(1, (end - start) * self._limits.block // total)  # so many bytes are about a block
        step = wanted // _STEPS
        found: list[Atom] = []
        begin = at = start
        block_cost = cost
        while at < end:
            if at > begin:
                line = data[at : at + _DEEPEST_INDENT + 1]
                indent = len(line) - len(line.lstrip(b" \t"))
                here = within + _INDENT_COST * min(indent, _DEEPEST_INDENT) / _DEEPEST_INDENT
                if data.count(b"\n", max(start, at - 4), at) < 2:
                    here += NO_BLANK_LINE_COST
                if at - begin >= wanted or here < block_cost - 0.01:
                    self._add(found, begin, at, block_cost)
                    begin, block_cost = at, here
            # The shortest lines are taken several at a time.
            at = data.find(b"\n", min(at + step, end - 1), end) + 1 or end
        self._add(found, begin, end, block_cost)
        return found

    def _add(self, found: list[Atom], start: int, end: int, cost: float) -> None:
        """Add a block of lines; one that is too large after all line by line."""
        weight = self._ruler.weight(start, end)
        if weight <= self._limits.part:
            found.append(Atom(start, end, weight, cost, None, None, None, "lines"))
            return
        at = start
        while at < end:
            stop = self._data.find(b"\n", at, end) + 1 or end
            weight = self._ruler.weight(at, stop)
            if weight <= self._limits.part:
                found.append(Atom(at, stop, weight, cost, None, None, None, "lines"))
            else:
                self._add_line(found, at, stop, weight, cost)
            at, cost = stop, cost + NO_BLANK_LINE_COST

    def _add_line(self, found: list[Atom], start: int, end: int, weight: int, cost: float) -> None:
        """Add one line that is too large, in pieces."""
        part = self._limits.part
        # Of text that is alike all over, pieces of this size fit.
        step = max(1, int((end - start) * part * 0.9 / weight))
        at = start
        while at < end:
            stop = end
            size = step
            weight = 0
            while True:
                stop = self._good_stop(at, min(end, at + size), end)
                weight = self._ruler.alone(at, stop)
                if weight <= part or stop - at <= 1:
                    break
                size = max(1, min((stop - at) * part * 9 // (weight * 10), stop - at - 1))
            found.append(Atom(at, stop, weight, cost, None, None, None, "chars"))
            at, cost = stop, _IN_LINE_COST

    def _good_stop(self, start: int, stop: int, end: int) -> int:
        """Where to cut so that nothing belongs together across it, at or before `stop`."""
        if stop >= end:
            return end
        data = self._data
        least = stop - (stop - start) // _LOOK_BACK
        for separator in _SEPARATORS:
            found = data.rfind(separator, least, stop)
            if found > start:
                return found + 1
        return _between_characters(data, start, stop)


def _between_characters(data: bytes, start: int, stop: int) -> int:
    """The nearest place before `stop` that is neither within a character nor before a mark that belongs to one."""
    at = stop
    for _ in range(64):  # marks upon marks have no end
        while at > start and stop - at < 4 * 64 and data[at] & 0xC0 == 0x80:
            at -= 1
        if at <= start:
            break
        if data[at] < 0x80:
            if not (data[at] == 0x0A and data[at - 1] == 0x0D):
                return at
            at -= 1
            continue
        text = (
            data[max(start, at - 4) : at].decode("utf-8", "ignore")[-1:]
            + data[at : at + 4].decode("utf-8", "ignore")[:1]
        )
        if len(text) < 2 or not _belongs(text[0], text[1]):
            return at
        at -= 1
    # Nothing but marks, or no text at all: at least no character is cut.
    at = stop
    while at > max(start + 1, stop - 3) and data[at] & 0xC0 == 0x80:
        at -= 1
    return at if data[at] & 0xC0 != 0x80 else stop


def _belongs(before: str, after: str) -> bool:
    """Whether two characters are one to a reader."""
    joiner = "\u200d"
    return (
        before == joiner
        or after == joiner
        or unicodedata.combining(after) != 0
        or "\ufe00" <= after <= "\ufe0f"
        or "\U0001f3fb" <= after <= "\U0001f3ff"
    )
