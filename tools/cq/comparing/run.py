"""The structural difference of two trees: list what differs, read its definitions, match them, and say what changed."""

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import msgspec

from cq.comparing.changed import Changed, changed_files
from cq.comparing.definitions import DefinitionsAnalysis, DefinitionsPlan, FileItems, Item
from cq.comparing.matching import Matching, Pair, Place
from cq.engine.limits import is_over
from cq.index.selection import Selection
from cq.lanes.table import lane_table
from cq.rows.shared import Diagnostic, Report, Skipped, as_text
from cq.rows.structure import CHANGES, Before, Change, DefinitionChange, Touched
from cq.scan.account import RunCost, ledger_of
from cq.scan.read import unread_job
from cq.scan.results import Unread
from cq.scan.scan import scan, workers_for
from cq.store.blobs import Blobs

# Definitions whose users are looked for; each takes a look through the project.
_USERS_OF = 200
_PATHS_SHOWN = 20


class DiffRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What is compared."""

    old: Selection
    new: Selection
    folders: tuple[str, ...]
    languages: tuple[str, ...] = ()
    not_languages: tuple[str, ...] = ()
    callers: bool = True
    workers: int | None = None
    ends_at: float | None = None  # as time.time() has it


class DiffRun:
    """One comparison. Ask for `rows()` once, then for the rest."""

    def __init__(self, request: DiffRequest, blobs: Callable[[], Blobs | None] = lambda: None) -> None:
        self.request = request
        self._blobs = blobs
        self._table = lane_table(request.folders)
        self._cost = RunCost()
        self.unread: list[Unread] = []
        self.diagnostics: list[Diagnostic] = []
        self.errors: list[Touched] = []  # syntax errors that are new
        self.files = self.files_compared = 0
        self.left: dict[str, None] = {}  # files that there was no time for
        self.stopped_by = ""
        self._new = request.new  # with what was broken repaired
        self._diagnosed: set[str] = set()  # files whose errors are known

    def rows(self) -> list[DefinitionChange]:
        """What changed, by sort of change, then by path and line."""
        changed = changed_files(self.request.old, self.request.new)
        self.unread.extend(changed.unread)
        asked = {*changed.old, *changed.new}
        self.files = len(asked)
        compared = self._with_others(changed) if asked else changed
        old = self._read(self.request.old, compared.old)
        new = self._read(self.request.new, compared.new)
        if self.left:
            # Of a file that was read in one of them only nobody knows what became of its definitions.
            self.stopped_by = "deadline"
            old, new = ([file for file in side if file.path not in self.left] for side in (old, new))
        self.unread = [each for each in self.unread if each.path in asked or each in changed.unread]
        shown = set(map(as_text, asked))
        self.diagnostics = [each for each in self.diagnostics if each.path in shown]
        self.files_compared = len({file.path for file in (*old, *new) if file.language and file.path in asked})
        new = self._mended(old, new, asked)
        matching = Matching(old, new)
        self._note_errors(matching, asked)
        every = (*self._of_files(matching), *self._of_pairs(matching), *self._of_others(matching))
        rows = [row for row in every if row.path in asked or (row.before is not None and row.before.path in asked)]
        if self.request.callers:
            rows = self._with_users(matching, rows)
        order = {change: number for number, change in enumerate(CHANGES)}
        return sorted(rows, key=lambda row: (order[row.change], row.path.replace("/", "\0"), row.line, row.column))

    def ledger(self) -> tuple[Skipped, ...]:
        """The files that were not compared, by reason."""
        ledger = ledger_of(self.unread, [each for each in self.diagnostics if each.path])
        if not self.left:
            return ledger
        some = tuple(as_text(path) for path in islice(self.left, _PATHS_SHOWN))
        return (*ledger, Skipped(reason="not-looked-at", count=len(self.left), paths=some))

    def report(self) -> Report:
        """What the run cost so far."""
        return self._cost.report(self.request.new.root, 0, self.stopped_by)

    def _with_others(self, changed: Changed) -> Changed:
        """What changed, and all else that did: what is gone from the files that are asked about may be there."""
        old, new = self.request.old, self.request.new
        if not any((old.paths, old.globs, new.paths, new.globs)):
            return changed
        every = changed_files(
            *(msgspec.structs.replace(side, paths=(), globs=(), max_filesize=None) for side in (old, new))
        )
        return Changed(
            list(dict.fromkeys((*every.old, *changed.old))), list(dict.fromkeys((*every.new, *changed.new))), []
        )

    def _read(self, selection: Selection, paths: Sequence[str]) -> list[FileItems]:
        named = [self._table.named(word) for word in self.request.languages]
        unwanted = {self._table.named(word) for word in self.request.not_languages}
        wanted = []
        for path in paths:
            language = self._table.by_path(path)
            if language not in unwanted and (not named or language in named):
                wanted.append(unread_job(selection.tree, path, selection.binary))
        began = time.perf_counter()
        found = []
        workers = workers_for(wanted, self.request.workers)
        self._cost.workers = max(self._cost.workers, workers)
        plan = DefinitionsPlan(self.request.folders)
        for number, result in enumerate(scan(selection.tree, wanted, DefinitionsAnalysis, plan, workers)):
            if is_over(self.request.ends_at):
                self.left.update((job.path, None) for job in wanted[number:])
                break
            if isinstance(result, Unread):
                self.unread.append(result)
                continue
            self.diagnostics.extend(result.diagnostics)
            self._cost.files_parsed += bool(result.parsed_bytes)
            self._cost.bytes_parsed += result.parsed_bytes
            found.append(result)
        self._cost.parse_ms += (time.perf_counter() - began) * 1000
        return found

    def _mended(self, old: Sequence[FileItems], new: Sequence[FileItems], asked: set[str]) -> list[FileItems]:
        """The new files, those that the change broke as they are when they are repaired, where that is proven."""
        were_broken = {file.path for file in old if file.errors}
        broken = {file.path for file in new if file.errors and file.path in asked and file.path not in were_broken}
        if not broken or is_over(self.request.ends_at):
            return list(new)
        from cq.comparing.repaired import repaired  # most changes break nothing

        found = repaired(self.request.new, self.request.folders, broken)
        self.errors.extend(found.errors)
        self._diagnosed = {each.path for each in found.errors}
        if not found.repaired:
            return list(new)
        self._new = found.selection
        mended = {file.path: file for file in self._read(found.selection, sorted(found.repaired))}
        return [mended.get(file.path, file) for file in new]

    def _note_errors(self, matching: Matching, asked: set[str]) -> None:
        """What does not parse and did: what was broken before is not broken by the change."""
        for file in matching.new.values():
            if file.path not in asked or file.path in self._diagnosed:
                continue
            was = matching.old.get(matching.files.get(file.path, (file.path,))[0])
            known = {error.text for error in was.errors} if was is not None else set()
            for error in file.errors:
                if error.text in known:
                    continue
                self.errors.append(
                    Touched(
                        path=file.path,
                        line=error.line,
                        column=error.column,
                        text=error.text,
                        problems=("syntax error",),
                    )
                )

    def _of_files(self, matching: Matching) -> Iterator[DefinitionChange]:
        for path, (was, alike) in matching.files.items():
            file = matching.new[path]
            if not file.language:
                continue
            together = sum(
                1
                for number in range(len(matching.old[was].items))
                if (partner := matching.partner(Place(was, number))) is not None and partner.path == path
            )
            yield DefinitionChange(
                change="moved",
                language=file.language,
                kind="file",
                name=path.rpartition("/")[2],
                qualified_name=path,
                path=path,
                line=1,
                before=Before(path=was, line=1, name=was.rpartition("/")[2], qualified_name=was),
                similarity=round(alike, 2),
                definitions=together,
            )

    def _of_pairs(self, matching: Matching) -> Iterator[DefinitionChange]:
        for pair in matching.pairs:
            old, new = matching.item(pair.old, True), matching.item(pair.new, False)
            found: list[Change] = []
            if old.name != new.name:
                found.append("renamed")
            if matching.is_moved(pair):
                found.append("moved")
            if old.head != new.head:
                found.append("signature")
            if old.own != new.own:
                found.append("body")
            if found:
                yield _row(matching, pair, old, new, found)

    def _of_others(self, matching: Matching) -> Iterator[DefinitionChange]:
        """What has no partner. What stands in something else without one is told with that."""
        for is_old in (True, False):
            left = matching.left(is_old)
            known = set(left)
            within: dict[Place, int] = {}
            for place in reversed(left):  # what is inside comes after what is around it
                parent = Place(place.path, matching.item(place, is_old).parent)
                if parent in known:
                    within[parent] = within.get(parent, 0) + 1 + within.get(place, 0)
            for place in left:
                item = matching.item(place, is_old)
                if Place(place.path, item.parent) in known:
                    continue
                file = (matching.old if is_old else matching.new)[place.path]
                was = Before(
                    path=place.path,
                    line=item.line,
                    name=item.name,
                    qualified_name=item.qualified_name,
                    signature=item.signature,
                )
                yield DefinitionChange(
                    change="removed" if is_old else "added",
                    language=file.language,
                    kind=item.kind,
                    name=item.name,
                    qualified_name=item.qualified_name,
                    path=place.path,
                    line=item.line,
                    column=item.column,
                    end_line=item.end_line,
                    signature=item.signature,
                    before=was if is_old else None,
                    definitions=within.get(place, 0),
                )

    def _with_users(self, matching: Matching, rows: Sequence[DefinitionChange]) -> list[DefinitionChange]:
        asked = [row for row in rows if _touches(row)]
        if not asked:
            return list(rows)
        from cq.comparing.users import of_changes, with_users_known  # resolution takes longer than all the rest

        asked, said = with_users_known(asked, self._table)
        self.diagnostics.extend(said)
        if not asked:
            return list(rows)
        old, new, some = self.request.old, self._new, asked[:_USERS_OF]
        found, count = of_changes(old, new, self._table, matching, some, self._blobs(), self.request.ends_at)
        if len(asked) > count:
            message = f"users of the first {count} of {len(asked)} definitions were looked for"
            self.diagnostics.append(Diagnostic(path="", code="users-not-looked-for", message=message))
        if len(some) > count:
            self.stopped_by = "deadline"
        return [found.get(id(row), row) for row in rows]


def _touches(row: DefinitionChange) -> bool:
    """Whether somebody may use what is changed, and have to change with it."""
    return row.change not in ("added", "body") or "signature" in row.also


def _row(matching: Matching, pair: Pair, old: Item, new: Item, found: list[Change]) -> DefinitionChange:
    return DefinitionChange(
        change=found[0],
        also=tuple(found[1:]),
        language=matching.new[pair.new.path].language,
        kind=new.kind,
        name=new.name,
        qualified_name=new.qualified_name,
        path=pair.new.path,
        line=new.line,
        column=new.column,
        end_line=new.end_line,
        signature=new.signature,
        before=Before(
            path=pair.old.path,
            line=old.line,
            name=old.name,
            qualified_name=old.qualified_name,
            signature=old.signature if old.head != new.head else "",
        ),
        similarity=None if pair.similarity is None else round(pair.similarity, 2),
    )
