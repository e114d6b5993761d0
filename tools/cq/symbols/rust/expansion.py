"""Items that macros of the project make: calls between items, expanded, with names at the places they came from."""

import bisect
from collections.abc import Callable, Sequence

from tree_sitter import Language

from cq.grammar.parse import parse_text
from cq.symbols.rust.macro_rules import MOST_TOKENS, Rule, Token, expanded, rules_of, tokens_of
from cq.symbols.rust.model import Def
from cq.symbols.rust.summarizer import RustSummarizer
from cq.symbols.rust.summary import Item

_LONGEST_CALL = 60_000
_MOST_IN_FUNCTION = 400  # tokens: what is larger is no expression
_MOST_NESTED = 24  # groups within each other in which macros are called
_MOST_CALLS_DEEP = 256  # macros that call one another; the compiler stops at 128 unless a crate asks for more
_MOST_WRITTEN = 200_000  # tokens that the macros which one call leads to write in all
_WITH_ITEMS = frozenset({"trait", "impl", "mod", "extern"})


class _Level:
    """The tokens of one group on their way from `waiting`, which has its first token last, to `done`."""

    def __init__(self, waiting: list[Token], depth: int) -> None:
        self.waiting = waiting
        self._made = [(-1, depth)]  # how many tokens wait behind what a macro made, and how deep that call was
        self.done: list[Token] = []
        self.head = ""  # the word that tells what kind of item it is that began

    def depth(self) -> int:
        """How many calls in one another led to the next token."""
        while len(self.waiting) <= self._made[-1][0]:
            self._made.pop()
        return self._made[-1][1]

    def write(self, made: Sequence[Token], depth: int) -> None:
        """Put what a call made in its place."""
        self._made.append((len(self.waiting), depth))
        self.waiting.extend(reversed(made))

    def calls_macro(self) -> bool:
        """Whether the next tokens are `name!` and a group."""
        if len(self.waiting) < 3 or not self.waiting[-1].text.isidentifier():
            return False
        return self.waiting[-2].text == "!" and self.waiting[-3].inner is not None


class MacroExpander:
    """Expands calls of one project's macros."""

    def __init__(self, language: Language, read: Callable[[str], bytes | None]) -> None:
        self._language = language
        self._summarizer = RustSummarizer(language)
        self._read = read
        self._rules: dict[Def, tuple[Rule, ...]] = {}
        self._made: dict[tuple[str, int, str, int], list[Item]] = {}

    def items(self, macro: Def, path: str, call: Item, find: Callable[[str], Def | None]) -> list[Item]:
        """The items that a call in a file makes; `find` gives the macros that it calls in turn.

        Their offsets are -1, but those of names that stand in that file.
        """
        key = (macro.path, macro.item.start, path, call.start)
        if key not in self._made:  # a file may be a module of several crates
            self._made[key] = self._items(macro, path, call, find)
        return self._made[key]

    def _items(self, macro: Def, path: str, call: Item, find: Callable[[str], Def | None]) -> list[Item]:
        rules = self._rules_of(macro)
        if not rules or not 0 < call.end - call.start < _LONGEST_CALL:
            return []
        data = self._read(path) or b""
        text = data[call.start : call.end].decode("utf-8", "replace")
        tokens = tokens_of(text[text.find("!") + 1 :], True)
        group = next((each for each in tokens if each.inner is not None), None)
        if group is None or group.inner is None:
            return []
        made = expanded(rules, group.inner)
        if not made:
            return []
        made = self._in_turn(made, find)
        crate = macro.crate
        name = crate.name if crate is not None else "crate"
        written, starts, sources = _written(made, name)
        encoded = written.encode()
        tree, _ = parse_text(self._language, encoded)
        items = self._summarizer.items_of(tree.root_node, encoded)
        bang = text.find("!") + 1
        shift = call.start + len(text[:bang].encode())
        rest = text[bang:]
        to_bytes = (lambda at: at) if rest.isascii() else (lambda at: len(rest[:at].encode()))
        self._place(items, starts, sources, lambda at: shift + to_bytes(at))
        return items

    def text(self, macro: Def, call: str) -> str:
        """What a call within a function makes, as text."""
        rules = self._rules_of(macro)
        group = next((each for each in tokens_of(call[call.find("!") + 1 :], True) if each.inner is not None), None)
        made = expanded(rules, group.inner) if rules and group is not None and group.inner is not None else None
        if not made or len(made) > _MOST_IN_FUNCTION:
            return ""
        return _written(made, macro.crate.name if macro.crate is not None else "", bodies=True)[0]

    def _in_turn(self, tokens: Sequence[Token], find: Callable[[str], Def | None]) -> list[Token]:
        """The tokens with the macro calls between items replaced by what they make, also in traits, impls and modules.

        Macros that take a list apart call themselves once for each token, so what counts is not how often they are
        called but how much all of that writes.
        """
        left = _MOST_WRITTEN
        levels: list[_Level] = [_Level(list(reversed(tokens)), 0)]
        while True:
            level = levels[-1]
            if not level.waiting:
                levels.pop()
                if not levels:
                    return level.done
                outer = levels[-1]
                group = outer.waiting.pop()
                outer.done.append(group._replace(inner=tuple(level.done)))
                outer.head = ""
                continue
            token = level.waiting[-1]
            depth = level.depth()
            macro = find(token.text) if depth < _MOST_CALLS_DEEP and level.calls_macro() else None
            call = level.waiting[-3].inner if macro is not None else None
            made = expanded(self._rules_of(macro), call) if macro is not None and call is not None else None
            if made is not None:
                left -= len(made)
                if left < 0:
                    return []
                ends = len(level.waiting) > 3 and level.waiting[-4].text == ";"
                del level.waiting[-4 if ends else -3 :]
                level.write(made, depth + 1)
            elif token.text == "{}" and token.inner and level.head in _WITH_ITEMS and len(levels) < _MOST_NESTED:
                levels.append(_Level(list(reversed(token.inner)), depth))
            else:
                level.done.append(level.waiting.pop())
                if token.text in (";", "{}"):
                    level.head = ""
                elif token.text in _WITH_ITEMS or token.text == "fn":
                    level.head = level.head or token.text

    def _rules_of(self, macro: Def) -> tuple[Rule, ...]:
        known = self._rules.get(macro)
        if known is None:
            data = self._read(macro.path) if macro.path else None
            text = (data or b"")[macro.item.start : macro.item.end].decode("utf-8", "replace")
            known = rules_of(text) if len(text) < _LONGEST_CALL else ()
            self._rules[macro] = known
        return known

    def _place(
        self, items: Sequence[Item], starts: list[int], sources: list[Token], offset: Callable[[int], int]
    ) -> None:
        """Turn the offsets of the written text into those of the call's file."""
        stack = list(items)
        while stack:
            item = stack.pop()
            stack.extend(item.items)
            index = bisect.bisect_right(starts, item.name_start) - 1
            source = sources[index] if index >= 0 and item.name_end else None
            item.start = item.end = -1
            if source is not None and source.of_call and source.start >= 0:
                item.name_start = offset(source.start)
                item.name_end = item.name_start + len(source.text.encode())
            else:
                item.name_start = item.name_end = -1


def _written(tokens: Sequence[Token], crate: str, bodies: bool = False) -> tuple[str, list[int], list[Token]]:
    """The text of tokens; where each begins in it (in bytes), and which it is."""
    parts: list[str] = []
    starts: list[int] = []
    sources: list[Token] = []
    at = 0
    stack: list[tuple[Sequence[Token], int, bool]] = [(tokens, 0, False)]
    closers: list[str] = []

    def put(text: str, token: Token) -> None:
        nonlocal at
        starts.append(at)
        sources.append(token)
        parts.append(text)
        at += len(text.encode()) + 1

    while stack and len(parts) < 4 * MOST_TOKENS:
        within, index, in_function = stack.pop()
        if index >= len(within):
            if closers:
                put(closers.pop(), Token("", -1, False))
            continue
        token = within[index]
        following = within[index + 1] if index + 1 < len(within) else None
        is_body = in_function and token.text == "{}"
        if token.text == "fn" and following is not None and following.text[0].isidentifier():
            in_function = True
        elif token.text == ";" or is_body:
            in_function = False
        is_nothing = token.text == "<" and following is not None and following.text == ">"
        if is_nothing and within[index - 1 : index][:1] != () and within[index - 1].text == "impl":
            stack.append((within, index + 2, in_function))  # the grammar knows no `impl<>`
            continue
        stack.append((within, index + 1, in_function))
        if token.inner is not None:
            put(token.text[0], token)
            closers.append(token.text[1])
            # Nobody asks for names in the body of a function that a macro makes.
            stack.append((() if is_body and not bodies else token.inner, 0, False))
        elif token.text == "$crate":
            put("crate" if not crate else f"::{crate}", token)
        else:
            put(token.text, token)
    return " ".join(parts), starts, sources
