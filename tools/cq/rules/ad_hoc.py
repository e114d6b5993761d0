"""A pattern from the command line to a rule for each language in which it is code."""

from collections.abc import Sequence

import msgspec

from cq.errors import CqError
from cq.rows.findings import PATTERN
from cq.rules.astgrep import check, is_broken, route_of
from cq.rules.load import check_names, made_rule
from cq.rules.located import Json
from cq.rules.rule import FixTemplate, Rule, RuleLanguage


class AskedPattern(msgspec.Struct, frozen=True, kw_only=True):
    """What the user wants to find, and what to put in its place."""

    text: str
    rewrite: str | None = None
    selector: str = ""
    strictness: str = ""


def pattern_rules(asked: AskedPattern, languages: Sequence[RuleLanguage], named: bool) -> dict[str, Rule]:
    """The rule of each language; those in which the pattern is no code are left out, unless the user named them.

    Raises CqError when no language is left.
    """
    if not asked.text.strip():
        raise CqError("an empty pattern", "cq pattern 'print($A)'")
    rules: dict[str, Rule] = {}
    misfits: list[tuple[str, CqError]] = []
    for language in languages:
        try:
            rules[language.name] = _rule(asked, language)
        except CqError as error:
            misfits.append((language.name, error))
    if misfits and (named or not rules):
        raise CqError(
            f"{asked.text!r} is no pattern of {' or '.join(name for name, _ in misfits)}: {misfits[0][1].message}",
            misfits[0][1].hint or "a pattern is a whole expression, statement or item; --selector takes a part of one",
        )
    if not rules:
        raise CqError("no language is installed that patterns can be for", "cq languages")
    for rule in rules.values():
        check_names(rule)
    return rules


def _rule(asked: AskedPattern, language: RuleLanguage) -> Rule:
    if is_broken(asked.text, language.ast_grep):
        raise CqError("it does not parse by itself")
    pattern: Json = asked.text
    if asked.selector or asked.strictness:
        parts: dict[str, Json] = {"context": asked.text}
        if asked.selector:
            parts["selector"] = asked.selector
        if asked.strictness:
            parts["strictness"] = asked.strictness
        pattern = parts
    config: dict[str, Json] = {"rule": {"pattern": pattern}}
    route = route_of(config)
    check(config, route, language.ast_grep)
    rule = made_rule(PATTERN, language, config, route)
    values = [f"{name} = ${name}" for name in rule.single] + [f"{name} = $$${name}" for name in rule.multiple]
    message = ", ".join(values) or " ".join(asked.text.split())
    fix = FixTemplate(template=asked.rewrite) if asked.rewrite is not None else None
    return msgspec.structs.replace(rule, severity="info", message=message, fix=fix)
