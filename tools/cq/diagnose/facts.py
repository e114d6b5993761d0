"""`queries/LANGUAGE/diagnostics.toml` as types: what of a language helps to say what is wrong in a file.

Everything in it has a default that fits most languages, so a language without the file has findings, too.
"""

import functools
import os
import re

import msgspec

from cq.errors import CqError
from cq.toml_file import read_toml


class Replacement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is often written in place of something else."""

    find: str  # regular expression, within one line
    text: str  # what takes its place: a template of `re`
    code: str
    message: str
    line: str = ""  # regular expression: only in a line where it is found


class OldCode(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Code that the grammar takes, and the language of today does not."""

    find: str  # regular expression; where its first group begins stands a node of one of these kinds
    kinds: tuple[str, ...]
    message: str


class OldDialect(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A dialect of which one finding in each file tells."""

    code: str
    message: str
    signs: tuple[OldCode, ...]


class DiagnosticFacts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known of one language."""

    quotes: tuple[str, ...] = ('"', "'")  # longest first
    multiline_quotes: tuple[str, ...] = ()  # of those, the ones whose text may go over several lines
    string_kinds: tuple[str, ...] = ()  # node kinds of strings, beside those that have "string" in their name
    line_comment: str = ""  # what begins a comment up to the end of the line
    statement_words: tuple[str, ...] = ()  # a line that begins with one is no part of an expression
    continuation_words: tuple[str, ...] = ()  # a line that begins with one goes on with the statement before
    attached_words: tuple[str, ...] = ()  # a line that begins with one is no statement without the next one
    block_words: tuple[str, ...] = ()  # a line that begins with one ends in `block_opener`
    block_opener: str = ""
    statement_end: str = ";"
    insertions: tuple[str, ...] = (",", ";", ":")  # tokens whose lack is tried
    joins: tuple[str, ...] = ()  # of those, what stands between two things without a space
    placeholders: dict[str, str] = {}  # node kind -> a text of that kind, to try whether one is missing
    replacements: tuple[Replacement, ...] = ()
    names: dict[str, str] = {}  # node kind -> how to speak of it to the user
    old_dialect: OldDialect | None = None


@functools.cache
def facts_of(folders: tuple[str, ...], language: str, bases: tuple[str, ...] = ()) -> DiagnosticFacts:
    """The facts of a language; of two folders with a file the later counts. Raises CqError for a wrong file.

    A language without a file has the facts of the first of its bases that has one.
    """
    for folder in reversed(folders):
        path = os.path.join(folder, language, "diagnostics.toml")
        facts = read_toml(path, DiagnosticFacts)
        if facts is None:
            continue
        _check(path, facts)
        return facts
    return facts_of(folders, bases[0], bases[1:]) if bases else DiagnosticFacts()


def _check(path: str, facts: DiagnosticFacts) -> None:
    signs = facts.old_dialect.signs if facts.old_dialect else ()
    finds = [(find, False) for each in facts.replacements for find in (each.find, each.line)] + [
        (each.find, True) for each in signs
    ]
    for find, is_sign in finds:
        try:
            found = re.compile(find)
        except re.error as error:
            raise CqError(f"{path}: {find!r} is no regular expression: {error}") from error
        if is_sign and not found.groups:
            raise CqError(f"{path}: {find!r} has no group", "the first group begins where the node does")
