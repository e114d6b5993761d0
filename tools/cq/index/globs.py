"""The user's `-g` globs, with ripgrep's meaning: they overrule every ignore file and the rule of the dot."""

from collections.abc import Iterator
from itertools import product

from cq.errors import CqError
from cq.index.ignore import git_text
from cq.index.patterns import Pattern, Table, parse
from cq.index.wildmatch import translate

# `{a,b}` multiply; nobody means a thousand.
_MOST_ALTERNATIVES = 1000
_HINT = "the syntax is that of .gitignore, and {a,b}; a backslash takes a character literally"


class Globs:
    """What the globs of a selection say about a path, whose parts go in as `git_text` has them."""

    def __init__(self, globs: tuple[str, ...]) -> None:
        patterns: list[Pattern] = []
        for number, glob in enumerate(globs, 1):
            patterns += _patterns(glob, number)
        self._for_folders = Table(patterns)
        self._for_files = Table(pattern for pattern in patterns if not pattern.folders_only)
        self.wants_some = any(not pattern.negated for pattern in patterns)

    def wants(self, name: str, folder: str, is_folder: bool) -> bool | None:
        """True: in, whatever else says; False: out; None: the globs do not decide."""
        pattern = self.deciding(name, folder, is_folder)
        if pattern is not None:
            return not pattern.negated
        return False if self.wants_some and not is_folder else None

    def deciding(self, name: str, folder: str, is_folder: bool) -> Pattern | None:
        """The last glob that matches `name` in `folder` ("" or "a/b/" from the root)."""
        return (self._for_folders if is_folder else self._for_files).last(name, folder)


def _patterns(glob: str, number: int) -> Iterator[Pattern]:
    if glob.startswith("#"):  # ripgrep reads it as a line of an ignore file
        return
    line = glob if glob.endswith("\\ ") else glob.rstrip()
    negated = line.startswith("!")
    for text in _alternatives(git_text(line[negated:]), glob):
        pattern = parse("!" * negated + text, number, "")
        if pattern is None:
            continue
        if translate(pattern.glob) is None:
            raise CqError(f"not a glob: {glob}", _HINT)
        yield pattern._replace(text=glob, negated=negated)


def _alternatives(text: str, glob: str) -> list[str]:
    """`{a,b}c` -> `ac`, `bc`. Braces within brackets or behind a backslash are plain characters."""
    parts: list[list[str]] = [[""]]  # at the top level: each part's alternatives
    depth, at, bracket_from, option = 0, 0, -1, ""
    options: list[str] = []
    while at < len(text):
        char = text[at]
        piece = text[at : at + 2] if char == "\\" else char
        at += len(piece)
        if bracket_from >= 0:
            # A "]" right behind the "[" or its "!" is a member.
            if char == "]" and text[bracket_from : at - 1].lstrip("!^"):
                bracket_from = -1
        elif char == "[":
            bracket_from = at
        elif char == "{":
            depth += 1
            if depth == 1:
                option, options = "", []
                continue
        elif char == "}" and depth:
            depth -= 1
            if depth == 0:
                parts.append([form for each in (*options, option) for form in _alternatives(each, glob)])
                parts.append([""])
                continue
        elif char == "," and depth == 1:
            options.append(option)
            option = ""
            continue
        if depth:
            option += piece
        else:
            parts[-1] = [parts[-1][0] + piece]
    if depth or bracket_from >= 0:
        raise CqError(f"not a glob: {glob} (an open {'brace' if depth else 'bracket'})", _HINT)
    total = 1
    for part in parts:
        total *= len(part)
    if total > _MOST_ALTERNATIVES:
        raise CqError(f"the glob stands for {total} others: {glob}", "use fewer {a,b}")
    return ["".join(form) for form in product(*parts)]
