"""Why each cut of a file is where it is, in the planner's own numbers."""

from cq.chunking.analysis import ChunkAnalysis
from cq.chunking.file import whole_scope
from cq.chunking.file_chunks import ChunkPlan
from cq.chunking.measures import measure_of
from cq.chunking.options import ChunkOptions
from cq.chunking.pieces import Atom, Scope
from cq.rows.chunk import CutRow
from cq.rows.shared import as_text

_TEXT_LIMIT = 90


def cuts_of(path: str, data: bytes, folders: tuple[str, ...], options: ChunkOptions) -> list[CutRow]:
    """The cuts of a file, in order."""
    file, _, _ = ChunkAnalysis(ChunkPlan(folders=folders, options=options)).cut(path, data)
    sizes = {atom.start: atom for atom in _leaves(file.atoms)}
    rows: list[CutRow] = []
    line = 1
    for number, cut in enumerate(file.cuts):
        if number:
            before = file.cuts[number - 1]
            whys = []
            if before.scope is not cut.scope or before.region != cut.region:
                whys.append(f"{_place(before.scope)} ends here" if _is_around(cut.scope, before.scope) else "")
                whys.append(f"{_place(cut.scope)} begins here" if _is_around(before.scope, cut.scope) else "")
            whole = whole_scope(cut, file.finder)
            if whole is not None:
                whys.append(f"{whole.kind} {whole.head.name} stays whole")
            if cut.split == "chars":
                whys.append("this line alone is too large")
            elif cut.split == "lines":
                whys.append("text without structure, cut between lines")
            atom = sizes.get(cut.start)
            together = (before.weight + cut.weight) / options.target / measure_of(options).scale
            whys.append(f"both together are {together:.1f} times the target")
            rows.append(
                CutRow(
                    path=as_text(path),
                    line=line,
                    byte=cut.start,
                    cost=round(atom.cost if atom is not None else cut.cost, 3),
                    why="; ".join(why for why in whys if why),
                    before=_last_line(data, cut.start),
                    after=_first_line(data, cut.start),
                )
            )
        line += data.count(b"\n", cut.start, cut.end)
    return rows


def _leaves(atoms: list[Atom]) -> list[Atom]:
    found = []
    stack = list(reversed(atoms))
    while stack:
        atom = stack.pop()
        if atom.inner is None:
            found.append(atom)
        else:
            stack.extend(reversed(atom.inner))
    return found


def _place(scope: Scope | None) -> str:
    return f"{scope.kind} {scope.head.name}" if scope is not None else "the file"


def _is_around(outer: Scope | None, inner: Scope | None) -> bool:
    """Whether one scope is within another, or beside it, so that it ends or begins at the cut."""
    return inner is not None and inner is not outer and (outer is None or inner not in outer.chain())


def _first_line(data: bytes, at: int) -> str:
    stop = data.find(b"\n", at)
    return _text(data[at : stop if stop >= 0 else len(data)])


def _last_line(data: bytes, at: int) -> str:
    text = data[max(0, at - 2000) : at].rstrip()
    return _text(text[text.rfind(b"\n") + 1 :])


def _text(line: bytes) -> str:
    return line[: 4 * _TEXT_LIMIT].decode("utf-8", "replace").rstrip()[:_TEXT_LIMIT]
