"""Which roles a name of Rust source may have, judged by the tokens around it: knows nothing of tree-sitter."""

import bisect
import re

from cq.verify.rust.lexer import Token
from cq.verify.rust.places import KEYWORDS, RustTokens

_FRAGMENTS = """
block expr ident item lifetime literal meta pat pat_param path stmt tt ty vis expr_2021
"""
FRAGMENTS = frozenset(_FRAGMENTS.split())
_PRIMITIVES = """
bool char str u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f16 f32 f64 f128
"""
PRIMITIVES = frozenset(_PRIMITIVES.split())
FORMATTING = frozenset(
    ["format", "format_args", "print", "println", "eprint", "eprintln", "panic", "write", "writeln", "unreachable"]
)
FENCE = re.compile(r"[ \t]*(?://[/!]|/?\*+!?)?\s*(?:```|~~~)[`~]*(.*)")
DOC = re.compile(r"///(?!/)|//!|/\*\*(?![*/])|/\*!")
_TAGS = r"rust|rs|ignore|ignore-\w+|no_run|should_panic|compile_fail|edition20\d\d|test_harness|E\d+"
RUST_TAG = re.compile(rf"\s*(?:(?:|{_TAGS})(?:[, ]\s*|$))*\s*\r?")


class RustFile(RustTokens):
    """One file, of which the role of each word can be asked."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        # Comment -> where each line of its documentation begins, and what a word in it may be.
        self._examples: dict[int, list[tuple[int, str]]] = {}

    def roles(self, start: int, end: int) -> tuple[frozenset[str], bool]:
        """The roles that cq may give the word at these bytes, and whether it stands in a macro's tokens."""
        token = self.all[max(0, bisect.bisect_right(self.starts, start) - 1)]
        if not token.start <= start < token.end:
            return frozenset(("reference", "unparsed")), False
        if token.kind in ("comment", "shebang"):
            return frozenset(self._comment_roles(token, start).split()), False
        index = self.index_at[token.start]
        if token.kind in ("string", "char"):
            if token.kind == "string" and self.macro[index] and self._in_braces(start, end):
                # Whether a macro formats is known of the standard ones only.
                return frozenset(("reference",) if self._formats(index) else ("reference", "string")), True
            return frozenset(("string",)), False
        if token.kind == "number":
            return frozenset(("reference",)), False
        if token.kind == "lifetime":
            if self.place[index] == "decorator":
                return frozenset(("decorator",)), False
            declared = self.place[index] == "generic" or (self.at(index - 1) in ("<", ",") and self._in_for(index))
            # Among the tokens of a macro `'static` may be a quote and a keyword.
            is_word = self.macro[index] and self.source[start:end] in ("static", "_")
            roles = ("reference", "keyword") if is_word else ("reference",)
            return frozenset(("parameter",) if declared else roles), self.macro[index]
        return frozenset(self._word_roles(index).split()), self.macro[index]

    def _in_braces(self, start: int, end: int) -> bool:
        """Whether a word in a string stands as `{word}`, `{word:` or `word$` does."""
        if self.source[start:end].isdigit():
            return False
        before = self.source[max(0, start - 40) : start]
        braces = len(before) - len(before.rstrip("{"))
        if self.source[end : end + 1] == "$":
            return "{" in before
        if before.removesuffix("{").endswith("\\u"):
            return False  # a character by its number
        return braces % 2 == 1 and self.source[end : end + 1] in ("}", ":")

    def _formats(self, index: int) -> bool:
        """Whether the string at this index is the first of a macro of the standard library that formats."""
        opening = self.parent[index]
        if opening < 0 or self.at(opening - 1) != "!" or self.at(opening - 2) not in FORMATTING:
            return False
        return '"' not in self.text[opening:index]

    def _in_for(self, index: int) -> bool:
        while index > 0 and self.text[index] != "<":
            index -= 1
        return self.at(index - 1) == "for"

    def _comment_roles(self, token: Token, start: int) -> str:
        if not DOC.match(token.text):
            return "comment"
        if token.start not in self._examples:
            self._read_examples(token)
        lines = self._examples[token.start]
        index = bisect.bisect_right(lines, start, key=lambda line: line[0]) - 1
        return lines[index][1] if index >= 0 else "comment"

    def _read_examples(self, token: Token) -> None:
        """Note for all comments of one documentation which of their lines are in an example."""
        position = bisect.bisect_left(self.starts, token.start)
        lines: list[tuple[int, str]] = []
        comments = [token]
        if token.text.startswith("/*"):
            begin = token.start
            for line in token.text.splitlines(keepends=True):
                lines.append((begin, line))
                begin += len(line)
        else:
            marker = token.text[:3]
            while position > 0 and self._goes_on(self.all[position - 1], marker):
                position -= 1
            comments = []
            while position < len(self.all) and self._goes_on(self.all[position], marker):
                if DOC.match(self.all[position].text):
                    comments.append(self.all[position])
                position += 1
            lines = [(each.start, each.text) for each in comments]
        judged: list[tuple[int, str]] = []
        opened = ours = False
        for begin, line in lines:
            fence = FENCE.match(line)
            # Of which other languages there are examples is not known here.
            inside = "doc-example" if ours else "doc-example comment"
            judged.append((begin, inside if opened and not fence else "comment"))
            if fence:
                ours = not opened and RUST_TAG.fullmatch(fence.group(1)) is not None
                opened = not opened
        for each in comments:
            self._examples[each.start] = judged

    @staticmethod
    def _goes_on(token: Token, marker: str) -> bool:
        """Whether a documentation goes on with this token: a plain `// FIXME` between its lines does not end it."""
        if DOC.match(token.text):
            return token.text.startswith(marker)
        return token.text.startswith("//")

    def _word_roles(self, index: int) -> str:
        text, before, after = self.text[index], self.at(index - 1), self.at(index + 1)
        name = text.removeprefix("r#")
        capital = name[:1].isupper()
        place = self.place[index]
        if place == "decorator" and self.macro[index] and before == "$":
            return "parameter reference decorator"
        if place == "decorator" and self.macro[index] and text in FRAGMENTS and self.at(index - 3) == "$":
            return "keyword decorator"
        if place == "decorator":
            return "decorator keyword" if text in KEYWORDS else "decorator"
        if place == "import":
            return "import keyword" if text in KEYWORDS else "import"
        if text == "_":
            if before == "const" and self.at(index - 2) != "*":
                return "keyword definition"
            # Whether the tokens of a macro are a pattern, a type or an expression is not known here.
            return "keyword type reference" if self.macro[index] else "keyword type assignment"
        if before == "$":
            return "reference parameter" if text != "crate" else "reference keyword"
        if before == ":" and self.at(index - 3) == "$" and self.macro[index] and text in FRAGMENTS:
            return "keyword"
        if self.macro[index] and text in PRIMITIVES and after != "::":
            return "type reference"
        if text in KEYWORDS:
            return self._keyword_roles(index)
        if before == "fn":
            return "definition"
        if before in ("struct", "enum", "trait", "mod", "macro") and place != "pattern":
            return "definition"
        if before == "type" and self.at(index - 2) != ".":
            return "definition"
        if before == "union" and after in ("{", "<", "where"):
            return "definition"
        if text == "union" and self.is_word(index + 1) and self.at(index + 2) in ("{", "<", "where"):
            return "keyword"
        if before == "!" and self.at(index - 2) == "macro_rules":
            return "definition"
        if text == "macro_rules" and after == "!":
            return "keyword"
        if text in ("default", "auto", "raw", "macro", "yield", "try", "box", "gen") and self.is_word(index + 1):
            return "keyword reference"
        if before in ("const", "static") or (before in ("mut", "ref") and self.at(index - 2) == "static"):
            if place == "generic":
                return "parameter"
            if after in (":", "=") and place != "type":
                return "definition"
        if (after == "!" and self.at(index + 2) in ("(", "[", "{")) or (after == "!" and self.is_word(index + 2)):
            return "macro"
        if place == "generic":
            return "parameter"
        if self._parent_kind(index) == "fields" and after == ":" and place != "type":
            return "definition"
        if self._parent_kind(index) == "variants" and place != "type" and before in ("{", ",", "]"):
            return "definition"
        if after == ")" and self._is_called_in_parentheses(index):
            return "call"
        if before == "." and place not in ("pattern", "parameter", "type"):
            return self._member_roles(index)
        if after == "::":
            if self.at(index + 2) == "<" and place != "type":
                close = self.angle_close(index + 2)
                if close > 0 and self.at(close + 1) == "(":
                    return "reference" if place == "pattern" else "call"
                if close > 0 and self.at(close + 1) == "{":
                    return "type"
                if close > 0 and self.at(close + 1) != "::":
                    return "reference"
            if place == "type" and self.at(index + 2) == "<":
                return "type"
            return "type" if capital else "reference"
        if place == "type":
            if after == ":" and not self._is_bounded(index):
                return "type parameter"
            return "type"
        if place in ("pattern", "parameter"):
            return self._pattern_roles(index, capital, "assignment" if place == "pattern" else "parameter")
        return self._expression_roles(index, capital)

    def _is_called_in_parentheses(self, index: int) -> bool:
        """Whether `(a.b)(...)` calls this name."""
        opening = self.parent[index]
        if opening < 0 or self.at(self.partner[opening] + 1) != "(" or self.place[index]:
            return False
        path = self.text[opening + 1 : index]
        return (
            opening == 0 or not (self.is_word(opening - 1) or self.text[opening - 1] in ("!", ">", ")", "]", "?"))
        ) and all(text in (".", "::") or text.replace("#", "").isidentifier() for text in path)

    def _is_bounded(self, index: int) -> bool:
        return self.parent[index] < 0 or self.text[self.parent[index]] != "("

    def _keyword_roles(self, index: int) -> str:
        text, after = self.text[index], self.at(index + 1)
        if text == "self":
            return "parameter" if self.place[index] == "parameter" else "reference keyword"
        if text in ("crate", "super"):
            return "keyword reference"
        return "keyword macro" if after == "!" else "keyword"

    def _member_roles(self, index: int) -> str:
        after = self.at(index + 1)
        if after == "(":
            return "call"
        if after == "::" and self.at(index + 2) == "<":
            return "call"
        if after == "=" or (len(after) == 2 and after[1] == "=" and after[0] in "-+*/%^&|") or after == "<<=":
            return "assignment attribute" if self._is_dereferenced(index) else "assignment"
        return "attribute"

    def _is_dereferenced(self, index: int) -> bool:
        """Whether a `*` stands before the whole of `a.b.c`."""
        at = index - 1
        while at >= 0 and (self.text[at] in (".", "?") or self.is_word(at) or self.text[at] in (")", "]")):
            at = self.partner[at] - 1 if self.text[at] in (")", "]") and self.partner[at] >= 0 else at - 1
        return self.at(at) == "*"

    def _pattern_roles(self, index: int, capital: bool, binding: str) -> str:
        before, after = self.at(index - 1), self.at(index + 1)
        nested = binding if self.parent[index] < 0 or binding == "assignment" else "parameter assignment"
        if after == "(":
            return "reference"
        if after == "{":
            return "type"
        if after == ":" and self._braces_in_pattern(index):
            return "attribute"
        if capital and before in ("let", "mut") and self.at(index - 2) not in ("if", "while", "&&"):
            return "assignment reference"
        if after == "<":
            return "type"
        if before == "::" or before in ("..", "..=", "...") or after in ("..", "..=", "..."):
            return "reference"
        if capital and after != "@":
            return "reference"
        return nested

    def _braces_in_pattern(self, index: int) -> bool:
        around = self.parent[index]
        return around >= 0 and self.text[around] == "{" and self.place[around] in ("pattern", "parameter")

    def _expression_roles(self, index: int, capital: bool) -> str:
        before, after = self.at(index - 1), self.at(index + 1)
        if after == "(":
            return "call"
        kind = self._parent_kind(index)
        if kind == "literal" and before in ("{", ",", "]"):
            if after == ":":
                return "attribute"
            if after in (",", "}"):
                return "reference"
        if after == "{" and self.brace.get(index + 1) == "literal":
            return "type"
        if after == "<" and capital and self.angle_close(index + 1) > 0:
            return "type reference"
        if before == "::":
            return "reference"
        compound = (len(after) == 2 and after[1] == "=" and after[0] in "-+*/%^&|") or after == "<<="
        if after == "=" or compound or (after == ">" and self.at(index + 2) == ">="):
            # Beneath an operator (`*x = 1`) or in a list of a destructuring the name itself is read.
            return (
                "assignment"
                if before in (";", "{", "}", "=>", "(", "|", ",", ")", "else", "]")
                else "assignment reference"
            )
        return "reference"
