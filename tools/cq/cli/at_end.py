"""What is to be done once the answer is out: nobody should have to wait for it."""

from collections.abc import Callable

_WORK: list[Callable[[], object]] = []


def at_end(work: Callable[[], object]) -> None:
    """Do this when the command is through, whichever way it ends."""
    _WORK.append(work)


def finish() -> None:
    """Do all that was put off."""
    while _WORK:
        _WORK.pop()()
