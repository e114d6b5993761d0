"""What each name of Rust sources refers to, by the compiler itself: a truth that shares no code with cq.

    python benchmarks/resolution_truth_rust.py ROOT ANALYSIS OUT.jsonl

In: a workspace, and the folder in which a compiler that has `-Z save-analysis` (1.56 to 1.70) left its analyses:

    RUSTC_BOOTSTRAP=1 RUSTFLAGS="-Z save-analysis --cap-lints allow" cargo check --workspace --all-targets
    # then: target/debug/deps/save-analysis

Out: JSON Lines, one for each name that the compiler resolved in code that was compiled:

    {"path", "start", "name", "defs": [{"path", "start", "kind"} | {"external": crate, "name"}], "also": [...]}

`start` is the byte of the name. Several definitions are a set of which any is right (code compiled more than once).
For a method of a trait, `also` has the methods that implement it. A module has two places: its name in `mod name`,
and byte 0 of its file. Code left out by `cfg` has no rows, nor have paths inside of `use` (but what they import has),
what `if let` binds, and the macros of the workspace.
"""

import argparse
import json
import os
import re
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

_WORD = re.compile(rb"r#\w+|\w+")
_USE = re.compile(rb"^[ \t]*(?:pub(?:\([^)]*\))?[ \t]+)?use\s[^;]*;", re.MULTILINE)
_WITH_PATHS = ("module", "enum", "trait", "type")
_OF_ALTERNATIVES = 400  # bytes between them, at most
_NOT_IN_PATTERNS = re.compile(rb"=>|;|\|\||=[^>]|\blet\b|\bfn\b")
_MOD = re.compile(rb"\bmod\s+\Z")
_KINDS = {
    "Function": "function",
    "ForeignFunction": "function",
    "Method": "method",
    "Struct": "struct",
    "Enum": "enum",
    "Union": "union",
    "Trait": "trait",
    "Type": "type",
    "Const": "constant",
    "Static": "static",
    "ForeignStatic": "static",
    "Mod": "module",
    "Field": "field",
    "Tuple": "variant",
    "TupleVariant": "variant",
    "StructVariant": "variant",
    "Local": "variable",
    "Macro": "macro",
}
_NOTHING = 2**32 - 1

Place = tuple[str, int]


class Definition(NamedTuple):
    """A definition: where its name stands, perhaps in more than one place."""

    places: tuple[Place, ...]
    kind: str
    name: str


class Sources:
    """The workspace's files: from the compiler's lines and columns to bytes."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._lines: dict[str, tuple[bytes, list[int]] | None] = {}
        self._uses: dict[str, list[tuple[int, int]]] = {}

    def _of(self, path: str) -> tuple[bytes, list[int]] | None:
        if path not in self._lines:
            try:
                with open(os.path.join(self._root, path), "rb") as file:
                    data = file.read()
                self._lines[path] = data, [0, *(match.end() for match in re.finditer(b"\n", data))]
            except OSError:
                self._lines[path] = None
        return self._lines[path]

    def relative(self, span: dict[str, Any], directory: str) -> str:
        """The path of a span's file below the root; "" when it is elsewhere."""
        path = os.path.relpath(os.path.join(directory, span["file_name"]), self._root)
        return "" if path.startswith("..") else path

    def start(self, path: str, span: dict[str, Any]) -> int | None:
        """The byte at which a span begins."""
        known = self._of(path)
        if known is None or span["line_start"] > len(known[1]):
            return None
        data, lines = known
        begin = lines[span["line_start"] - 1]
        written = data[begin : begin + 4 * span["column_start"]]
        column = span["column_start"] - 1
        if not written.isascii():
            column = len(written.decode("utf-8", "ignore")[:column].encode())
        return begin + column

    def word(self, path: str, start: int) -> str:
        """The name that begins at a byte."""
        known = self._of(path)
        found = _WORD.match(known[0], start) if known else None
        return found.group().decode("utf-8", "replace") if found else ""

    def around(self, path: str, start: int, word: str) -> tuple[bytes, bytes]:
        """The two bytes before a name and those after it."""
        known = self._of(path)
        end = start + len(word.encode())
        return (known[0][max(0, start - 2) : start], known[0][end : end + 2]) if known else (b"", b"")

    def is_prefix(self, path: str, start: int, word: str) -> bool:
        """Whether more of a path follows a name, in a `use` declaration."""
        return self.around(path, start, word)[1] == b"::" and self.in_use(path, start)

    def alternatives(self, path: str, start: int, word: str) -> list[int]:
        """Where the same name stands shortly before, in another alternative of the same pattern."""
        known = self._of(path)
        if known is None:
            return []
        found = re.finditer(
            rb"\b" + re.escape(word.encode()) + rb"\b", known[0][max(0, start - _OF_ALTERNATIVES) : start]
        )
        places = [max(0, start - _OF_ALTERNATIVES) + match.start() for match in found]
        between = [(place, known[0][place:start]) for place in places]
        return [place for place, text in between if b"|" in text and not _NOT_IN_PATTERNS.search(text)]

    def is_declared(self, path: str, start: int) -> bool:
        """Whether `mod` stands before a name."""
        known = self._of(path)
        return known is not None and _MOD.search(known[0], max(0, start - 20), start) is not None

    def in_use(self, path: str, start: int) -> bool:
        """Whether a byte is inside of a `use` declaration."""
        known = self._of(path)
        if path not in self._uses:
            self._uses[path] = [match.span() for match in _USE.finditer(known[0])] if known else []
        return any(begin <= start < end for begin, end in self._uses[path])


class Crate:
    """One compilation's analysis."""

    def __init__(self, file: str) -> None:
        with open(file, "rb") as opened:
            data = json.load(opened)
        self.directory: str = data["compilation"]["directory"]
        prelude = data["prelude"]
        self.identity = _identity(prelude["crate_id"])
        self.names = {0: prelude["crate_id"]["name"]}
        self.identities = {0: self.identity}
        for each in prelude["external_crates"]:
            self.names[each["num"]] = each["id"]["name"]
            self.identities[each["num"]] = _identity(each["id"])
        self.defs: list[dict[str, Any]] = data["defs"]
        self.refs: list[dict[str, Any]] = data["refs"]
        self.imports: list[dict[str, Any]] = data["imports"]


def _identity(crate: dict[str, Any]) -> str:
    return crate["name"] + ":" + "-".join(str(each) for each in crate["disambiguator"])


class Truth:
    """All compilations together."""

    def __init__(self, root: str, analysis: str) -> None:
        self.sources = Sources(root)
        self._root = root
        files = sorted(os.path.join(analysis, file) for file in os.listdir(analysis) if file.endswith(".json"))
        self._crates = [Crate(file) for file in files]
        self._defs: dict[tuple[str, int], Definition] = {}
        self._impls: dict[tuple[str, int], set[Place]] = {}
        self._own = {crate.identity for crate in self._crates if self._inside(crate)}
        for crate in self._crates:
            self._define(crate)

    def _inside(self, crate: Crate) -> bool:
        return any(self.sources.relative(each["span"], crate.directory) for each in crate.defs[:1])

    def _define(self, crate: Crate) -> None:
        inside = self._inside(crate)
        for each in crate.defs:
            places: tuple[Place, ...] = ()
            if inside:
                path = self.sources.relative(each["span"], crate.directory)
                start = self.sources.start(path, each["span"]) if path else None
                if start is not None:
                    places = ((path, start),)
                if each["kind"] == "Mod":
                    places = self._module_places(each, crate, places)
            self._defs[crate.identity, each["id"]["index"]] = Definition(places, _kind(each), each["name"])
            declared = each["decl_id"]
            if places and declared and declared["index"] != _NOTHING:
                self._impls.setdefault(self._key(crate, declared), set()).update(places)

    def _module_places(self, each: dict[str, Any], crate: Crate, places: tuple[Place, ...]) -> tuple[Place, ...]:
        file = self.sources.relative({"file_name": each["value"]}, crate.directory)
        written = [place for place in places if self.sources.word(*place) == each["name"]]
        is_inline = bool(written) and written[0][0] == file
        return tuple(written) if is_inline or not file else (*written, (file, 0))

    def _key(self, crate: Crate, identity: dict[str, Any]) -> tuple[str, int]:
        return crate.identities.get(identity["krate"], ""), identity["index"]

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows, by file and place."""
        found: dict[Place, tuple[str, list[dict[str, Any]], set[Place]]] = {}
        for crate in self._crates:
            if not self._inside(crate):
                continue
            aliases: dict[tuple[str, int], set[str]] = {}
            for each in crate.imports:
                if each["ref_id"]:
                    aliases.setdefault(self._key(crate, each["ref_id"]), set()).add(each["name"])
            for span, key, name, is_value in self._places(crate):
                path = self.sources.relative(span, crate.directory)
                start = self.sources.start(path, span) if path else None
                if start is None or not (word := self.sources.word(path, start)):
                    continue
                definition = self._defs.get(key)
                if key[0] in self._own and not (definition and definition.places):
                    continue  # such as what `if let` binds, of which the analysis has the uses only
                is_alias = word == "Self" or word in aliases.get(key, ())
                if definition and word.removeprefix("r#") != definition.name and not is_alias:
                    continue  # the compiler gives a path's first segment the meaning of its last
                if name != word and self.sources.in_use(path, start) and not definition:
                    continue
                if not definition and self._is_guess(path, start, word, is_value):
                    continue
                if definition and definition.kind not in _WITH_PATHS and self.sources.is_prefix(path, start, word):
                    continue  # of a module and what is in it, both of one name
                _, defs, impls = found.setdefault((path, start), (word, [], set()))
                for target in self._targets(definition, key):
                    if target not in defs:
                        defs.append(target)
                impls |= self._impls.get(key, set())
        self._name_modules(found)
        self._join_alternatives(found)
        for (path, start), (word, defs, impls) in sorted(found.items()):
            if any("path" in each for each in defs):
                defs[:] = [each for each in defs if "path" in each]
            row: dict[str, Any] = {"path": path, "start": start, "name": word, "defs": defs}
            if impls:
                row["also"] = [{"path": place[0], "start": place[1]} for place in sorted(impls)]
            yield row

    def _is_guess(self, path: str, start: int, word: str, is_value: bool) -> bool:
        """Whether a reference to an unknown definition may be one that the compiler made: `a..b` as a struct."""
        before, after = self.sources.around(path, start, word)
        if word in ("crate", "self", "super"):
            return True
        if is_value:
            return word[0].isdigit() or before.endswith(b"..") or not before.endswith((b".", b":"))
        is_path = before.endswith(b":") or after == b"::" or self.sources.in_use(path, start)
        return word[0].isdigit() or not (is_path or before.endswith(b".") or after[:1] == b"(" or word[0].isupper())

    def _name_modules(self, found: dict[Place, tuple[str, list[dict[str, Any]], set[Place]]]) -> None:
        """Give modules that a macro declares the place of their name, too."""
        names: dict[Place, dict[str, Any]] = {}
        for (path, start), (_, defs, _) in found.items():
            if len(defs) == 1 and defs[0].get("kind") == "module" and self.sources.is_declared(path, start):
                names[defs[0]["path"], defs[0]["start"]] = {"path": path, "start": start, "kind": "module"}
        for _, defs, _ in found.values():
            defs += [
                names[place] for each in defs if "path" in each and (place := (each["path"], each["start"])) in names
            ]

    def _join_alternatives(self, found: dict[Place, tuple[str, list[dict[str, Any]], set[Place]]]) -> None:
        """Let each alternative of a pattern that binds a name stand for the others, as in `Some(x) | Other(x)`."""
        joined: dict[Place, set[Place]] = {}
        for (path, start), (word, defs, _) in sorted(found.items()):
            if any(each.get("kind") == "variable" and (each["path"], each["start"]) == (path, start) for each in defs):
                for other in self.sources.alternatives(path, start, word):
                    group = joined.setdefault((path, start), {(path, start)})
                    group |= joined.get((path, other), {(path, other)})
                    joined[path, other] = group
        for _, defs, also in found.values():
            for each in defs:
                also |= joined.get((each.get("path", ""), each.get("start", 0)), set())

    def _places(self, crate: Crate) -> Iterator[tuple[dict[str, Any], tuple[str, int], str, bool]]:
        for each in crate.defs:
            if self._defs[crate.identity, each["id"]["index"]].kind != "module":
                yield each["span"], (crate.identity, each["id"]["index"]), each["name"], False
        for each in crate.refs:
            if each["ref_id"]["index"] != _NOTHING:
                yield each["span"], self._key(crate, each["ref_id"]), "", each["kind"] == "Variable"
        for each in crate.imports:
            if each["ref_id"] and each["ref_id"]["index"] != _NOTHING:
                yield each["span"], self._key(crate, each["ref_id"]), each["name"], False

    def _targets(self, definition: Definition | None, key: tuple[str, int]) -> Iterator[dict[str, Any]]:
        if definition and definition.places:
            for path, start in definition.places:
                yield {"path": path, "start": start, "kind": definition.kind}
        else:
            yield {"external": key[0].split(":")[0], "name": definition.name if definition else ""}


def _kind(each: dict[str, Any]) -> str:
    kind = _KINDS.get(each["kind"], each["kind"].lower())
    if kind == "variable" and not each["qualname"].startswith(each["name"] + "$"):
        return "parameter"
    return "type-parameter" if kind == "type" and "$HirId" in each["qualname"] else kind


def main() -> None:
    """Write the rows of one workspace."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root", help="the workspace; the compiler was started in it")
    parser.add_argument("analysis", help="the folder with the compiler's analyses")
    parser.add_argument("out")
    options = parser.parse_args()
    count = 0
    with open(options.out, "w") as out:
        for row in Truth(os.path.realpath(options.root), options.analysis).rows():
            out.write(json.dumps(row) + "\n")
            count += 1
    print(f"{count} names", file=sys.stderr)


if __name__ == "__main__":
    main()
