"""Whether a `cfg` leaves an item out where most code is compiled: Linux, 64 bits, the usual features."""

import re
from collections.abc import Iterable
from functools import lru_cache

_SET = {
    "target_os": "linux",
    "target_family": "unix",
    "target_env": "gnu",
    "target_arch": "x86_64",
    "target_pointer_width": "64",
    "target_endian": "little",
    "target_vendor": "unknown",
    "panic": "unwind",
}
_HAS = frozenset({"8", "16", "32", "64", "ptr", "fxsr", "sse", "sse2"})
_WORDS = {"unix": True, "debug_assertions": True, "test": None, "doctest": None, "proc_macro": None}
_PARTS = re.compile(r'"[^"]*"|[(),]|[^(),"]+')
_CFG = re.compile(r"#!?\[\s*cfg\s*\(")
_SET_BY_SCRIPT = re.compile(rb"""rustc-cfg=(\w+)|\bemit\(\s*"(\w+)\"""")
# What a script sets for an old compiler, a nightly one, another system, or a tool that looks over the code as it runs.
_FOR_FEW = re.compile(
    r"(^|_)no_|nightly|unstable|needs?_|workaround|fallback|skip|omit|exempt|deny|san_|sanitize|miri|loom|fuzz|bench|test"
    r"|wasm|wasi|bsd|windows|apple|macos|android|thumb|arm|32|16"
)
_FLAG = "--cfg "
_EQUAL = re.compile(r'^(\w+)\s*=\s*"([^"]*)"$')


def flags_of_script(data: bytes, features_off: Iterable[str] = ()) -> frozenset[str]:
    """The flags that a build script sets where it finds what most have, each as a feature of a name that none has.

    A flag with the name of a feature that is off is off.
    """
    off = {name.replace("-", "_") for name in features_off}
    names = ((one or other).decode() for one, other in _SET_BY_SCRIPT.findall(data))
    return frozenset(_FLAG + name for name in names if name not in off and not _FOR_FEW.search(name))


@lru_cache(maxsize=10_000)
def is_off(attributes: str, features: frozenset[str] | None) -> bool:
    """Whether one of these attributes is a false condition. Without features all count as on."""
    return any(_value(each, features) is False for each in _conditions(attributes))


def is_false(condition: str, features: frozenset[str] | None) -> bool:
    """Whether a condition alone, as in `cfg_attr(condition, ..)`, is false for sure."""
    return _value(condition, features) is False


def conditions_in(text: str) -> str:
    """The `cfg` attributes within a text, as attributes; not those that a macro is handed."""
    return "".join(f"#[cfg({each})]" for each in _conditions(text) if "$" not in each)


def _conditions(text: str) -> list[str]:
    found = []
    for match in _CFG.finditer(text):
        depth, at = 1, match.end()
        while at < len(text) and depth:
            depth += {"(": 1, ")": -1}.get(text[at], 0)
            at += 1
        found.append(text[match.end() : at - 1])
    return found


def _value(condition: str, features: frozenset[str] | None) -> bool | None:
    """True, False, or None when it may be either. Iterative: each open bracket is one entry of the stack."""
    stack: list[tuple[str, list[bool | None]]] = [("all", [])]
    word = ""
    for part in [*_PARTS.findall(condition), ")"]:
        if part == "(":
            stack.append((word.strip(), []))
            word = ""
        elif part in (",", ")"):
            if word.strip():
                stack[-1][1].append(_atom(word.strip(), features))
            word = ""
            if part == ")" and len(stack) > 1:
                operator, values = stack.pop()
                stack[-1][1].append(_joined(operator, values))
        else:
            word += part
    return _joined("all", stack[0][1])


def _atom(text: str, features: frozenset[str] | None) -> bool | None:
    match = _EQUAL.match(text)
    if match is None:
        # A build script that looks for what compiler and system have finds it. What else it sets, or a flag, is mostly
        # not set: what an old compiler lacks, or a nightly one offers.
        return _WORDS.get(text, text.startswith("has_") or (features is not None and _FLAG + text in features))
    name, value = match.groups()
    if name == "feature":
        return features is None or value in features
    if name in ("target_has_atomic", "target_feature"):
        return value in _HAS
    return _SET[name] == value if name in _SET else None


def _joined(operator: str, values: list[bool | None]) -> bool | None:
    if operator == "not":
        value = values[0] if values else None
        return None if value is None else not value
    if operator == "any":
        return True if True in values else None if None in values else False
    return False if False in values else None if None in values else True
