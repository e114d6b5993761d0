"""From what a run found to rows: examples with their lines, rules, variations, and what is kept for later."""

import json
from collections import Counter
from collections.abc import Sequence

from cq.index.file_tree import FileTree
from cq.lanes.lines import Lines
from cq.mining.ranking import gain
from cq.mining.results import PLACES_KEPT, Result, Saved, place_in
from cq.mining.rule import Json, rule_of, rule_yaml
from cq.mining.run import Found, MineRun
from cq.mining.table import Table
from cq.rows.mining import Idiom, IdiomPlace, Variation
from cq.rows.shared import as_text
from cq.scan.read import read_file
from cq.scan.results import Unread

_EXAMPLES = 3
_VARIATIONS = 8


class Answerer:
    """Makes the rows of one run. Files are read once."""

    def __init__(self, run: MineRun) -> None:
        self._run = run
        self._root = run.request.selection.root
        self._lines: dict[str, Lines | None] = {}
        self._data: dict[str, bytes] = {}
        self._paths: dict[str, int] = {}

    def saved(self, found: Found) -> Saved:
        """One idiom as it is shown, with all its places."""
        run, made, candidate = self._run, found.made, found.made.candidate
        places = self._places(candidate.entry)
        rules = self._rules(found, places)
        idiom = Idiom(
            key=found.key,
            level=run.request.level,
            language=made.language,
            kind=made.form.kind,
            pattern=made.form.text,
            rule=self._yaml(found, rules),
            occurrences=candidate.occurrences,
            files=candidate.files,
            projects=candidate.projects,
            size=candidate.size,
            score=round(found.score, 2),
            surprise=round(found.surprise, 2),
            gain=int(gain(candidate)),
            within=candidate.covered,
            examples=self._examples(found),
            variations=tuple(
                Variation(
                    key=each.key,
                    pattern=each.made.form.text,
                    occurrences=each.made.candidate.occurrences,
                    files=each.made.candidate.files,
                    projects=each.made.candidate.projects,
                )
                for each in found.variations[:_VARIATIONS]
            ),
            part_of=found.part_of,
            categories=tuple(sorted(made.categories)),
        )
        configs = {
            language: json.dumps({key: value for key, value in rule.items() if key != "language"}).encode()
            for language, rule in rules.items()
        }
        assert run.counted is not None
        number = int(run.counted.counts.keys[candidate.entry])
        return Saved(
            idiom=idiom,
            places=places,
            number=number,
            signature=made.form.signature,
            configs=configs,
            categories=made.categories,
        )

    def _rules(self, found: Found, places: dict[int, tuple[tuple[int, int], ...]]) -> dict[str, Json]:
        """The rule for each language that files with the idiom are in: languages of one family share idioms."""
        run, made = self._run, found.made
        paths = tuple(self._paths)
        languages = Counter(run.table.by_path(paths[number]) for number in places)
        rules = {}
        # The language of most files first.
        for language, _ in languages.most_common():
            entry = run.table.languages.get(language)
            table = run.analysis.tables(language) if entry is not None else None
            if entry is not None and table is not None and entry.ast_grep:
                others = self._annotated(found, table)
                rule = rule_of(made.form, table, entry.grammar, entry.ast_grep, others)
                if rule is not None:
                    rules[language] = rule
        return rules

    def _annotated(self, found: Found, table: Table) -> list[str]:
        """The form with the comments that tell a tool something, as its examples and the place it is of have them."""
        if table.annotations is None:
            return []
        counted = self._run.counted
        assert counted is not None
        texts = [found.made.form.annotated]
        chosen = [at for at, place in self._chosen(found) if table.annotations.search(place.text.encode())]
        texts += (form.annotated for form, _ in self._run.forms_at(chosen).values())
        return [text for text in dict.fromkeys(texts) if text]

    def _yaml(self, found: Found, rules: dict[str, Json]) -> str:
        candidate = found.made.candidate
        kind = found.made.form.kind.replace("_", " ")
        message = f"{candidate.occurrences} places in {candidate.files} files have this {kind}"
        return "---\n".join(rule_yaml(f"{language}-{found.key}", rule, message) for language, rule in rules.items())

    def result(self, saved: Sequence[Saved], question: str, summary: bytes) -> Result:
        """All of it, to be kept."""
        request = self._run.request
        return Result(
            root=self._root,
            level=request.level,
            folders=request.folders,
            question=question,
            paths=tuple(map(as_text, self._paths)),
            saved=tuple(saved),
            summary=summary,
        )

    def _places(self, entry: int) -> dict[int, tuple[tuple[int, int], ...]]:
        counted = self._run.counted
        assert counted is not None
        span = counted.places.of(entry)
        span = slice(span.start, min(span.stop, span.start + PLACES_KEPT))
        found: dict[int, list[tuple[int, int]]] = {}
        for blob, both in zip(counted.places.blobs[span].tolist(), counted.places.spans[span].tolist(), strict=True):
            start, end = both & 0xFFFFFFFF, both >> 32
            for member in self._run.paths[counted.digests[blob]]:
                number = self._paths.setdefault(member.path, len(self._paths))
                found.setdefault(number, []).append((start, end))
        return {number: tuple(sorted(spans)) for number, spans in found.items()}

    def _examples(self, found: Found) -> tuple[IdiomPlace, ...]:
        return tuple(place for _, place in self._chosen(found))

    def _chosen(self, found: Found) -> list[tuple[int, IdiomPlace]]:
        """Some places, each with where the counts have it, in different projects, or at least files.

        Library code before tests, short paths before long.
        """
        counted, run = self._run.counted, self._run
        assert counted is not None
        span = counted.places.of(found.made.candidate.entry)
        blobs = counted.places.blobs[span].tolist()
        first: dict[int, int] = {}
        for at, blob in enumerate(blobs):
            first.setdefault(blob, at)
        members = [(run.paths[counted.digests[blob]][0], at) for blob, at in first.items()]
        members.sort(key=lambda each: (run.table.is_test(each[0].path), each[0].path.count("/"), each[0].path))
        chosen = []
        projects: set[str] = set()
        for member, at in members:
            if member.project not in projects:
                projects.add(member.project)
                chosen.append((member, at))
        chosen += [each for each in members if each not in chosen][: max(0, _EXAMPLES - len(chosen))]
        places = []
        for member, at in chosen[:_EXAMPLES]:
            place = self.place(member.path, *counted.places.span(span.start + at))
            if place is not None:
                places.append((span.start + at, place))
        return places

    def place(self, path: str, start: int, end: int) -> IdiomPlace | None:
        """A place of a file with its lines; None when the file is gone."""
        if path not in self._lines:
            data = read_file(FileTree(self._root), path, True)
            self._lines[path] = None if isinstance(data, Unread) else Lines(data)
            self._data[path] = b"" if isinstance(data, Unread) else data
        lines = self._lines[path]
        if lines is None:
            return None
        return place_in(path, self._data[path], lines, start, end)
