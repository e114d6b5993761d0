"""Repairs right at an error of the grammar: a token that lacks, one too many, one in place of another."""

import itertools
import re
from collections.abc import Iterator

from tree_sitter import Node

from cq.diagnose.attempts import Attempt, Repair
from cq.diagnose.source import Source

# Of the tokens in an error: those that may be the ones too many.
_TOKENS = 8
_PLACES = 24
# Of the lines in an error that may lack what begins a block.
_HEADERS = 6
# A line that ends so goes on, or has what begins a block.
_OPEN_ENDS = frozenset((b":", b",", b"(", b"[", b"{", b"\\"))
# A word that stands in a file more often is no slip of the hand.
_MOST_SLIPS = 2


def near_attempts(source: Source, node: Node, at: int) -> Iterator[Attempt]:
    """What may be wrong at an ERROR or MISSING node; `at` is the first byte that does not fit."""
    facts = source.grammar.facts
    line = source.line_of(at)
    low, high = source.line_start(max(0, line - 1)), source.line_end(min(line + 1, source.line_count - 1))
    yield Attempt([*_misspelt(source, line)], low, high, line=line, first_wins=True)
    for header in _headers_without_end(source, node):
        end = source.code_end(header)
        repair = Repair(end, end, facts.block_opener.encode(), "missing-token", facts.block_opener)
        yield Attempt([repair], source.line_start(header), end, line=header)
    if node.is_missing and not node.is_named and node.type not in source.grammar.pairs:
        place = _after_code(source, node.start_byte)
        yield Attempt([Repair(place, place, node.type.encode(), "missing-token", node.type)], low, high, line=line)
    if facts.block_opener:
        yield Attempt([*_block_openers(source, line)], low, high, line=line, first_wins=True)
    yield Attempt([*_replaced(source, line)], low, high, line=line, first_wins=True)
    yield Attempt([*_doubled(source, at, line)], low, high, line=line, first_wins=True)
    yield Attempt([*_inserted(source, at, line)], low, high, line=line, first_wins=True)
    yield Attempt([*_placeholders(source, at, line)], low, high, line=line, first_wins=True)
    if not source.is_balanced(*source.piece(low, high)):
        yield Attempt([*_brackets(source, at, line)], low, high, line=line)
    yield Attempt([*_deleted(source, node, at)], low, high, line=line, first_wins=True)


def _after_code(source: Source, at: int) -> int:
    """The end of what stands before a place, spaces left out."""
    while at and source.data[at - 1] in b" \t\r\n":
        at -= 1
    return at


def _headers_without_end(source: Source, node: Node) -> list[int]:
    """The lines in a broken part that begin a block by their word and by what is below them, and lack its sign."""
    facts = source.grammar.facts
    if not facts.block_opener:
        return []
    words = {word.encode() for word in facts.block_words}
    found: list[int] = []
    first, last = source.line_of(node.start_byte), source.line_of(node.end_byte)
    for line in range(first, min(last + 1, source.line_count - 1)):
        end = source.code_end(line)
        if source.first_word(line) in words and source.data[end - 1 : end] not in _OPEN_ENDS:
            below = next((k for k in range(line + 1, source.line_count) if source.indent(k) >= 0), line)
            if source.indent(below) > source.indent(line):
                found.append(line)
    return found[:_HEADERS]


def _misspelt(source: Source, line: int) -> Iterator[Repair]:
    """Words that are a slip away from a keyword, and no name that the file uses."""
    for number in (line, line - 1, line + 1):
        if not 0 <= number < source.line_count:
            continue
        for token in source.tokens_between(source.line_start(number), source.line_end(number)):
            word = source.data[token.start : token.end]
            if token.is_text or len(word) < 2 or not word.isalpha() or _count(source, word) > _MOST_SLIPS:
                continue
            text = word.decode("utf-8", "replace")
            if text in source.grammar.keywords:
                continue
            slips = [keyword for keyword in source.grammar.keywords if _is_slip(text, keyword)]
            for keyword in sorted(slips, key=lambda each: (sorted(each) != sorted(text), -len(each), each)):
                message = f"`{text}` looks like `{keyword}`"
                new = keyword.encode()
                yield Repair(token.start, token.end, new, "misspelt-keyword", text, message=message)


def _count(source: Source, word: bytes) -> int:
    return len(re.findall(rb"\b" + word + rb"\b", source.data))


def _is_slip(word: str, keyword: str) -> bool:
    """Whether one letter more, less or different, or two that changed places, make a keyword of a word."""
    if word == keyword or abs(len(word) - len(keyword)) > 1 or (len(keyword) < 3 and len(word) != len(keyword) + 1):
        return False
    start = next((k for k, pair in enumerate(zip(word, keyword, strict=False)) if pair[0] != pair[1]), -1)
    if start < 0:
        return True  # one is the beginning of the other
    rest, wanted = word[start:], keyword[start:]
    swapped = rest[1:2] + rest[:1] + rest[2:]
    return wanted in (swapped, rest[1:], wanted[:1] + rest[1:], wanted[:1] + rest)


def _doubled(source: Source, at: int, line: int) -> Iterator[Repair]:
    """A word or sign that stands twice."""
    tokens = source.tokens_between(source.line_start(max(0, line - 1)), source.line_end(line) + 1)
    data = source.data
    pairs = [
        (first, second)
        for first, second in itertools.pairwise(tokens)
        if not first.is_text and data[first.start : first.end] == data[second.start : second.end]
    ]
    for first, second in sorted(pairs, key=lambda pair: abs(pair[1].start - at)):
        text = data[second.start : second.end].decode("utf-8", "replace")
        yield Repair(first.end, second.end, b"", "stray-token", text, first.start)


def _block_openers(source: Source, line: int) -> Iterator[Repair]:
    facts = source.grammar.facts
    mark = facts.block_opener.encode()
    words = {word.encode() for word in facts.block_words}
    seen = 0
    for number in range(line, max(-1, line - 12), -1):
        if seen >= 3:
            break
        word = source.first_word(number)
        if not word:
            continue
        if word in words:
            seen += 1
            end = source.code_end(number)
            if not source.data.endswith(mark, 0, end):
                yield Repair(end, end, mark, "missing-token", facts.block_opener)
            # The header may go over several lines, or have its block on the same line.
            if number < line:
                last = source.code_end(line)
                yield Repair(last, last, mark, "missing-token", facts.block_opener)
            for place in source.word_ends(source.line_start(number), end):
                if not source.in_text(place):
                    yield Repair(place, place, mark, "missing-token", facts.block_opener)


def _replaced(source: Source, line: int) -> Iterator[Repair]:
    for number in (line, line - 1):
        if number < 0:
            continue
        text = source.line_text(number).decode("utf-8", "surrogateescape")
        start = source.line_start(number)
        for each in source.grammar.facts.replacements:
            if not re.search(each.line, text):
                continue
            for found in re.finditer(each.find, text):
                first = start + len(text[: found.start()].encode("utf-8", "surrogateescape"))
                last = start + len(text[: found.end()].encode("utf-8", "surrogateescape"))
                new = found.expand(each.text).encode("utf-8", "surrogateescape")
                if not source.in_text(first):
                    yield Repair(first, last, new, each.code, found[0], message=each.message)


def _places(source: Source, at: int, line: int) -> list[int]:
    """Ends of words around an error, nearest first; the end of the line before it counts as near."""
    before = _after_code(source, at)
    start = source.line_start(max(0, line - 1))
    ends = {place for place in source.word_ends(start, source.line_end(line)) if not source.in_text(place)}
    ends |= {source.code_end(line), source.code_end(max(0, line - 1))}
    ranked = sorted(ends - {before}, key=lambda place: abs(place - before))
    return [before, *ranked][:_PLACES]


def _inserted(source: Source, at: int, line: int) -> Iterator[Repair]:
    facts = source.grammar.facts
    for place in _places(source, at, line):
        stands_apart = not source.data[place - 1 : place].strip() or not source.data[place : place + 1].strip()
        for token in facts.insertions:
            if stands_apart and token in facts.joins:
                continue
            if token.encode() in (source.data[place - 1 : place], source.data[place : place + 1]):
                continue  # two of them may be another sign
            # In the middle of a line the end of a statement parses, and means something else.
            is_fix = token != facts.statement_end or place == source.code_end(source.line_of(place))
            yield Repair(place, place, token.encode(), "missing-token", token, is_fix=is_fix)


def _placeholders(source: Source, at: int, line: int) -> Iterator[Repair]:
    """What is missing is not text that anyone could guess: a name, an expression."""
    facts = source.grammar.facts
    is_header = source.first_word(line).decode("utf-8", "replace") in facts.block_words
    places = _places(source, at, line)[:8]
    if len(source.tokens_between(source.line_start(line), at)) < 2:
        # A line that was not finished, and the next one taken for the rest of it.
        places.insert(0, source.code_end(max(0, line - 1)))
    for place in places:
        for kind, text in source.grammar.facts.placeholders.items():
            if facts.block_opener and text.endswith(facts.block_opener) and not is_header:
                continue
            yield Repair(place, place, f" {text} ".encode(), "incomplete", kind, is_fix=False)


def _brackets(source: Source, at: int, line: int) -> Iterator[Repair]:
    for rank, place in enumerate(_places(source, at, line)):
        for opener, closer in source.grammar.pairs.items():
            for mark in (closer, opener):
                yield Repair(place, place, mark.encode(), "missing-delimiter", mark, prior=-0.1 * rank)


def _deleted(source: Source, node: Node, at: int) -> Iterator[Repair]:
    tokens = source.tokens_between(at, max(node.end_byte, at + 1))[:_TOKENS]
    for token in tokens:
        if token.line > source.line_of(at):
            break
        text = source.data[token.start : token.end].decode("utf-8", "replace")
        # No fix: the grammar does without it, but whoever wrote it may have meant something.
        yield Repair(token.start, token.end, b"", "stray-token", text, is_fix=False)
