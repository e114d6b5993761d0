"""Repairs to be tried, likeliest first: what could have been lost, and where."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from cq.diagnose.brackets import Suspect
from cq.diagnose.source import Source

# Of the lines of a range: so many from its start, so many from its end.
_FIRST_LINES = 6
_LAST_LINES = 6
_MOST_REPAIRS = 64
# Of the places where one word may be two.
_SPLITS = 6
# Lines with an odd number of quotes that are looked at, in a language whose strings go over lines.
_ODD_LINES = 6
_MEMBER = re.compile(rb"(\.[A-Za-z_]\w*)[)\]}]*\Z")


class Repair(NamedTuple):
    """One edit that may repair a file, and what it says of the damage."""

    start: int
    end: int
    text: bytes
    code: str
    token: str  # what is missing, or too much
    partner: int = -1  # of a delimiter: where the other one is
    prior: float = 0.0  # how likely it is before anything was tried
    is_fix: bool = True  # false: proves what is missing, and is no text that the user wants
    message: str = ""  # when the code does not say it


class Attempt(NamedTuple):
    """Repairs of which one may be right; they are tried together, in one piece of the file."""

    repairs: list[Repair]
    low: int
    high: int
    whole: bool = False  # only the whole file can tell
    line: int = -1  # the one that they are about, when that is known
    by_text: bool = False  # the tree is not to be trusted for where the part begins and ends
    first_wins: bool = False  # the first that works is taken; else the one that looks most like the rest of the file


def bracket_attempt(source: Source, suspect: Suspect, at: int) -> Attempt:
    """Where the partner of a bracket may be put; `at` is the first byte that the grammar cannot fit."""
    if suspect.low <= at < suspect.high and suspect.own_line < 0:
        suspect = suspect._replace(place=at)
    closing = suspect.partner < suspect.low
    repairs = _closers(source, suspect) if closing else _openers(source, suspect)
    high = max(suspect.high, suspect.partner + 1)
    return Attempt(_most_likely(repairs), min(suspect.low, suspect.partner), high)


def _most_likely(repairs: Iterator[Repair]) -> list[Repair]:
    distinct = {(each.start, each.end, each.text): each for each in sorted(repairs, key=lambda each: each.prior)}
    return sorted(distinct.values(), key=lambda each: -each.prior)[:_MOST_REPAIRS]


def _closers(source: Source, suspect: Suspect) -> Iterator[Repair]:
    text, partner = suspect.missing.encode(), suspect.partner

    def repair(at: int, new: bytes, prior: float) -> Repair:
        return Repair(at, at, new, "missing-delimiter", suspect.missing, partner, prior)

    first, last = source.line_of(partner), source.line_of(max(suspect.high - 1, suspect.low))
    if suspect.own_line >= 0:
        yield from _on_own_line(source, suspect, repair)
    while last > first and (
        source.indent(last) < 0
        or source.code_end(last) == source.line_start(last)
        or source.line_start(last) + source.indent(last) >= suspect.high
    ):
        last -= 1
    lines = [*range(first, last + 1)]
    if len(lines) > _FIRST_LINES + _LAST_LINES:
        lines = [*lines[:_FIRST_LINES], *lines[-_LAST_LINES:]]
    likely = source.line_of(suspect.place)
    margin = source.indent(first)
    for line in lines:
        start = max(source.line_start(line), suspect.low)
        end = min(source.code_end(line), suspect.high)
        base = 3.0 if line == likely else 1.0 if line in (first, last) else 0.0
        ends = [at for at in source.word_ends(start, end) if not source.in_text(at)]
        if suspect.low >= start and suspect.low not in ends:
            ends.insert(0, suspect.low)
        # Behind a comma, with a line below that is further in, the list is not at its end.
        goes_on = line < last and source.data[start:end].endswith(b",") and source.indent(line + 1) > margin
        for rank, at in enumerate(reversed(ends)):
            if base or rank < 3:
                # Most brackets end with their line, but for what closes the statement.
                is_last = not source.data[at:end].strip(b" :;,{")
                yield repair(at, text, base - 0.05 * rank + 0.75 * is_last - 2.5 * goes_on)


def _on_own_line(source: Source, suspect: Suspect, repair) -> Iterator[Repair]:  # type: ignore[no-untyped-def]
    """A block's end: on an empty line that is indented as it should be, or behind the last line of the block."""
    text = suspect.missing.encode()
    first, line = source.line_of(suspect.partner), source.line_of(suspect.high) - (suspect.high < len(source.data))
    code_above = line
    while line > first:
        blank = source.line_text(line)
        if blank.strip():
            break
        # The space of a line from which the bracket was deleted is still there.
        prior = (12.0 if blank else 8.5) if len(blank) == suspect.own_line else 0.0
        yield repair(source.line_end(line), text, prior + 0.1 * (code_above - line))
        line -= 1
    code_above = line
    opened = source.line_start(first)
    space = re.match(rb"[ \t]*", source.data[opened : source.line_end(first)])
    assert space is not None
    margin = source.data[opened : opened + suspect.own_line] if suspect.own_line <= space.end() else space[0]
    end = source.line_end(code_above)
    newline = b"\r\n" if source.data.startswith(b"\r\n", end) else b"\n"
    yield repair(end, newline + margin + text, 8.0)


def _openers(source: Source, suspect: Suspect) -> Iterator[Repair]:
    text, partner = suspect.missing.encode(), suspect.partner

    def repair(at: int, new: bytes, prior: float) -> Repair:
        return Repair(at, at, new, "missing-delimiter", suspect.missing, partner, prior)

    first, last = source.line_of(suspect.low), source.line_of(partner)
    lines = [*range(first, last + 1)]
    if len(lines) > _FIRST_LINES + _LAST_LINES:
        lines = [*lines[:_FIRST_LINES], *lines[-_LAST_LINES:]]
    likely = source.line_of(suspect.place)
    for line in lines:
        start = max(source.line_start(line), suspect.low)
        end = min(source.code_end(line), partner)
        base = 3.0 if line == likely else 1.0 if line in (first, last) else 0.0
        if line < last and (suspect.missing == "{" or line == first) and not source.data.endswith(text, 0, end):
            if not source.data[end : source.line_end(line)].strip():
                end = source.line_end(line)
            space = source.data[end - 1 : end]
            # What is indented below a line is most likely its block.
            is_header = source.indent(line + 1) > source.indent(line)
            prior = base + (2.0 if line == likely else 0.0) + (1.5 if is_header else 0.0)
            yield repair(end, text if space.isspace() else b" " + text, prior)
        starts = [at for at in source.word_starts(start, end) if not source.in_text(at)]
        if line == last:
            starts.append(partner)
        for rank, at in enumerate(starts):
            yield repair(at, text, base - 0.05 * (len(starts) - rank))
            # Between two words that have become one: `foo(bar` without the bracket.
            if line in (likely, last):
                for split, prior in _splits(source, at):
                    yield repair(split, text, base + prior)
    if suspect.is_sure:
        mark = source.data[partner : partner + 1]
        # One too many of the same is typed more easily than the other one is lost.
        prior = 4.0 if source.data[partner - 1 : partner] == mark else 2.5
        yield Repair(partner, partner + 1, b"", "stray-delimiter", mark.decode(), -1, prior)
        called = _only_called(source, partner, text)
        if called >= 0:
            yield repair(called, text, prior + 0.5)


def _only_called(source: Source, at: int, opener: bytes) -> int:
    """The end of a member's name before some closing brackets, if elsewhere it is always called."""
    name = _MEMBER.search(source.data, max(0, at - 60), at)
    if name is None or source.data.count(name[1] + opener) != source.data.count(name[1]) - 1:
        return -1
    return name.end(1) if source.data.count(name[1]) > 1 else -1


def _splits(source: Source, start: int) -> Iterator[tuple[int, float]]:
    """Where a word is two words that stand elsewhere in the file."""
    data = source.data
    found = re.compile(rb"[A-Za-z_]\w*").match(data, start)
    if found is None or len(found[0]) > 60:
        return
    word = found[0]
    if data.count(word) > 1:
        return
    known = source.words
    splits = []
    for at in range(1, len(word)):
        left, right = word[:at] in known, word[at:] in known
        if left and right:
            splits.append((2.0 + 0.01 * min(at, len(word) - at), at))
        elif (left and at > 2) or (right and len(word) - at > 2):
            # Of one known half the longer one says more.
            splits.append((0.5 + 0.01 * (at if left else len(word) - at), at))
    for prior, at in sorted(splits, reverse=True)[:_SPLITS]:
        yield start + at, prior


def quote_attempts(source: Source, at: int) -> Iterator[Attempt]:
    """Quotes that may be missing near an error: on lines with an odd number of them, and around texts of many lines."""
    facts = source.grammar.facts
    line = source.line_of(at)
    for quote in facts.multiline_quotes:
        if len(quote) > 1 and source.data.count(quote.encode()) % 2:
            yield from _block_quotes(source, quote.encode(), at)
    for quote in facts.multiline_quotes:
        if len(quote) == 1:
            for number in _odd_lines(source, quote.encode(), line):
                yield _line_quotes(source, number, quote.encode(), at)._replace(by_text=True)
    lines = [line, line - 1, line + 1]
    before = source.token_before(at)
    while before is not None and before.start > 0 and not before.is_text and before.kind[-1:] not in ('"', "'"):
        if before.line < line - 2:
            break
        before = source.token_before(before.start)
    if before is not None and before.line not in lines:
        lines.insert(1, before.line)
    for number in lines:
        if not 0 <= number < source.line_count:
            continue
        text = source.line_text(number)
        for quote in facts.quotes:
            mark = quote.encode()
            if len(mark) > 1 or quote in facts.multiline_quotes or not _is_odd(text, mark, facts.quotes):
                continue
            yield _line_quotes(source, number, mark, at)


def _is_odd(text: bytes, mark: bytes, quotes: tuple[str, ...]) -> bool:
    for longer in quotes:
        if len(longer) > 1:
            text = text.replace(longer.encode(), b"")
    return len(re.findall(rb"(?<!\\)" + mark, text.replace(b"\\\\", b""))) % 2 == 1


def _odd_lines(source: Source, mark: bytes, at_line: int) -> list[int]:
    """The lines with an odd number of quotes, if the file has: nearest to an error first, those above it first.

    In a file that is right such lines come in pairs, around strings of several lines.
    """
    comment = source.grammar.facts.line_comment.encode()
    character = b"'" + mark + b"'"
    odd = []
    for number in range(source.line_count):
        text = source.line_text(number)
        if mark not in text or (comment and text.lstrip().startswith(comment)):
            continue
        if _is_odd(text.replace(character, b""), mark, ()):
            odd.append(number)
    if len(odd) % 2 == 0:
        return []
    return sorted(odd, key=lambda number: (number > at_line + 1, abs(number - at_line)))[:_ODD_LINES]


def _line_quotes(source: Source, line: int, mark: bytes, at: int) -> Attempt:
    start, end = source.line_start(line), source.line_end(line)
    data = source.data
    places = [found.start() for found in re.finditer(re.escape(mark), data[start:end])]
    repairs = []
    for place in dict.fromkeys((*source.word_ends(start, end), *source.word_starts(start, end))):
        if data[place - 1 : place] == b"\\" or (data[place : place + 1] == mark and data[place - 1 : place] == mark):
            continue
        # A string is rather lost beside its brackets and commas than in the middle of a text.
        beside = data[place : place + 1] in b",)]}:;" or data[place - 1 : place] in b"([{,=" or place == end
        beside = beside or (data[place - 1 : place].isspace() and data[place - 2 : place - 1] in b"=,([{+")
        # Its partner is the nearest other one.
        near = min((abs(start + each - place) for each in places), default=0)
        prior = (2.0 if beside else 0.0) - 0.01 * near
        partner = min((start + each for each in places), key=lambda each: abs(each - place), default=-1)
        repairs.append(Repair(place, place, mark, "unterminated-string", mark.decode(), partner, prior))
    repairs.sort(key=lambda each: -each.prior)
    high = end if mark.decode() in source.grammar.facts.multiline_quotes else max(end, at)
    return Attempt(repairs[:_MOST_REPAIRS], start, high, line=line)


def _block_quotes(source: Source, quote: bytes, at: int) -> Iterator[Attempt]:
    """One of the two around a text of several lines is lost: what follows is turned inside out."""
    data = source.data
    marks = [found.start() for found in re.finditer(re.escape(quote), data)]
    before = [mark for mark in marks if mark <= at]
    opened = -1
    if before:
        opened = before[-1] if len(before) % 2 else before[-2]
        if opened == marks[-1]:
            at = len(data)  # open up to the end of the file
    closing = _block_ends(source, quote, opened, at) if opened >= 0 else None
    opening = _block_starts(source, quote, at)
    if closing is not None and _swallows_code(source, opened, at):
        yield closing
        yield opening
    else:
        yield opening
        if closing is not None:
            yield closing


def _swallows_code(source: Source, opened: int, at: int) -> bool:
    """Whether what would be the text of a string has lines that look like code."""
    first = source.line_of(opened)
    margin = source.indent(first)
    for line in range(first + 1, min(source.line_of(at) + 1, first + 400)):
        indent = source.indent(line)
        if 0 <= indent < margin or source.first_word(line) in source.grammar.statement_words:
            return True
    return False


def _block_ends(source: Source, quote: bytes, opened: int, at: int) -> Attempt:
    first = source.line_of(opened)
    repairs = []
    for line in range(first, min(first + 60, source.line_of(at) + 1, source.line_count)):
        end = source.line_end(line)
        if end <= opened + len(quote) - 1:
            continue
        text = source.line_text(line)
        if line > first and not text.strip():
            if text:  # the space of a line from which it was deleted
                repairs.append(Repair(end, end, quote, "unterminated-string", quote.decode(), opened))
            continue
        here = source.line_start(line) + len(text.rstrip())
        following = source.line_text(line + 1) if line + 1 < source.line_count else b""
        own = Repair(here, here, quote, "unterminated-string", quote.decode(), opened)
        blank_next = following != b"" and not following.strip()
        if blank_next:
            after = source.line_end(line + 1)
            repairs.append(Repair(after, after, quote, "unterminated-string", quote.decode(), opened))
        repairs.append(own)
    return Attempt(repairs, opened, at, whole=True, first_wins=True)


def _block_starts(source: Source, quote: bytes, at: int) -> Attempt:
    line = source.line_of(at)
    closed = source.data.find(quote, at)
    repairs = []
    for number in (line, line - 1, line - 2, line - 3, line + 1):
        if 0 <= number < source.line_count and (indent := source.indent(number)) >= 0:
            here = source.line_start(number) + indent
            repairs.append(Repair(here, here, quote, "unterminated-string", quote.decode(), closed))
        elif 0 <= number < source.line_count and source.line_text(number):
            here = source.line_end(number)
            repairs.append(Repair(here, here, quote, "unterminated-string", quote.decode(), closed))
    for here in source.word_starts(source.line_start(line), source.line_end(line)):
        repairs.append(Repair(here, here, quote, "unterminated-string", quote.decode(), closed))
    return Attempt(repairs[:40], source.line_start(max(0, line - 3)), at, whole=True, first_wins=True)
