"""`cq pattern`: find code that looks like a pattern, and rewrite it."""

from collections.abc import Sequence
from typing import Any

from cq.cli.answer import budget_of
from cq.cli.check import check
from cq.cli.matches import Verdict, answer
from cq.cli.options.matching import PATTERN
from cq.cli.settle import form_of, languages_of, query_folders, selection_of
from cq.errors import CqError
from cq.grammar.language import is_installed
from cq.lanes.table import lane_table
from cq.matching.run import RulesRequest, RulesRun, rule_languages
from cq.rows.findings import FindingsQuery
from cq.rules.ad_hoc import AskedPattern, pattern_rules


def pattern(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 0 when there is a match, 1 when there is none, 2 for errors."""
    check(PATTERN, values)
    if not arguments:
        raise CqError("no pattern", "cq pattern 'print($A)' [PATHS...]; cq pattern --help has examples")
    text, *paths = arguments
    rewrite = values.get("rewrite")
    if values.get("apply") and rewrite is None:
        raise CqError("--apply of what?", "--rewrite TEXT says what to put in the place of a match")
    for given in (text, rewrite or ""):
        try:
            given.encode()
        except UnicodeEncodeError as error:
            raise CqError("the pattern or its rewrite is not UTF-8") from error
    folders = query_folders(values)
    table = lane_table(folders)
    wanted, unwanted = languages_of(values)
    known = rule_languages(table)
    names = {table.named(word) for word in wanted} or {language.name for language in known.values()}
    names -= {table.named(word) for word in unwanted}
    for name in sorted(names - known.keys()):
        if not is_installed(table.languages[name].grammar):
            raise CqError(f"no grammar for {name} installed", table.how_to_install(name))
        raise CqError(f"no patterns for {name}", "its entry in lanes.toml needs `ast_grep`, and its grammar a wheel")
    asked = AskedPattern(
        text=text,
        rewrite=rewrite,
        selector=values.get("selector", ""),
        strictness=values.get("strictness", ""),
    )
    rules = pattern_rules(asked, [known[name] for name in sorted(names)], named=bool(wanted))
    selected = selection_of(values, paths)
    run = RulesRun(
        RulesRequest(
            selection=selected.selection,
            folders=folders,
            rules=tuple(rules.values()),
            silence=False,
            every_language=not wanted,
            workers=values.get("workers") or None,
        )
    )
    run.unread.extend(selected.unread)
    root = selected.selection.root.rstrip("/") + "/"
    question = FindingsQuery(
        pattern=text,
        rewrite=rewrite or "",
        languages=tuple(sorted(rules)),
        paths=tuple(path.removeprefix(root) for path in selected.selection.paths),
        globs=selected.selection.globs,
        limit=values.get("limit"),
    )
    shows_rows = "limit" in values or budget_of(values) is not None
    diff = rewrite is not None and not values.get("apply") and form_of(values) == "text" and not shows_rows
    return answer(run, values, question, Verdict(lambda run: run.rows, 0), diff)
