"""Projects as examples of resolution: a comment under a name says what it refers to.

    route()
    # ^ app.route certain import

The caret stands under the first letter of the name in the line above; `#<` means the first column. Then come the
qualified name of every surest target, joined by `|`, a word of confidence, and, if it matters, the reason; `none` says
that there is no answer.
"""

import os
import re
import textwrap
from collections.abc import Mapping
from pathlib import Path

from cq.index.file_tree import FileTree
from cq.lanes.table import lane_table
from cq.resources import data_folder
from cq.symbols.project import Project
from cq.symbols.python.resolver import PythonResolver

_MARK = re.compile(rb"^\s*#\s*(\^|<)\s+(\S.*)$")


def project_of(root: Path, files: Mapping[str, str | bytes]) -> Project:
    """A project of these files, written below a folder."""
    for path, text in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else textwrap.dedent(text).encode())
    return Project(FileTree(os.fspath(root)), sorted(files), lane_table((data_folder("queries"),)))


def check(root: Path, files: Mapping[str, str | bytes]) -> int:
    """Holds every claim of a project; how many there were."""
    project = project_of(root, files)
    resolver = PythonResolver(project)
    claims = 0
    for path in files:
        data = project.read(path) or b""
        line_start = above = 0
        for line in data.split(b"\n"):
            found = _MARK.match(line)
            if found is None:
                above = line_start
            else:
                at = above + (found.start(1) if found[1] == b"^" else 0)
                _hold(resolver, data, path, at, found[2].decode())
                claims += 1
            line_start += len(line) + 1
    return claims


def _hold(resolver: PythonResolver, data: bytes, path: str, at: int, claim: str) -> None:
    rows = resolver.definitions_at(path, at)
    word = re.match(rb"\w*", data[at:])
    where = f"{path}: {word[0].decode() if word else ''!r} at {at}: claimed {claim!r}, got {rows}"
    if claim.strip() == "none":
        assert not rows, where
        return
    names, confidence, *reason = claim.split()
    surest = [row for row in rows if row.confidence == rows[0].confidence]
    assert {row.target.qualified_name for row in surest} == set(names.split("|")), where
    assert surest[0].confidence == confidence, where
    if reason:
        assert surest[0].reason == reason[0], where
