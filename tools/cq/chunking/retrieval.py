"""How well chunks are found: documentation as the question, the function that it is of as the answer.

All documentation is blanked in what is searched. Chunks are ranked by BM25 over the words of their names and texts, and
taken in that order up to a number of tokens; what counts is which part of the function is then at hand. That does not
depend on how many chunks there are, nor on how large they are.
"""

import math
import random
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from cq.chunking.size import TokenEstimate

BUDGETS = (500, 1000, 2000, 4000)
LEAST_WORDS = 6
MOST_QUESTIONS = 300
_K, _B = 1.2, 0.75
_WORDS = re.compile(r"[A-Za-z][a-z]+|[A-Z]+(?![a-z])|[a-z]+|\d+")


class Passage(NamedTuple):
    """What can be found: bytes of a file, and what is read with them."""

    file: int
    spans: tuple[tuple[int, int], ...]
    header: str


class Question(NamedTuple):
    """A sentence of documentation, and where the code is that it is about."""

    text: str
    file: int
    start: int
    end: int


class Found(NamedTuple):
    """The share of the answers' bytes at hand within each budget, in the mean, and its standard error."""

    share: tuple[float, ...]
    error: tuple[float, ...]
    passages: int


def words_of(text: str) -> list[str]:
    """The words of a text, those within names apart, in lower case."""
    return [word.lower() for word in _WORDS.findall(text)]


def sampled(questions: Sequence[Question]) -> list[Question]:
    """As many questions as are asked, the same ones each time."""
    if len(questions) <= MOST_QUESTIONS:
        return list(questions)
    return random.Random(1).sample(questions, MOST_QUESTIONS)


class Index:
    """Passages by their words."""

    def __init__(self, texts: Sequence[bytes], passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._postings: dict[str, list[tuple[int, int]]] = {}
        self._lengths: list[int] = []
        self.tokens: list[int] = []
        measure = TokenEstimate()
        for number, passage in enumerate(passages):
            data = b"".join(texts[passage.file][start:end] for start, end in passage.spans)
            words = words_of(passage.header) + words_of(data.decode("utf-8", "replace"))
            self._lengths.append(len(words))
            self.tokens.append(measure.count(data) + measure.count(passage.header.encode("utf-8", "replace")))
            for word, count in Counter(words).items():
                self._postings.setdefault(word, []).append((number, count))
        self._mean = sum(self._lengths) / max(1, len(self._lengths))

    def ranked(self, text: str) -> list[int]:
        """The numbers of the passages that share a word with a text, the best first."""
        scores: dict[int, float] = {}
        total = len(self._passages)
        for word in set(words_of(text)):
            postings = self._postings.get(word, ())
            weight = math.log(1 + (total - len(postings) + 0.5) / (len(postings) + 0.5))
            for number, count in postings:
                norm = _K * (1 - _B + _B * self._lengths[number] / self._mean)
                scores[number] = scores.get(number, 0.0) + weight * count * (_K + 1) / (count + norm)
        return sorted(scores, key=lambda number: (-scores[number], number))

    def found(self, questions: Sequence[Question]) -> Found:
        """How much of the answers is at hand within each budget."""
        shares: list[list[float]] = [[] for _ in BUDGETS]
        for question in questions:
            for at, share in enumerate(self._shares(question)):
                shares[at].append(share)
        means = tuple(sum(each) / max(1, len(each)) for each in shares)
        errors = tuple(
            math.sqrt(sum((share - mean) ** 2 for share in each) / max(1, len(each) - 1) / max(1, len(each)))
            for each, mean in zip(shares, means, strict=True)
        )
        return Found(means, errors, len(self._passages))

    def _shares(self, question: Question) -> list[float]:
        covered: list[tuple[int, int]] = []
        shares = [0.0] * len(BUDGETS)
        used = 0
        for number in self.ranked(question.text):
            used += self.tokens[number]
            if used > BUDGETS[-1]:
                break
            passage = self._passages[number]
            if passage.file == question.file:
                for start, end in passage.spans:
                    if start < question.end and question.start < end:
                        covered.append((max(start, question.start), min(end, question.end)))
                share = _length(covered) / (question.end - question.start)
                for at, budget in enumerate(BUDGETS):
                    if used <= budget:
                        shares[at] = share
        return shares


def _length(spans: list[tuple[int, int]]) -> int:
    """The bytes in any of the spans."""
    total = at = 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, at))
        at = max(at, end)
    return total
