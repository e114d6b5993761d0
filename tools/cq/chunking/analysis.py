"""Cut single files, as a scan asks for it: rows encoded, and what they come to."""

import time
from collections.abc import Sequence

import msgspec

from cq.chunking.file import CutFile, cut_file, parse_file
from cq.chunking.file_chunks import ChunkPlan, FileChunks
from cq.chunking.languages import ChunkLanguage, ChunkLanguages, chunk_table
from cq.chunking.measures import measure_of
from cq.chunking.pieces import limits_of
from cq.chunking.rows import Made, RowMaker
from cq.chunking.uses import FileUses
from cq.chunking.verify import problem_of
from cq.index.binary import is_binary
from cq.lanes.lines import Lines
from cq.rows.chunk import ChunkRow
from cq.rows.shared import Diagnostic, as_text
from cq.store.snapshot import digest_of


class ChunkAnalysis:
    """Cuts single files. Owns the grammars: made once per process."""

    def __init__(self, plan: ChunkPlan) -> None:
        self._plan = plan
        self._table = chunk_table(plan.folders)
        self._languages = ChunkLanguages(self._table, plan.options.query)
        self._measure = measure_of(plan.options)
        self._limits = limits_of(plan.options, self._measure)
        self._encode = msgspec.json.Encoder().encode

    def run(self, path: str, data: bytes) -> FileChunks:
        """The chunks of one file, whatever is in it."""
        file, language, notes = self.cut(path, data)
        began = time.perf_counter()
        made = self._made(path, file, language, notes)
        rows = [each.row for each in made]
        forms: dict[str, int] = {}
        for row in rows:
            forms[row.form] = forms.get(row.form, 0) + 1
        return FileChunks(
            path=path,
            language=file.language,
            grammar=language.grammar if language is not None and file.tree is not None else "",
            length=len(data),
            digest=digest_of(data),
            rows=tuple(map(self._encode, rows)),
            firsts=tuple(each.first for each in made),
            forms=forms,
            sizes=tuple(row.size for row in rows),
            is_degraded=bool(notes),
            diagnostics=tuple(notes),
            parsed_bytes=len(data) if file.tree is not None else 0,
            parse_ms=file.parse_ms,
            cut_ms=file.cut_ms,
            rows_ms=(time.perf_counter() - began) * 1000,
        )

    def rows(self, path: str, data: bytes) -> list[ChunkRow]:
        """The rows alone, for who has no use for their JSON."""
        file, language, notes = self.cut(path, data)
        return [each.row for each in self._made(path, file, language, notes)]

    def _made(
        self, path: str, file: CutFile, language: ChunkLanguage | None, notes: list[Diagnostic]
    ) -> Sequence[Made]:
        """The rows that the options ask for; what is wrong with them is added to the notes."""
        maker = self._maker(path, file, language)
        made = maker.rows()
        options = self._plan.options
        if self._plan.verify:
            problem = problem_of([each.row for each in made], file.data, options, self._measure)
            if problem:
                notes.append(_note(path, "not-verified", f"{problem}: a fault of cq", severity="error"))
        if options.view == "defs":
            from cq.chunking.defs import definition_rows  # the partition does without

            made = definition_rows(maker, file, language, made, options, self._measure)
        if options.uses and file.tree is not None and language is not None:
            uses = language.uses(file.tree)
            made = [Made(_with_uses(each.row, uses), each.first) for each in made]
        if options.kinds:
            made = [each for each in made if each.row.kind in options.kinds or each.row.form in options.kinds]
        return made

    def count(self, text: bytes) -> int:
        """How large a text is, in the unit of the limits."""
        return self._measure.count(text)

    def cut(self, path: str, data: bytes) -> tuple[CutFile, ChunkLanguage | None, list[Diagnostic]]:
        """The cuts of a file, the language that it was cut in, and what is to say of it."""
        name = self._plan.language or self._table.by_content(path, data)
        language = self._languages.get(name) if name else None
        fallback = ""
        notes: list[Diagnostic] = []
        if is_binary(data):
            fallback, language = "binary", None
            notes.append(_note(path, "binary", "binary, cut by its lines"))
        elif name and language is None:
            fallback = "no-grammar"
            install = self._table.install(name)
            hint = f": {install}" if install else ""
            notes.append(_note(path, "no-grammar", f"no grammar for {name} is installed, cut by its lines{hint}"))
        parsed = parse_file(data, language) if language is not None else None
        if parsed is None:
            fallback = fallback or ("too-large" if language is not None else "unsupported")
        elif parsed.errors:
            other = self._table.fallback(name)
            second = self._languages.get(other) if other else None
            again = parse_file(data, second) if second is not None else None
            if again is not None and again.error_bytes < parsed.error_bytes:
                parsed, name, language = again, other, again.language
        file = cut_file(data, name, parsed, self._measure, self._limits, fallback)
        if file.fallback == "too-large":
            notes.append(_note(path, "too-large-to-parse", f"{len(data) / 1e6:.1f} MB: not parsed, cut by its lines"))
        if file.fallback == "encoding":
            notes.append(_note(path, "not-utf-8", "not UTF-8: such bytes are parsed as `?`, and kept"))
        if file.errors:
            line, column, _ = Lines(data).position(file.errors[0][0])
            notes.append(_note(path, "syntax-error", "parsed with errors", line=line, column=column))
        return file, language, notes

    def _maker(self, path: str, file: CutFile, language: ChunkLanguage | None) -> RowMaker:
        comment = language.comment if language is not None else self._table.comment(file.language)
        separator = language.separator if language is not None else "."
        uses = None
        if self._plan.options.imports and file.tree is not None and language is not None:
            uses = language.uses(file.tree)
        return RowMaker(path, file, self._plan.options, self._measure, comment, separator, uses)


def _with_uses(row: ChunkRow, uses: FileUses) -> ChunkRow:
    said = uses.between(row.start_byte, row.end_byte)
    return msgspec.structs.replace(row, imports=said.imports, calls=said.calls, names=said.names)


def _note(path: str, code: str, message: str, severity: str = "warning", line: int = 0, column: int = 0) -> Diagnostic:
    return Diagnostic(path=as_text(path), code=code, severity=severity, message=message, line=line, column=column)
