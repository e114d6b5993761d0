"""Verify many files: list them, compare each, add up, and hold targets against what the scopes of the files say."""

from collections.abc import Iterator

import msgspec

from cq.index.selection import Selection
from cq.index.walk import list_files
from cq.lanes.lines import Lines
from cq.rows.resolution import CONFIDENCE_RANK, Resolution
from cq.rows.verify import ConfidenceScore, Disagreement, LanguageTotal, RoleScore
from cq.scan.files_run import FilesRun
from cq.scan.read import read_file, unread_job
from cq.scan.results import Unread
from cq.settings import VERIFY_TARGETS_BYTES
from cq.symbols.project import Project
from cq.symbols.resolvers import Resolvers
from cq.verify.analysis import FileVerified, RoleCount, VerifyAnalysis, VerifyPlan, disagreement
from cq.verify.word import Bound, reader_of


class VerifyRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked."""

    selection: Selection
    folders: tuple[str, ...]
    languages: tuple[str, ...] = ()
    not_languages: tuple[str, ...] = ()
    roles: tuple[str, ...] = ("definition", "call")  # which decide
    least: float = 0.97
    targets: bool | None = None  # None: when the files are small
    workers: int | None = None


class _Total(msgspec.Struct):
    files: int = 0
    words: int = 0
    judged: int = 0
    outlined: int = 0
    defined: int = 0


class _Named(msgspec.Struct):
    names: int = 0
    right: int = 0


class VerifyRun(FilesRun):
    """One run. Iterate `files()` once, then ask for the scores, the ledger and the report."""

    done = "compared"

    def __init__(self, request: VerifyRequest) -> None:
        super().__init__(request.selection, request.folders, request.languages, request.not_languages, request.workers)
        self.request = request
        self.files_to_compare = self.files_compared = self.files_looked_at = self.words_compared = 0
        self._roles: dict[tuple[str, str], RoleCount] = {}
        self._targets: dict[tuple[str, str], _Named] = {}
        self._totals: dict[str, _Total] = {}

    def files(self) -> Iterator[FileVerified]:
        """What each file gives, in the order of the paths."""
        selection = self.request.selection
        jobs = [unread_job(selection.tree, path, selection.binary) for path, _ in self._listed()]
        self._cost.list_ms = self._cost.since_ms()
        self.files_to_compare = len(jobs)
        asked = self.request.targets
        if asked is None:
            asked = sum(job.size for job in jobs) <= VERIFY_TARGETS_BYTES
        resolvers = self._resolvers() if asked else None
        for found in self._results(jobs, VerifyAnalysis, VerifyPlan(self.request.folders)):
            self._count(found)
            rows = self._with_targets(found, resolvers) if resolvers is not None and found.bound else found.rows
            self.rows += len(rows)
            yield msgspec.structs.replace(found, rows=rows, bound=())

    def _resolvers(self) -> Resolvers:
        selection = self.request.selection
        return Resolvers(Project(selection.tree, list_files(selection.whole).files, self.table))

    def _count(self, found: FileVerified) -> None:
        self.files_looked_at += 1
        self.files_compared += found.is_compared
        self.words_compared += found.compared
        self.diagnostics.extend(found.diagnostics)
        self._cost.files_parsed += found.is_parsed
        if found.is_parsed:
            total = self._totals.setdefault(found.language, _Total())
            total.files += 1
            for name in ("words", "judged", "outlined", "defined"):
                setattr(total, name, getattr(total, name) + getattr(found, name))
        for role, count in found.roles.items():
            known = self._roles.setdefault((found.language, role), RoleCount())
            for name in ("expected", "found", "right"):
                setattr(known, name, getattr(known, name) + getattr(count, name))

    def _with_targets(self, file: FileVerified, resolvers: Resolvers) -> tuple[Disagreement, ...]:
        """The rows of a file, with those of names that do not refer to what its scopes say."""
        data = read_file(self._selection.tree, file.path, self._selection.binary)
        if isinstance(data, Unread):
            return file.rows
        rows = list(file.rows)
        lines = Lines(data)
        for bound in file.bound:
            answers = resolvers.definitions_at(file.path, bound.start_byte)
            confidence = answers[0].confidence if answers else ""
            count = self._targets.setdefault((file.language, confidence), _Named())
            count.names += 1
            if any(
                _is_right(file.path, bound, answer)
                for answer in answers[: len(answers) if confidence == "possible" else 1]
            ):
                count.right += 1
            elif answers:
                span = (bound.start_byte, bound.start_byte + len(bound.name.encode()))
                wanted = f"line {', '.join(map(str, bound.lines))}"
                found = answers[0].target
                said = f"{found.qualified_name} {found.path}:{found.line}".removesuffix(" :0")
                row = disagreement(file.path, file.language, data, lines, span, "target", wanted, said, confidence)
                rows.append(row)
        rows.sort(key=lambda row: row.start_byte)
        return tuple(rows)

    def role_scores(self) -> tuple[RoleScore, ...]:
        """One score for each language and role."""
        return tuple(
            RoleScore(
                language=language,
                role=role,
                expected=count.expected,
                found=count.found,
                right=count.right,
                precision=_share(count.right, count.found),
                recall=_share(count.right, count.expected),
            )
            for (language, role), count in sorted(self._roles.items())
        )

    def confidence_scores(self) -> tuple[ConfidenceScore, ...]:
        """One score for each language and word of confidence, the surest first."""
        all_names: dict[str, int] = {}
        for (language, _), count in self._targets.items():
            all_names[language] = all_names.get(language, 0) + count.names
        return tuple(
            ConfidenceScore(
                language=language,
                confidence=confidence,
                names=count.names,
                right=count.right,
                precision=_share(count.right, count.names) if confidence else 0.0,
                recall=_share(count.right, all_names[language]),
            )
            for (language, confidence), count in sorted(
                self._targets.items(), key=lambda item: (item[0][0], CONFIDENCE_RANK.get(item[0][1], 9))
            )
        )

    def totals(self) -> tuple[LanguageTotal, ...]:
        """What a plain word scan counts, and how much of it the lanes account for."""
        return tuple(
            LanguageTotal(
                language=language,
                files=total.files,
                reader=reader_of(language) is not None,
                words=total.words,
                judged=total.judged,
                outlined=total.outlined,
                defined=total.defined,
            )
            for language, total in sorted(self._totals.items())
        )

    def lowest(self) -> float | None:
        """The lowest precision or recall of the roles that decide; None when none of them was compared."""
        shares = [
            share
            for score in self.role_scores()
            if score.role in self.request.roles
            for share, of in ((score.precision, score.found), (score.recall, score.expected))
            if of
        ]
        return min(shares, default=None)


def _share(right: int, of: int) -> float:
    return round(right / of, 6) if of else 0.0


def _is_right(path: str, bound: Bound, answer: Resolution) -> bool:
    target = answer.target
    if target.path == path and target.line in bound.lines:
        return True
    return bool(bound.imported) and target.name in bound.imported
