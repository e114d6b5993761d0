"""Words that every match of a rule needs: a file without them in its bytes need not be parsed.

Only what is certain counts. A pattern needs the text of its named leaves that are no metavariables, as it is compared
letter by letter; a regular expression that is one fixed text needs it; what is negated needs nothing.
"""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from cq.rules.located import Json

# Reads a pattern: the texts of its named leaves, without those that hold a metavariable.
Leaves = Callable[[str], tuple[str, ...]]

_FIXED = re.compile(r"\^(?:([\w ]+)|\(([\w ]+(?:\|[\w ]+)*)\))\$\Z")
# Of how a pattern is compared: these two look at every named node of it, and at their text.
_EXACT = ("smart", "cst")


class Need(NamedTuple):
    """A word, or several needs of which all or any must be met."""

    word: bytes = b""
    parts: "tuple[Need, ...]" = ()
    any_of: bool = False

    def is_met(self, data: bytes) -> bool:
        """Whether a file may have a match."""
        if self.word:
            return self.word in data
        return (any if self.any_of else all)(part.is_met(data) for part in self.parts)


def need_of(rule: Json, utils: Mapping[str, Json], leaves: Leaves) -> Need | None:
    """What a rule needs; None when it may match in any file."""
    return _need(rule, utils, leaves, ())


def _need(rule: Json, utils: Mapping[str, Json], leaves: Leaves, within: tuple[str, ...]) -> Need | None:
    if not isinstance(rule, dict):
        return None
    found: list[Need | None] = []
    for key, value in rule.items():
        if key == "pattern":
            found.append(_of_pattern(value, leaves))
        elif key == "regex" and isinstance(value, str):
            found.append(_of_regex(value))
        elif key in ("inside", "has", "precedes", "follows"):
            found.append(_need(value, utils, leaves, within))
        elif key == "all" and isinstance(value, list):
            found += (_need(each, utils, leaves, within) for each in value)
        elif key == "any" and isinstance(value, list):
            found.append(_any([_need(each, utils, leaves, within) for each in value]))
        elif key == "matches" and isinstance(value, str) and value not in within:
            found.append(_need(utils.get(value), utils, leaves, (*within, value)))
    return _all([need for need in found if need is not None])


def _of_pattern(value: Json, leaves: Leaves) -> Need | None:
    if isinstance(value, dict):
        # What of a context is looked for is for ast-grep to say.
        if "selector" in value or value.get("strictness", "smart") not in _EXACT:
            return None
        value = value.get("context")
    if not isinstance(value, str):
        return None
    return _all([Need(word.encode()) for word in dict.fromkeys(leaves(value)) if any(map(str.isalnum, word))])


def _of_regex(value: str) -> Need | None:
    fixed = _FIXED.match(value)
    if fixed is None:
        return None
    words = [fixed[1]] if fixed[1] else fixed[2].split("|")
    return _any([Need(word.encode()) for word in words])


def _all(needs: list[Need]) -> Need | None:
    if not needs:
        return None
    return needs[0] if len(needs) == 1 else Need(parts=tuple(needs))


def _any(needs: list[Need | None]) -> Need | None:
    known = [need for need in needs if need is not None]
    if not known or len(known) < len(needs):
        return None
    return known[0] if len(known) == 1 else Need(parts=tuple(known), any_of=True)
