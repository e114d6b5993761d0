"""Patterns that only say what stands above a name: found by walking up from it, without running a query.

Most patterns of a pack are chains, such as `(call function: (attribute attribute: (identifier) @name))`. Whether
one matches at a given name is decided by the kinds and fields between the name and the chain's root, which a
search has at hand anyway; compiling the pattern for the query engine would take longer than parsing a file. A
test holds that both ways find the same in real files.
"""

import re
from typing import NamedTuple

from cq.packs.split import PatternText

_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|;[^\n]*|[()\[\]]|[^\s()\[\]";]+')
_KIND = re.compile(r"[A-Za-z][\w-]*\Z")


class Step(NamedTuple):
    """One node of a chain: its kind, and the field that it has in the node above it ("": any)."""

    kind: str
    field: str


class Chain(NamedTuple):
    """From the root of a pattern down to its innermost node, and what is captured on the way."""

    steps: tuple[Step, ...]
    captures: dict[str, int]  # capture -> index into steps
    settings: dict[str, str | None]


class _Node(NamedTuple):
    kind: str
    field: str
    captures: tuple[str, ...]
    children: tuple["_Node | tuple[_Node, ...]", ...]  # a tuple of nodes is an alternation


class _NotAChain(Exception):
    """The pattern says more than a chain can."""


def chains_of(pattern: PatternText) -> list[Chain] | None:
    """The chains that the pattern stands for (one for each alternative), or None when it is more than chains."""
    tokens = [token for token in _TOKEN.findall(pattern.text) if not token.startswith(";")]
    settings: dict[str, str | None] = {}
    try:
        roots, at = _item(tokens, 0, "", settings)
        if at != len(tokens):
            return None
        return [Chain(tuple(steps), captures, settings) for root in roots for steps, captures in _paths(root, 0)]
    except _NotAChain:
        return None


def _item(tokens: list[str], at: int, field: str, settings: dict[str, str | None]) -> tuple[tuple[_Node, ...], int]:
    """Read a node, an alternation or a group at `at`: its alternatives, and where the next item begins."""
    opening = _at(tokens, at)
    if opening == "[":
        alternatives: list[_Node] = []
        at += 1
        while _at(tokens, at) != "]":
            nodes, at = _item(tokens, at, field, settings)
            alternatives.extend(nodes)
        at += 1
        captures, at = _captures(tokens, at)
        return tuple(node._replace(captures=node.captures + captures) for node in alternatives), at
    if opening != "(":
        raise _NotAChain
    if _at(tokens, at + 1) in "([":
        # A group: one node and the directives that belong to it.
        nodes, at = _item(tokens, at + 1, field, settings)
        while _at(tokens, at) != ")":
            at = _directive(tokens, at, settings)
        captures, at = _captures(tokens, at + 1)
        return tuple(node._replace(captures=node.captures + captures) for node in nodes), at
    kind = _at(tokens, at + 1)
    if not _KIND.match(kind):
        raise _NotAChain
    at += 2
    children: list[_Node | tuple[_Node, ...]] = []
    while _at(tokens, at) != ")":
        token = tokens[at]
        if token == "(" and _at(tokens, at + 1).startswith("#"):
            at = _directive(tokens, at, settings)
            continue
        child_field = ""
        if token.endswith(":"):
            child_field = token[:-1]
            at += 1
        nodes, at = _item(tokens, at, child_field, settings)
        children.append(nodes if len(nodes) > 1 else nodes[0])
    captures, at = _captures(tokens, at + 1)
    return (_Node(kind, field, captures, tuple(children)),), at


def _directive(tokens: list[str], at: int, settings: dict[str, str | None]) -> int:
    if tokens[at] != "(" or _at(tokens, at + 1) != "#set!":
        raise _NotAChain
    words = []
    at += 2
    while _at(tokens, at) != ")":
        words.append(tokens[at].strip('"'))
        at += 1
    settings[words[0]] = words[1] if len(words) > 1 else None
    return at + 1


def _captures(tokens: list[str], at: int) -> tuple[tuple[str, ...], int]:
    found = []
    while at < len(tokens) and tokens[at].startswith("@"):
        found.append(tokens[at][1:])
        at += 1
    return tuple(found), at


def _at(tokens: list[str], at: int) -> str:
    if at >= len(tokens):
        raise _NotAChain
    return tokens[at]


def _paths(node: _Node, depth: int) -> list[tuple[list[Step], dict[str, int]]]:
    own = dict.fromkeys(node.captures, depth)
    step = Step(node.kind, node.field)
    if not node.children:
        return [([step], own)]
    if len(node.children) > 1:
        raise _NotAChain  # two children: what stands beside the name counts, too
    child = node.children[0]
    alternatives = (child,) if isinstance(child, _Node) else child
    return [
        ([step, *steps], own | captures)
        for alternative in alternatives
        for steps, captures in _paths(alternative, depth + 1)
    ]
