"""Annotated source: comments in real-looking files say what cq finds in the line above them.

    def add(self, book):
        # ^ definition.method
        #         ^ parameter

A caret stands under a token of the nearest line above that is no such comment, and claims that cq gives the
token this role (or role.kind); `# <- role` claims it of the token above the comment's own first character.
The first line of a file (`complete for: definition, import`) names the roles of which every row is claimed.
"""

import json
import os
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from cq.resources import data_folder
from cq.search.analysis import SearchAnalysis, SearchPlan
from cq.search.names import NameQuery

FOLDER = Path(__file__).parent / "annotated"
FILES = sorted(path for path in FOLDER.rglob("*.*") if "__pycache__" not in path.parts)
_BEGIN = r"(?:#|//|--|/\*|<!--)"
_WHAT = r"[a-z-]+(?:\.[a-z0-9-]+)?"
_CLAIMS = re.compile(rf"[ \t]*{_BEGIN}[ \t]*(?:<-[ \t]*{_WHAT}[ \t]*)?(?:\^+[ \t]*{_WHAT}[ \t]*)*(?:\*/|-->)?\r?\Z")
_CLAIM = re.compile(rf"(\^|<-)\^*[ \t]*({_WHAT})")
_HEADER = re.compile(rf"(?:#!.*)?{_BEGIN} complete for: ([\w, -]+)")


class Claim(NamedTuple):
    """That the token at this place (1-based, in code points) has this role and, when it is given, kind."""

    line: int
    column: int
    role: str
    kind: str


def claims_in(lines: list[str]) -> tuple[list[Claim], set[int]]:
    """The claims of a file, and the lines that are nothing but claims."""
    claims: list[Claim] = []
    own: set[int] = set()
    above = 0
    for number, line in enumerate(lines, 1):
        found = list(_CLAIM.finditer(line)) if _CLAIMS.match(line) else []
        if not found:
            above = number
            continue
        own.add(number)
        for claim in found:
            at = re.search(r"\S", line).start() if claim.group(1) == "<-" else claim.start()
            role, _, kind = claim.group(2).partition(".")
            claims.append(Claim(above, at + 1, role, kind))
    return claims, own


def rows_of(path: str, data: bytes) -> list[dict]:
    """cq's rows for every word of a file."""
    plan = SearchPlan(
        query=NameQuery(names=(".",), mode="regex"),
        folders=(data_folder("queries"),),
        text=True,
        facts=False,
        named=(f"*{os.path.splitext(path)[1]}",),
    )
    return [json.loads(row) for _, row in SearchAnalysis(plan).run(path, data).rows]


def disagreements(path: str, data: bytes) -> list[str]:
    """Claims that are not met, and rows that no claim speaks of though the file is complete for their role."""
    lines = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").split("\n")
    header = _HEADER.match(lines[0])
    assert header, f"{path}: the first line is `complete for: ...`"
    complete = {role.strip(" -") for role in header.group(1).split(",")}
    claims, own = claims_in(lines)
    assert claims, f"{path}: no claims"
    problems: list[str] = []
    claimed: set[tuple[int, int]] = set()
    rows = [row for row in rows_of(path, data) if row["line"] not in own and row["line"] != 1]
    for claim in claims:
        here = [r for r in rows if r["line"] == claim.line and r["column"] <= claim.column < r["end_column"]]
        if len(here) != 1:
            problems.append(f"{path}:{claim.line}:{claim.column}: {len(here)} rows, claimed is {claim.role}")
            continue
        row = here[0]
        claimed.add((row["line"], row["column"]))
        if row["role"] != claim.role or (claim.kind and row.get("kind", "") != claim.kind):
            problems.append(f"{_where(row)} is {_what(row)}, claimed is {claim.role}.{claim.kind}".rstrip("."))
    for row in rows:
        if row["role"] in complete and (row["line"], row["column"]) not in claimed:
            problems.append(f"{_where(row)} is {_what(row)}, which nothing claims")
    return problems


def _where(row: dict) -> str:
    return f"{row['path']}:{row['line']}:{row['column']}: {row['name']}"


def _what(row: dict) -> str:
    return f"{row['role']}.{row['kind']}" if row.get("kind") else row["role"]


def _parameters():
    return [pytest.param(path, id=path.relative_to(FOLDER).as_posix()) for path in FILES]


@pytest.mark.parametrize("path", _parameters())
def test_rows_are_as_claimed(path):
    assert disagreements(path.relative_to(FOLDER).as_posix(), path.read_bytes()) == []


@pytest.mark.parametrize("path", _parameters())
def test_line_ends_and_a_byte_order_mark_change_nothing(path):
    data = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    assert disagreements(path.relative_to(FOLDER).as_posix(), data) == []


def test_a_wrong_claim_and_a_missing_one_are_told():
    source = b"# complete for: definition\ndef add(book):\n    # ^ call\n    pass\n\n\ndef drop():\n    pass\n"
    assert disagreements("shelf.py", source) == [
        "shelf.py:2:5: add is definition.function, claimed is call",
        "shelf.py:7:5: drop is definition.function, which nothing claims",
    ]


def test_a_claim_can_be_made_of_the_first_column():
    source = b"# complete for: definition\nx = 1\n# <- definition.variable\n"
    assert disagreements("shelf.py", source) == []
