"""Compares answers with the truth: recall and precision by kind of target, by confidence and by reason."""

import random
from collections import defaultdict
from collections.abc import Iterable

from resolution_rows import Place, Row, Sources, Surroundings

from cq.rows.resolution import Resolution

SURE = ("certain", "likely")


class Tally:
    """References to definitions of one kind: asked, found; answered, and how many of the answers were right."""

    def __init__(self) -> None:
        self.rows = 0
        self.found = 0
        self.answers = 0
        self.right = 0

    def recall(self) -> float:
        """The share of the references that were found."""
        return self.found / self.rows if self.rows else float("nan")

    def precision(self) -> float:
        """The share of the answers that were right."""
        return self.right / self.answers if self.answers else float("nan")

    def add(self, other: "Tally") -> None:
        """Count another's, too."""
        self.rows += other.rows
        self.found += other.found
        self.answers += other.answers
        self.right += other.right


class Miss:
    """A reference that was not found, or found wrong."""

    def __init__(self, row: Row, answers: tuple[Resolution, ...]) -> None:
        self.row = row
        self.answers = answers


class Score:
    """Takes the answers for each row. Names of definitions themselves are counted apart, unknown ones not at all."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._kinds: dict[Place, str] = {}
        for row in rows:
            self._kinds.update(row.places)
        self.sure: dict[str, Tally] = defaultdict(Tally)
        self.all: dict[str, Tally] = defaultdict(Tally)
        self.own = Tally()
        self.named = Tally()  # definitions found by name alone
        self.words: dict[tuple[str, str, bool], Tally] = defaultdict(Tally)  # confidence, reason, inside
        self.modules = Tally()
        self.by_also = 0  # sure answers that are right as what the truth only allows
        self.missed: list[Miss] = []
        self.wrong: list[Miss] = []
        self.extra: list[Miss] = []
        self.own_missed: list[Miss] = []

    def take(self, row: Row, answers: tuple[Resolution, ...]) -> None:
        """Count the answers to one name."""
        kind = row.kind
        if kind == "unknown":
            return
        sure = tuple(each for each in answers if each.confidence in SURE)
        if row.is_definition:
            self.own.rows += 1
            self.own.found += any(is_right(row, each) for each in sure)
            self.own.answers += len(sure)
            self.own.right += sum(is_right(row, each) for each in sure)
            if not any(is_right(row, each) for each in sure):
                self.own_missed.append(Miss(row, answers))
            return
        for tallies, given in ((self.sure, sure), (self.all, answers)):
            tallies[kind].rows += 1
            tallies[kind].found += any(is_right(row, each) for each in given)
            for each in given:
                tally = tallies[self._kind_of(each)]
                tally.answers += 1
                tally.right += is_right(row, each)
        for each in answers:
            tally = self.words[each.confidence, each.reason, bool(each.target.path)]
            tally.answers += 1
            tally.right += is_right(row, each)
            if not each.target.path and row.modules:
                self.modules.answers += 1
                self.modules.right += any(_top(each.target.qualified_name) == _top(module) for module in row.modules)
        right = [is_right(row, each) for each in sure]
        self.by_also += sum((each.target.path, each.target.start_byte) in row.also for each in sure)
        if not any(right):
            (self.wrong if sure else self.missed).append(Miss(row, answers))
        elif not all(right):
            self.extra.append(Miss(row, answers))

    def over(self, kinds: tuple[str, ...] | None) -> Tally:
        """Certain and likely answers for some kinds; None: for all inside of the project."""
        tally = Tally()
        for kind, each in self.sure.items():
            if kind in kinds if kinds is not None else kind != "external":
                tally.add(each)
        return tally

    def add(self, other: "Score") -> None:
        """Count another project's, too."""
        for mine, others in ((self.sure, other.sure), (self.all, other.all)):
            for kind, tally in others.items():
                mine[kind].add(tally)
        for key, tally in other.words.items():
            self.words[key].add(tally)
        for one, two in ((self.own, other.own), (self.named, other.named), (self.modules, other.modules)):
            one.add(two)
        self.by_also += other.by_also

    def _kind_of(self, answer: Resolution) -> str:
        target = answer.target
        if not target.path:
            return "external"
        return self._kinds.get((target.path, target.start_byte), target.kind or "unknown")


def is_right(row: Row, answer: Resolution) -> bool:
    """Whether an answer is one of the row's definitions."""
    target = answer.target
    if not target.path:
        return bool(row.modules)
    place = (target.path, target.start_byte)
    return place in row.places or place in row.also


_STANDARD = {"core": "std", "alloc": "std"}


def _top(qualified_name: str) -> str:
    top = qualified_name.replace("::", ".").split(".")[0]
    return _STANDARD.get(top, top)


def figures(score: Score, groups: dict[str, tuple[str, ...]]) -> Iterable[str]:
    """The tables: by kind of target with sums over groups of kinds, by confidence and by reason."""
    yield f"{'target':24} {'references':>10}   {'recall':>6} {'precision':>9}   with possible: recall precision"
    kinds = sorted(set(score.sure) | set(score.all), key=lambda kind: -score.all[kind].rows)
    sums = {name: [kind for kind in kinds if kind in members] for name, members in groups.items()}
    inside = [kind for kind in kinds if kind != "external"]
    for name, members in [*((kind, [kind]) for kind in kinds), *sums.items(), ("all inside", inside), ("all", kinds)]:
        sure, whole = Tally(), Tally()
        for kind in members:
            sure.add(score.sure[kind])
            whole.add(score.all[kind])
        mark = "= " if name not in kinds else "  "
        yield (
            f"{mark}{name:22} {sure.rows:10}   {sure.recall():6.3f} {sure.precision():9.3f}"
            f"                  {whole.recall():6.3f} {whole.precision():9.3f}"
        )
    yield f"names of definitions     {score.own.rows:10}   {score.own.recall():6.3f} {score.own.precision():9.3f}"
    yield f"definitions by name      {score.named.rows:10}   {score.named.recall():6.3f} {score.named.precision():9.3f}"
    yield f"right as another binding of the same name, or as an implementation: {score.by_also}"
    yield f"external, same top module: {score.modules.precision():.3f} of {score.modules.answers}"
    yield ""
    yield f"{'confidence':10} {'reason':24} {'answers':>8} {'precision':>9}   {'inside':>8} {'precision':>9}"
    for confidence in (*SURE, "possible"):
        reasons: dict[str, tuple[Tally, Tally]] = defaultdict(lambda: (Tally(), Tally()))
        for (word, reason, is_inside), tally in score.words.items():
            if word == confidence:
                for name in ("", reason):
                    reasons[name][0].add(tally)
                    if is_inside:
                        reasons[name][1].add(tally)
        for reason, (whole, inner) in sorted(reasons.items(), key=lambda item: -item[1][0].answers):
            yield (
                f"{'' if reason else confidence:10} {reason or 'all':24} {whole.answers:8} {whole.precision():9.3f}"
                f"   {inner.answers:8} {inner.precision():9.3f}"
            )


def samples(score: Score, rows: list[Row], sources: Sources, count: int, seed: int) -> Iterable[str]:
    """What was not found, found wrong, or found with wrong ones besides, by how the name stands, with examples."""
    surroundings = Surroundings(sources, rows)
    chosen = random.Random(seed)
    for title, misses in (
        ("missed", score.missed),
        ("wrong", score.wrong),
        ("right and wrong", score.extra),
        ("names of definitions", score.own_missed),
    ):
        grouped: dict[tuple[str, str], list[Miss]] = defaultdict(list)
        for miss in misses:
            grouped[miss.row.kind, surroundings.of(miss.row)].append(miss)
        yield f"\n{title}: {len(misses)}"
        for (kind, where), members in sorted(grouped.items(), key=lambda item: -len(item[1])):
            yield f"  {len(members):6}  {kind}, {where}"
            share = round(count * len(members) / len(misses))
            for miss in chosen.sample(members, min(share, len(members))):
                yield from _example(miss, sources)


def _example(miss: Miss, sources: Sources) -> Iterable[str]:
    row = miss.row
    yield f"      {sources.shown(row.path, row.start)}"
    expected = [f"{kind} {sources.shown(*place)}" for place, kind in row.places.items()]
    expected += [f"{module} (external)" for module in row.modules]
    yield f"          {row.name} is {'  |  '.join(expected[:2])}{'  | ...' if len(expected) > 2 else ''}"
    for each in miss.answers[:3]:
        target = each.target
        where = sources.shown(target.path, target.start_byte) if target.path else f"{target.qualified_name} (external)"
        verdict = "right" if is_right(row, each) else "not"
        yield f"          {verdict} ({each.confidence}, {each.reason}) {where}"
