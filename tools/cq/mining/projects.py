"""Which project each file belongs to: the nearest folder with a file that says what the project is."""

import os
import re
from collections.abc import Mapping

_HEAD_BYTES = 65_536


class Projects:
    """Projects by folder, looked for once for each folder. `marks` are the files, and what must stand in each."""

    def __init__(self, root: str, marks: Mapping[str, re.Pattern[bytes]]) -> None:
        self._root = root
        self._marks = marks
        self.marks: list[str] = []  # those that were looked at
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
        for name, content in self._marks.items():
            try:
                path = os.path.join(folder, name)
                with open(os.path.join(self._root, path), "rb") as file:
                    self.marks.append(path)
                    if content.search(file.read(_HEAD_BYTES)):
                        return True
            except OSError:  # not there, or not to be read
                continue
        return False
