"""What is said to someone at a command line, said to an agent that has tools instead."""

import re

from cq.errors import CqError

# In this order. What a message quotes from a question is left as it is: these are hints' own words.
_WORDS = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"; -uuu takes it as text", ""),
        (r"-F finds fixed text, --regex a regular expression", "`regex` takes a regular expression"),
        (r"it is ignored: try --no-ignore or --hidden", "`files` with explain says why"),
        (r"--(?:no-ignore|hidden) searches (\w+) files", r"it stands in \1 files only: those are not read here"),
        (r"--lang auto searches every language", '`languages` ["auto"] searches every language'),
        (r"(?:ask again: )?\bTARGET is a name", "a target is a name"),
        (r"; --selector takes a part of one$", ""),
        (r"\bcq files --explain\b", "`files` with explain"),
        (r"\bcq schema lists those there are", "the list of resources has those there are"),
        (r"\bcq search (\S+) shows all", r"`search` for \1 shows all"),
        (r"^cq search (\S+)$", r"`search` for \1"),
        (r"\bcq (search|files|outline|source|query|diagnose|chunk|map)\b", r"`\1`"),
        (r"--role\b", "roles"),
        (r"--kind\b", "kinds"),
        (r"--lang\b", "languages"),
        (r"--all\b", "`all`"),
        (r"--(focus|text|regex|certain|depth|only|size|explain)\b", r"`\1`"),
    )
)


def for_tools(text: str) -> str:
    """The text with tools and parameters in the place of commands and options."""
    for pattern, words in _WORDS:
        text = pattern.sub(words, text)
    return text


def error_for_tools(error: CqError) -> CqError:
    """The error in the same way. Its message may quote what stands in a file or a question: only its start is ours."""
    message = re.sub(r"^--(\w+)\b", r"\1", error.message)
    return CqError(message, for_tools(error.hint) if error.hint else None)
