"""What a user asks of `cq search`, checked and ready to run."""

from collections.abc import Callable
from typing import Literal

import msgspec

from cq.errors import CqError
from cq.index.selection import Selection
from cq.rows.facts import FactDetail
from cq.rows.resolution import Target
from cq.rows.search import ROLES
from cq.search.names import NameMatcher, NameQuery


class SearchRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One search. `roles`, `kinds` and `languages` are empty when all are wanted."""

    query: NameQuery
    selection: Selection
    folders: tuple[str, ...]  # of queries; a later one counts more
    roles: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    not_languages: tuple[str, ...] = ()
    text: bool = False
    injected: bool | None = None  # False: not followed; True: examples in documentation are rows, too
    facts: bool = True
    detail: FactDetail = "definitions"
    before: int = 0
    after: int = 0
    max_count: int = 0
    resolve: bool | None = None  # None: when the files are small, and the answer shows what names refer to
    shows_targets: bool = True  # whether the form of the answer has a place for what nobody asked for
    certain: bool = False  # only what is certain to refer to a definition
    possible: bool = False  # also what may refer to one of the targets, among others
    targets: tuple[Target, ...] = ()  # definitions that are asked for: only rows that belong to them
    rows_of: Literal["", "references", "definitions"] = ""  # which rows of the targets
    workers: int | None = None  # None: as many as pay
    ends_at: float | None = None  # in seconds of the epoch: no further file is looked at then, one at least is

    def checked(self, named: Callable[[str], str]) -> "SearchRequest":
        """The request with languages as `named` calls them. Raises CqError for what cannot be asked."""
        if not self.query.names:
            raise CqError("no name to search for", "cq search NAME")
        NameMatcher(self.query)
        for role in self.roles:
            if role not in ROLES:
                raise CqError(f"unknown role: {role!r}", f"one of: {', '.join(ROLES)}")
        return msgspec.structs.replace(
            self,
            languages=tuple(named(word) for word in self.languages if word != "auto"),
            not_languages=tuple(named(word) for word in self.not_languages),
        )

    def wants(self, language: str) -> bool:
        """Whether a file in this language is to be searched."""
        if language in self.not_languages:
            return False
        return not self.languages or language in self.languages
