"""From the place of a name to its answers: what kind of place it is, and who is asked."""

from collections.abc import Sequence

import msgspec
from tree_sitter import Node

from cq.rows.resolution import Confidence, Resolution
from cq.symbols.rust.impls import Hit
from cq.symbols.rust.infer import Spent
from cq.symbols.rust.lowering import Context
from cq.symbols.rust.model import Def, external
from cq.symbols.rust.paths import real_module
from cq.symbols.rust.results import METHODS, Results, merged
from cq.symbols.rust.scopes import Binding, Scope
from cq.symbols.rust.source import NAME_KINDS, NAMED_ITEMS
from cq.symbols.rust.targets import Targets, qualified_name
from cq.symbols.rust.ty import Ty
from cq.symbols.rust.types import PathType, generics_of_text, type_of_text
from cq.symbols.rust.world import World

_MOST_CANDIDATES = 20
_SCOPED = ("scoped_identifier", "scoped_type_identifier")
_GENERIC = ("generic_type", "generic_type_with_turbofish")
_NAMED = NAMED_ITEMS | {"macro_definition", "enum_variant", "field_declaration"}
_TYPE_PARAMETERS = ("type_parameter", "const_parameter")
_NAMESPACES = ("type", "value", "macro")


class Answers:
    """Answers for one question."""

    def __init__(self, world: World, targets: Targets) -> None:
        self._world = world
        self._targets = targets
        self._results = Results(world, targets)

    def at(self, file: object, chain: list[Node], scope: Scope) -> tuple[Resolution, ...]:
        """What the last node of the chain refers to."""
        leaf = chain[-1]
        kind = leaf.type
        if (
            kind not in NAME_KINDS
            or len(chain) < 2
            or (kind == "integer_literal" and chain[-2].type != "field_expression")
        ):
            return ()
        parent = chain[-2]
        name = scope.file.text(leaf).removeprefix("r#")
        if parent.type in _NAMED and parent.child_by_field_name("name") == leaf:
            return self._definition(scope, parent, leaf, name)
        kinds = {node.type for node in chain}
        if "macro_definition" in kinds:
            return self._in_macro_body(chain, scope, name)
        if "token_tree" in kinds and chain[-2].type == "token_tree":
            return self._in_tokens(chain, scope, name)
        if parent.type in ("label", "lifetime", "lifetime_parameter"):
            return ()
        if parent.type in _TYPE_PARAMETERS and parent.child_by_field_name("name") == leaf:
            return self._parameter(scope, name, leaf)
        if "use_declaration" in kinds:
            return self._in_use(chain, scope, name)
        if parent.type == "extern_crate_declaration":
            found = self._world.paths.path(scope.context.scope, ("", name), "type")
            return self._results.resolved(found, "certain", "import")
        try:
            answers = self._occurrence(chain, scope, leaf, parent, name)
            if not answers and "token_tree" in kinds and parent.type != "field_expression":
                # What parses as a value may be handed to a macro as a type.
                meant = self._path_answer(_path_before(scope.file.data, leaf)[1], "type", scope, "likely")
                return tuple(each for each in meant if each.target.kind != "module")
            return answers
        except Spent:
            return self._results.by_name(name, _MEMBERS, scope) if parent.type == "field_expression" else ()

    def in_string(self, scope: Scope, start: int, name: str) -> tuple[Resolution, ...]:
        """The variable that a name in the braces of a format string means."""
        found = self._world.inference.local(name, start, scope)
        if isinstance(found, Binding):
            return (Resolution(target=self._targets.local(found), confidence="certain", reason="local"),)
        return self._path_answer(name, "value", scope, "certain")

    # Definitions

    def _definition(self, scope: Scope, item: Node, leaf: Node, name: str) -> tuple[Resolution, ...]:
        definition = self._world.at.get(scope.file.path, {}).get(item.start_byte)
        if definition is not None and definition.item.name_start == leaf.start_byte:
            return self._results.resolved((definition,), "certain", "definition")
        owner = scope.context.owner or scope.context.scope
        kind = item.type.partition("_")[0]
        target = self._results.local_target(f"{qualified_name(owner)}::{name}", name, kind, scope, leaf)
        return (Resolution(target=target, confidence="certain", reason="definition"),)

    def _parameter(self, scope: Scope, name: str, leaf: Node) -> tuple[Resolution, ...]:
        owner = scope.context.owner or scope.context.scope
        target = self._results.local_target(f"{qualified_name(owner)}::{name}", name, "parameter", scope, leaf)
        return (Resolution(target=target, confidence="certain", reason="definition"),)

    # Uses

    def _in_use(self, chain: list[Node], scope: Scope, name: str) -> tuple[Resolution, ...]:
        start = next(i for i, node in enumerate(chain) if node.type == "use_declaration")
        leaf = chain[-1]
        parts: list[str] = []
        if any(
            node.type == "use_wildcard"
            or (node.child_by_field_name("path") == inner and node.type in (*_SCOPED, "scoped_use_list"))
            for node, inner in zip(chain[start + 1 :], chain[start + 2 :], strict=False)
        ):
            return self._use_prefix(chain, start, scope, name)
        for node, inner in zip(chain[start + 1 :], chain[start + 2 :], strict=False):
            if node.type in ("visibility_modifier",):
                return self._path_answer(scope.file.text(leaf), "type", scope, "certain")
            path = node.child_by_field_name("path")
            if node.type == "scoped_use_list" and path is not None and inner.type == "use_list":
                parts.extend(_parts(scope.file.text(path)))
            elif node.type == "use_as_clause" and node.child_by_field_name("alias") == leaf and path is not None:
                parts.extend(_parts(scope.file.text(path)))
                return self._used(scope, parts)
            elif (
                node.type in _SCOPED and inner == leaf and node.child_by_field_name("name") == leaf and path is not None
            ):
                parts.extend(_parts(scope.file.text(path)))
        if name == "self" and parts:
            return self._used(scope, parts)
        return self._used(scope, [*parts, name])

    def _use_prefix(self, chain: list[Node], start: int, scope: Scope, name: str) -> tuple[Resolution, ...]:
        """A name before the last one of a path in a use declaration: of a module, or of what has variants."""
        leaf = chain[-1]
        parts: list[str] = []
        for node, inner in zip(chain[start + 1 :], chain[start + 2 :], strict=False):
            path = node.child_by_field_name("path")
            if node.type == "scoped_use_list" and path is not None and inner.type == "use_list":
                parts.extend(_parts(scope.file.text(path)))
        before = chain[-2].child_by_field_name("path") if chain[-2].type in _SCOPED else None
        if before is not None and before != leaf:
            parts.extend(_parts(scope.file.text(before)))
        found = self._world.paths.path(scope.context.scope, [*parts, name], "type", of_import=True)
        return self._results.resolved(found, "certain", "import")

    def _used(self, scope: Scope, parts: Sequence[str]) -> tuple[Resolution, ...]:
        found: list[Def] = []
        for hidden in (False, True):
            for namespace in _NAMESPACES if not found else ():
                found.extend(self._world.paths.path(scope.context.scope, parts, namespace, True, hidden))
        known = [each for each in found if each.kind != "external"]
        return self._results.resolved(known or found[:1], "certain", "import")

    # Everything else

    def _occurrence(
        self, chain: list[Node], scope: Scope, leaf: Node, parent: Node, name: str
    ) -> tuple[Resolution, ...]:
        kind = parent.type
        if kind == "field_expression" and parent.child_by_field_name("field") == leaf:
            return self._member(chain, scope, parent, name)
        if kind == "field_initializer" and parent.child_by_field_name("field") == leaf:
            literal = _outer(chain, "struct_expression")
            return self._field_of(scope, literal.child_by_field_name("name") if literal else None, name)
        if kind == "shorthand_field_initializer":
            literal = _outer(chain, "struct_expression")
            field = self._field_of(scope, literal.child_by_field_name("name") if literal else None, name)
            return merged(self._value(scope, leaf, leaf, name), field)
        if kind == "field_pattern" and parent.child_by_field_name("name") == leaf:
            pattern = _outer(chain, "struct_pattern")
            field = self._field_of(scope, pattern.child_by_field_name("type") if pattern else None, name)
            if leaf.type == "shorthand_field_identifier":
                return merged(self._value(scope, leaf, leaf, name), field)
            return field
        if kind == "type_binding" and parent.child_by_field_name("name") == leaf:
            return self._binding_type(chain, scope, name)
        return self._path(chain, scope, leaf, name)

    def _path(self, chain: list[Node], scope: Scope, leaf: Node, name: str) -> tuple[Resolution, ...]:
        at = len(chain) - 2
        whole = leaf
        if chain[at].type in _SCOPED and chain[at].child_by_field_name("name") == leaf:
            whole = chain[at]
            at -= 1
        namespace = self._namespace(chain, at, whole)
        if whole is leaf and namespace == "value":
            return self._value(scope, leaf, leaf, name)
        text = scope.file.data[whole.start_byte : leaf.end_byte].decode("utf-8", "replace")
        if leaf.type == "self" and whole is leaf and namespace == "value":
            return self._self(scope)
        if whole is leaf and leaf.type in ("self", "super", "crate"):
            return self._keyword(scope, leaf, namespace)
        return self._path_answer(text, namespace, scope, "certain")

    def _keyword(self, scope: Scope, leaf: Node, namespace: str) -> tuple[Resolution, ...]:
        found = self._world.paths.prefix(scope.context.scope, (scope.file.text(leaf),))
        return self._results.resolved(found, "certain", "path")

    def _namespace(self, chain: list[Node], at: int, inner: Node) -> str:
        """Which names a path may mean, by what it stands in."""
        parent = chain[at]
        while parent.type in _GENERIC and at > 0 and parent.child_by_field_name("type") == inner:
            inner = parent
            at -= 1
            parent = chain[at]
            if parent.type in _SCOPED and parent.child_by_field_name("path") == inner:
                return "type"
        if parent.type in _SCOPED and parent.child_by_field_name("path") == inner:
            return "type"
        if parent.type in ("scoped_use_list", "visibility_modifier"):
            return "type"
        if parent.type == "macro_invocation" and parent.child_by_field_name("macro") == inner:
            return "macro"
        if parent.type in ("attribute",):
            return "macro"
        if inner.type in ("type_identifier", "scoped_type_identifier", "primitive_type", *_GENERIC):
            return "type"
        return "value"

    def _path_answer(self, text: str, namespace: str, scope: Scope, confidence: Confidence) -> tuple[Resolution, ...]:
        parsed = type_of_text(text)
        if not isinstance(parsed, PathType) or not parsed.segments:
            return ()
        segments = parsed.segments
        context = scope.context
        if len(segments) == 1 and parsed.of is None and namespace == "type":
            found = self._generic(scope, segments[0].name)
            if found:
                return found
        hits = self._world.members.path(parsed, namespace, context)
        if not hits and namespace == "type":
            hits = [
                hit for hit in self._world.members.path(parsed, "value", context) if hit.definition.kind == "variant"
            ]
        if not hits and namespace == "value" and len(segments) > 1:
            hits = [
                hit for hit in self._world.members.path(parsed, "type", context) if hit.definition.kind == "external"
            ]
        if hits:
            first = segments[0].name
            reason = "self" if first in ("Self",) else "path" if len(segments) > 1 else self._reason(hits, scope)
            return self._results.of_hits(hits, confidence, reason)
        if namespace == "macro":
            crate = context.scope.crate
            found_macros = crate.macros.get(segments[-1].name, ()) if crate is not None else ()
            if found_macros:
                return self._results.resolved(
                    found_macros, "likely", "unique-name" if len(found_macros) == 1 else "name-only"
                )
        if len(segments) > 1 or parsed.of is not None:
            found_named = self._world.by_name.get(segments[-1].name, ())
            return self._results.named(
                [each for each in found_named if each.kind in _ASSOCIATED and self._may_be_of(each, parsed, context)],
                scope,
            )
        return ()

    def _may_be_of(self, member: Def, text: PathType, context: Context) -> bool:
        """Whether a member may be meant by a path, by the type before the last `::`."""
        if text.of is not None or len(text.segments) < 2:
            return True
        lowering = self._world.lowering
        base = self._world.impls.normal(lowering.lower(text._replace(segments=text.segments[:-1]), context))
        owner = member.parent
        if base.kind != "adt" or owner is None or owner.kind == "trait":
            return True
        own = lowering.self_type(owner)
        return own is None or own.kind != "adt" or own.definition is base.definition

    def _reason(self, hits: Sequence[Hit], scope: Scope) -> str:
        module = real_module(scope.context.scope)
        return "local" if any(hit.definition.module() is module for hit in hits) else "import"

    def _generic(self, scope: Scope, name: str) -> tuple[Resolution, ...]:
        at = scope.context.owner
        while at is not None and at.table is None:
            if any(each.name == name for each in generics_of_text(at.item.generics)):
                place = self._place_of_generic(scope, name, at)
                return (place,) if place is not None else ()
            at = at.parent
        return ()

    def _place_of_generic(self, scope: Scope, name: str, owner: Def) -> Resolution | None:
        data = scope.file.data
        at = data.find(owner.item.generics.encode(), owner.item.start)
        if at < 0:
            return None
        for node in _nodes_at(scope.file.chain(at), "type_parameters"):
            for child in node.named_children:
                inner = child.child_by_field_name("name")
                if inner is not None and scope.file.text(inner) == name:
                    target = self._results.local_target(
                        f"{qualified_name(owner)}::{name}", name, "parameter", scope, inner
                    )
                    return Resolution(target=target, confidence="certain", reason="local")
        return None

    def _value(self, scope: Scope, leaf: Node, whole: Node, name: str) -> tuple[Resolution, ...]:
        found = self._binding_here(scope, leaf) or self._world.inference.local(name, leaf.start_byte, scope)
        if isinstance(found, Binding):
            return (Resolution(target=self._targets.local(found), confidence="certain", reason="local"),)
        if name == "self":
            return self._self(scope)
        if found is not None:
            return self._results.resolved((found,), "certain", "local")
        generic = self._generic(scope, name)
        return generic or self._path_answer(name, "value", scope, "certain")

    def _self(self, scope: Scope) -> tuple[Resolution, ...]:
        """The parameter that `self` is."""
        each: Scope | None = scope
        while each is not None:
            if each.node.type in ("function_item", "function_signature_item"):
                parameters = each.node.child_by_field_name("parameters")
                for child in parameters.named_children[:3] if parameters is not None else ():
                    for inner in (child, *child.named_children):
                        if inner.type == "self":
                            owner = each.context.owner or each.context.scope
                            qualified = f"{qualified_name(owner)}::self"
                            target = self._results.local_target(qualified, "self", "parameter", scope, inner)
                            return (Resolution(target=target, confidence="certain", reason="local"),)
                return ()
            each = each.parent
        return ()

    def _binding_here(self, scope: Scope, leaf: Node) -> Binding | None:
        """The binding that a name in a pattern makes."""
        each: Scope | None = scope
        while each is not None:
            binding = each.made_at(leaf.start_byte)
            if binding is not None and not self._world.inference.is_constant(binding):
                return binding
            if each.node.type == "function_item":
                return None
            each = each.parent
        return None

    # Members

    def _member(self, chain: list[Node], scope: Scope, access: Node, name: str) -> tuple[Resolution, ...]:
        outer = chain[-3] if len(chain) > 2 else access
        if outer.type == "generic_function" and len(chain) > 3:
            outer = chain[-4]
        function = outer.child_by_field_name("function") if outer.type == "call_expression" else None
        is_call = function is not None and (
            function == access
            or (function.type == "generic_function" and function.child_by_field_name("function") == access)
        )
        receiver = access.child_by_field_name("value")
        inference = self._world.inference
        ty = inference.type_of(receiver, scope)
        if not is_call:
            field, _ = inference.calls.field(ty, name)
            if field is not None:
                confidence: Confidence = "certain" if receiver is not None and receiver.type == "self" else "likely"
                return self._results.resolved((field,), confidence, _how(receiver))
            if ty.kind != "unknown" and not (
                ty.kind == "adt" and ty.definition is not None and ty.definition.is_external
            ):
                return ()
            return self._results.by_name(name, ("field",), scope) if ty.kind == "unknown" else ()
        hits = self._world.impls.method(ty, name, scope.context.scope)
        if hits:
            return self._results.of_hits(hits, "likely", _how(receiver))
        if ty.kind == "unknown":
            return self._results.by_name(name, METHODS, scope)
        if ty.kind == "adt" and ty.definition is not None and ty.definition.is_external and not self._is_open(ty):
            return self._results.resolved((external(name, ty.definition),), "likely", _how(receiver))
        return self._results.by_name(name, METHODS, scope)

    def _is_open(self, ty: Ty) -> bool:
        """Whether a type of the standard library may have a member of the project: by a trait, or by what it holds."""
        definition = ty.definition
        if definition is not None and definition.parent is not None and definition.parent.name == "primitive":
            return True
        return self._world.impls.ends_in_unknown(ty)

    def _field_of(self, scope: Scope, type_node: Node | None, name: str) -> tuple[Resolution, ...]:
        if type_node is None:
            return ()
        text = type_of_text(scope.file.text(type_node))
        if isinstance(text, PathType):
            for namespace in ("type", "value"):
                for hit in self._world.members.path(text, namespace, scope.context):
                    definition: Def | None = hit.definition
                    if definition is not None and definition.kind == "type":
                        definition = self._world.members.type_of_definition(definition).definition
                    fields = definition.members.get(name, ()) if definition is not None else ()
                    found = [each for each in fields if each.kind == "field"]
                    if found:
                        return self._results.resolved(found, "certain", "field")
        return ()

    def _binding_type(self, chain: list[Node], scope: Scope, name: str) -> tuple[Resolution, ...]:
        """`Item` in `Iterator<Item = T>`."""
        generic = next((node for node in reversed(chain) if node.type == "generic_type"), None)
        node = generic.child_by_field_name("type") if generic is not None else None
        if node is None:
            return ()
        text = type_of_text(scope.file.text(node))
        if isinstance(text, PathType):
            for hit in self._world.members.path(text, "type", scope.context):
                if hit.definition.kind == "trait":
                    return self._results.resolved(
                        self._world.members.associated(hit.definition, name, "type"), "certain", "path"
                    )
        return ()

    def _in_macro_body(self, chain: list[Node], scope: Scope, name: str) -> tuple[Resolution, ...]:
        """A name that a macro writes: certain behind `$crate`, else whatever it is where the macro is called."""
        kinds = {node.type for node in chain}
        if "token_tree" not in kinds or "token_tree_pattern" in kinds:
            return ()
        data = scope.file.data
        begin, path = _path_before(data, chain[-1])
        found = self._in_tokens(chain, scope, name)
        is_of_crate = data[begin - 1 : begin] == b"$" and path.partition("::")[0] == "crate"
        confidence: Confidence = "certain" if is_of_crate else "possible"
        return tuple(msgspec.structs.replace(each, confidence=confidence) for each in found)

    def _in_tokens(self, chain: list[Node], scope: Scope, name: str) -> tuple[Resolution, ...]:
        """A name among tokens that do not parse."""
        attribute = next((node for node in chain if node.type == "attribute"), None)
        if attribute is not None:
            if scope.file.text(attribute).startswith("derive"):
                found = self._world.paths.path(scope.context.scope, (name,), "macro") or self._world.paths.path(
                    scope.context.scope, (name,), "type"
                )
                return self._results.resolved(found, "certain", "import")
            return ()
        local = self._world.inference.local(name, chain[-1].start_byte, scope)
        if isinstance(local, Binding):
            return (Resolution(target=self._targets.local(local), confidence="likely", reason="local"),)
        data = scope.file.data
        start = chain[-1].start_byte
        if data[:start].endswith(b"."):
            return self._results.by_name(name, _MEMBERS, scope)
        _, text = _path_before(data, chain[-1])
        after = data[chain[-1].end_byte : chain[-1].end_byte + 2]
        order = ("type", "value") if after == b"::" else ("macro",) if after[:1] == b"!" else ("value", "type")
        for namespace in order:
            parsed = type_of_text(text)
            if isinstance(parsed, PathType):
                hits = self._world.members.path(parsed, namespace, scope.context)
                if hits:
                    return self._results.of_hits(hits, "likely", "path")
        return ()


_MEMBERS = ("method", "field")
_ASSOCIATED = ("method", "constant", "variant")
_HOW = {
    "self": "self",
    "call_expression": "return-type",
    "await_expression": "return-type",
    "try_expression": "return-type",
    "field_expression": "field",
    "struct_expression": "constructor",
    "identifier": "annotation",
}


def _path_before(data: bytes, leaf: Node) -> tuple[int, str]:
    """Where the path begins whose last name is given, among tokens that do not parse, and its text."""
    begin = leaf.start_byte
    while data[begin - 2 : begin] == b"::":
        before = begin - 2
        while before > 0 and (data[before - 1] == 95 or chr(data[before - 1]).isalnum()):
            before -= 1
        if before == begin - 2:
            break
        begin = before
    return begin, data[begin : leaf.end_byte].decode("utf-8", "replace")


def _how(receiver: Node | None) -> str:
    return _HOW.get(receiver.type, "inferred") if receiver is not None else "inferred"


def _parts(text: str) -> list[str]:
    parsed = type_of_text("".join(text.split()))
    if not isinstance(parsed, PathType):
        return []
    names = [each.name for each in parsed.segments]
    return ["", *names] if parsed.is_global else names


def _outer(chain: list[Node], kind: str) -> Node | None:
    return next((node for node in reversed(chain) if node.type == kind), None)


def _nodes_at(chain: list[Node], kind: str) -> list[Node]:
    return [node for node in chain if node.type == kind]
