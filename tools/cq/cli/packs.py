"""`cq packs`: which packs there are, what their patterns say, what is wrong with them, and what breaks them."""

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from cq.cli.check import check
from cq.cli.options import PACKS
from cq.cli.settle import form_of, query_folders
from cq.errors import CqError, nearest
from cq.grammar.language import is_installed
from cq.lanes.table import LaneTable, lane_table
from cq.packs.chain import chains_of
from cq.packs.meaning import meaning_of
from cq.packs.pattern import PatternText, parts_of
from cq.packs.source import pack_hash
from cq.render.color import palette
from cq.render.json import answer_json
from cq.render.packs import list_text, show_text
from cq.rows.packs import PackRow, PacksAnswer, PatternRow, PatternsAnswer
from cq.rows.shared import SchemaId, as_text

_WORDS = ("list", "show", "plan", "lint", "drift")
_LIST = "cq packs list shows them"


def packs(values: dict[str, Any], arguments: Sequence[str]) -> int:
    """Run the command that the first argument names; the exit status."""
    check(PACKS, values)
    word, rest = (arguments[0], arguments[1:]) if arguments else ("", ())
    if word not in _WORDS:
        message = f"cq packs does not know {word!r}" if word else "cq packs needs to know what to do"
        raise CqError(message, nearest(word, _WORDS) or f"one of: {', '.join(_WORDS)}")
    if "node_types" in values and word != "drift":
        raise CqError(f"cq packs {word} takes no --node-types", "cq packs drift does")
    if values.get("patterns") and word != "plan":
        raise CqError(f"cq packs {word} takes no --patterns", "cq packs plan does")
    return _command(word)(values, rest)


def _command(word: str) -> Callable[[dict[str, Any], Sequence[str]], int]:
    """What runs a word; each of the larger ones imports its own."""
    if word == "plan":
        from cq.cli.packs_plan import plan

        return plan
    if word == "lint":
        from cq.cli.packs_lint import lint

        return lint
    if word == "drift":
        from cq.cli.packs_drift import drift

        return drift
    return _show if word == "show" else _list


def _list(values: dict[str, Any], arguments: Sequence[str]) -> int:
    table = lane_table(query_folders(values))
    rows = tuple(
        _pack_row(table, language, pack)
        for language in wanted_languages(table, arguments)
        for pack in table.packs.names(language)
    )
    answer = PacksAnswer(schema=SchemaId("cq.packs.list"), rows=rows)
    write(values, answer, rows, list_text(palette(values.get("color", "auto"), sys.stdout), rows))
    return 0


def _show(values: dict[str, Any], arguments: Sequence[str]) -> int:
    if not arguments:
        raise CqError("cq packs show needs a language, or a language and a pack", _LIST)
    table = lane_table(query_folders(values))
    rows: list[PatternRow] = []
    for argument in arguments:
        word, slash, pack = argument.partition("/")
        language = table.named(word)
        names = table.packs.names(language)
        if slash and pack not in names:
            raise CqError(f"{language} has no pack {pack!r}", f"one of: {', '.join(names)}")
        for name in (pack,) if slash else names:
            rows += (_pattern_row(language, name, pattern) for pattern in table.packs.patterns(language, name))
    answer = PatternsAnswer(schema=SchemaId("cq.packs.show"), rows=tuple(rows))
    write(values, answer, rows, show_text(palette(values.get("color", "auto"), sys.stdout), rows))
    return 0


def wanted_languages(table: LaneTable, words: Sequence[str]) -> tuple[str, ...]:
    """The languages that the user names, each once; all when there are no words."""
    return tuple(dict.fromkeys(map(table.named, words))) if words else tuple(sorted(table.languages))


def write(values: dict[str, Any], answer: msgspec.Struct, rows: Iterable[msgspec.Struct], text: Iterable[str]) -> None:
    """Write an answer in the form that is asked for: as JSON whole, as JSON Lines its rows, or the lines of text."""
    form = form_of(values)
    if form == "text":
        sys.stdout.writelines(f"{line}\n" for line in text)
    elif form == "json":
        sys.stdout.buffer.write(answer_json(answer))
    else:
        sys.stdout.buffer.writelines(answer_json(row) for row in rows)


def _pack_row(table: LaneTable, language: str, pack: str) -> PackRow:
    patterns = table.packs.patterns(language, pack)
    files = table.packs.files(language, pack)
    return PackRow(
        language=language,
        pack=pack,
        installed=is_installed(table.languages[language].grammar),
        patterns=len(patterns),
        inherited=sum(pattern.path != files[-1] for pattern in patterns),
        chains=sum(chains_of(pattern) is not None for pattern in patterns),
        hash=pack_hash(patterns),
        files=tuple(map(as_text, files)),
    )


def _pattern_row(language: str, pack: str, pattern: PatternText) -> PatternRow:
    parts = parts_of(pattern)
    meaning = meaning_of(parts.settings, parts.captures)
    return PatternRow(
        language=language,
        pack=pack,
        path=as_text(pattern.path),
        line=pattern.line,
        column=pattern.column,
        text=pattern.text,
        emit=meaning.emit,
        role=meaning.role,
        kind=meaning.kind,
        anchor=meaning.anchor,
        captures=parts.captures,
        predicates=tuple(" ".join(pattern.text[each.start : each.end].splitlines()) for each in parts.predicates),
        chain=chains_of(pattern) is not None,
    )
