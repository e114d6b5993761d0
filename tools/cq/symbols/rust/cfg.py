"""Whether a `cfg` leaves an item out where most code is compiled: Linux, 64 bits, every feature."""

import re

_FALSE = re.compile(
    r'^(?:windows|target_os\s*=\s*"(?!linux").*"|target_family\s*=\s*"(?!unix").*"|target_env\s*=\s*"(?!gnu").*"'
    r'|target_arch\s*=\s*"(?!x86_64").*"|target_pointer_width\s*=\s*"(?!64").*"|target_endian\s*=\s*"big"'
    r"|loom|miri|fuzzing|bootstrap|doc|docsrs)$",
    re.DOTALL,
)
_TRUE = re.compile(r'^(?:unix|target_os\s*=\s*"linux"|target_family\s*=\s*"unix"|target_pointer_width\s*=\s*"64")$')
_PARTS = re.compile(r'"[^"]*"|[(),]|[^(),"]+')


def is_off(attributes: str) -> bool:
    """Whether one of these attributes, or a condition alone, is false for sure."""
    if "cfg" not in attributes and attributes.startswith("#"):
        return False
    if not attributes.startswith("#"):
        return _value(attributes) is False
    return any(_value(each) is False for each in _conditions(attributes))


def _conditions(attributes: str) -> list[str]:
    found = []
    for match in re.finditer(r"#!?\[\s*cfg\s*\(", attributes):
        depth, at = 1, match.end()
        while at < len(attributes) and depth:
            depth += {"(": 1, ")": -1}.get(attributes[at], 0)
            at += 1
        found.append(attributes[match.end() : at - 1])
    return found


def _value(condition: str) -> bool | None:
    """True, False, or None when it may be either. Iterative: each open bracket is one entry of the stack."""
    stack: list[tuple[str, list[bool | None]]] = [("all", [])]
    word = ""
    for part in [*_PARTS.findall(condition), ")"]:
        if part == "(":
            stack.append((word.strip(), []))
            word = ""
        elif part in (",", ")"):
            if word.strip():
                stack[-1][1].append(_atom(word.strip()))
            word = ""
            if part == ")" and len(stack) > 1:
                operator, values = stack.pop()
                stack[-1][1].append(_joined(operator, values))
        else:
            word += part
    return _joined("all", stack[0][1])


def _atom(text: str) -> bool | None:
    if _TRUE.match(text):
        return True
    return False if _FALSE.match(text) else None


def _joined(operator: str, values: list[bool | None]) -> bool | None:
    if operator == "not":
        value = values[0] if values else None
        return None if value is None else not value
    if operator == "any":
        return True if True in values else None if None in values else False
    return False if False in values else None if None in values else True
