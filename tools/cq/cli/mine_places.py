"""`cq mine odd` and `cq mine pairs`: what the idioms of a code base say of places and files."""

from collections.abc import Iterator, Sequence
from typing import Any

from cq.cli.answer import Entry, tell_nothing, write
from cq.cli.mined import make_facts, run_of
from cq.cli.settle import complain, diagnostics_of, shown_paths
from cq.lanes.lines import Lines
from cq.mining.odd import odd_places
from cq.mining.pairs import pairs as pairs_of
from cq.mining.results import place_in
from cq.render.budget import Block
from cq.render.color import printable
from cq.rows.mining import OddAnswer, OddPlace, Pair, PairsAnswer
from cq.rows.shared import SchemaId
from cq.scan.read import read_file
from cq.scan.results import Unread

_SHOWN = 30
# Idioms of which pairs are looked for.
_PAIRED = 400
# Of variants: so many are made forms of, since not all are told enough to be shown.
_LOOKED_AT = 20


def odd(values: dict[str, Any], arguments: Sequence[str], store: str) -> int:
    """Rare variants of frequent idioms."""
    run = run_of(values, arguments, store)
    make_facts(run)
    counted = run.count(skeletons=True)
    top = values.get("top", _SHOWN)
    found = odd_places(counted)[: top * _LOOKED_AT]
    forms = run.forms_at([at for each in found for at in (each.at, each.usual_at)])
    rows: list[OddPlace] = []
    for each in found:
        if len(rows) >= top:
            break
        if each.at not in forms or each.usual_at not in forms:
            continue
        (form, path), (usual, usual_path) = forms[each.at], forms[each.usual_at]
        if not usual.words or form.text == usual.text:
            continue
        data = read_file(run.request.selection.tree, path, True)
        if isinstance(data, Unread):
            continue
        rows.append(
            OddPlace(
                place=place_in(path, data, Lines(data), *counted.places.span(each.at)),
                language=run.table.by_path(path),
                kind=form.kind,
                pattern=form.text,
                usual=usual.text,
                usual_key=usual.digest(run.family(run.table.by_path(usual_path)), run.request.level)[:12],
                places=each.usual,
                like_this=each.rare,
            )
        )
    run.rows = len(rows)
    shown = shown_paths(run.request.selection.root)

    def text() -> Iterator[Block]:
        for row in rows:
            where = f"{printable(shown(row.place.path))}:{row.place.line}:{row.place.column}"
            lines = [f"{where}: {row.like_this} of {row.places + row.like_this} places look like this"]
            lines += (f"  | {printable(line)}" for line in row.place.text.split("\n")[:8])
            lines += (f"  usual: {printable(line)}" for line in row.usual.split("\n")[:8])
            yield Block("\n".join(lines), "odd place", row.place.path, short=lines[0])

    answer = OddAnswer(schema=SchemaId("cq.mine.odd"), rows=tuple(rows), report=run.report())
    write(values, answer, rows, text(), lambda row: Entry("odd place", row.place.path))
    if not rows and not values.get("quiet"):
        tell_nothing("odd place", len(run.corpus.members))
    return 2 if complain(diagnostics_of(run.unread)) else 0 if rows else 1


def pairs(values: dict[str, Any], arguments: Sequence[str], store: str) -> int:
    """Idioms that go together."""
    top = values.get("top", _SHOWN)
    run = run_of({**values, "top": _PAIRED}, arguments, store)
    make_facts(run)
    counted = run.count()
    idioms = run.idioms()
    rows = []
    for pair in pairs_of(counted, [each.made.candidate.entry for each in idioms], len(run.paths), top):
        first, second = idioms[pair.first], idioms[pair.second]
        rows.append(
            Pair(
                first=first.key,
                second=second.key,
                first_pattern=first.made.form.text,
                second_pattern=second.made.form.text,
                together=pair.together,
                first_files=pair.first_files,
                second_files=pair.second_files,
                lift=round(pair.lift, 2),
                npmi=round(pair.npmi, 3),
                p_value=pair.p_value,
                missing=tuple(run.paths[counted.digests[blob]][0].path for blob in pair.missing),
            )
        )
    run.rows = len(rows)
    shown = shown_paths(run.request.selection.root)

    def text() -> Iterator[Block]:
        for row in rows:
            lines = [
                f"{row.first} + {row.second}  {row.together} files, of {row.first_files} and {row.second_files}  "
                f"lift {row.lift:.1f}  npmi {row.npmi:.2f}"
            ]
            lines += (f"    {printable(line)}" for line in row.first_pattern.split("\n")[:4])
            lines += (f"  + {printable(line)}" for line in row.second_pattern.split("\n")[:4])
            lines += (f"  without the second: {printable(shown(path))}" for path in row.missing)
            yield Block("\n".join(lines), "pair", short=lines[0])

    answer = PairsAnswer(schema=SchemaId("cq.mine.pairs"), rows=tuple(rows), report=run.report())
    write(values, answer, rows, text(), lambda row: Entry("pair"))
    if not rows and not values.get("quiet"):
        tell_nothing("pair", len(run.corpus.members))
    return 2 if complain(diagnostics_of(run.unread)) else 0 if rows else 1
