"""`cq mine`: the idioms that a code base repeats, and rules that find them again."""

import os
import tempfile
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any

from cq.cli.answer import budget_of
from cq.cli.cache_options import cache_folder
from cq.cli.check import check
from cq.cli.options.mine import MINE
from cq.errors import CqError, nearest
from cq.mining.fuzzy import require_rapidfuzz

_WORDS = ("show", "explain", "refs", "rule", "verify", "pairs", "odd", "trend", "report")
_SLIP = 0.7  # how like a command a word must be
_OF_REPORTS = ("html", "markdown", "sarif", "rules")


def mine(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command that the first argument names, or mine; 0 an idiom, 1 none, 2 an error."""
    check(MINE, values)
    if find_spec("numpy") is None:
        raise CqError("cq mine needs numpy, which is not installed", 'pip install "cq[mine]"')
    word = arguments[0] if arguments and arguments[0] in _WORDS and not os.path.exists(arguments[0]) else ""
    rest = arguments[1:] if word else arguments
    if arguments and not word:
        _check_word(arguments[0], values)
    if values.get("format") in _OF_REPORTS and word != "report":
        raise CqError(f"--format {values['format']} is a form of reports", "cq mine report PATHS")
    if "output" in values and word != "report":
        raise CqError("--output is for reports", "cq mine report PATHS -o FILE")
    if budget_of(values) is not None and word in ("show", "rule", "verify", "report"):
        raise CqError(f"cq mine {word} has no pages", "without --max-tokens, --max-rows and --cursor")
    if "budget_ms" in values and word:
        raise CqError(f"cq mine {word} takes no --budget-ms", "cq mine PATHS --budget-ms N; what it mines is kept")
    if "export" in values and word not in ("", "report"):
        raise CqError("--export is for idioms", "cq mine PATHS --export FILE")
    if "fuzzy" in values:
        if word not in ("", "report"):
            raise CqError("--fuzzy is for idioms", "cq mine PATHS --fuzzy 85")
        require_rapidfuzz()
    for field in ("samples", "rev"):
        if field in values and word not in ("trend", "report"):
            raise CqError(f"--{field} is for the history", "cq mine trend PATHS, or cq mine report PATHS")
    folder = cache_folder(values)
    if folder:
        return _command(word)(values, rest, folder)
    with tempfile.TemporaryDirectory(prefix="cq-mine-") as folder:
        return _command(word)(values, rest, folder)


def _check_word(word: str, values: dict[str, Any]) -> None:
    """Raises CqError for what is no path, but close to a command."""
    # An overlay may have files that are not in the folder.
    if os.sep in word or os.path.lexists(word) or values.get("overlay"):
        return
    hint = nearest(word, _WORDS, _SLIP, "cq mine ")
    if hint:
        raise CqError(f"no such file or folder: {os.path.abspath(word)}", hint)


def _command(word: str) -> Callable[[dict[str, Any], Sequence[str], str], int]:
    """What runs a word; each imports its own."""
    if word == "explain":
        from cq.cli.mine_explain import explain

        return explain
    if word in ("show", "refs", "rule", "verify"):
        from cq.cli.mine_key import refs, rule, show, verify

        return {"show": show, "refs": refs, "rule": rule, "verify": verify}[word]
    if word == "report":
        from cq.cli.mine_report import report

        return report
    if word == "trend":
        from cq.cli.mine_trend import trend

        return trend
    if word in ("pairs", "odd"):
        from cq.cli.mine_places import odd, pairs

        return odd if word == "odd" else pairs
    from cq.cli.mine_list import list_idioms

    return list_idioms
