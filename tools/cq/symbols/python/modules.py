"""Which file a module name means: source roots, packages, namespace packages and stubs."""

import sys
from collections.abc import Sequence

from cq.symbols.nearness import shared

_STUB = ".pyi"
_INIT = "__init__"


class ModuleFinder:
    """The modules of a project, by name and by path. A namespace package is its folder, with a slash at the end."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._files = set(paths)
        self._folders = {""}
        for path in paths:
            folder = _folder(path)
            while folder not in self._folders:
                self._folders.add(folder)
                folder = _folder(folder)
        self._root_of_folder: dict[str, str] = {}
        roots = {self._root_of(_folder(path)) for path in paths}
        # Where packages begin; near the top first, so that a copy deep in the tests does not stand for the project.
        self._roots = sorted(roots | {""}, key=lambda root: (root.count("/") + bool(root), root))
        self._found: dict[tuple[str, str], str] = {}

    def _has_init(self, folder: str) -> bool:
        prefix = folder + "/" if folder else ""
        return prefix + _INIT + ".py" in self._files or prefix + _INIT + _STUB in self._files

    def _root_of(self, folder: str) -> str:
        """The source root of the files in a folder."""
        known = self._root_of_folder.get(folder)
        if known is None:
            # A folder without `__init__.py` in a package is a part of the package all the same.
            root, above = folder, folder
            while above and not self._has_init(above):
                above = _folder(above)
            if above:
                while above and self._has_init(above):
                    above = _folder(above)
                root = above
            known = self._root_of_folder[folder] = root
        return known

    def name_of(self, path: str) -> str:
        """The full name of the module at a path."""
        folder = _folder(path)
        root = self._root_of(folder)
        inner = path[len(root) + 1 if root else 0 :].rstrip("/")
        stem = inner.removesuffix(_STUB).removesuffix(".py")
        if stem == _INIT:  # at a root itself
            return folder.rpartition("/")[2]
        return stem.removesuffix("/" + _INIT).replace("/", ".")

    def find(self, module: str, path: str) -> str:
        """The path of the module that an absolute import in a file means; "" when it is none of the project."""
        folder = _folder(path)
        key = (folder, module)
        if key not in self._found:
            self._found[key] = self._find(module, folder)
        return self._found[key]

    def _find(self, module: str, folder: str) -> str:
        parts = module.split(".")
        own = self._root_of(folder)
        foreign = parts[0] in sys.stdlib_module_names
        near = list(dict.fromkeys((own, "")))
        if not self._has_init(folder) and folder not in near:
            near.insert(0, folder)  # a script's own folder
        for root in near:
            if found := self._below(root, parts):
                if found.endswith("/") and foreign:
                    continue
                return found
        if foreign:
            return self._below(folder, parts) if not self._has_init(folder) else ""
        others = [root for root in self._roots if root not in near]
        others.sort(key=lambda root: -shared(root.split("/"), folder.split("/")))
        # A namespace package counts only when no root has a real one.
        candidates = [found for root in others if (found := self._below(root, parts))]
        for found in candidates:
            if not found.endswith("/"):
                return found
        return self._below(folder, parts) or (candidates[0] if candidates else "")

    def _below(self, root: str, parts: Sequence[str]) -> str:
        """The module with these names below a folder, or ""."""
        place = root
        for part in parts[:-1]:
            place = f"{place}/{part}" if place else part
            if place not in self._folders:
                return ""
        return self.child_of_folder(place, parts[-1])

    def child_of_folder(self, folder: str, name: str) -> str:
        """The module with this name in a folder, or ""."""
        place = f"{folder}/{name}" if folder else name
        if place in self._folders:
            for ending in (".py", _STUB):
                if f"{place}/{_INIT}{ending}" in self._files:
                    return f"{place}/{_INIT}{ending}"
        for ending in (".py", _STUB):
            if place + ending in self._files:
                return place + ending
        return place + "/" if place in self._folders else ""

    def child(self, path: str, name: str) -> str:
        """The submodule of a package, given by its path; "" when there is none."""
        folder = self.package_folder(path)
        return self.child_of_folder(folder, name) if folder is not None else ""

    def package_folder(self, path: str) -> str | None:
        """The folder of a package, or None when the module is none."""
        if path.endswith("/"):
            return path[:-1]
        folder, _, file = path.rpartition("/")
        return folder if file.partition(".")[0] == _INIT else None

    def relative(self, path: str, level: int, module: str) -> str:
        """The path of the module that a relative import in a file means, or ""."""
        folder = _folder(path)
        for _ in range(level - 1):
            if not folder:
                return ""
            folder = _folder(folder)
        if not module:
            parent, _, name = folder.rpartition("/")
            return self.child_of_folder(parent, name) if folder else ("__init__.py" if self._has_init("") else "/")
        return self._below(folder, module.split("."))

    def stub_of(self, path: str) -> str:
        """The stub beside a module, or ""."""
        stub = path + "i" if path.endswith(".py") else ""
        return stub if stub in self._files else ""


def _folder(path: str) -> str:
    return path.rstrip("/").rpartition("/")[0]
