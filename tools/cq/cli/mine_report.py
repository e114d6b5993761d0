"""`cq mine report`: what was found as a page, as Markdown, as SARIF, or as a folder of rules."""

import os
import sys
from collections.abc import Sequence
from typing import Any

import msgspec

from cq.cli.mine_trend import trend_run
from cq.cli.mined import Mined, make_facts, mined
from cq.cli.settle import complain, diagnostics_of
from cq.errors import CqError
from cq.mining.results import read_places
from cq.render.color import printable
from cq.render.mining_html import page_html
from cq.render.mining_markdown import markdown
from cq.render.mining_text import many
from cq.render.sarif import sarif
from cq.rows.findings import Finding
from cq.rows.mining import Commit
from cq.scan.write import write_whole

_TOP = 500
# Of one idiom, in SARIF.
_PLACES = 100


def report(values: dict[str, Any], arguments: Sequence[str], store: str) -> int:
    """Mine, and write the report."""
    found = mined(values, arguments, store, _TOP)
    commits: tuple[Commit, ...] = ()
    if "samples" in values:
        found, commits = _with_history(values, arguments, store, found)
    form = values.get("format", "html")
    output = values.get("output")
    if form == "rules":
        if not output:
            raise CqError("a folder of rules needs a name", "cq mine report PATHS --format rules -o FOLDER")
        _write_rules(found, output)
    else:
        data = _text(found, form, commits)
        if output:
            write_whole(output, (data,))
        else:
            sys.stdout.buffer.write(data)
    if output and not values.get("quiet"):
        sys.stderr.write(f"{printable(output)}: {many(len(found.idioms), 'idiom')}\n")
    complain(diagnostics_of(found.run.unread))
    return found.tail.summary.exit_status


def _with_history(
    values: dict[str, Any], arguments: Sequence[str], store: str, found: Mined
) -> tuple[Mined, tuple[Commit, ...]]:
    """The same with the history of each idiom, and the commits that were looked at."""
    run = trend_run(values, arguments or [found.run.request.selection.root], store, _TOP)
    make_facts(run)
    histories = run.history_of([each.number for each in found.saved])
    saved = tuple(
        msgspec.structs.replace(each, idiom=msgspec.structs.replace(each.idiom, history=history))
        for each, history in zip(found.saved, histories, strict=True)
    )
    return found._replace(saved=saved), tuple(run.history.commit(number) for number in run.samples)


def _text(found: Mined, form: str, commits: tuple[Commit, ...]) -> bytes:
    root = found.run.request.selection.root
    title = os.path.basename(root) or root  # of files all over the machine
    if form == "markdown":
        return "".join(f"{line}\n" for line in markdown(title, found.idioms, found.tail.summary)).encode()
    if form == "sarif":
        return (sarif(_findings(found)) + "\n").encode()
    if form != "html":
        raise CqError(f"a report has no form {form!r}", "html, markdown, sarif or rules")
    return page_html(title, found.idioms, found.tail, commits)


def _findings(found: Mined) -> list[Finding]:
    """Each place of each idiom, as code scanners take it."""
    rows = []
    for saved in found.saved:
        idiom = saved.idiom
        first = idiom.pattern.split("\n", 1)[0]
        for place in read_places(found.result, saved, _PLACES) if found.result else ():
            rows.append(
                Finding(
                    path=place.path,
                    line=place.line,
                    column=place.column,
                    end_line=place.end_line,
                    end_column=place.end_column,
                    start_byte=place.start_byte,
                    end_byte=place.end_byte,
                    language=idiom.language,
                    code=f"{idiom.language}-{idiom.key}",
                    severity="hint",
                    message=f"idiom: {first}",
                    text=place.text.split("\n", 1)[0],
                    text_column=place.column,
                )
            )
    return rows


def _write_rules(found: Mined, folder: str) -> None:
    """One file for each rule, and the configuration with which `ast-grep scan` runs them."""
    os.makedirs(os.path.join(folder, "rules"), exist_ok=True)
    for idiom in found.idioms:
        if idiom.rule:
            with open(
                os.path.join(folder, "rules", f"{idiom.language}-{idiom.key}.yml"), "w", encoding="utf-8"
            ) as file:
                file.write(idiom.rule)
    with open(os.path.join(folder, "sgconfig.yml"), "w", encoding="utf-8") as file:
        file.write("ruleDirs:\n- rules\n")
