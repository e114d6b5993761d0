"""What every tool has: a name, when to use it, its parameters as a struct, and the function that answers."""

import re
from collections.abc import Callable, Hashable, Mapping
from typing import Annotated, Any, NamedTuple

import msgspec

from cq.errors import CqError, nearest
from cq.serve.reply import Ask, Reply
from cq.serve.workspace import Workspace

# The parameter that an error of msgspec is about: the first step of its path, or a field that is missing.
_FIELD = re.compile(r"\$\.(\w+)|required field `(\w+)`")
_TYPES = {"string": "a string", "integer": "a whole number", "boolean": "true or false"}

Tokens = Annotated[int, msgspec.Meta(ge=1, le=1_000_000, description="The answer is cut to whole rows within this.")]
Paths = Annotated[tuple[str, ...], msgspec.Meta(description="Only these files and folders, relative to the root.")]
Globs = Annotated[tuple[str, ...], msgspec.Meta(description="Only files that match; `!GLOB` leaves files out.")]
Languages = Annotated[tuple[str, ...], msgspec.Meta(description="Only these languages.")]


class Params(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every tool takes."""

    root: Annotated[str, msgspec.Meta(description="One of the server's roots; default: the first.")] = ""
    max_tokens: Tokens = 2000


class Tool(NamedTuple):
    """One tool."""

    name: str
    description: str
    params: type[Params]
    answer: Callable[[Workspace, Any, Ask], Reply]
    keeps: Callable[[Any], bool] = lambda params: True  # whether the answer is the same until a listed file changes
    stamp: Callable[[str], Hashable] = lambda root: None  # what else it depends on

    def input_schema(self, has_roots: bool = False) -> dict[str, Any]:
        """Of the arguments, as JSON Schema; whoever reads it pays for it, so of a root only where there are several."""
        schema = msgspec.json.schema(self.params)
        found: dict[str, Any] = dict(schema["$defs"][self.params.__name__])
        found.pop("title", None)
        found.pop("description", None)
        shown = {name: dict(each) for name, each in found["properties"].items() if has_roots or name != "root"}
        for each in shown.values():
            # That nothing is the default goes without saying.
            if not each.get("default", True):
                del each["default"]
        found["properties"] = shown
        return found

    def asked(self, arguments: Mapping[str, Any]) -> Params:
        """The arguments, checked. Raises CqError that says which one is wrong, and what there is."""
        known = self.params.__struct_fields__
        for name in arguments:
            if name not in known:
                hint = nearest(name, known) or f"it takes {', '.join(known)}"
                raise CqError(f"{self.name} has no parameter {name!r}", hint)
        try:
            return msgspec.convert(dict(arguments), self.params)
        except msgspec.ValidationError as error:
            named = _FIELD.search(str(error))
            hint = self._parameter(named[1] or named[2]) if named is not None else f"it takes {', '.join(known)}"
            raise CqError(f"{self.name}: {error}", hint) from error

    def _parameter(self, name: str) -> str:
        """What one parameter takes, in words."""
        schema = self.input_schema(has_roots=True)["properties"][name]
        said = schema.get("description", "")
        return f"{name} is {_words(schema)}{'; ' * bool(said)}{said}"


def _words(schema: Mapping[str, Any]) -> str:
    """What values a JSON Schema allows, in words."""
    if "enum" in schema:
        return f"one of {', '.join(map(str, schema['enum']))}"
    if schema.get("type") == "array":
        items = schema.get("items", {})
        example = items.get("enum", ["..."])[0]
        of = f", each {_words(items)}" if "enum" in items else " of strings"
        return f'a list{of}: ["{example}"]'
    said = _TYPES.get(schema.get("type", ""), "a value")
    if "minimum" in schema and "maximum" in schema:
        said += f" from {schema['minimum']:,} to {schema['maximum']:,}"
    return said
