"""Idioms that are nearly the same put together: leader clustering over their tokens.

The best idiom leads; what comes later joins the first leader that it is like enough, and leads where there is none. So
each member is like its leader, and no chain of small steps makes one heap of everything.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from typing import NamedTuple

from cq.errors import CqError
from cq.mining.form import END

# Each token becomes one character, beyond those that mean something to anybody.
_FIRST_CHARACTER = 0x10000


class Signed(NamedTuple):
    """What is compared."""

    group: tuple[str, str]  # only what has the same one is: language family, and kind of node
    signature: tuple[str, ...]


def require_rapidfuzz() -> None:
    """Raises CqError when rapidfuzz is not installed."""
    if find_spec("rapidfuzz") is None:
        raise CqError("rapidfuzz is not installed, which --fuzzy needs", "pip install 'cq[fuzzy]'")


def leaders(signed: Sequence[Signed], percent: int) -> list[int]:
    """For each, best first, the place of its leader: itself, or an earlier one with so many percent of tokens alike."""
    from rapidfuzz.distance import Indel  # an extra

    characters: dict[str, str] = {}
    least = percent / 100
    found: list[int] = []
    by_group: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for place, (group, signature) in enumerate(signed):
        # Where a node ends follows from where it begins, mostly: it would make all code look alike.
        tokens = (_plain(token) for token in signature if token != END)
        text = "".join(characters.setdefault(token, chr(_FIRST_CHARACTER + len(characters))) for token in tokens)
        of_group = by_group.setdefault(group, [])
        leader = next(
            (
                other
                for other, there in of_group
                # Alike by that much is nothing whose length differs by more.
                if 2 * min(len(there), len(text)) >= least * (len(there) + len(text))
                and Indel.normalized_similarity(text, there, score_cutoff=least) >= least
            ),
            place,
        )
        if leader == place:
            of_group.append((place, text))
        found.append(leader)
    return found


def _plain(token: str) -> str:
    """Which hole it is does not matter, only of which kind."""
    return token[:2] if token[:1] == "$" and token[:3] != "$$$" else token
