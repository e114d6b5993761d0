"""`cq packs`: which packs there are, what their patterns say, what is wrong with them, and what breaks them."""

from collections.abc import Callable, Sequence
from typing import Any

from cq.cli.answer import budget_of
from cq.cli.check import check
from cq.cli.options.upkeep import PACKS
from cq.errors import CqError, nearest

_WORDS = ("list", "show", "plan", "lint", "drift")


def packs(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command that the first argument names; the exit status."""
    check(PACKS, values)
    word, rest = (arguments[0], arguments[1:]) if arguments else ("", ())
    if word not in _WORDS:
        message = f"cq packs does not know {word!r}" if word else "cq packs needs to know what to do"
        raise CqError(message, nearest(word, _WORDS) or f"one of: {', '.join(_WORDS)}")
    if "node_types" in values and word != "drift":
        raise CqError(f"cq packs {word} takes no --node-types", "cq packs drift does")
    if budget_of(values) is not None and word != "list":
        raise CqError(f"cq packs {word} has no pages", "cq packs list does")
    if values.get("patterns") and word != "plan":
        raise CqError(f"cq packs {word} takes no --patterns", "cq packs plan does")
    return _command(word)(values, rest)


def _command(word: str) -> Callable[[dict[str, Any], Sequence[str]], int]:
    """What runs a word; each of the larger ones imports its own."""
    if word == "plan":
        from cq.cli.packs_plan import plan

        return plan
    if word == "lint":
        from cq.cli.packs_lint import lint

        return lint
    if word == "drift":
        from cq.cli.packs_drift import drift

        return drift
    from cq.cli.packs_list import list_packs, show_packs

    return show_packs if word == "show" else list_packs
