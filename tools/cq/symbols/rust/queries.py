"""Definitions by their names, and the other names that a file gives them."""

import re
from collections.abc import Iterable

from cq.rows.resolution import Target
from cq.symbols.rust.crates import with_macros
from cq.symbols.rust.impls import Hit
from cq.symbols.rust.model import Def, ancestors
from cq.symbols.rust.summary import FileSummary, Item
from cq.symbols.rust.targets import qualified_name
from cq.symbols.rust.use_trees import used_of_text
from cq.symbols.rust.world import World

_SEPARATOR = re.compile(r"::|\.")
_MEMBER_KINDS = ("method", "constant", "type", "variant", "field")


def definitions_named(world: World, name: str) -> Iterable[Def]:
    """What `Type::method`, `module.func` or `name` may mean: by the last parts, or through imports and traits."""
    parts = [part for part in _SEPARATOR.split(name) if part]
    if not parts:
        return ()
    found = [each for each in world.by_name.get(parts[-1], ()) if _ends(each, parts)]
    for crate in world.crates():
        if crate.name == parts[-1] and len(parts) == 1:
            found.append(crate.root)
    if len(parts) > 1 and not found:
        for owner in definitions_named(world, "::".join(parts[:-1])):
            found.extend(_members(world, owner, parts[-1]))
    return dict.fromkeys(found)


def _ends(definition: Def, parts: list[str]) -> bool:
    own = qualified_name(definition).split("::")
    if own[-len(parts) :] == parts:
        return True
    # An impl stands in one module, its type in another.
    impl = next((each for each in ancestors(definition) if each.kind == "impl"), None)
    return impl is not None and len(parts) == 2 and own[-2:] == parts


def _members(world: World, owner: Def, name: str) -> list[Def]:
    if owner.kind == "module":
        return [
            each
            for namespace in ("type", "value", "macro")
            for each in world.paths.in_module(owner, name, namespace, True)
            if not each.is_external
        ]
    ty = world.members.type_of_definition(owner)
    hits: list[Hit] = world.impls.method(ty, name) or world.impls.member(ty, name, _MEMBER_KINDS)
    return [hit.definition for hit in hits if not hit.definition.is_external]


def renamed_in(summaries: Iterable[FileSummary], name: str) -> set[str]:
    """The names that use declarations give to a name, to those names in turn, and so on, over files."""
    given: dict[str, set[str]] = {}
    for summary in summaries:
        stack: list[Iterable[Item]] = [summary.items]
        while stack:
            for item, _ in with_macros(stack.pop()):
                if item.kind == "use" and " as " in item.text:
                    for used in used_of_text(item.text):
                        if used.path and used.name not in ("*", "_", used.path[-1]):
                            given.setdefault(used.path[-1], set()).add(used.name)
                elif item.kind == "module":
                    stack.append(item.items)
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for each in given.get(waiting.pop(), ()):
            if each not in found:
                found.add(each)
                waiting.append(each)
    return found - {name}


def aliases_in(summary: FileSummary, target: Target) -> Iterable[str]:
    """The names that use declarations of a file give to the last part of the target's name, and `Self`."""
    found: list[str] = []
    stack: list[Iterable[Item]] = [summary.items]
    while stack:
        for item, _ in with_macros(stack.pop()):
            if item.kind == "use":
                found.extend(
                    used.name
                    for used in used_of_text(item.text)
                    if used.name not in ("*", "_", target.name) and used.path[-1:] == (target.name,)
                )
            elif item.kind == "extern-crate" and item.name == target.name and item.text:
                found.append(item.text)
            elif item.kind == "module":
                stack.append(item.items)
    if target.kind in ("struct", "enum", "union", "trait"):
        found.append("Self")
    return found
