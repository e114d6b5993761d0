"""The plan of a query, and what each of its patterns finds and costs when it runs on its own."""

import time
from collections.abc import Sequence

from cq.engine.execute import Tally, execute
from cq.engine.limits import Limits, Watch
from cq.engine.plan import Plan
from cq.engine.windows import ByteWindow
from cq.grammar.language import load_language
from cq.grammar.node_types import installed_version
from cq.grammar.parse import parse
from cq.index.file_tree import FileTree
from cq.lanes.scopes import ScopeReader
from cq.lanes.table import LaneTable
from cq.packs.query import PackQuery
from cq.packs.score import pattern_scores
from cq.query.analysis import LanguageAsk
from cq.rows.plan import LanguagePlan, PackPlan, PatternPlan
from cq.scan.read import read_file
from cq.scan.results import FileJob, Unread

# Every pattern runs over every file: more source than this is not asked for.
SAMPLE_BYTES = 4_000_000


def plan_of(table: LaneTable, language: str, ask: LanguageAsk, sample: Sequence[bytes] = ()) -> LanguagePlan:
    """The plan in one language; with a sample of files, also the matches and milliseconds of each pattern in them."""
    plan = ask.plan
    entry = table.languages[language]
    grammar = load_language(entry.grammar)
    packs = table.packs
    scoped = [*packs.patterns(language, "definitions"), *packs.patterns(language, "structure")]
    scopes_of = ScopeReader(grammar, scoped).scopes_of
    trees = [(parse(grammar, data).root_node, len(data)) for data in sample]
    planned = []
    for pack in plan.packs:
        numbered = ask.patterns[pack.name]
        compiled = PackQuery(grammar, [pattern for _, pattern in numbered], entry.separator, scopes_of)
        scores = []
        for (number, pattern), score in zip(numbered, pattern_scores(compiled), strict=True):
            matches, ms = None, None
            if trees:
                matches, ms = _run(PackQuery(grammar, [pattern], entry.separator, scopes_of), trees, plan.limits)
            scores.append(
                PatternPlan(
                    pack=pack.name,
                    pattern=number,
                    path=score.path,
                    line=score.line,
                    rooted=score.rooted,
                    non_local=score.non_local,
                    guaranteed=score.guaranteed,
                    assertions=score.assertions,
                    captures=score.captures,
                    score=score.score,
                    matches=matches,
                    ms=ms,
                )
            )
        planned.append(
            PackPlan(
                language=language,
                pack=pack.name,
                hash=pack.hash,
                patterns=pack.patterns,
                score=pack.score,
                cost_us_per_kb=pack.cost_us_per_kb or None,
                priority=pack.priority,
                scores=tuple(scores),
            )
        )
    return _row(plan, installed_version(entry.grammar), planned)


def sample_of(tree: FileTree, jobs: Sequence[FileJob], table: LaneTable) -> tuple[dict[str, list[bytes]], int]:
    """The first files of each language, up to SAMPLE_BYTES in all, and how many of the files these are."""
    by_language: dict[str, list[bytes]] = {}
    size = taken = 0
    for job in jobs:
        if size >= SAMPLE_BYTES:
            break
        data = read_file(tree, job.path)
        if not isinstance(data, Unread):
            by_language.setdefault(table.by_content(job.path, data, table.data), []).append(data)
            size += len(data)
            taken += 1
    return by_language, taken


def _run(pack: PackQuery, trees: Sequence[tuple], limits: Limits) -> tuple[int, float]:  # type: ignore[type-arg]
    tally = Tally()
    began = time.process_time()
    for root, size in trees:
        for _ in execute(pack, root, [ByteWindow(0, size)], "intersection", limits, Watch(), tally):
            pass
    return tally.matches, round((time.process_time() - began) * 1000, 2)


def _row(plan: Plan, version: str, packs: Sequence[PackPlan]) -> LanguagePlan:
    return LanguagePlan(
        language=plan.language,
        grammar_version=version,
        together=plan.together,
        cost_us_per_kb=plan.cost_us_per_kb or None,
        budget_ms=plan.limits.budget_ms,
        match_limit=plan.limits.match_limit,
        windows=plan.limits.splits,
        tuned=plan.tuned,
        packs=tuple(packs),
    )
