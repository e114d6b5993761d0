"""Read one TOML file of data into a struct; what is wrong with it is told with its path."""

import tomllib
from typing import TypeVar

import msgspec

from cq.errors import CqError

Into = TypeVar("Into")


def read_toml(path: str, into: type[Into]) -> Into | None:
    """What the file says; None when there is none. Raises CqError for one that cannot be read or is not right."""
    try:
        with open(path, "rb") as file:
            return msgspec.convert(tomllib.load(file), into)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CqError(f"{path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise CqError(f"{path}: {error}") from error
