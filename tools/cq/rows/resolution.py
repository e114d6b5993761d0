"""What a name refers to: its definition, how sure that is, and why."""

from typing import Literal

import msgspec

Confidence = Literal["certain", "likely", "possible"]

CONFIDENCE_RANK = {"certain": 0, "likely": 1, "possible": 2}


class Target(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A definition that a name refers to. One outside of the project has no path, only its qualified name."""

    name: str
    qualified_name: str  # from the top of the package or crate: "flask.app.Flask.route", "numpy.linalg.norm"
    kind: str = ""  # as rows have it: "function", "class", "method", "module", "variable", "parameter" ...
    path: str = ""  # relative to the root; "": external
    line: int = 0  # of the name in the definition; a module stands at 1:1
    column: int = 0
    start_byte: int = 0
    end_byte: int = 0
    local: bool = False  # known in one function only: its parameters and variables


class Resolution(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One answer to the question what a name refers to."""

    target: Target
    confidence: Confidence
    reason: str  # "local", "import", "self", "inherited", "constructor", "annotation", "return-type" ...
