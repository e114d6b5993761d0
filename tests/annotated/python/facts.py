# complete for: definition, import
from __future__ import annotations as notes
#    ^ import.module   ^ import.name  ^ import.alias
import abc
#      ^ import.module
import re
#      ^ import.module
import subprocess
#      ^ import.module
import typing
#      ^ import.module
from dataclasses import dataclass
#    ^ import.module    ^ import.name
from enum import Enum, IntFlag
#    ^ import.module   ^ import.name
#                ^ import.name
from typing import Final, NamedTuple, Protocol, TypeAlias, TypedDict, overload
#    ^ import.module      ^ import.name         ^ import.name
#                  ^ import.name      ^ import.name
#                                               ^ import.name         ^ import.name
#                                                          ^ import.name

__all__ = ["Genre", "shelf_of"]
# <- definition.variable
__all__ += ["Shelf"]
__all__.extend(["Reader"])

if typing.TYPE_CHECKING:
    import shelves
    #      ^ import.module
elif notes:
    import shelves.old as shelves
    #      ^ import.module^ import.alias
    #              ^ import.module
else:
    from shelves import new as shelves
    #    ^ import.module^ import.name
    #                          ^ import.alias

MOST: Final = 40
# <- definition.variable
Key: TypeAlias = "str | int"
# <- definition.variable
order = lambda book, /, last: (book, last)
# <- definition.variable
WORDS = re.compile("[-–]" r"|\w+")
# <- definition.variable


class Genre(Enum):
#     ^ definition.class
    NOVEL = 1
    # <- definition.field


class Marks(IntFlag):
#     ^ definition.class
    READ = 1
    # <- definition.field


class Place(NamedTuple):
#     ^ definition.class
    row: int
    # <- definition.field


class Entry(TypedDict):
#     ^ definition.class
    title: str
    # <- definition.field


class Readable(Protocol[Key]):
#     ^ definition.class
    pages: int
    # <- definition.field


@dataclass
class Book:
#     ^ definition.class
    title: str
    # <- definition.field


class Shelf(abc.ABC):
#     ^ definition.class
    @staticmethod
    def made():
    #   ^ definition.method
        return Shelf()

    @classmethod
    def of(cls, books):
    #   ^ definition.method
        return {book.title for book in books}

    @property
    @abc.abstractmethod
    def width(self):
    #   ^ definition.method
        """How wide."""

    @overload
    def add(self, book: Book) -> None: ...
    #   ^ definition.method

    def sort(self):
    #   ^ definition.method
        try:
            subprocess.run("sort < books > sorted", shell=True)
        except OSError:
            raise
        except:
            pass
