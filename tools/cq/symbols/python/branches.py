"""Which branches never run where code is read today: conditions on the interpreter, as type checkers see them."""

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec
from tree_sitter import Node

from cq.symbols.python.summary import Scope

# The versions in use. A condition on which they differ says nothing.
_OLDEST, _NEWEST = (3, 11), (3, 13)
_CHECKING = re.compile(rb"(?:\w+\.)*TYPE_CHECKING\Z")
_VERSION = re.compile(
    rb"(?:\w+\.)?version_info(\[0\]|\.major|)\s*(>=|>|<=|<|==|!=)\s*\(?\s*(\d+)\s*(?:,\s*(\d+))?[\d,\s]*\)?\Z"
)
_PLATFORM = re.compile(rb"(?:sys\.)?platform\s*(==|!=)\s*[\"'](\w+)[\"']\Z")
_PLATFORM_STARTS = re.compile(rb"(?:sys\.)?platform\.startswith\([\"'](\w+)[\"']\)\Z")
_SYSTEM = re.compile(rb"os\.name\s*(==|!=)\s*[\"'](\w+)[\"']\Z")
# Without one of these no condition of a file tells anything.
WORDS = (b"TYPE_CHECKING", b"version_info", b"platform", b"os.name", b"if False", b"if 0:")


def never_run(node: Node, data: bytes) -> Iterator[tuple[int, int]]:
    """The branches of an `if` statement that never run, from byte to byte."""
    taken = False
    for condition, body in _branches(node):
        value = True if condition is None else _value(data[condition.start_byte : condition.end_byte])
        if body is not None and (taken or value is False):
            yield body.start_byte, body.end_byte
        taken = taken or value is True


def mark_dead(scopes: Sequence[Scope], dead: Sequence[tuple[int, int]]) -> None:
    """Mark what is bound in branches that never run, each in the scope in which the branch stands."""
    for scope in scopes:
        own = [(start, end) for start, end in dead if scope.body <= start < scope.end]
        if own:
            scope.bindings = [
                msgspec.structs.replace(each, is_dead=True)
                if any(start <= each.at < end for start, end in own)
                else each
                for each in scope.bindings
            ]


def _branches(node: Node) -> Iterator[tuple[Node | None, Node | None]]:
    yield node.child_by_field_name("condition"), node.child_by_field_name("consequence")
    for each in node.children_by_field_name("alternative"):
        if each.type == "elif_clause":
            yield each.child_by_field_name("condition"), each.child_by_field_name("consequence")
        else:
            yield None, each.child_by_field_name("body")


def _value(text: bytes) -> bool | None:
    """True or False when that is so wherever the code is read; else None."""
    text = text.strip()
    while text.startswith(b"(") and text.endswith(b")") and text.count(b"(") == 1:
        text = text[1:-1].strip()
    if b" or " in text:
        parts = [_value(part) for part in text.split(b" or ")]
        return True if True in parts else None if None in parts else False
    if b" and " in text:
        parts = [_value(part) for part in text.split(b" and ")]
        return False if False in parts else None if None in parts else True
    if text.startswith(b"not "):
        value = _value(text[4:])
        return None if value is None else not value
    if _CHECKING.match(text):
        return True
    if text in (b"False", b"0"):
        return False
    return _version(text) if b"version_info" in text else _system(text)


def _version(text: bytes) -> bool | None:
    match = _VERSION.match(text)
    if match is None:
        return None
    given = (int(match[3]), int(match[4])) if match[4] and not match[1] else (int(match[3]),)
    width = 1 if match[1] else 2
    compare = _COMPARISONS[match[2]]
    answers = {compare(each[:width], given) for each in (_OLDEST, (3, 12), _NEWEST)}
    return answers.pop() if len(answers) == 1 else None


def _system(text: bytes) -> bool | None:
    if match := _PLATFORM_STARTS.match(text):
        return b"linux".startswith(match[1])
    for pattern, own in ((_PLATFORM, b"linux"), (_SYSTEM, b"posix")):
        if match := pattern.match(text):
            return (match[2] == own) == (match[1] == b"==")
    return None


_COMPARISONS: dict[bytes, Callable[[tuple[int, ...], tuple[int, ...]], bool]] = {
    b">=": lambda own, given: own >= given,
    b">": lambda own, given: own > given,
    b"<=": lambda own, given: own <= given,
    b"<": lambda own, given: own < given,
    b"==": lambda own, given: own == given,
    b"!=": lambda own, given: own != given,
}
