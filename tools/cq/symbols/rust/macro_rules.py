"""`macro_rules!` by example: match the tokens of a call, and write what the macro makes of them.

Tokens keep where they stand, so that a name that was handed to a macro is found in the call. Soft: what does not match
makes nothing. Bounded: by tokens and by nesting.
"""

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple, Union

_LEX = re.compile(
    r"//[^\n]*|/\*.*?\*/|b?r(#*)\".*?\"\1|b?\"(?:\\.|[^\"\\])*\"|b?'(?:\\.[^']*|[^'\\])'|'\w+|r#\w+|\w+|::|->|=>|\.\.=|"
    r"\.\.\.|\.\.|&&|\|\||<<=|>>=|[-+*/%^&|<>=!]=|[^\s\w]",
    re.DOTALL,
)
_OPEN = {"(": ")", "[": "]", "{": "}"}
_IDENTIFIER = re.compile(r"(?:r#)?[^\W\d]\w*$")
_EXPRESSIONS = frozenset({"expr", "expr_2021"})
_WORDS_IN_EXPRESSIONS = frozenset(
    (
        *("as", "async", "await", "box", "break", "const", "continue", "do", "dyn", "else", "fn", "for", "gen", "if"),
        *("impl", "in", "let", "loop", "match", "move", "mut", "raw", "ref", "return", "static", "try", "unsafe"),
        *("where", "while", "yield"),
    )
)
_MOST_DEPTH = 40
MOST_TOKENS = 20_000


class Token(NamedTuple):
    """One token. A group has its brackets as text and what stands between them in `inner`."""

    text: str
    start: int  # in its file, in characters of the text that was read; -1: made up
    of_call: bool  # whether it stands in the call, not in the macro
    inner: "tuple[Token, ...] | None" = None
    end: int = -1  # where the closing bracket stands


Bound = Union[tuple[Token, ...], "list[Bindings]"]
Bindings = dict[str, Bound]


class Rule(NamedTuple):
    """One arm of a macro."""

    matcher: tuple[Token, ...]
    body: tuple[Token, ...]


def tokens_of(text: str, of_call: bool) -> tuple[Token, ...]:
    """The tokens of a text, those in brackets within each other."""
    stack: list[tuple[str, int, list[Token]]] = [("", 0, [])]
    count = 0
    for match in _LEX.finditer(text):
        token = match[0]
        count += 1
        if count > MOST_TOKENS:
            return ()
        if token.startswith(("//", "/*")):
            continue
        if token in _OPEN:
            stack.append((token, match.start(), []))
            if len(stack) > _MOST_DEPTH:
                return ()
        elif token in (")", "]", "}"):
            opening, start, inner = stack.pop()
            if not stack or _OPEN.get(opening) != token:
                return ()
            stack[-1][2].append(Token(opening + token, start, of_call, tuple(inner), match.start()))
        else:
            stack[-1][2].append(Token(token, match.start(), of_call))
    return tuple(stack[0][2]) if len(stack) == 1 else ()


def rules_of(text: str) -> tuple[Rule, ...]:
    """The arms of `macro_rules! name { (..) => {..}; }`."""
    tokens = tokens_of(text, False)
    groups = [each for each in tokens if each.inner is not None]
    if not groups or groups[-1].inner is None:
        return ()
    found = []
    inner = groups[-1].inner
    at = 0
    while at + 2 < len(inner):
        matcher, arrow, body = inner[at : at + 3]
        if matcher.inner is None or arrow.text != "=>" or body.inner is None:
            break
        found.append(Rule(matcher.inner, body.inner))
        at += 3
        if at < len(inner) and inner[at].text == ";":
            at += 1
    return tuple(found)


def expanded(rules: Sequence[Rule], call: Sequence[Token]) -> list[Token] | None:
    """What the first arm that fits makes of a call."""
    for rule in rules:
        bindings: Bindings = {}
        if _matches(rule.matcher, tuple(call), bindings) == len(call):
            made: list[Token] = []
            return made if _write(rule.body, bindings, made, 0) else None
    return None


# Matching


def _matches(
    matcher: tuple[Token, ...], given: tuple[Token, ...], bindings: Bindings, depth: int = 0, at: int = 0
) -> int:
    """How far a matcher takes the tokens from `at` on; -1 when it does not fit."""
    i = 0
    if depth > _MOST_DEPTH:
        return -1
    while i < len(matcher):
        token = matcher[i]
        if token.text == "$" and i + 1 < len(matcher):
            following = matcher[i + 1]
            if following.inner is not None:
                i, at = _repetition(matcher, i, given, at, bindings, depth)
                if at < 0:
                    return -1
                continue
            if i + 3 < len(matcher) and matcher[i + 2].text == ":":
                until = matcher[i + 4].text if i + 4 < len(matcher) else ""
                end = _fragment(matcher[i + 3].text, given, at, until)
                if end < 0:
                    return -1
                bindings[following.text] = given[at:end]
                at = end
                i += 4
                continue
        if at >= len(given):
            return -1
        actual = given[at]
        if token.inner is not None:
            if actual.inner is None or actual.text != token.text:
                return -1
            if _matches(token.inner, actual.inner, bindings, depth + 1) != len(actual.inner):
                return -1
        elif actual.text != token.text:
            return -1
        at += 1
        i += 1
    return at


def _repetition(
    matcher: tuple[Token, ...], i: int, given: tuple[Token, ...], at: int, bindings: Bindings, depth: int
) -> tuple[int, int]:
    """The place behind a `$( .. ) sep op` in the matcher, and the place behind what it takes."""
    inner = matcher[i + 1].inner
    assert inner is not None
    i += 2
    separator = ""
    if i < len(matcher) and matcher[i].text not in ("*", "+", "?"):
        separator = matcher[i].text
        i += 1
    operator = matcher[i].text if i < len(matcher) else "*"
    i += 1
    rounds: list[Bindings] = []
    while at < len(given) or not rounds:
        begin = at
        if rounds and separator:
            if at >= len(given) or given[at].text != separator:
                break
            begin = at + 1
        if at >= len(given) and not (rounds and separator):
            break
        one: Bindings = {}
        end = _matches(inner, given, one, depth + 1, begin)
        if end < 0 or end == at:
            break
        rounds.append(one)
        at = end
        if operator == "?":
            break
    if operator == "+" and not rounds:
        return i, -1
    for name in _names(inner):
        bindings[name] = rounds
    return i, at


def _names(tokens: Sequence[Token]) -> list[str]:
    found = []
    stack = [tokens]
    while stack:
        each = stack.pop()
        for one, other, third in zip(each, [*each[1:], None], [*each[2:], None, None], strict=False):
            if one.text == "$" and other is not None and third is not None and third.text == ":":
                found.append(other.text)
            if one.inner is not None:
                stack.append(one.inner)
    return found


def _fragment(kind: str, given: tuple[Token, ...], at: int, until: str) -> int:
    """The end of a fragment that begins at a token; -1 when there is none."""
    if kind == "vis":
        if at < len(given) and given[at].text == "pub":
            at += 1
            if at < len(given) and given[at].text == "()":
                inner = given[at].inner or ()
                if inner and inner[0].text in ("crate", "super", "self", "in"):
                    at += 1
        return at
    if at >= len(given):
        return -1
    token = given[at]
    if kind == "ident":
        return at + 1 if _IDENTIFIER.match(token.text) and token.inner is None else -1
    if kind in ("tt", "lifetime"):
        return at + 1 if kind == "tt" or token.text.startswith("'") else -1
    if kind == "literal":
        if token.text == "-":
            at, token = at + 1, given[at + 1] if at + 1 < len(given) else token
        is_literal = token.text[:1].isdigit() or token.text[-1:] in ('"', "'") or token.text in ("true", "false")
        return at + 1 if is_literal else -1
    if kind == "block":
        return at + 1 if token.text == "{}" else -1
    if kind == "item":
        return _item_end(given, at)
    ends = {
        "expr": (",", ";", "=>"),
        "expr_2021": (",", ";", "=>"),
        "stmt": (";", "=>", ","),
        "pat": ("=>", ",", "=", "if", "in"),
        "pat_param": ("=>", ",", "=", "if", "in", "|"),
        "meta": (",", ";"),
    }.get(kind, (",", ";", "=>", "=", "|", "{}", ":", "as", "where"))
    depth = 0
    start = at
    while at < len(given):
        text = given[at].text
        if kind in ("ty", "path"):
            if depth == 0 and text in (until, ">"):
                break
            depth += {"<": 1, ">": -1}.get(text, 0)
        elif text == "|" and (at == start or given[at - 1].text in ("move", "=", "return")):
            at = _behind(given, at, "|", "|")  # the parameters of a closure
            continue
        elif text == "<" and at > start and given[at - 1].text == "::":
            at = _behind(given, at, "<", ">")
            continue
        if depth == 0 and text in ends:
            break
        if kind in _EXPRESSIONS and at > start and _is_operand(text) and _is_operand(given[at - 1].text):
            break  # no operator between them: the expression ends here
        at += 1
    return at if at > start else -1


def _is_operand(text: str) -> bool:
    return (text[0].isalnum() or text[0] in '_"') and text not in _WORDS_IN_EXPRESSIONS


def _behind(given: tuple[Token, ...], at: int, opening: str, closing: str) -> int:
    """The place behind what such marks enclose."""
    depth = 0
    while at < len(given):
        text = given[at].text
        if text == closing and depth:
            depth -= 1
        elif text == opening:
            depth += 1
        at += 1
        if depth == 0:
            break
    return at


def _item_end(given: tuple[Token, ...], at: int) -> int:
    if given[at].text not in _ITEM_WORDS and given[at].text != "#":
        return -1
    while at < len(given):
        if given[at].text in (";", "{}"):
            return at + 1
        at += 1
    return -1


_ITEM_WORDS = frozenset(
    {
        "pub",
        "fn",
        "struct",
        "enum",
        "union",
        "trait",
        "impl",
        "mod",
        "const",
        "static",
        "type",
        "use",
        "unsafe",
        "extern",
        "async",
        "macro_rules",
    }
)

# Writing


def _write(body: Sequence[Token], bindings: Bindings, out: list[Token], depth: int) -> bool:
    """Write a body with its names replaced. False when that is too much, or a name has no value."""
    i = 0
    if depth > _MOST_DEPTH:
        return False
    while i < len(body):
        token = body[i]
        if len(out) > MOST_TOKENS:
            return False
        following = body[i + 1] if i + 1 < len(body) else None
        if token.text == "$" and following is not None:
            if following.inner is not None and following.text == "()":
                i, done = _write_repetition(body, i, bindings, out, depth)
                if not done:
                    return False
                continue
            value = bindings.get(following.text)
            if isinstance(value, tuple):
                out.extend(value)
                i += 2
                continue
            if following.text == "crate":
                out.append(Token("$crate", -1, False))
                i += 2
                continue
        if token.inner is not None:
            inner: list[Token] = []
            if not _write(token.inner, bindings, inner, depth + 1):
                return False
            out.append(token._replace(inner=tuple(inner)))
        else:
            out.append(token)
        i += 1
    return True


def _write_repetition(
    body: Sequence[Token], i: int, bindings: Bindings, out: list[Token], depth: int
) -> tuple[int, bool]:
    inner = body[i + 1].inner
    assert inner is not None
    i += 2
    separator: Token | None = None
    if i < len(body) and body[i].text not in ("*", "+", "?"):
        separator = body[i]
        i += 1
    i += 1
    used = _used(inner)
    rounds = [value for name in used if isinstance(value := bindings.get(name), list)]
    if not rounds:
        return i, False
    for index in range(max(map(len, rounds))):
        scope = dict(bindings)
        for each in rounds:
            if index < len(each):
                scope.update(each[index])
        if index and separator is not None:
            out.append(separator)
        if not _write(inner, scope, out, depth + 1):
            return i, False
    return i, True


def _used(tokens: Sequence[Token]) -> list[str]:
    found = []
    stack = [tokens]
    while stack:
        each = stack.pop()
        for one, other in itertools.pairwise(each):
            if one.text == "$" and other.inner is None:
                found.append(other.text)
        stack.extend(one.inner for one in each if one.inner is not None)
    return found
