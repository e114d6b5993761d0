"""Which project each file belongs to: the nearest folder with a file that says what the project is."""

import os
from collections.abc import Iterable

# In this order of what most surely is a project of its own.
_MARKS = ("package.json", "pyproject.toml", "setup.py", "setup.cfg", "Cargo.toml", "go.mod", "pom.xml", "composer.json")


class Projects:
    """Projects by folder, looked for once for each folder."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._of: dict[str, str] = {"": ""}

    def of(self, path: str) -> str:
        """The folder of the project that a file is in; "" is the root."""
        folder = path.rpartition("/")[0]
        passed = []
        while folder not in self._of:
            if self._is_project(folder):
                self._of[folder] = folder
                break
            passed.append(folder)
            folder = folder.rpartition("/")[0]
        project = self._of[folder]
        for each in passed:
            self._of[each] = project
        return project

    def _is_project(self, folder: str) -> bool:
        below = os.path.join(self._root, folder)
        return any(os.path.exists(os.path.join(below, mark)) for mark in _MARKS)


def numbered(projects: Iterable[str]) -> dict[str, int]:
    """A number for each project, in the order of their names."""
    return {project: number for number, project in enumerate(sorted(set(projects)))}
