"""What resolution of every language looks like from outside."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol, runtime_checkable

from cq.rows.resolution import Resolution, Target


class CallPlace(NamedTuple):
    """A call: the bytes of the expression that is called; or of a value, and the methods that syntax calls of it."""

    start_byte: int
    end_byte: int
    implicit: str = ""  # "__enter__ __exit__": both; "__bool__|__len__": the first that there is


class Raised(NamedTuple):
    """An exception that code raises: the bytes of the name that stands for it, and its class."""

    start_byte: int
    end_byte: int
    target: Target


class Handler(NamedTuple):
    """What catches an exception: the bytes of the class that it names, or of the word that catches all."""

    start_byte: int
    end_byte: int


class Resolver(Protocol):
    """Answers of one language over one project. Static: nothing is imported, executed or fetched."""

    follows_values: bool  # whether `calls_in` and `callees_at` have something to say

    def definitions_at(self, path: str, start_byte: int) -> tuple[Resolution, ...]:
        """What the name that begins at this byte refers to, the best first; () when nothing is known.

        The name of a definition refers to itself. What is ambiguous gives every candidate, none twice. A file of
        another language, one that is gone, or a byte at which no name begins gives ().
        """
        ...

    def named(self, qualified_name: str) -> tuple[Target, ...]:
        """The definitions that `Flask.route`, `flask.app.Flask.route`, `app::Flask::route` or `route` may mean.

        Inherited members count: `Flask.route` is found although a base class defines it. Names are complete or
        their last parts.
        """
        ...

    def aliases(self, path: str, target: Target) -> Iterable[str]:
        """Other names under which a file knows the target: `from a import b as c`, `use a::b as c`, `c = b`."""
        ...

    def calls_in(self, path: str, start_byte: int, end_byte: int) -> list[CallPlace]:
        """The calls in a part of a file that no name may tell the callee of; () where names tell them all."""
        ...

    def callees_at(self, path: str, start_byte: int, end_byte: int, implicit: str = "") -> tuple[Resolution, ...]:
        """What a call of the expression between two bytes may enter, as far as values are followed."""
        ...


@runtime_checkable
class Guessing(Protocol):
    """A resolver that tries harder where it may only guess."""

    def guess(self, wanted: bool) -> None:
        """Whether it is to. What is certain or likely is the same either way."""
        ...


@runtime_checkable
class Overloading(Protocol):
    """A resolver of a language in which several definitions may be those of one thing."""

    def counted(self, target: Target) -> Target:
        """The definition that stands for the target: of an overload the implementation, of a setter the getter."""
        ...


@runtime_checkable
class Raising(Protocol):
    """A resolver of a language that has exceptions."""

    def raised_in(self, path: str, start_byte: int, end_byte: int) -> list[Raised]:
        """The exceptions that leave a part of a file, where it raises them itself."""
        ...

    def handler_at(self, path: str, at: int, raised: Target) -> Handler | None:
        """The innermost handler around a place that catches an exception."""
        ...


@runtime_checkable
class Renaming(Protocol):
    """A resolver that follows names given in one file to those that use them in others."""

    def renamed(self, target: Target) -> Iterable[str]:
        """The names other than its own by which files may import the target, of any length of chain."""
        ...
