"""The patterns of one ignore file, and the last of them that matches a name.

Text goes in as git has it, a character for a byte (latin-1), so that `?` and `[...]` mean a byte as in git.
"""

import re
from collections.abc import Callable, Iterable
from operator import methodcaller
from typing import NamedTuple

from cq.index.wildmatch import SPECIAL, translate

_BYTE_ORDER_MARK = "\xef\xbb\xbf"


class Pattern(NamedTuple):
    """One line of an ignore file, or one glob of the user."""

    text: str  # as it was written
    line: int  # 1-based
    source: str  # the file, absolute; "" for a glob of the user
    glob: str  # without "!", without the slash in front and at the end
    negated: bool
    folders_only: bool
    anchored: bool  # matched against the path from the folder of the file; else against the name alone
    beats_tracking: bool = False  # leaves out even what git tracks


class Table:
    """Patterns in the order of their file, and a quick answer to "does none of them match?".

    Most names match nothing, so that question is what a walk waits for: plain names and `*.suffix` are asked
    in one set and one `endswith`, and only what is left goes into one alternation.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._patterns: list[Pattern] = []
        self._names: set[str] = set()
        self._suffixes: tuple[str, ...] = ()
        self._prefixes: tuple[str, ...] = ()
        self._paths: set[str] = set()
        self._last_named: dict[str, int] = {}  # the same names (`__pycache__`) are ignored again and again
        # One test for each pattern; an expression is compiled when its turn first comes.
        self._tests: list[Callable[[str], object] | str] = []
        wild_names: list[str] = []
        wild_paths: list[str] = []
        for pattern in patterns:
            glob = pattern.glob
            special = SPECIAL.search(glob)
            if special is None:
                (self._paths if pattern.anchored else self._names).add(glob)
                self._tests.append(glob.__eq__)
            elif not pattern.anchored and glob[0] == "*" and not SPECIAL.search(glob, 1):
                self._suffixes += (glob[1:],)
                self._tests.append(methodcaller("endswith", glob[1:]))
            elif not pattern.anchored and special.start() == len(glob) - 1 and glob[-1] == "*":
                self._prefixes += (glob[:-1],)
                self._tests.append(methodcaller("startswith", glob[:-1]))
            else:
                expression = translate(glob)
                if expression is None:
                    continue
                (wild_paths if pattern.anchored else wild_names).append(expression)
                self._tests.append(expression)
            self._patterns.append(pattern)
        self._wild_name = _any_of(wild_names)
        self._wild_path = _any_of(wild_paths)

    def __bool__(self) -> bool:
        return bool(self._patterns)

    def last(self, name: str, folder: str) -> Pattern | None:
        """The last pattern that matches `name` in `folder` ("" or "a/b/", from the folder of the file)."""
        at = -1
        if (
            name in self._names
            or name.endswith(self._suffixes)
            or name.startswith(self._prefixes)
            or (self._wild_name is not None and self._wild_name(name) is not None)
        ):
            known = self._last_named.get(name)
            if known is None:
                known = self._last_named[name] = self._last_at(name, anchored=False)
            at = known
        if (self._paths and folder + name in self._paths) or (
            self._wild_path is not None and self._wild_path(folder + name) is not None
        ):
            at = max(at, self._last_at(folder + name, anchored=True))
        return None if at < 0 else self._patterns[at]

    def _last_at(self, subject: str, *, anchored: bool) -> int:
        """Where the last pattern of this kind stands that matches; -1 when none does."""
        for at in range(len(self._patterns) - 1, -1, -1):
            if self._patterns[at].anchored is anchored:
                test = self._tests[at]
                if isinstance(test, str):
                    test = self._tests[at] = re.compile(test, re.DOTALL).fullmatch
                if test(subject):
                    return at
        return -1


def _any_of(expressions: list[str]) -> Callable[[str], re.Match[str] | None] | None:
    if not expressions:
        return None
    return re.compile("|".join(f"(?:{text})" for text in dict.fromkeys(expressions)), re.DOTALL).fullmatch


def ignore_lines(data: bytes, source: str, *, beats_tracking: bool = False) -> list[Pattern]:
    """The patterns of an ignore file. Nothing in it can be wrong: what git cannot use, matches nothing."""
    text = data.decode("latin-1").removeprefix(_BYTE_ORDER_MARK)
    found = []
    for number, raw in enumerate(text.split("\n"), 1):
        if not raw or raw[0] == "#":
            continue
        # A C string ends at a NUL; only spaces are trimmed, not tabs, and not a space behind a backslash.
        line = _trimmed(raw.removesuffix("\r").partition("\0")[0])
        pattern = parse(line, number, source, beats_tracking=beats_tracking)
        if pattern is not None:
            found.append(pattern)
    return found


def _trimmed(line: str) -> str:
    bare = line.rstrip(" ")
    escaped = (len(bare) - len(bare.rstrip("\\"))) % 2 == 1
    return line[: len(bare) + 1] if escaped else bare


def parse(line: str, number: int, source: str, *, beats_tracking: bool = False) -> Pattern | None:
    """One line without its end; None when there is nothing in it that could match."""
    negated = line.startswith("!")
    glob = line[negated:]
    folders_only = glob.endswith("/")
    if folders_only:
        glob = glob[:-1]
    anchored = "/" in glob
    glob = glob.removeprefix("/")
    # `**/name` is `name`; said so, it needs no expression.
    if glob.startswith("**/") and "/" not in glob[3:] and glob[3:]:
        glob, anchored = glob[3:], False
    if not glob:
        return None
    return Pattern(line, number, source, glob, negated, folders_only, anchored, beats_tracking)
