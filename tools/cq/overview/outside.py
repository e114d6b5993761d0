"""Names that a language's own library has: where one stands in a file, that is mostly what is meant."""

import os
import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from cq.errors import CqError
from cq.lanes.table import LaneTable
from cq.overview.analysis import FileOverview

_OF_LIBRARY = 0.5  # a repository that defines this share of the names is that library


class OutsideNames:
    """What each language's library has, but for a repository that is the library itself."""

    def __init__(self, table: LaneTable, folders: tuple[str, ...], files: Iterable[FileOverview]) -> None:
        self._table = table
        self._names: dict[str, Collection[str]] = {}
        defined: dict[str, set[str]] = {}
        for file in files:
            defined.setdefault(table.by_path(file.path), set()).update(each.name for each in file.definitions)
        for language, own in defined.items():
            entry = table.languages.get(language)
            if entry is not None and entry.library:
                names = _names_of(folders, language, entry.library, entry.library_name)
                self._names[language] = names if len(own & names) < _OF_LIBRARY * len(names) else ()

    def of(self, path: str) -> Collection[str]:
        """Those that a file may mean, by its language."""
        return self._names.get(self._table.by_path(path), ())


@lru_cache
def _names_of(folders: tuple[str, ...], language: str, file_name: str, pattern: str) -> frozenset[str]:
    for folder in reversed(folders):
        path = os.path.join(folder, language, file_name)
        try:
            with open(path, encoding="utf-8") as file:
                return frozenset(re.findall(pattern, file.read()))
        except FileNotFoundError:
            continue
        except (OSError, UnicodeDecodeError, re.error) as error:
            raise CqError(f"{path}: {error}") from error
    return frozenset()
