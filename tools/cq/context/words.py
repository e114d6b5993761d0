"""From a text to what is looked for: names, as they are written in code, and the stems of all words."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:(?:\.|::)[A-Za-z_][A-Za-z0-9_]*)*")
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d{2,}")
_MARKED = re.compile(r"`+([^`\n]{2,200})`+|['\"]([A-Za-z_][\w.:]{1,80})['\"]|\b([A-Za-z_][\w.:]{0,200})\(")
_HUMP = re.compile(r"[a-z0-9][A-Z]|[A-Z][A-Z]+[a-z]")
_ENDINGS = ("ations", "ation", "ings", "ing", "ions", "ion", "ers", "ies", "ed", "er", "es", "s", "e", "y")
_MOST_ENDINGS = 2  # of one word
_LEAST_STEM = 3
# What any text has, and what any trace or issue has.
_STOP = frozenset(
    re.findall(
        r"\w+",
        """
        about above after again all also although always and any are aren because been before being below between
        both but call called calls can cannot code could did does doesn doing don done during each either else even
        ever every exception expected fail failed fails file files first following for found from get gets getting
        give given gives got had has have having here how however http https instead into issue its just last like
        line make makes many may message might more most much must need needs new none not now occur occurred off
        often old one only onto other otherwise our out over own please point problem raise raised raises recent
        result same seem seems self shall she should show since some something still such sure take than that the
        their them then there these they thing this those though through thus too trace traceback try trying two
        under until use used useful uses using value very via want wants was way well were what when where whether
        which while who why will with within without won work works would wrong you your org com www non per def
        true false null undefined
        """,
    )
)
_PROSE = re.compile(r"[A-Za-z]{1,30}(?: [A-Za-z]{1,30}){2,200}")
_MOST_PHRASES = 60
_MOST_NAMES = 16
_MOST_TERMS = 40


class Asked(NamedTuple):
    """What a text asks for."""

    names: tuple[str, ...]  # that are written as code is: `Flask.route`, `get_queryset`, `QuerySet`
    terms: dict[str, float]  # stem -> how much it counts
    words: dict[str, str]  # stem -> as the text first says it
    phrases: tuple[str, ...]  # three words in a row, which a message of the code itself may have, too
    plain: tuple[str, ...] = ()  # other words, any of which may be the name of a definition: `flash`, `Flask`


def asked_of(text: str) -> Asked:
    """What is looked for, the first that is said first."""
    marked = {word for found in _MARKED.finditer(text) for word in _NAME.findall(next(filter(None, found.groups())))}
    names: dict[str, None] = {}
    counts = Counter[str]()
    weights: dict[str, float] = {}
    words: dict[str, str] = {}
    plain: dict[str, None] = {}
    for found in _NAME.finditer(text):
        word = found.group()
        is_name = word in marked or "_" in word.strip("_") or _HUMP.search(word) or "." in word or "::" in word
        if is_name and len(word) > 2 and word.lower() not in _STOP:
            names[word] = None
        else:
            plain[word] = None
        for stem, part in _stems(word):
            words.setdefault(stem, part)
            counts[stem] += 1
            weights[stem] = max(weights.get(stem, 0.0), 1.5 if is_name else 1.0)
    terms = {stem: weights[stem] * (1 + 0.3 * min(count - 1, 3)) for stem, count in counts.items()}
    most = sorted(terms, key=lambda stem: -terms[stem])[:_MOST_TERMS]
    # Of a text that has nothing else, what any text has may be a name, too.
    telling = [word for word in plain if len(word) > 2 and word.lower() not in _STOP] or ([] if names else plain)
    return Asked(
        tuple(names)[:_MOST_NAMES],
        {stem: terms[stem] for stem in terms if stem in most},
        words,
        _phrases(text),
        tuple(telling),
    )


def _phrases(text: str) -> tuple[str, ...]:
    runs = (found.group().split(" ") for found in _PROSE.finditer(text))
    phrases = (" ".join(run[at : at + 3]) for run in runs for at in range(len(run) - 2))
    return tuple(dict.fromkeys(phrases))[:_MOST_PHRASES]


def stems(text: str) -> Iterator[str]:
    """The stems of the words of a text, those within names apart."""
    return (stem for stem, _ in _stems(text))


def _stems(text: str) -> Iterator[tuple[str, str]]:
    for part in _PART.findall(text):
        word = part.lower()
        if len(word) >= _LEAST_STEM and word not in _STOP:
            yield stem_of(word), word


def stem_of(word: str) -> str:
    """A word without its endings: `filters`, `filtering` and `filtered` are one."""
    for _ in range(_MOST_ENDINGS):
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM + (len(ending) < 3):
                word = word[: -len(ending)]
                break
    return word
