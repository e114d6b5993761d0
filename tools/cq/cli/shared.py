"""What the steps of one `cq run` share, so that the second question finds what the first had to make."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from cq.index.walk import forget_listings, remembered_listings

Made = TypeVar("Made")
_KEPT: list[dict[Hashable, Any]] = []


@contextmanager
def sharing() -> Iterator[None]:
    """As long as this lasts, files are listed once, and what `shared` makes is kept."""
    _KEPT.append({})
    try:
        with remembered_listings():
            yield
    finally:
        _KEPT.pop()


def forget() -> None:
    """Nothing is shared with what came before: files may be others now."""
    for kept in _KEPT:
        kept.clear()
    forget_listings()


def is_sharing() -> bool:
    """Whether there are other questions that may need the same."""
    return bool(_KEPT)


def shared(key: Hashable, make: Callable[[], Made]) -> Made:
    """What was made under this key before, else what is made now."""
    if not _KEPT:
        return make()
    kept = _KEPT[-1]
    if key not in kept:
        kept[key] = make()
    made: Made = kept[key]
    return made
