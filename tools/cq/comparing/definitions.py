"""The analysis behind `cq diff`: one file to its definitions, each with what tells it from others."""

import re
from collections import Counter
from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

import msgspec
from tree_sitter import Node

from cq.lanes.definitions import Definition, definitions_of
from cq.lanes.fact_values import without_comments
from cq.lanes.lanes import Lanes
from cq.lanes.lines import Lines
from cq.lanes.table import lane_table
from cq.rows.shared import Diagnostic, as_text
from cq.settings import PARSE_LIMIT_BYTES

# What is defined in these is part of their body, but for functions and types.
RUNS = frozenset({"function", "method"})
TYPES = frozenset({"class", "struct", "enum", "trait", "interface", "union", "type", "protocol"})
_TOKEN = re.compile(rb"[\w\x80-\xff]+|[^\s\w]")
_LAST_COMMA = re.compile(rb",(?=\s*[)\]>])")
_SHINGLE = 3  # tokens
_MOST_ERRORS = 20
_MOST_DEPTH = 50  # of definitions in one another: each has the text of all in it


class DefinitionsPlan(msgspec.Struct, frozen=True):
    """All that a worker needs to know."""

    folders: tuple[str, ...]


class Item(msgspec.Struct, frozen=True, array_like=True):
    """One definition."""

    name: str
    kind: str
    qualified_name: str
    line: int
    column: int
    end_line: int
    start_byte: int  # of the name
    signature: str
    head: int  # digests: of the signature without its name,
    own: int  # and of the rest, without the definitions in it
    tokens: int  # how many there are in all of it
    shingles: dict[int, int]  # of all of it without its name: how often each stands there
    parent: int  # number of the definition around it in its file; -1: none


class SyntaxProblem(msgspec.Struct, frozen=True, array_like=True):
    """A place that does not parse."""

    line: int
    column: int
    text: str


class FileItems(msgspec.Struct, frozen=True, array_like=True):
    """The definitions of one file, in the order of the text: each behind the one around it."""

    path: str
    language: str = ""
    items: tuple[Item, ...] = ()
    shingles: dict[int, int] = {}  # of the whole file
    errors: tuple[SyntaxProblem, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    parsed_bytes: int = 0


class _Around(NamedTuple):
    """A definition that the next one may stand in."""

    span: tuple[int, int]
    number: int
    runs: bool  # it or one around it is a function


class DefinitionsAnalysis:
    """Reads single files. Owns the lanes: made once per process."""

    def __init__(self, plan: DefinitionsPlan) -> None:
        self._table = lane_table(plan.folders)
        self._lanes = Lanes(self._table)

    def run(self, path: str, data: bytes) -> FileItems:
        """The definitions of one file."""
        language = self._table.by_content(path, data)
        if not language:
            return FileItems(path, shingles=shingles_of(_TOKEN.findall(data)))
        if len(data) > PARSE_LIMIT_BYTES:
            message = f"{len(data) / 1e6:.1f} MB: not parsed, not compared"
            return FileItems(
                path,
                language,
                diagnostics=(Diagnostic(path=as_text(path), code="too-large-to-parse", message=message),),
            )
        parsed = self._lanes.parsed(language, data)
        if parsed is None:
            return FileItems(path, language, diagnostics=(self._table.without_grammar(path, language, "not compared"),))
        lane, tree = parsed
        facts = self._lanes.facts(lane.name)
        items: list[Item] = []
        around: list[_Around] = []
        found = sorted(definitions_of(lane, data, tree.root_node), key=lambda each: (each.span[0], -each.span[1]))
        kept: list[tuple[Definition, int]] = []
        for each in found:
            # Two names of one node stand beside each other.
            while around and (around[-1].span[1] < each.span[1] or around[-1].span == each.span):
                around.pop()
            in_body = bool(around) and around[-1].runs
            if len(around) > _MOST_DEPTH or (in_body and each.verdict.kind not in RUNS | TYPES):
                continue
            kept.append((each, around[-1].number if around else -1))
            around.append(_Around(each.span, len(kept) - 1, in_body or each.verdict.kind in RUNS))
        children: dict[int, list[tuple[int, int]]] = {}
        for each, parent in kept:
            children.setdefault(parent, []).append(each.span)
        for number, (each, parent) in enumerate(kept):
            said = facts.facts(data, each.node)
            start, end = each.span
            head_end = said.spans["signature"][0][1] if "signature" in said.spans else each.span[0]
            # Without a head of its own it is an assignment or the like: all of it is what it is.
            is_headed = bool(said.parameters) or bool(data[head_end:end].strip())
            name = data[slice(*each.name_span)]
            head = _head(data, each.node, head_end) if is_headed else []
            rest = _without(data, head_end if is_headed else start, end, children.get(number, []))
            whole = _unnamed(_TOKEN.findall(data[start:end]), name)
            items.append(
                Item(
                    name=each.name,
                    kind=each.verdict.kind,
                    qualified_name=each.qualified_name(lane.entry.separator),
                    line=each.line,
                    column=each.column,
                    end_line=each.end_line,
                    start_byte=each.name_span[0],
                    signature=said.signature,
                    head=_digest([*_unnamed(head, name), *(each.encode() for each in said.decorators)]),
                    own=_digest(_unnamed(_TOKEN.findall(rest), name)),
                    tokens=len(whole),
                    shingles=shingles_of(whole),
                    parent=parent,
                )
            )
        errors = tuple(_errors(tree.root_node, data)) if tree.root_node.has_error else ()
        return FileItems(
            path, language, tuple(items), shingles_of(_TOKEN.findall(data)), errors, parsed_bytes=len(data)
        )


def shingles_of(tokens: list[bytes]) -> dict[int, int]:
    """Runs of three tokens, by a digest of each, and how often each is there."""
    if len(tokens) < _SHINGLE:
        return {crc32(b" ".join(tokens)): 1} if tokens else {}
    return dict(Counter(crc32(b" ".join(tokens[at : at + _SHINGLE])) for at in range(len(tokens) - _SHINGLE + 1)))


def _head(data: bytes, node: Node, end: int) -> list[bytes]:
    """The tokens of a signature: no comment and no comma behind the last parameter makes it another one."""
    text = without_comments(data, node, node.start_byte, end)
    return _TOKEN.findall(_LAST_COMMA.sub(b"", text.rstrip(" \t\r\n\f:{;").encode("utf-8", "surrogateescape")))


def _without(data: bytes, start: int, end: int, holes: list[tuple[int, int]]) -> bytes:
    pieces = []
    for hole_start, hole_end in holes:
        if start <= hole_start and hole_end <= end:
            pieces.append(data[start:hole_start])
            start = hole_end
    pieces.append(data[start:end])
    return b" ".join(pieces)


def _unnamed(tokens: list[bytes], name: bytes) -> list[bytes]:
    return [b"\0" if token == name else token for token in tokens]


def _digest(tokens: list[bytes]) -> int:
    return int.from_bytes(blake2b(b"\n".join(tokens), digest_size=8).digest(), "big", signed=True)


def _errors(root: Node, data: bytes) -> list[SyntaxProblem]:
    lines = Lines(data)
    found: list[SyntaxProblem] = []
    waiting = [root]
    while waiting and len(found) < _MOST_ERRORS:
        node = waiting.pop()
        if node.is_error or node.is_missing:
            line, column, begin = lines.position(node.start_byte)
            text, _ = lines.text(begin, node.start_byte, node.start_byte)
            found.append(SyntaxProblem(line, column, text.strip()))
        elif node.has_error:
            waiting.extend(reversed(node.children))
    return found
