"""The files that a rulebook is made of, unread: what a run depends on that does not need to understand them."""

import os
from collections.abc import Sequence

from cq.errors import CqError

_NAME = "rulebook.yml"


def rulebook_texts(folders: Sequence[str], own: str) -> list[tuple[str, str]]:
    """The files that a rulebook is made of, each with its text. Raises CqError for one that cannot be read."""
    there = (path for folder in reversed(folders) if os.path.exists(path := os.path.join(folder, _NAME)))
    return [(path, _text(path)) for path in (next(there, ""), own) if path]


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8-sig") as file:
            return file.read()
    except OSError as error:
        raise CqError(f"{path}: {error.strerror}", "--rulebook takes a YAML file") from error
    except UnicodeDecodeError as error:
        raise CqError(f"{path}: not UTF-8: {error.reason}") from error
