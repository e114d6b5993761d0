"""What a fix makes of a match: the text in its place, and the place itself."""

from collections.abc import Sequence

from ast_grep_py import SgNode

from cq.matching.positions import SourceText
from cq.rows.findings import TextEdit
from cq.rules.astgrep import is_match, span_of
from cq.rules.located import Json
from cq.rules.rule import FixTemplate, Rule
from cq.rules.template import Extract, filled, indent_at


def fixed(rule: Rule, fix: FixTemplate, node: SgNode, source: SourceText) -> tuple[int, int, str]:
    """Where a fix begins and ends, in characters, and its text."""
    start, end = span_of(node)
    text = filled(fix.template, lambda name: extract_of(rule, node, source, name), indent_at(source.text, start))
    if "\r\n" in source.text and "\r\n" not in text:
        text = text.replace("\n", "\r\n")  # the template's own line breaks as the file has them
    if fix.expand_start is not None:
        start = _beyond(node.prev_all(), fix.expand_start, start, forward=False)
    if fix.expand_end is not None:
        end = _beyond(node.next_all(), fix.expand_end, end, forward=True)
    return start, end, text


def extract_of(rule: Rule, node: SgNode, source: SourceText, name: str) -> Extract | None:
    """What a metavariable of a match stands for; None for a name that the rule does not have."""
    bare = name.lstrip("$")
    if bare in rule.transformed:
        return Extract(node.get_transformed(bare) or "", 0)
    if name.startswith("$$$"):
        if bare not in rule.multiple:
            return None
        nodes = node.get_multiple_matches(bare)
    elif bare in rule.single:
        only = node.get_match(bare)
        nodes = [only] if only is not None else []
    else:
        return None
    if not nodes:
        return Extract("", 0)
    start, end = span_of(nodes[0])[0], span_of(nodes[-1])[1]
    return Extract(source.text[start:end], indent_at(source.text, start))


def _beyond(siblings: Sequence[SgNode], relation: Json, at: int, forward: bool) -> int:
    """Where the place ends when it reaches up to a sibling that matches: the next one, or as far as `stopBy` says."""
    assert isinstance(relation, dict)
    stop = relation.get("stopBy", "neighbor")
    rule: Json = {key: value for key, value in relation.items() if key not in ("stopBy", "field")}
    for sibling in siblings[:1] if stop == "neighbor" else siblings:
        if is_match(sibling, rule):
            return span_of(sibling)[forward]
        if isinstance(stop, dict) and is_match(sibling, stop):
            break
    return at


def edit_of(fix: tuple[int, int, str], source: SourceText) -> TextEdit:
    """The edit of bytes."""
    start, end, text = fix
    return TextEdit(start_byte=source.byte(start), end_byte=source.byte(end), text=text)
