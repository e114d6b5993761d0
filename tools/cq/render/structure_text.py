"""A structural difference for readers: on a terminal, in a pull request, and as annotations of a workflow."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from cq.render.budget import Block
from cq.render.color import Palette, printable
from cq.rows.structure import CHANGES, DefinitionChange, DiffSummary, Touched

_HEADS = {
    "removed": "removed",
    "renamed": "renamed",
    "moved": "moved",
    "signature": "signature changed",
    "added": "added",
    "body": "body changed",
}
_SIGNS = {"removed": "-", "renamed": "~", "moved": ">", "signature": "!", "added": "+", "body": "*"}
_WORDS = {"signature": "new signature", "body": "changed body"}
_USERS_SHOWN = 8
_ROWS_SHOWN = 60  # of one sort, in a comment on a pull request


def structure_text(
    rows: Sequence[DefinitionChange], errors: Sequence[Touched], colours: Palette, shown: Callable[[str], str]
) -> Iterator[Block]:
    """The lines of the difference, by sort of change."""
    is_first = True
    for change in CHANGES:
        of_sort = [row for row in rows if row.change == change]
        if of_sort:
            if not is_first:
                yield Block("")
            is_first = False
            yield Block(f"{colours.head}{_HEADS[change]} ({len(of_sort)}){colours.reset}", level=0)
        for row in of_sort:
            place = printable(f"{shown(row.path)}:{row.line}")
            head = f"{_SIGNS[change]} {colours.path}{place}{colours.reset}  {printable(_said(row, shown))}"
            lines = [head]
            if row.before is not None and row.before.signature and row.change != "removed":
                lines.append(f"    - {printable(row.before.signature)}")
                lines.append(f"    + {printable(row.signature)}")
            lines += (f"    {printable(_user(each, shown))}" for each in _first(row.callers))
            if len(row.callers) > _USERS_SHOWN:
                lines.append(f"    ... {len(row.callers) - _USERS_SHOWN} more")
            yield Block("\n".join(lines), change_word(change), row.path, short=head)
    if errors:
        if not is_first:
            yield Block("")
        yield Block(f"{colours.head}syntax errors that are new ({len(errors)}){colours.reset}", level=0)
        for error in errors:
            place = printable(f"{shown(error.path)}:{error.line}:{error.column}")
            yield Block(f"{place}: {printable(_broken(error))}", "syntax error", error.path)


def change_word(change: str) -> str:
    """What a definition that changed is called where it is counted."""
    return _WORDS.get(change, f"{change} definition")


def structure_markdown(
    rows: Sequence[DefinitionChange], errors: Sequence[Touched], summary: DiffSummary
) -> Iterator[str]:
    """The same for a comment on a pull request: what breaks first, then a list for each sort of change."""
    yield f"**{account(summary)}**"
    broken = [(row, each) for row in rows for each in row.callers if each.problems]
    if broken or errors:
        yield "\n#### Broken\n"
        for error in errors:
            yield f"- `{_code(error.path)}:{error.line}` {_plain('; '.join(error.problems))}: `{_code(error.text)}`"
        for row, each in broken[:_ROWS_SHOWN]:
            said = f"{_plain('; '.join(each.problems))} (`{_code(row.qualified_name)}`)"
            yield f"- `{_code(each.path)}:{each.line}` {said}: `{_code(each.text)}`"
        if len(broken) > _ROWS_SHOWN:
            yield f"- ... and {len(broken) - _ROWS_SHOWN} more"
    for change in CHANGES:
        of_sort = [row for row in rows if row.change == change]
        if not of_sort:
            continue
        yield f"\n<details><summary>{_HEADS[change].capitalize()} ({len(of_sort)})</summary>\n"
        for row in of_sort[:_ROWS_SHOWN]:
            yield f"- `{_code(_said(row, str))}` in `{_code(row.path)}:{row.line}`"
            if row.before is not None and row.before.signature and row.change != "removed":
                yield f"  - was `{_code(row.before.signature)}`"
                yield f"  - now `{_code(row.signature)}`"
            if row.callers and not row.broken:
                yield f"  - {len(row.callers)} callers"
        if len(of_sort) > _ROWS_SHOWN:
            yield f"- ... and {len(of_sort) - _ROWS_SHOWN} more"
        yield "\n</details>"


def structure_github(rows: Iterable[DefinitionChange], errors: Iterable[Touched]) -> Iterator[str]:
    """Annotations of a workflow: an error for what breaks, a notice for each new signature, removal and rename."""
    for error in errors:
        yield _annotation("error", error.path, error.line, "syntax error", _broken(error))
    for row in rows:
        for each in row.callers:
            if each.problems:
                said = f"{row.qualified_name}: {'; '.join(each.problems)}"
                severity = "warning" if each.confidence == "possible" else "error"
                yield _annotation(severity, each.path, each.line, _HEADS[row.change], said)
        if row.change != "removed" and (row.change in ("renamed", "signature") or "signature" in row.also):
            users = f" ({len(row.callers)} callers)" if row.callers else ""
            yield _annotation("notice", row.path, row.line, _HEADS[row.change], _said(row, str) + users)


def account(summary: DiffSummary) -> str:
    """How much changed, in one line."""
    counts = [f"{count} {_HEADS[change]}" for change, count in summary.changes.items() if count]
    said = ", ".join(counts) or "no definition changed"
    if summary.callers:
        said += f"; {summary.callers} callers touched, {summary.broken} broken"
    if summary.errors:
        said += f"; {summary.errors} new syntax errors"
    compared = f"{summary.files_compared} of {summary.files} changed file{'' if summary.files == 1 else 's'} compared"
    others = summary.files - summary.files_compared
    # Left out are files that nothing is known to be defined in, those of other languages, and what --budget-ms left.
    why = f" ({others} without code, or in a language not asked for)" if others and summary.complete else ""
    return f"{said}; {compared}{why}"


def _said(row: DefinitionChange, shown: Callable[[str], str]) -> str:
    was = row.before
    text = f"{row.kind} {row.qualified_name}"
    if was is not None and row.change != "removed":
        if row.path != was.path and row.change in ("moved", "renamed") and ("moved" in (row.change, *row.also)):
            text += f"  from {shown(was.path)}:{was.line}"
            if was.qualified_name != row.qualified_name and row.kind != "file":
                text += f" {was.qualified_name}"
        elif was.qualified_name != row.qualified_name:
            text += f"  was {was.qualified_name}"
    notes = [_HEADS[change] for change in row.also if change != "moved" or row.change != "renamed" or was is None]
    if row.similarity is not None and row.similarity < 1:
        notes.append(f"{round(100 * row.similarity)} % alike")
    if row.definitions:
        notes.append(f"with {row.definitions} definition{'s' * (row.definitions != 1)}")
    return text + (f"  ({', '.join(notes)})" if notes else "")


def _broken(error: Touched) -> str:
    """What is wrong, where that is known, and the line."""
    why = "; ".join(error.problems).removeprefix("syntax error").removeprefix(": ")
    return f"{why}: {error.text.strip()}" if why else error.text


def _first(users: Sequence[Touched]) -> Sequence[Touched]:
    return sorted(users, key=lambda each: not each.problems)[:_USERS_SHOWN]


def _user(user: Touched, shown: Callable[[str], str]) -> str:
    problems = f"  <- {'; '.join(user.problems)}" if user.problems else ""
    inside = f"{user.container}: " if user.container else ""
    return f"{shown(user.path)}:{user.line}:{user.column}  {inside}{user.text}{problems}"


def _code(text: str) -> str:
    """Text between backticks: it ends none, and is one line."""
    return " ".join(text.replace("`", "'").split())


def _plain(text: str) -> str:
    return "".join(f"\\{each}" if each in "\\`*_{}[]<>#|" else each for each in text)


def _annotation(command: str, path: str, line: int, title: str, said: str) -> str:
    properties = ",".join(
        f"{name}={_data(value).replace(':', '%3A').replace(',', '%2C')}"
        for name, value in (("file", path), ("line", str(line)), ("title", title))
    )
    return f"::{command} {properties}::{_data(said)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
