"""What the user calls NAME, and where it stands in the bytes of a file as a whole word."""

import fnmatch
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import msgspec

from cq.errors import CqError
from cq.store.vocabulary import is_word_character, words_of

Span = tuple[int, int]
# A word that a file must hold: itself, or any that passes a test.
WordNeed = bytes | Callable[[bytes], bool]

_WRITTEN_OWNERS = re.compile(rb"(?:[\w\x80-\xff]+(?:\.|::))+\Z")
_QUALIFIED = re.compile(r"[\w*?\[\]!-]+(?:(?:\.|::)[\w*?\[\]!-]+)*")
_ASCII_WORD = frozenset(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
_GLOB = re.compile(r"[*?\[]")


class NameQuery(msgspec.Struct, frozen=True, kw_only=True):
    """The names that are looked for, ready to be sent to a worker."""

    names: tuple[str, ...]
    mode: str = "name"  # "name" (plain, qualified or glob), "regex" or "text"
    ignore_case: bool = False
    whole_word: bool = False  # with "regex": the whole word has to match


class _Target(msgspec.Struct, frozen=True):
    qualifiers: tuple[str, ...]
    last: str


class _Needle(NamedTuple):
    """Fixed bytes, and on which sides of them no ASCII letter, digit or `_` may stand."""

    word: bytes
    whole_left: bool
    whole_right: bool

    def spans(self, data: bytes) -> Iterator[Span]:
        """Where they stand. A regular expression with a look behind would look at every byte of the file."""
        word, size = self.word, len(self.word)
        at = data.find(word)
        while at >= 0:
            end = at + size
            if (self.whole_left and at and data[at - 1] in _ASCII_WORD) or (
                self.whole_right and end < len(data) and data[end] in _ASCII_WORD
            ):
                end = at + 1
            else:
                yield at, end
            at = data.find(word, end)


class NameMatcher:
    """Finds the whole words of a file that NAME stands for. Made from a NameQuery, once per process."""

    def __init__(self, query: NameQuery) -> None:
        self.query = query
        self.targets = tuple(_targets(query))
        self.qualified = any(target.qualifiers for target in self.targets)
        self._needles: list[_Needle] = []
        self._words: tuple[re.Pattern[str], ...] = ()
        self._whole = query.whole_word
        self._folded: re.Pattern[bytes] | None = None
        plain = all(not _GLOB.search(target.last) for target in self.targets)
        if query.mode == "regex":
            self._words = _user_regexes(query)
        elif query.mode == "name" and not plain:
            flags = re.IGNORECASE if query.ignore_case else 0
            globs = "|".join(fnmatch.translate(target.last) for target in self.targets)
            self._words = (re.compile(rf"\A(?:{globs})", flags),)
        elif query.ignore_case:
            self._folded = re.compile(b"|".join(_folded(target.last) for target in self.targets))
        else:
            for target in self.targets:
                needle = target.last.encode()
                self._needles.append(_Needle(needle, _is_word(needle, 0, 1), _is_word(needle, len(needle) - 1, -1)))

    def stands_in(self, data: bytes) -> bool:
        """Whether there is a hit at all; cheaper than finding them."""
        if self._words or self._folded is not None or not data.isascii():
            return bool(self.find(data))
        return any(next(needle.spans(data), None) is not None for needle in self._needles)

    def find(self, data: bytes) -> list[Span]:
        """The byte spans of all hits, in order."""
        if self._words:
            return self._find_words(data)
        if self._folded is not None:
            return [found.span() for found in self._folded.finditer(data) if _whole(data, *found.span())]
        spans: list[Span] = []
        for needle in self._needles:
            spans.extend(needle.spans(data))
        if not data.isascii():
            spans = [span for span in spans if _whole(data, *span)]
        if len(self._needles) > 1:
            spans = sorted(set(spans))
        return spans

    def needs(self) -> tuple[tuple[WordNeed, ...], ...] | None:
        """Which words a file with a hit must hold: all of one of these. None: that cannot be told by words."""
        if self._words:
            tests = [pattern.fullmatch if self._whole else pattern.search for pattern in self._words]
            return ((lambda word: any(test(word.decode("utf-8", "surrogateescape")) for test in tests),),)
        alternatives: list[tuple[WordNeed, ...]] = []
        for target in self.targets:
            words = sorted(words_of(target.last.encode()))
            if not words:
                return None
            if self.query.ignore_case:
                alternatives.append(tuple(_same_word(word) for word in words))
            else:
                alternatives.append(tuple(words))
        return tuple(alternatives)

    def _find_words(self, data: bytes) -> list[Span]:
        # Each distinct word is judged once: a file repeats its words many times.
        tests = [pattern.fullmatch if self._whole else pattern.search for pattern in self._words]
        words = ((word, word.decode("utf-8", "surrogateescape")) for word in words_of(data))
        wanted = [word for word, text in words if any(test(text) for test in tests)]
        if not wanted:
            return []
        wanted.sort(key=len, reverse=True)
        either = re.compile(b"|".join(map(re.escape, wanted)))
        return [found.span() for found in either.finditer(data) if _whole(data, *found.span())]

    def admits(self, word: str, owners: Iterable[tuple[str, ...]]) -> bool:
        """Whether a hit on `word` is one that was asked for, given the qualified names that it may have."""
        chains = list(owners)
        for target in self.targets:
            if not self._same(target.last, word):
                continue
            if not target.qualifiers:
                return True
            if any(self._ends(chain, target.qualifiers) for chain in chains):
                return True
        return False

    def admits_text(self, data: bytes, hit: Span) -> bool:
        """The same by the text alone: the qualified name has to be written out before the hit."""
        written = _WRITTEN_OWNERS.search(data[max(0, hit[0] - 200) : hit[0]])
        owners = re.split(r"\.|::", written.group().decode("utf-8", "replace"))[:-1] if written else []
        return self.admits(data[hit[0] : hit[1]].decode("utf-8", "replace"), [tuple(owners)])

    def _same(self, pattern: str, word: str) -> bool:
        if self.query.mode != "name":
            return True
        if self.query.ignore_case:
            pattern, word = pattern.lower(), word.lower()
        return pattern == word or (bool(_GLOB.search(pattern)) and fnmatch.fnmatchcase(word, pattern))

    def _ends(self, chain: tuple[str, ...], qualifiers: tuple[str, ...]) -> bool:
        if not chain:
            return False
        # `Flask.route` also answers to `flask.app.Flask.route`, when the source says no more.
        pairs = list(zip(reversed(chain), reversed(qualifiers), strict=False))
        return all(self._same(pattern, word) for word, pattern in pairs)


def _targets(query: NameQuery) -> Iterable[_Target]:
    for name in query.names:
        if not name:
            raise CqError("the name is empty", "cq search NAME")
        if "\n" in name or "\0" in name:
            raise CqError(f"a name has no line break: {name!r}", "search one name, or several with -e")
        if query.mode != "name":
            yield _Target((), name)
            continue
        if not _QUALIFIED.fullmatch(name) or not re.search(r"\w", name):
            raise CqError(
                f"not a name: {name!r}",
                "a name is a word, Type.method, a::b or a glob; -F finds fixed text, --regex a regular expression",
            )
        *qualifiers, last = re.split(r"\.|::", name)
        # In a path these say where to begin looking, and no owner is called so; `self.x` is another matter.
        while "::" in name and qualifiers and qualifiers[0] in ("crate", "self", "super"):
            del qualifiers[0]
        yield _Target(tuple(qualifiers), last)


def _user_regexes(query: NameQuery) -> tuple[re.Pattern[str], ...]:
    # Each on its own: `(?i)` has to stand at the beginning.
    flags = re.IGNORECASE if query.ignore_case else 0
    compiled = []
    for name in query.names:
        try:
            compiled.append(re.compile(name, flags))
        except (re.error, OverflowError) as error:
            hint = "a regular expression of Python's re, matched against single names"
            raise CqError(f"bad regular expression {name!r}: {error}", hint) from error
    return tuple(compiled)


def _folded(word: str) -> bytes:
    """A regular expression over bytes for a word in any case, of letters outside ASCII too."""
    parts = []
    for character in word:
        forms = {character, character.lower(), character.upper(), character.swapcase()}
        parts.append(b"(?:" + b"|".join(sorted(re.escape(form.encode()) for form in forms)) + b")")
    return b"".join(parts)


def _same_word(word: bytes) -> Callable[[bytes], bool]:
    matches = re.compile(_folded(word.decode("utf-8", "surrogateescape"))).fullmatch
    return lambda other: matches(other) is not None


def _whole(data: bytes, start: int, end: int) -> bool:
    """Whether no word character touches the span, as ripgrep's -w sees it."""
    if start > 0 and _is_word(data, start - 1, -1) and _is_word(data, start, 1):
        return False
    return not (end < len(data) and _is_word(data, end, 1) and _is_word(data, end - 1, -1))


def _is_word(data: bytes, at: int, direction: int) -> bool:
    byte = data[at]
    if byte < 0x80:
        return byte == 0x5F or 0x30 <= byte <= 0x39 or 0x41 <= byte <= 0x5A or 0x61 <= byte <= 0x7A
    if direction < 0:
        text = data[max(0, at - 3) : at + 1].decode("utf-8", "ignore")[-1:]
    else:
        begin = at
        while begin > 0 and data[begin] & 0xC0 == 0x80 and at - begin < 3:
            begin -= 1
        text = data[begin : at + 4].decode("utf-8", "ignore")[:1]
    return text != "" and is_word_character(text)
