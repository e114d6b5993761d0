"""Write the answer of a command in the form that is asked for, within the budget that is given."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from cq.cli.settle import form_of
from cq.errors import CqError
from cq.render.budget import Block, Budget, Page, left_line, page_of
from cq.render.json import answer_json, rows_json, tail_line
from cq.rows.shared import More, MoreLine
from cq.tokens import tokens_at_most

# What is said to be left takes no more room than this.
_MANY = 999_999_999
_CURSOR = f"c{_MANY}-12345678"
_FORMS = ("text", "json", "jsonl")
_ALL = sys.maxsize


class Entry(NamedTuple):
    """What a page says of a row that is not on it, and the row in few words, when there are."""

    what: str
    path: str = ""
    fewer: msgspec.Struct | None = None


def budget_of(values: dict[str, Any]) -> Budget | None:
    """The budget that the options give; None without one. Raises CqError in a form that has no pages."""
    if not any(word in values for word in ("max_tokens", "max_rows", "cursor")):
        return None
    form = form_of(values)
    if form not in _FORMS:
        raise CqError(f"--format {form} has no pages", "without --max-tokens, --max-rows and --cursor; or text or json")
    return Budget(values.get("max_tokens", _ALL), values.get("max_rows", _ALL), values.get("cursor", ""))


def write(
    values: dict[str, Any],
    answer: msgspec.Struct,
    rows: Iterable[msgspec.Struct],
    text: Iterable[Block | str],
    entry: Callable[[Any], Entry] = lambda row: Entry("row", getattr(row, "path", "")),
    tail: msgspec.Struct | None = None,
    field: str = "rows",
) -> None:
    """Write an answer: as JSON whole, as JSON Lines its rows and the tail if it has one, or the lines of text.

    `entry` says of a row what it is; `field` is where the answer has the rows.
    """
    form = form_of(values)
    if form == "text":
        write_text(values, text)
        return
    out = sys.stdout.buffer
    budget = budget_of(values)
    # An answer that has no place for what is left is made within the budget from the start.
    if budget is not None and (form == "jsonl" or "more" in answer.__struct_fields__):
        bare = tail if form == "jsonl" else msgspec.structs.replace(answer, **{field: ()})
        write_encoded(values, budget, _blocks(rows, entry), lambda: bare, field)
    elif form == "json":
        out.write(answer_json(answer))
    else:
        out.writelines(answer_json(row) for row in rows)
        if tail is not None:
            out.write(answer_json(tail))


def write_text(
    values: dict[str, Any], blocks: Iterable[Block | str], account: Callable[[], Sequence[str]] = tuple
) -> None:
    """Write text, within the budget when there is one; `account` is what the caller says besides at the end."""
    out = sys.stdout
    budget = budget_of(values)
    if budget is None:
        out.writelines(f"{block if isinstance(block, str) else block.text}\n" for block in blocks)
        return

    def beside(kinds: Iterable[str]) -> int:
        lines = (
            *account(),
            left_line(dict.fromkeys(sorted(kinds, key=len, reverse=True), _MANY), _MANY, f"--cursor {_CURSOR}"),
        )
        return sum(tokens_at_most(line) + 1 for line in lines)

    page = page_of(
        (Block(block) if isinstance(block, str) else block for block in blocks),
        budget,
        beside,
    )
    out.writelines(f"{block.text}\n" for block in page.blocks)
    tell_left(page, budget)


def write_encoded(
    values: dict[str, Any],
    budget: Budget,
    blocks: Iterable[Block],
    tail: Callable[[], msgspec.Struct | None],
    field: str = "rows",
    joined: Callable[[Page], Iterable[bytes]] | None = None,
) -> None:
    """Write rows that are JSON already, within the budget, and the rest of the answer, which is asked for at the end.

    `joined` makes rows of what is given, where they are not the same.
    """
    rest: list[tuple[msgspec.Struct, dict[str, int]]] = []

    def beside(kinds: Iterable[str]) -> int:
        bare, cut = _lean(tail() or MoreLine(), budget.tokens // 2)
        rest.append((bare, cut))
        more = More(left=dict.fromkeys(kinds, _MANY), files=_MANY, cursor=_CURSOR, shortened=_MANY, cut=cut)
        return _cost(bare) + _cost(more) + _cost(MoreLine())

    page = page_of(blocks, budget, beside)
    bare, cut = rest[0]
    more = None
    if page.left or page.shortened or cut:
        more = More(left=page.left, files=page.left_files, cursor=page.cursor, shortened=page.shortened, cut=cut)
    bare = msgspec.structs.replace(bare, more=more)
    out = sys.stdout.buffer
    given = joined(page) if joined is not None else (block.text.encode() for block in page.blocks)
    rows = [("", row) for row in given]
    if form_of(values) == "json":
        out.writelines(rows_json(bare, rows, field))
    else:
        out.writelines(row + b"\n" for _, row in rows)
        if bare != MoreLine():
            out.write(tail_line(bare))
    if page.tokens + _cost(bare) > budget.tokens:
        tell_too_few(page.tokens + _cost(bare), budget.tokens)


def tell_left(page: Page, budget: Budget) -> None:
    """Say what is left: below the rows on a terminal, else on stderr."""
    if page.tokens > budget.tokens:
        tell_too_few(page.tokens, budget.tokens)
    if page.cursor:
        aside = sys.stdout if sys.stdout.isatty() else sys.stderr
        aside.write(f"{left_line(page.left, page.left_files, f'--cursor {page.cursor}')}\n")


def tell_nothing(what: str, files: int) -> None:
    """Say on stderr that there is nothing to answer with, and why."""
    many = f"{files:,} file{'' if files == 1 else 's'}"
    why = f"no {what} in {many}" if files else "no file to look at; cq files --explain tells what is left out, and why"
    sys.stderr.write(f"cq: {why}\n")


def tell_too_few(tokens: int, most: int) -> None:
    """Say on stderr that there is no answer in so few tokens, and how many it takes."""
    sys.stderr.write(f"note: --max-tokens {most} is too few: the shortest answer takes {tokens:,}\n")


def _blocks(rows: Iterable[msgspec.Struct], entry: Callable[[Any], Entry]) -> Iterator[Block]:
    for row in rows:
        what, path, fewer = entry(row)
        short = _text(fewer) if fewer is not None else ""
        yield Block(_text(row), what, path, short=short)


def _text(row: msgspec.Struct) -> str:
    return answer_json(row).decode().rstrip("\n")


def _cost(answer: msgspec.Struct) -> int:
    return tokens_at_most(_text(answer)) + 1


def _lean(answer: msgspec.Struct, room: int) -> tuple[msgspec.Struct, dict[str, int]]:
    """The answer with its lists cut, the longest first, until it takes no more than that; and what was cut."""
    cut: dict[str, int] = {}
    while _cost(answer) > room:
        lists = {
            field: value
            for field in answer.__struct_fields__
            if isinstance(value := getattr(answer, field), (tuple, dict)) and len(value)
        }
        if not lists:
            break
        field = max(lists, key=lambda each: len(msgspec.json.encode(msgspec.to_builtins(lists[each]))))
        value = lists[field]
        keep = len(value) // 2
        cut[field] = cut.get(field, 0) + len(value) - keep
        kept = dict(list(value.items())[:keep]) if isinstance(value, dict) else value[:keep]
        answer = msgspec.structs.replace(answer, **{field: kept})
    return answer, cut
