"""Where rules come from: LANGUAGE/rules in the folders of queries, or files and folders that the user names."""

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from cq.errors import CqError, nearest
from cq.rules.load import is_on, read_rules
from cq.rules.rule import Rule, RuleLanguage

_ENDINGS = (".yml", ".yaml")


def rules_in_folders(folders: Sequence[str], languages: Mapping[str, RuleLanguage]) -> list[Rule]:
    """The rules of query folders. Of two with one language and id the later folder's counts."""
    found: dict[tuple[str, str], Rule] = {}
    names = sorted({language.name for language in languages.values()})
    for folder in folders:
        for name in names:
            within = os.path.join(folder, name, "rules")
            if not os.path.isdir(within):
                continue
            for rule in _distinct(dict.fromkeys(_files_below(within)), languages):
                if rule.language != name:
                    raise CqError(f"{rule.path}:{rule.line}: a rule for {rule.language} in the folder of {name}")
                found[rule.language, rule.id] = rule
    return list(found.values())


def rules_named(paths: Sequence[str], languages: Mapping[str, RuleLanguage], left_out: Counter[str]) -> list[Rule]:
    """The rules of these files and folders. Raises CqError when there are none, or two with one id.

    A folder may hold rules for languages that there are no grammars for: those are counted in `left_out`.
    """
    files: dict[str, Counter[str] | None] = {}
    for path in paths:
        if os.path.isdir(path):
            below = _files_below(path)
            if not below:
                raise CqError(f"{path}: no rules in this folder", "files that end with .yml or .yaml")
            files |= dict.fromkeys(below, left_out)
        elif os.path.lexists(path):
            files[path] = None
        else:
            raise CqError(f"{path}: no such file or folder", "--rule takes a .yml file, or a folder of them")
    return _distinct(files, languages)


def selected(rules: Iterable[Rule], only: Sequence[str]) -> list[Rule]:
    """The rules to run: those that are on, or those with these ids. Raises CqError for an id that no rule has."""
    rules = list(rules)
    if not only:
        return [rule for rule in rules if is_on(rule)]
    ids = {rule.id for rule in rules}
    for id in only:
        if id not in ids:
            raise CqError(f"no rule {id!r}", nearest(id, ids) or "cq rules --list shows those there are")
    return [rule for rule in rules if rule.id in only]


def _distinct(files: Mapping[str, Counter[str] | None], languages: Mapping[str, RuleLanguage]) -> list[Rule]:
    found: dict[tuple[str, str], Rule] = {}
    for file, left_out in files.items():
        for rule in read_rules(file, languages, left_out):
            first = found.setdefault((rule.language, rule.id), rule)
            if first is not rule:
                raise CqError(f"{rule.path}:{rule.line}: the id {rule.id!r} stands in {first.path}:{first.line}, too")
    return list(found.values())


def _files_below(folder: str) -> list[str]:
    found = []
    for above, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [
            os.path.join(above, name)
            for name in sorted(names)
            if name.endswith(_ENDINGS) and not name.startswith((".", "sgconfig."))
        ]
    return found
