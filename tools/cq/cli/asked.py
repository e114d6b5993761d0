"""One target of the project, as `neighborhood`, `calls` and the like are asked about it."""

import os
import shlex
import sys
import time
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from cq.cli.at_end import at_end
from cq.cli.cache_options import blobs_of, cache_folder, keeper_of
from cq.cli.clock import ends_at, not_looked_at
from cq.cli.other_files import is_file
from cq.cli.settle import form_of, query_folders, selection_of, shown_paths
from cq.cli.shared import is_sharing, shared
from cq.errors import CqError
from cq.neighborhood.found import Found
from cq.neighborhood.kept import Kept
from cq.render.color import printable
from cq.render.json import answer_json
from cq.rows.neighborhood import Candidate, Symbol
from cq.rows.resolution import Target
from cq.rows.shared import Diagnostic, Report
from cq.symbols.position import WHOLE, Place, parse_place

if TYPE_CHECKING:
    from cq.neighborhood.question import Question
    from cq.neighborhood.run import Neighborhood
    from cq.neighborhood.sources import Sources

_MOST_CANDIDATES = 40  # that are listed
Answer = TypeVar("Answer", bound=Found)


class Asked:
    """One question about a target under way. An answer that is known needs neither resolution nor parser."""

    def __init__(self, command: str, text: str, values: dict[str, Any], fields: Sequence[str] = ()) -> None:
        """`fields` are the options of the command that the answer depends on."""
        self._began = time.perf_counter()
        self._ends_at = ends_at(values)
        text = text.strip().removesuffix("()")
        if not text:
            raise CqError(f"{command} of what?", f"cq {command} NAME, a file, path:line or path:line:column")
        self.command = command
        self.text = text
        self.values = values
        # A file is a target, too: its module.
        self._place = parse_place(text) or (Place(text, WHOLE) if is_file(values, text) else None)
        if self._place is None and "/" in text:  # which no name has
            what = "this is a folder" if os.path.isdir(text) else "no such file"
            raise CqError(f"{what}: {printable(text)}", "TARGET is a name, a file, path:line[:column]")
        path = os.path.abspath(self._place.path) if self._place is not None else ""
        if self._place is not None and not is_file(values, path):
            raise CqError(f"no such file: {self._place.path}", "TARGET is a name, a file, path:line[:column]")
        given = selection_of(values, [path] if path else []).selection
        self.root = given.root
        if path and not path.startswith(os.path.join(self.root, "")):
            raise CqError(f"{text}: outside of {self.root}", "--root takes the folder of the project")
        self._path = path.removeprefix(os.path.join(self.root, ""))
        self._selection = given.whole
        self._folders = query_folders(values)
        asked = tuple((field, values.get(field)) for field in ("all", "confidence", *fields))
        question = (command, text, self._path, asked)
        self._kept = Kept(keeper_of(values, given.tree), self._selection, self._folders, question)

    @cached_property
    def question(self) -> "Question":
        """What finds the answer."""
        from cq.lanes.table import lane_table  # these take longer to import than a known answer to give
        from cq.neighborhood.question import Question
        from cq.neighborhood.run import Neighborhood
        from cq.symbols.project import Project
        from cq.symbols.resolvers import Resolvers

        is_shared = is_sharing() and self._selection.tree.is_plain

        def resolvers() -> Resolvers:
            # What outlives a question must not ask the index, which is closed with it.
            holders = None if is_shared else self._kept.holders
            return Resolvers(
                Project(self._selection.tree, self._kept.paths, lane_table(self._folders), holders, blobs), by_name=True
            )

        blobs = shared(("blobs", cache_folder(self.values)), lambda: blobs_of(self.values))
        at_end(blobs.flush)
        key = ("resolvers", self._selection, self._folders)
        at_most = self.values.get("confidence", "possible")
        around = self.in_time(Neighborhood(shared(key, resolvers) if is_shared else resolvers(), at_most))
        return Question(around, self.text, self._place, self._path, bool(self.values.get("all")))

    def answer(self, kind: type[Answer], make: Callable[["Question", list[list[Target]]], Answer]) -> Answer:
        """The answer about the definitions that are meant: as it is known, or made and kept."""
        known = self._kept.answer(kind)
        if known is not None:
            return known
        groups = self.question.groups()
        if len(groups) > 1 and not self.values.get("all"):
            symbols = self.question.neighborhood.symbols
            made = kind(candidates=tuple(symbols.of(group[0]) for group in groups))
        else:
            made = self._within_time(make(self.question, groups)) if groups else kind()
        # What lacks something is no answer to the next one who asks.
        if (made.cards or made.candidates) and not made.left:
            self._kept.keep(made)
        return made

    def in_time(self, neighborhood: "Neighborhood") -> "Neighborhood":
        """The same, which looks at no further file when `--budget-ms` is spent."""
        neighborhood.sources.ends_at = self._ends_at
        return neighborhood

    def not_looked_at(self, sources: "Sources") -> tuple[Diagnostic, ...]:
        """What there is to say of the files that there was no time for."""
        how = f"all of it: the same with more than --budget-ms {self.values.get('budget_ms')}, or without"
        return not_looked_at(sources.left, sources.to_look_through, how)

    def _within_time(self, made: Answer) -> Answer:
        sources = self.question.neighborhood.sources
        diagnostics = (*made.diagnostics, *self.not_looked_at(sources))
        return msgspec.structs.replace(made, left=sources.left, diagnostics=diagnostics)

    def refused(self, found: Found, answer: Callable[[tuple[Candidate, ...], int], msgspec.Struct]) -> int:
        """When there is not one definition to answer about, say so; the exit status then, else 0.

        JSON is to be read whatever came of it; a text says nothing on stdout.
        """
        if found.cards:
            return 0
        status = 2 if found.candidates else 1
        candidates = self._candidates(found.candidates) if found.candidates else self._nothing()
        if form_of(self.values) in ("json", "jsonl"):
            sys.stdout.buffer.write(answer_json(answer(candidates, status)))
        self.close()
        return status

    def tell(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Say on stderr what is broken in the files of the targets."""
        for each in diagnostics:
            sys.stderr.write(f"cq: {printable(each.path)}: {each.message}\n")

    def close(self) -> None:
        """Let go of what is kept; ask for it when all is written."""
        sys.stdout.flush()
        self._kept.close()

    def report(self) -> Report:
        """What the run cost."""
        question = self.__dict__.get("question")
        return Report(
            root=self.root,
            files_listed=len(self._kept.paths),
            files_parsed=question.neighborhood.sources.parsed if question is not None else 0,
            total_ms=round((time.perf_counter() - self._began) * 1000, 2),
        )

    def _nothing(self) -> tuple[Candidate, ...]:
        """Say on stderr that nothing has that name, and what may have been meant."""
        from cq.neighborhood.near import near_definition  # only here

        last = self.text.replace("::", ".").rpartition(".")[2]
        hint = near_definition(self.question.resolvers.project, last)
        hint = hint or f"cq search {shlex.quote(last)} shows where the name stands"
        sys.stderr.write(f"cq: nothing is defined as {printable(self.text)}\nhint: {printable(hint)}\n")
        return ()

    def _candidates(self, symbols: Sequence[Symbol]) -> tuple[Candidate, ...]:
        """The definitions to choose from, said on stderr, too."""
        shown = shown_paths(self.root)
        found = []
        for symbol in symbols:
            place = shown(symbol.path)
            if symbol.kind != "module" or symbol.start_byte:
                place += f":{symbol.line}:{symbol.column}"
            found.append(Candidate(symbol=symbol, command=f"cq {self.command} {shlex.quote(place)}"))
        err = sys.stderr
        err.write(f"cq: {printable(self.text)} may mean {len(found)} definitions\n")
        width = max(len(each.command) for each in found[:_MOST_CANDIDATES])
        for each in found[:_MOST_CANDIDATES]:
            said = f"{each.symbol.kind} {each.symbol.qualified_name}"
            err.write(f"  {printable(each.command):{width}}  {printable(said)}\n")
        if len(found) > _MOST_CANDIDATES:
            err.write(f"  and {len(found) - _MOST_CANDIDATES} more: --json lists them all\n")
        err.write(f"hint: all of them: cq {self.command} {shlex.quote(self.text)} --all\n")
        return tuple(found)
