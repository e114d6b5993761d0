"""What to say of a name that nothing is defined as."""

from cq.neighborhood.near import near_definition
from cq.symbols.project import Project


def nothing_called(project: Project, name: str) -> str:
    """That there is none, with the name that may have been meant, or what to ask next."""
    near = near_definition(project, name.replace("::", ".").rpartition(".")[2])
    return f"nothing is defined as {name}; {near or '`search` shows where the name stands'}"
