"""Which values and which options together are refused: nothing is accepted and then ignored."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from cq.cli.options.option import Option
from cq.errors import CqError

LISTS = ("files_with_matches", "files_without_match", "count", "count_matches")
_ROWS = ("vimgrep", "heading", "limit", "before", "after", "context")
_NO_PAGES = (
    *LISTS,
    *("limit", "heading", "quiet", "null", "output"),
    *("diff", "apply", "fix", "watch", "since", "report", "graph", "scip", "tests", "path_to"),
)
# Each of the first with each of the others. "json" stands for JSON Lines, too.
_EXCLUDE = (
    ("query_file", ("packs",)),
    ("packs", ("captures", "watch", "node")),
    ("watch", ("count", "files_with_matches", "quiet", "explain", "lines", "bytes", "budget_ms", "limit", "null")),
    ("verify", ("lines", "limit")),
    ("rev", ("fix", "watch")),
    ("overlay", ("fix", "watch")),
    ("emacs", ("excmd",)),
    ("diff", ("fix", "json", "limit")),
    ("apply", ("limit", "count", "files_with_matches", "quiet", "diff", "list")),
    ("diff", ("count", "files_with_matches", "json", "quiet", "list")),
    ("list", ("count", "files_with_matches", "quiet", "limit")),
    ("max_tokens", _NO_PAGES),
    ("max_rows", _NO_PAGES),
    ("cursor", _NO_PAGES),
    ("since", ("report", "graph", "explain")),
    ("report", ("graph", "explain")),
    ("graph", ("explain", "format", "json")),
    ("explain", ("output", "verify")),
    ("regex", ("fixed",)),
    ("json", (*LISTS, "vimgrep", "only_matching", "heading", "null", "quiet")),
    ("files_with_matches", ("files_without_match", "count", "count_matches", "only_matching", *_ROWS)),
    ("files_without_match", ("count", "count_matches", "only_matching", "max_count", *_ROWS)),
    ("count", ("count_matches", *_ROWS)),
    ("count_matches", _ROWS),
    ("vimgrep", ("heading",)),
)


def check(options: Sequence[Option], values: Mapping[str, Any]) -> None:
    """Raise CqError for numbers out of range and for options that say two different things."""
    flags = {option.field: option.flags[-1] for option in options}
    for option in options:
        if option.kind == "number" and not option.least <= values.get(option.field, option.least) <= option.most:
            hint = f"a number from {option.least} to {option.most}"
            raise CqError(f"{flags[option.field]} {values[option.field]}: out of range", hint)
        if option.kind == "words" and not values.get(option.field, True):
            raise CqError(f"{flags[option.field]} names nothing", "one or more, separated by commas")
    if values.get("rev") == "":
        raise CqError("--rev names nothing", "a branch, a tag, HEAD~3 or the id of a commit")
    if values.get("overlay") == "":
        raise CqError("--overlay names nothing", "a patch, a folder, or - for stdin")
    given = {field for field, value in values.items() if value is not False}
    form = values.get("format", "text")
    if "format" in given and "json" in given and form != "json":
        raise CqError(f"--json and --format {form} exclude each other", "take one of them")
    if form != "text":
        given.add("json")
        flags["json"] = f"--format {form}"
    if form == "html":
        _check_page(given)
    for field, others in _EXCLUDE:
        for other in others:
            if field in given and other in given:
                raise CqError(f"{flags[field]} and {flags[other]} exclude each other", "take one of them")
    if "json" in given and values.get("color") == "always":
        raise CqError(f"{flags['json']} has no colours", "leave out --color always")
    if values.get("sort") == "rank" and given.intersection(LISTS):
        raise CqError("--sort rank is an order of rows", "lists of files come by path")


def _check_page(given: set[str]) -> None:
    for field in ("signature", "tests"):
        if field in given:
            raise CqError(f"--{field} has no --format html", "text, json or jsonl")
    if sys.stdout is not None and sys.stdout.isatty():
        raise CqError("a page is not for a terminal", "write it to a file: --format html > page.html")
