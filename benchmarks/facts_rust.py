"""Compare the facts that cq gives of Rust code with a second opinion: the tokens, read without a grammar.

    python benchmarks/facts_rust.py FOLDER [--count N] [--max N]

In: a folder of Rust source, and how many of its files to take, spread over it (0: all). Compared are, of every `fn`
outside of macros, visibility, modifiers, number of parameters, return type, where clause, attributes and derives; of
every struct, enum, union and trait visibility and derives; and every leaf of every `use`, flattened. Out: how many
agree, fact by fact, and the disagreements. Exit status 1 when anything disagrees.
"""

import argparse
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from cq.resources import data_folder
from cq.search.analysis import SearchAnalysis, SearchPlan
from cq.search.names import NameQuery
from cq.verify.rust.lexer import Token, tokens_of

_OPEN, _CLOSE = "([{", ")]}"
_MODIFIERS = frozenset({"const", "async", "unsafe", "extern", "default"})
_NAMED = frozenset({"fn", "struct", "enum", "union", "trait"})
Facts = dict[str, Any]


class TokenScan:
    """What the tokens of one file say of its items."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._tokens = [token for token in tokens_of(source) if token.kind not in ("comment", "shebang")]
        self._closing: dict[int, int] = {}
        self._opening: dict[int, int] = {}
        waiting: list[int] = []
        for at, token in enumerate(self._tokens):
            if token.kind == "punctuation" and token.text in _OPEN:
                waiting.append(at)
            elif token.kind == "punctuation" and token.text in _CLOSE and waiting:
                self._opening[at] = waiting.pop()
                self._closing[self._opening[at]] = at

    def items(self) -> Iterator[tuple[int, str, Facts]]:
        """Byte of the name, what it is, and its facts."""
        inside_macro = -1
        for at, token in enumerate(self._tokens):
            if at < inside_macro:
                continue
            if (token.text == "!" and self._text(at + 1) in _OPEN) or (
                self._text(at - 1) == "!" and at in self._closing
            ):
                inside_macro = self._closing.get(at + 1, at) if token.text == "!" else self._closing[at]
            elif token.text == "!" and self._text(at + 2) in _OPEN and self._text(at - 1) == "macro_rules":
                inside_macro = self._closing.get(at + 2, at)
            elif token.text == "macro" and self._is_word(at + 1) and self._text(at + 2) in _OPEN:
                first = self._closing.get(at + 2, at)
                inside_macro = self._closing.get(first + 1, first) if self._text(at + 2) == "(" else first
            elif token.text in _NAMED and self._is_word(at + 1) and self._begins_item(at):
                yield self._tokens[at + 1].start, token.text, self._item(at)
            elif token.text == "use" and self._begins_item(at):
                yield from self._leaves(at + 1, (), self._item(at)["visibility"])

    def _begins_item(self, at: int) -> bool:
        return self._head(at)[0] == 0 or self._text(self._head(at)[0] - 1) in (";", "{", "}", "]", ",")

    def _head(self, at: int) -> tuple[int, str, list[str], list[str]]:
        """Where an item begins whose word stands here; its visibility, modifiers and attributes."""
        modifiers: list[str] = []
        while self._text(at - 1) in _MODIFIERS or (self._kind(at - 1) == "string" and self._text(at - 2) == "extern"):
            at -= 1
            modifiers.insert(0, self._text(at))
        visibility = ""
        if self._text(at - 1) == "pub":
            at -= 1
            visibility = "pub"
        elif self._text(at - 1) == ")" and self._text(self._opening.get(at - 1, 0) - 1) == "pub":
            begin = self._opening[at - 1] - 1
            visibility, at = self._between(begin, at), begin
        start = at
        attributes: list[str] = []
        while self._text(at - 1) == "]" and self._text(self._opening.get(at - 1, 0) - 1) == "#":
            begin = self._opening[at - 1] - 1
            attributes.insert(0, self._between(begin, at))
            at = begin
        return (at if attributes else start), visibility, modifiers, attributes

    def _item(self, at: int) -> Facts:
        _, visibility, modifiers, attributes = self._head(at)
        facts: Facts = {"visibility": visibility, "attributes": attributes}
        derives = [re.fullmatch(r"#\[derive\((.*?),?\)\]", each) for each in attributes]
        facts["derives"] = [name for each in derives if each and each[1] for name in each[1].split(",")]
        if self._text(at) == "fn":
            facts["modifiers"] = modifiers
            at = self._after_angles(at + 2)
            facts["parameters"] = self._parameters(at)
            at = self._closing.get(at, at) + 1
            begin = at
            while self._text(at) not in ("{", ";", "where", ""):
                at = self._closing.get(at, at) + 1
            facts["returns"] = self._between(begin + 1, at) if self._text(begin) == "->" else ""
            facts["where"] = self._text(at) == "where"
        return facts

    def _parameters(self, opening: int) -> int:
        count, last, depth = 0, opening, 0
        at = opening + 1
        while at <= self._closing.get(opening, opening):
            text = self._text(at)
            depth += (text == "<") - (text == ">")
            if at == self._closing[opening] or (text == "," and depth <= 0):
                count += at > last + 1
                last = at
            at = self._closing.get(at, at)
            at += 1
        return count

    def _leaves(self, at: int, path: tuple[str, ...], visibility: str) -> Iterator[tuple[int, str, Facts]]:
        """The names that a tree of imports brings in, whose first token stands here."""
        own: list[Token] = []
        while True:
            text = self._text(at)
            if text == "{":
                inner = at + 1
                while inner < self._closing[at]:
                    yield from self._leaves(inner, (*path, *(token.text for token in own)), visibility)
                    while inner < self._closing[at] and self._text(inner) != ",":
                        inner = self._closing.get(inner, inner) + 1
                    inner += 1
                return
            if text == "*":
                if own:
                    whole = "::".join((*path, *(token.text for token in own)))
                    yield own[-1].start, "use", {"module": whole, "star": True, "reexport": visibility}
                return
            if text == "::":
                at += 1
                continue
            if not self._is_word(at) or text == "as":
                break
            own.append(self._tokens[at])
            at += 1
        if not own:
            return
        *before, name = (*path, *(token.text for token in own))
        facts = {"module": "::".join(before), "name": name, "reexport": visibility}
        if not before:
            facts = {"module": name, "name": "", "reexport": visibility}
        if text == "as":
            facts["alias"] = self._text(at + 1)
        yield own[-1].start, "use", facts

    def _after_angles(self, at: int) -> int:
        if self._text(at) != "<":
            return at
        depth = 0
        while at < len(self._tokens):
            text = self._text(at)
            depth += (text == "<") - (text == ">")
            at = self._closing.get(at, at) + 1
            if depth == 0:
                return at
        return at

    def _between(self, first: int, end: int) -> str:
        return "".join(token.text for token in self._tokens[first:end])

    def _text(self, at: int) -> str:
        return self._tokens[at].text if 0 <= at < len(self._tokens) else ""

    def _kind(self, at: int) -> str:
        return self._tokens[at].kind if 0 <= at < len(self._tokens) else ""

    def _is_word(self, at: int) -> bool:
        return self._kind(at) == "word"


def said_of(row: Facts, what: str) -> Facts:
    """What cq says of a row, in the words of the scan."""
    facts = row.get("facts", {})
    if what == "use":
        said = facts.get("imported", {})
        named = {field: said.get(field, "") for field in ("module", "name", "alias", "reexport")}
        if not named["module"]:  # `use ::std as core`
            named |= {"module": named["name"], "name": ""}
        named["module"] = named["module"].removeprefix("::")
        return {**named, "star": said.get("star", False)}
    said = {field: facts.get(field, []) for field in ("modifiers", "derives")}
    return {
        **said,
        "attributes": facts.get("decorators", []),
        "visibility": facts.get("visibility", ""),
        "parameters": len(facts.get("parameters", ())),
        "returns": facts.get("returns", ""),
        "where": "where" in facts,
    }


def plain(value: Any) -> Any:
    """Without comments, and white space, which is one blank in a string that goes over lines."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    if not isinstance(value, str):
        return value
    return re.sub(r"\s+", "", "".join(token.text for token in tokens_of(value) if token.kind != "comment"))


def main() -> int:
    """Compare, print, and return the exit status."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder")
    options.add_argument("--count", type=int, default=0, help="how many files to take; 0: all")
    options.add_argument("--max", type=int, default=40, help="disagreements to list")
    given = options.parse_args()
    done = subprocess.run(["rg", "--files", "-g", "*.rs", given.folder], capture_output=True, text=True, check=True)
    paths = sorted(done.stdout.splitlines())
    paths = paths[:: max(1, len(paths) // given.count)] if given.count else paths
    query = NameQuery(names=(r"(?:r#)?[^\W\d]\w*",), mode="regex")
    analysis = SearchAnalysis(
        SearchPlan(query=query, folders=(data_folder("queries"),), roles=frozenset({"definition", "import"}))
    )
    table: Counter[tuple[str, bool]] = Counter()
    wrong: list[str] = []
    for path in paths:
        with open(path, "rb") as file:
            data = file.read()
        rows = {row["start_byte"]: row for row in (json.loads(row) for _, row in analysis.run(path, data).rows)}
        for start, what, facts in TokenScan(data.decode("latin-1")).items():
            row = rows.get(start)
            said = said_of(row, what) if row is not None else {}
            for fact, value in facts.items():
                have = said.get(fact)
                fits = plain(value) == plain(have) or (fact == "returns" and str(have).endswith("…"))
                table[f"{what} {fact}", fits] += 1
                if not fits:
                    line = data.count(b"\n", 0, start) + 1
                    wrong.append(f"{path}:{line}: {what} {fact}: {value!r}, cq says {have!r}")
    for fact in sorted({fact for fact, _ in table}):
        print(f"{table[fact, True]:>9} of {table[fact, True] + table[fact, False]:>9}  {fact}")
    print(*wrong[: given.max], sep="\n")
    print(f"{table.total() - len(wrong)} of {table.total()} facts agree; {len(paths)} files")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
