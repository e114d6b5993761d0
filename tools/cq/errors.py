"""The one exception that cq raises on purpose, and the hint that most often goes with it."""

from collections.abc import Iterable


class CqError(Exception):
    """What the user, a pack or a table got wrong: a message, and a hint when there is something to do.

    The command line prints it as `cq: MESSAGE` and `hint: HINT` on stderr and exits with status 2.
    """

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def nearest(word: str, known: Iterable[str], least: float = 0.6, mark: str = "") -> str:
    """A hint at what may have been meant; empty when nothing is like it. The names are shown with a mark in front."""
    from difflib import get_close_matches  # only an error needs it

    names = sorted(set(known))
    near = get_close_matches(word, names, 2, least) or [name for name in names if name.startswith(f"{word}_")][:2]
    if not near:
        return ""
    # Predicates have a sign of their own: `#eq?`.
    return f"did you mean {' or '.join(mark + name for name in near)}" + "?" * (not near[-1].endswith(("?", "!")))
