"""What each name of Python sources refers to, by a type-checking language server: a truth that shares no code with cq.

    python benchmarks/resolution_truth_python.py ROOT OUT.jsonl [--only FOLDER]... [--extra SOURCE_ROOT]...
        [--every N] [--python INTERPRETER] [--server COMMAND]

In: a folder of Python source, and an environment with `basedpyright-langserver` (and, to resolve third-party names,
the packages that the source imports). Out: JSON Lines, one for each name of each file:

    {"path", "start", "name", "defs": [{"path", "start", "kind"} | {"external", "name"}], "also": [...]}

`start` is the byte of the name, in the source and in the definition; a module stands at byte 0 with kind "module".
Several definitions are a set of which any is right (branches). No definitions: the server does not know. `also` has
places that are right, too: the overloads of a function, and the other functions of a property.
"""

import argparse
import ast
import io
import json
import keyword
import os
import re
import shlex
import subprocess
import sys
import tokenize
import urllib.parse
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

_WORD = re.compile(r"[^\W\d]\w*")
_FORMAT = re.compile(r"(?:![rsa])?(?::[^{}\[\]()'\"]*)?\}$")  # what follows the expression in an f-string's field
_IN_FLIGHT = 200
_LONGEST_ANNOTATION = 200
_LARGEST = 1_000_000
_OF_EVERY_MODULE = frozenset(
    ["__name__", "__file__", "__doc__", "__module__", "__path__", "__package__", "__spec__", "__loader__", "__dict__"]
)


class Source:
    """A file's text, and its positions: bytes, and lines with UTF-16 columns as the protocol has them."""

    def __init__(self, data: bytes) -> None:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        self.data = data
        self.text = data.decode(encoding)
        self._skip = 3 if data.startswith(b"\xef\xbb\xbf") else 0
        self.lines = re.split("(?<=\n)", self.text)  # not splitlines, for which a form feed ends a line
        self._starts = [self._skip]
        for line in self.lines:
            self._starts.append(self._starts[-1] + len(line.encode(encoding)))
        self._encoding = encoding

    def byte(self, line: int, column: int) -> int:
        """The byte of a 0-based line and a column in code points."""
        if line >= len(self.lines):
            return self._starts[-1]
        return self._starts[line] + len(self.lines[line][:column].encode(self._encoding))

    def byte_of_utf16(self, line: int, column: int) -> int:
        """The byte of a 0-based line and a column in UTF-16 units."""
        if line >= len(self.lines):
            return self._starts[-1]
        written = self.lines[line]
        if not written.isascii():
            column = len(written.encode("utf-16-le")[: 2 * column].decode("utf-16-le", "ignore"))
        return self.byte(line, column)

    def utf16(self, line: int, column: int) -> int:
        """The column in UTF-16 units of a column in code points."""
        return len(self.lines[line][:column].encode("utf-16-le")) // 2 if line < len(self.lines) else column


class Name(NamedTuple):
    """A name in a file: 0-based line, and column in code points."""

    line: int
    column: int
    text: str
    in_string: bool = False


def names_in(source: Source) -> Iterator[Name]:
    """The names of a file, with those in f-strings, in strings that are annotations, and in `__all__`."""
    quoted = _strings_with_names(source)
    try:
        for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
            line, column = token.start[0] - 1, token.start[1]
            if token.type == tokenize.NAME and not keyword.iskeyword(token.string):
                yield Name(line, column, token.string)
            elif (
                token.type == tokenize.STRING
                and token.start[0] == token.end[0]
                and len(token.string) < _LONGEST_ANNOTATION
            ):
                yield from _names_in_string(token.string, line, column, (line, column) in quoted)
    except (tokenize.TokenError, IndentationError):
        return


def _strings_with_names(source: Source) -> set[tuple[int, int]]:
    """Where strings begin in which the server rightly sees names; for others it may give what stands around them."""
    try:
        tree = ast.parse(source.text)
    except (SyntaxError, ValueError):
        return set()
    holders: list[ast.AST | None] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign):
            holders.append(node.annotation)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            holders.append(node.returns)
        elif isinstance(node, ast.Subscript) and _last_name(node.value)[:1].isupper():
            holders.append(node.slice)
        elif isinstance(node, ast.Call) and _last_name(node.func) in ("cast", "TypeVar", "NewType"):
            holders += node.args
        elif isinstance(node, ast.Assign) and any(_last_name(target) == "__all__" for target in node.targets):
            holders.append(node.value)
    strings = [each for holder in holders if holder for each in ast.walk(holder) if isinstance(each, ast.Constant)]
    found = set()
    for each in strings:
        before = source.lines[each.lineno - 1].encode()[: each.col_offset].decode(errors="ignore")
        found.add((each.lineno - 1, len(before)))
    return found


def _last_name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _names_in_string(written: str, line: int, column: int, may_have_names: bool) -> Iterator[Name]:
    prefix = written[: min(written.find('"') % 99, written.find("'") % 99)].lower()
    if "f" in prefix:
        pieces = re.finditer(r"\{[^{}]*\}", written)
    elif "b" in prefix or not may_have_names:
        return
    else:
        pieces = re.finditer(r"(?<=['\"])[\w.\[\], |'\"]+(?=['\"]$)", written)
    for piece in pieces:
        for word in _WORD.finditer(_FORMAT.sub(_blank, piece.group())):
            if not keyword.iskeyword(word.group()):
                yield Name(line, column + piece.start() + word.start(), word.group(), in_string=True)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


class Kinds:
    """What kind of definition begins at a byte of a file, by `ast`; and what else defines the same thing."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._kinds: dict[int, str] = {}
        self._siblings: dict[tuple[int, str], list[int]] = {}  # functions by body and name
        self._bodies: dict[int, tuple[int, str]] = {}
        self._joined: set[tuple[int, str]] = set()
        try:
            tree = ast.parse(source.text)
        except SyntaxError:
            return
        names = {(name.line, name.text): name.column for name in reversed(list(names_in(source)))}
        stack: list[tuple[ast.AST, str, int]] = [(tree, "", 0)]
        while stack:
            node, inside, body = stack.pop()
            within, inner = inside, body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                column = names.get((node.lineno - 1, node.name))
                if column is not None:
                    kind = "class" if isinstance(node, ast.ClassDef) else "method" if inside == "class" else "function"
                    start = source.byte(node.lineno - 1, column)
                    self._kinds[start] = kind
                    self._bodies[start] = key = (body, node.name)
                    self._siblings.setdefault(key, []).append(start)
                    if any(_joins(decorator) for decorator in node.decorator_list):
                        self._joined.add(key)
                inner = id(node)
                within = "class" if isinstance(node, ast.ClassDef) else "function"
            elif isinstance(node, ast.Lambda):
                within = "function"
            elif isinstance(node, ast.arg):
                self._put(node.lineno, node.col_offset, "parameter")
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                self._put(node.lineno, node.col_offset, "attribute" if inside == "class" else "variable")
            elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
                self._put(node.end_lineno or 0, (node.end_col_offset or 0) - len(node.attr.encode()), "attribute")
            stack.extend((child, within, inner) for child in ast.iter_child_nodes(node))

    def _put(self, line: int, utf8_column: int, kind: str) -> None:
        written = self._source.lines[line - 1].encode()[:utf8_column].decode(errors="ignore")
        self._kinds.setdefault(self._source.byte(line - 1, len(written)), kind)

    def at(self, start: int) -> str:
        """The kind; a name that is bound in some other way is a variable."""
        return self._kinds.get(start, "variable")

    def siblings(self, start: int) -> list[int]:
        """Functions that define the same thing: overloads, and getter, setter and deleter of a property."""
        key = self._bodies.get(start)
        return [each for each in self._siblings[key] if each != start] if key in self._joined and key else []


def _joins(decorator: ast.expr) -> bool:
    word = _last_name(decorator.func if isinstance(decorator, ast.Call) else decorator)
    return word in ("overload", "setter", "getter", "deleter", "register")


class Server:
    """A language server over its standard input and output."""

    def __init__(self, command: list[str], root: str, settings: dict[str, Any]) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._settings = settings
        self._number = 0
        uri = uri_of(root)
        self._wait(
            self._ask(
                "initialize",
                {
                    "processId": os.getpid(),
                    "rootUri": uri,
                    "workspaceFolders": [{"uri": uri, "name": "root"}],
                    "capabilities": {
                        "workspace": {"configuration": True, "workspaceFolders": True},
                        "window": {"workDoneProgress": False},
                    },
                },
            )
        )
        self._tell("initialized", {})

    def open(self, path: str, text: str) -> None:
        """Show a file to the server."""
        self._tell(
            "textDocument/didOpen",
            {"textDocument": {"uri": uri_of(path), "languageId": "python", "version": 1, "text": text}},
        )

    def close(self, path: str) -> None:
        """Take a file from the server."""
        self._tell("textDocument/didClose", {"textDocument": {"uri": uri_of(path)}})

    def definitions(self, path: str, places: list[tuple[int, int]]) -> list[list[dict[str, Any]]]:
        """For each place, the locations of its definitions."""
        uri = uri_of(path)
        answers: dict[int, Any] = {}
        numbers: list[int] = []
        for line, column in places:
            position = {"line": line, "character": column}
            numbers.append(self._ask("textDocument/definition", {"textDocument": {"uri": uri}, "position": position}))
            while len(numbers) - len(answers) > _IN_FLIGHT:
                self._receive(answers)
        while len(answers) < len(numbers):
            self._receive(answers)
        return [_as_list(answers[number]) for number in numbers]

    def stop(self) -> None:
        """End the server."""
        self._wait(self._ask("shutdown", None))
        self._tell("exit", None)
        self._process.wait(20)

    def _ask(self, method: str, parameters: Any) -> int:
        self._number += 1
        self._write({"jsonrpc": "2.0", "id": self._number, "method": method, "params": parameters})
        return self._number

    def _tell(self, method: str, parameters: Any) -> None:
        self._write({"jsonrpc": "2.0", "method": method, "params": parameters})

    def _write(self, message: dict[str, Any]) -> None:
        body = json.dumps(message).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _wait(self, number: int) -> None:
        answers: dict[int, Any] = {}
        while number not in answers:
            self._receive(answers)

    def _receive(self, answers: dict[int, Any]) -> None:
        assert self._process.stdout
        length = 0
        while (line := self._process.stdout.readline()) not in (b"\r\n", b""):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        if not length:
            sys.exit("the language server ended")
        message = json.loads(self._process.stdout.read(length))
        if "method" in message and "id" in message:
            result: Any = None
            if message["method"] == "workspace/configuration":
                result = [self._settings.get(item.get("section", ""), {}) for item in message["params"]["items"]]
            self._write({"jsonrpc": "2.0", "id": message["id"], "result": result})
        elif "id" in message:
            answers[message["id"]] = message.get("result")


def _as_list(result: Any) -> list[dict[str, Any]]:
    return result if isinstance(result, list) else [result] if result else []


def uri_of(path: str) -> str:
    """The URI of an absolute path."""
    return "file://" + urllib.parse.quote(path)


def path_of(uri: str) -> str:
    """The path of a URI."""
    return urllib.parse.unquote(urllib.parse.urlsplit(uri).path)


class Truth:
    """Turns the server's locations into definitions."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._sources: dict[str, tuple[Source, Kinds] | None] = {}

    def source(self, path: str) -> Source | None:
        """The file, when it can be read."""
        known = self._known(path)
        return known[0] if known else None

    def _known(self, path: str) -> tuple[Source, Kinds] | None:
        if path not in self._sources:
            try:
                with open(path, "rb") as file:
                    source = Source(file.read())
                self._sources[path] = (source, Kinds(source))
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
        return {"path": inner, "start": start, "kind": known[1].at(start)}

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
            return {**definition, "start": start, "kind": known[1].at(start) if known else ""}
        # For an argument that it knows nothing of, the server gives the function that is called.
        return definition if self._is_alias(path, name) else None

    def _is_alias(self, path: str, name: str) -> bool:
        own = self.source(path)
        return own is not None and re.search(rb"\bas\s+" + re.escape(name.encode()) + rb"\b", own.data) is not None

    def _also(self, definition: dict[str, Any]) -> list[dict[str, Any]]:
        known = self._known(os.path.join(self._root, definition["path"])) if "path" in definition else None
        if known is None:
            return []
        return [{"path": definition["path"], "start": each} for each in known[1].siblings(definition["start"])]


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
