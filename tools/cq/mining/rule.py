"""A form to a rule that ast-grep runs: the pattern, the context in which it is code, and what each hole may be."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from tree_sitter import Language, Node

from cq.grammar.language import load_language
from cq.grammar.parse import parse
from cq.mining.form import Form
from cq.mining.table import Table

# What ast-grep puts in place of the dollars of metavariables where a grammar takes no dollar in a name.
_STAND_IN = "µ"
_METAVARIABLE = re.compile(r"\$\$\$(?=[A-Z])|\$(?=[A-Z])")
_EMPTY = re.compile(r"""(?<![\w'"`\\])(""|'')(?![\w'"`])""")

Json = dict[str, Any]


def rule_of(form: Form, table: Table, grammar: str, language: str, others: Sequence[str] = ()) -> Json | None:
    """The rule as ast-grep takes it; None when the form is code in no context that is known.

    `grammar` is that of the table, `language` what ast-grep calls it; `others` are texts of the form with comments that
    belong to the code: in a pattern a comment is found by its text, and nothing with one is found without. So it is
    with a token that stands between two nodes.
    """
    patterns, quoted = _patterns(form, table, grammar)
    if not patterns:
        return None
    for text in (form.separated, *others) if form.separated else others:
        more, quoted_there = _patterns(form._replace(text=text), table, grammar)
        if quoted_there == quoted:
            patterns += (each for each in more if each not in patterns)
    wanted = [{"pattern": each} for each in patterns]
    rule: Json = {"language": language, "rule": wanted[0] if len(wanted) == 1 else {"any": wanted}}
    constraints = {}
    for each in form.variables:
        if each.name in quoted:
            continue  # the quotes around it say what it is
        # The form may be of another language of the family.
        kinds = [kind for kind in each.kinds if has_kind(load_language(grammar), kind)]
        if kinds:
            constraints[each.name] = {"kind": kinds[0]} if len(kinds) == 1 else {"any": [{"kind": x} for x in kinds]}
    if constraints:
        rule["constraints"] = constraints
    return rule


def has_kind(language: Language, kind: str) -> bool:
    """Whether a grammar has a named kind."""
    return language.id_for_node_kind(kind, True) is not None


def rule_yaml(identity: str, rule: Json, message: str) -> str:
    """The rule as a file."""
    lines = [
        f"id: {identity}",
        f"language: {rule['language']}",
        "severity: hint",
        f"message: {_quoted(message)}",
        "rule:",
    ]
    if "any" in rule["rule"]:
        lines.append("  any:")
        for each in rule["rule"]["any"]:
            first, *rest = _pattern_lines(each["pattern"])
            lines += (f"  - {first}", *(f"    {line}" if line else "" for line in rest))
    else:
        lines += (f"  {line}" if line else "" for line in _pattern_lines(rule["rule"]["pattern"]))
    if "constraints" in rule:
        lines.append("constraints:")
        for name, constraint in rule["constraints"].items():
            if "kind" in constraint:
                lines.append(f"  {name}: {{kind: {constraint['kind']}}}")
            else:
                kinds = ", ".join(f"{{kind: {each['kind']}}}" for each in constraint["any"])
                lines.append(f"  {name}: {{any: [{kinds}]}}")
    return "\n".join(lines) + "\n"


def _pattern_lines(pattern: str | Json) -> Iterator[str]:
    if isinstance(pattern, str):
        yield from _text("pattern", pattern)
        return
    yield "pattern:"
    yield from _text("  context", pattern["context"])
    yield f"  selector: {pattern['selector']}"


def _text(key: str, text: str) -> Iterator[str]:
    if "\n" not in text:
        yield f"{key}: {_quoted(text)}"
        return
    indent = " " * (len(key) - len(key.lstrip()) + 2)
    # The number says that white space at the beginning of the first line belongs to the text.
    yield f"{key}: |2-" if text[0] in " \t" else f"{key}: |-"
    for line in text.split("\n"):
        yield f"{indent}{line}" if line else ""


def _quoted(text: str) -> str:
    plain = "".join(each if each >= " " else " " for each in text)
    return "'" + plain.replace("'", "''") + "'"


def _patterns(form: Form, table: Table, grammar: str) -> tuple[list[str | Json], frozenset[str]]:
    """The patterns of a form, none when it is code in no context, and the variables that stand between quotes in them.

    A hole for a string is a name, which may not stand wherever a string may: there it is put between quotes, with one
    pattern for each kind of them.
    """
    plain = _pattern(form, form.text, table, grammar)
    strings = [each.name for each in form.variables if each.leaf == "string"]
    if plain is not None and _EMPTY.search(form.text):
        # An empty string is told, and means the same in any quotes.
        texts = (_EMPTY.sub(quote * 2, form.text) for quote in table.file.quotes)
        found = [each for each in (_pattern(form, text, table, grammar) for text in texts) if each is not None]
        return found or [plain], frozenset()
    if plain is not None or not strings or not table.file.quotes:
        return [] if plain is None else [plain], frozenset()
    quote = table.file.quotes[0]
    quoted = frozenset(strings)
    if _pattern(form, _between(form.text, quoted, quote), table, grammar) is None:
        return [], frozenset()
    for name in strings:
        fewer = quoted - {name}
        if _pattern(form, _between(form.text, fewer, quote), table, grammar) is not None:
            quoted = fewer
    each_quoted = (_pattern(form, _between(form.text, quoted, each), table, grammar) for each in table.file.quotes)
    return [each for each in each_quoted if each is not None], quoted


def _between(text: str, names: frozenset[str], quote: str) -> str:
    """The text with these variables between quotes, as any number of nodes: a string may be of several, or of none."""
    for name in names:
        text = re.sub(rf"(?<!\$)\${name}(?![A-Z0-9_])", lambda found: f"{quote}$${found[0]}{quote}", text)
    return text


def _pattern(form: Form, form_text: str, table: Table, grammar: str) -> str | Json | None:
    contexts = table.file.contexts
    own = contexts.get(form.kind)
    for context in ("%s", own, contexts.get("*")):
        if context is None:
            continue
        text = context.replace("%s", _indented(form_text, context))
        start = context.index("%s")
        stood_in = _METAVARIABLE.sub(lambda found: _STAND_IN * len(found[0]), text)
        data = stood_in.encode()
        first = len(stood_in[:start].encode())
        last = len(data) - len(context[start + 2 :].encode())
        root = parse(load_language(grammar), data).root_node
        if root.has_error:
            continue
        node = _with_span(root, first, last, form.kind)
        if node is None:
            continue
        if context == "%s" and _effective(root).kind_id == node.kind_id:
            return text
        return {"context": text, "selector": form.kind}
    return None


def _indented(text: str, context: str) -> str:
    line = context[: context.index("%s")].rpartition("\n")[2]
    indent = " " * (len(line) - len(line.lstrip()))
    return text.replace("\n", "\n" + indent) if indent else text


def _with_span(root: Node, start: int, end: int, kind: str) -> Node | None:
    node = root.descendant_for_byte_range(start, end)
    while node is not None and node.start_byte >= start and node.end_byte <= end:
        if node.type == kind:
            return node
        node = node.parent
    return None


def _effective(root: Node) -> Node:
    """The node that ast-grep takes a text without selector for."""
    node = root
    while node.child_count == 1:
        child = node.children[0]
        if child.child_count == 0:
            break
        node = child
    return node
