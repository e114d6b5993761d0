"""A lexer for Rust, for the second opinion of rust_oracle.py: comments, strings and literals as tokens."""

import re
from typing import NamedTuple

WORD = r"[A-Za-z_\x80-\xff][A-Za-z0-9_\x80-\xff]*"
# Source is decoded as Latin-1, so that an index is a byte offset and a letter outside ASCII is some bytes >= 0x80.
TOKEN = re.compile(
    rf"""(?P<comment>//[^\n]*|/\*)
    |(?P<string>[bc]?r(?P<hashes>\#*)".*?"(?P=hashes)|[bc]?"(?:\\.|[^"\\])*")
    |(?P<char>b?'(?:\\(?:u\{{[^}}]*\}}|x..|.)|[^\\'\n\x80-\xff]|[\x80-\xff]{{2,4}})')
    |(?P<lifetime>'(?:r\#)?{WORD})
    |(?P<word>(?:r\#)?{WORD})
    |(?P<number>[0-9]\w*(?:\.[0-9]\w*)?)
    |(?P<punctuation>::|->|=>|==|!=|<=|>=(?![>=])|&&|\|\||\.\.=|\.\.\.|\.\.|[-+*/%^&|]=|<<=|\S)""",
    re.VERBOSE | re.DOTALL,
)
BLOCK_COMMENT = re.compile(r"/\*|\*/")


class Token(NamedTuple):
    kind: str
    start: int
    end: int
    text: str


def tokens_of(source: str) -> list[Token]:
    """The tokens of a file, comments among them."""
    found: list[Token] = []
    at = 0
    if source.startswith("#!") and not re.match(r"#!\s*\[", source):
        at = source.find("\n") if "\n" in source else len(source)
        found.append(Token("shebang", 0, at, source[:at]))
    while match := TOKEN.search(source, at):
        kind, start, at = match.lastgroup or "", *match.span()
        if kind == "hashes":
            kind = "string"
        if match.group() == "/*":
            depth = 1
            while depth and (mark := BLOCK_COMMENT.search(source, at)):
                depth += 1 if mark.group() == "/*" else -1
                at = mark.end()
            at = len(source) if depth else at
        found.append(Token(kind, start, at, source[start:at]))
    return found
