"""Cargo's view of a project: its packages, the crates of each, and which crate knows which other by what name."""

import posixpath
import tomllib
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from cq.symbols.rust.cfg import flags_of_script

_FOLDERS = {"bin": "src/bin", "test": "tests", "example": "examples", "bench": "benches"}

_AUTOMATIC = {"bin": "autobins", "test": "autotests", "example": "autoexamples", "bench": "autobenches"}


class CrateSpec(NamedTuple):
    """One crate: what is compiled from one root file."""

    name: str
    kind: str  # "lib", "bin", "test", "example", "bench", "build"
    root: str  # path of its root file
    package: str  # folder of its package


class Package(NamedTuple):
    """One package: a folder with a manifest, or a folder that looks like one."""

    folder: str
    name: str
    crates: tuple[CrateSpec, ...]  # the library first
    dependencies: Mapping[str, str]  # name in the source -> folder of the package; "" for one that is elsewhere
    features: frozenset[str] | None = (
        None  # on when all of the workspace is built, and flags; None: all, as nobody says
    )

    @property
    def library(self) -> CrateSpec | None:
        """What other packages see of it."""
        return self.crates[0] if self.crates and self.crates[0].kind == "lib" else None


def packages_of(paths: Iterable[str], read: Callable[[str], bytes | None]) -> dict[str, Package]:
    """The packages that own these files, by folder. A manifest that is no TOML counts as one that says nothing."""
    listed = set(paths)
    tables: dict[str, dict[str, object]] = {}
    tried: set[str] = set()
    for path in listed:
        folder = posixpath.dirname(path)
        while folder not in tried:
            tried.add(folder)
            data = read(posixpath.join(folder, "Cargo.toml"))
            if data is not None:
                tables[folder] = _parsed(data)
            if not folder:
                break
            folder = posixpath.dirname(folder)
    by_folder: dict[str, list[str]] = {}
    for path in sorted(listed):
        by_folder.setdefault(posixpath.dirname(path), []).append(path)
    names = {folder: _package_name(folder, table) for folder, table in tables.items()}
    libraries = {folder: _library_name(names[folder], tables[folder]) for folder in tables}
    found = {}
    wanted: dict[str, set[str]] = {}
    for folder, table in tables.items():
        if not names[folder]:
            continue
        crates = _crates(folder, names[folder], libraries[folder], table, listed, by_folder)
        dependencies = _dependencies(folder, table, tables, names, libraries, wanted)
        found[folder] = Package(folder, names[folder], tuple(crates), dependencies)
    for folder, package in found.items():
        table = _table(tables[folder], "features")
        asked = {*_texts(table.get("default")), *wanted.get(folder, ())}
        if not asked and "full" in table:
            # By convention what tests and examples are compiled with: pieces that add to each other.
            documented = _table(tables[folder], "package", "metadata", "docs", "rs")
            asked = {"full", *_texts(documented.get("features"))}
            asked.update(table if documented.get("all-features") is True else ())
        script = next((each for each in package.crates if each.kind == "build"), None)
        on = _closed(asked, table)
        flags = flags_of_script(read(script.root) or b"", table.keys() - on) if script is not None else frozenset()
        if table or flags:
            found[folder] = package._replace(features=on | flags)
    _without_manifest(found, listed)
    return found


def _parsed(data: bytes) -> dict[str, object]:
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
        return {"package": {}}


def _table(value: object, *keys: str) -> dict[str, object]:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _package_name(folder: str, table: dict[str, object]) -> str:
    if not isinstance(table.get("package"), dict):
        return ""
    return _text(_table(table, "package").get("name")) or posixpath.basename(folder) or "crate"


def _library_name(package: str, table: dict[str, object]) -> str:
    return (_text(_table(table, "lib").get("name")) or package).replace("-", "_")


def _joined(folder: str, path: str) -> str:
    joined = posixpath.normpath(posixpath.join(folder, path))
    return "" if joined == "." else joined


def _crates(
    folder: str,
    name: str,
    library: str,
    table: dict[str, object],
    listed: set[str],
    by_folder: dict[str, list[str]],
) -> list[CrateSpec]:
    found: dict[str, CrateSpec] = {}

    def add(crate: str, kind: str, path: str) -> None:
        root = _joined(folder, path)
        if root in listed and root not in found:
            found[root] = CrateSpec(crate.replace("-", "_"), kind, root, folder)

    add(library, "lib", _text(_table(table, "lib").get("path")) or "src/lib.rs")
    add(name, "bin", "src/main.rs")
    for kind, default in _FOLDERS.items():
        sections = table.get(kind)
        for section in sections if isinstance(sections, list) else ():
            if isinstance(section, dict):
                target = _text(section.get("name")) or name
                path = _text(section.get("path"))
                for guess in (path,) if path else (f"{default}/{target}.rs", f"{default}/{target}/main.rs"):
                    add(target, kind, guess)
        within = posixpath.join(folder, default)
        if _table(table, "package").get(_AUTOMATIC[kind]) is False:
            continue
        for path in by_folder.get(within, ()):
            add(posixpath.basename(path)[:-3], kind, posixpath.relpath(path, folder or "."))
        for path in listed:
            if path.startswith(within + "/") and path.count("/") == within.count("/") + 2 and path.endswith("/main.rs"):
                add(posixpath.basename(posixpath.dirname(path)), kind, posixpath.relpath(path, folder or "."))
    build = _table(table, "package").get("build")
    add("build_script_build", "build", build if isinstance(build, str) else "build.rs")
    return list(found.values())


def _dependencies(
    folder: str,
    table: dict[str, object],
    tables: dict[str, dict[str, object]],
    names: dict[str, str],
    libraries: dict[str, str],
    wanted: dict[str, set[str]],
) -> dict[str, str]:
    workspace = _workspace(folder, tables)
    shared = _table(tables.get(workspace, {}), "workspace", "dependencies")
    patched = {
        key: _joined(workspace, _text(_table(value).get("path")))
        for source in _table(tables.get(workspace, {}), "patch").values()
        for key, value in (source.items() if isinstance(source, dict) else ())
        if _table(value).get("path")
    }
    sections = [table, *(value for value in _table(table, "target").values() if isinstance(value, dict))]
    found: dict[str, str] = {}
    for section in sections:
        for key in ("dependencies", "dev-dependencies", "build-dependencies"):
            for name, value in _table(section, key).items():
                base = folder
                detail = value if isinstance(value, dict) else {}
                renamed = "package" in detail
                if detail.get("workspace") is True:
                    detail, base = _table(shared, name), workspace
                    renamed = renamed or "package" in detail
                package = _text(detail.get("package")) or name
                target = _joined(base, _text(detail.get("path"))) if detail.get("path") else patched.get(package, "")
                known = target in names and bool(detail.get("path") or package in patched)
                if known:
                    asked = [*_texts(detail.get("features")), *_texts(_table(value).get("features"))]
                    wanted.setdefault(target, set()).update(asked)
                called = name.replace("-", "_") if renamed or not known else libraries[target]
                if known or called not in found:
                    found[called] = target if known else "\0"
    return {name: "" if target == "\0" else target or "." for name, target in found.items()}


def _texts(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _closed(names: set[str], table: dict[str, object]) -> frozenset[str]:
    """Features with those that they turn on."""
    found: set[str] = set()
    queue = list(names)
    while queue:
        name = queue.pop()
        if name not in found:
            found.add(name)
            found.add(name.removeprefix("dep:").partition("/")[0].rstrip("?"))
            queue.extend(_texts(table.get(name)))
    return frozenset(found)


def _workspace(folder: str, tables: dict[str, dict[str, object]]) -> str:
    at = folder
    while True:
        if "workspace" in tables.get(at, {}):
            return at
        if not at:
            return folder
        at = posixpath.dirname(at)


def _without_manifest(found: dict[str, Package], listed: set[str]) -> None:
    """Folders with a root file below no package: packages that know nothing of each other."""
    for path in sorted(listed):
        base = posixpath.basename(path)
        if base not in ("lib.rs", "main.rs"):
            continue
        folder = posixpath.dirname(path)
        folder = posixpath.dirname(folder) if posixpath.basename(folder) == "src" else folder
        if not any(path == each or path.startswith(each + "/" if each else "") for each in found):
            name = (posixpath.basename(folder) or "crate").replace("-", "_")
            kind = "lib" if base == "lib.rs" else "bin"
            crates = (*(found[folder].crates if folder in found else ()), CrateSpec(name, kind, path, folder))
            found[folder] = Package(folder, name, crates, {})
