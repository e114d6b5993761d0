"""What stands at a byte of a file: which kind of name, and what it must be asked of."""

from typing import Literal

import msgspec
from tree_sitter import Node, Tree

from cq.grammar.language import load_language
from cq.grammar.parse import parse_spans
from cq.grammar.trails import Trails
from cq.symbols.project import Project
from cq.symbols.python.expressions import Expressions
from cq.symbols.python.summarize import GRAMMAR
from cq.symbols.python.summary import Attribute, Call, Expression, Spread

_TRAIL = 7  # nodes above a name that are looked at
PlaceKind = Literal["name", "attribute", "keyword", "import", "module", "text", "pattern-keyword"]


class Place(msgspec.Struct, frozen=True):
    """A name in a file. `value` is the receiver of an attribute, or the call of a keyword argument."""

    kind: PlaceKind
    name: str
    at: int
    value: Expression = None
    module: str = ""  # of an import: the module as written; of a part of its name: that name up to here
    level: int = 0


class Places:
    """The names in the files of a project."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._texts: dict[tuple[str, int], Expression] = {}
        self._trails = Trails()

    def tree(self, path: str) -> tuple[Tree, bytes] | None:
        """The tree of a file and the bytes it is of, or None when the file cannot be read."""
        return self._project.trees.of(path, load_language(GRAMMAR))

    def text_expression(self, path: str, start: int, end: int) -> Expression:
        """The expression that a string of a file holds."""
        key = (path, start)
        if key not in self._texts:
            self._texts[key] = None
            parsed = self.tree(path)
            if parsed is not None:
                tree = parse_spans(load_language(GRAMMAR), parsed[1], [(start, end)])
                statement = tree.root_node.named_children[:1]
                if statement and statement[0].type == "expression_statement" and statement[0].named_child_count:
                    self._texts[key] = Expressions(parsed[1]).of(statement[0].named_children[0])
        return self._texts[key]

    def at(self, path: str, start: int) -> Place | None:
        """The name that begins at a byte, or None."""
        parsed = self.tree(path)
        if parsed is None or not 0 <= start < len(parsed[1]):
            return None
        tree, data = parsed
        return self._in(tree, data, path, start, True)

    def _in(self, tree: Tree, data: bytes, path: str, start: int, texts: bool) -> Place | None:
        trail = self._trails.up(tree.root_node, start, _TRAIL)[::-1]
        leaf = trail[-1]
        if leaf.type == "string_content" and texts:
            return self._in_text(data, path, trail, start)
        if leaf.type != "identifier" or leaf.start_byte != start:
            return None
        return _place(trail, data)

    def _in_text(self, data: bytes, path: str, trail: list[Node], start: int) -> Place | None:
        content = trail[-1]
        text = data[content.start_byte : content.end_byte]
        if len(text) > 400 or b"\n" in text:
            return None
        kinds = [node.type for node in trail]
        is_annotation = "type" in kinds or any(_takes_types(node, data) for node in trail)
        if is_annotation or text.replace(b".", b"").replace(b"_", b"").isalnum():
            tree = parse_spans(load_language(GRAMMAR), data, [(content.start_byte, content.end_byte)])
            if not tree.root_node.has_error:
                place = self._in(tree, data, path, start, False)
                if place is not None and is_annotation:
                    return place
            if content.start_byte == start and _is_word(text):
                return Place("text", text.decode(), start)
        return None


def _takes_types(node: Node, data: bytes) -> bool:
    """Whether strings in a subscription or call are types: `Union[int, "A"]`, `cast("A", b)`."""
    if node.type not in ("subscript", "call"):
        return False
    head = node.child_by_field_name("value" if node.type == "subscript" else "function")
    if head is None:
        return False
    last = data[head.start_byte : head.end_byte].rpartition(b".")[2]
    return last in (_GENERIC if node.type == "subscript" else _TYPE_CALLS)


_TYPE_CALLS = frozenset({b"cast", b"TypeVar", b"NewType", b"ForwardRef", b"assert_type"})
_GENERIC = frozenset(
    {b"Union", b"Optional", b"Callable", b"List", b"Dict", b"Type", b"Tuple", b"Set", b"Sequence", b"Iterable"}
    | {b"Mapping", b"MutableMapping", b"Iterator", b"Annotated", b"ClassVar", b"Awaitable", b"Generator", b"FrozenSet"}
    | {b"list", b"dict", b"tuple", b"set", b"frozenset", b"Generic", b"Collection", b"Coroutine"}
)


def _is_word(text: bytes) -> bool:
    return text.decode("utf-8", "replace").isidentifier()


def _place(trail: list[Node], data: bytes) -> Place | None:
    leaf = trail[-1]
    expressions = Expressions(data)
    name = expressions.text(leaf)
    start = leaf.start_byte
    parent = trail[-2] if len(trail) > 1 else None
    if parent is None:
        return Place("name", name, start)
    kind = parent.type
    above = [node.type for node in trail]
    if "import_from_statement" in above or "import_statement" in above or "future_import_statement" in above:
        return _imported(trail, expressions, name, start)
    if kind == "attribute" and parent.child_by_field_name("attribute") == leaf:
        owner = expressions.of(parent.child_by_field_name("object"))
        return Place("attribute", name, start, owner.value if isinstance(owner, Spread) else owner)  # `[*owner.name]`
    if kind == "member_type" and parent.named_children[-1] == leaf:
        return Place("attribute", name, start, expressions.of(parent.named_children[0]))
    if kind == "dotted_name" and parent.named_children[0] != leaf:  # in a pattern
        value = expressions.of(parent)
        for _ in range(len(parent.named_children)):
            if isinstance(value, Attribute) and value.name == name:
                return Place("attribute", name, start, value.value)
            value = value.value if isinstance(value, Attribute) else None
        return None
    if kind == "keyword_argument" and parent.child_by_field_name("name") == leaf:
        call = next((node for node in reversed(trail) if node.type == "call"), None)
        if call is not None:
            made = expressions.of(call)
            return Place("keyword", name, start, made if isinstance(made, Call) else None)
        return Place("keyword", name, start)
    if kind == "keyword_pattern" and parent.named_children[0] == leaf:
        of = next((node for node in reversed(trail) if node.type == "class_pattern"), None)
        known = expressions.of(of.named_children[0]) if of is not None else None
        return Place("pattern-keyword", name, start, known)
    return Place("name", name, start)


def _imported(trail: list[Node], expressions: Expressions, name: str, start: int) -> Place | None:
    place = next(i for i, node in enumerate(trail) if node.type.endswith(("import_statement", "import_from_statement")))
    statement, below = trail[place], trail[place + 1 :]
    dotted = next((node for node in below if node.type == "dotted_name"), None)
    source = statement.child_by_field_name("module_name")
    if dotted is None:  # the alias
        return Place("name", name, start)
    prefix = "".join(expressions.text(node) for node in dotted.children if node.start_byte <= start)
    if statement.type == "import_statement":
        return Place("module", name, start, module="".join(prefix.split()))
    text = "".join(expressions.text(source).split()) if source is not None else "__future__"
    level = len(text) - len(text.lstrip("."))
    if source is not None and source.start_byte <= start < source.end_byte:
        return Place("module", name, start, module="".join(prefix.split()), level=level)
    return Place("import", name, start, module=text.lstrip("."), level=level)
