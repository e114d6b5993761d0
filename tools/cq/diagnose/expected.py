"""What the grammar could have gone on with, and the first token that it could not go on with."""

import functools
from collections.abc import Sequence

from tree_sitter import Language, Node

from cq.diagnose.broken import Token
from cq.diagnose.source import Grammar, Source
from cq.grammar.parse import parse

# Of the tokens of an ERROR node: looking further would say no more.
_LEAVES = 4_000
# Text before an error that is parsed once more, to learn in which state the parser was.
_PREFIX_BYTES = 200_000


@functools.lru_cache(maxsize=4096)
def _following(language: Language, state: int) -> frozenset[int]:
    """The symbols that may come next in a state."""
    iterator = language.lookahead_iterator(state)
    return frozenset(symbol for symbol, _ in iterator) if iterator is not None else frozenset()


def first_unfit(language: Language, node: Node) -> int:
    """The first byte of an ERROR node that does not fit what stands before it; of a MISSING node, its place.

    When all of a node on one line fits, that is its end: what comes next does not. When nothing is known, its start.
    """
    if node.is_missing:
        return node.start_byte
    before = _last_leaf(node.prev_sibling)
    is_known = before is None
    cursor = node.walk()
    seen = 0
    while seen < _LEAVES:
        leaf = cursor.node
        assert leaf is not None
        if leaf != node and (leaf.is_error or leaf.is_missing):
            return leaf.start_byte
        if not leaf.child_count:
            seen += 1
            if before is not None and not leaf.is_extra and before.end_point.row == leaf.start_point.row:
                state = before.next_parse_state
                allowed = _following(language, state) if state else frozenset()
                if allowed and leaf.grammar_id not in allowed:
                    return leaf.start_byte
                is_known = is_known or bool(allowed)
            before = leaf if not leaf.is_extra else before
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                fits = is_known and seen > 1 and node.start_point.row == node.end_point.row
                return node.end_byte if fits else node.start_byte
    return node.start_byte


def _last_leaf(node: Node | None) -> Node | None:
    while node is not None and node.child_count:
        node = node.child(node.child_count - 1)
    return node


def expected_at(source: Source, at: int) -> tuple[str, ...]:
    """What may follow the last token before a place, as words for the user; the shortest signs first."""
    grammar = source.grammar
    language = grammar.language
    before = source.token_before(at)
    if before is None:
        return ()
    leaf = _leaf_ending(source.root, before)
    state = leaf.next_parse_state if leaf is not None else 0
    if not state and at <= _PREFIX_BYTES:
        state = _state_by_prefix(source, before)
    return _in_words(grammar, _following(language, state)) if state else ()


def _leaf_ending(root: Node, token: Token) -> Node | None:
    return root.descendant_for_byte_range(max(token.start, token.end - 1), token.end)


def _state_by_prefix(source: Source, before: Token) -> int:
    """The state after a token, from the tree of what stands before it and a token of any kind."""
    for text in source.grammar.facts.placeholders.values():
        data = source.data[: before.end] + b" " + text.encode()
        leaf = parse(source.grammar.language, data).root_node.descendant_for_byte_range(before.end + 1, len(data))
        if leaf is not None and not leaf.is_error and leaf.parse_state:
            return leaf.parse_state
    return 0


def _in_words(grammar: Grammar, symbols: frozenset[int]) -> tuple[str, ...]:
    language, names = grammar.language, grammar.facts.names
    signs: set[str] = set()
    words: set[str] = set()
    kinds: set[str] = set()
    for symbol in symbols:
        kind = language.node_kind_for_id(symbol) or ""
        if not kind or kind == "ERROR":
            continue
        if kind in names:
            if names[kind]:
                kinds.add(names[kind])
        elif not language.node_kind_is_named(symbol) and language.node_kind_is_visible(symbol):
            (words if kind[0].isalpha() else signs).add(kind)
    closing = [sign for sign in signs if sign in grammar.pairs.values()]
    others = sorted((sign for sign in signs if sign not in closing), key=_plainness)
    return (*(f"`{sign}`" for sign in (*sorted(closing), *others)), *sorted(kinds), *sorted(words))


def _plainness(sign: str) -> tuple[bool, int, str]:
    return sign not in (",", ";", ":", "="), len(sign), sign


def shown(tokens: Sequence[Token], data: bytes) -> str:
    """The text of the first of some tokens, short enough for a message."""
    if not tokens:
        return ""
    text = data[tokens[0].start : tokens[0].end].split(b"\n", 1)[0].decode("utf-8", "replace")
    return text if len(text) <= 40 else text[:39] + "…"
