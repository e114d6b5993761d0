"""What may have been meant by a name that nothing has."""

import re

from cq.errors import nearest
from cq.symbols.project import Project

_SHORTEST = 3  # of a name that may be misspelt


def near_definition(project: Project, name: str) -> str:
    """The name in the project that is most like this one, as a hint; "" when none is near."""
    if len(name) < _SHORTEST:
        return ""
    # Of names that begin otherwise none is likely to be meant.
    pattern = re.compile(rb"\b" + re.escape(name[:1].encode()) + rb"\w{1,80}")
    names: set[bytes] = set()
    for path in project.every_path():
        if project.table.by_path(path):
            names.update(pattern.findall(project.read(path) or b""))
    # It may well stand there itself: imported from outside of the project, say.
    if name.encode("utf-8", "surrogateescape") in names:
        return ""
    return nearest(name, {each.decode("utf-8", "replace") for each in names})
