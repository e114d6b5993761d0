"""Problems of packs as rows: made at a place of a pattern, or from an error that names one."""

import re
from typing import NamedTuple

from cq.errors import CqError
from cq.packs.pattern import PatternText, place_of
from cq.rows.packs import PackProblem

_PLACE = re.compile(r":(\d+)(?::(\d+))?: (.*)", re.DOTALL)
_SHOWN = 72  # characters of a pattern


class Subject(NamedTuple):
    """The pack that problems are of."""

    language: str
    pack: str
    path: str

    def problem(self, code: str, message: str, hint: str = "", line: int = 1, column: int = 1) -> PackProblem:
        """A problem of the whole file, or of one line of it."""
        return PackProblem(
            path=self.path,
            line=line,
            column=column,
            language=self.language,
            pack=self.pack,
            code=code,
            message=message,
            hint=hint,
        )

    def problem_in(self, pattern: PatternText, code: str, message: str, hint: str = "", offset: int = 0) -> PackProblem:
        """A problem at an offset in the text of a pattern, which may be inherited from another file."""
        line, column = place_of(pattern, offset)
        return PackProblem(
            path=pattern.path,
            line=line,
            column=column,
            language=self.language,
            pack=self.pack,
            code=code,
            message=message,
            hint=hint,
            pattern=shown(pattern),
        )

    def from_error(self, error: CqError, code: str, pattern: PatternText | None = None) -> PackProblem:
        """What an error says: those of packs begin with the path, and mostly with line and column."""
        path = pattern.path if pattern else self.path
        text = error.message.split("\n", 1)[0].removeprefix(path)
        found = _PLACE.match(text)
        return PackProblem(
            path=path,
            line=int(found[1]) if found else pattern.line if pattern else 1,
            column=int(found[2] or 1) if found else pattern.column if pattern else 1,
            language=self.language,
            pack=self.pack,
            code=code,
            message=found[3] if found else text.removeprefix(": "),
            hint=error.hint or "",
            pattern=shown(pattern) if pattern else "",
        )


def shown(pattern: PatternText) -> str:
    """How a pattern begins, on one line."""
    text = " ".join(pattern.text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."
