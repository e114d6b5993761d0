"""What each name of Python sources refers to, by a type-checking language server: a truth that shares no code with cq.

    python benchmarks/resolution_truth_python.py ROOT OUT.jsonl [--only FOLDER]... [--extra SOURCE_ROOT]...
        [--every N] [--python INTERPRETER] [--server COMMAND]

In: a folder of Python source, and an environment with `basedpyright-langserver` (and, to resolve third-party names,
the packages that the source imports). Out: JSON Lines, one for each name of each file:

    {"path", "start", "name", "defs": [{"path", "start", "kind"} | {"external", "name"}], "also": [...]}

`start` is the byte of the name, in the source and in the definition; a module stands at byte 0 with kind "module".
Several definitions are a set of which any is right (branches). No definitions: the server does not know. `also` has
places that are right, too: whatever else binds the same name in the same scope, such as the overloads of a function,
the setter of a property, and an attribute's assignments besides its declaration.
"""

import argparse
import json
import os
import re
import shlex
import sys
import zlib
from typing import Any

from language_server import Server, path_of
from python_names import Bindings, Source, names_in

_WORD = re.compile(r"[^\W\d]\w*")
_LARGEST = 1_000_000
_OF_EVERY_MODULE = frozenset(
    [
        "__name__",
        "__file__",
        "__doc__",
        "__module__",
        "__builtins__",
        "__path__",
        "__package__",
        "__spec__",
        "__loader__",
        "__dict__",
    ]
)


class Truth:
    """Turns the server's locations into definitions."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._sources: dict[str, tuple[Source, Bindings] | None] = {}

    def source(self, path: str) -> Source | None:
        """The file, when it can be read."""
        known = self._known(path)
        return known[0] if known else None

    def _known(self, path: str) -> tuple[Source, Bindings] | None:
        if path not in self._sources:
            try:
                with open(path, "rb") as file:
                    source = Source(file.read())
                self._sources[path] = (source, Bindings(source))
            except (OSError, SyntaxError, UnicodeError, ValueError):
                self._sources[path] = None
        return self._sources[path]

    def definition(self, location: dict[str, Any], name: str) -> dict[str, Any] | None:
        """A row's definition of a location."""
        path = path_of(location.get("uri") or location["targetUri"])
        span = location.get("range") or location["targetSelectionRange"]
        begin, end = span["start"], span["end"]
        if not path.startswith(self._root + "/"):
            source = self.source(path)
            at = source.byte_of_utf16(begin["line"], begin["character"]) if source and begin != end else 0
            text = (
                _WORD.match(source.data[at : at + 200].decode("utf-8", "ignore").lstrip("*")) if at and source else None
            )
            return {"external": module_of(path), "name": text.group() if text else name}
        known = self._known(path)
        if known is None:
            return None
        inner = os.path.relpath(path, self._root)
        if begin == end:
            return {"path": inner, "start": 0, "kind": "module"}
        start = known[0].byte_of_utf16(begin["line"], begin["character"])
        return {"path": inner, "start": start, "kind": known[1].kind(start)}

    def row(self, path: str, start: int, name: str, defs: list[dict[str, Any]]) -> dict[str, Any]:
        """The row of a name, without what the server only guessed."""
        kept: list[dict[str, Any]] = []
        also: list[dict[str, Any]] = []
        for each in defs:
            given = self._checked(path, name, each)
            if given is not None and given not in kept:
                kept.append(given)
                also += self._also(given)
        row: dict[str, Any] = {"path": os.path.relpath(path, self._root), "start": start, "name": name, "defs": kept}
        if more := [each for position, each in enumerate(also) if each not in kept and each not in also[:position]]:
            row["also"] = more
        return row

    def _checked(self, path: str, name: str, definition: dict[str, Any]) -> dict[str, Any] | None:
        if "path" not in definition:
            return definition if definition["name"] == name or self._is_alias(path, name) else None
        if definition["kind"] == "module":
            return None if name in _OF_EVERY_MODULE else definition
        source = self.source(os.path.join(self._root, definition["path"]))
        if source is None:
            return None
        start: int = definition["start"]
        while source.data[start : start + 1] == b"*":  # of a parameter to which a keyword argument goes
            start += 1
        encoded = name.encode()
        known = self._known(os.path.join(self._root, definition["path"]))
        if source.data.startswith(encoded, start):
            return {**definition, "start": start, "kind": known[1].kind(start) if known else ""}
        # For an argument that it knows nothing of, the server gives the function that is called.
        return definition if self._is_alias(path, name) else None

    def _is_alias(self, path: str, name: str) -> bool:
        known = self._known(path)
        return known is not None and name in known[1].aliases

    def _also(self, definition: dict[str, Any]) -> list[dict[str, Any]]:
        known = self._known(os.path.join(self._root, definition["path"])) if "path" in definition else None
        if known is None:
            return []
        return [{"path": definition["path"], "start": each} for each in known[1].others(definition["start"])]


def module_of(path: str) -> str:
    """The dotted name of a module outside of the root, from its path."""
    for folders in (
        r"/typeshed[\w-]*/stdlib/",
        r"/typeshed[\w-]*/stubs/[^/]+/",
        r"/(site|dist)-packages/",
        r"/python3\.\d+/",
    ):
        parts = re.split(folders, path)
        if len(parts) > 1:
            path = parts[-1]
            break
    return re.sub(r"(/__init__)?\.pyi?$", "", path).replace("/", ".")


def python_files(root: str, only: list[str]) -> list[str]:
    """The sources below the root, or below the folders asked for."""
    found = []
    for top in only or ["."]:
        for folder, folders, files in os.walk(os.path.normpath(os.path.join(root, top))):
            folders[:] = sorted(each for each in folders if not each.startswith(".") and each != "__pycache__")
            found += [os.path.join(folder, file) for file in sorted(files) if file.endswith((".py", ".pyi"))]
    return found


def main() -> None:
    """Ask about every name and write the rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root")
    parser.add_argument("out")
    parser.add_argument("--only", action="append", default=[], help="ask about the names of this folder")
    parser.add_argument("--every", type=int, default=1, help="ask about one of so many different names")
    parser.add_argument("--extra", action="append", default=[], help="a source root besides the root and its `src`")
    parser.add_argument("--python", default=sys.executable, help="the interpreter whose packages the source imports")
    parser.add_argument("--server", default="basedpyright-langserver --stdio")
    options = parser.parse_args()
    root = os.path.realpath(options.root)
    analysis = {
        "typeCheckingMode": "off",
        "diagnosticMode": "openFilesOnly",
        "autoSearchPaths": True,
        "extraPaths": [os.path.join(root, each) for each in options.extra],
    }
    settings = {
        "python": {"pythonPath": options.python},
        "python.analysis": analysis,
        "basedpyright.analysis": analysis,
        "basedpyright": {"analysis": analysis},
    }
    server = Server(shlex.split(options.server), root, settings)
    truth = Truth(root)
    asked = answered = 0
    with open(options.out, "w") as out:
        for path in python_files(root, options.only):
            source = truth.source(path)
            if source is None or len(source.data) > _LARGEST:
                continue
            names = [name for name in names_in(source) if zlib.crc32(name.text.encode()) % options.every == 0]
            server.open(path, source.text)
            places = [(name.line, source.utf16(name.line, name.column)) for name in names]
            for name, locations in zip(names, server.definitions(path, places), strict=True):
                found = [truth.definition(location, name.text) for location in locations]
                defs = [each for each in found if each]
                start = source.byte(name.line, name.column)
                if defs or not name.in_string:
                    row = truth.row(path, start, name.text, defs)
                    out.write(json.dumps(row) + "\n")
                    asked, answered = asked + 1, answered + bool(row["defs"])
            server.close(path)
            print(f"{asked:8} {answered:8}  {path}", file=sys.stderr)
    server.stop()


if __name__ == "__main__":
    main()
