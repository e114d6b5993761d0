"""`cq tags`: the definitions of files as a tags file, which editors jump with."""

import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from cq.cli.answer import budget_of, tell_nothing, write_encoded, write_text
from cq.cli.check import check
from cq.cli.clock import Clock
from cq.cli.jobs import jobs_of
from cq.cli.options.listing import TAGS
from cq.cli.progress import progress
from cq.errors import CqError
from cq.export.tagfile import header
from cq.export.tags import FileTags, TagsAnalysis, TagsPlan
from cq.render.budget import Block
from cq.render.text import diagnostic_lines
from cq.rows.shared import MoreLine
from cq.scan.results import Unread
from cq.scan.scan import scan, workers_for
from cq.scan.write import write_whole

# How a file of tags begins. Another one is not overwritten: `cq tags -o store.py` was meant otherwise.
_BEGINNINGS = (b"!_TAG_", b"\x0c\n", b'{"_type":"tag"')


def tags(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0 when there is a tag, 1 when there is none, 2 for errors."""
    check(TAGS, values)
    form = "etags" if values.get("emacs") else values.get("format", "ctags")
    if form != "ctags" and "excmd" in values:
        raise CqError(f"--excmd and --format {form} exclude each other", "take one of them")
    if values.get("emacs") and values.get("format", "etags") != "etags":
        raise CqError(f"-e and --format {form} exclude each other", "take one of them")
    output = values.get("output", "-")
    target = "" if output == "-" else os.path.realpath(output)
    if target:
        _check_target(output, target)
    excmd = values.get("excmd", "pattern")
    given = jobs_of(values, arguments)
    plan = TagsPlan(
        folders=given.folders,
        root=os.path.realpath(given.root) if target else given.root,
        start=os.path.dirname(target) if target else os.getcwd(),
        form=form,
        excmd=excmd,
        kinds=frozenset(values.get("kind", ())),
    )
    diagnostics = list(given.diagnostics)
    lines: list[tuple[bytes, bytes]] = []
    count = 0
    workers = workers_for(given.jobs, values.get("workers") or None)
    results: Iterable[FileTags | Unread] = scan(given.tree, given.jobs, TagsAnalysis, plan, workers)
    clock = Clock(values)
    for result in progress(lambda: len(given.jobs), clock.until(given.jobs, results), "reading"):
        if isinstance(result, Unread):
            diagnostics.extend(given.diagnostics_of(result))
            continue
        diagnostics.extend(result.diagnostics)
        count += result.tags
        lines.extend(result.lines)
    diagnostics.extend(clock.diagnostics())
    if form == "ctags":
        # By their bytes, as editors search them. Those of one name stay in the order of paths and lines.
        lines.sort(key=lambda each: each[0])
    # Without a tag only a file that is asked for has a header.
    text = [header(excmd)] if form == "ctags" and (lines or target) else []
    budget = budget_of({**values, "format": "jsonl" if form == "jsonl" else "text"})
    text.extend(line for _, line in lines)
    if target:
        write_whole(target, text)
        if sys.stderr.isatty():
            sys.stderr.write(f"{count:,} tags in {output}\n")
    elif budget is not None:
        _write_page(values, form, text)
    else:
        sys.stdout.buffer.writelines(text)
    sys.stderr.writelines(f"{line}\n" for line in diagnostic_lines(diagnostics))
    if any(diagnostic.severity == "error" for diagnostic in diagnostics):
        return 2
    if not count and clock.is_over:
        return 2  # that there is none is an answer only when every file was looked at
    if not count:
        tell_nothing("definition", len(given.jobs))
    return 0 if count else 1


def _write_page(values: dict[str, Any], form: str, text: list[bytes]) -> None:
    """The tags that there is room for; the lines at the head of a tags file count as none."""
    blocks = (
        Block(line.decode("utf-8", "replace").rstrip("\n"), "" if line.startswith(b"!") else "tag") for line in text
    )
    budget = budget_of({**values, "format": "text"})
    if form == "jsonl" and budget is not None:
        write_encoded(values, budget, blocks, MoreLine)
    else:
        write_text({**values, "format": "text"}, blocks)


def _check_target(output: str, target: str) -> None:
    """Raise CqError when the file is there and is something else."""
    if os.path.isdir(target):
        raise CqError(f"{output}: a folder", "name the file: -o tags")
    if not os.path.isfile(target):
        return
    with open(target, "rb") as file:
        start = file.read(32)
    if start and not start.startswith(_BEGINNINGS):
        raise CqError(f"{output}: not a tags file, and not overwritten", "name another one, or remove it")
