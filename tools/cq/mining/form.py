"""A place in a file to the form of the idiom there: its text with holes, and what ast-grep needs to find it again.

The text is that of the place, so it reads as code does; holes are metavariables, comments are left out.
"""

from hashlib import blake2b
from typing import NamedTuple

from tree_sitter import Node

from cq.mining.normalize import Trace
from cq.mining.table import DROP, FIXED, HOLE, LITERAL, NAME, WORD, Table

_LETTERS = {"id": "ABCDEFGHIJKLMNOPQR", "type": "TUVWXYZ", "string": "S", "number": "N", "other": "O", "lifetime": "L"}
_HOLE = "$$$"
# Of what stands in a hole.
_TEXT_BYTES = 60
_BRACKETS = "([{"
_OPENING = (b"(", b"[", b"{")
_CLOSING = (b")", b"]", b"}")
# In a signature a node begins with `(kind` and ends with this.
END = "(/)"


class Variable(NamedTuple):
    """One hole of a form."""

    name: str  # without its dollars
    leaf: str  # its class: id, type, string ...; "many" for any number of nodes, "whole" for one that is not told
    kinds: tuple[str, ...]  # that a node may have which stands there
    text: str  # what stands there where the form was made


class Form(NamedTuple):
    """What an idiom looks like."""

    text: str
    kind: str
    variables: tuple[Variable, ...]
    words: tuple[str, ...]  # texts that are told, in order
    signature: tuple[str, ...]  # tokens with holes by class: the same for any place of the idiom
    annotated: str = ""  # the text with the comments that tell a tool something, when there are any
    separated: str = ""  # the text with the tokens that a line end does for, where they stand between two nodes

    def digest(self, family: str, level: str) -> str:
        """What tells this idiom from all others, whatever file it was found in."""
        text = "\0".join((family, level, self.kind, *self.signature))
        return blake2b(text.encode(), digest_size=16).hexdigest()


def is_instance(general: tuple[str, ...], special: tuple[str, ...]) -> bool:
    """Whether what has the second signature is an instance of the first: holes take any word, or any such node."""
    at = 0
    for token in general:
        if at >= len(special):
            return False
        there = special[at]
        if token.startswith("$$$("):
            kind = token[4:-1]
            if there == token:
                at += 1
            elif there == f"({kind}":
                at = _behind(special, at)
            else:
                return False
        elif token.startswith("$"):
            if there.startswith("(") or there == END:
                return False
            at += 1
        elif there == token:
            at += 1
        else:
            return False
    return at == len(special)


def _behind(signature: tuple[str, ...], at: int) -> int:
    depth = 0
    while True:
        token = signature[at]
        at += 1
        if token == END:
            depth -= 1
            if not depth:
                return at
        elif token.startswith("("):
            depth += 1


class FormMaker:
    """Makes forms of the nodes of one file, whose walk left a trace."""

    def __init__(self, table: Table, source: bytes, trace: Trace, level: str) -> None:
        self._table = table
        self._source = source
        self._trace = trace
        self._level = level

    def form(self, node: Node) -> Form:
        """The form of one anchor. Its size bounds what there is to do."""
        making = _Making(self._table, self._source, self._trace, self._level)
        making.take(node)
        annotated = separated = None
        if making.has_annotation:
            annotated = _Making(self._table, self._source, self._trace, self._level, annotated=True)
            annotated.take(node)
        if making.has_separator:
            separated = _Making(self._table, self._source, self._trace, self._level, separated=True)
            separated.take(node)
        indent = _indent(self._source, node.start_byte)
        return Form(
            text=making.text(indent),
            kind=node.type,
            variables=tuple(making.variables),
            words=tuple(making.words),
            signature=tuple(making.signature),
            annotated=annotated.text(indent) if annotated is not None else "",
            separated=separated.text(indent) if separated is not None else "",
        )


class _Making:
    """One form while it is made."""

    def __init__(
        self,
        table: Table,
        source: bytes,
        trace: Trace,
        level: str,
        annotated: bool = False,
        separated: bool = False,
    ) -> None:
        self._table = table
        self._source = source
        self._trace = trace
        self._level = level
        self._annotated = annotated
        self._separated = separated
        self.has_annotation = self.has_separator = False
        self._separators: set[int] = set()  # first bytes of what stands between two nodes
        self._trailing: set[int] = set()  # and of commas that stand behind the last one
        self.pieces: list[bytes] = []
        self.variables: list[Variable] = []
        self.words: list[str] = []
        self.signature: list[str] = []
        self._by_text: dict[tuple[str, bytes], str] = {}
        self._used: dict[str, int] = {}
        self._end = -1
        self._dropping = False
        self._ended = False  # by a token that was left out
        self._open = b""  # the brackets around what comes next
        self._commas: list[int] = []  # that stood in each

    def take(self, top: Node) -> None:
        # Iterative: a stack of nodes, each with the nodes around it that have the same span.
        stack: list[tuple[Node | None, tuple[str, ...], bool]] = [(top, (), True)]
        while stack:
            node, around, is_top = stack.pop()
            if node is None:
                self.signature.append(END)
                continue
            kind = node.kind_id
            if node.is_extra and self._table.actions[kind] == DROP:
                if self._table.annotations is not None and self._table.annotations.search(self._text(node)):
                    self.has_annotation = True
                    if self._annotated:
                        self._put(node, self._text(node))
                        continue
                self._gap(node.start_byte)
                self._end = node.end_byte
                # The line that only held the comment goes with it.
                self._dropping = True
                continue
            action = self._table.actions[kind]
            flags = self._table.special[kind]
            span = (node.start_byte, node.end_byte, kind)
            is_hole = bool(flags & HOLE) and (
                span in self._trace.holes or (self._level == "skeleton" and not is_top and _holds(self._table, node))
            )
            if is_hole:
                self._many(node, self._table.holes[kind], around)
            elif action == WORD:
                self._word(node, around)
            elif action == LITERAL:
                self._literal(node, around)
            elif action == DROP and self._open[-1:] != b"(" and self._text(node) in self._table.optional:
                separates = node.start_byte in self._separators
                self.has_separator |= separates
                if separates and self._separated:
                    self._put(node, self._text(node))
                else:
                    self._leave_out(node)
            elif node.start_byte in self._trailing:
                # A pattern without it finds both.
                self._gap(node.start_byte)
                self._end = node.end_byte
            elif action in (NAME, DROP, FIXED) or not node.children:
                text = self._text(node)
                self._put(node, text)
                if action == NAME:
                    self.words.append(text.decode("utf-8", "replace"))
                if action != DROP:
                    self.signature.append(text.decode("utf-8", "replace"))
            else:
                children = node.children
                self.signature.append(f"({node.type}")
                stack.append((None, (), False))
                self._note_trailing(kind, children)
                followed = False
                for child in reversed(children):
                    if child.is_named:
                        followed = followed or not child.is_extra
                    elif followed:
                        self._separators.add(child.start_byte)
                    same = child.start_byte == node.start_byte and child.end_byte == node.end_byte
                    stack.append((child, (*around, node.type) if same and not is_top else (), False))

    def _note_trailing(self, kind: int, children: list[Node]) -> None:
        """Note a comma between the last of some nodes and the bracket behind it, unless it is what makes a tuple."""
        *inner, closing = (child for child in children if not child.is_extra)
        if inner and inner[-1].type == "," and not closing.is_named:
            commas = sum(child.type == "," for child in inner)
            is_list = _HOLE in self._table.holes.get(kind, "")  # any number of nodes, one or none too
            if is_list or commas > 1 or closing.type not in (")", "]"):
                self._trailing.add(inner[-1].start_byte)

    def text(self, indent: int) -> str:
        """What was made, as if it stood at the beginning of a line."""
        return _dedented(b"".join(self.pieces).decode("utf-8", "replace").rstrip(), indent)

    def _text(self, node: Node) -> bytes:
        return self._source[node.start_byte : node.end_byte]

    def _gap(self, start: int, text: bytes = b"") -> None:
        if self._end >= 0:
            gap = self._source[self._end : start]
            if self._ended:
                self._ended = False
                # Nothing has to stand between it and what closes the block.
                gap = gap if b"\n" in gap or text in _CLOSING else b"\n"
            if self._dropping:
                # Of the white space before and after a comment one break is enough.
                before = self.pieces.pop() if self.pieces and self.pieces[-1].isspace() else b""
                last = next((piece for piece in reversed(self.pieces) if piece), b"")
                opened = last in (b"(", b"[") or text in (b")", b"]")
                gap = gap if b"\n" in gap else before + gap if b"\n" in before else b"" if opened else b" "
                self._dropping = False
            if b"\n" in gap and self._open and self._open[-1] in b"([":
                gap = b"" if self.pieces[-1] in _OPENING or text in _CLOSING or text[:1] == b"." else b" "
                if text in _CLOSING and self.pieces[-1] == b"," and self._commas[-1] > 1:
                    self.pieces.pop()  # a comma at the end of a line goes with the line
            self.pieces.append(gap)

    def _leave_out(self, node: Node) -> None:
        """Pass over a token that a line end does for, so that the pattern is found with it and without."""
        self._gap(node.start_byte)
        self._end = node.end_byte
        self._ended = True

    def _put(self, node: Node, text: bytes) -> None:
        self._gap(node.start_byte, text)
        self.pieces.append(text)
        self._end = node.end_byte
        if text in _OPENING:
            self._open += text
            self._commas.append(0)
        elif text in _CLOSING and self._open:
            self._open = self._open[:-1]
            self._commas.pop()
        elif text == b"," and self._open:
            self._commas[-1] += 1

    def _word(self, node: Node, around: tuple[str, ...]) -> None:
        text = self._text(node)
        if node.start_byte not in self._trace.words:
            self._put(node, text)
            if text not in self._table.plain:
                self.words.append(text.decode("utf-8", "replace"))
            self.signature.append(text.decode("utf-8", "replace"))
            return
        leaf = self._table.file.leaves[node.type]
        name = self._by_text.get((leaf, text)) if self._level == "semantic" else None
        if name is None:
            name = self._by_text[leaf, text] = self._variable(leaf, around, text)
        self._put(node, b"$" + name.encode())
        self.signature.append(f"${name}")

    def _literal(self, node: Node, around: tuple[str, ...]) -> None:
        text = self._text(node)
        kept = text.replace(b"'", b'"') in self._table.literals and self._level in ("semantic", "skeleton")
        if kept or self._level == "concrete":
            self._put(node, text)
            self.signature.append(text.decode("utf-8", "replace").replace("'", '"'))
            return
        name = self._variable(self._table.file.leaves[node.type], around, text)
        self._put(node, b"$" + name.encode())
        self.signature.append(f"${name}")

    def _many(self, node: Node, template: str, around: tuple[str, ...]) -> None:
        self.signature.append(f"$$$({node.type})")
        if _HOLE not in template:
            name = self._variable("whole", (node.type, *around), self._text(node), template[1:])
            self._put(node, b"$" + name.encode())
            return
        text = self._text(node)
        name = self._variable("many", (), text)
        if template[0] in _BRACKETS and text[:1].decode("ascii", "replace") in _BRACKETS:
            # One kind may have several brackets: those of the place.
            template = text[:1].decode() + template[1:-1] + text[-1:].decode()
        self._put(node, template.replace(_HOLE, _HOLE + name).encode())

    def _variable(self, leaf: str, around: tuple[str, ...], text: bytes, name: str = "MORE") -> str:
        stands = text[:_TEXT_BYTES].decode("utf-8", "replace")
        if leaf in ("many", "whole"):
            count = self._used[name] = self._used.get(name, 0) + 1
            name = name if count == 1 else f"{name}{count}"
            self.variables.append(Variable(name, leaf, around, stands))
            return name
        letters = _LETTERS[leaf]
        count = self._used.get(leaf, 0)
        self._used[leaf] = count + 1
        turn, place = divmod(count, len(letters))
        name = letters[place] + (str(turn) if turn else "")
        kinds = tuple(kind for kind, of in self._table.file.leaves.items() if of == leaf)
        self.variables.append(Variable(name, leaf, tuple(dict.fromkeys((*kinds, *around))), stands))
        return name


def _holds(table: Table, node: Node) -> bool:
    return any(table.actions[child.kind_id] != DROP for child in node.children)


def _indent(source: bytes, start: int) -> int:
    line = source.rfind(b"\n", 0, start) + 1
    text = source[line:start]
    return len(text) - len(text.lstrip(b" \t"))


def _dedented(text: str, indent: int) -> str:
    first, *rest = text.split("\n")
    lines = [first.rstrip()]
    for line in rest:
        lead = len(line) - len(line.lstrip(" \t"))
        lines.append(line[min(lead, indent) :].rstrip())
    return "\n".join(line for place, line in enumerate(lines) if line or not place)
