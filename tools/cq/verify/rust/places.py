"""The tokens of Rust source, what brackets enclose, and the place each token stands in. No tree-sitter."""

from cq.verify.rust.lexer import tokens_of

_KEYWORDS = """
as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod
move mut pub ref return self static struct super trait true type unsafe use where while
"""
KEYWORDS = frozenset(_KEYWORDS.split())
CLOSING = {"(": ")", "[": "]", "{": "}"}


class RustTokens:
    """One file as tokens, each with the kind of place that it stands in."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.all = tokens_of(source)
        self.starts = [token.start for token in self.all]
        self.code = [token for token in self.all if token.kind not in ("comment", "shebang")]
        self.text = [token.text if token.kind != "string" else '"' for token in self.code]
        self.index_at = {token.start: index for index, token in enumerate(self.code)}
        count = len(self.code)
        self.partner = [-1] * count
        self.parent = [-1] * count
        self.place = [""] * count  # "type", "pattern", "parameter", "generic", "import" or "" for an expression
        self.brace: dict[int, str] = {}  # opening bracket -> what it encloses
        self.macro = [False] * count
        self._match_brackets()
        self._name_brackets()
        self._name_places()

    # Brackets

    def _match_brackets(self) -> None:
        stack: list[int] = []
        for index, text in enumerate(self.text):
            self.parent[index] = stack[-1] if stack else -1
            if self.code[index].kind == "punctuation":
                if text in CLOSING:
                    stack.append(index)
                elif text in ")]}":
                    while stack and CLOSING[self.text[stack[-1]]] != text:
                        stack.pop()
                    if stack:
                        opening = stack.pop()
                        self.partner[opening], self.partner[index] = index, opening
                        self.parent[index] = self.parent[opening]

    def _name_brackets(self) -> None:
        for index, text in enumerate(self.text):
            if text not in CLOSING or self.partner[index] < 0:
                continue
            before = self.at(index - 1)
            if (before == "#" and text == "[") or (before == "!" and self.at(index - 2) == "#" and text == "["):
                self.brace[index] = "attribute"
            elif (before == "!" and self.is_word(index - 2)) or self.at(index - 3) + self.at(
                index - 2
            ) == "macro_rules!":
                self.brace[index] = "macro"
            elif text == "{":
                self.brace[index] = self._brace_kind(index)
            if self.brace.get(index) in ("macro", "attribute"):
                flags = self.macro if self.brace[index] == "macro" else None
                for inside in range(index, self.partner[index]):
                    if flags is None:
                        self.place[inside] = "decorator"
                    else:
                        flags[inside] = True

    def _brace_kind(self, index: int) -> str:
        """What a `{` opens, from the words before it back to the last `;`, `,`, bracket or `=>`."""
        head: list[str] = []
        at = index - 1
        while at >= 0:
            text = self.text[at]
            if text in ")]}" and self.partner[at] >= 0:
                in_head = head[-1] in (".", "?", "else", ">") if head else self.at(self.partner[at] - 1) == "unsafe"
                if text == "}" and not in_head:
                    break
                at = self.partner[at] - 1
                head.append("()")
                continue
            if text in ("{", "(", "[", ";", "=>") or (text == "," and not self._in_header(at)):
                break
            head.append(text)
            at -= 1
        head.reverse()
        words = [word for word in head if word not in ("pub", "unsafe", "default", "auto", "crate", "#")]
        while len(words) > 1 and words[0] == "()":  # pub(crate), an attribute
            del words[0]
        first = words[0] if words else ""
        if "use" in words[:1]:
            return "use"
        if first in ("struct", "union") and len(words) > 1:
            return "fields"
        if first == "enum":
            return "variants"
        if first in ("impl", "trait", "mod", "extern") and "fn" not in words:
            return "items"
        if "fn" in words:
            return "block"
        if first in ("macro",):
            return "block"
        if "match" in words and words.index("match") < len(words) - 1:
            return "arms"
        if self._parent_kind(index) == "variants" and self.is_word(index - 1):
            return "fields"
        last = head[-1] if head else ""
        is_name = self.is_word(index - 1) and last not in KEYWORDS
        if not (is_name or last == ">"):
            return "block"
        if "let" in words and "=" not in words[words.index("let") :]:
            return "literal"
        if {"if", "while", "for", "match", "loop"} & set(words):
            return "block"
        name = self.text[index - 1].removeprefix("r#")
        return "literal" if last == ">" or name[:1].isupper() or self.at(index - 2) in ("::", "$") else "block"

    def _in_header(self, comma: int) -> bool:
        """Whether a comma stands between `<` and `>` or in a where clause: then a `{` behind ends an item's head."""
        at = comma - 1
        while at >= 0 and self.text[at] not in (";", "{", "}", "=>", "("):
            if self.text[at] in ("where", "struct", "enum", "fn", "trait", "impl", "union"):
                return True
            at = self.partner[at] - 1 if self.text[at] in ")]" and self.partner[at] >= 0 else at - 1
        return False

    def _parent_kind(self, index: int) -> str:
        return self.brace.get(self.parent[index], "")

    # Places

    def _name_places(self) -> None:
        for index, text in enumerate(self.text):
            if self.place[index] == "decorator":
                continue
            if text == "use" and self.at(index - 1) in ("", ";", "{", "}", "]", "pub", ")", "=>"):
                self._mark(index + 1, (";",), "import")
            elif text == "extern" and self.at(index + 1) == "crate":
                self._mark(index + 2, (";",), "import")
            elif text == "fn" and self.is_word(index + 1):
                self._function(index + 2)
            elif text == "fn" and self.at(index + 1) == "(" and self.place[index] != "type":
                self._type(index, (",", ";", "=", "{", ")", "]"))
            elif text in ("struct", "enum", "union", "trait", "type") and self.is_word(index + 1):
                self._item(index)
            elif text == "impl" and self.place[index] != "type":
                after = self._generics(index + 1)
                self._type(after, ("{", ";"))
            elif text in ("const", "static") and self.place[index] == "":
                at = index + 1 + (self.at(index + 1) in ("mut", "ref"))
                if self.at(at + 1) == ":":
                    self._type(at + 2, ("=", ";", ","))
            elif text == "let":
                self._pattern(index + 1, ("=", ";", ":", "else"), "pattern")
            elif text == "for" and self.at(index + 1) != "<" and self.place[index] != "type":
                self._pattern(index + 1, ("in",), "pattern")
            elif text == "as" and self.place[index] == "":
                self._cast(index + 1)
            elif text in ("|", "||") and self._closure_starts(index):
                at = index + 1
                if text == "|":
                    at = self._parameters(at, "|")
                if self.at(at) == "->":
                    self._type(at + 1, ("{",))
            elif text == "<" and self.place[index] == "" and (close := self.angle_close(index)) > 0:
                if self.at(index - 1) == "::" or not (self.is_word(index - 1) or self.at(index - 1) in (")", "]")):
                    self._type(index + 1, (), close)
            elif text == "{" and self.brace.get(index) == "arms":
                self._arms(index)
            elif text == "{" and self.brace.get(index) == "fields":
                self._fields(index)

    def _mark(self, start: int, stops: tuple[str, ...], place: str, limit: int = -1) -> int:
        """Give all tokens up to a stop at this depth the same place; returns where the stop is."""
        at = start
        limit = len(self.text) if limit < 0 else limit
        while at < limit:
            text = self.text[at]
            if text in stops or (text in (")", "]", "}") and self.partner[at] < start):
                break
            end = self.partner[at] if text in CLOSING and self.partner[at] > at else at
            for inside in range(at, min(end + 1, limit)):
                if self.place[inside] != "decorator":
                    self.place[inside] = place
            at = end + 1
        return at

    def _type(self, start: int, stops: tuple[str, ...], limit: int = -1) -> int:
        at, depth = start, 0
        limit = len(self.text) if limit < 0 else limit
        while at < limit:
            text = self.text[at]
            if depth <= 0 and (text in stops or text in (")", "]", "}")):
                break
            if text == "{" and depth <= 0 and self.brace.get(at) != "macro":
                break
            if text in ("<", ">"):
                depth += 1 if text == "<" else -1
                if depth < 0:
                    break
            if text in (";", "=>") and self.parent[at] == self.parent[start]:
                break
            end = at
            if text in CLOSING and self.partner[at] > at:
                end = self.partner[at]
                if text == "{":  # a block as an argument of generics
                    at = end + 1
                    continue
                semicolon = next((k for k in range(at, end) if self.text[k] == ";" and self.parent[k] == at), end)
                for inside in range(at, semicolon):
                    self._set(inside, "type")
                at = end + 1
                continue
            self._set(at, "type")
            at = end + 1
        return at

    def _set(self, index: int, place: str) -> None:
        if self.place[index] not in ("decorator", "import"):
            self.place[index] = place

    def _generics(self, start: int) -> int:
        """Mark `<...>` of an item: its parameters and their bounds; returns what stands behind."""
        if self.at(start) != "<" or (close := self.angle_close(start)) < 0:
            return start
        depth = 0
        for at in range(start, close):
            text = self.text[at]
            depth += (text in ("<", "(", "[", "{")) - (text in (">", ")", "]", "}"))
            if self.place[at] != "generic":
                self._set(at, "type")
            if depth == 1 and (text in ("<", ",")):
                name = at + 1 + (self.at(at + 1) == "const")
                while self.at(name) == "#":
                    name = self.partner[name + 1] + 1
                    name += self.at(name) == "const"
                if name < close:
                    self.place[name] = "generic"
        return close + 1

    def _function(self, start: int) -> None:
        at = self._generics(start)
        if self.at(at) != "(":
            return
        end = self.partner[at]
        if end < 0:
            return
        self._parameters(at + 1, ")")
        at = end + 1
        if self.at(at) == "->":
            at = self._type(at + 1, ("where", ";"))
        if self.at(at) == "where":
            self._type(at + 1, (";",))

    def _item(self, index: int) -> None:
        word = self.text[index]
        if self.place[index] == "type" or (word == "union" and self.at(index + 2) not in ("{", "<", "where")):
            return
        at = self._generics(index + 2)
        if word == "struct" and self.at(at) == "(":
            for inside in range(at, max(self.partner[at], at)):
                self._set(inside, "type")
            at = self.partner[at] + 1
        if self.at(at) in (":", "where", "="):
            at = self._type(at + 1, (";",))
        if word == "enum" and self.at(at) == "{":
            inside = at + 1
            while inside < self.partner[at]:
                if self.text[inside] == "(" and self.is_word(inside - 1) and self.parent[inside] == at:
                    for k in range(inside, max(self.partner[inside], inside)):
                        self._set(k, "type")
                inside += 1

    def _parameters(self, start: int, stop: str) -> int:
        at = start
        while at < len(self.text) and self.text[at] != stop:
            at = self._pattern(at, (":", ",", stop), "parameter")
            if self.at(at) == ":":
                at = self._type(at + 1, (",", stop))
            if self.at(at) == ",":
                at += 1
            elif self.at(at) != stop:
                break
        return at + 1

    def _pattern(self, start: int, stops: tuple[str, ...], place: str) -> int:
        at = self._mark(start, stops, place)
        if self.at(at) == ":" and place == "pattern":
            at = self._type(at + 1, ("=", ";", "else"))
        return at

    def _cast(self, at: int) -> None:
        while self.at(at) in ("*", "&", "const", "mut", "dyn", "&&"):
            self._set(at, "type")
            at += 1
        if self.at(at) in ("(", "[", "unsafe", "extern", "fn", "<", "impl"):
            self._type(at, ("=", ";", ",", "=>", ".", "==", "&&", "||", "?"))
            return
        while self.is_word(at) or self.at(at) in ("::", "$"):
            self._set(at, "type")
            at += 1
            if self.at(at) == "<" and self.text[at - 1][:1].isupper() and (close := self.angle_close(at)) > 0:
                self._type(at, (), close)
                at = close + 1
            if self.at(at) not in ("::",) and self.at(at - 1) not in ("::", "$"):
                break

    def _closure_starts(self, index: int) -> bool:
        if self.place[index] not in ("", "parameter"):
            return False
        before = self.at(index - 1)
        if before in (
            "move",
            "mut",
            "async",
            "static",
            "return",
            "else",
            "in",
            "=",
            "(",
            "[",
            "{",
            ";",
            "&&",
            ":",
            "+=",
            "&",
            "!",
        ):
            return not (before == "{" and self._parent_kind(index) == "arms")
        return (before in (",", "=>", "||") and self._parent_kind(index) != "arms") or before == "=>"

    def _arms(self, opening: int) -> None:
        at, end = opening + 1, self.partner[opening]
        while at < end:
            while self.at(at) == "#" and self.partner[at + 1] > 0:
                at = self.partner[at + 1] + 1
            at = self._mark(at, ("=>", "if"), "pattern", end)
            while at < end and self.text[at] != "=>":
                at = self.partner[at] + 1 if self.text[at] in CLOSING and self.partner[at] > at else at + 1
            at += 1
            if self.at(at) == "{" and self.brace.get(at) == "block" and self.partner[at] > at:
                at = self.partner[at] + 1
                if self.at(at) in (".", "?", "as", "==", "&&", "||", "+"):
                    at = self._skip_to_comma(at, end)
                elif self.at(at) == ",":
                    at += 1
                continue
            at = self._skip_to_comma(at, end)

    def _skip_to_comma(self, at: int, end: int) -> int:
        while at < end and self.text[at] != ",":
            if self.text[at] == "|" and self._closure_starts(at):
                at += 1
                while at < end and self.text[at] != "|":
                    at = self.partner[at] + 1 if self.text[at] in CLOSING and self.partner[at] > at else at + 1
            if self.text[at] == "::" and self.at(at + 1) == "<" and (close := self.angle_close(at + 1)) > 0:
                at = close
            was_match = self.text[at] == "{" and self.brace.get(at) in ("arms", "block")
            at = self.partner[at] + 1 if self.text[at] in CLOSING and self.partner[at] > at else at + 1
            # A block-like expression ends an arm without a comma.
            if was_match and self.at(at) not in (
                ",",
                ".",
                "?",
                "else",
                "as",
                "+",
                "==",
                "&&",
                "||",
                "}",
                ")",
                "|",
                "-",
            ):
                return at
        return at + 1

    def _fields(self, opening: int) -> None:
        at, end = opening + 1, self.partner[opening]
        while at < end:
            while at < end and not (self.text[at] == ":" and self.parent[at] == opening):
                at += 1
            at = self._type(at + 1, (",",), end) + 1

    def angle_close(self, opening: int) -> int:
        """The `>` that ends a list of types, or -1 when the `<` compares."""
        at, depth = opening, 0
        while at < len(self.text):
            text = self.text[at]
            if text == "<":
                depth += 1
            elif text == ">":
                depth -= 1
                if depth == 0:
                    return at
            elif text in CLOSING:
                if self.partner[at] < at:
                    return -1
                at = self.partner[at]
            elif text in (";", ")", "]", "}", "&&", "||", "=="):
                return -1
            at += 1
        return -1

    # Questions about a token

    def at(self, index: int) -> str:
        """The text of a token; "" outside the file."""
        return self.text[index] if 0 <= index < len(self.text) else ""

    def is_word(self, index: int) -> bool:
        """Whether the token is an identifier or a keyword."""
        return 0 <= index < len(self.code) and self.code[index].kind == "word"
