"""Where books are kept: see Shelf."""

from __future__ import annotations

import functools
from typing import Iterator

DEFAULT_SIZE = 40


def traced(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(*args, **kwargs)

    return wrapper


class Shelf:
    """A row of books. Has a fixed size.

    >>> Shelf(3).add("Emma")
    1
    """

    size: int = DEFAULT_SIZE

    def __init__(self, size: int = DEFAULT_SIZE) -> None:
        self.size = size
        self.books: list[str] = []

    @traced
    def add(self, title: str, *, position: int | None = None) -> int:
        """Put a book on the shelf."""
        self.books.append(title)
        return len(self.books)

    def __iter__(self) -> Iterator[str]:
        return iter(self.books)


class TallShelf(Shelf):
    def add(self, title: str, *, position: int | None = None) -> int:
        # A tall Shelf takes everything.
        return super().add(title.upper(), position=position)


def open_shelf(size: int = DEFAULT_SIZE) -> "Shelf":
    shelf = Shelf(size=size)
    print(f"opened {Shelf.__name__} of {shelf.size}")
    return shelf
