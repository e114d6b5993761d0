"""`cq rules`: rules in ast-grep's format over many files."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from cq.cli.answer import Entry, write
from cq.cli.check import check
from cq.cli.matches import Verdict, answer
from cq.cli.options.matching import RULES
from cq.cli.settle import form_of, languages_of, query_folders, selection_of, shown_paths
from cq.errors import CqError
from cq.lanes.table import lane_table
from cq.matching.run import RulesRequest, RulesRun, rule_languages
from cq.render.budget import Block
from cq.rows.findings import FindingsQuery
from cq.rows.rules import RuleRow, RulesAnswer
from cq.rows.shared import SchemaId
from cq.rules.rule import Rule
from cq.rules.source import rules_in_folders, rules_named, selected


def rules(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command with these options and arguments; 1 when there is a finding of severity error, 2 for errors."""
    check(RULES, values)
    folders = query_folders(values)
    table = lane_table(folders)
    known = rule_languages(table)
    wanted, unwanted = languages_of(values)
    left_out: Counter[str] = Counter()
    found = rules_named(values["rule"], known, left_out) if "rule" in values else rules_in_folders(folders, known)
    if left_out and not values.get("quiet"):
        many = ", ".join(f"{count} for {word}" for word, count in sorted(left_out.items()))
        sys.stderr.write(f"note: rules left out, no grammar: {many}\n")
    names = {table.named(word) for word in wanted} or set(table.languages)
    names -= {table.named(word) for word in unwanted}
    found = [rule for rule in found if rule.language in names]
    if values.get("list"):
        return _list(values, found)
    chosen = selected(found, values.get("only", ()))
    if not chosen:
        raise CqError("no rule to run", "cq rules --list shows those there are; --rule FILE names others")
    fixing = values.get("apply") or values.get("diff")
    if fixing and not any(rule.fix for rule in chosen):
        raise CqError("none of these rules has a fix", "fix: TEXT in a rule says what to put in the place of a match")
    files = selection_of(values, arguments)
    run = RulesRun(
        RulesRequest(
            selection=files.selection,
            folders=folders,
            rules=tuple(chosen),
            workers=values.get("workers") or None,
        )
    )
    run.unread.extend(files.unread)
    root = files.selection.root.rstrip("/") + "/"
    question = FindingsQuery(
        rules=tuple(sorted({rule.id for rule in chosen})),
        languages=tuple(sorted({rule.language for rule in chosen})),
        paths=tuple(path.removeprefix(root) for path in files.selection.paths),
        globs=files.selection.globs,
        limit=values.get("limit"),
    )
    return answer(run, values, question, Verdict(lambda run: run.errors, 1), bool(values.get("diff")))


def _list(values: dict[str, Any], found: Sequence[Rule]) -> int:
    rows = [_row(rule) for rule in sorted(found, key=lambda rule: (rule.language, rule.path, rule.line))]
    form = form_of(values)
    if form not in ("text", "json", "jsonl"):
        raise CqError(f"a list of rules has no form {form}", "text, json or jsonl")
    answer = RulesAnswer(schema=SchemaId("cq.rules"), rows=tuple(rows))
    write(values, answer, rows, _lines(rows), lambda row: Entry("rule"))
    return 0 if rows else 1


def _row(rule: Rule) -> RuleRow:
    evidence = rule.evidence
    return RuleRow(
        language=rule.language,
        id=rule.id,
        severity=rule.severity,
        message=rule.message,
        role=evidence.role if evidence else "",
        kind=evidence.kind if evidence else "",
        has_fix=rule.fix is not None,
        route=rule.route,
        path=rule.path,
        line=rule.line,
    )


def _lines(rows: Sequence[RuleRow]) -> Iterator[Block]:
    shown = shown_paths("/")
    width = max((len(row.id) for row in rows), default=0)
    language = ""
    for row in rows:
        if row.language != language:
            if language:
                yield Block("")
            language = row.language
            yield Block(language, level=0)
        fix = " (has a fix)" if row.has_fix else ""
        line = f"  {row.id:<{width}}  {row.severity:<7}  {row.message}{fix}  {shown(row.path.lstrip('/'))}:{row.line}"
        yield Block(line, "rule", short=f"  {row.id:<{width}}  {row.severity}")
