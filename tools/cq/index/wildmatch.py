"""One glob -> one regular expression, with git's `wildmatch` as the standard, byte for byte.

Brackets, escapes and single stars are translated here, because pathspec differs from git on them (the
differences stand in tests/test_index_patterns.py); where `**` may stand for any number of folders, pathspec
lays out the expression.
"""

import re

# What ends the literal start of a glob; git calls these characters "glob special".
SPECIAL = re.compile(r"[*?\[\\]")
# A literal start that runs straight into `**`: git compares the start by itself and then sees a glob that
# begins with `**`, so that `/foo**` and `foo**/bar` reach into folders although the manual says otherwise.
_RUN_IN = re.compile(r"([^*?\[\\]*[^*?\[\\/])\*\*+(/.*)?", re.DOTALL)
_ONLY_DOUBLE = re.compile(r"(/\*\*+)+")
_DOUBLE = "**"
# One character for each segment that pathspec shall leave alone: private use, which it takes for letters.
_FIRST_STAND_IN = 0xF0000
_CLASSES = {  # as git has them: ASCII only, and no vertical tab among the spaces
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": " \\t",
    "cntrl": "\\x00-\\x1f\\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": "!-/:-@\\[-`{-~",
    "space": " \\t\\n\\r",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}


def translate(glob: str) -> str | None:
    """The regular expression (for `fullmatch`, with DOTALL) of a glob; None when it can never match.

    The glob has no leading and no trailing slash, and is to match a whole path, or a whole name.
    """
    run_in = _RUN_IN.fullmatch(glob)
    if run_in is not None:
        start, rest = run_in.groups()
        if not rest or _ONLY_DOUBLE.fullmatch(rest):
            return re.escape(start) + ".*"
        inner = translate(_DOUBLE + rest)
        return None if inner is None else re.escape(start) + inner
    segments = _segments(glob)
    if segments is None or _DOUBLE not in segments:
        return None if segments is None else "/".join(segments)
    if segments == [_DOUBLE]:
        return ".+"
    return _with_double_stars(segments)


def _with_double_stars(segments: list[str]) -> str:
    # Importing pathspec costs as much as walking a thousand files: only globs with a real `**` pay for it.
    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

    stand_ins = {_FIRST_STAND_IN + at: text for at, text in enumerate(segments) if text != _DOUBLE}
    glob = "/".join(text if text == _DOUBLE else chr(_FIRST_STAND_IN + at) for at, text in enumerate(segments))
    laid_out: str | None
    laid_out, _ = GitIgnoreSpecPattern.pattern_to_regex("/" + glob)
    assert laid_out is not None, glob
    # pathspec's expression also matches everything below what it matches. Here each folder is judged by
    # itself, on the way down, so that a `!` further down the file can take it back.
    end_of_name = "(?:(?P<ps_d>/)|$)"
    whole = laid_out.removesuffix(end_of_name) if laid_out.endswith(end_of_name) else laid_out + ".*"
    # `**` may stand for nothing in front of a slash (only after a run-in start can this be).
    whole = whole.removeprefix("^").replace("(?:.+/)?", "(?:.*/)?")
    return whole.translate(stand_ins)


def _segments(glob: str) -> list[str] | None:
    """The expression of each part between slashes, `**` left as it is; None when the glob is malformed."""
    segments = [""]
    at = 0
    while at < len(glob):
        char = glob[at]
        at += 1
        if char == "\\":
            if at == len(glob):
                return None
            char = glob[at]
            at += 1
            if char != "/":
                segments[-1] += re.escape(char)
                continue
        if char == "/":
            segments.append("")
        elif char == "*":
            first = at - 1
            while at < len(glob) and glob[at] == "*":
                at += 1
            double = at - first > 1 and not segments[-1]
            if double and glob.startswith("\\/", at):
                segments[-1] += ".*"  # in front of an escaped slash `**` cannot stand for no folder at all
            else:
                bounded = at == len(glob) or glob[at] == "/"
                segments[-1] += _DOUBLE if double and bounded else "[^/]*"
        elif char == "?":
            segments[-1] += "[^/]"
        elif char == "[":
            bracket = _bracket(glob, at)
            if bracket is None:
                return None
            text, at = bracket
            segments[-1] += text
        else:
            segments[-1] += re.escape(char)
    return segments


def _bracket(glob: str, at: int) -> tuple[str, int] | None:
    """The class that begins at `at`, behind its "[", and where it ends; None when it never ends."""
    negated = glob[at : at + 1] in ("!", "^")
    at += negated
    items: list[str] = []
    before = ""  # the character that a "-" would continue
    first = True
    while True:
        char = glob[at : at + 1]
        if not char or (char == "]" and not first):
            break
        first = False
        at += 1
        following = glob[at : at + 1]
        if char == "\\":
            if not following:
                return None
            before = following
            items.append(_hex(following))
            at += 1
        elif char == "-" and before and following and following != "]":
            at += 1
            if following == "\\":
                following = glob[at : at + 1]
                at += 1
                if not following:
                    return None
            if before <= following:
                items.append(f"{_hex(before)}-{_hex(following)}")
            before = ""
        elif char == "[" and following == ":":
            end = glob.find("]", at + 1)
            if end < 0:
                return None
            if end > at + 1 and glob[end - 1] == ":":
                known = _CLASSES.get(glob[at + 1 : end - 1])
                if known is None:
                    return None
                items.append(known)
                before, at = "", end + 1
            else:
                before = char
                items.append(_hex(char))
        else:
            before = char
            items.append(_hex(char))
    if not char:
        return None
    body = "".join(items)
    if not body:
        return ("[^/]" if negated else "(?!)"), at + 1
    return (f"[^/{body}]" if negated else f"(?!/)[{body}]"), at + 1


def _hex(char: str) -> str:
    return f"\\U{ord(char):08x}"
