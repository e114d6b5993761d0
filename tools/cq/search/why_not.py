"""Why a search has no row: where the name does stand, and which names are like it."""

import os
import re
import time
from collections.abc import Iterator

import msgspec

from cq.index.explain import ignored_files
from cq.index.walk import list_files
from cq.rows.search import MENTIONS, Near, Row
from cq.scan.read import read_file
from cq.scan.results import Unread
from cq.search.names import NameMatcher
from cq.search.near_names import near_names
from cq.search.run import SearchRun

_EXAMPLES = 3
# An answer about nothing has to be quick: after this the search for reasons ends.
_BUDGET_SECONDS = 2.0


def why_not(run: SearchRun) -> Near:
    """The reasons, as far as they are found within two seconds."""
    deadline = time.monotonic() + _BUDGET_SECONDS
    request = run.request
    matcher = NameMatcher(request.query)
    elsewhere: dict[str, int] = {}
    examples: list[str] = []
    # A name that stands in what was searched is answered by where it stands there.
    for reason, path in () if run.hits else _left_out(run):
        if time.monotonic() > deadline:
            break
        if _leads_outside(request.selection.root, path):
            continue
        data = read_file(request.selection.tree, path)
        if isinstance(data, Unread):
            continue
        hits = matcher.find(data)
        if hits:
            elsewhere[reason] = elsewhere.get(reason, 0) + len(hits)
            if len(examples) < _EXAMPLES:
                examples.append(f"{path}:{data.count(10, 0, hits[0][0]) + 1}")
    if run.withheld.get("qualifier"):
        examples = _definitions_of_others(run)
    names = () if run.hits else _near_names(run, deadline)
    # Of a name that stands in code, too, the mentions are beside the point.
    mentions = {role: count for role, count in run.roles.items() if role in MENTIONS}
    if len(mentions) < len(run.roles):
        mentions = {}
    return Near(
        names=names,
        mentions=mentions if not request.text else {},
        elsewhere=elsewhere,
        examples=tuple(example.encode("utf-8", "replace").decode() for example in examples),
        hint=_hint(run, bool(mentions), elsewhere, names),
    )


def _left_out(run: SearchRun) -> Iterator[tuple[str, str]]:
    """Files that were not searched, with the reason: another language, a glob, ignored or hidden."""
    selection = run.request.selection
    searched = set(run.searched) | {unread.path for unread in run.unread}
    yield from (("other-language", path) for path in list_files(selection).files if path not in searched)
    if selection.globs or selection.max_filesize is not None:
        known = set(list_files(selection).files)
        wider = msgspec.structs.replace(selection, globs=(), max_filesize=None)
        yield from (("excluded", path) for path in list_files(wider).files if path not in known)
    for path in ignored_files(selection):
        hidden = any(part.startswith(".") for part in path.split("/"))
        yield "hidden" if hidden else "ignored", path


def _leads_outside(root: str, path: str) -> bool:
    """Whether a file that was not searched is a link out of the root: nobody asked for what is there."""
    full = os.path.join(root, path)
    return os.path.islink(full) and not os.path.realpath(full).startswith(os.path.join(os.path.realpath(root), ""))


def _definitions_of_others(run: SearchRun) -> list[str]:
    """Where the last part of a qualified name is defined, by owners other than the one asked for."""
    request = run.request
    last = tuple(re.split(r"\.|::", name)[-1] for name in request.query.names)
    query = msgspec.structs.replace(request.query, names=last)
    wider = SearchRun(msgspec.structs.replace(request, query=query, roles=("definition",), facts=False))
    found = [msgspec.json.decode(row, type=Row) for each in wider.files() for _, row in each.rows]
    found.sort(key=lambda row: run.table.is_test(row.path))
    return [f"{row.path}:{row.line} ({row.container or 'no owner'})" for row in found[:_EXAMPLES]]


def _near_names(run: SearchRun, deadline: float) -> tuple[str, ...]:
    if run.request.query.mode != "name":
        return ()
    return near_names(run, re.split(r"\.|::", run.request.query.names[0])[-1], deadline)


def _hint(run: SearchRun, mentions: bool, elsewhere: dict[str, int], names: tuple[str, ...]) -> str:
    request = run.request
    if run.withheld.get("qualifier"):
        last = re.split(r"\.|::", request.query.names[0])[-1]
        return f"cq search {last} shows all; {run.withheld['qualifier']} of them with another or unknown owner"
    if run.withheld.get("role") or run.withheld.get("kind"):
        return "drop --role or --kind"
    if mentions and not request.text:
        return "--text shows strings, comments and prose"
    if "other-language" in elsewhere:
        return "--lang auto searches every language"
    if "ignored" in elsewhere:
        return "--no-ignore searches ignored files"
    if "hidden" in elsewhere:
        return "--hidden searches hidden files"
    if names:
        return f"cq search {names[0]}"
    if not run.searched:
        return f"no file to search in {request.selection.root}: cq files --explain says why"
    return ""
