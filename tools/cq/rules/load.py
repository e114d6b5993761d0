"""Rule files to rules: ast-grep's own YAML, every key of it checked. An error names its file and line."""

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from cq.errors import CqError, nearest
from cq.rows.findings import SEVERITIES
from cq.rules.astgrep import leaves_of
from cq.rules.check import check_rule, check_transform, only_keys, settle
from cq.rules.located import Json, Located, documents
from cq.rules.needs import need_of
from cq.rules.rule import Evidence, FixTemplate, Rule, RuleLanguage
from cq.rules.template import names_in

_KEYS = frozenset(
    (
        "id",
        "language",
        "rule",
        "constraints",
        "utils",
        "transform",
        "fix",
        "severity",
        "message",
        "note",
        "url",
        "metadata",
        "files",
        "ignores",
        "labels",
    )
)
_OFF = "off"
_VARIABLE = re.compile(r"(\$+)([A-Z_][A-Z0-9_]*)")
_LIMIT_BYTES = 4_000_000
# In these a match depends on more of the tree than what stands in it.
_CLIMBING = ("inside", "precedes", "follows", "matches", "nthChild", "stopBy")


class UnknownLanguage(CqError):
    """A rule for a language that there is no grammar for, and whose name is near to none that there is."""

    def __init__(self, word: str, message: str, hint: str | None) -> None:
        super().__init__(message, hint)
        self.word = word


def read_rules(path: str, languages: Mapping[str, RuleLanguage], left_out: Counter[str] | None = None) -> list[Rule]:
    """The rules of one file; those that are off, too. `languages` are those there are, by all their names.

    With `left_out` a rule for another language is no error, but counted there.
    """
    try:
        if os.path.getsize(path) > _LIMIT_BYTES:
            raise CqError(f"{path}: more than {_LIMIT_BYTES // 1_000_000} MB: not a file of rules")
        with open(path, "rb") as file:
            text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CqError(f"{path}: not UTF-8: {error}") from error
    except OSError as error:
        raise CqError(f"{path}: {error.strerror}") from error
    rules = []
    others: list[str] = []
    for document in documents(path, text):
        try:
            rules.append(_rule(path, document, languages))
        except UnknownLanguage as error:
            if left_out is None:
                raise
            others.append(error.word)
    if left_out is not None:
        left_out.update(others)
    if not rules and not others:
        raise CqError(f"{path}: no rule in it", "id, language and rule, as ast-grep has them")
    return rules


def is_on(rule: Rule) -> bool:
    """Whether a rule is run."""
    return rule.severity != _OFF


def _rule(path: str, document: Located, languages: Mapping[str, RuleLanguage]) -> Rule:
    if isinstance(document.value, list | str | int):
        raise document.error("not a rule", "a mapping with id, language and rule")
    if "rewriters" in (items := document.items("a rule")):
        raise items["rewriters"].key.error("rewriters are not supported", "the ast-grep command has them")
    keys = only_keys(document, _KEYS, "a rule")
    for name in ("id", "language", "rule"):
        if name not in keys:
            raise document.error(f"a rule without {name}", "id, language and rule are what every rule has")
    language = _language(keys["language"], languages)
    config: dict[str, Json] = {"rule": keys["rule"].json()}
    atoms = list(check_rule(keys["rule"]))
    for name in ("constraints", "utils"):
        if name in keys:
            for key, pair in keys[name].items(name).items():
                atoms += [("name", pair.key), *check_rule(pair.value, f"{name} {key}")]
            config[name] = keys[name].json()
    if "transform" in keys:
        check_transform(keys["transform"])
        config["transform"] = keys["transform"].json()
    _settle_words(config)
    route = settle(config, atoms, document, language)
    rule = made_rule(keys["id"].text("id"), language, config, route)
    fix = _fix(keys["fix"], language) if "fix" in keys else None
    rule = msgspec.structs.replace(rule, fix=fix)
    if fix is not None:
        check_names(rule, keys["fix"])
    said = {name: keys[name].text(name).strip() if name in keys else "" for name in ("message", "note", "url")}
    return msgspec.structs.replace(
        rule,
        path=path,
        line=document.line,
        severity=_severity(keys["severity"]) if "severity" in keys else "hint",
        labels=_labels(keys["labels"], rule) if "labels" in keys else {},
        files=_globs(keys, "files"),
        ignores=_globs(keys, "ignores"),
        evidence=_evidence(keys["metadata"], rule) if "metadata" in keys else None,
        **said,
    )


def made_rule(id: str, language: RuleLanguage, config: dict[str, Json], route: str) -> Rule:
    """A rule of a configuration that is known to be right."""
    single: dict[str, None] = {}
    multiple: dict[str, None] = {}
    uses: dict[str, int] = {}
    for text in _patterns((config["rule"], config.get("constraints"), config.get("utils"))):
        for dollars, name in _VARIABLE.findall(text):
            if not name.startswith("_"):
                (multiple if len(dollars) == 3 else single)[name] = None
                uses[name] = uses.get(name, 0) + 1
    utils, transform = config.get("utils"), config.get("transform")
    return Rule(
        id=id,
        language=language.name,
        route=route,
        config=config,
        single=tuple(single),
        multiple=tuple(multiple),
        transformed=tuple(transform) if isinstance(transform, dict) else (),
        need=need_of(
            config["rule"],
            utils if isinstance(utils, dict) else {},
            lambda pattern: leaves_of(pattern, language.ast_grep),
        ),
        is_deep=any(count > 1 for count in uses.values()) or _climbs(config),
    )


def _language(value: Located, languages: Mapping[str, RuleLanguage]) -> RuleLanguage:
    word = value.text("language").lower()
    if word not in languages:
        error = value.error(f"no rules for the language {value.value!r}", nearest(word, languages) or None)
        if error.hint:
            raise error
        raise UnknownLanguage(word, error.message, f"one of: {', '.join(sorted(languages))}")
    return languages[word]


def _severity(value: Located) -> str:
    # YAML 1.1 has `off` as a word for false; here it is text.
    word = value.text("severity")
    if word not in (*SEVERITIES, _OFF):
        raise value.error(f"unknown severity: {word!r}", f"one of: {', '.join((*SEVERITIES, _OFF))}")
    return word


def _fix(value: Located, language: RuleLanguage) -> FixTemplate:
    if isinstance(value.value, str):
        return FixTemplate(template=value.value)
    if isinstance(value.value, list):
        raise value.error("a choice of fixes is not supported", "one fix: text, or a mapping with a template")
    keys = only_keys(value, {"template", "expandStart", "expandEnd"}, "fix")
    if "template" not in keys:
        raise value.error("a fix without a template", "template: TEXT")
    beyond: dict[str, Json] = {"expandStart": None, "expandEnd": None}
    for name in beyond:
        if name in keys:
            atoms = list(check_rule(keys[name], name, relation=True))
            bare = {key: part for key, part in _mapping(keys[name].json()).items() if key not in ("stopBy", "field")}
            settle({"rule": bare}, atoms, keys[name], language)
            beyond[name] = keys[name].json()
    return FixTemplate(
        template=keys["template"].text("template"),
        expand_start=beyond["expandStart"],
        expand_end=beyond["expandEnd"],
    )


def check_names(rule: Rule, place: Located | None = None) -> None:
    """Raise CqError when the fix names a metavariable that the rule does not have."""
    if rule.fix is None:
        return
    known = {f"${name}" for name in (*rule.single, *rule.transformed)} | {f"$$${name}" for name in rule.multiple}
    # A transformed one may be named either way.
    known |= {f"$$${name}" for name in rule.transformed}
    for name in sorted(names_in(rule.fix.template) - known):
        message, hint = f"the fix names {name}, which no pattern has", nearest(name, known) or None
        raise place.error(message, hint) if place is not None else CqError(message, hint)


def _labels(value: Located, rule: Rule) -> dict[str, str]:
    labels = {}
    for name, pair in value.items("labels").items():
        if name not in (*rule.single, *rule.multiple):
            raise pair.key.error(f"a label for {name}, which no pattern has")
        keys = only_keys(pair.value, {"style", "message"}, "a label")
        if "style" in keys and keys["style"].value not in ("primary", "secondary"):
            raise keys["style"].error("unknown style of a label", "one of: primary, secondary")
        labels[name] = keys["message"].text("message") if "message" in keys else ""
    return labels


def _globs(keys: Mapping[str, Located], name: str) -> tuple[str, ...]:
    if name not in keys:
        return ()
    globs = []
    for each in keys[name].list(name):
        if not isinstance(each.value, str):
            raise each.error("not a glob", "globs with options are not supported: text only")
        globs.append(each.value.removeprefix("./"))
    return tuple(globs)


def _evidence(metadata: Located, rule: Rule) -> Evidence | None:
    pair = metadata.items("metadata").get("cq")  # all else in it is the user's own
    if pair is None:
        return None
    keys = only_keys(pair.value, {"role", "kind", "anchor"}, "metadata cq")
    words = {name: value.text(name) for name, value in keys.items()}
    if "role" not in words:
        raise pair.value.error("metadata cq without a role", "role: definition, call, import ...")
    if words.get("anchor") and words["anchor"] not in (*rule.single, *rule.multiple):
        raise keys["anchor"].error(f"the anchor {words['anchor']} is no metavariable of the rule")
    return Evidence(**words)


def _settle_words(config: dict[str, Json]) -> None:
    """Words that YAML reads as numbers or as true and false, where ast-grep wants text."""
    left: list[Json] = [config]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            for key in ("pattern", "kind", "regex", "matches", "field", "context", "selector", "replace", "by"):
                if isinstance(value.get(key), int) and not isinstance(value.get(key), bool):
                    value[key] = str(value[key])
            left += value.values()
        elif isinstance(value, list):
            left += value


def _patterns(values: Iterable[Json]) -> Iterator[str]:
    """All texts of patterns, in no order that matters but a steady one."""
    left = list(values)
    while left:
        value = left.pop()
        if isinstance(value, dict):
            for key, part in value.items():
                if key in ("pattern", "context") and isinstance(part, str):
                    yield part
                else:
                    left.append(part)
        elif isinstance(value, list):
            left += value


def _climbs(config: Json) -> bool:
    left = [config]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            if any(key in value for key in _CLIMBING):
                return True
            left += value.values()
        elif isinstance(value, list):
            left += value
    return False


def _mapping(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}
