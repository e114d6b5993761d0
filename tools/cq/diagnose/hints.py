"""What to say of a damage: a code, a message, and hints, the likeliest first."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tree_sitter import Node, Tree

from cq.diagnose.attempts import Repair
from cq.diagnose.brackets import Suspect
from cq.diagnose.conflicts import Conflict
from cq.diagnose.source import Grammar, Source

# Where an expression may begin, these may stand.
_EXPRESSION = frozenset(("`(`", "`[`", "`-`"))
# Hints without a proof, for one error.
_HINTS = 3


class Said(NamedTuple):
    """One hint; `at` is a byte of the file as it is, or -1 for none."""

    code: str
    message: str
    at: int = -1


class Remark(NamedTuple):
    """What is said of one damage."""

    code: str
    message: str
    hints: tuple[Said, ...] = ()
    severity: str = "error"


def of_repair(source: Source, repair: Repair, partner: int, expected: tuple[str, ...]) -> Remark:
    """What a proven repair says; `partner` is a byte of the file as it is."""
    token = repair.token
    if repair.code == "missing-delimiter":
        here = source.data[repair.partner : repair.partner + 1].decode("ascii", "replace") if partner >= 0 else ""
        closing = token in source.grammar.pairs.values()
        if here and closing:
            hint = Said(
                "unclosed-delimiter", f"`{here}` was opened here and is not closed: `{token}` is missing", partner
            )
        elif here:
            hint = Said("unopened-delimiter", f"this `{here}` closes nothing: `{token}` is missing", partner)
        else:
            hint = Said("missing-delimiter", f"`{token}` is missing")
        return Remark("missing-delimiter", f"missing `{token}`", (hint, *_tabs(source, repair.start)))
    if repair.code == "stray-delimiter":
        hint = Said("stray-delimiter", f"this `{token}` closes nothing: remove it, or open it")
        return Remark(repair.code, f"unexpected `{token}`", (hint,))
    if repair.code == "unterminated-string":
        opens = partner > 0 and repair.partner > repair.start
        word = "ends" if opens else "begins"
        hint = Said("unterminated-string", f"a string {word} here and lacks its other {token}", partner)
        return Remark(repair.code, f"unterminated string: missing {token}", (hint,))
    if repair.code == "missing-token":
        return Remark(repair.code, f"missing `{token.strip()}`", (Said(repair.code, f"`{token.strip()}` is missing"),))
    if repair.code == "stray-token":
        twice = repair.partner >= 0
        message = f"`{token}` stands twice" if twice else f"`{token}` does not belong here"
        return Remark(repair.code, f"unexpected `{token}`", (Said(repair.code, message),))
    if repair.code == "incomplete":
        before = source.token_before(repair.start)
        after = source.data[before.start : before.end].split(b"\n")[0].decode("utf-8", "replace") if before else ""
        what = f"an {token}" if token[0] in "aeiou" else f"a {token}"
        named = source.grammar.facts.names.get("identifier", "")
        if len(expected) == 1 or (named in expected and not _EXPRESSION.intersection(expected)):
            what = named if named in expected else expected[0]
        where = f" after `{after}`" if after else ""
        return Remark(repair.code, f"expected {what}{where}", (Said(repair.code, f"{what} is missing{where}"),))
    return Remark(repair.code, f"unexpected `{token}`", (Said(repair.code, repair.message),))


def of_error(
    source: Source, node: Node, at: int, word: str, suspects: list[Suspect], original: Callable[[int], int]
) -> Remark:
    """What is said of an error for which no repair was found."""
    hints = [*_tabs(source, at)]
    near = sorted(suspects, key=lambda each: (not each.is_sure, abs(each.place - at)))
    for suspect in near:
        if len(hints) >= _HINTS or not suspect.is_sure:
            break
        here = source.data[suspect.partner : suspect.partner + 1].decode("ascii", "replace")
        if suspect.partner < suspect.low:
            message = f"`{here}` was opened here and seems not to be closed: `{suspect.missing}` is missing"
            hints.append(Said("unclosed-delimiter", message, original(suspect.partner)))
        else:
            message = f"this `{here}` closes nothing: `{suspect.missing}` is missing, or it is one too many"
            hints.append(Said("unopened-delimiter", message, original(suspect.partner)))
    if node.is_missing:
        name = source.grammar.facts.names.get(node.type) or (node.type if node.is_named else f"`{node.type}`")
        return Remark("missing-token", f"missing {name}", tuple(hints))
    return Remark("syntax-error", f"unexpected `{word}`" if word else "unexpected end of the line", tuple(hints))


def of_conflict(data: bytes, conflict: Conflict) -> Remark:
    """What is said of a merge conflict."""
    last = data.count(b"\n", 0, conflict.end) + 1
    hint = Said("merge-conflict", f"both sides of a merge are here, up to line {last}: keep one, and remove the marks")
    return Remark("merge-conflict", "merge conflict", (hint,))


def _tabs(source: Source, at: int) -> Iterator[Said]:
    remark = of_tabs(source, at)
    if remark is not None:
        yield from remark.hints


def of_tabs(source: Source, at: int) -> Remark | None:
    """Whether the indentation around a place is partly of tabs and partly of spaces."""
    line = source.line_of(at)
    tabs = spaces = -1
    for number in range(max(0, line - 5), min(source.line_count, line + 2)):
        text = source.line_text(number)
        space = text[: len(text) - len(text.lstrip())]
        if b"\t" in space:
            tabs = number
        elif len(space) >= 2 and len(space) < len(text):
            spaces = number
    if tabs < 0 or spaces < 0:
        return None
    message = f"the indentation has tabs (line {tabs + 1}) and spaces (line {spaces + 1})"
    return Remark("mixed-tabs", message, (Said("mixed-tabs", message),))


def of_old_dialect(grammar: Grammar, data: bytes, tree: Tree) -> tuple[int, int, Remark] | None:
    """What is said once of a file in an old dialect of its language that the grammar takes, too: place and remark."""
    dialect = grammar.facts.old_dialect
    if dialect is None:
        return None
    counts: dict[str, int] = {}
    first: tuple[int, int] | None = None
    for sign in dialect.signs:
        for found in re.finditer(sign.find.encode(), data, re.MULTILINE):
            node = tree.root_node.descendant_for_byte_range(*found.span(1))
            if node is None or node.type not in sign.kinds or node.is_error:
                continue
            counts[sign.message] = counts.get(sign.message, 0) + 1
            if first is None or found.start(1) < first[0]:
                first = found.span(1)
    if first is None:
        return None
    hints = tuple(
        Said(dialect.code, f"{message} ({_times(count)})")
        for message, count in sorted(counts.items(), key=lambda each: -each[1])
    )
    return *first, Remark(dialect.code, dialect.message, hints, "warning")


def _times(count: int) -> str:
    return "1 place" if count == 1 else f"{count} places"
