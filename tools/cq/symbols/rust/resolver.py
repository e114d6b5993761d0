"""What a name of a Rust project refers to."""

import re
from collections import OrderedDict
from collections.abc import Iterable

from tree_sitter import Language, Node

from cq.grammar.language import load_language
from cq.rows.resolution import Resolution, Target
from cq.symbols.project import Project, Summaries
from cq.symbols.resolver import CallPlace
from cq.symbols.rust.answers import Answers
from cq.symbols.rust.lowering import Context
from cq.symbols.rust.model import Def
from cq.symbols.rust.queries import aliases_in, definitions_named, renamed_in
from cq.symbols.rust.scopes import SCOPE_KINDS, Scope
from cq.symbols.rust.source import NAMED_ITEMS, SourceFile
from cq.symbols.rust.summarizer import RustSummarizer
from cq.symbols.rust.summary import FileSummary
from cq.symbols.rust.targets import Targets
from cq.symbols.rust.world import World

_LANGUAGE = "rust"
_KEPT_FILES = 48
_MOST_EXPANSIONS = 8  # of macros within each other
_STEPS = 4_000  # expressions looked at for one question
_WORD = re.compile(r"\w+")
_OF_TYPE = re.compile(rb"\b(?:struct|enum|union)\s+\Z")
_NAME_IN_STRING = re.compile(rb"\{([^\W\d]\w*)[:}]")
_ITEM_KINDS = NAMED_ITEMS | {"impl_item"}
_CALLS = ("expression_statement", "macro_invocation")
_IN_BLOCK = _ITEM_KINDS | {"use_declaration", "macro_definition", "extern_crate_declaration"}


class RustResolver:
    """Answers over one project. The project's definitions are loaded with the first question."""

    follows_values = False

    def __init__(self, project: Project, summaries: Summaries[FileSummary] | None = None) -> None:
        self._project = project
        self._language: Language = load_language("tree_sitter_rust")
        self._summarizer = RustSummarizer(self._language)
        self._summaries = summaries or Summaries(project, self._summarizer)
        self._loaded: World | None = None
        self._files: OrderedDict[str, SourceFile] = OrderedDict()
        self._targets = Targets(project)

    def definitions_at(self, path: str, start_byte: int) -> tuple[Resolution, ...]:
        """What the name that begins at this byte refers to, the best first."""
        world = self._world()
        file = self._file(path)
        if file is None or not 0 <= start_byte < len(file.data):
            return ()
        chain = file.chain(start_byte)
        if not chain:
            return ()
        world.inference.steps_left = _STEPS
        made = world.made_at.get(path, {}).get(start_byte)
        if made is not None:
            target = self._targets.of(made)
            return (Resolution(target=target, confidence="certain", reason="definition"),)
        if chain[-1].start_byte != start_byte:
            in_string = _name_in_braces(file.data, start_byte)
            kinds = {node.type for node in chain}
            if in_string is None or "string_content" not in kinds or "token_tree" not in kinds:
                return ()
            scope = self._scope_at(file, chain)
            return Answers(world, self._targets).in_string(scope, start_byte, in_string[1].decode("utf-8", "replace"))
        scope = self._scope_at(file, chain)
        return Answers(world, self._targets).at(file, chain, scope)

    def calls_in(self, path: str, start_byte: int, end_byte: int) -> list[CallPlace]:
        """None: in Rust names tell what is called, but for closures."""
        return []

    def callees_at(self, path: str, start_byte: int, end_byte: int, implicit: str = "") -> tuple[Resolution, ...]:
        """Nothing: values are not followed."""
        return ()

    def named(self, qualified_name: str) -> tuple[Target, ...]:
        """The definitions that a qualified name, or its last parts, may mean."""
        world = self._world()
        self._look_into_bodies(qualified_name)
        found: dict[tuple[str, int, str], Target] = {}
        for each in definitions_named(world, qualified_name):
            target = self._targets.of(each)
            found.setdefault((target.path, target.start_byte, target.qualified_name), target)
        return tuple(found.values())

    def _look_into_bodies(self, qualified_name: str) -> None:
        """Make the definitions of that name in bodies of functions known, and types there, which may have a member."""
        words = _WORD.findall(qualified_name)
        if not words:
            return
        wanted = re.compile(rb"%s\b" % re.escape(words[-1].encode()))
        for path in self._project.files_with(words[-1], _LANGUAGE):
            summary = self._summaries.of(path)
            data = self._project.read(path) if summary is not None and summary.inner else None
            if summary is None or data is None:
                continue
            starts = [start for start in summary.inner if wanted.match(data, start) or _is_type(data, start)]
            file = self._file(path) if starts else None
            if file is not None:
                for chain in filter(None, map(file.chain, starts)):
                    self._scope_at(file, chain)

    def aliases(self, path: str, target: Target) -> Iterable[str]:
        """Other names of the target in a file: those of `use .. as`, and `Self` for a type."""
        summary = self._summaries.of(path)
        return aliases_in(summary, target) if summary is not None else ()

    def renamed(self, target: Target) -> Iterable[str]:
        """The names other than its own by which files may know the target, whoever gave them."""
        summaries = (self._summaries.of(path) for path in self._project.paths(_LANGUAGE))
        return sorted(renamed_in((each for each in summaries if each is not None), target.name))

    def _world(self) -> World:
        if self._loaded is None:
            self._loaded = World(self._project, _LANGUAGE, self._summaries)
            self._loaded.inference.scope_for = self._scope_for
            self._loaded.inference.expand = self._expanded
        return self._loaded

    def _file(self, path: str) -> SourceFile | None:
        file = self._files.get(path)
        if file is None:
            if path not in self._world().modules_of:
                return None
            data = self._project.read(path)
            if data is None:
                return None
            file = self._files[path] = SourceFile(path, data, self._language)
            if len(self._files) > _KEPT_FILES:
                self._files.popitem(last=False)
                self._world().inference.forget()
                for each in self._files.values():
                    each.scopes.clear()
        self._files.move_to_end(path)
        return file

    def _scope_at(self, file: SourceFile, chain: list[Node]) -> Scope:
        module = _main_module(self._world().modules_of[file.path])
        scope = file.scopes.get(chain[0].id)
        if not isinstance(scope, Scope):
            scope = Scope(chain[0], None, Context(module), file)
            file.scopes[chain[0].id] = scope
        for node in chain[1:]:
            kind = node.type
            if kind in SCOPE_KINDS or kind in _ITEM_KINDS:
                scope = self._scope_for(node, scope)
        return scope

    def _expanded(self, call: Node, scope: Scope) -> Scope | None:
        """The scope of what a call of a project's macro makes, or None."""
        macro_node = call.child_by_field_name("macro")
        known = scope.file.scopes.get(call.id, self)
        if known is not self or macro_node is None:
            return known if isinstance(known, Scope) else None
        world = self._world()
        scope.file.scopes[call.id] = None
        macro = world.macro_of(scope.context.scope, scope.file.text(macro_node))
        text = world.expander.text(macro, scope.file.text(call)) if macro is not None else ""
        if not text or scope.file.expansions > _MOST_EXPANSIONS:
            return None
        made = SourceFile("", f"{text};".encode(), self._language)
        made.expansions = scope.file.expansions + 1
        if made.tree.root_node.has_error:
            return None
        expansion = Scope(made.root, scope, scope.context, made)
        expansion.at_outside = call.start_byte
        scope.file.scopes[call.id] = expansion
        return expansion

    def _scope_for(self, node: Node, outer: Scope) -> Scope:
        """The scope that a node opens, or the outer one."""
        file = outer.file
        known = file.scopes.get(node.id)
        if isinstance(known, Scope):
            return known
        kind = node.type
        context = outer.context
        world = self._world()
        if kind in _ITEM_KINDS:
            definition = world.at.get(file.path, {}).get(node.start_byte)
            if definition is not None:
                is_module = definition.table is not None
                context = Context(definition) if is_module else world.lowering.context_of(definition)
        elif _may_hold_items(kind, context, outer) and _holds_items(node, file.data):
            items = self._summarizer.items_of(node, file.data)
            parent: Def = context.owner or context.scope
            if context.scope.kind == "block":
                parent = context.scope
            context = context._replace(scope=world.block(items, parent, file.path, node.start_byte))
        elif kind not in SCOPE_KINDS:
            return outer
        scope = Scope(node, outer, context, file)
        file.scopes[node.id] = scope
        return scope


def _is_type(data: bytes, start: int) -> bool:
    """Whether the word before a name makes a type of it that has members."""
    return _OF_TYPE.search(data, max(0, start - 20), start) is not None


def _name_in_braces(data: bytes, start: int) -> re.Match[bytes] | None:
    """The name that begins at a byte of a format string. Two braces are one that is text."""
    braces = len(data[:start]) - len(data[max(0, start - 40) : start].rstrip(b"{")) - max(0, start - 40)
    return _NAME_IN_STRING.match(data, start - 1) if braces % 2 else None


def _may_hold_items(kind: str, context: Context, outer: Scope) -> bool:
    """Whether a node is a block of a function. What a macro between items holds belongs to the module."""
    if kind == "block" and outer.node.type != "source_file":
        return True
    is_in_function = context.owner is not None and context.owner.kind in ("function", "method")
    return kind in ("block", "source_file") and is_in_function


def _holds_items(block: Node, data: bytes) -> bool:
    """Whether items stand in a block, or a macro that makes a static of what it is handed."""
    return any(
        child.type in _IN_BLOCK
        or (child.type in _CALLS and data.find(b"static ", child.start_byte, child.end_byte) >= 0 and _is_call(child))
        for child in block.named_children
    )


def _is_call(node: Node) -> bool:
    inner = node.named_children[0] if node.type == "expression_statement" and node.named_child_count else node
    return inner.type == "macro_invocation"


def _main_module(modules: list[Def]) -> Def:
    """Of the modules that a file is: that of the library or program, then one that is no root of its own."""
    return min(modules, key=lambda each: (each.crate is None or each.crate.kind not in ("lib", "bin"), not each.parent))
