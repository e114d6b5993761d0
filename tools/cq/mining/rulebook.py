"""`rulebook.yml`: which categories an idiom belongs to, by the words it tells, the modules they are of, and its kinds.

A rule has a `category` and what must hold: one of the `words`, one of the `modules` (`os`, `react#useState`), a node of
one of the `kinds`; of several of these each. `languages` are those that it is for, with all of their families.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from cq.errors import CqError, nearest
from cq.mining.form import Form
from cq.mining.rulebook_text import rulebook_texts
from cq.rules.located import Located, Pair, documents

_KEYS = ("category", "languages", "words", "modules", "kinds")


class Rule(NamedTuple):
    """One rule of a rulebook."""

    category: str
    place: str  # path:line
    families: frozenset[str]  # empty: all
    words: frozenset[str]
    modules: frozenset[str]
    kinds: frozenset[str]  # as signatures have them: (await

    def holds(self, form: Form, family: str, modules: Iterable[str]) -> str:
        """Why it holds, in words; "" when it does not."""
        if self.families and family not in self.families:
            return ""
        reasons = []
        if self.words:
            told = next((word for word in form.words if word in self.words), "")
            if not told:
                return ""
            reasons.append(f"the word {told}")
        if self.modules:
            of = next((each for each in modules if each in self.modules or each.partition("#")[0] in self.modules), "")
            if not of:
                return ""
            reasons.append(f"{of} is imported")
        if self.kinds:
            kind = next((token for token in (f"({form.kind}", *form.signature) if token in self.kinds), "")
            if not kind:
                return ""
            reasons.append(f"a node of kind {kind[1:]}")
        return " and ".join(reasons)


class Rulebook(NamedTuple):
    """The rules of all files."""

    categories: dict[str, str]  # name -> what it is
    rules: tuple[Rule, ...]

    def of(self, form: Form, family: str, modules: Iterable[str]) -> dict[str, str]:
        """The categories of an idiom, each with the reason."""
        modules = tuple(modules)
        found: dict[str, str] = {}
        for rule in self.rules:
            if rule.category not in found:
                reason = rule.holds(form, family, modules)
                if reason:
                    found[rule.category] = f"{reason} ({rule.place})"
        return found

    def check(self, categories: Sequence[str]) -> None:
        """Raises CqError for a category that there is not."""
        for category in categories:
            if category not in self.categories:
                hint = nearest(category, self.categories) or f"one of: {', '.join(sorted(self.categories))}"
                raise CqError(f"no category {category!r}", hint)


class Known(NamedTuple):
    """What a rulebook may speak of."""

    language: Callable[[str], str]  # what a user calls a language -> its family; raises CqError
    kinds: Callable[[frozenset[str]], Mapping[str, object]]  # of these families, or all; nothing when nobody can tell


def rulebook_of(folders: Sequence[str], own: str, known: Known) -> Rulebook:
    """The rulebook of the last of the folders that has one, and what the user's own file adds."""
    book = Rulebook({}, ())
    for path, text in rulebook_texts(folders, own):
        book = _added(book, path, text, known)
    return book


def _added(book: Rulebook, path: str, text: str, known: Known) -> Rulebook:
    categories, rules = dict(book.categories), list(book.rules)
    tops = [_checked(top, "a rulebook", ("categories", "rules")) for top in documents(path, text)]
    for top in tops:
        if "categories" in top:
            for name, said in top["categories"].value.items("categories").items():
                categories[name] = said.value.text(f"what {name} is")
    for top in tops:
        if "rules" in top:
            rules += (_rule(each, categories, known) for each in top["rules"].value.list("rules"))
    return Rulebook(categories, tuple(rules))


def _rule(given: Located, categories: Mapping[str, str], known: Known) -> Rule:
    items = _checked(given, "a rule", _KEYS)
    if "category" not in items:
        raise given.error("a rule without a category", "category: NAME")
    named = items["category"].value
    category = named.text("category")
    if category not in categories:
        raise named.error(f"no category {category!r}", nearest(category, categories) or "name it under categories")
    if not {"words", "modules", "kinds"} & set(items):
        raise given.error("a rule that holds always", "give words, modules or kinds")
    texts: dict[str, list[tuple[str, Located]]] = {
        key: [(each.text(f"one of {key}"), each) for each in items[key].value.list(key)] if key in items else []
        for key in _KEYS[1:]
    }
    families = set()
    for language, at in texts["languages"]:
        try:
            families.add(known.language(language))
        except CqError as error:
            raise at.error(error.message, error.hint) from error
    there = known.kinds(frozenset(families)) if texts["kinds"] else {}
    for kind, at in texts["kinds"]:
        if there and kind not in there:
            raise at.error(f"no kind {kind!r} in these grammars", nearest(kind, there) or None)
    return Rule(
        category,
        f"{os.path.basename(given.path)}:{given.line}",
        frozenset(families),
        frozenset(word for word, _ in texts["words"]),
        frozenset(module for module, _ in texts["modules"]),
        frozenset(f"({kind}" for kind, _ in texts["kinds"]),
    )


def _checked(given: Located, what: str, keys: Sequence[str]) -> dict[str, Pair]:
    items = given.items(what)
    for key, pair in items.items():
        if key not in keys:
            raise pair.key.error(f"{what} has no key {key!r}", nearest(key, keys) or f"one of: {', '.join(keys)}")
    return items
