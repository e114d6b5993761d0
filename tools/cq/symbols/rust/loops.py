"""Which values a loop or a block with a label is left with."""

from collections.abc import Callable, Iterator

from tree_sitter import Node

from cq.symbols.rust.scopes import Scope

_LOOPS = frozenset({"loop_expression", "while_expression", "for_expression"})
_LEFT_OTHERWISE = frozenset({"closure_expression", "async_block", "function_item", "impl_item", "token_tree"})
_MOST_NODES = 4_000


def label_of(node: Node) -> bytes:
    """The label before a loop or block, or after `break`; empty without one."""
    first = next((child for child in node.children[:2] if child.type == "label"), None)
    return (first.text or b"") if first is not None else b""


def broken_off(whole: Node, scope: Scope, find: Callable[[Node, Scope], Scope]) -> Iterator[tuple[Node, Scope]]:
    """The values of the `break`s out of a loop or block, each with the scope it stands in."""
    label = label_of(whole)
    inner = find(whole, scope)
    stack = [(child, inner, whole.type == "loop_expression") for child in reversed(whole.named_children)]
    for _ in range(_MOST_NODES):
        if not stack:
            return
        node, around, is_own = stack.pop()
        kind = node.type
        if kind in _LEFT_OTHERWISE:
            continue
        if kind == "break_expression":
            said = label_of(node)
            value = next((child for child in reversed(node.named_children) if not child.is_extra), None)
            if value is not None and value.type != "label" and (said == label if said else is_own):
                yield value, around
            continue
        if kind in _LOOPS:
            is_own = False
            if not label:
                continue
        opened = find(node, around)
        stack.extend((child, opened, is_own) for child in reversed(node.named_children))
